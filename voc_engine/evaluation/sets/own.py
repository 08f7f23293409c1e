"""A user's own labelled rows: every label column that is there becomes a task."""

from __future__ import annotations

from pathlib import Path

from voc_engine.errors import ConfigError
from voc_engine.evaluation.sets.source import table, wrong
from voc_engine.evaluation.task import Row, Task
from voc_engine.records import EMOTIONS, MENTION_KINDS, QUADRANTS, SENTIMENTS

CHOICES = {"sentiment": SENTIMENTS, "emotion": EMOTIONS, "quadrant": QUADRANTS}


def tasks_of(path: Path, text_column: str) -> tuple[Task, ...]:
    """One task per column named after a kind (0 or 1), and for sentiment, emotion and quadrant (their values).

    An empty cell is no label: its row is left out of that column's figure. Raises ConfigError for a value that is
    none, a missing text column, and a file without any label column.
    """
    rows = table(path, (text_column,))
    columns = list(rows[0]) if rows else []
    named = [name for name in (*MENTION_KINDS, *CHOICES) if name in columns and name != text_column]
    if not named:
        raise ConfigError(
            f"{path.name} has no labelled row." if not rows else f"{path.name} has no column of labels.",
            found=f"columns {', '.join(map(repr, columns))}" if rows else "no rows",
            do=f"name columns {', '.join((*MENTION_KINDS, *CHOICES))}; any of them will do",
        )
    return tuple(_task(path, rows, text_column, name) for name in named)


def _task(path: Path, rows: list[dict[str, str]], text_column: str, name: str) -> Task:
    known = CHOICES.get(name, ("0", "1"))
    found = []
    for number, row in enumerate(rows, start=2):
        value = row[name].strip()
        if not value or not row[text_column].strip():
            continue
        if value not in known:
            raise wrong(path, number, f"{name} {value!r}", f"labels of {name} are {', '.join(known)}, or nothing")
        gold = (value,) if name in CHOICES else (name,) if value == "1" else ()
        found.append(Row(row[text_column], gold))
    if name in CHOICES:
        return Task(f"yours: {name}", name, "macro-F1", CHOICES[name], tuple(found))
    return Task(f"yours: {name}", "kinds", "F1", (name,), tuple(found))
