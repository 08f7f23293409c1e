"""The overview's summary in plain sentences: where it hurts, the leading insight, whom, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voc_engine.report import wording
from voc_engine.report.cautions import UNGROUPED
from voc_engine.report.evidence import Evidence
from voc_engine.report.hurts import Hurts
from voc_engine.report.places import Places
from voc_engine.report.quotes import InsightView

NAMED_TOPICS, NAMED_PERSONAS = 3, 5  # a choice: what a sentence can name
LEADS_TO, SURE = ("To act on first", "Then", "And"), "How sure"
LEADS = {
    "goal": "Leading goal",
    "objection": "What holds people back",
    "delight": "What pleases",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a sentence; a link where ``href`` is not empty."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A lead-in and what completes it: an insight, or a sentence in parts. ``more`` is a link to further words on the same
    page, which only a page shows."""

    lead: str
    parts: tuple[Part, ...] = ()
    insight: InsightView | None = None
    more: Part | None = None

    @property
    def words(self) -> str:
        """The sentence without its links; empty for an insight."""
        return "".join(one.text for one in self.parts)


def summary(
    evidence: Evidence, places: Places, hurts: Hurts, problems: Sequence[InsightView], others: dict[str, InsightView]
) -> tuple[Line, ...]:
    """``problems`` are the leading findings to act on and ``others`` the leading insight of further
    kinds, where there is one that enough people say."""
    if not evidence.people:
        return (Line("Nobody was heard", (Part("There is nothing to sum up."),)),)
    shared = [one for one in problems if one.insight.n_people > 1]
    lines = [Line(lead, insight=one) for lead, one in zip(LEADS_TO, shared, strict=False)]
    if problems and not shared:
        text = "No problem is shared in the same sense: each was named by one person."
        lines.append(Line(LEADS_TO[0], (Part(text),)))
    lines.append(Line("Where it hurts", tuple(_where(evidence, hurts))))
    for kind, lead in LEADS.items():
        if kind in others:
            lines.append(Line(lead, insight=others[kind]))
    lines.append(Line("Whom", tuple(_whom(evidence, places))))
    lines.append(Line(SURE, (Part(_sure(evidence)),), more=Part("More on this", "#page-sure")))
    return tuple(lines)


def _where(evidence: Evidence, hurts: Hurts) -> Iterator[Part]:
    n_people, hurt = len(evidence.people), hurts.n_hurt
    if not hurt:
        yield Part(f"Nobody of the {wording.people(n_people)} heard named something that hurts.")
        return
    everybody = f"All {wording.people(n_people)}" if n_people > 1 else "The one person heard"
    who = f"{wording.number(hurt)} of {wording.people(n_people)}" if hurt < n_people else everybody
    yield Part(f"{who} {'name' if hurt > 1 else 'names'} something that hurts")
    leading = [one for one in hurts.topics[:NAMED_TOPICS] if one.n_people > 1]
    if leading:
        yield Part(", most often about " if len(leading) < len(hurts.topics) else ", about ")
    for number, topic in enumerate(leading):
        if number:
            yield Part(" and " if number == len(leading) - 1 else ", ")
        yield Part(topic.topic.label, topic.href)
        yield Part(f" ({wording.people(topic.n_people) if not number else wording.number(topic.n_people)})")
    yield Part(".")


def _whom(evidence: Evidence, places: Places) -> Iterator[Part]:
    personas = list(evidence.personas.items())
    if not personas:
        yield Part("No personas: too little was said to describe a group of people.")
        return
    if all(one.method in UNGROUPED for _, one in personas):
        single = "one profile describes them together"
        yield Part(f"No groups were told apart; {single if len(personas) == 1 else 'each is described alone'}: ")
    else:
        yield Part(f"{wording.count(len(personas), 'group')} of people: ")
    for number, (key, persona) in enumerate(personas[:NAMED_PERSONAS]):
        yield Part("; " if number else "")
        yield Part(persona.name, places.persona(key))
        yield Part(f" ({wording.people(persona.n_people) if not number else wording.number(persona.n_people)})")
    if len(personas) > NAMED_PERSONAS:
        yield Part(f" and {wording.number(len(personas) - NAMED_PERSONAS)} more")
    alone = sum(one.persona_id is None for one in evidence.memberships)
    yield Part(f"; {wording.people(alone)} in none." if alone else ".")


def _sure(evidence: Evidence) -> str:
    n_people, n_insights = len(evidence.people), len(evidence.insights)
    if n_people < wording.SMALL_SAMPLE:
        text = (
            f"{wording.people(n_people)} heard: this shows which matters exist, not how common they are among all"
            " customers."
        )
    else:
        text = (
            f"{wording.people(n_people)} heard, not drawn at random: shares carry a 95% range and speak of such people."
        )
    alone = sum(one.n_people == 1 for one in evidence.insights.values())
    if alone * 2 > n_insights:
        text += (
            f" {wording.of_things(alone, n_insights, 'finding')} {'rests' if alone == 1 else 'rest'} on a single person, so"
            " the topics' counts bear more weight than any one wording."
        )
    return text
