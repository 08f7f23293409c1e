"""Spoken sentences read in their windows by two readers, who know what was said before. Evaluate only."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from voc_engine.evaluation.sets.gold_file import Source, table, wrong
from voc_engine.evaluation.sets.letters import kinds_of
from voc_engine.evaluation.task import Row
from voc_engine.mentions.context import Line, contexts_of

_NEEDED = (
    "window",
    "role",
    "text",
    *(f"{name}_{reader}" for name in ("labels", "worth", "severity") for reader in "12"),
)
_ASKS = "Q"
_BANDS = {"l": "low", "m": "medium", "h": "high", "": None}

# What one reader (its number) says of a line: the line's number in the file, its cells.
_Answers = Callable[[int, dict[str, str], str], tuple[str, ...]]


def kinds(source: Source) -> tuple[Row, ...]:
    """The kinds of each sentence that is said in answer, reader by reader."""
    return _rows(source, lambda number, row, reader: kinds_of(source, number, row[f"labels_{reader}"]))


def worth(source: Source) -> tuple[Row, ...]:
    """("worth",) where a reader would highlight the sentence as evidence."""

    def answers(number: int, row: dict[str, str], reader: str) -> tuple[str, ...]:
        value = row[f"worth_{reader}"]
        if value not in ("0", "1"):
            raise wrong(source.path, number, f"worth {value!r}", "known are 0 and 1")
        return ("worth",) if value == "1" else ()

    return _rows(source, answers)


def severity(source: Source) -> tuple[Row, ...]:
    """The band of each sentence to which a reader gives one; nothing for a reader who gives none."""

    def answers(number: int, row: dict[str, str], reader: str) -> tuple[str, ...]:
        value = row[f"severity_{reader}"]
        if value not in _BANDS:
            raise wrong(source.path, number, f"severity {value!r}", f"known are {', '.join(filter(None, _BANDS))}")
        band = _BANDS[value]
        return (band,) if band else ()

    return tuple(row for row in _rows(source, answers) if row.gold or row.second)


def _rows(source: Source, answers: _Answers) -> tuple[Row, ...]:
    rows = []
    numbered = enumerate(table(source.path, _NEEDED, tabs=True), start=2)
    for _, window in groupby(numbered, key=lambda one: one[1]["window"]):
        lines = list(window)
        before = contexts_of([Line(row["text"], row["role"] == _ASKS) for _, row in lines])
        for (number, row), context in zip(lines, before, strict=True):
            if row["role"] != _ASKS:
                first, second = (answers(number, row, reader) for reader in "12")
                rows.append(Row(row["text"], first, "interview", context=context, second=second))
    return tuple(rows)
