"""The lines of a card that count people: channels, facts, journey and roles. Without evidence there is no line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voc_engine.personas.people import Person
from voc_engine.records import Mention

LEAST_EVIDENCE = 5
MOST_VALUES = 3
# Stage of the customer journey -> kinds of mention that belong to it and cue words; closed, to be read and argued with.
JOURNEY: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("awareness", ("trigger",), r"heard (?:about|of)|came across|found out about|saw (?:an|the|your) ad|stumbled"),
    ("consideration", ("objection",), r"compar\w+|alternatives?|free trial|considering|thinking (?:of|about)|demo\b"),
    ("decision", (), r"(?:bought|ordered|purchased|signed up|subscribed|switched to|chose|decided to (?:buy|get|go))"),
    ("onboarding and use", (), r"set(?:ting)? (?:it |this )?up|install\w*|log(?:ged|ging)? in|i use|we use|been using"),
    (
        "advocacy or churn",
        (),
        r"recommend\w*|told (?:my|all my|everyone)|cancel\w*|refund\w*|switch(?:ing)? (?:away|back)|never (?:again|buy)",
    ),
)
# A role is named only where people say it of themselves or it was given as an attribute.
ROLE_WORDS: tuple[tuple[str, str], ...] = (
    ("buyer", r"\b(?:i|we)(?: have|'ve| just)? (?:bought|ordered|purchased)\b"),
    ("decision-maker", r"\b(?:i|we)(?: have|'ve)? (?:decided on|approved|signed off)\b"),
    ("influencer", r"\b(?:i|we)(?: have|'ve)? (?:recommended|suggested)\b"),
    ("end user", r"\b(?:i|we)(?: have been|'ve been)? (?:use|using|used)\b"),
)
ROLE_TYPES = ("buyer", "decision-maker", "influencer", "end user", "website visitor")
_JOURNEY = tuple((stage, kinds, re.compile(rf"\b(?:{cue})", re.I)) for stage, kinds, cue in JOURNEY)
_ROLES = tuple((role, re.compile(cue, re.I)) for role, cue in ROLE_WORDS)


def channels(members: Sequence[Person]) -> tuple[str, ...]:
    """ "ticket: 12 of 40 people" by channel or, where none is given, kind of document; from five documents on."""
    documents: dict[str, set[str]] = {}
    people: dict[str, set[str]] = {}
    for person in members:
        for document in person.documents:
            name = document.channel or document.kind
            documents.setdefault(name, set()).add(document.document_id)
            people.setdefault(name, set()).add(person.person_id)
    enough = [name for name in documents if len(documents[name]) >= LEAST_EVIDENCE]
    enough.sort(key=lambda name: (-len(people[name]), name))
    return tuple(f"{name}: {len(people[name])} of {len(members)} people" for name in enough)


def facts(members: Sequence[Person]) -> tuple[str, ...]:
    """ "plan Solo: 9 of 14 people" for attributes as given, the commonest values first; nothing is guessed.

    Only attributes that are known of three in four people: what hangs on single documents (the status of a ticket, one
    answer of a survey) is no fact about a group.
    """
    lines = []
    for name, counts in known_values(members).items():
        known = sum(counts.values())
        of = f"{known} people" if known == len(members) else f"{known} people with a known {name}"
        common = sorted(counts, key=lambda value: (-counts[value], value))[:MOST_VALUES]
        least = 1 if len(members) < 3 else 2
        lines += [f"{name} {value}: {counts[value]} of {of}" for value in common if counts[value] >= least]
    return tuple(lines)


def known_values(members: Sequence[Person]) -> dict[str, dict[str, int]]:
    """Attribute -> value -> people, of attributes that at least three in four people have; by name."""
    values: dict[str, dict[str, int]] = {}
    for person in members:
        for name, value in person.attributes.items():
            counts = values.setdefault(name, {})
            counts[value] = counts.get(value, 0) + 1
    return {name: counts for name, counts in sorted(values.items()) if 4 * sum(counts.values()) >= 3 * len(members)}


def journey(members: Sequence[Person]) -> tuple[str, ...]:
    """People with evidence of each stage, in the order of the journey. A person may stand in several."""
    lines = []
    for stage, kinds, cue in _JOURNEY:
        count = sum(any(m.kind in kinds or cue.search(m.quote) for m in person.mentions) for person in members)
        if count:
            lines.append(f"{stage}: {count} of {len(members)} people")
    return tuple(lines)


def role_type(members: Sequence[Person]) -> str | None:
    """Roles that at least a third of the members (and three, or all) show, in their words or attributes; else None."""
    least = max(min(3, len(members)), len(members) / 3)
    cues = dict(_ROLES)
    held = [role for role in ROLE_TYPES if sum(_shows(p, role, cues.get(role)) for p in members) >= least]
    return ", ".join(held) or None


def _shows(person: Person, role: str, cue: re.Pattern[str] | None) -> bool:
    if any(
        value.strip().lower().replace("_", " ") in (role, role.replace("-", " "))
        for value in person.attributes.values()
    ):
        return True
    return cue is not None and any(cue.search(_said(m)) for m in person.mentions)


def _said(mention: Mention) -> str:
    return mention.quote.replace("’", "'")
