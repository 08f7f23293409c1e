"""Sections of a card that count disclosures: what people tell of themselves and of their decision, each with its quote.

A section begins with everybody who tells of the matter; below stand the things that several of them name. What hardly
anybody of a group tells is absent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from voc_engine.language.stems import content_stems
from voc_engine.language.times import hour_of
from voc_engine.personas.profiles import Person
from voc_engine.records import SELF_FIELDS, CountedLine, Disclosure, Mention

MOST_EVIDENCE = 12  # a choice: quotes that stand behind one line; the count is of everybody
MOST_THINGS = 6  # a choice: lines of a section that a card holds
MOST_OF_A_DAY = 5  # a choice: moments that a day in brief has room for
# people: a group under 3 has a line of one, under 10 of two, above of three and a fifteenth; a choice
SEVERAL, MANY, LEAST_OF_MANY, LEAST_SHARE = 3, 10, 3, 15
# Stages of the journey in their order, each with the fields in which people tell of it.
JOURNEY: Mapping[str, tuple[str, ...]] = {
    "awareness": ("hears of it",), "consideration": ("compares",), "purchase": ("buys", "decides for others"),
    "onboarding": ("sets up",), "use": ("uses",), "retention": ("stays",), "advocacy": ("recommends",),
    "departure": ("leaves",),
}  # fmt: skip
# Roles in the purchase and the use; a role also counts where it is given as an attribute.
ROLES: Mapping[str, tuple[str, ...]] = {
    "buyer": ("buys",), "decision-maker": ("decides for others",), "influencer": ("recommends",),
    "end user": ("uses", "sets up"),
}  # fmt: skip


def disclosures_of(members: Iterable[Person], *fields: str) -> list[Disclosure]:
    """What these people tell in any of the fields, by person, then the surest first."""
    return [
        one
        for person in members
        for one in sorted(person.disclosures, key=lambda one: (-one.probability, one.disclosure_id))
        if one.field in fields
    ]


def section(members: Sequence[Person], *fields: str) -> tuple[CountedLine, ...]:
    """One line for everybody who tells of it, then a line for each thing that several of them name (``of`` is the field);
    nothing where nobody does."""
    disclosures = disclosures_of(members, *fields)
    if not _enough(disclosures, members):
        return ()
    return (_line(fields[0], disclosures, members), *_lines_by_thing(disclosures, members))


def roles(members: Sequence[Person]) -> tuple[CountedLine, ...]:
    """Every role that anybody tells of themselves or has as an attribute."""
    lines = []
    for role, fields in ROLES.items():
        given_ids = {p.person_id for p in members if given_role(p, role)}
        disclosures = disclosures_of(members, *fields)
        disclosures = disclosures if _enough(disclosures, members) else []
        count = len(given_ids | {one.person_id for one in disclosures})
        if count:
            lines.append(
                CountedLine(role, count, len(members), n_given=len(given_ids), disclosure_ids=_ids(disclosures))
            )
    return tuple(lines)


def leading_roles(lines: Sequence[CountedLine], members: int) -> str | None:
    """Roles that at least a third of the members (and three, or all) show; else None."""
    least = max(min(3, members), members / 3)
    return ", ".join(line.name for line in lines if line.n_people >= least) or None


def journey(members: Sequence[Person]) -> tuple[CountedLine, ...]:
    """Stages in the order of the journey of which anybody tells. A person may stand in several; who warns others of it
    stands at none."""
    warned = warnings(mention for person in members for mention in person.mentions)
    lines = []
    for stage, fields in JOURNEY.items():
        told = [one for one in disclosures_of(members, *fields) if not _warns(one.field, one.segment_id, warned)]
        if _enough(told, members):
            lines.append(_line(stage, told, members))
    return tuple(lines)


def warnings(mentions: Iterable[Mention]) -> frozenset[str]:
    """Ids of sentences with a complaint or an objection: "recommends" holds advice against a thing too ("do not buy this"),
    in 8 of 30 such sentences of reviews that were read."""
    return frozenset(one.segment_id for one in mentions if one.sentiment == "negative")


def stage_fields(fields: Iterable[str], segment_id: str, warned: Collection[str]) -> frozenset[str]:
    """Those of the fields told in a sentence that put its speaker at a stage; ``warned`` are ``warnings``."""
    return frozenset(field for field in fields if not _warns(field, segment_id, warned))


def _warns(field: str, segment_id: str, warned: Collection[str]) -> bool:
    return field in JOURNEY["advocacy"] and segment_id in warned


def themselves(members: Sequence[Person]) -> tuple[CountedLine, ...]:
    """What they tell of their trade, size, household, tools, skill and values, field by field; see ``section``."""
    return tuple(line for field in SELF_FIELDS if field != "routine" for line in section(members, field))


def day(members: Sequence[Person]) -> tuple[CountedLine, ...]:
    """Routines of different people in the order of the day; those that name no time of day come last. One line each:
    nobody's day is another's."""
    first: dict[str, Disclosure] = {}
    for disclosure in disclosures_of(members, "routine"):
        if disclosure.quotable != "none":
            earlier = first.get(disclosure.person_id)
            if earlier is None or (hour_of(earlier.quote) is None and hour_of(disclosure.quote) is not None):
                first[disclosure.person_id] = disclosure
    timed = sorted(
        first.values(), key=lambda one: (hour_of(one.quote) is None, -one.probability, one.disclosure_id)
    )[:MOST_OF_A_DAY]  # fmt: skip
    timed.sort(key=lambda one: (_hour(one), one.disclosure_id))
    total = len(members)
    return tuple(CountedLine("routine", 1, total, of="day", disclosure_ids=(one.disclosure_id,)) for one in timed)


def _hour(disclosure: Disclosure) -> float:
    hour = hour_of(disclosure.quote)
    return 99.0 if hour is None else hour


def _enough(disclosures: Sequence[Disclosure], members: Sequence[Person]) -> bool:
    """What one or two of many tell is no line of a group's card: one in so many people has to, and three of ten or more."""
    return len({one.person_id for one in disclosures}) >= fewest(len(members))


def fewest(size: int) -> float:
    """People of a group of this size who have to tell something before its card does."""
    return 1 if size < SEVERAL else 2 if size < MANY else max(LEAST_OF_MANY, size / LEAST_SHARE)


def _lines_by_thing(disclosures: Sequence[Disclosure], members: Sequence[Person]) -> list[CountedLine]:
    by_thing: dict[frozenset[str], list[Disclosure]] = {}
    for disclosure in disclosures:
        if disclosure.thing and (key := frozenset(content_stems(disclosure.thing))):
            by_thing.setdefault(key, []).append(disclosure)
    least = min(2, len(members))
    lines = [
        _line(_spelling(several), several, members, of=several[0].field)
        for several in by_thing.values()
        if len({one.person_id for one in several}) >= least and any(one.quotable != "none" for one in several)
    ]
    return sorted(lines, key=lambda line: (-line.n_people, line.name))[:MOST_THINGS]


def _spelling(disclosures: Sequence[Disclosure]) -> str:
    forms = Counter(one.thing.strip() for one in disclosures if one.thing)
    return min(forms, key=lambda form: (-forms[form], form))


def _line(name: str, disclosures: Sequence[Disclosure], members: Sequence[Person], of: str = "") -> CountedLine:
    people = {one.person_id for one in disclosures}
    return CountedLine(name, len(people), len(members), of=of, disclosure_ids=_ids(disclosures))


def _ids(disclosures: Sequence[Disclosure]) -> tuple[str, ...]:
    """Disclosures that may be quoted, one per person, the surest first."""
    by_person: dict[str, Disclosure] = {}
    for disclosure in disclosures:
        if disclosure.quotable != "none":
            by_person.setdefault(disclosure.person_id, disclosure)
    able = sorted(by_person.values(), key=lambda one: (-one.probability, one.disclosure_id))
    return tuple(one.disclosure_id for one in able[:MOST_EVIDENCE])


def given_role(person: Person, role: str) -> bool:
    """Whether an attribute gives the person this role, one of ROLES."""
    wanted = (role, role.replace("-", " "))
    return any(value.strip().lower().replace("_", " ") in wanted for value in person.attributes.values())
