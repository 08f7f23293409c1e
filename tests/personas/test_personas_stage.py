"""Personas on synthetic people: groups that are there are found, groups that are not are not invented."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from voc_engine.config.sections import PersonasConfig
from voc_engine.personas.stage import run
from voc_engine.records import (
    Batch,
    CountedLine,
    Document,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Persona,
    Segment,
    Vectors,
)

KINDS = ("pain_point", "goal", "request", "objection", "delight", "trigger")
DIMENSIONS = 48
THEMES = 6  # per group


def directions(count: int, seed: int = 5) -> np.ndarray:
    matrix = np.random.default_rng(seed).normal(size=(count, DIMENSIONS))
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


class World:
    """People who draw statements from the themes of their group; an insight per theme, as the insights stage gives."""

    def __init__(
        self,
        people: int,
        groups: int,
        statements: int,
        noise: float = 0.15,
        attributes: Sequence[dict[str, str]] = (),
        seed: int = 0,
    ) -> None:
        random = np.random.default_rng(seed)
        centres = directions(groups * THEMES)
        self.group = [n % groups for n in range(people)]
        keys, rows = [], []
        self.mentions: list[Mention] = []
        self.segments: list[Segment] = []
        self.members: list[InsightMember] = []
        self.documents: list[Document] = []
        for n, group in enumerate(self.group):
            person = f"P{n:04d}"
            given = attributes[n] if attributes else {}
            self.documents.append(Document(f"d{n}", "ticket", "a.csv", "row", person, "text", attributes=given))
            for s in range(statements):
                astray = random.random() < noise
                theme = int(random.integers(groups * THEMES) if astray else group * THEMES + random.integers(THEMES))
                wobble = random.normal(size=DIMENSIONS)
                row = centres[theme] + 0.6 * wobble / np.linalg.norm(wobble)
                key = f"{person} says {s} of theme {theme}"
                keys.append(key)
                rows.append(row / np.linalg.norm(row))
                self.add(person, f"d{n}", key, theme)
        self.vectors = Vectors(tuple(keys), np.array(rows, dtype=np.float32))
        self.insights = [self.insight(theme) for theme in range(groups * THEMES)]

    def add(self, person: str, document: str, key: str, theme: int) -> None:
        number = len(self.mentions)
        kind = KINDS[theme % 2]
        self.mentions.append(
            Mention(
                f"m{number:05d}",
                f"s{number}",
                document,
                person,
                kind,
                0,
                len(key),
                key,
                0.9,
                "negative",
                -0.4,
                "anger",
                "medium",
                0.5,
                "thinks",
                "stated",
                (),
                text_key=key,
                statement=key,
            )
        )
        self.segments.append(Segment(f"s{number}", document, "u", 0, 0, len(key), key, key, person, "participant"))
        self.members.append(InsightMember(f"m{number:05d}", f"i{theme}"))

    def insight(self, theme: int) -> Insight:
        mine = {m.mention_id for m in self.members if m.insight_id == f"i{theme}"}
        people = {m.person_id for m in self.mentions if m.mention_id in mine}
        return Insight(
            f"i{theme}",
            KINDS[theme % 2],
            f"Theme {theme}",
            len(people),
            len(mine),
            0.1,
            0.2,
            -0.4,
            "medium",
            0.1,
            "steady",
            None,
            0.1,
            len(people),
            0.5,
            0.1,
            0.2,
            min(mine, default="m"),
        )

    def batch(self) -> Batch:
        return Batch.make(
            (Mention, self.mentions),
            (Segment, self.segments),
            (Document, self.documents),
            (Insight, self.insights),
            (InsightMember, self.members),
            vectors=self.vectors,
        )


def agreement(world: World, result: Batch) -> float:
    """Adjusted Rand index between the true groups and the assigned ones."""
    from sklearn.metrics import adjusted_rand_score

    found = [m.persona_id or "none" for m in result.of(Membership)]
    return float(adjusted_rand_score(world.group, found))


@pytest.mark.parametrize(("people", "statements"), [(24, 6), (60, 5), (120, 3)])
def test_groups_that_are_there_are_found(people: int, statements: int) -> None:
    world = World(people, 4, statements)
    result = run(world.batch(), PersonasConfig())
    assert len(result.of(Persona)) == 4
    assert agreement(world, result) >= 0.85
    assert all((p.stability or 0) >= 0.75 for p in result.of(Persona))


@pytest.mark.parametrize("people", [20, 60])
def test_no_groups_are_invented(people: int) -> None:
    world = World(people, 4, 6, noise=1.0)
    (persona,) = run(world.batch(), PersonasConfig()).of(Persona)
    assert persona.method == "no stable segmentation"
    assert persona.n_people == people
    assert persona.summary.startswith(f"All {people} people")
    assert any("No stable segmentation" in note.text for note in persona.notes)


def test_over_five_hundred_people_are_sampled_and_all_are_assigned() -> None:
    world = World(560, 3, 4)
    result = run(world.batch(), PersonasConfig(max_personas=3))
    assert {p.method for p in result.of(Persona)} == {"k-means on a sample"}
    assert len(result.of(Membership)) == 560
    assert agreement(world, result) >= 0.85


def test_under_eight_people_each_has_a_profile() -> None:
    result = run(World(5, 1, 3).batch(), PersonasConfig())
    assert [p.n_people for p in result.of(Persona)] == [1] * 5
    assert {p.method for p in result.of(Persona)} == {"profile"}
    assert all("proto-persona" in " ".join(note.text for note in p.notes) for p in result.of(Persona))
    assert len({p.name for p in result.of(Persona)}) == 5


def test_a_loud_person_does_not_draw_a_group_of_its_own() -> None:
    world = World(60, 3, 5)
    quiet = run(world.batch(), PersonasConfig(max_personas=4))
    loud = [m for m in world.mentions if m.person_id == "P0000"]
    for m in loud * 40:
        world.add("P0000", "d0", m.text_key, int(m.text_key.rsplit(" ", 1)[1]))
    result = run(world.batch(), PersonasConfig(max_personas=4))
    assert len(result.of(Persona)) == len(quiet.of(Persona)) == 3
    assert agreement(world, result) >= 0.85


PLANS = [{"plan": "Solo" if n < 14 else "Team" if n < 28 else "Rare", "identity.email": f"{n}@x"} for n in range(30)]


def test_declared_personas_follow_the_attribute() -> None:
    attributes = [*PLANS[:29], {}]
    result = run(World(30, 2, 3, attributes=attributes).batch(), PersonasConfig(attribute="plan"))
    assert sorted((p.name, p.n_people) for p in result.of(Persona)) == [("Solo", 14), ("Team", 14)]
    assert {p.method for p in result.of(Persona)} == {"declared by plan"}
    places = {m.person_id: m for m in result.of(Membership)}
    assert places["P0028"].persona_id is None
    assert "too few" in places["P0028"].reasons[0]
    assert "no value of plan" in places["P0029"].reasons[0]
    assert any("plan Rare: 1 of 30" in note.text for note in result.of(Persona)[0].notes)


def test_identity_never_enters_a_card() -> None:
    result = run(World(30, 2, 3, attributes=PLANS).batch(), PersonasConfig())
    assert "identity" not in str(result.of(Persona))
    assert "@x" not in str(result.of(Persona))


def test_card_counts_people_and_small_samples_have_no_percentage() -> None:
    world = World(24, 2, 6, attributes=PLANS)
    result = run(world.batch(), PersonasConfig())
    people = {m.mention_id: m.person_id for m in world.mentions}
    for persona in result.of(Persona):
        members = {m.person_id for m in result.of(Membership) if m.persona_id == persona.persona_id}
        assert persona.n_people == len(members)
        assert "%" not in persona.summary
        assert f"{len(members)} of 24 people" in persona.summary
        assert persona.channels == (CountedLine("ticket", len(members), len(members)),)
        speakers = [people[quote] for quote in persona.quotes]
        assert len(set(speakers)) == len(speakers) > 0
        assert set(speakers) <= members
        assert persona.share_low < persona.n_people / 24 < persona.share_high


def test_distinctive_traits_are_those_of_the_group() -> None:
    world = World(60, 3, 5)
    result = run(world.batch(), PersonasConfig())
    home = {m.person_id: m.persona_id for m in result.of(Membership)}
    for persona in result.of(Persona):
        groups = [world.group[int(p[1:])] for p, place in home.items() if place == persona.persona_id]
        group = max(set(groups), key=groups.count)
        assert persona.distinctive
        assert {int(i[1:]) // THEMES for i in persona.distinctive} == {group}


def test_ranks() -> None:
    world = World(30, 2, 4, attributes=PLANS)
    ranks = [p.rank for p in run(world.batch(), PersonasConfig(attribute="plan")).of(Persona)]
    assert ranks == ["primary", "secondary"]
    options = PersonasConfig(attribute="plan", negative={"plan": "solo"})
    assert {p.name: p.rank for p in run(world.batch(), options).of(Persona)} == {"Team": "primary", "Solo": "negative"}


def test_interviewers_and_reported_views_are_nobodys_evidence() -> None:
    world = World(10, 1, 3)
    world.segments.append(Segment("ask", "d0", "u", 0, 0, 2, "why?", "why?", "HOST", "interviewer"))
    result = run(world.batch(), PersonasConfig())
    assert "HOST" not in {m.person_id for m in result.of(Membership)}


def test_one_who_said_nothing_of_weight_is_not_assigned() -> None:
    world = World(60, 2, 5)
    world.segments.append(Segment("hm", "d0", "u", 0, 0, 2, "hm", "hm", "P9999", "participant"))
    result = run(world.batch(), PersonasConfig())
    (silent,) = (m for m in result.of(Membership) if m.person_id == "P9999")
    assert silent.persona_id is None
    assert "too little" in silent.reasons[0]


def test_personas_keep_their_ids_when_people_join() -> None:
    before = run(World(60, 3, 5, seed=1).batch(), PersonasConfig())
    after = run(World(66, 3, 5, seed=1).batch(), PersonasConfig())
    assert {p.persona_id for p in before.of(Persona)} == {p.persona_id for p in after.of(Persona)}


def test_order_of_the_input_changes_nothing() -> None:
    world = World(40, 2, 4)
    forward = run(world.batch(), PersonasConfig())
    turned = Batch({kind: rows[::-1] for kind, rows in world.batch().tables.items()}, world.vectors)
    assert run(turned, PersonasConfig()).tables == forward.tables


def test_nobody_no_persona() -> None:
    assert run(Batch(), PersonasConfig()).of(Persona) == []
