"""New people: those of a known group are placed, those of an unseen group are none of these."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from voc_engine.cli.assign import _write, read_people
from voc_engine.config.sections import PersonasConfig
from voc_engine.errors import ConfigError
from voc_engine.personas.assigning import Assigner, Placement, newcomers
from voc_engine.personas.stage import run
from voc_engine.records import Batch, Membership, Persona, Segment, Vectors

GROUPS, CLAIMS, SAID = 3, 5, 6


class People:
    """People who say things of their group; the last group is unseen by the study."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(1)
        self.centres = self.random.normal(size=((GROUPS + 1) * CLAIMS, 48))
        self.keys: list[str] = []
        self.rows: list[np.ndarray] = []

    def say(self, person: str, group: int) -> list[str]:
        said = []
        for number in range(SAID):
            claim = group * CLAIMS + int(self.random.integers(CLAIMS))
            row = self.centres[claim] + 0.6 * self.random.normal(size=48)
            said.append(f"{person} says in statement {number} that claim{claim} matters")
            self.keys.append(said[-1])
            self.rows.append(row / np.linalg.norm(row))
        return said

    @property
    def vectors(self) -> Vectors:
        return Vectors(tuple(self.keys), np.array(self.rows, dtype=np.float32))


def segments(said: dict[str, list[str]]) -> list[Segment]:
    texts = [(person, text) for person, some in said.items() for text in some]
    return [
        Segment(f"s{n:04d}", "d", "u", n, 0, len(text), text, text, person, "participant")
        for n, (person, text) in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def study() -> tuple[Batch, Batch, People]:
    people = People()
    said = {f"P{n:03d}": people.say(f"P{n:03d}", n % GROUPS) for n in range(60)}
    batch = Batch.make((Segment, segments(said)), vectors=people.vectors)
    return batch, run(batch, PersonasConfig()), people


def test_known_groups_are_placed_and_an_unseen_one_is_none_of_these(study: tuple[Batch, Batch, People]) -> None:
    batch, made, people = study
    assigner = Assigner(batch, made.of(Persona), made.of(Membership))
    new = {f"N{n:03d}": people.say(f"N{n:03d}", n % (GROUPS + 1)) for n in range(40)}
    placed = assigner.place(newcomers(new), people.vectors)
    home = {one.person_id: one.persona_id for one in made.of(Membership)}
    right = [one.persona_id == home[f"P{n % (GROUPS + 1):03d}"] for n, one in enumerate(placed) if n % 4 != GROUPS]
    unseen = [one for n, one in enumerate(placed) if n % 4 == GROUPS]
    assert sum(right) >= 26
    assert sum(one.persona_id is None for one in unseen) >= 8
    assert all(one.probability <= 0.5 for one in placed if one.persona_id is None)
    assert all(one.reasons for one in placed)


def test_who_says_nothing_is_none_of_these(study: tuple[Batch, Batch, People]) -> None:
    batch, made, people = study
    (one,) = Assigner(batch, made.of(Persona), made.of(Membership)).place(newcomers({"N1": []}), people.vectors)
    assert one.persona_id is None
    assert "too little" in one.reasons[0]


def test_the_order_of_new_people_changes_nothing(study: tuple[Batch, Batch, People]) -> None:
    batch, made, people = study
    assigner = Assigner(batch, made.of(Persona), made.of(Membership))
    new = {f"M{n}": people.say(f"M{n}", n % GROUPS) for n in range(6)}
    forward = assigner.place(newcomers(new), people.vectors)
    assert assigner.place(newcomers(new)[::-1], people.vectors)[::-1] == forward


@pytest.mark.parametrize("method", ["no stable segmentation", "profile"])
def test_a_run_without_groups_refuses(study: tuple[Batch, Batch, People], method: str) -> None:
    batch, made, _ = study
    with pytest.raises(ConfigError, match="no personas to assign"):
        Assigner(batch, [replace(one, method=method) for one in made.of(Persona)], made.of(Membership))


def test_too_few_people_refuse(study: tuple[Batch, Batch, People]) -> None:
    batch, made, _ = study
    with pytest.raises(ConfigError, match="too few people"):
        Assigner(batch, made.of(Persona), made.of(Membership)[:12])


def test_rows_of_one_person_are_read_together(tmp_path: Path) -> None:
    source = tmp_path / "leads.csv"
    source.write_text(
        "who,message\na@x.io,It is slow. It is dear.\nb@x.io,\na@x.io,Again!\n,No name\n", encoding="utf-8"
    )
    given = read_people(source, "message", "who")
    assert given.said == {"a@x.io": ["It is slow.", "It is dear.", "Again!"], "b@x.io": [], "row 4": ["No name"]}
    assert given.rows == {"a@x.io": 2, "b@x.io": 1, "row 4": 1}
    with pytest.raises(ConfigError, match="no column 'text'"):
        read_people(source, "text", None)


def test_one_line_of_csv_per_person(tmp_path: Path) -> None:
    placed = [
        Placement("a", "p1", "p1", 0.9, 0.4, ("near to: It is slow", "shares the words: desk")),
        Placement("b", None, "p1", 0.1, 0.01, ("far",)),
    ]
    _write(placed, {"p1": "Waits for payouts"}, {"a": 2, "b": 1}, str(tmp_path / "out.csv"))
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as lines:
        first, second = csv.DictReader(lines)
    assert first["persona"] == "Waits for payouts"
    assert first["why"] == "near to: It is slow; shares the words: desk"
    assert (second["persona_id"], second["persona"], second["probability"]) == ("", "", "0.1000")
