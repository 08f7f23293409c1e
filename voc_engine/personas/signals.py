"""What people's mentions tell of them together: what they feel at what, what they are not.

Every line counts people and names its evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from voc_engine.personas.distinctive_terms import Terms, content
from voc_engine.personas.profiles import Crowd, Person
from voc_engine.records import CountedLine, Mention

MOST_EVIDENCE = 12
MOST_LINES = 6


def emotions(members: Sequence[Person]) -> tuple[CountedLine, ...]:
    """Emotions (``of``) at what is named: what moves more than one of them (or the only one), where
    somebody who may be quoted names it."""
    pairs: dict[tuple[str, str], list[Mention]] = {}
    for person in members:
        for mention in person.mentions:
            if mention.emotion != "neutral" and mention.thing and mention.thing.strip():
                pairs.setdefault((mention.emotion, mention.thing.strip().lower()), []).append(mention)
    named = [((thing, emotion), said) for (emotion, thing), said in sorted(pairs.items())]
    least = min(2, len(members))
    named = [(name, said) for name, said in named if any(m.quotable != "none" for m in said)]
    return _ranked([(name, said) for name, said in named if _people(said) >= least], members, least=1)


def unlike(members: Sequence[Person], crowd: Crowd, words: Terms) -> tuple[CountedLine, ...]:
    """What this persona is not: what its people talk about clearly less than the others do (log-odds, half a person
    added). The evidence are mentions of the others."""
    inside = {person.person_id for person in members}
    others = [person for person in words.people if person.person_id not in inside]
    size, lines = len(words.people) - len(others), []
    for term, here, there in words.missing(members)[:MOST_LINES]:
        wanted = set(content(term))
        said = (m for person in others for m in person.mentions if wanted <= set(content(m.quote)))
        ids = _ids(list(islice(said, MOST_EVIDENCE)))
        lines.append(CountedLine(term, here, size, n_elsewhere=there, total_elsewhere=len(others), mention_ids=ids))
    return tuple(lines)


def _people(said: Sequence[Mention]) -> int:
    return len({mention.person_id for mention in said})


def _ids(said: Sequence[Mention], most: int = MOST_EVIDENCE) -> tuple[str, ...]:
    """Mentions that may be quoted, one per person first come."""
    by_person: dict[str, str] = {}
    for mention in said:
        if mention.quotable != "none":
            by_person.setdefault(mention.person_id, mention.mention_id)
    return tuple(list(by_person.values())[:most])


def _ranked(
    named: Sequence[tuple[tuple[str, str], list[Mention]]], members: Sequence[Person], least: int
) -> tuple[CountedLine, ...]:
    """``named``: (name, what it is of). Those of most people first."""
    counted = [(-_people(said), of, name, said) for (name, of), said in named if len(said) >= least]
    counted.sort(key=lambda one: one[:3])
    return tuple(
        CountedLine(name, -count, len(members), of=of, mention_ids=_ids(said))
        for count, of, name, said in counted[:MOST_LINES]
    )
