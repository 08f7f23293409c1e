"""People's decisions on personas: split, merge and assign in the order made, then negative and rename; all counted anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from voc_engine.config.sections import PersonasConfig
from voc_engine.personas.discover import Group, Groups
from voc_engine.personas.persona_card import cards, persona_id
from voc_engine.personas.profiles import gather
from voc_engine.records import Batch, Decision, Membership, Note, Persona, regrouped
from voc_engine.records.persona import RANKS

BY_DECISION = "placed by a person's decision"


def replayed(batch: Batch, options: PersonasConfig, decisions: Sequence[Decision]) -> Batch:
    """Personas and memberships as decided. ``batch`` holds what the stage reads, and the personas that it gave.

    A merged persona keeps id and name of the one that takes the other in. A negative persona is no longer built for: the
    next one is primary in its place.
    """
    before = {one.person_id: one.persona_id for one in batch.of(Membership)}
    after = {person: home for person, home in regrouped(before, decisions).items() if person in before}
    moved = {person for person, home in after.items() if before[person] != home}
    personas = list(batch.of(Persona))
    if moved:
        touched = {home for person in moved for home in (before[person], after[person]) if home is not None}
        personas = _recounted(batch, options, after, touched)
    memberships = [
        replace(one, persona_id=after[one.person_id], probability=1.0, reasons=(BY_DECISION,))
        if one.person_id in moved
        else one
        for one in batch.of(Membership)
    ]
    names = {one.target_id: str(one.value) for one in decisions if one.action == "rename"}
    against = {one.target_id for one in decisions if one.action == "negative"}
    ranked = _ranked(personas, against)
    named = [replace(one, name=names.get(one.persona_id, one.name)) for one in ranked]
    return Batch.make((Persona, named), (Membership, memberships))


def _recounted(
    batch: Batch, options: PersonasConfig, after: Mapping[str, str | None], touched: set[str]
) -> list[Persona]:
    """All personas: those that people left or joined with new cards, the others as they were."""
    old = {one.persona_id: one for one in batch.of(Persona)}
    members: dict[str, list[str]] = defaultdict(list)
    for person, home in sorted(after.items()):
        if home is not None:
            members[home].append(person)
    groups = [_group(key, tuple(people), old.get(key), key in touched) for key, people in sorted(members.items())]
    key_of = {persona_id(group): key for group, key in zip(groups, sorted(members), strict=True)}
    method = next(iter(old.values())).method if old else ""
    unassigned = dict.fromkeys((person for person, home in after.items() if home is None), "not assigned by the run")
    new_cards = cards(Groups(method, tuple(groups), {}, unassigned), gather(batch), options)
    personas = []
    for card in new_cards:
        key = key_of[card.persona_id]
        if key not in touched:
            personas.append(old[key])
            continue
        name = old[key].name if key in old else card.name
        note = Note("people of this persona were put together by a decision")
        personas.append(replace(card, persona_id=key, name=name, notes=(*card.notes, note)))
    return personas


def _group(key: str, people: tuple[str, ...], persona: Persona | None, touched: bool) -> Group:
    stability = persona.stability if persona is not None and not touched else None
    return Group(people, ("decided", key), stability, method=persona.method if persona is not None else None)


def _ranked(personas: Sequence[Persona], against: set[str]) -> list[Persona]:
    """With the decided ones negative, and exactly one primary where anybody is left to build for."""
    ranked = [replace(one, rank="negative") if one.persona_id in against else one for one in personas]
    first = next((one for one in ranked if one.rank == "primary"), None)
    heir = max(
        (one for one in ranked if one.rank == "secondary"),
        key=lambda one: (one.n_people, one.persona_id),
        default=None,
    )
    if first is None and heir is not None:
        ranked = [replace(one, rank="primary") if one is heir else one for one in ranked]
    extra = [one for one in ranked if one.rank == "primary"][1:]
    ranked = [replace(one, rank="secondary") if one in extra else one for one in ranked]
    return sorted(ranked, key=lambda one: (RANKS.index(one.rank), -one.n_people, one.persona_id))
