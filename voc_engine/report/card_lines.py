"""Lines of a persona's card that count people, with the words behind them: roles, journey, channels, what they weigh."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from voc_engine.personas.card_cues import JOURNEY
from voc_engine.privacy.withholding import MARK
from voc_engine.records import CountedLine, Mention, Persona
from voc_engine.report.evidence import Evidence
from voc_engine.report.quotes import Quotes, QuoteView

MOST_QUOTES = 4


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

    def plain(lines: Iterable[CountedLine], form: str = "{name}") -> tuple[LineView, ...]:
        return tuple(_view(one, quotes, form) for one in lines)

    def voiced(lines: Iterable[CountedLine], form: str) -> tuple[LineView, ...]:
        return tuple(one for one in plain(lines, form) if one.quotes)

    return CardLines(
        facts=tuple(_fact(one, persona, quotes) for one in persona.facts),
        roles=plain(persona.role_types),
        criteria=plain(persona.decision_criteria),
        contents=plain(persona.content_preferences),
        emotions=voiced(persona.emotional_triggers, "{of} at “{name}”"),
        churn=plain(persona.churn_signals),
        unlike=voiced(persona.unlike, "talks about {name}"),
        channels=tuple(_channel(one, persona, evidence, quotes) for one in persona.channels),
        journey=journey_lines(persona, quotes),
    )


def journey_lines(persona: Persona, quotes: Quotes) -> tuple[LineView, ...]:
    """All five stages in order, those of which nobody spoke with "0"; empty where nobody spoke of any."""
    known = {one.name: _view(one, quotes) for one in persona.journey}
    if not known:
        return ()
    stages = [known.pop(one, LineView(one, "0", "", 0.0, ())) for one in JOURNEY]
    return (*stages, *known.values())


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


def _view(line: CountedLine, quotes: Quotes, form: str = "{name}") -> LineView:
    return LineView(
        name=form.format(name=line.name, of=line.of),
        count=f"{line.n_people:,} of {line.total:,}",
        more=_more(line),
        share=min(line.n_people / max(line.total, 1), 1.0),
        quotes=spoken(quotes.evidence.named(line.mention_ids), quotes),
        n_people=line.n_people,
    )


def _more(line: CountedLine) -> str:
    given = f", {line.n_given:,} as given" if line.n_given else ""
    return f" here, {line.n_elsewhere:,} of {line.total_elsewhere:,} elsewhere" if line.total_elsewhere else given


def _fact(line: CountedLine, persona: Persona, quotes: Quotes) -> LineView:
    """Where not everybody is known, the count is told to be of those who are."""
    more = "" if line.total >= persona.n_people else f" with a known {line.of}"
    return replace(_view(line, quotes, "{of} {name}"), more=more)


def _channel(line: CountedLine, persona: Persona, evidence: Evidence, quotes: Quotes) -> LineView:
    said = evidence.channel_mentions.get((persona.persona_id, line.name), [])
    return replace(_view(line, quotes), quotes=spoken(said, quotes))
