"""The demo study end to end: its four groups of fifty people are found, without any option set for it."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import pytest

from voc_engine.cli.opening import open_study
from voc_engine.records import Membership, Persona
from voc_engine.runners.engine import Engine

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_four_groups_of_the_demo_are_found(tmp_path: Path) -> None:
    from sklearn.metrics import adjusted_rand_score

    config, folder, place = open_study(str(ROOT / "configs" / "demo.toml"), str(tmp_path / "study"))
    engine = Engine(config, folder, place)
    (part,) = engine.execute().parts["personas"]
    personas = engine.store.read("personas", part, Persona)
    home = {m.person_id: m.persona_id for m in engine.store.read("personas", part, Membership)}
    with (ROOT / "corpora" / "demo" / "groups.csv").open(encoding="utf-8", newline="") as lines:
        group = {f"P|person:{row['person']}": row["group"] for row in csv.DictReader(lines)}
    vault = sqlite3.connect(tmp_path / "study" / ".voc" / "vault.sqlite")
    people = {
        person: group[key] for key, person in vault.execute("SELECT key, person_id FROM identity") if key in group
    }
    vault.close()
    assert len(people) == 200
    order = sorted(people)
    truth = [people[person] for person in order]
    assert adjusted_rand_score(truth, [home.get(person) or "none" for person in order]) >= 0.70
    assert adjusted_rand_score(truth, [home.get(person) or f"alone {person}" for person in order]) >= 0.70
    assert len(personas) == 4
    assert all((persona.stability or 0) >= 0.75 for persona in personas)
    assert len({persona.name for persona in personas}) == 4
    assert all(2 <= len(persona.name.split()) <= 6 and "…" not in persona.name for persona in personas)
