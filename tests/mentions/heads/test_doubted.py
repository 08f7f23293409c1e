"""What the heads say together: a kind beside a sentiment with which too few are right is doubted, and so not marked."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from training.calibrate import doubted
from training.windows import Read
from voc_engine.mentions.contract import Sentence
from voc_engine.mentions.heads.extractor import HeadsExtractor, shipped
from voc_engine.mentions.heads.linear import OUTPUTS, SETTINGS, load_heads, save_heads
from voc_engine.records import SENTIMENTS


@pytest.fixture(scope="module")
def documents() -> list[str]:
    """One that calibrates and one that measures."""
    named = [f"talk {number}" for number in range(60)]
    parts = {_read(name, frozenset()).part: name for name in named}
    return [parts["calibrate"], parts["measure"]]


def test_a_kind_is_doubted_where_too_few_are_right_in_both_halves(documents: list[str]) -> None:
    rows, odds = _marked(documents, "interview", right=(1, 2), wrong=(5, 6))
    assert doubted(odds, rows, {}) == {"pain_point": {"interview": ("neutral",)}}


def test_enough_in_one_half_speak_against_it(documents: list[str]) -> None:
    rows, odds = _marked(documents, "interview", right=(0, 5), wrong=(11, 0))
    assert doubted(odds, rows, {}) == {}


def test_few_prove_nothing(documents: list[str]) -> None:
    rows, odds = _marked(documents, "interview", right=(0, 0), wrong=(3, 4))
    assert doubted(odds, rows, {}) == {}


def test_what_is_off_is_not_marked_and_so_not_doubted(documents: list[str]) -> None:
    rows, odds = _marked(documents, "interview", right=(1, 2), wrong=(5, 6))
    assert doubted(odds, rows, {"pain_point": ("interview",)}) == {}


def test_what_is_written_is_counted_together_and_says_nothing_of_talk(documents: list[str]) -> None:
    rows, odds = _marked(documents, "ticket", right=(1, 2), wrong=(5, 6))
    found = doubted(odds, rows, {})["pain_point"]
    assert found["review"] == found["ticket"] == ("neutral",)
    assert "interview" not in found


def test_a_reading_tells_what_is_doubted_beside_its_sentiment(tmp_path: Path) -> None:
    heads = load_heads(shipped())
    text = "I waited two weeks for an answer and nobody ever called me back."
    found = []
    for sides in ((), ("negative",)):
        save_heads(replace(heads, doubted={"pain_point": {"ticket": sides}}), tmp_path)
        asked = [Sentence(text, "", "ticket"), Sentence(text, "", "review"), Sentence(text)]
        found.append([one.doubted for one in HeadsExtractor(tmp_path).labels(asked)])
    assert found == [[(), (), ()], [("pain_point",), (), ()]]


def test_heads_that_were_made_before_doubt_nothing(tmp_path: Path) -> None:
    for path in shipped().glob("heads.*"):
        shutil.copy(path, tmp_path / path.name)
    told = json.loads((tmp_path / SETTINGS).read_text("utf-8"))
    del told["doubted"]
    (tmp_path / SETTINGS).write_text(json.dumps(told), "utf-8")
    assert load_heads(tmp_path).doubted == {}


def _marked(
    documents: list[str], kind: str, right: tuple[int, int], wrong: tuple[int, int]
) -> tuple[list[Read], NDArray[np.float64]]:
    """Sentences read as neutral and marked as pain points, right and wrong ones per document, with their log-odds."""
    rows = []
    for document, good, bad in zip(documents, right, wrong, strict=True):
        rows += [_read(document, frozenset({"pain_point"}), kind)] * good + [_read(document, frozenset(), kind)] * bad
    odds = np.full((len(rows), len(OUTPUTS)), -1.0)
    for output in (("kinds", "pain_point"), ("worth", "worth"), ("sentiment", SENTIMENTS[1])):
        odds[:, OUTPUTS.index(output)] = 1.0
    return rows, odds


def _read(document: str, kinds: frozenset[str], kind: str = "interview") -> Read:
    return Read("So that was that.", "", kind, document, "random", kinds, bool(kinds), None, "", "")
