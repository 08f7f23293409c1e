"""Suggestion mining, SemEval-2019 task 9 (Negi et al. 2019): forum sentences (A) and hotel reviews (B)."""

from __future__ import annotations

import csv
import io

from voc_engine.evaluation.sets.gold_file import Source, text_of, wrong
from voc_engine.evaluation.task import Row

_COLUMNS = ("id", "sentence", "label")


def forum(source: Source) -> tuple[Row, ...]:
    """Set A: wishes and advice of developers about a platform."""
    return _read(source, "post")


def hotels(source: Source) -> tuple[Row, ...]:
    """Set B: advice of guests in reviews."""
    return _read(source, "review")


def _read(source: Source, kind: str) -> tuple[Row, ...]:
    """Lines of id, sentence and 1 for a suggestion, with or without a header; evaluate only."""
    rows = []
    lines = list(csv.reader(io.StringIO(text_of(source.path), newline="")))
    for number, cells in enumerate(lines):
        label = cells[-1].strip() if len(cells) == len(_COLUMNS) else ""
        if label not in ("0", "1"):
            if number == 0 or not any(cells):
                continue
            raise wrong(source.path, number + 1, f"{cells[:4]}", "each line holds an id, a sentence, and 0 or 1")
        rows.append(Row(cells[1], ("request",) if label == "1" else (), kind))
    return tuple(rows)
