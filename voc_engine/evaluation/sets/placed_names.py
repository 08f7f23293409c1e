"""Real sentences whose labels are places in files that lie elsewhere: the texts are not the project's to copy."""

from __future__ import annotations

import csv
import hashlib
import json
from functools import cache
from pathlib import Path

from voc_engine.errors import ConfigError
from voc_engine.evaluation.sets.gold_file import Source, table, wrong
from voc_engine.evaluation.sets.planted_names import Planted, span_of

_COLUMNS = ("id", "half", "source", "row", "start", "end", "hash", "spans")
_TEXT_COLUMNS = ("text", "sentence", "Consumer complaint narrative")
HALVES = ("development", "held")


def read(source: Source, folder: Path) -> tuple[Planted, ...]:
    """The sentences of both halves, out of the files below ``folder``.

    Raises ConfigError for a file that is not there, and for a sentence that is another one than was labelled.
    """
    rows = table(source.path, _COLUMNS, tabs=True)
    placed = [(number, row) for number, row in enumerate(rows, start=2) if row["half"] in HALVES]
    return tuple(_planted(source, number, row, folder) for number, row in placed)


def _planted(source: Source, number: int, row: dict[str, str], folder: Path) -> Planted:
    records = _records(folder / row["source"])
    text = records[int(row["row"])][int(row["start"]) : int(row["end"])] if int(row["row"]) < len(records) else ""
    if not hashlib.sha256(text.encode()).hexdigest().startswith(row["hash"]):
        raise wrong(
            source.path, number, f"{row['source']} holds another text there", "give the files that were labelled"
        )
    try:
        spans = tuple(span_of(one, text) for one in row["spans"].split())
    except ValueError as error:
        raise wrong(source.path, number, str(error), "write kind:start-end, separated by spaces") from error
    return Planted(text, row["source"], (), (), spans, row["half"])


@cache
def _records(path: Path) -> tuple[str, ...]:
    """The texts of a file: by line of JSON, by row of a table, or by line."""
    if not path.is_file():
        raise ConfigError("A file of the labelled sentences is not there.", found=f"no {path}", do="check --gold")
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            return tuple(next((row[one] for one in _TEXT_COLUMNS if one in row), "") for row in csv.DictReader(stream))
    lines = path.read_text(encoding="utf-8").split("\n")
    return tuple(json.loads(line)["text"] for line in lines if line) if path.suffix == ".jsonl" else tuple(lines)
