"""The second head: averaged with the encoder's own logits, the same beside any texts, refused where it does not fit."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from voc_engine.errors import ConfigError
from voc_engine.mentions.heads.encoder import Encoded, VoiceEncoder
from voc_engine.mentions.heads.extractor import REACH, WEIGHTS, HeadsExtractor, shipped
from voc_engine.mentions.heads.labels import SENTENCE_HEADS
from voc_engine.mentions.heads.second_head import (
    ANSWERED,
    LEFT,
    NUMBERS,
    SHARE,
    SecondHead,
    inputs,
    load_second,
    save_second,
)

TEXTS = ("The export loses half of the lines.", "I love how quick it is.", "Um, yeah, so.", "Please add a dark theme.")
COLUMNS = [(head, name) for head, classes in SENTENCE_HEADS.items() for name in classes]


@pytest.fixture(scope="module")
def encoded() -> Encoded:
    return VoiceEncoder(shipped() / WEIGHTS, shipped() / REACH).encode(TEXTS, [""] * len(TEXTS))


@pytest.fixture(scope="module")
def head() -> SecondHead:
    return load_second(shipped())


def test_only_what_it_answers_is_averaged_and_rare_kinds_are_left(encoded: Encoded, head: SecondHead) -> None:
    moved = (head.mixed(encoded) != encoded.logits).any(0)
    wanted = [of in ANSWERED and name not in LEFT for of, name in COLUMNS]
    assert moved.tolist() == wanted


def test_the_average_is_of_both_opinions(encoded: Encoded, head: SecondHead) -> None:
    own = head.odds(inputs(encoded))
    outputs = [(of, name) for of in ANSWERED for name in SENTENCE_HEADS[of]]
    for one in (("kinds", "pain_point"), ("worth", "worth"), ("sentiment", "positive")):
        column = COLUMNS.index(one)
        expected = (1 - SHARE) * encoded.logits[:, column] + SHARE * own[:, outputs.index(one)]
        assert np.allclose(head.mixed(encoded)[:, column], expected, atol=1e-6)


def test_an_answer_does_not_depend_on_the_texts_beside_it(encoded: Encoded, head: SecondHead) -> None:
    looked = inputs(encoded)
    many = np.vstack([looked] * 20)
    for row in range(len(TEXTS)):
        assert np.array_equal(head.odds(looked[row : row + 1])[0], head.odds(many)[row])


def test_the_same_head_gives_the_same_bytes_and_a_damaged_one_is_refused(tmp_path: Path) -> None:
    shutil.copy(shipped() / NUMBERS, tmp_path / NUMBERS)
    before = (tmp_path / NUMBERS).read_bytes()
    save_second(load_second(tmp_path), tmp_path)
    assert (tmp_path / NUMBERS).read_bytes() == before
    (tmp_path / NUMBERS).write_bytes(before[: len(before) // 2])
    with pytest.raises(ConfigError, match="cannot be read"):
        load_second(tmp_path)


def test_a_head_of_another_encoder_is_refused(head: SecondHead, monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(head, encoder="0" * 16)
    monkeypatch.setattr("voc_engine.mentions.heads.extractor.load_second", lambda folder: other)
    with pytest.raises(ConfigError, match="second head of mentions was made for another encoder"):
        HeadsExtractor().second  # noqa: B018 - loaded at first use
