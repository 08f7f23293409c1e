"""How much of what should be masked is masked, per kind, and how much of what is masked should be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from time import perf_counter

from voc_engine.config import RedactConfig
from voc_engine.errors import ConfigError
from voc_engine.evaluation.presidio_names import presidio_people
from voc_engine.evaluation.sets.planted_names import KINDS, Planted
from voc_engine.privacy.known_names import KnownName
from voc_engine.privacy.masks import Span
from voc_engine.redact.finding import Finder

COMMAND = "voc evaluate --only redaction"
FIGURES = "redaction_figures.json"
RECALL_FLOORS = {
    "email": 0.98, "phone": 0.98, "card": 0.98, "iban": 0.98, "ip": 0.98, "participant": 1.0, "person": 0.90,
}  # fmt: skip
PRECISION_FLOORS = {"person": 0.85}
HALVES = ("development", "held")


@dataclass(frozen=True, slots=True)
class KindFigure:
    """``found`` of ``true`` planted spans are masked whole, under whatever mask; ``right`` of ``said`` masks of the kind
    touch something planted."""

    kind: str
    found: int
    true: int
    right: int
    said: int

    @property
    def recall(self) -> float | None:
        return self.found / self.true if self.true else None

    @property
    def precision(self) -> float | None:
        return self.right / self.said if self.said else None

    @property
    def missed(self) -> bool:
        """Whether a floor is not reached."""
        low_recall = self.recall is not None and self.recall < RECALL_FLOORS.get(self.kind, 0.0)
        return low_recall or (self.precision is not None and self.precision < PRECISION_FLOORS.get(self.kind, 0.0))


@dataclass(frozen=True, slots=True)
class RedactionSheet:
    """Figures by half ("development", "held", "all"), and the speed of finding, the model loaded. ``beside``: another
    program's figures for people, by half; empty where it is not installed."""

    options: RedactConfig
    sentences: int
    halves: dict[str, tuple[KindFigure, ...]]
    words_per_second: float
    real: bool = False
    beside: Mapping[str, KindFigure] = field(default_factory=dict)

    @property
    def missed(self) -> list[str]:
        """Kinds below a floor: over all invented sentences, or over the held half of real ones."""
        return [one.kind for one in self.halves["held" if self.real else "all"] if one.missed]


def measure(rows: Sequence[Planted], options: RedactConfig, *, real: bool = False) -> RedactionSheet:
    """Each sentence is a document of its own, as the redact stage would read it."""
    Finder((), options).spans(["So I asked Mark about it, and Anna Berg."])
    began = perf_counter()
    spans = [_spans(row, options) for row in rows]
    spent = perf_counter() - began
    halves = {
        half: tuple(_figures([(row, said) for row, said in zip(rows, spans, strict=True) if _is_in(row, half)]))
        for half in (*HALVES, "all")
    }
    words = sum(len(row.text.split()) for row in rows)
    return RedactionSheet(options, len(rows), halves, words / spent if spent else 0.0, real, _by_presidio(rows))


def _by_presidio(rows: Sequence[Planted]) -> dict[str, KindFigure]:
    people = presidio_people()
    if people is None:
        return {}
    people_spans = [people(row.text) for row in rows]
    figures: dict[str, KindFigure] = {}
    for half in (*HALVES, "all"):
        some = [(_with_people(row), spans) for row, spans in zip(rows, people_spans, strict=True) if _is_in(row, half)]
        figures[half] = next(one for one in _figures(some) if one.kind == "person")
    return figures


def _with_people(row: Planted) -> Planted:
    """The row with its participants as people: Presidio is given no names of a study."""
    return replace(row, spans=tuple((a, b, "person" if kind == "participant" else kind) for a, b, kind in row.spans))


def _is_in(row: Planted, half: str) -> bool:
    return half == "all" or row.is_held == (half == "held")


def _spans(row: Planted, options: RedactConfig) -> list[Span]:
    names = [KnownName(name, f"[P{number:04d}]") for number, name in enumerate(row.people, 1)]
    names += [KnownName(name, f"[C{number:02d}]", company=True) for number, name in enumerate(row.companies, 1)]
    return Finder(names, options).spans([row.text])[0]


def _figures(rows: Sequence[tuple[Planted, list[Span]]]) -> list[KindFigure]:
    recalled, true, right, masked = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for row, spans in rows:
        covered = {place for start, end, _ in spans for place in range(start, end)}
        for start, end, kind in row.spans:
            true[kind] += 1
            recalled[kind] += all(at in covered or not row.text[at].isalnum() for at in range(start, end))
        for start, end, mask in spans:
            kind = kind_of(mask)
            masked[kind] += 1
            right[kind] += any(left < end and start < stop for left, stop, _ in row.spans)
    return [KindFigure(kind, recalled[kind], true[kind], right[kind], masked[kind]) for kind in KINDS]


def kind_of(mask: str) -> str:
    """The kind that a mask tells of."""
    inside = mask.strip("[]")
    if inside == "path":
        return "url"
    if inside.startswith("person"):
        return "person"
    return inside if inside in KINDS else "company" if inside.startswith("C") else "participant"


def plain(sheet: RedactionSheet) -> str:
    """A table for a terminal."""
    heads = ("kind", *(f"{what} {half}" for half in (*HALVES, "all") for what in ("recall", "precision")), "floor")
    lines = [heads]
    for number, kind in enumerate(KINDS):
        cells = [kind]
        for half in (*HALVES, "all"):
            kind_figure = sheet.halves[half][number]
            cells += [_share(kind_figure.found, kind_figure.true), _share(kind_figure.right, kind_figure.said)]
        floor = f"{RECALL_FLOORS[kind]:.2f}" if kind in RECALL_FLOORS else "–"
        lines.append((*cells, floor + (f" at {PRECISION_FLOORS[kind]:.2f}" if kind in PRECISION_FLOORS else "")))
    if sheet.beside:
        shares = ((_share(one.found, one.true), _share(one.right, one.said)) for one in sheet.beside.values())
        lines.append(("by Presidio", *(cell for pair in shares for cell in pair), "–"))
    widths = [max(len(line[at]) for line in lines) for at in range(len(heads))]
    output = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    output.append(
        f"{sheet.sentences} {'real' if sheet.real else 'invented'} sentences, "
        f'names = "{sheet.options.names}", {sheet.words_per_second:,.0f} words/s.'
        " Rules were tuned on the other half; who wrote them had read the held one."
    )
    output.append(f"Below the floor: {', '.join(sheet.missed)}." if sheet.missed else "Every floor is reached.")
    return "\n".join(output)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} {part / whole:.3f}" if whole else "–"


def write(sheet: RedactionSheet, folder: Path) -> Path:
    """The figures as JSON in the folder, which is made; the report's method page reads the file of that name that comes
    with the package. Raises ConfigError where it cannot be written."""
    (person,) = (one for one in sheet.halves["held"] if one.kind == "person")
    data = {
        "command": COMMAND, "names": sheet.options.names, "sentences": sheet.sentences,
        "person_precision": round(person.precision or 0.0, 4),
        **{
            half: [asdict(one) for one in of]
            for half, of in sheet.halves.items()
        },
    }  # fmt: skip
    path = folder / FIGURES
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path} cannot be written.", found=str(error), do="name another folder") from error
    return path
