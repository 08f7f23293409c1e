"""Pairs written to differ by little and mean the reverse: whole, and none of them a sentence that measures."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from training.gold import contrasts, rows
from voc_engine.evaluation.split import normalised


def test_every_pair_has_two_sides_that_mean_otherwise(repository: Path) -> None:
    sides = contrasts(repository / "corpora/gold")
    assert len(sides) > 1_200
    assert len({one.domain for one in sides}) >= 12
    for first, second in list(pairwise(sides))[::2]:
        assert first.pair == second.pair
        assert (first.kinds, first.sentiment) != (second.kinds, second.sentiment)
    assert len({one.pair for one in sides}) == len(sides) / 2


def test_no_side_is_among_the_pairs_that_measure_or_was_written_before(repository: Path) -> None:
    gold = repository / "corpora/gold"
    told = [normalised(one.text) for one in contrasts(gold)]
    measured = {
        normalised(row[name]) for row in rows(gold / "negation_pairs.tsv") for name in ("sentence_a", "sentence_b")
    }
    before = {normalised(row["text"]) for row in rows(gold / "written.tsv")}
    assert len(set(told)) == len(told)
    assert not set(told) & (measured | before)


def test_what_was_read_again_is_of_the_pairs(repository: Path) -> None:
    gold = repository / "corpora/gold"
    first = {row["id"]: (row["labels"], row["sentiment"]) for row in rows(gold / "contrasts.tsv")}
    again = {row["id"]: (row["labels"], row["sentiment"]) for row in rows(gold / "contrasts_again.tsv")}
    same = [first[name] == labels for name, labels in again.items()]
    assert len(same) >= len(first) / 10
    assert sum(same) / len(same) > 0.9
