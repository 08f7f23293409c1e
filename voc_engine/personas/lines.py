"""The lines of a card that count people: channels and facts. Without evidence there is no line."""

from __future__ import annotations

from collections.abc import Sequence

from voc_engine.personas.profiles import Person
from voc_engine.records import CountedLine

LEAST_EVIDENCE = 5  # documents; a choice: a channel with fewer is an accident of who was asked
MOST_VALUES = 3  # a choice: the commonest that one line holds


def channels(members: Sequence[Person]) -> tuple[CountedLine, ...]:
    """People by channel or, where none is given, kind of document; from five documents on."""
    documents: dict[str, set[str]] = {}
    people: dict[str, set[str]] = {}
    for person in members:
        for document in person.documents:
            name = document.channel or document.kind
            documents.setdefault(name, set()).add(document.document_id)
            people.setdefault(name, set()).add(person.person_id)
    enough = [name for name in documents if len(documents[name]) >= LEAST_EVIDENCE]
    enough.sort(key=lambda name: (-len(people[name]), name))
    return tuple(CountedLine(name, len(people[name]), len(members)) for name in enough)


# From so many members on, what one of them has is no fact about the group.
_SEVERAL = 3


def facts(members: Sequence[Person]) -> tuple[CountedLine, ...]:
    """Attributes as given, the commonest values first, of the people of whom they are known; nothing is guessed.

    Only attributes that are known of three in four people: what hangs on single documents (the status of a ticket, one
    answer of a survey) is no fact about a group.
    """
    lines = []
    for name, counts in known_values(members).items():
        total = sum(counts.values())
        common = sorted(counts, key=lambda value: (-counts[value], value))[:MOST_VALUES]
        least = 1 if len(members) < _SEVERAL else 2
        lines += [CountedLine(value, counts[value], total, of=name) for value in common if counts[value] >= least]
    return tuple(lines)


def known_values(members: Sequence[Person]) -> dict[str, dict[str, int]]:
    """Attribute -> value -> people, of attributes that at least three in four people have; by name."""
    values: dict[str, dict[str, int]] = {}
    for person in members:
        for name, value in person.attributes.items():
            counts = values.setdefault(name, {})
            counts[value] = counts.get(value, 0) + 1
    return {name: counts for name, counts in sorted(values.items()) if 4 * sum(counts.values()) >= 3 * len(members)}
