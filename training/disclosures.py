"""The head for what people tell of themselves (``mentions.heads.disclosure_head``), on the encoder that ships, frozen.

Labels are those of corpora/gold/disclosures.tsv, of sentences read in their windows, and of disclosures_written.tsv.
Documents that measure (``training.windows``) teach and decide nothing. The rest is answered in folds of whole documents; on
what was drawn at random of it, so at natural rates, log-odds are calibrated and each field gets its point: the lowest
probability from which what is told is right often enough. A field without such a point is off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from training.gold import rows
from training.windows import Read, named_lines, named_own_windows, named_windows
from voc_engine.mentions.context import second_segment
from voc_engine.mentions.heads.disclosure_head import TellingHead, inputs, save_telling
from voc_engine.mentions.heads.encoder import Encoded, VoiceEncoder
from voc_engine.mentions.heads.extractor import REACH, WEIGHTS
from voc_engine.mentions.heads.features import word_grams
from voc_engine.mentions.heads.weights import hash_of
from voc_engine.records import DISCLOSURES, HOLDERS, stable_hash

CODES = dict(zip(
    ("AW", "CO", "BU", "DE", "ON", "US", "LV", "ST", "RE", "AL", "CR", "SO", "AG", "WK", "SZ", "HH", "TL", "SK", "VA", "DY"),
    DISCLOSURES, strict=True,
))  # fmt: skip
# What a point has to keep, on so many that are told at least.
_LEAST_PRECISION, _FEWEST_TOLD = 0.75, 10
_FOLDS, _SEED = 5, 20261130
_AT_ONCE = 2000
_HIDDEN, _EPOCHS, _BATCH, _RATE, _DECAY, _DROPPED = 256, 20, 256, 1e-3, 0.1, 0.3
# N-grams have many columns and little to say each: they are held back less than the encoder's numbers.
_GRAM_SCALE, _NUMBER_SCALE = 3.0, 1 / 28


@dataclass(frozen=True)
class Labelled:
    """Sentences with what the encoder says of them: ``looked`` and ``grams`` as the head sees them, ``truth`` (sentences,
    fields). ``document``, ``random`` and ``own`` (the whose-head says that it is the speaker's) have one entry each."""

    looked: NDArray[Any]
    grams: csr_matrix
    truth: NDArray[Any]
    document: NDArray[Any]
    random: NDArray[Any]
    own: NDArray[Any]

    def at(self, chosen: NDArray[Any]) -> Labelled:
        return Labelled(
            self.looked[chosen], self.grams[chosen], self.truth[chosen], self.document[chosen], self.random[chosen],
            self.own[chosen],
        )  # fmt: skip


def disclosures_stage(data: Path, gold: Path, build: Path, model: Path) -> str:
    """Fit the head to ``model`` and return its figures."""
    torch.manual_seed(_SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    read, written = read_windows(data, gold), list(rows(gold / "disclosures_written.tsv"))
    encoded = _encoded(read, written, build, model / WEIGHTS)
    every = _labelled(read, written, encoded)
    measures = np.array([one.part == "measure" for _, one, _ in read] + [False] * len(written))
    teach, held = every.at(~measures), every.at(measures)
    folds = np.array([int(stable_hash("disclosures", name), 16) % _FOLDS for name in teach.document])
    folded = np.zeros(teach.truth.shape)
    for fold in range(_FOLDS):
        folded[folds == fold] = _answers(_fitted(teach.at(folds != fold)), teach.at(folds == fold))
    head = replace(_decided(_fitted(teach), folded, teach), encoder=hash_of(model / WEIGHTS))
    save_telling(head, model)
    return figures(head, (("folds", folded, teach), ("measure", _answers(head, held), held)))


def read_windows(data: Path, gold: Path) -> list[tuple[str, Read, frozenset[str]]]:
    """Every sentence that was read: its id, itself in its window, and the fields that it tells."""
    found = []
    named = {**dict(named_windows(data)), **dict(named_own_windows(data, gold))}
    found += [(row["id"], named[row["id"]], _fields(row["labels"])) for row in rows(gold / "disclosures.tsv")]
    looked_for = dict(named_lines(data, gold / "disclosures_lines.tsv"))
    found += [
        (row["id"], looked_for[row["id"]], _fields(row["labels"])) for row in rows(gold / "disclosures_lines.tsv")
    ]
    return found


def _fields(labels: str) -> frozenset[str]:
    return frozenset(CODES[code] for code in labels.split(",") if code != "-")


def _encoded(
    read: Sequence[tuple[str, Read, frozenset[str]]], written: Sequence[dict[str, str]], build: Path, weights: Path
) -> Encoded:
    """What the encoder says, kept in the build folder for the next time, some at a time."""
    texts = [one.text for _, one, _ in read] + [row["text"] for row in written]
    before = [second_segment(one.kind, one.context) for _, one, _ in read]
    before += [second_segment(row["kind"] or None, row["context"]) for row in written]
    found = [
        _kept(texts[start : start + _AT_ONCE], before[start : start + _AT_ONCE], build, weights)
        for start in range(0, len(texts), _AT_ONCE)
    ]
    seen, lower, logits = (np.concatenate(one) for one in zip(*found, strict=True))
    return Encoded(seen, lower, logits, (), ())


def _kept(texts: Sequence[str], before: Sequence[str], build: Path, weights: Path) -> tuple[NDArray[Any], ...]:
    path = build / f"disclosures-{stable_hash(hash_of(weights), *texts, *before)}.npz"
    if not path.exists():
        found = VoiceEncoder(weights, weights.with_name(REACH)).encode(texts, before)
        np.savez(path, seen=found.seen, lower=found.lower, logits=found.logits)
    with np.load(path) as kept:
        return kept["seen"], kept["lower"], kept["logits"]


def _labelled(
    read: Sequence[tuple[str, Read, frozenset[str]]], written: Sequence[dict[str, str]], encoded: Encoded
) -> Labelled:
    told = [fields for _, _, fields in read] + [_fields(row["labels"]) for row in written]
    kinds = [one.kind for _, one, _ in read] + [row["kind"] for row in written]
    texts = [one.text for _, one, _ in read] + [row["text"] for row in written]
    return Labelled(
        inputs(encoded, kinds),
        word_grams(texts),
        np.array([[field in fields for field in DISCLOSURES] for fields in told]),
        np.array([one.document for _, one, _ in read] + [row["id"] for row in written]),
        np.array([one.sample == "random" for _, one, _ in read] + [False] * len(written)),
        encoded.of("whose").argmax(1) == HOLDERS.index("self"),
    )


def _fitted(own: Labelled) -> TellingHead:
    """Network and logistic fit; nothing is calibrated yet, and every field is off."""
    mean, scale = own.looked.mean(0), own.looked.std(0) + 1e-3
    even = ((own.looked - mean) / scale).astype(np.float32)
    inner, inner_bias, outer, outer_bias = _network(even, own.truth)
    table = csr_matrix(hstack([csr_matrix(even * _NUMBER_SCALE), own.grams * _GRAM_SCALE]))
    direct, bias = _logistic(table, own.truth)
    width, fields = even.shape[1], len(DISCLOSURES)
    return TellingHead(
        mean, scale, inner, inner_bias, outer, outer_bias, direct[:width] * _NUMBER_SCALE, direct[width:] * _GRAM_SCALE,
        bias, np.ones(fields), np.zeros(fields), {},
    )  # fmt: skip


def _network(even: NDArray[Any], truth: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
    from torch import nn

    torch.manual_seed(_SEED)
    inner, outer = nn.Linear(even.shape[1], _HIDDEN), nn.Linear(_HIDDEN, truth.shape[1])
    nn.init.constant_(outer.bias, -4.0)  # nearly nothing is told in most sentences
    network = nn.Sequential(nn.Dropout(_DROPPED), inner, nn.GELU(), nn.Dropout(_DROPPED), outer)
    given, wanted = torch.from_numpy(even), torch.from_numpy(truth.astype(np.float32))
    steps = _EPOCHS * -(-len(even) // _BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps + 1)
    for _ in range(_EPOCHS):
        for chosen in torch.randperm(len(even)).split(_BATCH):  # type: ignore[no-untyped-call]
            odds = network(given[chosen])
            loss = nn.functional.binary_cross_entropy_with_logits(odds, wanted[chosen], reduction="sum") / len(chosen)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    weights = (inner.weight.T, inner.bias, outer.weight.T, outer.bias)
    first, second, third, fourth = (one.detach().numpy().astype(float) for one in weights)
    return first, second, third, fourth


def _logistic(table: csr_matrix, truth: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Weights (columns, fields) and shifts of one logistic regression per field."""
    from sklearn.linear_model import LogisticRegression

    fits = [LogisticRegression(max_iter=200).fit(table, column) for column in truth.T]
    return np.stack([fit.coef_[0] for fit in fits], 1), np.array([fit.intercept_[0] for fit in fits])


def _answers(head: TellingHead, own: Labelled) -> NDArray[Any]:
    return head.odds(own.looked, own.grams)


def _decided(head: TellingHead, odds: NDArray[Any], own: Labelled) -> TellingHead:
    """Calibrated on answers in folds, with a point for each field that has one."""
    slope, shift = np.ones(len(DISCLOSURES)), np.zeros(len(DISCLOSURES))
    for at in range(len(DISCLOSURES)):
        if own.truth[own.random, at].sum() >= _FEWEST_TOLD:
            slope[at], shift[at] = _calibration(odds[own.random, at], own.truth[own.random, at])
    calibrated = replace(head, slope=slope, shift=shift)
    chances = _chances(calibrated, odds)
    points = {}
    for at, field in enumerate(DISCLOSURES):
        chosen = own.random & own.own
        point = _point(chances[chosen, at], own.truth[chosen, at])
        if point is not None:
            points[field] = point
    return replace(calibrated, points=points)


def _calibration(odds: NDArray[Any], truth: NDArray[Any]) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    fit = LogisticRegression(C=1e2).fit(odds[:, None], truth)
    return float(fit.coef_[0, 0]), float(fit.intercept_[0])


def _chances(head: TellingHead, odds: NDArray[Any]) -> NDArray[Any]:
    found: NDArray[Any] = np.round(1 / (1 + np.exp(-(odds * head.slope + head.shift))), 4)
    return found


def _point(chances: NDArray[Any], truth: NDArray[Any]) -> float | None:
    """The lowest probability, even at least, from which at least _LEAST_PRECISION of what is told is right; None where there
    is none."""
    order = np.argsort(-chances, kind="stable")
    right = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
    enough = np.arange(1, len(order) + 1) >= _FEWEST_TOLD
    able = np.flatnonzero(enough & (right >= _LEAST_PRECISION) & (chances[order] >= 0.5))
    return float(chances[order[able[-1]]]) if len(able) else None


def figures(head: TellingHead, parts: Sequence[tuple[str, NDArray[Any], Labelled]]) -> str:
    """Per field and part: sentences drawn at random with it, how many are told, precision, recall and average precision."""
    from sklearn.metrics import average_precision_score

    lines = ["field\tfrom\tpart\twith it\ttold\tright\tprecision\trecall\taverage precision"]
    for at, field in enumerate(DISCLOSURES):
        for name, odds, own in parts:
            truth, chances = own.truth[own.random, at], _chances(head, odds)[own.random, at]
            told = own.own[own.random] & (chances >= head.points.get(field, 2.0))
            hit, n = int((told & truth).sum()), int(truth.sum())
            ranked = f"{average_precision_score(truth, chances):.2f}" if n else "–"
            precision = f"{hit / told.sum():.2f}" if told.any() else "–"
            recall = f"{hit / n:.2f}" if n and field in head.points else "–"
            point = f"{head.points[field]:.2f}" if field in head.points else "off"
            lines.append("\t".join((field, point, name, str(n), str(told.sum()), str(hit), precision, recall, ranked)))
    return "\n".join(lines)
