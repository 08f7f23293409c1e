"""The first screen: what to do first, for whom, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voc_engine.report import wording
from voc_engine.report.cautions import UNGROUPED, Caution
from voc_engine.report.evidence import Evidence
from voc_engine.report.people import PersonaView, persona_view
from voc_engine.report.quotes import InsightView, PersonaChip, Quotes
from voc_engine.report.reliability import labels
from voc_engine.report.report_frame import Frame
from voc_engine.report.trait_lists import Trait, trait_lists

THEN, CHIPS, MORE, MINDED = 2, 4, 3, 4  # a choice: what fits on a screen of 1,280 by 800 without scrolling
SAYS = (("goals", "They want"), ("pains", "It hurts them"), ("objections", "It holds them back"))


@dataclass(frozen=True, slots=True)
class Say:
    """What to say to a persona rests on its leading trait; ``answered`` tells of an objection whether there is proof."""

    lead: str
    trait: Trait
    answered: bool | None = None


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """``finding`` or ``persona`` is what comes first, by the frame; both None where there is neither, and ``empty`` says so.

    ``then`` are the findings that follow, ``others`` the personas. ``whom`` are the personas that say the finding, by their
    share, ``whom_text`` tells of those who are in none; ``more`` the known people who say it surely more than others.
    ``says`` are a persona's leading traits. ``sure``: (name, text).
    """

    asks: tuple[str, str, str]
    finding: InsightView | None
    persona: PersonaView | None
    empty: str
    then: tuple[InsightView, ...]
    others: tuple[PersonaView, ...]
    whom: tuple[PersonaChip, ...]
    whom_text: str
    more: tuple[str, ...]
    says: tuple[Say, ...]
    sure: tuple[tuple[str, str], ...]


def first_screen(
    evidence: Evidence, quotes: Quotes, frame: Frame, problems: Sequence[InsightView], cautions: Sequence[Caution]
) -> FirstScreen:
    """``problems`` are the leading findings to act on, the first of which is what comes first."""
    personas = _personas(evidence, quotes) if frame.first == "persona" else []
    persona = personas[0] if personas else None
    shared = [one for one in problems if one.insight.n_people > 1] if persona is None else []
    finding = shared[0] if shared else None
    chips = _chips(finding) if finding else ()
    asks = (
        frame.asks
        if persona is not None or frame.first == "finding"
        else ("What to act on first", "For whom", frame.asks[2])
    )
    return FirstScreen(
        asks=asks,
        finding=finding,
        persona=persona,
        empty="" if finding or persona else _empty(evidence, problems),
        then=tuple(shared[1 : 1 + THEN]),
        others=tuple(personas[1 : 1 + THEN]),
        whom=chips,
        whom_text=_others(finding, evidence) if finding else "",
        more=finding.more[:MORE] if finding else (),
        says=tuple(_says(persona, evidence, quotes)) if persona else (),
        sure=tuple(_sure(evidence, finding, persona, cautions)),
    )  # fmt: skip


def _personas(evidence: Evidence, quotes: Quotes) -> list[PersonaView]:
    """The groups to address, the one for which to design first before others; none where no groups were told apart."""
    personas = [one for one in evidence.personas.values() if one.rank != "negative" and one.method not in UNGROUPED]
    return [persona_view(one, evidence, quotes.places) for one in personas[: 1 + THEN]]


def _chips(finding: InsightView) -> tuple[PersonaChip, ...]:
    ranked = sorted(finding.personas, key=lambda one: (-one.n_people / max(one.total, 1), -one.n_people, one.name))
    return tuple(ranked[:CHIPS])


def _others(finding: InsightView, evidence: Evidence) -> str:
    """Where the people are who say it and stand in none of the personas that are named."""
    if len(evidence.personas) <= 1:
        return "No groups were told apart in this study: it concerns whoever was heard."
    rest = finding.insight.n_people - sum(one.n_people for one in _chips(finding))
    if rest <= 0:
        return ""
    if not finding.personas:
        return "Nobody who says it is in one of the personas: too little is known of them to be placed."
    who = f"{wording.sentence(wording.people(rest))} who {'says it stands' if rest == 1 else 'say it stand'}"
    return f"{who} elsewhere or in no persona."


def _empty(evidence: Evidence, problems: Sequence[InsightView]) -> str:
    if not evidence.people:
        return "Nobody was heard, so there is nothing to act on."
    if problems:
        return "Nothing that two people share: each problem was named by one person alone."
    return "No problem was found in what was said."


def _says(persona: PersonaView, evidence: Evidence, quotes: Quotes) -> Iterator[Say]:
    lists = {one.field: one.leading for one in trait_lists(persona.persona, evidence, quotes)}
    for field, lead in SAYS:
        for trait in lists.get(field, ())[:1]:
            yield Say(lead, trait, bool(trait.answers) if field == "objections" else None)


def _sure(
    evidence: Evidence, finding: InsightView | None, persona: PersonaView | None, cautions: Sequence[Caution]
) -> Iterator[tuple[str, str]]:
    if finding:
        members = evidence.members[finding.insight.insight_id]
        yield "Said by", finding.reach
        yield "Heard in", _heard_in(evidence, {one.document_id for one in members})
        yield (
            "Rests on",
            f"{wording.count(len(members), 'quote')}, read as {finding.insight.severity} severity on the whole",
        )
    if persona:
        yield "Counts", persona.reach
        yield "Re-forms", persona.stability
        yield "Match the whole card", persona.full_match
    yield "Checked", _checked(evidence)
    if cautions:
        yield "Mind", "; ".join(dict.fromkeys(one.name for one in cautions[:MINDED]))


def _heard_in(evidence: Evidence, documents: set[str]) -> str:
    """ "reviews and tickets, 2 of the 5 kinds of sources": what several kinds of sources say rests on more than one way of
    asking (triangulation, Denzin 1978)."""
    kinds = sorted({evidence.documents[key].kind for key in documents})
    everywhere = {one.kind for one in evidence.documents.values()}
    named = wording.listing([wording.DOCUMENT_NAMES.get(kind, (kind, kind))[1] for kind in kinds])
    if len(everywhere) <= 1:
        return f"{named}, the only kind of source"
    return f"{named}: {len(kinds)} of {len(everywhere)} kinds of sources"


def _checked(evidence: Evidence) -> str:
    agreement = labels(evidence.study.decisions, evidence)
    if agreement is None:
        return "by nobody yet: kinds and severities are a program’s reading"
    return f"{wording.count(agreement.total, 'quote')} by people, who kept the kind of {wording.number(agreement.same)}"
