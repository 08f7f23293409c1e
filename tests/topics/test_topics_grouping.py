"""Fine groups become topics that can be read: what shares no matter goes, the rest merges with what is near."""

from __future__ import annotations

import numpy as np

from voc_engine.topics.grouping import ReadableTopics, SharedWords, merged
from voc_engine.topics.reduction import PrincipalComponents, unit


def clouds(centres: np.ndarray, each: int, spread: float = 0.5) -> np.ndarray:
    draw = np.random.default_rng(0)
    rows = np.repeat(unit(centres), each, axis=0)
    rows = unit(rows + spread * draw.normal(size=rows.shape) / np.sqrt(rows.shape[1]))
    return PrincipalComponents().fit(rows).transform(rows)


def three_clouds() -> np.ndarray:
    return clouds(np.random.default_rng(1).normal(size=(3, 60)), 40)


def test_a_group_that_shares_only_time_words_and_fillers_is_dissolved():
    words = [frozenset({"code"})] * 40 + [frozenset({"invoice"})] * 40 + [frozenset()] * 40
    found = ReadableTopics(words, 10, 20).fit(three_clouds()).labels_
    assert set(found[:40]) | set(found[40:80]) >= {0, 1}
    assert (found[80:] < 0).mean() > 0.8


def test_a_group_whose_sentences_have_no_word_in_common_is_dissolved():
    loose = [frozenset({f"word{at}", f"other{at}"}) for at in range(40)]
    words = [frozenset({"code"})] * 40 + [frozenset({"invoice"})] * 40 + loose
    found = ReadableTopics(words, 10, 20).fit(three_clouds())
    assert found.parents_.tolist() == [0, 1]


def test_words_that_everybody_says_are_no_matter():
    words = [frozenset({"people"})] * 40 + [frozenset({"people", "code"})] * 40
    shares = SharedWords(words)
    assert shares.among(np.arange(40, 80)) == 1.0
    assert SharedWords([frozenset({f"w{at}"}) for at in range(9)]).among(np.arange(9)) == 0.0
    assert shares.among(np.arange(0)) == 0.0


def test_fewer_topics_come_from_merging_the_nearest_and_nothing_is_left_out():
    draw = np.random.default_rng(2).normal(size=(3, 60))
    centres = np.stack([draw[0], draw[1], draw[2], draw[2] + 0.5 * np.random.default_rng(3).normal(size=60)])
    rows = clouds(centres, 40, 0.3)
    words = [frozenset({f"matter{at // 40}"}) for at in range(160)]
    apart, together = ReadableTopics(words, 10, 4).fit(rows), ReadableTopics(words, 10, 3).fit(rows)
    assert sorted(np.bincount(apart.labels_[apart.labels_ >= 0], minlength=4) > 20) == [True] * 4
    owner = [np.bincount(together.labels_[at : at + 40] + 1).argmax() - 1 for at in (0, 40, 80, 120)]
    assert owner[2] == owner[3]
    assert len({owner[0], owner[1], owner[2]}) == 3
    assert (together.labels_ < 0).sum() == (apart.labels_ < 0).sum()


def test_a_pair_that_would_share_no_matter_waits_until_no_other_is_left():
    points = unit(np.array([[1.0, 0.0], [0.98, 0.2], [0.0, 1.0], [-0.3, 0.95]]))
    owner = np.arange(4)
    assert merged(points, owner, 4, 3, lambda union: True).tolist() == [0, 0, 1, 2]
    assert merged(points, owner, 4, 3, lambda union: union != [0, 1]).tolist() == [0, 1, 2, 2]
    assert merged(points, owner, 4, 3, lambda union: False).tolist() == [0, 0, 1, 2]
    assert merged(points, owner, 4, 1, lambda union: False).tolist() == [0, 0, 0, 0]


def test_groups_stand_in_the_order_of_their_topics():
    words = [frozenset({f"matter{at // 40}"}) for at in range(120)]
    found = ReadableTopics(words, 10, 2).fit(three_clouds())
    assert found.parents_.tolist() == sorted(found.parents_.tolist())
    assert set(found.parents_) == {0, 1}
    assert len(found.centroids_) == len(found.parents_) == 3
