"""Behaviour of the insights stage on hand-made records whose vectors are placed on purpose."""

from __future__ import annotations

import numpy as np
import pytest

from voc_engine.config.sections import InsightsConfig
from voc_engine.errors import StageError
from voc_engine.insights import theme_finding
from voc_engine.insights.stage import run
from voc_engine.records import Batch, Insight, InsightMember, Mention, TopicAssignment, Vectors

from .made import EXPORT, OPTIONS, PRICE, by_member, mention, plain, study, vectors


def test_mentions_that_say_the_same_become_one_insight_and_all_are_kept() -> None:
    given = [m for m in plain() if m.quote != EXPORT[1]]
    result = run(study(given, vectors([EXPORT, PRICE])), OPTIONS)
    assert sorted(i.n_mentions for i in result.of(Insight)) == [3, 3]
    assert [m.mention_id for m in result.of(InsightMember)] == [m.mention_id for m in given]


def test_one_loud_person_is_one_voice() -> None:
    loud = [mention(n, "P0", text) for n, text in enumerate(EXPORT[:1] * 3)]
    result = run(study([*loud, mention(9, "P1", EXPORT[0])], vectors([EXPORT]), silent=["P2", "P3"]), OPTIONS)
    (insight,) = result.of(Insight)
    assert (insight.n_people, insight.n_mentions, insight.share) == (2, 4, 0.5)
    assert insight.share_low < 0.5 < insight.share_high


def test_interval_is_wilsons() -> None:
    given = [mention(n, f"P{n}", EXPORT[0]) for n in range(4)]
    (insight,) = run(study(given, vectors([EXPORT]), silent=["P9"]), OPTIONS).of(Insight)
    assert (round(insight.share_low, 2), round(insight.share_high, 2)) == (0.38, 0.96)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"quote": "It can export", "negated": False}, {"quote": "It cannot export", "negated": True}),
        ({"quote": "It can export"}, {"quote": "It cannot export"}),
        ({"quote": "easy to use"}, {"quote": "not easy to use"}),
        ({"quote": "It logs me out"}, {"quote": "It doesn't log me out", "negated": True}),
        ({"quote": "the screen is too small"}, {"quote": "the screen is too big"}),
        ({"quote": "the fan", "kind": "delight"}, {"quote": "that fan"}),
        ({"quote": "please add ads", "kind": "request"}, {"quote": "please remove ads", "kind": "request"}),
        ({"quote": "export it", "kind": "goal"}, {"quote": "export this", "kind": "request"}),
    ],
)
def test_opposites_never_merge_nor_are_suggested(one: dict[str, str], other: dict[str, str]) -> None:
    given = [mention(1, "P1", **one), mention(2, "P2", **other)]
    found = run(study(given, vectors([[one["quote"], other["quote"]]], spread=0.01)), OPTIONS).of(Insight)
    assert len(found) == 2
    assert all(not insight.suggested_merges for insight in found)


def test_opposites_stay_apart_in_a_crowd() -> None:
    small = [f"the screen is too small {n}" for n in range(20)]
    given = [mention(n, f"P{n}", text) for n, text in enumerate([*small, "the screen is too big"])]
    result = run(study(given, vectors([[m.quote for m in given]], spread=0.05)), OPTIONS)
    assert by_member(result)["m0020"].n_mentions == 1


def test_the_same_complaint_said_with_and_without_negation_is_one_insight() -> None:
    given = [
        mention(1, "P1", "Sync fails", statement="Sync fails"),
        mention(2, "P2", "It does not sync", statement="It does not sync", negated=True),
    ]
    (insight,) = run(study(given, vectors([[m.quote for m in given]], spread=0.05)), OPTIONS).of(Insight)
    assert insight.n_people == 2


def test_who_complains_who_asks_and_who_is_held_back_are_one_finding_and_are_counted_by_what_they_do() -> None:
    texts = ["There is no dark mode", "Please add a dark mode", "Without a dark mode I will not switch"]
    kinds = ["pain_point", "request", "objection"]
    given = [mention(n, f"P{n}", text, kind=kind) for n, (text, kind) in enumerate(zip(texts, kinds, strict=True))]
    given.append(mention(9, "P9", "Dark mode is missing"))
    (insight,) = run(study(given, vectors([[m.quote for m in given]], spread=0.05)), OPTIONS).of(Insight)
    assert [(one.kind, one.n_people) for one in insight.kinds] == [("pain_point", 2), ("objection", 1), ("request", 1)]
    assert (insight.kind, insight.n_people) == ("pain_point", 4)


def test_a_finding_is_named_by_its_thing_and_what_about_it() -> None:
    texts = ["The verification code never arrives", "No verification code again", "my verification code does not come"]
    given = [
        mention(n, f"P{n}", text, thing="verification code", what="fails", nouns=("verification code",))
        for n, text in enumerate(texts)
    ]
    (insight,) = run(study(given, vectors([texts], spread=0.05)), OPTIONS).of(Insight)
    assert insight.name == "Verification code: does not work"
    assert (insight.thing, insight.what, insight.title) == ("verification code", "fails", insight.name)
    assert insight.statement in [text[0].upper() + text[1:] for text in texts]


def test_findings_that_go_by_one_name_are_one_finding() -> None:
    texts = [
        "The booking fee is too high",
        "High booking fee",
        "So high a booking fee",
        "A booking fee on top of all",
        "On top comes a booking fee",
        "The booking fee came on top",
    ]
    angles = np.array([0.0, 0.02, 0.04, 1.1, 1.12, 1.14])
    vecs = Vectors(tuple(texts), np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32))
    given = [
        mention(n, f"P{n}", text, thing=thing, what="costs", nouns=(thing,))
        for n, (text, thing) in enumerate(zip(texts, ["booking fee", "Booking fees"] * 3, strict=True))
    ]
    (insight,) = run(study(given, vecs), InsightsConfig(clear=0, join=0.3, stay=0.25, match=0.6)).of(Insight)
    assert (insight.n_people, insight.name) == (6, "Booking fee: what it costs")


def test_what_cannot_be_understood_by_itself_makes_no_finding() -> None:
    said = ["They did it", "It was this", "That was it"]
    given = [mention(n, f"P{n}", text, worth=0.2) for n, text in enumerate(said)]
    found = run(study(given, vectors([said], spread=0.05)), InsightsConfig()).of(Insight)
    assert [one.n_people for one in found] == [1, 1, 1]


def test_who_may_not_have_said_it_is_no_second_voice_and_may_be_a_third() -> None:
    said = ["The export is slow today", "Slow export again", "Export so slow"]
    vecs = vectors([said], spread=0.05)
    for sure, people in (([0.9, 0.65, 0.65], [1, 1, 1]), ([0.9, 0.9, 0.65], [3])):
        given = [
            mention(n, f"P{n}", text, thing="export", probability=chance)
            for n, (text, chance) in enumerate(zip(said, sure, strict=True))
        ]
        found = run(study(given, vecs), InsightsConfig(clear=0)).of(Insight)
        assert [one.n_people for one in found] == people


def test_views_of_others_are_no_insight() -> None:
    given = [mention(1, "P1", EXPORT[0]), mention(2, "P2", EXPORT[1], holder="my boss")]
    result = run(study(given, vectors([EXPORT])), OPTIONS)
    assert [m.mention_id for m in result.of(InsightMember)] == ["m0001"]


def test_one_shared_rare_word_is_no_shared_meaning() -> None:
    texts = ["Has anyone cracked this", "Mr Abbott is having a cracking year"]
    far = np.array([[1.0, 0.0], [0.3, np.sqrt(1 - 0.3**2)]], dtype=np.float32)
    given = [mention(n, f"P{n}", text, statement=text) for n, text in enumerate(texts)]
    assert len(run(study(given, Vectors(tuple(texts), far)), OPTIONS).of(Insight)) == 2


def test_the_same_complaint_in_many_samples_becomes_one_insight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme_finding, "_AT_ONCE", 12)
    groups = [[f"{word} trouble {n}" for n in range(12)] for word in ("calendar", "refund", "deposit", "printer")]
    given = [mention(10 * g + n, f"P{g}-{n}", t) for g, texts in enumerate(groups) for n, t in enumerate(texts)]
    given = [_with(m, mention_id=f"m{n:04d}", segment_id=f"s{n:04d}") for n, m in enumerate(given)]
    found = run(study(given, vectors(groups)), OPTIONS).of(Insight)
    assert [i.n_people for i in found] == [12, 12, 12, 12]


def _fields(m: Mention) -> dict[str, object]:
    return {name: getattr(m, name) for name in Mention.__slots__}


def _with(m: Mention, **changed: object) -> Mention:
    return Mention(**(_fields(m) | changed))  # type: ignore[arg-type]


def test_findings_of_one_theme_are_suggested_as_the_same_both_ways() -> None:
    texts = ["Slow lift", "The lift is slow", "Slow elevator", "The elevator is slow"]
    angles = np.array([0.0, 0.02, 1.1, 1.12])
    vecs = Vectors(tuple(texts), np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32))
    options = InsightsConfig(clear=0, join=0.3, stay=0.25, match=0.6)
    found = run(study([mention(n, f"P{n}", t) for n, t in enumerate(texts)], vecs), options).of(Insight)
    assert [i.n_people for i in found] == [2, 2]
    assert [i.suggested_merges for i in found] == [(found[1].insight_id,), (found[0].insight_id,)]


def test_what_is_unsure_stays_alone() -> None:
    given = [mention(n, f"P{n}", text, probability=0.55 if n == 2 else 0.9) for n, text in enumerate(EXPORT)]
    found = by_member(run(study(given, vectors([EXPORT])), OPTIONS))
    assert found["m0000"].n_people == 3
    assert found["m0002"].n_people == 1


def test_of_kinds_that_as_many_do_the_one_counts_that_speaks_for_them() -> None:
    said = [("The export is missing", "request"), ("I cannot see where on earth that export of yours is", "pain_point")]
    given = [mention(n, f"P{n}", text, kind=kind, statement=text) for n, (text, kind) in enumerate(said)]
    (insight,) = run(study(given, vectors([[text for text, _ in said]], spread=0.05)), OPTIONS).of(Insight)
    assert (insight.statement, insight.kind) == ("The export is missing", "request")


def test_topic_is_the_one_that_most_of_its_people_speak_of() -> None:
    given = [mention(n, f"P{n}", "x y z") for n in range(3)]
    topics = [TopicAssignment(m.segment_id, t, 0.9) for m, t in zip(given, ["t1", "t2", "t2"], strict=True)]
    (insight,) = run(study(given, vectors([["x y z"]]), topics=topics), OPTIONS).of(Insight)
    assert insight.topic_id == "t2"


def test_order_of_the_input_changes_nothing() -> None:
    given = plain()
    vecs = vectors([EXPORT, PRICE])
    forward, backward = run(study(given, vecs), OPTIONS), run(study(given[::-1], vecs), OPTIONS)
    assert forward.tables == backward.tables


def test_an_insight_keeps_its_id_when_later_data_joins_it() -> None:
    dated = [_with(m, created_at=f"2024-01-{n + 1:02d}") for n, m in enumerate(plain()) if n != 1]
    vecs = vectors([[*EXPORT, "Export is nowhere"], PRICE])
    before = by_member(run(study(dated, vecs), OPTIONS))
    later = mention(50, "P50", "Export is hidden", text_key="Export is nowhere", created_at="2024-05-01")
    after = by_member(run(study([*dated, later], vecs), OPTIONS))
    assert after["m0000"].n_people == before["m0000"].n_people + 1
    assert all(after[key].insight_id == before[key].insight_id for key in before)


def test_one_sentence_of_one_person_is_one_finding() -> None:
    text = "Export is hidden, please show it"
    given = [mention(1, "P1", text), mention(2, "P1", text, kind="request")]
    (insight,) = run(study(given, vectors([[text]])), OPTIONS).of(Insight)
    assert (insight.n_people, insight.n_mentions) == (1, 2)


def test_no_mentions_no_insights_and_no_vectors_an_error() -> None:
    assert run(Batch(), OPTIONS).of(Insight) == []
    with pytest.raises(StageError, match="vectors of their segments"):
        run(Batch.make((Mention, plain())), OPTIONS)
