"""Which words can stand alone: ranked as readers do, whole nouns for what stands before, and weights that fit."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from voc_engine.errors import ConfigError
from voc_engine.mentions.contract import Sentence
from voc_engine.mentions.heads.extractor import HeadsExtractor, shipped
from voc_engine.mentions.heads.standing_head import NUMBERS, load_standing, save_standing


@pytest.fixture(scope="module")
def extractor() -> HeadsExtractor:
    return HeadsExtractor()


def test_what_points_elsewhere_is_understood_less_than_what_names_its_thing(extractor: HeadsExtractor) -> None:
    asked = "Did you find the invoice export useful?"
    said = ("They were really bad, I hated that.", "The invoice export loses half of the lines every month.")
    readings = extractor.read([Sentence(text, asked, "interview") for text in said])
    pointing, naming = (one.findings[0] for one in readings)
    assert pointing.understood < naming.understood
    assert pointing.stands < naming.stands


def test_a_stumbling_clause_is_less_of_a_heading_than_a_plain_one(extractor: HeadsExtractor) -> None:
    said = (
        "Um yeah I mean the export was like, it was really, you know, confusing and I hated it because",
        "The export is really confusing and I hate it.",
    )
    stumbling, plain = (one.findings[0] for one in extractor.read([Sentence(text, "", "interview") for text in said]))
    assert stumbling.stands < plain.stands


@pytest.mark.parametrize("thing", ["visualizations", "cluster descriptions", "histograms", "notifications"])
def test_what_is_named_before_the_sentence_is_whole_words_of_it(extractor: HeadsExtractor, thing: str) -> None:
    asked = f"Okay, so were the {thing} useful or were any of them unclear?"
    said = ("I thought they were, yeah, super useful overall.", "They were very useful.", "I found them confusing.")
    for reading in extractor.read([Sentence(text, asked, "interview") for text in said]):
        for finding in reading.findings:
            assert finding.thing is None or re.search(rf"\b{re.escape(finding.thing)}\b", asked), finding.thing


def test_the_same_head_gives_the_same_bytes_and_a_damaged_one_is_refused(tmp_path: Path) -> None:
    shutil.copy(shipped() / NUMBERS, tmp_path / NUMBERS)
    head = load_standing(tmp_path)
    before = (tmp_path / NUMBERS).read_bytes()
    save_standing(head, tmp_path)
    assert (tmp_path / NUMBERS).read_bytes() == before
    (tmp_path / NUMBERS).write_bytes(before[: len(before) // 2])
    with pytest.raises(ConfigError, match="cannot be read"):
        load_standing(tmp_path)
