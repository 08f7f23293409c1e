"""Pairs of sentences that people read: whether they say the same (corpora/gold/pairs.tsv), by the sentences' ids in the
shared windows; and clauses of them: whether they can stand alone (corpora/gold/key_points.tsv)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.gold import rows
from training.windows import named_own_windows, named_windows
from voc_engine.mentions.contract import Reading, Sentence
from voc_engine.mentions.heads.extractor import HeadsExtractor
from voc_engine.records import Mention

# Of these studies the figures are told: they taught neither the vectors nor the scorer that are measured on them.
HELD = ("apex_ad2600_progress", "creative_labs_nomad", "survey", "complaint", "negotiation", "design-meeting")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences of one domain; ``label`` S same, O same matter and opposite side, R related, D different."""

    domain: str
    first: str
    second: str
    label: str

    @property
    def same(self) -> bool:
        return self.label == "S"


@dataclass(frozen=True, slots=True)
class Clause:
    """Some words of a sentence; ``label`` 2: they can stand as a key point, 1: they are understood, 0: they are not."""

    sentence: str
    start: int
    end: int
    label: int


def read_pairs(gold: Path) -> list[Pair]:
    """All of them, in the order of the file."""
    return [Pair(row["domain"], row["first"], row["second"], row["label"]) for row in rows(gold / "pairs.tsv")]


def read_clauses(gold: Path) -> list[Clause]:
    """All clauses that were judged, in the order of the file."""
    return [
        Clause(row["sentence"], int(row["start"]), int(row["end"]), int(row["label"]))
        for row in rows(gold / "key_points.tsv")
    ]


def sentences(data: Path, gold: Path) -> dict[str, Sentence]:
    """Id -> the sentences that were read in windows, with what stands before them."""
    read = [*named_windows(data), *named_own_windows(data, gold)]
    return {name: Sentence(one.text.strip(), one.context, one.kind) for name, one in read}


def by_domain(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """The pairs of each domain, in order."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        found[pair.domain].append(pair)
    return dict(found)


def as_mentions(said: dict[str, Sentence]) -> dict[str, Mention]:
    """Each sentence as a mention of the kind that the shipped heads find it likeliest to be."""
    readings = HeadsExtractor().read(list(said.values()))
    return {name: _mention(name, *both) for (name, *both) in zip(said, said.values(), readings, strict=True)}


def _mention(name: str, sentence: Sentence, reading: Reading) -> Mention:
    found = max(reading.findings, key=lambda one: one.probability, default=None)
    kind = found.kind if found else max(reading.probabilities, key=lambda one: (reading.probabilities[one], one))
    return Mention(
        name, name, name, name, kind, 0, len(sentence.text), sentence.text, reading.probabilities[kind],
        reading.sentiment, reading.sentiment_score, reading.emotion, reading.severity, reading.severity_score,
        reading.quadrant, reading.basis, (), text_key=name, thing=found.thing if found else None,
        what=found.what if found else None, negated=bool(found and found.negated), worth=reading.worth,
    )  # fmt: skip
