"""Figures of the heads on sentences that no part of them had seen, as plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import eq
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.calibrate import sentiments_of
from training.gold import LETTERS, rows
from training.windows import Read
from voc_engine.mentions.heads.linear import OUTPUTS, LinearHeads
from voc_engine.records import MENTION_KINDS
from voc_engine.statistics import alpha, kappa

_FEW = 8


def window_figures(heads: LinearHeads, odds: NDArray[Any], rows_read: Sequence[Read]) -> str:
    """Per kind of source and kind: sentences with it, precision and recall at even odds with worth, F1, average precision,
    and how much of what is marked is worth it. ``odds`` (rows, outputs) are of heads that the rows did not make; ``heads``
    tell what is off, and what is doubted beside a sentiment and so not marked (the rows decided that)."""
    from sklearn.metrics import average_precision_score

    worth = odds[:, OUTPUTS.index(("worth", "worth"))] > 0
    sides = sentiments_of(odds)
    lines = ["source\tkind\tn\twith it\tmarked\tprecision\trecall\tF1\taverage precision\tworth it"]
    for source in ("interview", "review", "post", "ticket", "survey", None):
        chosen = np.array([source in (None, row.kind) for row in rows_read])
        for kind in MENTION_KINDS:
            column = odds[chosen, OUTPUTS.index(("kinds", kind))]
            truth = np.array([kind in row.kinds for row in rows_read])[chosen]
            doubted = [heads.doubts(kind, row.kind, side) for row, side in zip(rows_read, sides, strict=True)]
            marked = (column > 0) & worth[chosen] & ~np.array(doubted)[chosen]
            if truth.sum() < _FEW:
                continue
            hit = int((marked & truth).sum())
            precision, recall = hit / max(1, int(marked.sum())), hit / int(truth.sum())
            worthy = np.array([row.worth for row in rows_read])[chosen][marked].mean() if marked.any() else 0.0
            f1 = 2 * hit / max(1, int(marked.sum() + truth.sum()))
            silent = " (off)" if source in heads.off.get(kind, ()) else ""
            figures = (precision, recall, f1, average_precision_score(truth, column), worthy)
            counts = (len(truth), truth.sum(), marked.sum())
            lines.append(
                "\t".join([source or "all", f"{kind}{silent}", *map(str, counts), *(f"{x:.2f}" for x in figures)])
            )
    return "\n".join(lines)


def reading_figures(gold: Path) -> str:
    """Agreement of the two independent readings, label by label (Cohen's kappa, Krippendorff's alpha)."""
    read = list(rows(gold / "second_reading.tsv"))
    lines = ["label\tsentences\tsame\tkappa\talpha"]
    first, second = _reading(read, 1), _reading(read, 2)
    for label in sorted(next(iter(first.values()))):
        ones, others = ([reading[one][label] for one in sorted(first)] for reading in (first, second))
        same = sum(map(eq, ones, others)) / len(ones)
        lines.append(f"{label}\t{len(ones)}\t{same:.3f}\t{kappa(ones, others):.2f}\t{alpha(ones, others):.2f}")
    return "\n".join(lines)


def _reading(read: Sequence[Mapping[str, str]], number: int) -> dict[str, dict[str, str]]:
    found = {}
    for row in read:
        given = {kind: str(letter in row[f"labels_{number}"].split(",")) for letter, kind in LETTERS.items()}
        found[row["id"]] = given | {name: row[f"{name}_{number}"] for name in ("sentiment", "emotion", "quadrant")}
    return found


def window_agreement(gold: Path) -> str:
    """Agreement of two readers of the same windows who did not see each other, by kind of source: kappa per label."""
    first = {row["id"]: row for row in rows(gold / "windows.tsv")}
    second = {row["id"]: row for row in rows(gold / "windows_second.tsv")}
    sets = sorted({first[number]["set"] for number in second})
    lines = ["source\tsentences\tlabel\twith it\tkappa"]
    for name in (*sets, "all"):
        ids = [number for number in second if name in (first[number]["set"], "all")]
        for label, values in _told(first, second, ids).items():
            with_it = sum(one not in _UNSAID for one, _ in values)
            if with_it >= _FEW:
                lines.append(f"{name}\t{len(ids)}\t{label}\t{with_it}\t{_kappa(values):.2f}")
    return "\n".join(lines)


_UNSAID = (False, "", "0", "neu", "neutral", "self")


def _told(
    first: Mapping[str, Mapping[str, str]], second: Mapping[str, Mapping[str, str]], ids: Sequence[str]
) -> dict[str, list[tuple[Any, Any]]]:
    found: dict[str, list[tuple[Any, Any]]] = {}
    for letter, kind in LETTERS.items():
        if kind != "advice":
            found[kind] = [
                (letter in first[one]["labels"].split(","), letter in second[one]["labels"].split(",")) for one in ids
            ]
    for column in ("worth", "severity", "sentiment", "emotion", "whose"):
        found[column] = [(first[one][column], second[one][column]) for one in ids]
    found["severity"] = [pair for pair in found["severity"] if all(pair)]
    return found


def _kappa(values: Sequence[tuple[Any, Any]]) -> float:
    from sklearn.metrics import cohen_kappa_score

    ordinal = {"l": 0, "m": 1, "h": 2}
    if all(one in ordinal for one, _ in values):
        scores = [(ordinal[one], ordinal[other]) for one, other in values]
        return float(cohen_kappa_score(*zip(*scores, strict=True), weights="quadratic"))
    return float(cohen_kappa_score(*zip(*[(str(one), str(other)) for one, other in values], strict=True)))
