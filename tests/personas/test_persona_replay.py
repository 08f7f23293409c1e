"""Personas merged, split and marked negative by people: members and counts follow, the other cards stay."""

from __future__ import annotations

import pytest

from voc_engine.config.sections import PersonasConfig
from voc_engine.personas.replay import BY_DECISION, replayed
from voc_engine.personas.stage import run
from voc_engine.records import Batch, Decision, Membership, Persona
from voc_engine.runners.targets import resolve

from .test_personas_stage import World

OPTIONS = PersonasConfig()


@pytest.fixture(scope="module")
def batch() -> Batch:
    world = World(people=45, groups=3, statements=8)
    given = world.batch()
    found = run(given, OPTIONS)
    assert len(found.of(Persona)) == 3
    return Batch({**given.tables, **found.tables}, given.vectors)


def homes(batch: Batch) -> dict[str, str]:
    return {one.person_id: one.persona_id for one in batch.of(Membership) if one.persona_id is not None}


def decided(batch: Batch, *decisions: Decision) -> tuple[dict[str, Persona], dict[str, Membership]]:
    ids = [one.persona_id for one in batch.of(Persona)]
    done = replayed(batch, OPTIONS, [one.decision for one in resolve(decisions, homes(batch), ids)])
    assert [one.rank for one in done.of(Persona)].count("primary") == 1
    return {one.persona_id: one for one in done.of(Persona)}, {one.person_id: one for one in done.of(Membership)}


def test_a_merged_persona_keeps_the_id_and_name_of_the_one_that_took_it_in(batch):
    first, second, third = batch.of(Persona)
    cards, members = decided(batch, Decision("persona", third.persona_id, "merge", first.persona_id))
    assert set(cards) == {first.persona_id, second.persona_id}
    assert cards[first.persona_id].name == first.name
    assert cards[first.persona_id].n_people == first.n_people + third.n_people
    assert cards[second.persona_id] == second
    placed = [one for one in members.values() if one.reasons == (BY_DECISION,)]
    assert len(placed) == third.n_people


def test_people_split_off_are_a_persona_of_their_own(batch):
    first = batch.of(Persona)[0]
    leaving = sorted(person for person, home in homes(batch).items() if home == first.persona_id)[:4]
    split = Decision("persona", first.persona_id, "split", " ".join(leaving))
    cards, members = decided(batch, split, Decision("persona", split.split_id, "rename", "The four"))
    assert cards[split.split_id].name == "The four"
    assert (cards[split.split_id].n_people, cards[first.persona_id].n_people) == (4, first.n_people - 4)
    assert {members[person].persona_id for person in leaving} == {split.split_id}


def test_a_negative_persona_is_told_as_such_and_another_becomes_primary(batch):
    first = batch.of(Persona)[0]
    assert first.rank == "primary"
    cards, members = decided(batch, Decision("persona", first.persona_id, "negative"))
    assert cards[first.persona_id].rank == "negative"
    assert {person: one.persona_id for person, one in members.items() if one.persona_id} == homes(batch)


def test_without_a_decision_that_holds_nothing_changes(batch):
    cards, members = decided(batch, Decision("persona", "p-gone", "negative"))
    assert list(cards.values()) == list(batch.of(Persona))
    assert list(members.values()) == list(batch.of(Membership))
