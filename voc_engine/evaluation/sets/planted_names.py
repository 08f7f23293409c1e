"""Invented sentences with planted names and identifiers, in the style of the four sorts of sources."""

from __future__ import annotations

from dataclasses import dataclass

from voc_engine.errors import ConfigError
from voc_engine.evaluation.sets.gold_file import Source, table, wrong
from voc_engine.records import stable_hash

KINDS = (
    "email", "phone", "card", "iban", "ip", "url", "id", "birthdate", "address", "handle", "participant", "person",
    "company",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """``spans`` are (start, end, kind), half-open code points of ``text``; ``people`` and ``companies`` are given.

    ``half`` is "development" or "held" where its file says so."""

    text: str
    style: str
    people: tuple[str, ...]
    companies: tuple[str, ...]
    spans: tuple[tuple[int, int, str], ...]
    half: str = ""

    @property
    def is_held(self) -> bool:
        """Whether the sentence is of the half on which nothing was tuned; its own text decides where its file does not."""
        if self.half:
            return self.half == "held"
        return int(stable_hash("redaction", self.text), 16) % 2 == 1


def read(source: Source) -> tuple[Planted, ...]:
    """Raises ConfigError for a row that cannot be understood."""
    rows = table(source.path, ("id", "kind", "known", "text", "spans"), tabs=True)
    return tuple(_planted(source, number, row) for number, row in enumerate(rows, start=2))


def _planted(source: Source, number: int, row: dict[str, str]) -> Planted:
    text = row["text"].replace("\\n", "\n")
    names = [one for one in row["known"].split(";") if one]
    try:
        spans = tuple(span_of(one, text) for one in row["spans"].split())
    except ValueError as error:
        raise wrong(source.path, number, str(error), "write kind:start-end, separated by spaces") from error
    return Planted(
        text, row["kind"], tuple(one for one in names if not one.startswith("company:")),
        tuple(one.removeprefix("company:") for one in names if one.startswith("company:")), spans,
    )  # fmt: skip


def span_of(notation: str, text: str) -> tuple[int, int, str]:
    """(start, end, kind) of "kind:start-end". Raises ValueError where it lies outside the text or is of no kind."""
    kind, _, bounds = notation.partition(":")
    start, _, end = bounds.partition("-")
    if kind not in KINDS or not 0 <= int(start) < int(end) <= len(text):
        raise ValueError(f"the span {notation!r}")
    return int(start), int(end), kind


def require(rows: tuple[Planted, ...]) -> tuple[Planted, ...]:
    """The rows; raises ConfigError where there are none."""
    if not rows:
        raise ConfigError("The redaction gold set is empty.", do="give a file with rows")
    return rows
