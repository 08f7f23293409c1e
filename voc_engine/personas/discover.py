"""From people to groups: which method for how many people, and who belongs where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from voc_engine.config.sections import PersonasConfig
from voc_engine.personas.assigning import LEAST_PROBABILITY
from voc_engine.personas.foreign_marks import offered, origins_of, told_apart_by
from voc_engine.personas.group_finding import LARGE, SMALL, sample_people, search
from voc_engine.personas.mixture import Mixture, Voices, chances, left_out
from voc_engine.personas.profiles import Person
from voc_engine.personas.space import Floats, Ints, ThemeSpace
from voc_engine.records import Vectors

FEWEST = 8  # a choice: two groups of fewer than four people cannot be told from chance; such studies get profiles
PEOPLE_AT_ONCE = 2_000  # placed at a time; memory, no result


@dataclass(frozen=True)
class Group:
    """One group of people. ``identity`` is what its persona's id is a hash of; ``part``: one of several that were found
    within a declared group. ``method`` where it differs from that of all."""

    person_ids: tuple[str, ...]
    identity: tuple[str, ...]
    stability: float | None = None
    label: str | None = None
    method: str | None = None
    part: bool = False


@dataclass(frozen=True)
class Groups:
    """All groups with the method in words. ``probability`` by person; ``unassigned`` maps a person to the reason."""

    method: str
    groups: tuple[Group, ...]
    probability: Mapping[str, float] = field(default_factory=dict)
    unassigned: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def discover(people: Sequence[Person], vectors: Vectors | None, options: PersonasConfig) -> Groups:
    """Groups by the number of people: profiles under 8, then hierarchical, consensus, and k-means on a sample.

    "no stable segmentation" with one group of everybody where no grouping holds. The identity of a group is its first
    person: pseudonyms are dealt out in order, so people who come later do not rename a persona.
    """
    silent = {p.person_id: "too little was said to place this person" for p in people if not _speaks(p, vectors)}
    able = [person for person in people if person.person_id not in silent]
    if len(people) < FEWEST or len(able) < FEWEST:
        spoke = [p for p in people if p.mentions or p.statements]
        profiles = tuple(Group((p.person_id,), ("profile", p.person_id)) for p in spoke)
        reasons = {p.person_id: "too little was said for a profile" for p in people if p not in spoke}
        notes = (f"proto-persona: with fewer than {FEWEST} people no groups are looked for; this is one person",)
        return Groups("profile", profiles, {p.person_id: 1.0 for p in spoke}, reasons, notes)
    sample = able if len(able) <= LARGE else [able[row] for row in sample_people(len(able))]
    space = ThemeSpace(sample, vectors)
    origins = origins_of(sample)
    result = search(
        space.traits(sample), options.max_personas, options.min_members, lambda labels: told_apart_by(origins, labels)
    )
    if result.best is None:
        return _everyone(people, (*result.tried, offered(people, options.min_members)))
    method = "hierarchical" if len(able) <= SMALL else "consensus" if len(able) <= LARGE else "k-means on a sample"
    labels, stability = result.best.labels, result.best.stability
    voices = Voices.learn(space.traits(sample))
    mixture = Mixture.learn(voices, labels, result.best.k)
    return _assigned(
        able, _placed(able, sample, labels, space, voices, mixture), stability, method, silent, result.tried
    )


def _placed(
    able: Sequence[Person], sample: Sequence[Person], labels: Ints, space: ThemeSpace, voices: Voices, mixture: Mixture
) -> Floats:
    """Probabilities (people, groups); those from whom the groups were learned are judged without themselves."""
    left_out_scores = left_out(voices, labels, len(mixture.shares))
    if len(able) == len(sample):
        return np.round(chances(left_out_scores), 4)
    parts = [able[start : start + PEOPLE_AT_ONCE] for start in range(0, len(able), PEOPLE_AT_ONCE)]
    scores = np.vstack([mixture.scores(space.traits(part)) for part in parts])
    row_of = {person.person_id: row for row, person in enumerate(able)}
    scores[[row_of[person.person_id] for person in sample]] = left_out_scores
    return np.round(chances(scores), 4)


def _speaks(person: Person, vectors: Vectors | None) -> bool:
    """One mention or two further sentences are the least that places a person."""
    statements = [s for s in person.statements if vectors is None or s.text_key in vectors]
    return bool(statements) and (bool(person.mentions) or len(statements) > 1)


def _everyone(people: Sequence[Person], tried: tuple[str, ...]) -> Groups:
    everyone = Group(tuple(p.person_id for p in people), ("everyone",), label="Everyone in the study")
    return Groups(
        "no stable segmentation",
        (everyone,),
        {p.person_id: 1.0 for p in people},
        {},
        ("No stable segmentation: no grouping of these people holds, so this is one profile of everyone.", *tried),
    )


def _assigned(
    people: Sequence[Person],
    chances: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    stability: Sequence[float],
    method: str,
    silent: Mapping[str, str],
    tried: tuple[str, ...],
) -> Groups:
    members: list[list[str]] = [[] for _ in stability]
    probability: dict[str, float] = {}
    unassigned = dict(silent)
    for person, row in zip(people, chances, strict=True):
        best = int(row.argmax())
        probability[person.person_id] = float(row[best])
        if row[best] < LEAST_PROBABILITY:
            unassigned[person.person_id] = "near to several personas, to none clearly enough"
        else:
            members[best].append(person.person_id)
    groups = [
        Group(tuple(sorted(ids)), ("discovered", min(ids)), round(stability[number], 4))
        for number, ids in enumerate(members)
        if ids
    ]
    groups.sort(key=lambda group: (-len(group.person_ids), group.person_ids))
    return Groups(method, tuple(groups), probability, unassigned, tried)


def declare(people: Sequence[Person], attribute: str, least_members: int) -> Groups:
    """Groups that follow a given attribute. People without a value, and values with too few people, stay out."""
    by_value: dict[str, list[str]] = {}
    unassigned: dict[str, str] = {}
    for person in people:
        value = person.stated(attribute)
        if value:
            by_value.setdefault(value, []).append(person.person_id)
        else:
            unassigned[person.person_id] = f"no value of {attribute} is given"
    notes = []
    groups = []
    for value, ids in sorted(by_value.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(ids) >= least_members:
            groups.append(Group(tuple(sorted(ids)), ("declared", attribute, value), label=value))
            continue
        notes.append(f"{attribute} {value}: {len(ids)} of {len(people)} people, too few for a persona")
        unassigned |= dict.fromkeys(ids, f"too few people have {attribute} {value}")
    probability = {person_id: 1.0 for group in groups for person_id in group.person_ids}
    return Groups(f"declared by {attribute}", tuple(groups), probability, unassigned, tuple(notes))


def within(people: Sequence[Person], vectors: Vectors | None, options: PersonasConfig, attribute: str) -> Groups:
    """Groups found among the people of each declared value; a value in which none hold stays one group."""
    declared = declare(people, attribute, options.min_members)
    by_id = {person.person_id: person for person in people}
    groups: list[Group] = []
    probability, unassigned = dict(declared.probability), dict(declared.unassigned)
    notes = list(declared.notes)
    for whole in declared.groups:
        subgroups = discover([by_id[one] for one in whole.person_ids], vectors, options) if len(whole.person_ids) >= FEWEST \
            else None  # fmt: skip
        if subgroups is None or len(subgroups.groups) <= 1 or subgroups.method == "profile":
            groups.append(whole)
            notes.append(f"{whole.label}: no groups within it hold")
            continue
        method = f"{declared.method}, {subgroups.method} within {whole.label}"
        groups += [
            replace(one, identity=(*whole.identity, *one.identity), label=whole.label, method=method, part=True)
            for one in subgroups.groups
        ]
        for person_id in whole.person_ids:
            probability[person_id] = subgroups.probability.get(person_id, 0.0)
        unassigned |= subgroups.unassigned
        notes += [f"{whole.label}: {note}" for note in subgroups.notes]
    return Groups(declared.method, tuple(groups), probability, unassigned, tuple(notes))
