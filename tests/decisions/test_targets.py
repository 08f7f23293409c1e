"""Whom a decision means when ids have changed: whatever holds most of the evidence on which it was made."""

import json
import sqlite3

import pytest
from click.testing import CliRunner

from voc_engine.cli.bring_in import bring_in
from voc_engine.errors import ConfigError
from voc_engine.records import Decision
from voc_engine.runners.targets import resolve
from voc_engine.store.decisions import Decisions


def test_an_item_that_still_has_its_id_is_meant_whatever_it_holds():
    (found,) = resolve([Decision("insight", "a", "reject", evidence=("m1",))], {"m1": "b"}, ["a", "b"])
    assert found.decision.target_id == "a"
    assert not found.moved


def test_an_item_under_another_id_is_known_by_most_of_its_evidence():
    decision = Decision("insight", "old", "rename", "Codes", evidence=("m1", "m2", "m3"))
    (found,) = resolve([decision], {"m1": "new", "m2": "new", "m3": "else"}, ["new", "else"])
    assert found.decision == Decision("insight", "new", "rename", "Codes", evidence=("m1", "m2", "m3"))
    assert found.moved


def test_an_item_whose_evidence_was_scattered_is_not_guessed():
    decision = Decision("insight", "old", "reject", evidence=("m1", "m2", "m3", "m4"))
    assert resolve([decision], {"m1": "a", "m2": "a", "m3": "b"}, ["a", "b"]) == []


def test_a_merge_needs_both_sides():
    gone = Decision("insight", "a", "merge", "z")
    moved = Decision("insight", "a", "merge", "z", value_evidence=("m1",))
    assert resolve([gone], {"m1": "b"}, ["a", "b"]) == []
    assert [one.decision.value for one in resolve([moved], {"m1": "b"}, ["a", "b"])] == ["b"]


def test_of_two_decisions_that_now_mean_one_item_the_later_holds():
    first = Decision("insight", "x", "rename", "First", evidence=("m1",))
    second = Decision("insight", "y", "rename", "Second", evidence=("m2",))
    (found,) = resolve([first, second], {"m1": "a", "m2": "a"}, ["a"])
    assert found.decision.value == "Second"


def test_decisions_of_an_older_workspace_are_still_read(tmp_path):
    path = tmp_path / "decisions.sqlite"
    with sqlite3.connect(path) as db:
        db.execute(
            "CREATE TABLE decision (number INTEGER PRIMARY KEY AUTOINCREMENT, decided_at TEXT NOT NULL DEFAULT"
            " (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), target TEXT NOT NULL, target_id TEXT NOT NULL, action TEXT"
            " NOT NULL, value TEXT, author TEXT, comment TEXT)"
        )
        db.execute("INSERT INTO decision (target, target_id, action, value) VALUES ('topic', 't', 'rename', 'Fees')")
        db.execute("PRAGMA user_version=1")
    assert Decisions(path).in_force() == [Decision("topic", "t", "rename", "Fees")]


@pytest.mark.parametrize("lines", [True, False])
def test_json_says_the_same_as_csv(tmp_path, lines):
    rows = [
        {"target": "insight", "target_id": "a", "action": "split", "value": ["m1", "m2"]},
        {"target": "mention", "target_id": "m3", "action": "pin", "comment": "the clearest"},
    ]
    file = tmp_path / "decisions.json"
    file.write_text("\n".join(map(json.dumps, rows)) if lines else json.dumps(rows), encoding="utf-8")
    assert CliRunner().invoke(bring_in, ["decisions", str(file), "--workspace", str(tmp_path)]).exit_code == 0
    assert Decisions(tmp_path / ".voc" / "decisions.sqlite").in_force() == [
        Decision("insight", "a", "split", "m1 m2"),
        Decision("mention", "m3", "pin", comment="the clearest"),
    ]


def test_merges_in_a_circle_are_refused(tmp_path):
    file = tmp_path / "decisions.csv"
    file.write_text("target,target_id,action,value\ninsight,a,merge,b\ninsight,b,merge,a\n", encoding="utf-8")
    result = CliRunner().invoke(bring_in, ["decisions", str(file), "--workspace", str(tmp_path)])
    assert isinstance(result.exception, ConfigError)
    assert "circle" in str(result.exception)
