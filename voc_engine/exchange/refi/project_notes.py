"""Notes of a project in words: how it was made, and each persona's card."""

from __future__ import annotations

from collections.abc import Iterator

from voc_engine.exchange.plain_text import one_line
from voc_engine.exchange.result_sheets import overview_rows
from voc_engine.exchange.run_view import RunView
from voc_engine.records import EMPATHY_QUADRANTS, Persona
from voc_engine.report import wording

_LISTS = ("goals", "pains", "objections", "requests", "delights", "triggers")


def method_note(view: RunView) -> str:
    """What the project is of, and how to read it."""
    lines = [f"{name}: {one_line(value)}" for name, value in overview_rows(view)]
    lines += [
        "",
        "Codes on top are kinds of mentions; below them are insights: mentions that say the same. Codings were made by a"
        " program and corrected by people. Words of interviewers, agents and bots are in the sources and are not coded.",
        "The ids in square brackets lead back: 'voc import refi-qda' reads the changed project and takes what was changed"
        " as decisions. Leave them where they are.",
    ]
    return "\n".join(lines) + "\n"


def persona_note(persona: Persona, view: RunView) -> str:
    """A persona's card and its empathy map."""
    return "\n".join(_lines(persona, view)) + "\n"


def _lines(persona: Persona, view: RunView) -> Iterator[str]:
    reach = wording.of_people(persona.n_people, view.n_people, persona.share_low, persona.share_high)
    yield f"{one_line(persona.name)} ({persona.rank}): {reach}"
    yield one_line(persona.summary)
    insights = view.evidence.insights
    for name in _LISTS:
        field_insights = [insights[key] for key in getattr(persona, name) if key in insights]
        if field_insights:
            yield ""
            yield name.capitalize()
            yield from (f"- {one_line(view.heading(one))} ({view.reach(one)})" for one in field_insights)
    for quadrant in EMPATHY_QUADRANTS:
        entries = view.empathy(persona.persona_id, quadrant)
        if entries:
            yield ""
            yield f"Empathy map, {quadrant}"
            yield from (f"- {one_line(one.statement)} ({one.basis}, {wording.people(one.n_people)})" for one in entries)
