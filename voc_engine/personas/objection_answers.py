"""Objections and what answers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from voc_engine.personas.distinctive_terms import content
from voc_engine.personas.profiles import Crowd
from voc_engine.records import Answer, Mention

MOST_QUOTES = 3


class Answers:
    """What answers the objections of a study."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd

    @cached_property
    def _praise(self) -> Mapping[str, list[Mention]]:
        """Content word of the object -> what content people say of it."""
        found: dict[str, list[Mention]] = {}
        for person in self._crowd.people:
            for mention in person.mentions:
                if mention.kind == "delight" and mention.sentiment == "positive" and not mention.negated:
                    for word in sorted(set(content(mention.thing or ""))):
                        found.setdefault(word, []).append(mention)
        return found

    def to(self, objections: Sequence[str]) -> tuple[Answer, ...]:
        """Per objection what other people, who are content, say of the same thing."""
        wanted = frozenset(objections)
        raised: dict[str, list[Mention]] = {}
        for person in self._crowd.people:
            for insight_id in wanted & person.insights.keys():
                raised.setdefault(insight_id, []).extend(person.insights[insight_id])
        lines = []
        for insight_id in objections:
            said = raised.get(insight_id, [])
            who = {m.person_id for m in said}
            things = {frozenset(content(m.thing or "")) for m in said} - {frozenset()}
            able = {m.mention_id: m for thing in things for m in self._praise.get(min(thing), ())
                    if thing <= set(content(m.thing or "")) and m.person_id not in who and m.quotable != "none"}  # fmt: skip
            chosen = sorted(able.values(), key=lambda m: (-m.probability, m.mention_id))
            by_person: dict[str, str] = {}
            for mention in chosen:
                by_person.setdefault(mention.person_id, mention.mention_id)
            if by_person:
                lines.append(Answer(insight_id, tuple(by_person.values())[:MOST_QUOTES]))
        return tuple(lines)
