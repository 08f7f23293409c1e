"""The six quadrants of one map. What has no evidence has no entry: the gap is the finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import ceil

from voc_engine.empathy.entry_words import ADJECTIVES, content, excerpt, feeling, mixed
from voc_engine.empathy.legibility import legible, opening, reported
from voc_engine.empathy.persona_evidence import Evidence, people_first
from voc_engine.empathy.telling import MOST_SHOWN, readable
from voc_engine.privacy.withholding import MARK
from voc_engine.records import EmpathyEntry, Insight, Mention


def says(evidence: Evidence, most: int) -> list[EmpathyEntry]:
    """Verbatim quotes of distinct people, each on another matter where there are enough; the widest shared first."""
    chosen: list[Mention] = []
    times: Counter[str] = Counter()
    able = [m for m in evidence.mentions if m.quotable != "none"]
    sound = [m for m in able if legible(m.quote) and not reported(m.quote)]
    # Of a few people each may be quoted more often, or the map of one person would hold one quote.
    each = ceil(most / max(1, evidence.persona.n_people))
    for fresh_only in (True, False):
        heard = frozenset[str]() if not chosen else frozenset.union(*(content(m.quote) for m in chosen))
        for said in evidence.by_claim(sound):
            able = [m for m in said if times[m.person_id] < each and m not in chosen]
            if fresh_only:
                able = [m for m in able if _fresh(m, heard)]
            if not able or len(chosen) >= most or (fresh_only and _taken(said, chosen)):
                continue
            best = min(able, key=evidence.fitness)
            chosen.append(best)
            times[best.person_id] += 1
            heard |= content(best.quote)
    return [_entry(evidence, "says", [m], m.quote, basis="stated") for m in chosen]


def by_quadrant(evidence: Evidence, quadrant: str, most: int, inferred: bool) -> list[EmpathyEntry]:
    """Thinks, does or feels: mentions of the quadrant merged by insight, by the number of people behind them.

    Feelings are merged by insight and emotion, since one matter may anger some and please others. ``inferred`` tells
    whether entries without a single stated mention are shown.
    """
    mentions = [m for m in evidence.mentions if m.quadrant == quadrant and belongs(m)]
    word: Callable[[Mention], str] = feeling if quadrant == "feels" else shown
    claims = evidence.by_claim(mentions)
    if quadrant == "feels":
        parts = [[m for m in said if m.emotion == emotion] for said in claims for emotion in sorted(ADJECTIVES)]
        parts = [[m for m in said if not mixed(m) and not m.quote.rstrip().endswith("?")] for said in parts]
        claims = sorted((part for part in parts if part), key=lambda said: _rank(evidence, said))
    entries: list[EmpathyEntry] = []
    for said in claims:
        basis = "stated" if any(m.basis == "stated" for m in said) else "inferred"
        if basis == "stated" or inferred:
            best = evidence.best(said)
            entries.append(_entry(evidence, quadrant, said, word(best) if best else MARK, basis))
    return _distinct(entries)[:most]


def by_kind(evidence: Evidence, quadrant: str, kinds: Sequence[str], most: int, inferred: bool) -> list[EmpathyEntry]:
    """Pains or gains: the persona's insights of these kinds in the insight's words, by people of the persona."""
    entries = []
    sound = [m for m in evidence.mentions if m.kind in kinds and legible(m.quote)]
    for said in evidence.by_claim(m for m in sound if not reported(m.quote)):
        insight = evidence.insights.get(evidence.insight_of.get(said[0].mention_id, ""))
        basis = "stated" if any(m.basis == "stated" for m in said) else "inferred"
        if basis == "stated" or inferred:
            text = _claim(insight, evidence.best(said))
            entries.append(_entry(evidence, quadrant, said, text, basis))
    return _distinct(entries)[:most]


def belongs(mention: Mention) -> bool:
    """Whether it can be read alone. Into which quadrant it falls was decided with the mention, and is not asked again."""
    return legible(mention.quote) and not reported(mention.quote)


def _entry(evidence: Evidence, quadrant: str, said: Sequence[Mention], statement: str, basis: str) -> EmpathyEntry:
    ids = people_first(sorted(said, key=evidence.fitness))
    return EmpathyEntry(evidence.persona.persona_id, quadrant, statement, basis, _people(said), ids)


def _people(said: Sequence[Mention]) -> int:
    return len({m.person_id for m in said})


def _rank(evidence: Evidence, said: Sequence[Mention]) -> tuple[int, tuple[bool, bool, float, str]]:
    return -_people(said), min(evidence.fitness(m) for m in said)


def shown(mention: Mention) -> str:
    """A mention's own words as a map shows them: the quote from its first telling word on where that is short, else
    the clause that its statement is."""
    quote = " ".join(opening(mention.quote).split())
    if len(quote.split()) > MOST_SHOWN:
        quote = excerpt(mention.statement or quote, MOST_SHOWN)
    return quote[:1].upper() + quote[1:]


def _claim(insight: Insight | None, mention: Mention | None) -> str:
    """The words of an insight that several people share, else the person's own: those read better than a reduction."""
    if insight is not None and (insight.n_people > 1 or mention is None):
        return insight.statement
    return shown(mention) if mention else MARK


def _fresh(mention: Mention, heard: frozenset[str]) -> bool:
    """At least half of the quote's matter has not been said by the quotes chosen before."""
    matter = content(mention.quote)
    return 2 * len(matter & heard) <= len(matter) and readable(mention)


def _taken(said: Sequence[Mention], chosen: Sequence[Mention]) -> bool:
    ids = {m.mention_id for m in said}
    return any(m.mention_id in ids for m in chosen)


def _distinct(entries: Sequence[EmpathyEntry]) -> list[EmpathyEntry]:
    """The same words once only, with the most people behind them; a word or two tells nothing by itself."""
    kept: dict[str, EmpathyEntry] = {}
    for entry in entries:
        if len(entry.statement.split()) >= 3:
            said = entry.statement if entry.statement != MARK else " ".join((MARK, *entry.mention_ids))
            kept.setdefault(said.lower().rstrip(".!"), entry)
    return list(kept.values())
