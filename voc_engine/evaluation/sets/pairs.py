"""Pairs of sentences that differ in a negation or the like, and so in what they say of the product."""

from __future__ import annotations

from voc_engine.evaluation.sets.gold_file import Source, table, wrong
from voc_engine.evaluation.task import Row


def read(source: Source) -> tuple[Row, ...]:
    """Two sentences of opposite polarity per line; a system has to tell them apart."""
    rows = []
    needed = ("id", "sentence_a", "sentence_b", "polarity_a", "polarity_b")
    for number, row in enumerate(table(source.path, needed, tabs=True), start=2):
        if row["polarity_a"] == row["polarity_b"]:
            raise wrong(source.path, number, f"both are {row['polarity_a']!r}", "a pair has two polarities")
        rows.append(Row(row["sentence_a"], ("apart",), other=row["sentence_b"]))
    return tuple(rows)
