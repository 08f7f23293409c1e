"""People's decisions: taken whole or not at all, replayed on every run, never lost."""

import sqlite3

import pytest
from click.testing import CliRunner

from voc_engine.cli.bring_in import bring_in
from voc_engine.errors import ConfigError
from voc_engine.pipeline import stage
from voc_engine.records import Batch, Decision, Insight, InsightMember, Mention
from voc_engine.runners.decide import decided
from voc_engine.store.decisions import Decisions
from voc_engine.store.parts import PartStore

HEADER = "target,target_id,action,value,author,comment\n"


def insight(name, **more):
    return Insight(
        name, "pain_point", f"Statement {name}", 1, 1, 0.0, 1.0, -0.5, "low", 0.1, "steady", None, 0.5, 1, 0.1, 0.0,
        0.2, f"m-{name}", **more,
    )  # fmt: skip


def mention(name, kind="pain_point"):
    return Mention(
        name,
        "s1",
        "d1",
        "P0001",
        kind,
        0,
        4,
        "Ouch",
        0.9,
        "negative",
        -0.5,
        "anger",
        "low",
        0.1,
        "feels",
        "stated",
        ("x",),
    )


@pytest.fixture
def store(tmp_path):
    store = PartStore(tmp_path / "parts")
    insights = stage("insights")
    members = [InsightMember("m-a", "a"), InsightMember("m-b", "b")]
    batch = Batch.make((Insight, [insight("a", suggested_merges=("b",)), insight("b")]), (InsightMember, members))
    store.write("insights", "one", insights.writes, batch)
    store.write("mentions", "two", stage("mentions").writes, Batch.make((Mention, [mention("m1"), mention("m2")])))
    return store


def test_a_renamed_insight_keeps_its_people_and_its_old_part(store):
    replayed = decided(store, stage("insights"), ["one"], [Decision("insight", "a", "rename", "Codes never come")])
    parts = replayed.parts
    assert [one.given.target_id for one in replayed.found] == ["a"]
    assert [one.title for one in store.read("insights", parts[0], Insight)] == ["Codes never come", "Statement b"]
    assert [one.statement for one in store.read("insights", "one", Insight)] == ["Statement a", "Statement b"]


def test_a_rejected_insight_is_gone_with_its_members_and_suggestions(store):
    parts = decided(store, stage("insights"), ["one"], [Decision("insight", "b", "reject")]).parts
    (left,) = store.read("insights", parts[0], Insight)
    assert left.insight_id == "a"
    assert left.suggested_merges == ()
    assert [one.insight_id for one in store.read("insights", parts[0], InsightMember)] == ["a"]


def test_a_mention_is_relabelled_or_rejected(store):
    decisions = [Decision("mention", "m1", "relabel", "objection"), Decision("mention", "m2", "reject")]
    parts = decided(store, stage("mentions"), ["two"], decisions).parts
    assert [(one.mention_id, one.kind) for one in store.read("mentions", parts[0], Mention)] == [("m1", "objection")]


def test_a_decision_on_something_that_vanished_changes_nothing_and_is_reported(store):
    replayed = decided(store, stage("insights"), ["one"], [Decision("insight", "zz", "reject")])
    assert replayed.parts == ["one"]
    assert replayed.found == []


def test_the_latest_decision_holds_and_earlier_ones_stay_on_record(tmp_path):
    decisions = Decisions(tmp_path / "decisions.sqlite")
    decisions.append([Decision("insight", "a", "rename", "First")])
    decisions.append([Decision("insight", "a", "rename", "Second", "Ana", "clearer")])
    assert decisions.in_force() == [Decision("insight", "a", "rename", "Second", "Ana", "clearer")]
    with sqlite3.connect(decisions.path) as db:
        assert db.execute("SELECT count(*) FROM decision").fetchone() == (2,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_import_takes_all_rows_or_none(tmp_path):
    file = tmp_path / "decisions.csv"
    file.write_text(HEADER + "insight,a,rename,Codes never come,Ana,\ninsight,b,rejct,,,\n", encoding="utf-8")
    result = CliRunner().invoke(bring_in, ["decisions", str(file), "--workspace", str(tmp_path)])
    assert isinstance(result.exception, ConfigError)
    assert "line 3" in str(result.exception)
    assert "'reject'" in str(result.exception)
    assert Decisions(tmp_path / ".voc" / "decisions.sqlite").in_force() == []
    file.write_text(HEADER + 'insight,a,rename,"Codes\nnever come",Ana,\n', encoding="utf-8")
    assert CliRunner().invoke(bring_in, ["decisions", str(file), "--workspace", str(tmp_path)]).exit_code == 0
    (taken,) = Decisions(tmp_path / ".voc" / "decisions.sqlite").in_force()
    assert taken.value == "Codes\nnever come"


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ("insigt,a,reject,,,", "insight"), ("mention,m,rename,x,,", "relabel"), ("mention,m,relabel,pain,,", "pain_point"),
        ("insight,a,rename,,,", "empty"), ("insight,,reject,,,", "empty"),
    ],
)  # fmt: skip
def test_a_wrong_row_says_what_to_write(tmp_path, row, hint):
    file = tmp_path / "decisions.csv"
    file.write_text(HEADER + row + "\n", encoding="utf-8")
    result = CliRunner().invoke(bring_in, ["decisions", str(file), "--workspace", str(tmp_path)])
    assert isinstance(result.exception, ConfigError)
    assert hint in str(result.exception)
