"""Counting people: totals, dates and ratings that every insight is measured against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from voc_engine.insights.clock import Clock, clock_of, period
from voc_engine.records import EVIDENCE_ROLES, Batch, Document, Mention, Segment, Topic, TopicAssignment
from voc_engine.statistics import welch

LEAST_RATED = 5  # on either side; a choice: Welch's interval of fewer spans most of a scale of five stars


@dataclass(frozen=True)
class Study:
    """What an insight is counted against. Days are ordinals (``date.toordinal``); ``day_of`` is per mention id,
    ``newest`` per source its newest day, ``source_of`` per document id its source.

    ``heard``: how many people said anything, per period; ``clock``: the same within sources; ``span``: days from the first
    to the last. ``rated``: how many people rated, sum and sum of squares of their ratings.
    """

    people: int
    day_of: Mapping[str, int]
    newest: Mapping[str, int]
    source_of: Mapping[str, str]
    heard: Mapping[str, int]
    clock: Clock
    span: int
    rating_of: Mapping[str, float]
    rated: tuple[int, float, float]
    documents: Sequence[Document]

    def newest_of(self, mention: Mention) -> int:
        """Newest day of the mention's source: posts of one year and interviews of another are not held to one date."""
        return self.newest[self.source_of.get(mention.document_id, "")]

    def period_of(self, mention: Mention) -> str:
        """Name of the week, month, quarter or year of a mention with a day."""
        return period(self.day_of[mention.mention_id], self.span)


def ordinal(created_at: str | None) -> int | None:
    """Day number of an ISO 8601 date or time; None for no date or one that cannot be read."""
    try:
        return date.fromisoformat((created_at or "")[:10]).toordinal()
    except ValueError:
        return None


def look_over(batch: Batch, mentions: Sequence[Mention]) -> Study:
    """Totals of a study from its segments (people with evidence), documents (dates, ratings) and mentions."""
    days: dict[str | None, int | None] = {}
    voices: set[tuple[str, str]] = {(s.person_id, s.document_id) for s in batch.of(Segment) if s.role in EVIDENCE_ROLES}
    voices |= {(m.person_id, m.document_id) for m in mentions}
    spoken_in = {document_id for _, document_id in voices}
    # What was set aside, in another language say, has no part in dates and ratings.
    documents = [d for d in batch.of(Document) if d.document_id in spoken_in]
    day_of_document = {d.document_id: days.setdefault(d.created_at, ordinal(d.created_at)) for d in documents}
    day_of: dict[str, int] = {}
    for m in mentions:
        day = days.setdefault(m.created_at, ordinal(m.created_at))
        day = day_of_document.get(m.document_id) if day is None else day
        if day is not None:
            day_of[m.mention_id] = day
    dated = sorted(day for day in day_of_document.values() if day is not None) or sorted(day_of.values())
    span = dated[-1] - dated[0] if dated else 0
    source_of = {document.document_id: document.source for document in documents}
    ratings = next(iter(scores(documents).values()), {})
    rated = [rating for _, rating in sorted(ratings.items())]
    return Study(
        len({person for person, _ in voices}),
        day_of,
        _newest(source_of, mentions, day_of_document, day_of),
        source_of,
        _counted(
            (person, period(day, span)) for person, name in voices if (day := day_of_document.get(name)) is not None
        ),
        clock_of(voices, documents, day_of_document, span),
        span,
        ratings,
        (len(rated), sum(rated), sum(rating * rating for rating in rated)),
        documents,
    )


def topics_of(batch: Batch, mentions: Iterable[Mention]) -> dict[str, str]:
    """Segment id -> topic id, of the segments of these mentions: a study has several segments to a mention."""
    wanted = {m.segment_id for m in mentions}
    return {
        a.segment_id: a.topic_id for a in batch.of(TopicAssignment) if a.topic_id is not None and a.segment_id in wanted
    }


def labels_of(batch: Batch) -> dict[str, str]:
    """Topic id -> label."""
    return {one.topic_id: one.label for one in batch.of(Topic)}


def _newest(
    source_of: Mapping[str, str], mentions: Iterable[Mention], day_of_document: Mapping[str, int | None],
    day_of: Mapping[str, int],
) -> dict[str, int]:  # fmt: skip
    newest: dict[str, int] = {}
    for document_id, day in day_of_document.items():
        if day is not None:
            source = source_of.get(document_id, "")
            newest[source] = max(day, newest.get(source, day))
    for m in mentions:
        if m.mention_id in day_of:
            source, day = source_of.get(m.document_id, ""), day_of[m.mention_id]
            newest[source] = max(day, newest.get(source, day))
    return newest


def _counted(voices: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How many different people, per period."""
    counts: dict[str, int] = {}
    for _, name in set(voices):
        counts[name] = counts.get(name, 0) + 1
    return counts


_SCALES = (5, 10, 100)  # stars, 0 to 10, per cent


def scores(documents: Iterable[Document]) -> dict[int, dict[str, float]]:
    """Mean rating by person, per scale (its highest value: 5, 10 or 100), the one of most rated documents first: stars and
    0-to-10 scores do not mix."""
    rated = [(d.source, d.person_id, d.rating) for d in documents if d.rating is not None]
    top: dict[str, float] = {}
    for source, _, rating in rated:
        top[source] = max(top.get(source, 0.0), rating)
    scale = {source: next((one for one in _SCALES if most <= one), _SCALES[-1]) for source, most in top.items()}
    by_scale: dict[int, dict[str, list[float]]] = {}
    sizes: dict[int, int] = {}
    for source, person, rating in rated:
        sizes[scale[source]] = sizes.get(scale[source], 0) + 1
        by_scale.setdefault(scale[source], {}).setdefault(person, []).append(rating)
    return {
        one: {person: sum(given) / len(given) for person, given in by_scale[one].items()}
        for one in sorted(sizes, key=lambda one: (-sizes[one], one))
    }


def shrunk_share(people: int, total: int) -> float:
    """Share of people, shrunk the more the fewer voices there are: one voice counts a third, ten count 8.3."""
    return people * people / (people + 2) / total if total else 0.0


def recency(study: Study, mentions: Iterable[Mention], half_life_days: float) -> float:
    """Mean over people of 0.5 ** (age of their latest mention / half life), age against the newest day of the source.

    A person without a date counts 1: nothing is known against it.
    """
    ages: dict[str, list[int]] = {}
    for m in mentions:
        ages_of_person = ages.setdefault(m.person_id, [])
        if m.mention_id in study.day_of:
            ages_of_person.append(study.newest_of(m) - study.day_of[m.mention_id])
    weights = [0.5 ** (min(of_person) / half_life_days) if of_person else 1.0 for _, of_person in sorted(ages.items())]
    return sum(weights) / len(weights) if weights else 1.0


def rating_impact(study: Study, people: Iterable[str]) -> tuple[float | None, float | None, float | None]:
    """Mean rating of these people minus that of the others, and its interval (Welch, 95%).

    Nones with fewer than five rated on either side.
    """
    inside = [study.rating_of[person] for person in sorted(people) if person in study.rating_of]
    count, total, squares = study.rated
    if min(len(inside), count - len(inside)) < LEAST_RATED:
        return None, None, None
    rest = count - len(inside), total - sum(inside), squares - sum(rating * rating for rating in inside)
    return welch(inside, rest)
