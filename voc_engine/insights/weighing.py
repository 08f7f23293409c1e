"""Severity and urgency of an insight, each as a band with its reasons in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from voc_engine.insights.counting import Study
from voc_engine.language.handles import without_addresses
from voc_engine.language.keywords import keywords
from voc_engine.language.polarity import leaning_words
from voc_engine.language.stems import stem
from voc_engine.language.stop_words import is_content
from voc_engine.language.tokens import parts
from voc_engine.language.word_lists import word_list
from voc_engine.records import HARMS, SEVERITIES, Mention

_KEYWORDS = keywords(__package__, "weighing")

PRESSING_KINDS = ("pain_point", "objection", "request", "goal")
REASONS = 5  # a choice: lines that a finding's page has room for
THIRD = 3  # one in so many speaks for all: a choice between the loudest one and the most
NEW_DAYS = 30  # a choice: since a team last met about it; only of data that spans twice as long
BLOCKING = ("fails", "blocked", "loses")
NOW = re.compile(_KEYWORDS.pattern("now"), re.IGNORECASE)


def says_what(mention: Mention) -> bool:
    """False for a bare verdict or cry ("Ridiculous!", "Please help"): no word tells what it is about."""
    return any(map(_tells, parts(without_addresses(mention.quote))))


@lru_cache(maxsize=200_000)
def _tells(word: str) -> bool:
    return word not in leaning_words() and is_content(word) and stem(word) not in _verdicts()


@cache
def _verdicts() -> frozenset[str]:
    return frozenset(map(stem, word_list("judgements", "verdicts")))


def enough(count: int, people: int) -> bool:
    """Whether so many of the people speak for all: a third of them and at least two, or the only one."""
    return count >= min(people, 2) and count * THIRD >= people


def severity(mentions: Sequence[Mention]) -> tuple[str, tuple[str, ...]]:
    """Band and reasons: the highest band that a third of the people reach, and at least two of them (or the only one).

    A mean over people would call low what blocks every third of them. A person's band is that of their worst mention.
    """
    mentions = [m for m in mentions if m.kind in HARMS]
    if not mentions:
        return SEVERITIES[0], ()
    worst = _worst(mentions)
    band, reached = 0, len(worst)
    for rank in range(1, len(SEVERITIES)):
        count = sum(own >= rank for own in worst.values())
        if enough(count, len(worst)):
            band, reached = rank, count
    reasons = _reasons([m for m in mentions if SEVERITIES.index(m.severity) >= band and m.quotable != "none"])
    if len(worst) > 1 and band:
        at_least = " or high" if band < len(SEVERITIES) - 1 else ""
        reasons = (f"{SEVERITIES[band]}{at_least} for {reached} of {len(worst)} people", *reasons)
    return SEVERITIES[band], reasons[:REASONS]


def _worst(mentions: Sequence[Mention]) -> Mapping[str, int]:
    worst: dict[str, int] = {}
    for m in mentions:
        rank = SEVERITIES.index(m.severity)
        worst[m.person_id] = max(rank, worst.get(m.person_id, rank))
    return worst


def _reasons(mentions: Sequence[Mention]) -> tuple[str, ...]:
    voices = {(reason, m.person_id) for m in mentions for reason in m.severity_reasons}
    counts = Counter(reason for reason, _ in voices)
    return tuple(sorted(counts, key=lambda reason: (-counts[reason], reason))[:REASONS])


def urgency(study: Study, mentions: Sequence[Mention], severe: str, trend: str) -> tuple[str, tuple[str, ...]]:
    """Band and reasons. ``severe`` and ``trend`` are the insight's.

    High: two people and a third of all are blocked or ask for action now, and it is new or rising. Medium: one of blocked
    or rising, or new and not of low severity. New: half of the dated people said it in the last 30 days of their source, in
    data that covers twice as long.
    """
    mentions = [m for m in mentions if m.kind in PRESSING_KINDS]
    if not mentions:
        return "low", ()
    people = {m.person_id for m in mentions}
    pressing = {m.person_id for m in mentions if _presses(m)}
    pressed, rising = enough(len(pressing), len(people)), trend == "rising"
    recent, dated = _recent(study, mentions)
    new = dated > 0 and 2 * recent >= dated and enough(recent, len(people)) and study.span >= 2 * NEW_DAYS
    facts = (
        (pressed, f"blocked or asking for action now: {len(pressing)} of {len(people)} people"),
        (new, f"said in the last {NEW_DAYS} days: {recent} of {dated} people"),
        (rising, "said by a rising share of people"),
    )
    reasons = tuple(reason for holds, reason in facts if holds)
    if pressed and (new or rising) and len(people) > 1:
        return "high", reasons
    return ("medium" if pressed or rising or (new and severe != "low") else "low"), reasons


def _presses(mention: Mention) -> bool:
    blocks = mention.kind in HARMS and (
        mention.severity == "high" or (mention.severity == "medium" and mention.what in BLOCKING)
    )
    return blocks or NOW.search(mention.quote) is not None


def _recent(study: Study, mentions: Sequence[Mention]) -> tuple[int, int]:
    """People whose latest mention is new, and people with a dated mention."""
    ages: dict[str, int] = {}
    for m in mentions:
        if m.mention_id in study.day_of:
            age = study.newest_of(m) - study.day_of[m.mention_id]
            ages[m.person_id] = min(age, ages.get(m.person_id, age))
    return sum(age <= NEW_DAYS for age in ages.values()), len(ages)
