"""Large studies: grouped sample by sample, and as if they had been grouped at once."""

from __future__ import annotations

import numpy as np
import pytest

from voc_engine.insights import theme_finding
from voc_engine.insights.stage import run
from voc_engine.records import Mention

from .made import OPTIONS, by_member, mention, study, vectors

THINGS = ["calendar", "refund", "deposit", "printer"]


@pytest.fixture
def small_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few hundred units count as many."""
    monkeypatch.setattr(theme_finding, "_AT_ONCE", 80)
    monkeypatch.setattr(theme_finding, "_CHUNK", 32)


def crowd(each: int) -> tuple[list[Mention], list[list[str]]]:
    groups = [[f"{thing} trouble number{n}" for n in range(each)] for thing in THINGS]
    groups.append([f"something{n} else{n} altogether{n}" for n in range(20)])
    texts = [text for group in groups for text in group]
    # What nobody else says has a direction of its own.
    return [mention(n, f"P{n}", text) for n, text in enumerate(texts)], [*groups[:-1], *([text] for text in groups[-1])]


@pytest.mark.usefixtures("small_samples")
def test_what_many_say_is_found_whole_and_what_one_says_stays_alone() -> None:
    given, groups = crowd(60)
    found = by_member(run(study(given, vectors(groups, spread=0.4)), OPTIONS))
    assert len(found) == len(given)
    for number, thing in enumerate(THINGS):
        own = [found[m.mention_id].insight_id for m in given[60 * number : 60 * number + 60]]
        assert max(own.count(one) for one in set(own)) >= 57, thing
    assert all(found[m.mention_id].n_people == 1 for m in given[-20:])


@pytest.mark.usefixtures("small_samples")
def test_order_of_the_input_changes_nothing_in_a_sampled_study() -> None:
    given, groups = crowd(30)
    vecs = vectors(groups, spread=0.5)
    assert run(study(given, vecs), OPTIONS).tables == run(study(given[::-1], vecs), OPTIONS).tables


@pytest.mark.usefixtures("small_samples")
def test_a_claim_and_its_opposite_never_share_an_insight_of_a_sampled_study() -> None:
    small = [f"the screen is too small number{n}" for n in range(60)]
    big = [f"the screen is too big number{n}" for n in range(60)]
    given = [mention(n, f"P{n}", text) for n, text in enumerate([*small, *big])]
    found = by_member(run(study(given, vectors([[*small, *big]], spread=0.2)), OPTIONS))
    home = {side: {found[m.mention_id].insight_id for m in given if side in m.quote} for side in ("small", "big")}
    assert not home["small"] & home["big"]


@pytest.mark.usefixtures("small_samples")
def test_parts_of_a_sample_give_the_insights_of_the_sample_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    given, groups = crowd(40)
    batch = study(given, vectors(groups, spread=0.5))
    by_parts = run(batch, OPTIONS).tables
    monkeypatch.setattr(theme_finding, "_parts", lambda joined: [np.arange(len(joined))])
    assert run(batch, OPTIONS).tables == by_parts
