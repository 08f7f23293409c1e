"""Lines of a persona's card that count people, with the words behind them: roles, journey, channels, what they weigh."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voc_engine.personas.card_cues import JOURNEY
from voc_engine.privacy.withholding import MARK
from voc_engine.records import Mention, Persona
from voc_engine.records.persona import line_evidence
from voc_engine.report.evidence import Evidence
from voc_engine.report.quotes import Quotes, QuoteView

MOST_QUOTES = 4
GIVEN = "as given"
_COUNTED = re.compile(r"(?P<name>.+): (?P<people>[\d,]+) of (?P<total>[\d,]+) (?:people|person)(?P<more>.*)", re.S)


@dataclass(frozen=True, slots=True)
class LineView:
    """``count`` is "5 of 12" where the line counts people, else empty; ``more`` what follows
    it, with the space or comma before it.

    ``share`` in [0, 1] for a bar. ``quotes`` are words of different people.
    """

    name: str
    count: str
    more: str
    share: float
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class CardLines:
    """Everything on a card that is counted and is no insight; what nothing tells is an empty tuple."""

    facts: tuple[LineView, ...]
    roles: tuple[LineView, ...]
    criteria: tuple[LineView, ...]
    contents: tuple[LineView, ...]
    emotions: tuple[LineView, ...]
    churn: tuple[LineView, ...]
    unlike: tuple[LineView, ...]
    channels: tuple[LineView, ...]
    journey: tuple[LineView, ...]

    @property
    def known(self) -> bool:
        """Whether there is anything beside what the persona is not."""
        own = (self.facts, self.roles, self.criteria, self.contents, self.emotions, self.churn, self.channels)
        return bool(any(own) or self.journey)


def card_lines(persona: Persona, evidence: Evidence, quotes: Quotes) -> CardLines:
    """A line in a closed list's words may stand with its count alone; one in people's own words needs somebody quoted."""

    def plain(lines: Iterable[str]) -> tuple[LineView, ...]:
        return tuple(_view(*line_evidence(one), quotes) for one in lines)

    def voiced(lines: Iterable[str]) -> tuple[LineView, ...]:
        return tuple(one for one in plain(lines) if one.quotes)

    return CardLines(
        facts=tuple(_view(one, (), quotes) for one in persona.facts),
        roles=plain(persona.role_types),
        criteria=plain(persona.decision_criteria),
        contents=plain(persona.content_preferences),
        emotions=voiced(persona.emotional_triggers),
        churn=plain(persona.churn_signals),
        unlike=voiced(persona.unlike),
        channels=tuple(_channel(one, persona, evidence, quotes) for one in persona.channels),
        journey=journey_lines(persona, quotes),
    )


def journey_lines(persona: Persona, quotes: Quotes) -> tuple[LineView, ...]:
    """All five stages in order, those of which nobody spoke with "0"; empty where nobody spoke of any."""
    found: dict[str, LineView] = {}
    for number, line in enumerate(persona.journey):
        ids = persona.journey_evidence[number].split() if number < len(persona.journey_evidence) else ()
        view = _view(line, ids, quotes)
        found[view.name] = view
    if not found:
        return ()
    stages = [found.pop(one, LineView(one, "0", "", 0.0, ())) for one in JOURNEY]
    return (*stages, *found.values())


def showable(mentions: Iterable[Mention]) -> list[Mention]:
    """One mention of each person who may be quoted, in the order given."""
    found: dict[str, Mention] = {}
    for one in mentions:
        if one.quote != MARK:
            found.setdefault(one.person_id, one)
    return list(found.values())


def spoken(mentions: Iterable[Mention], quotes: Quotes, most: int = MOST_QUOTES) -> tuple[QuoteView, ...]:
    """The first quotes of different people."""
    return tuple(quotes.quote(one) for one in showable(mentions)[:most])


def _view(text: str, ids: Sequence[str], quotes: Quotes) -> LineView:
    words = spoken(quotes.evidence.named(ids), quotes)
    counted = _COUNTED.fullmatch(text)
    if counted is None:
        return LineView(text, "", "", 0.0, words)
    people, total = (int(counted[one].replace(",", "")) for one in ("people", "total"))
    return LineView(
        name=counted["name"],
        count=f"{people:,} of {total:,}",
        more=counted["more"],
        share=min(people / max(total, 1), 1.0),
        quotes=words,
    )


def _channel(line: str, persona: Persona, evidence: Evidence, quotes: Quotes) -> LineView:
    name = line.partition(": ")[0]
    view = _view(line, (), quotes)
    found = evidence.channel_mentions.get((persona.persona_id, name), [])
    return LineView(view.name, view.count, view.more, view.share, spoken(found, quotes))
