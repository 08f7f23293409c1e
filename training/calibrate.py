"""Stage three: the heads on top of the encoder, calibrated on windows of documents that taught nothing, at natural rates.

A kind's log-odds are a logistic fit of the encoder's logits of the kind and of worth (a goal's also of the sentence's
sentiment), with a shift per kind of source, pulled towards the shift of all sources where a source has few (a ridge
towards the pooled fit). A goal's weights also learn from sentences that were looked for because a kind is rare, with a shift
of their own that is left out afterwards, so that rates stay natural. Then even odds are put,
per kind and source, where the expected F1 is highest among the points at which what is marked is right often enough: a
wrong finding costs more than one that is missing. Sentences whose worth is lower than nearly all labelled ones are not
marked at all. At last the heads are held against each other: a kind is doubted beside a sentiment of its sentence with
which too few of those marked were right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.windows import Read
from voc_engine.mentions.heads.adapt import yes_from
from voc_engine.mentions.heads.features import COLUMNS, NAMES
from voc_engine.mentions.heads.labels import ADVICE, SHIPPED_PRECISION
from voc_engine.mentions.heads.linear import OUTPUTS, LinearHeads
from voc_engine.records import DOCUMENT_KINDS, MENTION_KINDS, SENTIMENTS, SEVERITIES

# What a decision point has to keep on the sentences that it is chosen on.
_LEAST_PRECISION = SHIPPED_PRECISION + 0.02
# Of the labelled sentences so many may fall behind the gate of worth.
_BEHIND = 0.06
_FEWEST_MARKED, _FEWEST_TRUE, _FEWEST_TOLD = 8, 20, 10
# Of a kind with fewer sentences than that the calibration itself is too unsure to be asked for a point.
_FEWEST_EXPECTED = 50
# Of one with more a count is as steady (its standard error is .023).
_MOST_EXPECTED = 450
# Fewer that are marked beside a sentiment in one half of the documents speak neither for nor against it.
_FEWEST_OF_HALF = 4
_RIDGE = 0.5
_WORTH = OUTPUTS.index(("worth", "worth"))
_WORTH_LOGIT = NAMES.index("encoder: worth worth")
# A complaint that wants something ("I have lost my card") is read as a goal too, and a goal may be told in a complaint: how
# much the sentiment tells of it the labels say. Pain points and delights gained nothing by it (docs/accuracy.md).
_BESIDE = {"goal": tuple(NAMES.index(f"encoder: sentiment {name}") for name in ("negative", "positive"))}
_TALK = "interview"
_SENTIMENTS = [OUTPUTS.index(("sentiment", name)) for name in SENTIMENTS]
_SOURCES = slice(-len(DOCUMENT_KINDS), None)


@dataclass(frozen=True, slots=True)
class Sought:
    """Sentences that were looked for: ``features`` (rows, NAMES), and what their reader said."""

    features: NDArray[Any]
    rows: Sequence[Read]


_NONE_SOUGHT = Sought(np.zeros((0, len(NAMES))), ())


def calibrated(
    features: NDArray[Any], rows: Sequence[Read], encoder: str, sought: Sought = _NONE_SOUGHT
) -> LinearHeads:
    """``features``: (rows, NAMES) of sentences drawn at random; ``rows`` what their reader said."""
    heads = decided(_probabilities(features, rows, encoder, sought), features, rows)
    return replace(heads, severity=_severity_cuts(features, rows))


def _probabilities(features: NDArray[Any], rows: Sequence[Read], encoder: str, sought: Sought) -> LinearHeads:
    """Heads whose log-odds are calibrated; even odds are even odds."""
    outputs = len(OUTPUTS)
    named, bias, slope = np.zeros((len(NAMES), outputs)), np.zeros(outputs), np.ones(outputs)
    for output, (group, name) in enumerate(OUTPUTS):
        own = NAMES.index(f"encoder: {group} {name}")
        named[own, output] = 1.0
        truth = truth_of(rows, group, name)
        known = truth >= 0
        if group not in ("kinds", "worth") or truth[known].sum() < _FEWEST_MARKED:
            continue
        places = [own] if group == "worth" else [own, _WORTH_LOGIT, *_BESIDE.get(name, ())]
        # Two inputs more ask for more goals than the random rows have; the other kinds' fits gained nothing by it.
        beside = sought if name in _BESIDE else _NONE_SOUGHT
        weights = _weights(features, truth, places, beside, truth_of(beside.rows, group, name))
        shift, by_source = _shifts(features[known], features[known][:, places] @ weights, truth[known])
        slope[output], bias[output] = weights[0], shift
        named[places, output] = weights / weights[0]
        named[_SOURCES, output] = by_source / weights[0]
    scale = np.sqrt((features**2).mean(0)) + 1e-6
    grams = np.zeros((COLUMNS, outputs))
    return LinearHeads(named, grams, bias, slope, scale, _priors(rows), {}, encoder=encoder)


@dataclass(frozen=True, slots=True)
class Points:
    """Log-odds from which worth and each kind count in one kind of source; None: the kind is off there."""

    worth: float
    kinds: dict[str, float | None]


def decided(heads: LinearHeads, features: NDArray[Any], rows: Sequence[Read]) -> LinearHeads:
    """The heads with even odds at the decision points of each kind of source, and what is off there."""
    odds = heads.log_odds(features)
    # What is written stands for a kind of source without rows of its own: rates in talk are far lower.
    written = np.array([row.kind != _TALK for row in rows])
    every = points_of(odds, rows, written if written.any() else ~written, None)
    named, bias, off = heads.named.copy(), heads.bias.copy(), dict[str, tuple[str, ...]]()
    # No reader of windows was asked about advice: its point is that of the highest expected F1 (Lipton et al. 2014).
    advice = OUTPUTS.index(("kinds", ADVICE))
    point = yes_from(odds[written, advice])
    bias[advice] -= log(point / (1 - point))
    for output, (group, name) in enumerate(OUTPUTS):
        if group in ("kinds", "worth") and name != "advice":
            bias[output] -= _point(every, group, name) or 0.0
    for place, source in enumerate(DOCUMENT_KINDS):
        chosen = np.array([row.kind == source for row in rows])
        own = points_of(odds, rows, chosen, every) if chosen.any() else every
        for output, (group, name) in enumerate(OUTPUTS):
            if group not in ("kinds", "worth") or name == "advice":
                continue
            point, pooled = _point(own, group, name), _point(every, group, name)
            if point is None:
                off[name] = (*off.get(name, ()), source)
            elif pooled is not None or point is not None:
                named[len(NAMES) - len(DOCUMENT_KINDS) + place, output] -= (point - (pooled or 0.0)) / heads.slope[
                    output
                ]
    return replace(heads, named=named, bias=bias, off=off)


def _point(points: Points, group: str, name: str) -> float | None:
    return points.worth if group == "worth" else points.kinds[name]


def points_of(odds: NDArray[Any], rows: Sequence[Read], chosen: NDArray[Any], pooled: Points | None) -> Points:
    """The points of the chosen rows; a kind that is rare among them takes ``pooled``'s."""
    truth = {kind: np.array([kind in row.kinds for row in rows])[chosen] for kind in MENTION_KINDS}
    labelled = np.logical_or.reduce(list(truth.values()))
    worth = odds[chosen, _WORTH]
    talk = rows[int(np.flatnonzero(chosen)[0])].kind == _TALK
    gate = asked = _gate(worth, labelled, pooled)
    if talk:
        # Half of what has a kind in talk is not worth marking: only what is tells where the gate belongs. A kind's point
        # is chosen on more than is marked all the same, for labels are asked of single texts too.
        gate = _gate(worth, labelled & truth_of(rows, "worth", "worth")[chosen].astype(bool), pooled)
    points: dict[str, float | None] = {}
    for kind in MENTION_KINDS:
        if truth[kind].sum() < _FEWEST_TRUE and pooled:
            # What is written tells nothing of talk.
            told = None if talk else _pooled_point(odds[chosen], kind, truth[kind], worth >= asked, pooled)
            points[kind] = told
        else:
            points[kind] = _best_point(odds[chosen, OUTPUTS.index(("kinds", kind))], truth[kind], worth >= asked)
    return Points(gate, points)


def _gate(worth: NDArray[Any], own: NDArray[Any], pooled: Points | None) -> float:
    """The worth behind which few of ``own`` (rows,) stand; that of ``pooled``, where there is one, if they are too few."""
    return float(np.quantile(worth[own], _BEHIND)) if own.sum() >= _FEWEST_TRUE or not pooled else pooled.worth


def _pooled_point(
    odds: NDArray[Any], kind: str, truth: NDArray[Any], gate: NDArray[Any], pooled: Points
) -> float | None:
    """The point of all sources, unless what little there is of the kind in this one speaks against it."""
    point = pooled.kinds[kind]
    marked = gate & (odds[:, OUTPUTS.index(("kinds", kind))] >= (np.inf if point is None else point))
    wrong = marked.sum() >= 2 and truth[marked].mean() < SHIPPED_PRECISION
    return None if truth.sum() >= _FEWEST_TOLD and wrong else point


def _best_point(column: NDArray[Any], truth: NDArray[Any], gate: NDArray[Any]) -> float | None:
    """The log-odds with the best F1 among those that keep the promised precision; None where none does.

    Both are what the calibrated probabilities lead to expect (Lipton et al. 2014): where few sentences have a kind, a count
    of hits jumps from one sentence to the next, and the point with it. Counted hits have the last word: where less of
    what is marked is right than a kind needs to be on, by more than a standard error, the point is the best by them.
    """
    order = np.argsort(-np.where(gate, column, -np.inf), kind="stable")[: int(gate.sum())]
    counted = np.cumsum(truth[order])
    expected = np.cumsum(1 / (1 + np.exp(-column[order])))
    trusted = _FEWEST_EXPECTED <= truth.sum() < _MOST_EXPECTED
    for hits in (expected, counted) if trusted else (counted,):
        at = _best_place(hits, int(truth.sum()))
        if at is not None and counted[at] >= _least_right(at + 1):
            following = column[order[at + 1]] if at + 1 < len(order) else column[order[at]] - 0.2
            return float((column[order[at]] + following) / 2)
    return None


def _least_right(marked: int) -> float:
    return SHIPPED_PRECISION * marked - sqrt(marked * SHIPPED_PRECISION * (1 - SHIPPED_PRECISION))


def _best_place(hits: NDArray[Any], with_it: int) -> int | None:
    """Up to which place in the order F1 is best; ``hits`` are right up to each."""
    marked = np.arange(1, len(hits) + 1)
    able = (hits / marked >= _LEAST_PRECISION) & (marked >= _FEWEST_MARKED)
    return int(np.argmax(np.where(able, 2 * hits / (marked + with_it), -1))) if able.any() else None


def doubted(
    odds: NDArray[Any], rows: Sequence[Read], off: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """By kind and kind of source the sentiments beside which a kind is right less often than it needs to be on.

    ``odds`` (rows, OUTPUTS) are of heads that the rows did not make. Talk is counted by itself; of what is written one
    source has too few sentences of a kind beside an unlikely sentiment, so they are counted together.
    """
    side, halves = np.array(sentiments_of(odds)), np.array([row.part for row in rows])
    talk = np.array([row.kind == _TALK for row in rows])
    written = tuple(source for source in DOCUMENT_KINDS if source != _TALK)
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for kind in MENTION_KINDS:
        on = np.array([row.kind not in off.get(kind, ()) for row in rows])
        marked = on & (odds[:, OUTPUTS.index(("kinds", kind))] > 0) & (odds[:, _WORTH] > 0)
        truth = truth_of(rows, "kinds", kind).astype(bool)
        for group, sources in ((talk, (_TALK,)), (~talk, written)):
            own = {name: marked & group & (side == name) for name in SENTIMENTS}
            told = tuple(name for name in SENTIMENTS if _doubtful(truth[own[name]], halves[own[name]]))
            if told:
                found.setdefault(kind, {}).update(dict.fromkeys(sources, told))
    return found


def _doubtful(right: NDArray[Any], halves: NDArray[Any]) -> bool:
    """Whether too few are right of all that is marked, and in neither half of the documents enough."""
    parts = [right[halves == half] for half in np.unique(halves)]
    told = [part for part in parts if len(part) >= _FEWEST_OF_HALF]
    return len(right) >= _FEWEST_MARKED and all(int(one.sum()) < _least_right(len(one)) for one in (right, *told))


def sentiments_of(odds: NDArray[Any]) -> list[str]:
    """The likeliest of SENTIMENTS for each row of ``odds`` (rows, OUTPUTS)."""
    return [SENTIMENTS[at] for at in odds[:, _SENTIMENTS].argmax(1)]


def truth_of(rows: Sequence[Read], group: str, name: str) -> NDArray[Any]:
    """1, 0 and -1 where the reader did not say."""
    if group == "kinds":
        return np.array([int(name in row.kinds) if name in MENTION_KINDS else -1 for row in rows])
    if group == "worth":
        return np.array([int(row.worth) for row in rows])
    said = [{"sentiment": row.sentiment}.get(group) for row in rows]
    return np.array([-1 if value is None else int(value == name) for value in said])


def _weights(
    features: NDArray[Any], truth: NDArray[Any], places: list[int], sought: Sought, beside: NDArray[Any]
) -> NDArray[Any]:
    """Weights of the logits at ``places``; the sought rows have a shift of their own, and answer as ``beside`` says."""
    from sklearn.linear_model import LogisticRegression

    looked = np.vstack([features[:, places], sought.features[:, places]])
    is_sought = np.repeat([0.0, 1.0], [len(truth), len(beside)])
    answers = np.concatenate([truth, beside])
    known = answers >= 0
    fit = LogisticRegression(C=1e2).fit(np.column_stack([looked, is_sought])[known], answers[known])
    weights: NDArray[Any] = fit.coef_[0][:-1].astype(float)
    weights[0] = max(0.05, weights[0])
    return weights


def _shifts(features: NDArray[Any], weighed: NDArray[Any], truth: NDArray[Any]) -> tuple[float, NDArray[Any]]:
    """The shift of all sources, and what each source's differs from it; Newton's steps, those of sources with a ridge: the
    weights stay those of all. ``weighed`` (rows,) are the log-odds without a shift."""
    sources, shift, by_source = features[:, _SOURCES], 0.0, np.zeros(len(DOCUMENT_KINDS))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-(weighed + shift)))
        shift += float((truth - chance).sum() / (chance * (1 - chance)).sum())
    for _ in range(30):
        chance = 1 / (1 + np.exp(-(weighed + shift + sources @ by_source)))
        gradient = sources.T @ (truth - chance) - 2 * _RIDGE * by_source
        by_source = by_source + gradient / (sources.T @ (chance * (1 - chance)) + 2 * _RIDGE)
    # A few sentences with a kind tell no rate of their own.
    return shift, np.where(sources.T @ truth >= _FEWEST_TRUE, by_source, 0.0)


def _priors(rows: Sequence[Read]) -> dict[str, dict[str, float]]:
    found = {}
    for source in DOCUMENT_KINDS:
        own = [row for row in rows if row.kind == source]
        if own:
            found[source] = {kind: round(sum(kind in row.kinds for row in own) / len(own), 4) for kind in MENTION_KINDS}
    return found


def _severity_cuts(features: NDArray[Any], rows: Sequence[Read]) -> tuple[float, float]:
    """The cuts of the severity score with which the bands are as common as readers made them."""
    places = [NAMES.index(f"encoder: severity {name}") for name in ("medium", "high")]
    harmed = [at for at, row in enumerate(rows) if row.severity is not None]
    score = np.sort((1 / (1 + np.exp(-features[np.ix_(harmed, places)]))).mean(1))
    shares = [sum(rows[at].severity == band for at in harmed) / len(harmed) for band in SEVERITIES]
    cuts = np.quantile(score, [shares[0], shares[0] + shares[1]])
    return round(float(cuts[0]), 4), round(float(cuts[1]), 4)
