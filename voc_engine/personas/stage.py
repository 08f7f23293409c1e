"""Personas: people and their insights in, Persona and Membership out. The unit is a person, never a document."""

from __future__ import annotations

from voc_engine.config.sections import PersonasConfig
from voc_engine.personas.assigning import MOST_REASONS
from voc_engine.personas.discover import Groups, declare, discover, within
from voc_engine.personas.held_out import held_out
from voc_engine.personas.persona_card import cards, persona_id
from voc_engine.personas.profiles import Crowd, Person, gather
from voc_engine.records import Batch, Membership, Persona


def run(batch: Batch, options: PersonasConfig) -> Batch:
    """Find personas, or follow ``options.attribute`` where it is set, and say of every person where it belongs.

    Reads Insight, InsightMember, Mention, Document, Segment and ``batch.vectors``. Personas come primary first;
    memberships by person id, one for everybody with evidence, with ``persona_id`` None for who is not assigned.
    """
    crowd = gather(batch)
    if not crowd.people:
        return Batch.make((Persona, []), (Membership, []))
    if options.attribute and options.within:
        groups = within(crowd.people, batch.vectors, options, options.attribute)
    elif options.attribute:
        groups = declare(crowd.people, options.attribute, options.min_members)
    else:
        groups = discover(crowd.people, batch.vectors, options)
    personas = cards(groups, crowd, options)
    memberships = _memberships(groups, crowd, personas)
    return Batch.make((Persona, held_out(batch, crowd, personas, memberships)), (Membership, memberships))


def _memberships(groups: Groups, crowd: Crowd, personas: list[Persona]) -> list[Membership]:
    home = {person: persona_id(group) for group in groups.groups for person in group.person_ids}
    traits = {p.persona_id: (*p.distinctive, *p.goals, *p.pains, *p.requests, *p.objections) for p in personas}
    memberships = []
    for person in crowd.people:
        home_id = home.get(person.person_id)
        chance = groups.probability.get(person.person_id, 0.0)
        if home_id is None:
            reasons: tuple[str, ...] = (groups.unassigned.get(person.person_id, "nothing places this person"),)
        else:
            reasons = _reasons(person, crowd, traits[home_id])
        memberships.append(Membership(person.person_id, home_id, chance, reasons))
    return memberships


def _reasons(person: Person, crowd: Crowd, traits: tuple[str, ...]) -> tuple[str, ...]:
    shared = [i for i in dict.fromkeys(traits) if i in person.insights][:MOST_REASONS]
    if shared:
        return tuple(f"shares: {crowd.insights[i].statement}" for i in shared)
    return ("says much the same as this group in other words",) if person.statements else ()
