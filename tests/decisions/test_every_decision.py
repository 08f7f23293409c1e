"""One decision of every kind, then a fifth more data: each still holds or is reported."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tiny_study import run_voc

from voc_engine.store.query import open_run


def study(demo_run: Path, folder: Path) -> Path:
    """The demo in a folder of its own, where what was read of files that do not change need not be read again."""
    shutil.copytree(demo_run, folder)
    for made in ("reports", ".voc/runs"):
        shutil.rmtree(folder / made)
    return folder / "corpora" / "demo"


def without_a_fifth(path: Path) -> bytes:
    """The file's bytes, for later; on disk every fifth line is gone. Reviews here are one line each."""
    whole = path.read_bytes()
    lines = whole.splitlines(keepends=True)
    path.write_bytes(b"".join(line for number, line in enumerate(lines) if number == 0 or number % 5))
    return whole


def tables(folder: Path) -> dict[str, list[dict[str, object]]]:
    latest = json.loads((folder / ".voc" / "runs" / "latest").read_text("utf-8"))["run_id"]
    found = {}
    with open_run(folder / "reports" / latest) as db:
        for name in ("insights", "mentions", "personas", "memberships", "topics"):
            cursor = db.execute(f"SELECT * FROM {name} ORDER BY ALL")
            columns = [column[0] for column in cursor.description]
            found[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return found


@pytest.mark.slow
def test_every_decision_holds_or_is_reported_when_a_fifth_more_data_comes(demo_run, tmp_path):
    tmp_path = tmp_path / "study"
    demo = study(demo_run, tmp_path)
    later = {name: without_a_fifth(demo / name) for name in ("posts.jsonl", "survey.csv")}
    first = run_voc("run", "configs/demo.toml", "-q", folder=tmp_path)
    assert first.code in (0, 1), first.err
    before = tables(tmp_path)
    shared = sorted((one for one in before["insights"] if one["n_people"] >= 3), key=lambda one: str(one["insight_id"]))
    of = {one["mention_id"]: one for one in before["mentions"]}
    renamed, rejected, taken, taker, halved = shared[:5]
    leaving = sorted(str(key) for key, one in of.items() if one["insight_id"] == halved["insight_id"])[:2]
    free = sorted(str(key) for key, one in of.items() if one["insight_id"] not in {i["insight_id"] for i in shared[:5]})
    personas = [str(one["persona_id"]) for one in before["personas"]]
    people = sorted(str(one["person_id"]) for one in before["memberships"] if one["persona_id"] == personas[0])[:4]
    topics = [str(one["topic_id"]) for one in before["topics"]]
    decisions = [
        ("insight", renamed["insight_id"], "rename", "As the team calls it"),
        ("insight", rejected["insight_id"], "reject", ""),
        ("insight", taken["insight_id"], "merge", taker["insight_id"]),
        ("insight", halved["insight_id"], "split", " ".join(leaving)),
        ("mention", free[0], "reject", ""),
        ("mention", free[1], "relabel", "objection"),
        ("mention", free[2], "pin", ""),
        ("persona", personas[0], "rename", "The ones at the desk"),
        ("persona", personas[0], "split", " ".join(people)),
        ("persona", personas[1], "merge", personas[2]),
        ("persona", personas[2], "negative", ""),
        ("topic", topics[0], "rename", "What we named"),
        ("topic", topics[1], "merge", topics[2]),
        ("insight", "i-never-was", "rename", "Nothing"),
    ]
    rows = [dict(zip(("target", "target_id", "action", "value"), one, strict=True)) for one in decisions]
    (tmp_path / "decisions.json").write_text(json.dumps(rows), encoding="utf-8")
    assert run_voc("import", "decisions", "decisions.json", folder=tmp_path).code == 0
    for name, whole in later.items():
        (demo / name).write_bytes(whole)
    second = run_voc("run", "configs/demo.toml", folder=tmp_path)
    assert second.code in (0, 1), second.err
    after = tables(tmp_path)

    def reported(target_id: object) -> bool:
        return str(target_id) in second.err

    insights = {one["insight_id"]: one for one in after["insights"]}
    home = {one["mention_id"]: one["insight_id"] for one in after["mentions"]}
    cards = {one["persona_id"]: one for one in after["personas"]}
    kinds = {one["mention_id"]: one["kind"] for one in after["mentions"]}
    assert reported("i-never-was")
    assert any(one["name"] == "As the team calls it" for one in insights.values()) or reported(renamed["insight_id"])
    assert rejected["insight_id"] not in insights
    assert taken["insight_id"] not in insights or reported(taken["insight_id"])
    assert home[leaving[0]] == home[leaving[1]]
    assert home[leaving[0]] != halved["insight_id"] or reported(halved["insight_id"])
    assert free[0] not in home
    assert kinds[free[1]] == "objection"
    assert any(one["name"] == "The ones at the desk" for one in cards.values()) or reported(personas[0])
    members = {one["person_id"]: one["persona_id"] for one in after["memberships"]}
    assert len({members[person] for person in people}) == 1 or reported(personas[0])
    assert personas[1] not in cards or reported(personas[1])
    assert any(one["rank"] == "negative" for one in cards.values()) or reported(personas[2])
    labels = {one["label"] for one in after["topics"]}
    assert "What we named" in labels or reported(topics[0])
    assert run_voc("verify", folder=tmp_path).code == 0
