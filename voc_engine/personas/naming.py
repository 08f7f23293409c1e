"""Names: a role that was given, or the words of what sets a group apart. No invented first names, ages or faces."""

from __future__ import annotations

from collections.abc import Sequence

from voc_engine.personas.people import Crowd, Person

MOST_CHARACTERS = 60
ROLE_KEYS = ("role", "job_title", "job", "title", "occupation", "segment")


def candidates(
    members: Sequence[Person], crowd: Crowd, traits: Sequence[str], label: str | None, terms: Sequence[str] = ()
) -> list[str]:
    """Possible names, the best first: the declared value, a given role, what sets the group apart in its own words
    ("Calendar, staff and waiting list"), then statements of its insights."""
    phrases = [joined(terms[start : start + 3]) for start in range(max(0, len(terms) - 2))]
    if len(terms) == 2:
        phrases.append(joined(terms))
    phrases += [_short(crowd.insights[insight_id].statement) for insight_id in traits]
    role = _role(members, crowd)
    if label:
        return [label, *(f"{label}: {phrase}" for phrase in phrases)]
    names = [f"{role}: {phrase}" for phrase in phrases] if role else []
    return [*names, *phrases, *([role] if role else [])]


def joined(terms: Sequence[str]) -> str:
    """ "Calendar, staff and desk": with a capital where the first word is no abbreviation."""
    text = ", ".join(terms[:-1]) + f" and {terms[-1]}" if len(terms) > 1 else terms[0]
    return text[:1].upper() + text[1:]


def unique(names: Sequence[str], taken: set[str], fallback: str) -> str:
    """The first name that no other persona has."""
    for name in names:
        if name and name.lower() not in taken:
            return name
    return fallback


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
