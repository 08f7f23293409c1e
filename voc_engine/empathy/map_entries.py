"""The entries of one map, quadrant by quadrant: mentions come with theirs, and are ranked and arranged here.

What has no evidence has no entry: the gap is the finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from math import ceil

from voc_engine.empathy.entry_words import excerpt, felt
from voc_engine.empathy.legibility import legible, opening, reported
from voc_engine.empathy.persona_evidence import Evidence, people_first
from voc_engine.language.stems import content_set
from voc_engine.language.telling import BEST_READ, readable
from voc_engine.privacy.withholding import MARK
from voc_engine.records import EmpathyEntry, Insight, Mention

FEW = 3  # people of a persona from which on one person's word is no pain or gain of the group
_WANTS = ("goal", "request")
# What is so sure to stand in its quadrant comes first: of 1,113 that were read 96 of 100 are right there, and 87 of those
# that are less sure (``python -m training quadrants``).
_SURE = 0.9
# Likelier understood than not, read without what stood before it: of 8 feelings of the demo's maps none of the four below
# told what was felt about, three of the four above did.
_UNDERSTOOD = 0.5
# Of 97 lines and quotes of three studies that were read none of the 17 below could be understood alone.
_CLEAR = 0.7
# Sure, less sure, and what comes after both; then the same of what stands elsewhere on the map.
_TURNS = range(6)
_SHOWN_BEFORE = 3


def says(evidence: Evidence, most: int) -> list[EmpathyEntry]:
    """Verbatim quotes of distinct people, each on another matter where there are enough; the widest shared first."""
    chosen: list[Mention] = []
    times: Counter[str] = Counter()
    able = [m for m in evidence.mentions if m.quotable != "none"]
    sound = [m for m in able if legible(m.quote) and not reported(m.quote) and _understood(m, _CLEAR)]
    # Of a few people each may be quoted more often, or the map of one person would hold one quote.
    each = ceil(most / max(1, evidence.persona.n_people))
    for fresh_only in (True, False):
        covered = frozenset[str]() if not chosen else frozenset.union(*(content_set(m.quote) for m in chosen))
        for mentions in evidence.by_claim(sound):
            able = [m for m in mentions if times[m.person_id] < each and m not in chosen]
            if fresh_only:
                able = [m for m in able if _fresh(m, covered)]
            if not able or len(chosen) >= most or (fresh_only and _already_chosen(mentions, chosen)):
                continue
            best = min(able, key=evidence.fitness)
            chosen.append(best)
            times[best.person_id] += 1
            covered |= content_set(best.quote)
    return [_entry(evidence, "says", [m], m.quote, basis="stated") for m in chosen]


def by_quadrant(
    evidence: Evidence, quadrant: str, most: int, inferred: bool, shown_before: Collection[str] = ()
) -> list[EmpathyEntry]:
    """Thinks, does or feels: one person's own words each, on another matter each, what most people share first.

    Which quadrant a mention stands in was decided with the mention, and is not asked again: here those that can be
    understood alone are ranked. Of a long quote the clause that could be shown may leave out the deed or the thought (it
    did in two of four that were read), so that it has no line, unless a feeling is named in the clause. Nobody
    thinks, does or feels word for word what another says, so every line counts one. ``inferred`` tells whether lines that
    nobody stated are shown; ``shown_before`` are mentions that stand elsewhere on the map, which come again only
    where there are no others.
    """
    able = [
        m for m in evidence.mentions
        if m.quadrant == quadrant and legible(m.quote) and _understood(m, _UNDERSTOOD) and not _cut(m)
        and (inferred or m.basis == "stated")
    ]  # fmt: skip
    chosen: list[Mention] = []
    times: Counter[str] = Counter()
    each = ceil(most / max(1, evidence.persona.n_people))
    claims: set[str | None] = set()
    for turn in _TURNS:
        for mentions in evidence.by_claim(m for m in able if _turn(m, shown_before) == turn):
            best = min((m for m in mentions if times[m.person_id] < each), key=evidence.fitness, default=None)
            claim = None if best is None else evidence.insight_of.get(best.mention_id, best.mention_id)
            if best is not None and claim not in claims:
                chosen.append(best)
                claims.add(claim)
                times[best.person_id] += 1
    return _distinct([_entry(evidence, quadrant, [m], _worded(m), m.basis) for m in chosen])[:most]


def by_list(evidence: Evidence, quadrant: str, insight_ids: Sequence[str], most: int) -> list[EmpathyEntry]:
    """Pains or gains: the findings that the card lists, with the card's own counts; of one person in that person's words."""
    mine: dict[str, list[Mention]] = {}
    for mention in evidence.mentions:
        mine.setdefault(evidence.insight_of.get(mention.mention_id, ""), []).append(mention)
    entries = []
    for insight_id in dict.fromkeys(insight_ids):
        mentions, insight = mine.get(insight_id, []), evidence.insights.get(insight_id)
        if mentions and insight is not None:
            text = _claim(insight, evidence.best(mentions), alone=evidence.persona.n_people == 1)
            basis = "stated" if any(m.basis == "stated" for m in mentions) else "inferred"
            entries.append(_entry(evidence, quadrant, mentions, text, basis))
    if evidence.persona.n_people >= FEW:  # one person's word is no pain or gain of a group
        entries = [entry for entry in entries if entry.n_people > 1]
    entries.sort(key=lambda entry: -entry.n_people)
    return _distinct(entries, fewest_words=1)[:most]


def _worded(mention: Mention) -> str:
    if mention.quotable == "none":
        return MARK
    return (felt(mention) if mention.quadrant == "feels" else None) or statement_of(mention)


def _turn(mention: Mention, shown_before: Collection[str]) -> int:
    """Which of _TURNS it comes in: first what surely stands in its quadrant. What somebody wants or asks for stands among
    gains already, and a feeling says little without what it is about: these come after the others, and what stands
    elsewhere on the map comes last."""
    later = (mention.quadrant == "thinks" and mention.kind in _WANTS) or (
        mention.quadrant == "feels" and mention.own_thing is None
    )
    turn = 2 if later else int(mention.quadrant_probability < _SURE)
    return turn + _SHOWN_BEFORE * (mention.mention_id in shown_before)


def _entry(evidence: Evidence, quadrant: str, mentions: Sequence[Mention], statement: str, basis: str) -> EmpathyEntry:
    ids = people_first(sorted(mentions, key=evidence.fitness))
    return EmpathyEntry(evidence.persona.persona_id, quadrant, statement, basis, _people(mentions), ids)


def _people(mentions: Sequence[Mention]) -> int:
    return len({m.person_id for m in mentions})


def statement_of(mention: Mention) -> str:
    """A mention's own words as a map shows them: the quote from its first telling word on where that is short, else
    the clause that its statement is."""
    quote = " ".join(opening(mention.quote).split())
    if _is_long(quote):
        quote = excerpt(mention.statement or quote, BEST_READ[1])
    return quote[:1].upper() + quote[1:]


def _understood(mention: Mention, least: float) -> bool:
    """Whether it is understood so surely without what stood before it; of what no reader told nothing is asked."""
    return mention.understood is None or mention.understood >= least


def _cut(mention: Mention) -> bool:
    return _is_long(mention.quote) and felt(mention) is None


def _is_long(quote: str) -> bool:
    return len(quote.split()) > BEST_READ[1]


def _claim(insight: Insight, mention: Mention | None, *, alone: bool) -> str:
    """The title of an insight that several people share, as the card has it, else the person's own words: those read better
    than a reduction. Who may not be quoted is told of in the words of the others."""
    in_own_words = alone and mention is not None and mention.quotable != "none"
    if insight.n_people > 1 and not in_own_words:
        return insight.title
    return statement_of(mention) if mention else MARK


def _fresh(mention: Mention, covered: frozenset[str]) -> bool:
    """At least half of the quote's matter has not been said by the quotes chosen before."""
    matter = content_set(mention.quote)
    return 2 * len(matter & covered) <= len(matter) and readable(mention)


def _already_chosen(mentions: Sequence[Mention], chosen: Sequence[Mention]) -> bool:
    ids = {m.mention_id for m in mentions}
    return any(m.mention_id in ids for m in chosen)


def _distinct(entries: Sequence[EmpathyEntry], fewest_words: int = 3) -> list[EmpathyEntry]:
    """The same words once only, with the most people behind them; somebody's word or two tells nothing by itself, a title
    ("No-shows") does."""
    distinct: dict[str, EmpathyEntry] = {}
    for entry in entries:
        if len(entry.statement.split()) >= fewest_words:
            wording = entry.statement if entry.statement != MARK else " ".join((MARK, *entry.mention_ids))
            distinct.setdefault(wording.lower().rstrip(".!"), entry)
    return list(distinct.values())
