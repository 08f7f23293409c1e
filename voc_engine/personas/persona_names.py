"""Names: what a group does in words of its evidence, or with a role that was given. No invented traits, ages or faces."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from voc_engine.personas.distinctive_terms import MOST_READ, content
from voc_engine.personas.profiles import Crowd, Person
from voc_engine.records import Mention

MOST_CHARACTERS = 60
ROLE_KEYS = ("role", "job_title", "job", "title", "occupation", "segment")
# What people do with a thing, by the kind of their mentions of it and, for pain points, by its pattern; closed.
DOINGS: Mapping[str, str] = {
    "pain_point": "Struggles with", "goal": "Aims for", "request": "Asks for", "objection": "Has doubts about",
    "delight": "Likes", "trigger": "Came because of",
}  # fmt: skip
HARDSHIPS: Mapping[str, str] = {
    "slow": "Waits for", "costs": "Pays too much for", "hard": "Toils with", "missing": "Misses",
    "silent": "Gets no answer on", "blocked": "Cannot get at",
}  # fmt: skip
TALKS = "Talks about"
# The same in other words, so that the names of a study do not all begin alike; closed.
SAME_AS: Mapping[str, Sequence[str]] = {
    "Struggles with": ("Has trouble with", "Gets stuck on", "Is let down by"),
    "Asks about": ("Wants to know about", "Has questions on", "Enquires about"),
    "Asks for": ("Wishes for", "Calls for"),
    "Talks about": ("Speaks of", "Deals with"),
}
ASKS = "Asks about"  # a question is no wish for the thing
# Given names that say nothing of gender, one per letter: a label in front of which the group's own word stands.
_GIVEN = (
    "Alex", "Blair", "Casey", "Dana", "Ellis", "Frankie", "Gale", "Harper", "Indigo", "Jordan", "Kerry", "Logan", "Morgan",
    "Noel", "Ollie", "Parker", "Quinn", "Robin", "Sam", "Taylor", "Umber", "Val", "Wren", "Xen", "Yael", "Zephyr",
)  # fmt: skip
GIVEN_NAMES: Mapping[str, str] = {name[0].lower(): name for name in _GIVEN}


def candidates(
    members: Sequence[Person],
    crowd: Crowd,
    traits: Sequence[str],
    label: str | None,
    terms: Sequence[str] = (),
    said_before: Collection[str] = (),
) -> list[str]:
    """Possible names, the best first: the declared value, a given role with what they do ("Manager: waits for payouts"),
    what they do ("Struggles with the calendar"), then statements of their insights. ``said_before``: names of the
    study's other personas, which begin otherwise where possible."""
    phrases = [
        phrase(members, terms[start : start + width], said_before)
        for start in range(len(terms))
        for width in (2, 1)
        if width == 1 or together(members, terms[start : start + 2])
    ]
    phrases += [_short(crowd.insights[insight_id].statement) for insight_id in traits]
    role = _role(members, crowd)
    if label:
        return [label, *(f"{label}: {_lower(one)}" for one in phrases)]
    names = [f"{role}: {_lower(one)}" for one in phrases] if role else []
    return [*names, *phrases, *([role] if role else [])]


def phrase(members: Sequence[Person], terms: Sequence[str], said_before: Collection[str] = ()) -> str:
    """ "Waits for the payout and invoices": what their mentions of these terms are, as a doing, above all where it is less
    usual among all their mentions (people squared over people with any such mention). Where another name begins so, the
    same is said in other words; one person's doing is none."""
    counts: dict[str, int] = {}
    usual: dict[str, int] = {}
    wanted = [frozenset(content(term)) for term in terms]
    for person in members:
        done = {_doing(m) for m in person.mentions}
        of_these = {_doing(m) for m in person.mentions if _names(m.quote, wanted)}
        for doing in done:
            usual[doing] = usual.get(doing, 0) + 1
        for doing in of_these:
            counts[doing] = counts.get(doing, 0) + 1
    least = min(2, len(members))
    score = {one: round(count**2 / usual[one], 6) for one, count in counts.items() if count >= least}
    doing = min(score, key=lambda one: (-score[one], one)) if score else TALKS
    ways = (doing, *SAME_AS.get(doing, ()))
    new = next((one for one in ways if not any(one.lower() in name for name in said_before)), doing)
    return f"{new} {joined([led(term, members) for term in terms], capital=False)}"


def together(members: Sequence[Person], terms: Sequence[str]) -> bool:
    """Whether a pair belongs together: three or more of the people, and one in ten, name both in one sentence."""
    wanted = [frozenset(content(term)) for term in terms]
    if len(wanted) < 2:
        return False
    both = sum(
        any(wanted[0] | wanted[1] <= frozenset(content(one.text)) for one in person.statements[:MOST_READ])
        for person in members
    )
    return both >= max(3, len(members) / 10)


def led(term: str, members: Sequence[Person]) -> str:
    """ "the calendar", or "reminders" as it is: with the article where most people say it with one or with "my", and one
    thing (no plural) where one in four does."""
    found = re.compile(rf"(?:\b(the|my|our|your|their|his|her|this|that|an?)\s+)?\b{re.escape(term)}\b", re.I)
    uses = [
        one.group(1) is not None
        for person in members
        for statement in person.statements[:MOST_READ]
        for one in found.finditer(statement.text)
    ]
    needed = 0.5 if term.endswith("s") or term.isupper() else 0.25
    return f"the {term}" if sum(uses) > needed * len(uses) else term


def alliterative(terms: Sequence[str], taken: set[str]) -> str | None:
    """ "Delivery Dana": a term and the given name of its first letter; None where no term begins with such a letter."""
    for term in terms:
        word = term.split()[-1]
        given = GIVEN_NAMES.get(word[:1].lower())
        if given and (name := f"{word[:1].upper()}{word[1:]} {given}").lower() not in taken:
            return name
    return None


def joined(terms: Sequence[str], *, capital: bool = True) -> str:
    """ "Calendar, staff and desk": with a capital where the first word is no abbreviation."""
    text = ", ".join(terms[:-1]) + f" and {terms[-1]}" if len(terms) > 1 else terms[0]
    return text[:1].upper() + text[1:] if capital else text


def unique(names: Sequence[str], taken: set[str], fallback: str) -> str:
    """The first name that no other persona has."""
    for name in names:
        if name and name.lower() not in taken:
            return name
    return fallback


def _doing(mention: Mention) -> str:
    if mention.kind == "request" and mention.quote.rstrip().endswith("?"):
        return ASKS
    hardship = HARDSHIPS.get(mention.what or "") if mention.kind == "pain_point" else None
    return hardship or DOINGS[mention.kind]


def _names(text: str, wanted: Sequence[frozenset[str]]) -> bool:
    words = set(content(text))
    return any(one and one <= words for one in wanted)


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _role(members: Sequence[Person], crowd: Crowd) -> str | None:
    """A given role that most members have and that is commoner among them than among all."""
    for key in ROLE_KEYS:
        counts: dict[str, int] = {}
        for person in members:
            if value := person.given(key):
                counts[value] = counts.get(value, 0) + 1
        common = min(counts, key=lambda value: (-counts[value], value), default=None)
        if common is not None and counts[common] * 5 >= len(members) * 3:
            everywhere = sum(person.given(key) == common for person in crowd.people)
            if len(members) == 1 or counts[common] * len(crowd.people) > 1.2 * everywhere * len(members):
                return common
    return None


def _short(statement: str) -> str:
    text = " ".join(statement.split()).rstrip(".!,;: ")
    if len(text) <= MOST_CHARACTERS:
        return text[:1].upper() + text[1:]
    cut = text[:MOST_CHARACTERS].rsplit(" ", 1)[0].rstrip(".,;: ")
    return cut[:1].upper() + cut[1:] + "…"
