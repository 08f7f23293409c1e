"""How well an encoder's own logits rank documents that taught nothing: a look at new weights (a minute) before the second
head and the calibrated heads are made for them, which take ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.gold import Contrast, contrasts
from training.windows import Read, windows_of
from voc_engine.language.handles import without_handles
from voc_engine.mentions.context import second_segment
from voc_engine.mentions.heads.encoder import Encoded, VoiceEncoder
from voc_engine.mentions.heads.extractor import REACH, WEIGHTS
from voc_engine.mentions.heads.labels import KINDS
from voc_engine.records import SENTIMENTS, SEVERITIES

# Of each group the kinds that are not too rare there; of what was looked for those that are rare elsewhere.
_RANKED = {
    "talk": ("pain_point", "goal", "delight"),
    "written": ("pain_point", "goal", "request", "delight"),
    "looked for": ("objection", "trigger", "request", "goal"),
}  # fmt: skip


def ranked_stage(data: Path, gold: Path, model: Path) -> str:
    """The figures of the encoder in ``model`` as plain text."""
    held = [row for row in windows_of(data, gold) if row.part != "teach" and (row.natural or row.sample != "random")]
    encoder = VoiceEncoder(model / WEIGHTS, model / REACH)
    texts = [without_handles(row.text) for row in held]
    encoded = encoder.encode(texts, [second_segment(row.kind, row.context) for row in held])
    pairs = contrasts(gold)
    told = encoder.encode([one.text for one in pairs], [second_segment(one.kind, "") for one in pairs])
    every = {**figures(encoded, held), **contrast_figures(told, pairs)}
    return "\n".join(f"{name}\t{value:.3f}" for name, value in every.items())


def contrast_figures(encoded: Encoded, sides: Sequence[Contrast]) -> dict[str, float]:
    """The share of sentences whose sentiment is read right, that of pairs with both sides right, and the average precision
    of pain points; ``encoded`` are the sides."""
    from sklearn.metrics import average_precision_score

    read = [SENTIMENTS[at] for at in encoded.of("sentiment").argmax(1)]
    right = np.array([one.sentiment == side for one, side in zip(sides, read, strict=True)])
    by_pair: dict[str, list[bool]] = {}
    for one, is_right in zip(sides, right, strict=True):
        by_pair.setdefault(one.pair, []).append(bool(is_right))
    pain = np.array(["pain_point" in one.kinds for one in sides])
    return {
        "contrasts: sentiment": float(right.mean()),
        "contrasts: both sides": float(np.mean([all(both) for both in by_pair.values()])),
        "contrasts: pain_point": float(
            average_precision_score(pain, encoded.of("kinds")[:, KINDS.index("pain_point")])
        ),
    }


def figures(encoded: Encoded, rows: Sequence[Read]) -> dict[str, float]:
    """Average precision of each kind and of worth by group; of all rows with such a label macro-F1 of sentiments, and the
    rank correlation of severity with the readers'. ``encoded`` are the rows."""
    from scipy.stats import spearmanr
    from sklearn.metrics import average_precision_score, f1_score

    talk, drawn = (
        np.array(told) for told in ([row.kind == "interview" for row in rows], [row.natural for row in rows])
    )
    groups = {"talk": talk & drawn, "written": ~talk & drawn, "looked for": ~drawn}
    found: dict[str, float] = {}
    for name, kinds in _RANKED.items():
        own = groups[name]
        for kind in kinds:
            truth = np.array([kind in row.kinds for row in rows])[own]
            odds = encoded.of("kinds")[own, KINDS.index(kind)]
            found[f"{name}: {kind}"] = float(average_precision_score(truth, odds))
        worth = np.array([row.worth for row in rows])[own]
        found[f"{name}: worth"] = float(average_precision_score(worth, encoded.of("worth")[own, 0]))
    felt = [at for at, row in enumerate(rows) if row.sentiment]
    sides = [SENTIMENTS[at] for at in encoded.of("sentiment")[felt].argmax(1)]
    found["sentiment"] = float(f1_score([rows[at].sentiment for at in felt], sides, average="macro"))
    for name, group in (("talk", talk), ("written", ~talk)):
        harmed = [at for at, row in enumerate(rows) if row.severity and group[at]]
        told = [SEVERITIES.index(rows[at].severity or "") for at in harmed]
        found[f"{name}: severity"] = float(spearmanr(told, _harm(encoded.of("severity")[harmed])).statistic)
    return found


def _harm(logits: NDArray[Any]) -> NDArray[Any]:
    """(rows,) in [0, 1] as a reading has it."""
    found: NDArray[Any] = (1 / (1 + np.exp(-logits))).mean(1)
    return found
