"""How many people say something: counted where everything was read, estimated where some of it was."""

from __future__ import annotations

from dataclasses import dataclass

from voc_engine.records import Sampling
from voc_engine.report import wording
from voc_engine.report.evidence import Evidence

LIMIT = (
    "Not everything was read in full. Numbers with “about” are estimates for all people, from those drawn at random and from"
    " what a fast reader foresees of the rest, with 95% intervals. Every other count (cards, trends, ratings, topics) is of"
    " those who were read."
)


@dataclass(frozen=True, slots=True)
class Reach:
    """``words`` as they stand on a page; ``share``, ``low`` and ``high`` of all people, in [0, 1]."""

    words: str
    share: float
    low: float
    high: float


def reach_of(
    evidence: Evidence, target: str, key: str, n_people: int, total: int, low: float | None = None, high: float | None = None
) -> Reach:  # fmt: skip
    """The estimate where there is one, else ``n_people`` of ``total`` with the interval given."""
    estimate = evidence.estimates.get((target, key))
    if estimate is None:
        return Reach(wording.of_people(n_people, total, low, high), n_people / max(total, 1), low or 0.0, high or 0.0)
    words = wording.about_people(estimate.n_people, estimate.of, estimate.low, estimate.high)
    return Reach(
        f"{words}; {wording.number(estimate.n_read)} read",
        *(n / estimate.of for n in (estimate.n_people, estimate.low, estimate.high)),
    )


def read_in_full(evidence: Evidence) -> str:
    """How much of the study was read in full, in words."""
    sampling = evidence.sampling
    return _of(sampling) if sampling else "every sentence"


def _of(sampling: Sampling) -> str:
    read = sampling.people_certain + sampling.people_drawn + sampling.people_sought
    ways = (
        (sampling.people_certain, "of sources that were read whole"), (sampling.people_drawn, "drawn at random"),
        (sampling.people_sought, "looked for, since their words seemed rare or unsure"),
    )  # fmt: skip
    how = wording.listing([f"{wording.number(many)} {way}" for many, way in ways if many])
    return (
        f"{wording.number(sampling.sentences_read)} of {wording.count(sampling.sentences, 'sentence')}, all that"
        f" {wording.number(read)} of {wording.people(sampling.people)} say ({how})"
    )
