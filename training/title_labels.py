"""The judge of titles: whether a wording can be the title of a finding.

Findings of real texts were read, each with some wordings that could head it: r, right (short, understood alone, and what
most of its members say), v, vague (hollow, or true of some), w, wrong (one person's own specifics, pointing at what is not
told, or the reverse of what they say). What the stage sees of them stands beside the label (``corpora/gold/titles.tsv``),
so that no text is copied. Those of the demo teach nothing: they decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.gold import rows
from training.judges import save
from voc_engine.insights.title_judge import FEATURES
from voc_engine.insights.titles import AGREED

_DECIDES = "demo"
_POINTS = (0.5, 0.55, 0.6, 0.65, 0.7)
_HEADINGS = (0.2, 0.25, 0.3, 0.35)
_LIGHT = 0.1  # inverse strength of the penalty: .03 to 1 rank alike on studies that taught nothing


def titles_stage(gold: Path, model: Path) -> str:
    """Fit the judge to ``model``/titles.json and return its figures."""
    from sklearn.metrics import roc_auc_score

    read = list(rows(gold / "titles.tsv"))
    seen = np.array([[float(row[name]) for name in FEATURES] for row in read])
    labels = np.array([row["label"] for row in read])
    domains = np.array([row["domain"] for row in read])
    teaches = domains != _DECIDES
    weights, constant = _fitted(seen[teaches], labels[teaches] == "r")
    told = {name: round(float(value), 4) for name, value in zip(FEATURES, weights, strict=True)}
    save(model / "titles.json", {"weights": told, "constant": round(constant, 4)})
    chance = np.zeros(len(labels))
    for domain in sorted(set(domains.tolist())):
        held = domains == domain
        weights, constant = _fitted(seen[~held & teaches], labels[~held & teaches] == "r")
        chance[held] = 1 / (1 + np.exp(-(constant + seen[held] @ weights)))
    lines = [
        f"{len(labels)} wordings of {len({row['finding'] for row in read})} findings;"
        f" area where the study taught nothing {roc_auc_score(labels == 'r', chance):.2f}"
    ]
    for name, held in (("others", teaches), ("demo", ~teaches)):
        own = [row for row, of in zip(read, held.tolist(), strict=True) if of]
        lines += [f"{name}: {line}" for line in _policies(own, chance[held])]
    return "\n".join(lines)


def _fitted(seen: NDArray[Any], right: NDArray[Any]) -> tuple[NDArray[Any], float]:
    """Weights of what is seen, unscaled, and the constant."""
    from sklearn.linear_model import LogisticRegression

    middle, spread = seen.mean(axis=0), np.maximum(seen.std(axis=0), 1e-9)
    judge = LogisticRegression(C=_LIGHT, max_iter=3_000).fit((seen - middle) / spread, right)
    weights = judge.coef_[0] / spread
    return weights, float(judge.intercept_[0] - weights @ middle)


def _policies(read: Sequence[dict[str, str]], chance: NDArray[Any]) -> list[str]:
    """What heads the findings today, by the heading of before, and at each pair of thresholds."""
    of_finding: dict[str, list[int]] = {}
    for number, row in enumerate(read):
        of_finding.setdefault(row["finding"], []).append(number)
    before = Counter(row["label"] for row in read if "before" in row["role"].split())
    lines = [f"before {_told(before)}"]
    for title in _POINTS:
        for heading in _HEADINGS:
            shown: Counter[str] = Counter()
            for numbers in of_finding.values():
                able = [n for n in numbers if not float(read[n]["open"])]
                best = max(able, key=lambda n: (chance[n], -n), default=None)
                point = next((n for n in able if "point" in read[n]["role"].split()), None)
                named = next((n for n in numbers if read[n]["role"] == "before"), None)
                if best is not None and chance[best] >= title:
                    shown[read[best]["label"]] += 1
                elif point is not None and chance[point] >= heading:
                    shown[read[point]["label"]] += 1
                elif named is not None and float(read[named]["agreed"]) >= AGREED:
                    shown[read[named]["label"]] += 1
            lines.append(f"title {title}, heading {heading}: {_told(shown)}")
    return lines


def _told(labels: Counter[str]) -> str:
    return f"{labels['r']} right, {labels['v']} vague, {labels['w']} wrong"
