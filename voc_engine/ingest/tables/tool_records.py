"""Records of sales and analytics tools, known by their columns: what a seller noted or a program counted is no voice."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from voc_engine.ingest.tables.headers import normal

_MOST_COLUMNS = 2_000  # a bound on time: no export has so many, a hostile file may


@dataclass(frozen=True)
class Records:
    """What kind of records a table holds, and the columns that say so."""

    what: str
    columns: tuple[str, ...]
    marks: int
    least: int


@dataclass(frozen=True)
class _Kind:
    name: str
    least: int
    marks: tuple[re.Pattern[str], ...]
    needs: tuple[re.Pattern[str], ...]


def records_of(columns: Sequence[str]) -> Records | None:
    """The kind of records with the most marks among the columns; None where no kind has as many as it needs."""
    names = {column: _plain(column) for column in columns[:_MOST_COLUMNS]}
    best: Records | None = None
    for kind in _kinds():
        if not any(mark.fullmatch(name) for mark in kind.needs for name in names.values()):
            continue
        hits = [(c, n) for c, name in names.items() for n, mark in enumerate(kind.marks) if mark.fullmatch(name)]
        n_marks = min(len({c for c, _ in hits}), len({n for _, n in hits}))
        if n_marks >= kind.least and (best is None or n_marks - kind.least > best.marks - best.least):
            best = Records(kind.name, tuple(dict.fromkeys(c for c, _ in hits)), n_marks, kind.least)
    return best


def _plain(column: str) -> str:
    """The last key of a nested column in lower case with blanks; "ym:s:visitID" is one name."""
    return normal(column.rpartition(".")[2] or column).replace("$", "").strip()


@cache
def _kinds() -> tuple[_Kind, ...]:
    text = (resources.files("voc_engine.ingest.tables") / "tool_records.toml").read_text(encoding="utf-8")
    return tuple(
        _Kind(row["name"], row["least"], _patterns(row["marks"]), _patterns(row["needs"]))
        for row in tomllib.loads(text).values()
    )


def _patterns(written: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one) for one in written)
