"""Stage three of training: what a goal's log-odds learn from a sentence's sentiment and from rows that were looked for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from training.calibrate import Sought, calibrated
from training.windows import Read
from voc_engine.mentions.heads.features import NAMES
from voc_engine.mentions.heads.linear import OUTPUTS, LinearHeads

_GOAL, _PAIN = (OUTPUTS.index(("kinds", kind)) for kind in ("goal", "pain_point"))
_LOGIT = {name: NAMES.index(f"encoder: {name}") for name in ("kinds goal", "sentiment negative", "worth worth")}


def test_a_goal_is_less_likely_in_a_complaint_where_the_labels_say_so() -> None:
    heads = _heads(complaints_have_goals=False)
    said, complained = _odds(heads, negative=-2), _odds(heads, negative=2)
    assert said[_GOAL] > complained[_GOAL] + 0.5
    # Of pain points the sentiment is not asked.
    assert said[_PAIN] == complained[_PAIN]


def test_a_goal_told_in_a_complaint_stays_where_the_labels_say_so() -> None:
    told = _odds(_heads(complaints_have_goals=True), negative=2)[_GOAL]
    assert told > 0 > _odds(_heads(complaints_have_goals=False), negative=2)[_GOAL]


def test_rows_that_were_looked_for_change_no_rate() -> None:
    """Nearly all of them have a goal: that is why they were found."""
    features, rows = _rows(400, seed=1, goals=lambda logit, _: logit > 0.8)
    many = _rows(300, seed=2, goals=lambda logit, _: logit > -1.5)
    alone = calibrated(features, rows, "x")
    beside = calibrated(features, rows, "x", Sought(*many))
    shares = [(1 / (1 + np.exp(-heads.log_odds(features)[:, _GOAL]))).mean() for heads in (alone, beside)]
    assert abs(shares[0] - shares[1]) < 0.05


def _heads(complaints_have_goals: bool) -> LinearHeads:
    def has(logit: float, negative: float) -> bool:
        return logit > 0 and (complaints_have_goals or negative < 0)

    return calibrated(*_rows(400, seed=3, goals=has), "x")


def _rows(count: int, seed: int, goals: Callable[[float, float], bool]) -> tuple[NDArray[np.float64], list[Read]]:
    """Sentences of tickets whose logits of a goal and of a negative sentiment are independent, with a little noise."""
    rng = np.random.default_rng(seed)
    features = np.zeros((count, len(NAMES)))
    for place in _LOGIT.values():
        features[:, place] = rng.normal(0, 1.5, count)
    features[:, NAMES.index("source: ticket")] = 1
    noise = rng.normal(0, 0.3, count)
    rows = []
    for row in range(count):
        logit, negative = features[row, _LOGIT["kinds goal"]] + noise[row], features[row, _LOGIT["sentiment negative"]]
        kinds = {"goal"} if goals(logit, negative) else set()
        kinds |= {"pain_point"} if negative > 1 else set()
        severity = "low" if "pain_point" in kinds else None
        rows.append(Read("", "", "ticket", f"t{row}", "random", frozenset(kinds), row % 5 > 0, severity, "", ""))
    return features, rows


def _odds(heads: LinearHeads, negative: float) -> NDArray[np.float64]:
    features = np.zeros((1, len(NAMES)))
    features[0, [_LOGIT["kinds goal"], _LOGIT["sentiment negative"]]] = 0.5, negative
    features[0, NAMES.index("source: ticket")] = 1
    odds: NDArray[np.float64] = heads.log_odds(features)[0]
    return odds
