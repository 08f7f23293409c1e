"""What the page shows at once is what the next run gives: the same functions, on any sequence of decisions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc_engine.config.sections import InsightsConfig, PersonasConfig
from voc_engine.insights import replay as insights
from voc_engine.mentions import replay as mentions
from voc_engine.personas import replay as personas
from voc_engine.records import (
    Batch,
    Decision,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Passage,
    Persona,
    Segment,
    Vectors,
    in_force,
)
from voc_engine.review.material import Material
from voc_engine.review.overlay import Overlay
from voc_engine.runners.decide import REPLAYS
from voc_engine.runners.targets import resolve

from .reviewed_study import PAIN, tables

STUDY = tables()
PIECES = [one.mention_id for one in STUDY.of(Mention)]
ITEMS, HOMES, PEOPLE = ["i-a", "i-b", "i-c"], ["p-a", "p-b"], [one.person_id for one in STUDY.of(Membership)]


def with_vectors(batch: Batch) -> Batch:
    import numpy as np

    keys = tuple(one.text_key for one in batch.of(Segment))
    rows = np.zeros((len(keys), 4), np.float32)
    rows[np.arange(len(keys)), np.arange(len(keys)) % 4] = 1
    return Batch(batch.tables, Vectors(keys, rows))


def rerun(decisions: list[Decision]) -> Batch:
    """What the stages make of the decisions: each room's replay on what the run gave, as ``runners.decide`` calls it."""
    mention, insight, persona = (row for row in REPLAYS if row.target not in ("topic", "code"))
    known = {one.document_id for one in STUDY.tables[type(STUDY.tables[Mention][0])]} | set(PIECES)
    found = [one.decision for one in resolve([d for d in decisions if mention.takes(d)], {}, known)]
    left = mentions.replayed(STUDY, None, found).of(Mention)
    batch = with_vectors(Batch({**STUDY.tables, Mention: left}))
    kept = {one.mention_id for one in left}
    batch.tables[InsightMember] = [one for one in STUDY.of(InsightMember) if one.mention_id in kept]
    home = {one.mention_id: one.insight_id for one in STUDY.of(InsightMember)}
    on = [one.decision for one in resolve([d for d in decisions if insight.takes(d)], home, {*ITEMS, *PIECES, *kept})]
    grouped = insights.replayed(batch, InsightsConfig(), [one for one in on if one.target_id not in set(PIECES) - kept])
    crowd = {one.person_id: one.persona_id for one in STUDY.of(Membership)}
    who = [one.decision for one in resolve([d for d in decisions if persona.takes(d)], crowd, {*HOMES, *PEOPLE})]
    cast = personas.replayed(with_vectors(STUDY), PersonasConfig(), who)
    return Batch({**batch.tables, **grouped.tables, **cast.tables})


def decision() -> st.SearchStrategy[Decision]:
    pieces, items, people = st.sampled_from(PIECES), st.sampled_from(ITEMS), st.sampled_from(PEOPLE)
    homes = st.sampled_from(HOMES)
    kinds = st.sampled_from(["goal", "objection", "delight"])
    several = st.lists(pieces, min_size=1, max_size=4, unique=True).map(" ".join)
    some = st.lists(people, min_size=1, max_size=4, unique=True).map(" ".join)
    return st.one_of(
        st.builds(Decision, st.just("mention"), pieces, st.just("relabel"), kinds),
        st.builds(Decision, st.just("mention"), pieces, st.just("severity"), st.sampled_from(["low", "high"])),
        st.builds(Decision, st.just("mention"), pieces, st.sampled_from(["pin", "accept"])),
        st.builds(Decision, st.just("mention"), pieces, st.just("move"), st.sampled_from([*ITEMS, "none"])),
        st.builds(Decision, st.just("insight"), items, st.just("rename"), st.sampled_from(["One", "Two"])),
        st.builds(Decision, st.just("insight"), items, st.just("merge"), items),
        st.builds(Decision, st.just("insight"), items, st.just("split"), several),
        st.builds(Decision, st.just("persona"), homes, st.just("split"), some),
        st.builds(Decision, st.just("person"), people, st.just("assign"), st.sampled_from([*HOMES, "none"])),
        st.builds(
            Decision, st.sampled_from(["insight"]), items, st.just("withdraw"), st.sampled_from(["merge", "split"])
        ),
    )


@pytest.mark.filterwarnings("ignore")
@given(st.lists(decision(), max_size=12))
def test_page_and_next_run_say_the_same_of_items_people_and_counts(made: list[Decision]) -> None:
    holding = in_force(made)
    overlay, again = Overlay(Material("r", "t", STUDY), holding), rerun(holding)
    told = {one.insight_id: (one.n_people, one.n_mentions, one.share_low) for one in overlay.counted.values()}
    given_again = {one.insight_id: (one.n_people, one.n_mentions, one.share_low) for one in again.of(Insight)}
    assert told == given_again
    home = {one.mention_id: one.insight_id for one in again.of(InsightMember)}
    assert {key: overlay.home(key) for key in PIECES} == {key: home.get(key) for key in PIECES}
    assert {one.mention_id: one for one in again.of(Mention)} == {
        key: one for key in PIECES if (one := overlay.mention(key)) is not None
    }
    crowd = {one.person_id: one.persona_id for one in again.of(Membership)}
    assert {person: overlay.crowds.of(person) for person in PEOPLE} == crowd
    assert {one.persona_id for one in again.of(Persona)} <= {key for key, _, _ in overlay.personas()}


def test_a_rejected_passage_leaves_its_finding_and_an_added_one_joins_it() -> None:
    passage = Passage(0, 4, "pain_point", "Ouch", "i-b")
    decisions = [Decision("mention", "m08a", "reject"), Decision("document", "d01", "add", passage.as_value())]
    overlay = Overlay(Material("r", "t", STUDY), decisions)
    after = overlay.insight("i-b")
    assert after is not None
    # P0008 is out, P0001 came in.
    assert (after.n_people, after.n_mentions, after.fresh) == (5, 5, False)
    assert overlay.mention("m08a") is None
    (new,) = overlay.added.values()
    assert (new.quote, new.person_id) == ("Ouch", "P0001")


def test_words_of_who_may_not_be_quoted_are_shown_nowhere(tmp_path: Path) -> None:
    from .reviewed_study import Browser, desk

    browser = Browser(desk(tmp_path, withheld=frozenset({"P0003"})))
    for path in ("/", "/insight/i-a", "/document/d03", "/person/P0003", "/search?words=number+3", "/codebook"):
        assert "said number 3" not in browser.get(path)
    shown = browser.get("/document/d03")
    assert "withheld" in shown
    assert PAIN not in shown
