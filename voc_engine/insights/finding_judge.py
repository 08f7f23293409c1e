"""A finding looked at as a whole: whether each of its members says its heading.

A finding is gathered by how near each member is to one clause. Once it stands there is more to see: how near a member is to
the others, which words it shares with the heading, how sure it is that the member was meant so at all. A logistic
regression weighs that, fitted on findings of real texts that were read (``training/members.py``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from voc_engine.insights.shared_words import Floats, said_words
from voc_engine.insights.units import Unit
from voc_engine.records import Mention

FEATURES = ("meaning", "others", "words", "sure", "people", "two")
# Two are looked at apart; more than the other number make a member no likelier.
_TWO, _MOST_PEOPLE = 2, 8


def member_features(
    mentions: Sequence[Mention],
    units: Sequence[Unit],
    meaning: Floats,
    title: Floats,
    wording: str,
    members: int | None = None,
) -> Floats:
    """What is seen of each unit of a finding, shape (units, FEATURES). ``meaning`` (units, dimensions): their centred
    vectors of unit length; ``title`` (dimensions,): that of the heading, ``wording``; ``members``: so many units, the
    first, are of the finding, and the others might join it; all of them if absent.

    The cosine to the heading and to the mean of the other members, the share of content words that it and the heading have
    in common (Jaccard), the probability of the mention, and how many people the finding has.
    """
    inside = len(units) if members is None else members
    whole = meaning[:inside].sum(axis=0)
    to_others = meaning @ whole
    # The mean of the others is the whole less oneself, of length 1.
    length = np.full(len(units), whole @ whole)
    length[:inside] -= 2 * to_others[:inside] - 1
    to_others[:inside] -= 1
    title_words = frozenset(said_words(wording))
    people: set[str] = set()
    words, sure = [], []
    for number, unit in enumerate(units):
        of_unit = [mentions[row] for row in unit.rows]
        if number < inside:
            people.update(mention.person_id for mention in of_unit)
        sure.append(max(mention.probability for mention in of_unit))
        other = said_words(of_unit[0].statement or of_unit[0].quote)
        both = sum(word in title_words for word in other)
        words.append(both / max(1, len(title_words) + len(other) - both))
    features = np.empty((len(units), len(FEATURES)), np.float32)
    features[:, 0], features[:, 1] = meaning @ title, to_others / np.sqrt(np.maximum(length, 1e-9))
    features[:, 2], features[:, 3] = words, sure
    features[:, 4], features[:, 5] = np.log(min(len(people), _MOST_PEOPLE)), float(len(people) == _TWO)
    return np.round(features, 4)


def member_chances(features: Floats) -> npt.NDArray[np.float64]:
    """Probability that each says the heading, shape (units,), in steps of 0.0001. ``features`` (units, FEATURES)."""
    weights, constant = _weights()
    return np.asarray(np.round(1 / (1 + np.exp(-(constant + features.astype(np.float64) @ weights))), 4), np.float64)


@cache
def _weights() -> tuple[npt.NDArray[np.float64], float]:
    fitted = json.loads((files("voc_engine.insights") / "model" / "findings.json").read_text("utf-8"))
    return np.array([fitted["weights"][name] for name in FEATURES], np.float64), float(fitted["constant"])
