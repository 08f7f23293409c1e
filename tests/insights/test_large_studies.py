"""Studies too large to be clustered whole: sampled, placed and left over, with the promises of small ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voc_engine.insights import cluster, lazy_claims, neighbourhoods, opposites, sampled, suggest
from voc_engine.insights.claim_terms import addressees, term_rows
from voc_engine.insights.claims import Ints
from voc_engine.insights.opposites import Leanings, clashing, leanings
from voc_engine.insights.stage import run
from voc_engine.insights.units import make_units
from voc_engine.insights.wordtable import word_table
from voc_engine.records import Insight, InsightMember, Mention

from .made import OPTIONS, by_member, mention, study, vectors

THINGS = ["calendar", "refund", "deposit", "printer", "invoice", "reminder", "payout", "receipt"]


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few hundred claims count as many."""
    monkeypatch.setattr(sampled, "WHOLE", 120)
    monkeypatch.setattr(sampled, "SAMPLE", 80)
    monkeypatch.setattr(neighbourhoods, "LIMIT", 40)
    monkeypatch.setattr(opposites, "SMALL", 8)


def crowd(each: int) -> tuple[list[Mention], list[list[str]]]:
    groups = [[f"{thing} trouble number{n}" for n in range(each)] for thing in THINGS]
    groups.append([f"something{n} else{n} altogether{n}" for n in range(20)])
    texts = [text for group in groups for text in group]
    # What nobody else says has a direction of its own.
    return [mention(n, f"P{n}", text) for n, text in enumerate(texts)], [*groups[:-1], *([text] for text in groups[-1])]


@pytest.mark.usefixtures("small_limits")
def test_what_many_say_is_found_whole_and_what_one_says_stays_alone() -> None:
    given, groups = crowd(60)
    found = by_member(run(study(given, vectors(groups, spread=0.6)), OPTIONS))
    assert len(found) == len(given)
    for number, thing in enumerate(THINGS):
        own = [found[m.mention_id].insight_id for m in given[60 * number : 60 * number + 60]]
        assert max(own.count(one) for one in set(own)) >= 57, thing
    assert all(found[m.mention_id].n_people == 1 for m in given[-20:])


@pytest.mark.usefixtures("small_limits")
def test_order_of_the_input_changes_nothing_in_a_sampled_study() -> None:
    given, groups = crowd(30)
    vecs = vectors(groups, spread=0.8)
    assert run(study(given, vecs), OPTIONS).tables == run(study(given[::-1], vecs), OPTIONS).tables


@pytest.mark.usefixtures("small_limits")
def test_opposites_never_share_an_insight_of_a_sampled_study() -> None:
    good = [f"the {thing} works in case{n}" for thing in THINGS for n in range(25)]
    bad = [f"the {thing} never works in case{n}" for thing in THINGS for n in range(25)]
    given = [mention(n, f"P{n}", text, kind="request", sentiment="neutral") for n, text in enumerate([*good, *bad])]
    near = [[t for t in (*good, *bad) if thing in t] for thing in THINGS]
    found = by_member(run(study(given, vectors(near, spread=0.3)), OPTIONS))
    assert no_opposites(given, {key: one.insight_id for key, one in found.items()})


def no_opposites(given: list[Mention], home: dict[str, str]) -> bool:
    units = make_units(sorted(given, key=lambda m: m.mention_id))
    leaning = leanings(units)
    ordered = sorted(given, key=lambda m: m.mention_id)
    homes = np.array([home[ordered[unit.rows[0]].mention_id] for unit in units])
    together = homes[:, None] == homes[None]
    rows = np.arange(len(units))
    return not (leaning.at(rows).opposed(leaning.at(rows)) & together).any()


def test_a_study_below_the_limit_is_not_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    given, groups = crowd(10)
    vecs = vectors(groups, spread=0.6)
    whole = run(study(given, vecs), OPTIONS)
    monkeypatch.setattr(sampled, "_turn", None)  # would fail if it were called
    assert run(study(given, vecs), OPTIONS).tables == whole.tables
    assert sampled.WHOLE == 20_000  # told in docs/method.md


WORDS = st.sampled_from(["export", "sync", "calendar", "price", "rota", "button"])
VERBS = st.sampled_from(["works", "fails", "is easy", "is hard", "is too small", "is too big", "opens", "stays"])
KINDS = st.sampled_from(["request", "pain_point", "delight"])
DENIALS = st.sampled_from(["", "not ", "never ", "hardly "])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(WORDS, DENIALS, VERBS, KINDS), min_size=2, max_size=14),
    st.sampled_from([0.05, 0.4]),
)  # fmt: skip
def test_no_insight_ever_holds_a_claim_and_its_denial(claims: list[tuple[str, str, str, str]], spread: float) -> None:
    mood = {"pain_point": "negative", "delight": "positive", "request": "neutral"}
    said = [(f"the {word} {denial}{verb}", kind) for word, denial, verb, kind in claims]
    given = [mention(n, f"P{n}", text, kind=kind, sentiment=mood[kind]) for n, (text, kind) in enumerate(said)]
    result = run(study(given, vectors([[text for text, _ in dict(said).items()]], spread=spread)), OPTIONS)
    assert no_opposites(given, {one.mention_id: one.insight_id for one in result.of(InsightMember)})
    by_id = {one.insight_id: one for one in result.of(Insight)}
    for one in by_id.values():
        assert all(one.insight_id in by_id[other].suggested_merges for other in one.suggested_merges)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_clashes_of_large_clusters_are_those_of_looking_at_every_pair(seed: int) -> None:
    """Rows that must leave, found by shared stems, are those that the matrix of all pairs gives."""
    from scipy.sparse import csr_array

    random = np.random.default_rng(seed)
    count = 40
    ends = np.zeros((count, 2), dtype=np.float32)
    ends[:, 0] = random.integers(-1, 2, size=count)
    stems = csr_array((random.random((count, 7)) < 0.3).astype(np.float32))
    felt = random.choice([0.0, 0.0, 1.0, -1.0], size=count).astype(np.float32)
    own = Leanings(
        felt,
        random.integers(-1, 2, size=count).astype(np.float32),
        random.integers(0, 2, size=count).astype(np.float32),
        ends,
        stems,
    )
    labels, far = random.integers(0, 2, size=count), np.round(random.random(count), 2)
    whole = clashing(own, labels, far)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opposites, "SMALL", 5)
        patch.setattr(opposites, "FEW_ROWS", 3)
        assert (clashing(own, labels, far) == whole).all()
        patch.setattr(opposites, "MOST_PAIRS", 0)
        kept = ~clashing(own, labels, far)
    rows = np.flatnonzero(kept)
    clash = own.at(rows).opposed(own.at(rows)) & (labels[rows][:, None] == labels[rows][None])
    assert not clash.any()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_words_shared_by_chosen_pairs_are_the_products_of_their_rows(seed: int) -> None:
    from scipy.sparse import random_array

    random = np.random.default_rng(seed)
    ones, others = (
        random_array((rows, 9), density=density, rng=random, dtype=np.float32).tocsr()
        for rows, density in ((12, 0.3), (5, float(random.random())))
    )
    rows, homes = random.integers(0, 12, size=30), random.integers(0, 5, size=30)
    expected = (ones @ others.T).toarray()[rows, homes]
    assert np.allclose(word_table(others).shared(ones, rows, homes), expected, atol=1e-6)


@pytest.mark.usefixtures("small_limits")
def test_the_size_of_the_pieces_that_a_large_study_is_worked_in_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given, groups = crowd(40)
    vecs = vectors(groups, spread=0.7)
    whole = run(study(given, vecs), OPTIONS)
    monkeypatch.setattr(lazy_claims, "CHUNK", 33)
    monkeypatch.setattr(cluster, "CLOSENESSES", 1)
    monkeypatch.setattr(suggest, "BLOCK", 2)
    assert run(study(given, vecs), OPTIONS).tables == whole.tables


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 12))
def test_suggestions_are_those_of_taking_all_near_pairs_in_turn(seed: int, count: int) -> None:
    """Regression: the pairs of all neighbourhoods were listed at once, which took most of the memory of a large study."""
    texts = [f"{thing} {word} number{n}" for n in range(count) for thing in THINGS[:2] for word in ("works", "fails")]
    given = [mention(n, f"P{n}", text, kind="request", sentiment="neutral") for n, text in enumerate(texts)]
    units = make_units(given)
    leaning = leanings(units)
    random = np.random.default_rng(seed)
    dense = random.standard_normal((len(units), 4)).astype(np.float32)
    rows = lazy_claims.Rows(dense, np.arange(len(units)), np.arange(len(units) + 1))
    claims = lazy_claims.lazy_claims(rows, term_rows(given, units, addressees(())), leaning.felt, ())
    labels = np.unique(random.integers(0, len(units), size=len(units)), return_inverse=True)[1]
    assert suggest.suggest(claims, leaning, labels, 0.6) == in_turn(claims, leaning, labels, 0.6)


def in_turn(claims: lazy_claims.LazyClaims, leaning: Leanings, labels: Ints, distance: float) -> list[tuple[int, ...]]:
    middles = claims.means(labels)
    apart = middles.apart(middles)
    found: list[list[int]] = [[] for _ in range(len(middles))]
    pairs = [(float(apart[i, j]), i, j) for i in range(len(middles)) for j in range(i) if apart[i, j] <= distance]
    for _, one, other in sorted((far, min(i, j), max(i, j)) for far, i, j in pairs):
        ends = [leaning.at(np.flatnonzero(labels == number)) for number in (one, other)]
        if max(len(found[one]), len(found[other])) < 3 and not ends[0].opposed(ends[1]).any():
            found[one].append(other)
            found[other].append(one)
    return [tuple(others) for others in found]
