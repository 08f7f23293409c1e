"""What people's mentions tell of them together: what they feel at what, what they are not.

Every line counts people and names its evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from voc_engine.language.feelings import own_feeling
from voc_engine.language.tokens import words
from voc_engine.personas.distinctive_terms import Terms, content
from voc_engine.personas.profiles import Crowd, Person
from voc_engine.records import CountedLine, Mention

MOST_EVIDENCE = 12
MOST_LINES = 6
MOST_UNLIKE = 3


def emotions(members: Sequence[Person]) -> tuple[CountedLine, ...]:
    """Emotions (``of``) that speakers name as their own, at what they name: what moves more than one of them (or the only
    one), where somebody who may be quoted says so."""
    pairs: dict[tuple[str, frozenset[str]], list[Mention]] = {}
    for person in members:
        for mention in person.mentions:
            thing = frozenset(content(mention.own_thing or ""))
            if mention.emotion != "neutral" and thing and own_feeling(words(mention.quote), mention.emotion):
                pairs.setdefault((mention.emotion, thing), []).append(mention)
    least = min(2, len(members))
    named = [((said[0].own_thing or "").lower(), emotion, said) for (emotion, _), said in pairs.items()]
    able = [
        ((thing, emotion), said)
        for thing, emotion, said in named
        if _people(said) >= least and any(m.quotable != "none" for m in said)
    ]
    return _ranked(sorted(able, key=lambda one: one[0]), members, least=1)


def unlike(members: Sequence[Person], crowd: Crowd, terms: Terms) -> tuple[CountedLine, ...]:
    """What this persona is not: what its people talk about clearly less than the others do (log-odds, half a person
    added). The evidence are mentions of the others."""
    inside = {person.person_id for person in members}
    others = [person for person in terms.people if person.person_id not in inside]
    size, lines = len(terms.people) - len(others), []
    for term, here, there in terms.missing(members)[:MOST_UNLIKE]:
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
