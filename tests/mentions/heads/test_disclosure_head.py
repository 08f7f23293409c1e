"""What people tell of themselves: read in plain sentences, with whose it is; weights on disk."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from voc_engine.errors import ConfigError
from voc_engine.mentions.contract import Disclosed, Sentence
from voc_engine.mentions.heads.disclosure_head import NUMBERS, SETTINGS, load_telling, save_telling
from voc_engine.mentions.heads.extractor import shipped
from voc_engine.mentions.noun_phrases import what_speakers_are
from voc_engine.mentions.parsing import parse
from voc_engine.registry import component

HEADS = component("mention extractor", "heads.v1")


def told(text: str, context: str = "", kind: str = "review") -> dict[str, Disclosed]:
    (reading,) = HEADS.read([Sentence(text, context, kind)])
    return {one.field: one for one in reading.disclosures if reading.holder == "self"}


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("I bought this player last week.", "buys"),
        ("I have used this phone every day for two months now.", "uses"),
        ("I am returning it and will never buy from them again.", "leaves"),
        ("I would recommend it to anybody.", "recommends"),
        ("Before that I looked at three other cameras and read all the reviews.", "compares"),
        ("I work as a project manager at a small company.", "occupation"),
    ],
)
def test_plain_sentences_tell_it_in_the_whole_sentence(text: str, field: str) -> None:
    found = told(text)
    assert field in found
    assert text[found[field].start : found[field].end] == text


@pytest.mark.parametrize(
    "text", ["The battery lasts two days.", "Where can I see my invoice?", "She works as a nurse.", "OK, thanks."]
)
def test_what_is_told_of_others_or_of_the_product_is_nothing(text: str) -> None:
    assert told(text) == {}


def test_a_trade_is_named_in_the_words_of_the_sentence() -> None:
    found = told("I am a software developer at a bank.", kind="interview")
    assert found["occupation"].thing == "software developer"
    (denied,) = parse(["I am not a bookkeeper, I am just the husband of one."])
    assert what_speakers_are(denied) != "bookkeeper"


def test_the_head_comes_back_from_disk_as_it_was_and_writes_the_same_bytes(tmp_path: Path) -> None:
    head = load_telling(shipped())
    save_telling(head, tmp_path)
    again = load_telling(tmp_path)
    for name in (field.name for field in fields(head)):
        assert np.array_equal(getattr(again, name), getattr(head, name)), name
    for name in (NUMBERS, SETTINGS):
        assert (tmp_path / name).read_bytes() == (shipped() / name).read_bytes()


def test_a_head_of_other_fields_and_a_damaged_one_are_refused_with_what_to_do(tmp_path: Path) -> None:
    for name in (NUMBERS, SETTINGS):
        shutil.copy(shipped() / name, tmp_path / name)
    kept = json.loads((tmp_path / SETTINGS).read_text("utf-8"))
    (tmp_path / SETTINGS).write_text(json.dumps({**kept, "fields": kept["fields"][:-1]}), encoding="utf-8")
    with pytest.raises(ConfigError, match="made for another version") as raised:
        load_telling(tmp_path)
    assert raised.value.found.endswith("19 fields, 20 are known")
    (tmp_path / NUMBERS).write_bytes(b"damaged")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_telling(tmp_path)
