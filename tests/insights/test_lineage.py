"""Insight ids when people join, leave and come with earlier dates."""

from __future__ import annotations

from dataclasses import replace

from voc_engine.insights.lineage import with_earlier_ids
from voc_engine.insights.stage import run
from voc_engine.records import Batch, Insight, InsightMember

from .made import OPTIONS, by_member, mention, study, vectors

THINGS = {
    thing: [f"{thing} trouble number{n}" for n in range(10)] for thing in ("calendar", "refund", "deposit", "printer")
}


def said(keep: range) -> Batch:
    mentions = [
        mention(100 * t + n, f"P{t}-{n}", text, created_at=f"2025-01-{10 + n}")
        for t, texts in enumerate(THINGS.values())
        for n, text in enumerate(texts)
        if n in keep
    ]
    return run(study(mentions, vectors(list(THINGS.values()))), OPTIONS)


def test_people_who_come_later_change_no_id() -> None:
    first, all_of_them = said(range(8)), said(range(10))
    assert {i.insight_id for i in first.of(Insight)} == {i.insight_id for i in all_of_them.of(Insight)}


def test_an_insight_keeps_its_id_when_its_founder_is_removed() -> None:
    before, without = said(range(10)), said(range(1, 10))
    ids = {key: one.insight_id for key, one in by_member(before).items()}
    assert all(ids[key] != one.insight_id for key, one in by_member(without).items())
    kept = with_earlier_ids(without, before)
    assert {key: one.insight_id for key, one in by_member(kept).items()} == {
        key: one for key, one in ids.items() if key in by_member(without)
    }
    assert len(kept.of(InsightMember)) == len(without.of(InsightMember))


def two(home: dict[str, str]) -> Batch:
    result = said(range(2))
    first = result.of(Insight)[0]
    names = sorted(set(home.values()))
    insights = [_named(first, name, [other for other in names if other != name]) for name in names]
    return Batch.make((Insight, insights), (InsightMember, [InsightMember(*pair) for pair in sorted(home.items())]))


def _named(one: Insight, name: str, others: list[str]) -> Insight:
    return replace(one, insight_id=name, suggested_merges=tuple(others))


def test_the_largest_piece_of_a_split_keeps_the_id_and_suggestions_follow() -> None:
    before = two(dict.fromkeys("abcde", "i-old"))
    after = two({"a": "i-x", "b": "i-x", "c": "i-y", "d": "i-y", "e": "i-y", "f": "i-y"})
    found = with_earlier_ids(after, before)
    assert {m.mention_id: m.insight_id for m in found.of(InsightMember)}["c"] == "i-old"
    assert {i.insight_id: i.suggested_merges for i in found.of(Insight)} == {"i-old": ("i-x",), "i-x": ("i-old",)}


def test_ids_stay_distinct_when_a_founder_moved_into_another_insight() -> None:
    before = two({"a": "i-1", "b": "i-1", "c": "i-1", "d": "i-2", "e": "i-2"})
    # The founder "a" went away to say something else, and its claim now founds a third insight.
    after = two({"a": "i-1", "z": "i-1", "y": "i-1", "b": "i-9", "c": "i-9", "d": "i-2", "e": "i-2"})
    found = with_earlier_ids(after, before)
    home = {m.mention_id: m.insight_id for m in found.of(InsightMember)}
    assert home["b"] == "i-1"
    assert home["d"] == "i-2"
    assert home["z"] not in ("i-1", "i-2")
    assert len({i.insight_id for i in found.of(Insight)}) == 3


def test_ids_of_a_first_run_stay_as_they_are() -> None:
    result = said(range(5))
    assert with_earlier_ids(result, Batch()).tables == result.tables


def test_the_same_mentions_in_any_order_get_the_same_ids() -> None:
    before = said(range(10))
    again = with_earlier_ids(said(range(3, 10)), before)
    turned = Batch.make((Insight, before.of(Insight)[::-1]), (InsightMember, before.of(InsightMember)[::-1]))
    assert with_earlier_ids(said(range(3, 10)), turned).tables == again.tables
