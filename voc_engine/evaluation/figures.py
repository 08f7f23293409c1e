"""The table of figures: for a terminal, and as CSV, JSON and Markdown files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voc_engine.errors import ConfigError
from voc_engine.evaluation.measures import Figure
from voc_engine.evaluation.measuring import SYSTEMS, Result
from voc_engine.evaluation.shipped import AtThreshold

HEADS = (
    "set", "measure", "n", "ours", "95%", "with it", "precision", "recall", "average precision", "TextBlob", "VADER",
    "vectors alone", "words alone", "with the assistant", "floor", "target", "best published or people",
    "calibration error", "rows/s",
)  # fmt: skip
KIND_HEADS = (
    "set", "kind", "source", "n", "with it", "marked", "F1", "precision", "recall", "average precision", "by default",
)  # fmt: skip
AT_THRESHOLD = "At the shipped threshold, by kind of source"
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Results with what was run: the extractor's name, sets without a file as (name, path), the limit per set, and
    what is told of the assistant."""

    extractor: str
    results: Sequence[Result]
    missing: Sequence[tuple[str, str]] = ()
    limit: int | None = None
    assistant: str = ""

    @property
    def lines(self) -> list[tuple[str, ...]]:
        """Cells in the order of HEADS, for people."""
        return [_cells(result) for result in self.results]

    @property
    def kinds(self) -> list[tuple[str, ...]]:
        """Cells in the order of KIND_HEADS: every kind by kind of source, at the shipped threshold."""
        return [
            (
                one.name, at.kind, at.source or _NOTHING, str(at.n), f"{at.true:g}", str(at.marked), spread_of(at.f1),
                spread_of(at.precision), spread_of(at.recall), spread_of(at.average_precision), "off" if at.off else "on",
            )
            for one in self.results
            for at in one.kinds
        ]  # fmt: skip

    @property
    def notes(self) -> list[str]:
        """What a reader of the table has to know, one sentence each."""
        notes = [f"Extractor {self.extractor}; each text is labelled as 'voc label' does it."]
        if self.assistant:
            notes.append(self.assistant)
        if self.limit is not None:
            notes.append(f"A quick look: at most {self.limit} rows of each set, the same ones in every run.")
        notes += [f"{name}: not found: {path}" for name, path in self.missing]
        unread = [f"{one.name} {one.n_unread}" for one in self.results if one.n_unread]
        if unread:
            notes.append(f"Rows without labels of ours, taken for another language or empty: {', '.join(unread)}.")
        falling = [one.name for one in self.results if one.falls]
        if falling:
            notes.append(f"Less is better, floor and target are the most that may be: {', '.join(falling)}.")
        missed = [result.name for result in self.results if result.missed]
        if missed:
            notes.append(f"Below the floor: {', '.join(missed)}.")
        return notes


def _cells(result: Result) -> tuple[str, ...]:
    ours = result.figures["ours"]
    spread = f"{ours.low:.3f}-{ours.high:.3f}" if ours else _NOTHING
    rate = _NOTHING if result.rate is None else f"{result.rate:.0%}" + (f", {result.drawn}" if result.drawn else "")
    speed = f"{result.rows_per_second:.0f}" if result.rows_per_second else _NOTHING
    return (
        result.name, result.measure, str(result.n), _value(ours), spread, rate,
        spread_of(result.precision), spread_of(result.recall), spread_of(result.average_precision),
        *(_value(result.figures[system]) for system in SYSTEMS[1:]),
        _number(result.floor, 2), _number(result.target, 2), _number(result.best, 3),
        _number(result.calibration, 3), speed,
    )  # fmt: skip


def spread_of(figure: Figure | None) -> str:
    """A figure with its interval, for people."""
    return f"{figure.value:.2f} ({figure.low:.2f}-{figure.high:.2f})" if figure else _NOTHING


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
    """A table of GitHub's Markdown, kinds at the shipped threshold, the notes, and the sources of the published figures."""
    parts = [_grid(HEADS, sheet.lines)]
    if sheet.kinds:
        parts.append(f"## {AT_THRESHOLD}\n\n{_grid(KIND_HEADS, sheet.kinds)}")
    sources = [f"- {one.name}: {one.best_source}" for one in sheet.results if one.best_source]
    parts.append("\n".join(f"- {note}" for note in sheet.notes))
    if sources:
        parts.append("Published figures and people's agreement:\n\n" + "\n".join(sources))
    return "\n\n".join(parts) + "\n"


def _grid(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    return "\n".join(
        [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *(f"| {' | '.join(line)} |" for line in lines)]
    )


def records(sheet: Sheet) -> list[dict[str, Any]]:
    """One flat object per set, figures to six places with their intervals; None where there is none."""
    return [_record(result) for result in sheet.results]


def _record(result: Result) -> dict[str, Any]:
    values: dict[str, Any] = {
        "set": result.name, "measure": result.measure, "n": result.n, "n_all": result.n_all, "n_unread": result.n_unread,
    }  # fmt: skip
    for system in SYSTEMS:
        values |= _spread(system, result.figures[system])
    return values | {
        "floor": result.floor, "target": result.target, "best_published": result.best,
        "best_source": result.best_source or None, "floor_missed": result.missed,
        "calibration_error": None if result.calibration is None else round(result.calibration, 6),
        "rows_per_second": None if result.rows_per_second is None else round(result.rows_per_second, 1),
        "with_it": None if result.rate is None else round(result.rate, 6), "drawn": result.drawn or None,
        "falls": result.falls, **_three(result),
    }  # fmt: skip


def kind_records(sheet: Sheet) -> list[dict[str, Any]]:
    """One flat object per set, kind and kind of source, at the shipped threshold; None where there is no figure."""
    return [
        {
            "set": one.name, "kind": at.kind, "source": at.source, "n": at.n, "with_it": at.true, "marked": at.marked,
            **_spread("f1", at.f1), **_three(at), "off": at.off,
        }
        for one in sheet.results
        for at in one.kinds
    ]  # fmt: skip


def _three(measured: Result | AtThreshold) -> dict[str, float | None]:
    return (
        _spread("precision", measured.precision)
        | _spread("recall", measured.recall)
        | _spread("average_precision", measured.average_precision)
    )


def _spread(name: str, figure: Figure | None) -> dict[str, float | None]:
    names = {"value": name, "low": f"{name}_low", "high": f"{name}_high"}
    return {key: round(getattr(figure, part), 6) if figure else None for part, key in names.items()}


def write(sheet: Sheet, folder: Path) -> list[Path]:
    """``evaluation.csv``, ``.json`` and ``.md`` in the folder, which is made, and ``evaluation-kinds.csv`` where kinds are
    measured; raises ConfigError where they cannot be written."""
    rows, kinds = records(sheet), kind_records(sheet)
    data = {
        "extractor": sheet.extractor, "limit": sheet.limit, "missing": dict(sheet.missing), "sets": rows, "kinds": kinds,
    }  # fmt: skip
    files = {
        "evaluation.csv": _csv(rows),
        "evaluation.json": json.dumps(data, indent=2, ensure_ascii=False) + "\n",
        "evaluation.md": markdown(sheet),
    }
    return write_files(folder, files | ({"evaluation-kinds.csv": _csv(kinds)} if kinds else {}))


def write_files(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """The files with their content in the folder, which is made; raises ConfigError where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_text(content, encoding="utf-8", newline="")
    except OSError as error:
        raise ConfigError(f"{folder} cannot be written.", found=str(error), do="name another folder") from error
    return [folder / name for name in files]


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]) if rows else ["set"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
