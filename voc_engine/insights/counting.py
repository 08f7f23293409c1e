"""Counting people: totals, intervals, dates and ratings that every insight is measured against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from voc_engine.records import EVIDENCE_ROLES, Batch, Document, Mention, Segment

Z95 = 1.959964
LEAST_FOR_TREND = 6
LEAST_RATED = 5


@dataclass(frozen=True)
class Study:
    """What an insight is counted against. Days are ordinals (``date.toordinal``); ``day_of`` is per mention id,
    ``newest`` per mention id the newest day of its source file.

    ``active`` holds the people who said anything dated before and from ``middle`` on, the median dated day.
    """

    people: int
    day_of: Mapping[str, int]
    newest: Mapping[str, int]
    middle: int | None
    active: tuple[frozenset[str], frozenset[str]]
    rating_of: Mapping[str, float]


def wilson(count: int, total: int) -> tuple[float, float]:
    """95% interval of a share (Wilson 1927). (0, 1) where nobody was asked."""
    if total <= 0:
        return 0.0, 1.0
    share, spread = count / total, Z95**2 / total
    middle = (share + spread / 2) / (1 + spread)
    half = Z95 * sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return round(max(0.0, middle - half), 6), round(min(1.0, middle + half), 6)


def ordinal(created_at: str | None) -> int | None:
    """Day number of an ISO 8601 date or time; None for no date or one that cannot be read."""
    try:
        return date.fromisoformat((created_at or "")[:10]).toordinal()
    except ValueError:
        return None


def look_over(batch: Batch, mentions: Sequence[Mention]) -> Study:
    """Totals of a study from its segments (people with evidence), documents (dates, ratings) and mentions."""
    days: dict[str | None, int | None] = {}
    said: set[tuple[str, str]] = {(s.person_id, s.document_id) for s in batch.of(Segment) if s.role in EVIDENCE_ROLES}
    said |= {(m.person_id, m.document_id) for m in mentions}
    heard = {document_id for _, document_id in said}
    # What was set aside, in another language say, has no part in dates and ratings.
    documents = [d for d in batch.of(Document) if d.document_id in heard]
    day_of_document = {d.document_id: days.setdefault(d.created_at, ordinal(d.created_at)) for d in documents}
    day_of: dict[str, int] = {}
    for m in mentions:
        day = days.setdefault(m.created_at, ordinal(m.created_at))
        day = day_of_document.get(m.document_id) if day is None else day
        if day is not None:
            day_of[m.mention_id] = day
    known = sorted(day for day in day_of_document.values() if day is not None) or sorted(day_of.values())
    middle = known[len(known) // 2] if known and known[0] < known[-1] else None
    return Study(
        len({person for person, _ in said}),
        day_of,
        _newest(documents, mentions, day_of_document, day_of),
        middle,
        _halves(said, day_of_document, middle),
        _ratings(documents),
    )


def _newest(
    documents: Iterable[Document], mentions: Iterable[Mention], day_of_document: Mapping[str, int | None],
    day_of: Mapping[str, int],
) -> dict[str, int]:  # fmt: skip
    """Newest day of each mention's source: posts of one year and interviews of another are not held to one date."""
    source_of = {document.document_id: document.source for document in documents}
    newest: dict[str, int] = {}
    dated = [(document_id, day) for document_id, day in day_of_document.items() if day is not None]
    dated += [(m.document_id, day_of[m.mention_id]) for m in mentions if m.mention_id in day_of]
    for document_id, day in dated:
        source = source_of.get(document_id, "")
        newest[source] = max(day, newest.get(source, day))
    return {m.mention_id: newest[source_of.get(m.document_id, "")] for m in mentions if m.mention_id in day_of}


def _halves(
    said: Iterable[tuple[str, str]], day_of: Mapping[str, int | None], middle: int | None
) -> tuple[frozenset[str], frozenset[str]]:
    early: set[str] = set()
    late: set[str] = set()
    for person, document in said:
        day = day_of.get(document)
        if middle is not None and day is not None:
            (late if day >= middle else early).add(person)
    return frozenset(early), frozenset(late)


def _ratings(documents: Iterable[Document]) -> dict[str, float]:
    """Mean rating by person, on the scale that most rated documents have: stars and 0-to-10 scores do not mix."""
    rated = [(d.source, d.person_id, d.rating) for d in documents if d.rating is not None]
    top: dict[str, float] = {}
    for source, _, rating in rated:
        top[source] = max(top.get(source, 0.0), rating)
    scale = {source: 5 if most <= 5 else 10 if most <= 10 else 100 for source, most in top.items()}
    sizes: dict[int, int] = {}
    for source, _, _ in rated:
        sizes[scale[source]] = sizes.get(scale[source], 0) + 1
    usual = min(sizes, key=lambda s: (-sizes[s], s), default=5)
    by_person: dict[str, list[float]] = {}
    for source, person, rating in rated:
        if scale[source] == usual:
            by_person.setdefault(person, []).append(rating)
    return {person: sum(given) / len(given) for person, given in by_person.items()}


def shrunk_share(people: int, total: int) -> float:
    """Share of people, shrunk the more the fewer voices there are: one voice counts a third, ten count 8.3."""
    return people * people / (people + 2) / total if total else 0.0


def recency(study: Study, mentions: Iterable[Mention], half_life_days: float) -> float:
    """Mean over people of 0.5 ** (age of their latest mention / half life), age against the newest day of the source.

    A person without a date counts 1: nothing is known against it.
    """
    ages: dict[str, list[int]] = {}
    for m in mentions:
        known = ages.setdefault(m.person_id, [])
        if m.mention_id in study.day_of:
            known.append(study.newest[m.mention_id] - study.day_of[m.mention_id])
    weights = [0.5 ** (min(known) / half_life_days) if known else 1.0 for _, known in sorted(ages.items())]
    return sum(weights) / len(weights) if weights else 1.0


def trend(study: Study, dated: Iterable[tuple[str, int]]) -> str:
    """Compare the share of people who say it in the two halves of the data (two-proportion z test at 95%)."""
    before, after = study.active
    early: set[str] = set()
    late: set[str] = set()
    for person, day in dated:
        if study.middle is not None:
            (late if day >= study.middle else early).add(person)
    early &= before
    late &= after
    if len(early) + len(late) < LEAST_FOR_TREND or min(len(before), len(after)) < LEAST_FOR_TREND:
        return "too little data"
    rate = (len(early) + len(late)) / (len(before) + len(after))
    spread = sqrt(rate * (1 - rate) * (1 / len(before) + 1 / len(after)))
    change = len(late) / len(after) - len(early) / len(before)
    if abs(change) <= Z95 * spread:
        return "steady"
    return "rising" if change > 0 else "falling"


def rating_impact(study: Study, people: set[str]) -> float | None:
    """Mean rating of these people minus that of the others; None with fewer than five rated on either side."""
    inside = [rating for person, rating in study.rating_of.items() if person in people]
    others = len(study.rating_of) - len(inside)
    if min(len(inside), others) < LEAST_RATED:
        return None
    rest = (sum(study.rating_of.values()) - sum(inside)) / others
    return round(sum(inside) / len(inside) - rest, 4)
