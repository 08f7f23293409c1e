"""Lines of a persona's card that count people, with the words behind them: roles, journey, channels, what they weigh."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from voc_engine.personas.disclosed import JOURNEY
from voc_engine.privacy.withholding import MARK
from voc_engine.records import CountedLine, Disclosure, Mention, Persona
from voc_engine.report.evidence import Evidence
from voc_engine.report.quotes import Quotes, QuoteView

MOST_QUOTES = 4  # a choice: voices beside a line; the rest is a click away
# Everybody who tells of a field, in words that follow a count of people.
TELLS = {
    "criterion": "tell what decides", "alternative": "name another product or way",
    "source": "tell where they look or whom they ask",
    "approver": "have somebody who must agree", "leaves": "leave, left or will not come back", "stays": "stay or came back",
    "occupation": "tell what they do", "size": "tell how much they have to deal with",
    "household": "tell of their home or stage of life", "tools": "tell what else they work with",
    "skill": "tell how practised they are", "value": "tell what matters to them",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineView:
    """``count`` is "5 of 12" of ``n_people``; ``more`` what follows it, with the space or comma before it.

    ``share`` in [0, 1] for a bar. ``quotes`` are words of different people.
    """

    name: str
    count: str
    more: str
    share: float
    quotes: tuple[QuoteView, ...]
    n_people: int = 0


@dataclass(frozen=True, slots=True)
class CardLines:
    """Everything on a card that is counted and is no insight; what nothing tells is an empty tuple."""

    facts: tuple[LineView, ...]
    roles: tuple[LineView, ...]
    criteria: tuple[LineView, ...]
    alternatives: tuple[LineView, ...]
    contents: tuple[LineView, ...]
    approvers: tuple[LineView, ...]
    emotions: tuple[LineView, ...]
    churn: tuple[LineView, ...]
    staying: tuple[LineView, ...]
    about: tuple[LineView, ...]
    unlike: tuple[LineView, ...]
    channels: tuple[LineView, ...]
    journey: tuple[LineView, ...]
    selves: tuple[LineView, ...]
    day: tuple[QuoteView, ...]

    @property
    def filled(self) -> bool:
        """Whether there is anything beside what the persona is not."""
        listed = (self.facts, self.roles, self.emotions, self.channels, self.selves, self.day, self.journey)
        return bool(any(listed) or self.deciding or self.churn or self.staying)

    @property
    def deciding(self) -> bool:
        """Whether anybody tells how they decide."""
        return any((self.criteria, self.alternatives, self.contents, self.approvers))


def card_lines(persona: Persona, evidence: Evidence, quotes: Quotes) -> CardLines:
    """A line in our own words may stand with its count alone; one in people's own words needs somebody quoted."""

    def plain(lines: Iterable[CountedLine], form: str = "{name}") -> tuple[LineView, ...]:
        return tuple(_view(one, quotes, form) for one in lines)

    def section(lines: Iterable[CountedLine]) -> tuple[LineView, ...]:
        return plain(one if one.of else replace(one, name=TELLS.get(one.name, one.name)) for one in lines)

    def voiced(lines: Iterable[CountedLine], form: str) -> tuple[LineView, ...]:
        return tuple(one for one in plain(lines, form) if one.quotes)

    return CardLines(
        facts=tuple(_fact(one, persona, quotes) for one in persona.facts),
        roles=plain(persona.role_types),
        criteria=section(persona.decision_criteria),
        alternatives=section(persona.alternatives),
        contents=section(persona.content_preferences),
        approvers=section(persona.approvers),
        emotions=voiced(persona.emotional_triggers, "{of} at “{name}”"),
        churn=section(persona.churn_signals),
        staying=section(persona.stay_signals),
        about=voiced(persona.about, "{name}"),
        unlike=voiced(persona.unlike, "talks about {name}"),
        channels=tuple(_channel(one, persona, evidence, quotes) for one in persona.channels),
        journey=journey_lines(persona, quotes),
        selves=section(persona.self_descriptions),
        day=tuple(
            quotes.disclosed(told) for one in persona.day for told in evidence.disclosures_named(one.disclosure_ids)
        ),
    )


def journey_lines(persona: Persona, quotes: Quotes) -> tuple[LineView, ...]:
    """All stages in order, those of which nobody spoke with "0"; empty where nobody spoke of any."""
    lines = {one.name: _view(one, quotes) for one in persona.journey}
    if not lines:
        return ()
    stages = [lines.pop(one, LineView(one, "0", "", 0.0, ())) for one in JOURNEY]
    return (*stages, *lines.values())


Said = TypeVar("Said", Mention, Disclosure)


def showable(mentions: Iterable[Said]) -> list[Said]:
    """One mention, or disclosure, of each person who may be quoted, in the order given."""
    by_person: dict[str, Said] = {}
    for mention in mentions:
        if mention.quote != MARK:
            by_person.setdefault(mention.person_id, mention)
    return list(by_person.values())


def spoken(mentions: Iterable[Mention], quotes: Quotes, most: int = MOST_QUOTES) -> tuple[QuoteView, ...]:
    """The first quotes of different people."""
    return tuple(quotes.quote(one) for one in showable(mentions)[:most])


def _view(line: CountedLine, quotes: Quotes, form: str = "{name}") -> LineView:
    return LineView(
        name=form.format(name=line.name, of=line.of),
        count=f"{line.n_people:,} of {line.total:,}",
        more=_more(line),
        share=min(line.n_people / max(line.total, 1), 1.0),
        quotes=spoken(quotes.evidence.named(line.mention_ids), quotes) or _disclosed(line, quotes),
        n_people=line.n_people,
    )


def _disclosed(line: CountedLine, quotes: Quotes) -> tuple[QuoteView, ...]:
    disclosures = showable(quotes.evidence.disclosures_named(line.disclosure_ids))
    return tuple(quotes.disclosed(one) for one in disclosures[:MOST_QUOTES])


def _more(line: CountedLine) -> str:
    note = f", {line.n_given:,} as given" if line.n_given else ""
    return f" here, {line.n_elsewhere:,} of {line.total_elsewhere:,} elsewhere" if line.total_elsewhere else note


def _fact(line: CountedLine, persona: Persona, quotes: Quotes) -> LineView:
    """Where not everybody is known, the count is told to be of those who are."""
    more = "" if line.total >= persona.n_people else f" with a known {line.of}"
    return replace(_view(line, quotes, "{of} {name}"), more=more)


def _channel(line: CountedLine, persona: Persona, evidence: Evidence, quotes: Quotes) -> LineView:
    mentions = evidence.channel_mentions.get((persona.persona_id, line.name), [])
    return replace(_view(line, quotes), quotes=spoken(mentions, quotes))
