"""Insights merged and split by people: counted anew from the people behind them, the rest untouched."""

from __future__ import annotations

import pytest

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.replay import replayed
from voc_engine.insights.stage import run
from voc_engine.records import Batch, Decision, Insight, InsightMember
from voc_engine.runners.targets import resolve

from .test_insights_stage import EXPORT, PRICE, mention, study, vectors

OPTIONS = InsightsConfig(clear=0)
THIRD = ["Nobody answers the phone", "I never get a call back"]


@pytest.fixture(scope="module")
def batch() -> Batch:
    """Four people on the export, three on the price (one of them of the four), two on the phone."""
    people = ["P1", "P2", "P3", "P4", "P4", "P5", "P6", "P7", "P8"]
    texts = [*EXPORT, *PRICE, *THIRD]
    mentions = [mention(number, who, text) for number, (who, text) in enumerate(zip(people, texts, strict=True))]
    given = study(mentions, vectors([EXPORT, PRICE, THIRD]))
    found = run(given, OPTIONS)
    return Batch({**given.tables, **found.tables}, given.vectors)


def homes(batch: Batch) -> dict[str, str]:
    return {one.mention_id: one.insight_id for one in batch.of(InsightMember)}


def decided(batch: Batch, *decisions: Decision) -> Batch:
    ids = [one.insight_id for one in batch.of(Insight)]
    return replayed(batch, OPTIONS, [one.decision for one in resolve(decisions, homes(batch), ids)])


def test_the_merged_insight_counts_each_person_once_and_keeps_the_id_that_took_it_in(batch):
    home = homes(batch)
    export, price, phone = home["m0000"], home["m0004"], home["m0007"]
    assert len({export, price, phone}) == 3
    done = decided(batch, Decision("insight", price, "merge", export))
    left = {one.insight_id: one for one in done.of(Insight)}
    assert set(left) == {export, phone}
    assert (left[export].n_people, left[export].n_mentions) == (6, 7)
    untouched = {one.insight_id: one for one in batch.of(Insight)}[phone]
    assert (left[phone].statement, left[phone].n_people) == (untouched.statement, untouched.n_people)
    assert set(homes(done)) == set(home)


def test_what_is_split_off_is_an_insight_of_its_own_that_later_decisions_may_mean(batch):
    home = homes(batch)
    split = Decision("insight", home["m0000"], "split", "m0002 m0003")
    done = decided(batch, Decision("insight", split.split_id, "rename", "Export takes too long"), split)
    left = {one.insight_id: one for one in done.of(Insight)}
    assert left[split.split_id].title == "Export takes too long"
    assert (left[split.split_id].n_people, left[home["m0000"]].n_people) == (2, 2)
    assert homes(done)["m0002"] == homes(done)["m0003"] == split.split_id


def test_a_split_and_a_merge_undo_each_other(batch):
    home = homes(batch)
    split = Decision("insight", home["m0000"], "split", "m0003")
    done = decided(batch, split, Decision("insight", split.split_id, "merge", home["m0000"]))
    assert homes(done) == home


def test_priorities_stay_comparable_after_a_merge(batch):
    home = homes(batch)
    done = decided(batch, Decision("insight", home["m0004"], "merge", home["m0000"]))
    priorities = [one.priority for one in done.of(Insight)]
    assert priorities == sorted(priorities, reverse=True)
    assert done.of(Insight)[0].insight_id == home["m0000"]
    assert all(0 <= one <= 1 for one in priorities)


def test_a_pinned_quote_speaks_for_its_insight(batch):
    from dataclasses import replace

    from voc_engine.records import Mention

    pinned = [replace(one, pinned=one.mention_id == "m0002") for one in batch.of(Mention)]
    found = run(Batch({**batch.tables, Mention: pinned}, batch.vectors), OPTIONS)
    export = next(one for one in found.of(Insight) if one.insight_id == homes(batch)["m0002"])
    assert export.medoid_mention_id == "m0002"


def test_decisions_that_touch_nothing_leave_every_byte_as_it_was(batch):
    done = decided(batch, Decision("insight", "i-gone", "merge", "i-also-gone"))
    assert done.of(Insight) == list(batch.of(Insight))
    assert homes(done) == homes(batch)
