"""The six quadrants of one map. What has no evidence has no entry: the gap is the finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from voc_engine.empathy.evidence import Evidence, people_first
from voc_engine.empathy.words import ADJECTIVES, content, feeling
from voc_engine.records import EmpathyEntry, Mention

READABLE = (4, 35)  # words of a quote that can stand alone on a map


def says(evidence: Evidence, most: int) -> list[EmpathyEntry]:
    """Verbatim quotes of distinct people, each on another matter where there are enough; the widest shared first."""
    chosen: list[Mention] = []
    people: set[str] = set()
    for fresh_only in (True, False):
        heard = frozenset[str]() if not chosen else frozenset.union(*(content(m.quote) for m in chosen))
        for said in evidence.by_claim(evidence.mentions):
            able = [m for m in said if m.person_id not in people and m not in chosen]
            if fresh_only:
                able = [m for m in able if _fresh(m, heard)]
            if not able or len(chosen) >= most or (fresh_only and _taken(said, chosen)):
                continue
            best = min(able, key=_unfit)
            chosen.append(best)
            people.add(best.person_id)
            heard |= content(best.quote)
    return [_entry(evidence, "says", [m], m.quote, basis="stated") for m in chosen]


def by_quadrant(evidence: Evidence, quadrant: str, most: int, inferred: bool) -> list[EmpathyEntry]:
    """Thinks, does or feels: mentions of the quadrant merged by insight, by the number of people behind them.

    Feelings are merged by insight and emotion, since one matter may anger some and please others. ``inferred`` tells
    whether entries without a single stated mention are shown.
    """
    mentions = [m for m in evidence.mentions if m.quadrant == quadrant]
    word: Callable[[Mention], str] = _own_words
    claims = evidence.by_claim(mentions)
    if quadrant == "feels":
        word = feeling
        parts = [
            [m for m in said if m.emotion == emotion] for said in claims for emotion in (*sorted(ADJECTIVES), "neutral")
        ]
        claims = sorted((part for part in parts if part), key=lambda s: (-_people(s), s[0].mention_id))
        claims = [said for said in claims if said[0].emotion != "neutral" or said[0].sentiment != "neutral"]
    entries: list[EmpathyEntry] = []
    for said in claims:
        basis = "stated" if any(m.basis == "stated" for m in said) else "inferred"
        if basis == "stated" or inferred:
            entries.append(_entry(evidence, quadrant, said, word(min(said, key=_unfit)), basis))
    return _distinct(entries)[:most]


def by_kind(evidence: Evidence, quadrant: str, kinds: Sequence[str], most: int, inferred: bool) -> list[EmpathyEntry]:
    """Pains or gains: the persona's insights of these kinds in the insight's words, by people of the persona."""
    entries = []
    for said in evidence.by_claim(m for m in evidence.mentions if m.kind in kinds):
        insight = evidence.insights.get(evidence.insight_of.get(said[0].mention_id, ""))
        basis = "stated" if any(m.basis == "stated" for m in said) else "inferred"
        if basis == "stated" or inferred:
            text = insight.statement if insight else _own_words(min(said, key=_unfit))
            entries.append(_entry(evidence, quadrant, said, text, basis))
    return _distinct(entries)[:most]


def _entry(evidence: Evidence, quadrant: str, said: Sequence[Mention], statement: str, basis: str) -> EmpathyEntry:
    ids = people_first(sorted(said, key=_unfit))
    return EmpathyEntry(evidence.persona.persona_id, quadrant, statement, basis, _people(said), ids)


def _people(said: Sequence[Mention]) -> int:
    return len({m.person_id for m in said})


def _own_words(mention: Mention) -> str:
    return mention.statement or mention.quote


def _unfit(mention: Mention) -> tuple[bool, int, str]:
    """Lower is fitter to be read: of a readable length, near to a dozen words."""
    length = len(mention.quote.split())
    return not READABLE[0] <= length <= READABLE[1], abs(length - 12), mention.mention_id


def _fresh(mention: Mention, heard: frozenset[str]) -> bool:
    """At least half of the quote's matter has not been said by the quotes chosen before."""
    matter = content(mention.quote)
    return 2 * len(matter & heard) <= len(matter) and not _unfit(mention)[0]


def _taken(said: Sequence[Mention], chosen: Sequence[Mention]) -> bool:
    ids = {m.mention_id for m in said}
    return any(m.mention_id in ids for m in chosen)


def _distinct(entries: Sequence[EmpathyEntry]) -> list[EmpathyEntry]:
    """The same words once only, with the most people behind them."""
    kept: dict[str, EmpathyEntry] = {}
    for entry in entries:
        kept.setdefault(entry.statement.lower(), entry)
    return list(kept.values())
