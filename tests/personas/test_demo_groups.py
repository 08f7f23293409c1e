"""The demo study end to end: its four groups of fifty people are found, without any option set for it."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from voc_engine.store.query import open_run


@pytest.mark.slow
def test_the_four_groups_of_the_demo_are_found(demo_run: Path, repository: Path) -> None:
    from sklearn.metrics import adjusted_rand_score

    latest = json.loads((demo_run / ".voc" / "runs" / "latest").read_text("utf-8"))["run_id"]
    with open_run(demo_run / "reports" / latest) as db:
        personas = db.execute("SELECT name, stability FROM personas").fetchall()
        home = dict(db.execute("SELECT person_id, persona_id FROM memberships").fetchall())
    with (repository / "corpora" / "demo" / "groups.csv").open(encoding="utf-8", newline="") as lines:
        group = {f"P|person:{row['person']}": row["group"] for row in csv.DictReader(lines)}
    vault = sqlite3.connect(f"file:{demo_run / '.voc' / 'vault.sqlite'}?mode=ro", uri=True)
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
    assert all((stability or 0) >= 0.75 for _, stability in personas)
    names = {name for name, _ in personas}
    assert len(names) == 4
    assert not any("…" in name for name in names)
