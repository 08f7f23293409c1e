"""Reduction, clustering, stability and sampling without the shell around them."""

from __future__ import annotations

import numpy as np
import pytest

from voc_engine.records import stable_hash
from voc_engine.topics.clusters import WardTopics, nearest
from voc_engine.topics.distinct_sentences import distinct_sentences, sample
from voc_engine.topics.model import BertopicModel, CentroidAssigner
from voc_engine.topics.reduction import PrincipalComponents, unit
from voc_engine.topics.stability import bootstrap_jaccard


def clouds(sizes: list[int], spread: float, seed: int = 0) -> np.ndarray:
    draw = np.random.default_rng(seed)
    centres = unit(draw.normal(size=(len(sizes), 60)))
    rows = [
        centre + spread * draw.normal(size=(size, 60)) / np.sqrt(60)
        for centre, size in zip(centres, sizes, strict=True)
    ]
    return unit(np.concatenate(rows)).astype(np.float32)


def said(*sizes: int) -> list[frozenset[str]]:
    """One word of its own for each cloud, in every sentence."""
    return [frozenset({f"matter{cloud}"}) for cloud, size in enumerate(sizes) for _ in range(size)]


def reduced(rows: np.ndarray) -> np.ndarray:
    return PrincipalComponents().fit(rows).transform(rows)


def test_clouds_are_found_whatever_their_sizes():
    found = WardTopics(10, 60).fit(reduced(clouds([200, 60, 20], 0.6))).labels_
    owners = [set(found[a:b].tolist()) - {-1} for a, b in ((0, 200), (200, 260), (260, 280))]
    assert [len(owner) for owner in owners] == [1, 1, 1]
    assert len(set.union(*owners)) == 3


def test_a_cloud_below_the_fewest_makes_no_topic_of_its_own():
    clusters = WardTopics(30, 60).fit(reduced(clouds([200, 100, 5], 0.6)))
    assert len(clusters.centroids_) == 2


def test_no_more_topics_than_asked_for():
    assert len(WardTopics(5, 4).fit(reduced(clouds([40] * 10, 0.5))).centroids_) == 4


def test_no_topic_swallows_a_study_of_loose_sentences():
    found = WardTopics(20, 60).fit(reduced(clouds([3] * 400, 1.0))).labels_
    counts = np.bincount(found[found >= 0])
    assert counts.max() / len(found) < 0.25
    assert 0.0 < (found < 0).mean() <= 0.35


def test_too_few_rows_or_rows_all_alike_give_no_topics():
    assert set(WardTopics(10, 60).fit(reduced(clouds([19], 0.5))).labels_) == {-1}
    assert set(WardTopics(3, 60).fit(np.tile(np.eye(1, 60), (40, 1))).labels_) == {-1}


def test_components_have_fixed_signs_and_unit_rows():
    rows = clouds([50, 50], 0.6)
    first, second = PrincipalComponents(10).fit(rows), PrincipalComponents(10).fit(rows[::-1])
    assert np.allclose(first.transform(rows), second.transform(rows), atol=1e-5)
    assert np.allclose(np.linalg.norm(first.transform(rows), axis=1), 1)


def test_the_first_of_equally_near_centroids_wins():
    assert nearest(np.eye(1, 3), np.stack([np.eye(1, 3)[0]] * 2))[0].tolist() == [0]


def test_probability_rises_with_nearness_and_is_one_half_at_the_threshold():
    reduction = PrincipalComponents(3).fit(np.concatenate([np.eye(3), -np.eye(3)]))
    assigner = CentroidAssigner(reduction, reduction.transform(np.eye(1, 3)), np.zeros(1, dtype=np.int64), 0.4)
    cosines = [-0.5, 0.0, 0.2, 0.39, 0.4, 0.7, 1.0]
    rows = np.array([[cosine, np.sqrt(1 - cosine**2), 0.0] for cosine in cosines])
    given = assigner.place(rows)[:, 0]
    assert given.tolist() == sorted(given.tolist())
    assert given[4] == pytest.approx(0.5, abs=1e-6)
    assert given[0] == given[1] == 0.0
    assert given[-1] == 1.0
    assert given[3] < 0.5


def test_stability_is_high_for_clouds_and_low_for_a_cut_through_one():
    apart = clouds([60, 60], 0.5)
    assert min(bootstrap_jaccard(apart, said(60, 60), np.repeat([0, 1], 60), 10, 60)) > 0.9
    wrong = np.tile([0, 1], 60)
    assert max(bootstrap_jaccard(apart, said(60, 60), wrong, 10, 60)) < 0.5


def test_stability_is_not_measured_for_a_large_fit(monkeypatch):
    monkeypatch.setattr("voc_engine.topics.stability.LARGEST", 50)
    rows = clouds([60, 60], 0.5)
    assert bootstrap_jaccard(rows, said(60, 60), np.repeat([0, 1], 60), 10, 60) == (None, None)


def test_more_sentences_than_a_tree_can_hold_are_thinned_not_refused(monkeypatch):
    monkeypatch.setattr("voc_engine.topics.model.LARGEST", 60)
    texts = [f"login code {at} late" for at in range(90)] + [f"monthly invoice {at} wrong" for at in range(90)]
    found = BertopicModel().fit(texts, clouds([90, 90], 0.5), 20, 60)
    assert found is not None
    assert len(found.phrases) == 2


def test_the_sample_is_even_stable_and_without_fillers(make_segment):
    said = [make_segment(at, f"matter number{at} hereabouts", "P1") for at in range(300)]
    sentences = distinct_sentences([*said, make_segment(999, "Yeah.", "P2")])
    drawn = sample(sentences, 100)
    assert [one.key for one in drawn] == sorted(one.key for one in drawn)
    assert len(drawn) == 100
    assert stable_hash("Yeah.") not in {one.key for one in sample(sentences, 400)}
    # Another sentence more changes at most one of the drawn.
    again = sample(distinct_sentences([*said, make_segment(400, "matter newcomer hereabouts", "P1")]), 100)
    assert len({one.key for one in drawn} & {one.key for one in again}) >= 99
