"""Codes of a run: kinds on top, insights below them, and where asked for, people."""

from __future__ import annotations

from dataclasses import dataclass, field

from voc_engine.exchange.plain_text import one_line
from voc_engine.exchange.refi.elements import Element, below
from voc_engine.exchange.refi.identities_out import Guids, Names
from voc_engine.exchange.run_view import Quote, RunView
from voc_engine.records import MENTION_KINDS, Insight
from voc_engine.records import Code as Given
from voc_engine.report import wording

PEOPLE = "People"
PINNED = "Pinned"
# As on the report's pages in daylight; tests hold that they are the same.
COLOURS = {
    "pain_point": "#a13a1e",
    "goal": "#116466",
    "objection": "#7d5800",
    "request": "#2b559b",
    "delight": "#3b6b21",
    "trigger": "#74407f",
}
_GREY = "#625d54"


@dataclass(frozen=True)
class Code:
    """``guid`` is what codings refer to; ``key`` the id that comes back in its description."""

    guid: str
    name: str
    description: str
    colour: str
    codable: bool = True
    children: tuple[Code, ...] = field(default_factory=tuple)


def code_tree(view: RunView, guids: Guids, *, people: bool = False) -> tuple[Code, ...]:
    """Every code, with names that are unique in the whole project."""
    names = Names()
    tops = [*_given_codes(None, view, guids, names)]
    tops += [_kind(kind, view, guids, names) for kind in MENTION_KINDS]
    if any(one.mention.pinned for one in view.quotes):
        tops.append(
            Code(guids.of("pinned"), names.unique(PINNED), "Quotes that somebody chose to represent a finding.", _GREY)
        )
    if people:
        tops.append(_people(view, guids, names))
    return tuple(tops)


def code_of(quote: Quote, guids: Guids) -> str:
    """Guid of the code of a mention: its insight's, else its kind's."""
    if quote.insight is not None:
        return guids.of("insight", quote.insight.insight_id)
    return guids.of("kind", quote.mention.kind)


def write_codes(parent: Element, codes: tuple[Code, ...]) -> None:
    """The codes as elements below ``parent``."""
    for code in codes:
        element = below(
            parent, "Code", guid=code.guid, name=code.name, isCodable=str(code.codable).lower(), color=code.colour
        )
        if code.description:
            below(element, "Description", code.description)
        write_codes(element, code.children)


def _given_codes(above: str | None, view: RunView, guids: Guids, names: Names) -> tuple[Code, ...]:
    """The researcher's own codes below one of them; None for the top."""
    codes = [one for one in view.study.tables.of(Given) if one.above == above]
    return tuple(
        Code(
            guids.of("code", one.code_id), names.unique(one.name), f"[{one.code_id}] {one.definition}".strip(), _GREY,
            children=_given_codes(one.code_id, view, guids, names),
        )
        for one in codes
    )  # fmt: skip


def _kind(kind: str, view: RunView, guids: Guids, names: Names) -> Code:
    name = names.unique(wording.KIND_NAMES[kind][1].capitalize())
    below_it = tuple(_insight(one, view, guids, names) for one in view.evidence.of_kind(kind))
    definition = f"[{kind}] {wording.KIND_DEFINITIONS[kind]}"
    return Code(guids.of("kind", kind), name, definition, COLOURS[kind], children=below_it)


def _insight(insight: Insight, view: RunView, guids: Guids, names: Names) -> Code:
    facts = f"{view.reach(insight)}; {wording.count(insight.n_mentions, 'mention')}"
    description = f"[{insight.insight_id}] {one_line(view.heading(insight))}\n{facts}"
    return Code(
        guids.of("insight", insight.insight_id), names.unique(view.heading(insight)), description, COLOURS[insight.kind]
    )


def _people(view: RunView, guids: Guids, names: Names) -> Code:
    """A code per person with the guid of the person's case: NVivo's way to say whose words a passage is."""
    each = tuple(
        Code(
            guids.of("person", one.person_id),
            names.unique(one.person_id),
            one.persona.name if one.persona else "",
            _GREY,
        )
        for one in view.people
    )
    return Code(guids.of("people"), names.unique(PEOPLE), "Who speaks.", _GREY, codable=False, children=each)
