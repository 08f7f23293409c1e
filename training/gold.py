"""The project's own labels: sentences of public sources by hash, and written sentences in full (corpora/gold)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.sources import SOURCES, Told
from voc_engine.evaluation.sets import letters
from voc_engine.mentions.heads.labels import ADVICE, KINDS
from voc_engine.records import EMOTIONS, QUADRANTS, SENTIMENTS

LETTERS = {**letters.KINDS, "A": ADVICE}
_MOST_LOST = 0.05
SIDES = {"neg": "negative", "neu": "neutral", "pos": "positive"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence with its labels. ``sample`` is "random", "cue" (chosen for its words) or "written"; ``domain`` is
    the source's name, for written ones their style."""

    told: Told
    domain: str
    sample: str
    kinds: frozenset[str]
    sentiment: str
    emotion: str
    quadrant: str

    def targets(self) -> dict[str, int]:
        """0 or 1 for each of KINDS."""
        return {kind: int(kind in self.kinds) for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Contrast:
    """One side of a pair of written sentences that differ by little and mean the reverse (``contrasts.tsv``)."""

    text: str
    kind: str
    pair: str
    domain: str
    kinds: frozenset[str]
    sentiment: str


def contrasts(gold: Path) -> list[Contrast]:
    """All sides in the order of their file, each pair's one after the other. They wait for the next encoder: on frozen
    states nothing was learnt of them (docs/accuracy.md)."""
    return [
        Contrast(row["text"], row["kind"], row["pair"], row["domain"], _kinds(row["labels"]), SIDES[row["sentiment"]])
        for row in rows(gold / "contrasts.tsv")
    ]


def labelled(data: Path, gold: Path) -> list[Labelled]:
    """All labelled sentences in the order of their files. Those that today's reading cuts otherwise are left out, since
    their label is of other words; more than a twentieth of them raises ValueError."""
    texts = {(told.source, told.key): told for source in SOURCES for told in source(data)}
    given = list(rows(gold / "sentences.tsv"))
    there = [row for row in given if (row["source"], row["key"]) in texts]
    if len(given) - len(there) > _MOST_LOST * len(given):
        raise ValueError(f"{len(given) - len(there)} of {len(given)} labelled sentences are not in their sources")
    found = [_row(row, texts[row["source"], row["key"]], row["source"]) for row in there]
    for row in rows(gold / "written.tsv"):
        found.append(_row(row, Told("written", row["kind"], row["text"]), f"written {row['style']}"))
    return found


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated file with a header and without quoting."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)


def _row(row: dict[str, str], told: Told, domain: str) -> Labelled:
    side, emotion, quadrant = SIDES[row["sentiment"]], row["emotion"], row["quadrant"]
    if emotion not in EMOTIONS or quadrant not in QUADRANTS or side not in SENTIMENTS:
        raise ValueError(f"{row['id']}: {side}, {emotion}, {quadrant} are not all labels")
    return Labelled(told, domain, row.get("sample") or "written", _kinds(row["labels"]), side, emotion, quadrant)


def _kinds(labels: str) -> frozenset[str]:
    return frozenset(LETTERS[letter] for letter in labels.split(",") if letter != "-")
