"""The table of figures: for a terminal, and as CSV, JSON and Markdown files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voc_engine.errors import ConfigError
from voc_engine.evaluation.measures import Figure
from voc_engine.evaluation.measuring import SYSTEMS, Result

HEADS = (
    "set", "measure", "n", "ours", "95%", "TextBlob", "VADER", "vectors alone", "words alone", "floor", "target",
    "best published", "calibration error", "rows/s",
)  # fmt: skip
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Results with what was run: the extractor's name, sets without a file as (name, path), the limit per set."""

    extractor: str
    results: Sequence[Result]
    missing: Sequence[tuple[str, str]] = ()
    limit: int | None = None

    @property
    def lines(self) -> list[tuple[str, ...]]:
        """Cells in the order of HEADS, for people."""
        return [_cells(result) for result in self.results]

    @property
    def notes(self) -> list[str]:
        """What a reader of the table has to know, one sentence each."""
        notes = [f"Extractor {self.extractor}; each text is labelled as 'voc label' does it."]
        if self.limit is not None:
            notes.append(f"A quick look: at most {self.limit} rows of each set, the same ones in every run.")
        notes += [f"{name}: not found: {path}" for name, path in self.missing]
        unread = [f"{one.name} {one.n_unread}" for one in self.results if one.n_unread]
        if unread:
            notes.append(f"Rows without labels of ours, taken for another language or empty: {', '.join(unread)}.")
        missed = [result.name for result in self.results if result.missed]
        if missed:
            notes.append(f"Below the floor: {', '.join(missed)}.")
        return notes


def _cells(result: Result) -> tuple[str, ...]:
    own = result.figures["ours"]
    spread = f"{own.low:.3f}-{own.high:.3f}" if own else _NOTHING
    speed = f"{result.rows_per_second:.0f}" if result.rows_per_second else _NOTHING
    return (
        result.name, result.measure, str(result.n), _value(own), spread,
        *(_value(result.figures[system]) for system in SYSTEMS[1:]),
        _number(result.floor, 2), _number(result.target, 2), _number(result.best, 3),
        _number(result.calibration, 3), speed,
    )  # fmt: skip


def _value(figure: Figure | None) -> str:
    return _number(figure.value if figure else None, 3)


def _number(value: float | None, places: int) -> str:
    return _NOTHING if value is None else f"{value:.{places}f}"


def plain(sheet: Sheet) -> str:
    """Columns held apart by two spaces, then the notes: for logs and pipes."""
    rows = [HEADS, *sheet.lines]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, *sheet.notes])


def markdown(sheet: Sheet) -> str:
    """A table of GitHub's Markdown, the notes, and the sources of the published figures."""
    lines = [f"| {' | '.join(HEADS)} |", f"|{'---|' * len(HEADS)}"]
    lines += [f"| {' | '.join(cells)} |" for cells in sheet.lines]
    sources = [f"- {one.name}: {one.best_source}" for one in sheet.results if one.best_source]
    parts = ["\n".join(lines), "\n".join(f"- {note}" for note in sheet.notes)]
    if sources:
        parts.append("Published figures and people's agreement:\n\n" + "\n".join(sources))
    return "\n\n".join(parts) + "\n"


def records(sheet: Sheet) -> list[dict[str, Any]]:
    """One flat object per set, figures to six places with their intervals; None where there is none."""
    return [_record(result) for result in sheet.results]


def _record(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = {
        "set": result.name, "measure": result.measure, "n": result.n, "n_all": result.n_all, "n_unread": result.n_unread,
    }  # fmt: skip
    for system in SYSTEMS:
        one = result.figures[system]
        for name in ("value", "low", "high"):
            key = system if name == "value" else f"{system}_{name}"
            found[key] = round(getattr(one, name), 6) if one else None
    return found | {
        "floor": result.floor, "target": result.target, "best_published": result.best,
        "best_source": result.best_source or None, "floor_missed": result.missed,
        "calibration_error": None if result.calibration is None else round(result.calibration, 6),
        "rows_per_second": None if result.rows_per_second is None else round(result.rows_per_second, 1),
    }  # fmt: skip


def write(sheet: Sheet, folder: Path) -> list[Path]:
    """``evaluation.csv``, ``.json`` and ``.md`` in the folder, which is made; raises ConfigError where it cannot be."""
    rows = records(sheet)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]) if rows else ["set"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    told = {
        "extractor": sheet.extractor, "limit": sheet.limit, "missing": dict(sheet.missing), "sets": rows,
    }  # fmt: skip
    files = {
        "evaluation.csv": text.getvalue(),
        "evaluation.json": json.dumps(told, indent=2, ensure_ascii=False) + "\n",
        "evaluation.md": markdown(sheet),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_text(content, encoding="utf-8", newline="")
    except OSError as error:
        raise ConfigError(f"{folder} cannot be written.", found=str(error), do="name another folder") from error
    return [folder / name for name in files]
