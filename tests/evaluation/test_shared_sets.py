"""The public sets as they lie in the shared folder: all rows are understood, none is taken twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.draw import rows_of
from training.gold import rows
from training.labels_encoder import LAST_SAMPLES
from training.windows import named_own_windows, named_windows, own_windows
from voc_engine.evaluation.goldsets import find
from voc_engine.evaluation.split import held_out, normalised
from voc_engine.records import stable_hash

pytestmark = pytest.mark.shared


def test_every_set_is_understood(shared: Path, repository: Path) -> None:
    found = find(shared / "data", shipped=repository / "corpora")
    sizes = {task.name: len(task.rows) for task in found.tasks}
    assert {name for name, _ in found.missing} <= {"negation-pairs"}
    known = {"suggestions-A": 592, "suggestions-B": 808, "goemotions": 5426, "voc-dev-kinds": 370, "acos-laptop": 326}
    assert {name: sizes[name] for name in known} == known
    # About a tenth of 34,407 texts, and of the terms of 4,297 sentences.
    assert 3000 < sizes["pros-cons"] < 3900
    assert 700 < sizes["mams"] < 1500
    assert sizes["product-reviews"] > 200


def test_no_measured_sentence_is_among_those_that_teach(shared: Path) -> None:
    for task in find(shared / "data", only=["mams", "product-reviews", "pros-cons"]).tasks:
        assert task.training is not None
        learnt = {normalised(text) for text, _ in task.training() or ()}
        assert learnt
        asked = {normalised(row.text) for row in task.rows}
        if task.name == "product-reviews":
            # The product set aside whole may say what others say: short sentences only.
            assert all(len(text.split()) < 8 for text in asked & learnt)
        else:
            assert not asked & learnt
        assert task.name == "product-reviews" or all(held_out(row.text) for row in task.rows)


def test_every_term_is_found_in_its_sentence(shared: Path) -> None:
    (terms,) = find(shared / "data", only=["mams"]).tasks
    assert all(row.term is not None and row.term != (0, len(row.text)) for row in terms.rows)
    assert all(row.focus and row.focus in row.text for row in terms.rows)


def test_labels_stand_at_their_lines_and_the_last_ones_only_teach(shared: Path, repository: Path) -> None:
    gold = repository / "corpora/gold"
    told = [row for row in rows(gold / "windows.tsv") if row["labels"]]
    read = own_windows(shared / "data", gold)
    assert len(read) == len(told) > 13_000
    places = {
        source: {row.row: row.text for row in rows_of(shared / "data", source)}
        for source in {r["source"] for r in told}
    }
    for row, line in zip(told, read, strict=True):
        words = places[row["source"]][row["row"]][int(row["start"]) : int(row["end"])]
        assert stable_hash(words, size=16) == row["key"]
        assert line.part == "teach" or row["sample"] not in LAST_SAMPLES


def test_severities_read_a_second_time_are_of_talk_with_harm(shared: Path, repository: Path) -> None:
    gold = repository / "corpora/gold"
    every = dict([*named_windows(shared / "data"), *named_own_windows(shared / "data", gold)])
    told = list(rows(gold / "severities_second.tsv"))
    assert len({row["id"] for row in told}) == len(told) == 440
    assert {row["severity"] for row in told} == {"l", "m", "h", "-"}
    assert all(every[row["id"]].kind == "interview" and every[row["id"]].severity for row in told)
