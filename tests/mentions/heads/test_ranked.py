"""Figures of an encoder before heads are made for it: by group, of documents that taught nothing."""

from __future__ import annotations

import numpy as np
import pytest

from training.gold import Contrast
from training.ranked import contrast_figures, figures
from training.windows import Read
from voc_engine.mentions.heads.encoder import LOGITS, WIDTH, Encoded
from voc_engine.mentions.heads.labels import SENTENCE_HEADS
from voc_engine.records import MENTION_KINDS, SENTIMENTS

_COLUMN = {pair: at for at, pair in enumerate((head, name) for head, names in SENTENCE_HEADS.items() for name in names)}


def test_logits_that_say_what_readers_said_rank_all_groups_perfectly() -> None:
    rows = _rows()
    found = figures(_encoded(rows), rows)
    assert found == pytest.approx(dict.fromkeys(found, 1.0))


def test_a_group_is_ranked_by_its_own_rows() -> None:
    rows = _rows()
    encoded = _encoded(rows)
    talk = [row.kind == "interview" and row.natural for row in rows]
    encoded.logits[talk] *= -1
    found = figures(encoded, rows)
    assert found["written: goal"] == found["looked for: goal"] == 1.0
    assert found["talk: goal"] < 0.5


def test_a_pair_counts_where_both_sides_are_read_right() -> None:
    sides = [
        Contrast("It ended.", "review", "p1", "d", frozenset({"delight"}), "positive"),
        Contrast("It began.", "review", "p1", "d", frozenset({"pain_point"}), "negative"),
        Contrast("It went.", "review", "p2", "d", frozenset({"delight"}), "positive"),
        Contrast("It came.", "review", "p2", "d", frozenset({"pain_point"}), "negative"),
    ]
    rows = [Read("", "", one.kind, "d", "random", one.kinds, True, "low", "", "", one.sentiment) for one in sides]
    encoded = _encoded(rows)
    assert set(contrast_figures(encoded, sides).values()) == {1.0}
    encoded.logits[0] = encoded.logits[1]
    found = contrast_figures(encoded, sides)
    assert (found["contrasts: sentiment"], found["contrasts: both sides"]) == (0.75, 0.5)
    assert found["contrasts: pain_point"] < 1


def _rows() -> list[Read]:
    """Three groups, each kind alone and each severity in them."""
    found = []
    for kind, sample in (("interview", "random"), ("ticket", "random"), ("ticket", "cue:goal")):
        for at, name in enumerate((*MENTION_KINDS, "")):
            side, severity = SENTIMENTS[at % 3], ("low", "medium", "high")[at % 3]
            kinds = frozenset((name,) if name else ())
            found.append(Read("", "", kind, f"d{at}", sample, kinds, bool(name), severity, "", "", side))
    return found


def _encoded(rows: list[Read]) -> Encoded:
    logits = np.full((len(rows), LOGITS), -1.0)
    for at, row in enumerate(rows):
        for kind in row.kinds:
            logits[at, _COLUMN["kinds", kind]] = 1.0
        logits[at, _COLUMN["worth", "worth"]] = 1.0 if row.worth else -1.0
        logits[at, _COLUMN["sentiment", row.sentiment or ""]] = 1.0
        for step in ("medium", "high"):
            reached = ("low", "medium", "high").index(row.severity or "") >= ("low", "medium", "high").index(step)
            logits[at, _COLUMN["severity", step]] = 1.0 if reached else -1.0
    none = np.zeros((len(rows), 2 * WIDTH))
    return Encoded(none, none, logits, ((),) * len(rows), ((None, False),) * len(rows))
