"""A user's own labelled rows: every label column that is there becomes a task, and can refit the heads."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from voc_engine.errors import ConfigError
from voc_engine.evaluation.sets.gold_file import text_of
from voc_engine.evaluation.task import Row, Task
from voc_engine.mentions import tabular
from voc_engine.records import EMOTIONS, MENTION_KINDS, QUADRANTS, SENTIMENTS

CHOICES = {"sentiment": SENTIMENTS, "emotion": EMOTIONS, "quadrant": QUADRANTS}
COLUMNS = (*MENTION_KINDS, *CHOICES)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One row: the line where it begins (from 1), its text, which may be empty, and its labels by column; an empty cell
    is no label."""

    line: int
    text: str
    labels: Mapping[str, str]


def labelled_rows(path: Path, text_column: str) -> tuple[tuple[str, ...], list[Labelled]]:
    """The label columns that are there, in the order of COLUMNS, and all rows of a CSV or JSON lines file.

    Columns named after a kind hold 0 or 1, sentiment, emotion and quadrant their values. Raises ConfigError for a value
    that is none and a row that cannot be read, with their line; for a missing text column, and for no label at all.
    """
    shape = tabular.shape_of(path.name)
    columns, count = tabular.columns_of(_stream(path), shape)
    if text_column not in columns:
        raise ConfigError(
            f"{path.name} has no column {text_column!r}.",
            found=f"columns {', '.join(map(repr, columns))}" if columns else "no columns",
            do="name the column of texts with --text-column",
        )
    named = tuple(name for name in COLUMNS if name in columns and name != text_column)
    if not named or not count:
        raise ConfigError(
            f"{path.name} has no column of labels." if count else f"{path.name} has no labelled row.",
            found=f"columns {', '.join(map(repr, columns))}" if count else "no rows",
            do=f"name columns {', '.join(COLUMNS)}; any of them will do",
        )
    return named, [_labelled(path, row, text_column, named) for row in tabular.rows_of(_stream(path), shape)]


def tasks_of(path: Path, text_column: str) -> tuple[Task, ...]:
    """One task per label column; rows without text or without that label are left out. Raises as ``labelled_rows``."""
    named, rows = labelled_rows(path, text_column)
    return tuple(_task([row for row in rows if row.text and name in row.labels], name) for name in named)


def _task(rows: Sequence[Labelled], name: str) -> Task:
    if name in CHOICES:
        task_rows = tuple(Row(row.text, (row.labels[name],)) for row in rows)
        return Task(f"yours: {name}", name, "macro-F1", CHOICES[name], task_rows)
    task_rows = tuple(Row(row.text, (name,) if row.labels[name] == "1" else ()) for row in rows)
    return Task(f"yours: {name}", "kinds", "F1", (name,), task_rows)


def _stream(path: Path) -> io.StringIO:
    return io.StringIO(text_of(path), newline="")


def _labelled(path: Path, row: tabular.Row, text_column: str, named: Sequence[str]) -> Labelled:
    where = f"{path.name}, line {row.line}"
    if row.problem or row.surplus:
        raise ConfigError(
            f"{where}, cannot be understood.",
            found=row.problem or f"more cells than columns: {', '.join(map(repr, row.surplus))}",
            do="mend that line; a text with commas stands in quotation marks",
        )
    labels = {name: _cell(row.values.get(name)).lower() for name in named}
    for name, value in labels.items():
        choices = CHOICES.get(name, ("0", "1"))
        if value and value not in choices:
            raise ConfigError(
                f"{where}, column {name!r}, holds no label.",
                found=f"{name} {value!r}",
                do=f"labels of {name} are {', '.join(choices)}, or nothing",
            )
    text = row.values.get(text_column)
    return Labelled(
        row.line, text.strip() and text if isinstance(text, str) else "", {n: v for n, v in labels.items() if v}
    )


def _cell(value: object) -> str:
    """A cell as text: what JSON lines say as true, 1 or 1.0 is 1."""
    if isinstance(value, bool | float) and value in (0, 1):
        value = int(value)
    return "" if value is None else str(value).strip()
