"""What ranks a finding: reach, severity, recency, trend and ratings."""

from __future__ import annotations

from voc_engine.insights.stage import run
from voc_engine.records import Document, Insight

from .made import OPTIONS, by_member, document, mention, study, vectors


def test_priority_rises_with_reach_severity_and_recency() -> None:
    def priority(people: int, severity: float, day: str) -> float:
        given = [mention(n, f"P{n}", "export hidden", severity_score=severity, created_at=day) for n in range(people)]
        most = [mention(100 + n, f"P{n}", "sync broken", created_at="2024-06-30") for n in range(8)]
        vecs = vectors([["export hidden"], ["sync broken"]])
        insight = by_member(run(study([*given, *most], vecs, ["P8", "P9"]), OPTIONS))["m0000"]
        assert 0 <= insight.priority_low <= insight.priority <= insight.priority_high <= 1
        return insight.priority

    usual = priority(3, 0.5, "2024-06-01")
    assert priority(5, 0.5, "2024-06-01") > usual
    assert priority(3, 0.9, "2024-06-01") > usual
    assert priority(3, 0.5, "2023-06-01") < usual


def test_what_most_people_hold_and_what_blocks_them_now_has_priority_one() -> None:
    given = [mention(n, f"P{n}", "export hidden", severity_score=1.0) for n in range(5)]
    (insight,) = run(study(given, vectors([["export hidden"]])), OPTIONS).of(Insight)
    assert insight.priority == 1.0


def test_one_voice_never_outranks_two_by_severity() -> None:
    alone = mention(1, "P1", "sync broken", severity_score=1.0)
    both = [mention(n, f"P{n}", "export hidden", severity_score=0.0) for n in (2, 3)]
    result = run(
        study([alone, *both], vectors([["export hidden"], ["sync broken"]]), [f"Q{n}" for n in range(40)]), OPTIONS
    )
    assert [i.n_people for i in result.of(Insight)] == [2, 1]


def test_severity_ranks_complaints_only_and_stays_in_the_table() -> None:
    given = [
        mention(n, f"P{n}", t, kind="goal", severity_score=s) for n, (t, s) in enumerate([("a job", 0), ("b rest", 1)])
    ]
    found = run(study(given, vectors([["a job"], ["b rest"]])), OPTIONS).of(Insight)
    assert found[0].priority == found[1].priority
    assert {i.severity_score for i in found} == {0.0, 1.0}


def test_a_bare_verdict_ranks_below_the_same_said_of_something() -> None:
    bare = [mention(n, f"P{n}", "Ridiculous!") for n in range(4)]
    said = [mention(10 + n, f"P{n}", "Export hidden") for n in range(3)]
    found = run(study([*bare, *said], vectors([["Ridiculous!"], ["Export hidden"]])), OPTIONS).of(Insight)
    assert [i.statement for i in found] == ["Export hidden", "Ridiculous"]


def test_sources_of_other_years_are_as_recent_as_each_is_new() -> None:
    old = mention(1, "P1", "export hidden", created_at="2015-02-20")
    new = mention(2, "P2", "sync broken", created_at="2024-06-30")
    documents = [
        document("P1", "2015-02-20"),
        Document("d-P2", "interview", "b.md", "1", "P2", "t", created_at="2024-06-30"),
    ]
    found = by_member(run(study([old, new], vectors([["export hidden"], ["sync broken"]]), (), documents), OPTIONS))
    assert found["m0001"].priority == found["m0002"].priority


def test_half_an_undated_study_is_not_held_to_be_old() -> None:
    given = [mention(1, "P1", "x y z"), mention(2, "P2", "u v w", created_at="2024-01-01T10:00:00Z")]
    found = by_member(run(study(given, vectors([["x y z"], ["u v w"]])), OPTIONS))
    assert found["m0001"].priority == found["m0002"].priority


def test_trend_compares_the_share_of_people_in_the_two_halves() -> None:
    people = [f"P{n:02d}" for n in range(40)]
    documents = [document(p, f"2024-{1 + n // 4:02d}-10") for n, p in enumerate(people)]
    late = [mention(n, p, "x y z") for n, p in enumerate(people) if n >= 26]
    early = [mention(n, p, "u v w") for n, p in enumerate(people) if n < 14]
    always = [mention(100 + n, p, "k l m") for n, p in enumerate(people) if n % 3 == 0]
    rare = [mention(200, people[0], "q r s")]
    vecs = vectors([["x y z"], ["u v w"], ["k l m"], ["q r s"]])
    found = by_member(run(study([*late, *early, *always, *rare], vecs, people, documents), OPTIONS))
    assert [found[m[0].mention_id].trend for m in (late, early, always, rare)] == [
        "rising",
        "falling",
        "steady",
        "too little data",
    ]


def test_rating_impact_needs_five_rated_people_on_both_sides() -> None:
    people = [f"P{n}" for n in range(10)]
    given = [mention(n, f"P{n}", "x y z") for n in range(5)]
    documents = [document(p, rating=2.0 if n < 5 else 5.0) for n, p in enumerate(people)]
    (insight,) = run(study(given, vectors([["x y z"]]), people, documents), OPTIONS).of(Insight)
    assert insight.impact_on_rating == -3.0
    (fewer,) = run(study(given[:4], vectors([["x y z"]]), people, documents), OPTIONS).of(Insight)
    assert fewer.impact_on_rating is None
