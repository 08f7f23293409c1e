"""What each input of the heads adds, and what more labels would give: sentences drawn at random of documents that taught
nothing, each answered by a fit that had not seen its document.

Two tables. The first grows the labels under heads of one kind on the published encoder, which has seen no label of this
project: on the encoder that ships such a curve would be of labels that it knows already. The second takes inputs away from
the encoder's own heads, or puts some to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from training.public_encoder import original, original_vectors
from training.windows import Read, by_part, windows_of
from voc_engine.mentions.context import second_segment
from voc_engine.mentions.cue_phrases import hits
from voc_engine.mentions.heads.encoder import VoiceEncoder
from voc_engine.mentions.heads.extractor import REACH, WEIGHTS
from voc_engine.mentions.heads.features import NAMES, head_features, word_grams
from voc_engine.mentions.parsing import parse
from voc_engine.records import DOCUMENT_KINDS, stable_hash

LABELS = (500, 1_000, 2_000, 4_000, 8_000)
# Of rare kinds a curve would be noise.
_MEASURED = {"talk": ("pain_point", "goal", "delight"), "written": ("pain_point", "goal", "request", "delight")}
_KINDS = tuple(dict.fromkeys(kind for kinds in _MEASURED.values() for kind in kinds))
_WORTH = NAMES.index("encoder: worth worth")
_SOURCES = slice(len(NAMES) - len(DOCUMENT_KINDS), len(NAMES))
_STRENGTH, _GRAM_SCALE = 0.003, 3.0
Answers = dict[str, NDArray[Any]]


def inputs_stage(data: Path, gold: Path, model: Path) -> str:
    """Both tables as plain text: mean F1 at a point that the other half of the documents chose, and mean average
    precision, of three kinds in talk and four in what is written."""
    parts = dict(by_part(windows_of(data, gold)))
    teach = sorted(parts["teach"], key=lambda row: stable_hash("curve", row.document))
    held = [row for part in ("calibrate", "measure") for row in parts[part] if row.natural]
    half = np.array([row.part == "measure" for row in held])
    lines = ["labels\t" + "\t".join(_HEADS)]
    chosen = teach[: max(LABELS)]
    taught, asked = _published(chosen), _published(held)
    for count in LABELS:
        lines.append(_line(str(count), _answered(taught[:count], chosen[:count], asked), held, half))
    lines += ["", "inputs\t" + "\t".join(_HEADS)]
    lines += [_line(name, odds, held, half, by_source) for name, odds, by_source in _variants(teach, held, half, model)]
    return "\n".join(lines)


_HEADS = tuple(f"{group} {measure}" for group in _MEASURED for measure in ("F1", "average precision"))


def _published(rows: Sequence[Read]) -> NDArray[Any]:
    """(rows, 768): vectors of the published encoder, of the sentence and of what stands before it."""
    transformer, tokenizer = original()
    texts = [row.text for row in rows]
    return np.hstack([original_vectors(one, transformer, tokenizer) for one in (texts, [_before(row) for row in rows])])


def _before(row: Read) -> str:
    return second_segment(row.kind, row.context)


def _answered(looked: Any, rows: Sequence[Read], asked: Any) -> Answers:
    """Log-odds of each kind for ``asked`` by logistic fits of ``looked``, in one unit each."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    fit = make_pipeline(StandardScaler(with_mean=False), LogisticRegression(C=_STRENGTH, max_iter=500))
    return {kind: fit.fit(looked, _truth(rows, kind)).decision_function(asked) for kind in _KINDS}


def _truth(rows: Sequence[Read], kind: str) -> NDArray[Any]:
    return np.array([kind in row.kinds for row in rows])


def _variants(
    teach: Sequence[Read], held: Sequence[Read], half: NDArray[Any], model: Path
) -> Iterator[tuple[str, Answers, bool]]:
    """Each set of inputs with its answers, and whether each kind of source has its own point."""
    encoder = VoiceEncoder(model / WEIGHTS, model / REACH)
    texts, kinds = [row.text for row in held], [row.kind for row in held]
    full = head_features(encoder.encode(texts, [_before(row) for row in held]).logits, kinds)
    alone = head_features(encoder.encode(texts, [second_segment(row.kind, "") for row in held]).logits, kinds)
    grams = _answered_by_grams(teach, held)
    yield "the encoder's own heads, by kind of source", _crossed(full, held, half), True
    yield "without what stands before", _crossed(alone, held, half), True
    yield "without the kind of source", _crossed(full, held, half, sources=False), False
    yield "with word n-grams", _crossed(full, held, half, grams), True
    yield "word n-grams alone", grams, True
    yield "cue phrases alone", _cued(held), True


def _answered_by_grams(teach: Sequence[Read], held: Sequence[Read]) -> Answers:
    from sklearn.linear_model import LogisticRegression

    looked, asked = (word_grams([row.text for row in rows]) * _GRAM_SCALE for rows in (teach, held))
    beside = [csr_matrix(head_features(np.zeros((len(rows), _SOURCES.start)), [row.kind for row in rows])[:, _SOURCES])
              for rows in (teach, held)]  # fmt: skip
    looked, asked = hstack([looked, beside[0]]).tocsr(), hstack([asked, beside[1]]).tocsr()
    return {
        kind: LogisticRegression(max_iter=200).fit(looked, _truth(teach, kind)).decision_function(asked)
        for kind in _KINDS
    }


def _crossed(
    looked: NDArray[Any],
    rows: Sequence[Read],
    half: NDArray[Any],
    grams: Answers | None = None,
    sources: bool = True,
) -> Answers:
    """A kind's logit, that of worth and the kind of source (and n-grams) weighed on one half, for the other."""
    from sklearn.linear_model import LogisticRegression

    found: Answers = {}
    for kind in _KINDS:
        columns = looked[:, [NAMES.index(f"encoder: kinds {kind}"), _WORTH]]
        parts = [columns, *([looked[:, _SOURCES]] if sources else []), *([grams[kind][:, None]] if grams else [])]
        table, truth, odds = np.hstack(parts), _truth(rows, kind), np.zeros(len(rows))
        for side in (False, True):
            odds[half == side] = (
                LogisticRegression()
                .fit(table[half != side], truth[half != side])
                .decision_function(table[half == side])
            )
        found[kind] = odds
    return found


def _cued(rows: Sequence[Read]) -> Answers:
    told = [[hit.kind for hit in hits(doc) if hit.negator is None] for doc in parse([row.text for row in rows])]
    return {kind: np.array([float(names.count(kind)) for names in told]) for kind in _KINDS}


def _line(name: str, odds: Answers, rows: Sequence[Read], half: NDArray[Any], by_source: bool = True) -> str:
    from sklearn.metrics import average_precision_score

    talk = np.array([row.kind == "interview" for row in rows])
    groups = {"talk": talk, "written": ~talk}
    cells = []
    for group, kinds in _MEASURED.items():
        own = groups[group]
        f1, ranked = [], []
        for kind in kinds:
            truth = _truth(rows, kind)
            marked = np.zeros(len(rows), bool)
            for side in (False, True):
                chooses = (half != side) & (own if by_source else True)
                marked[half == side] = odds[kind][half == side] >= _point(odds[kind][chooses], truth[chooses])
            hit = (marked & truth & own).sum()
            f1.append(2 * hit / ((marked & own).sum() + (truth & own).sum()))
            ranked.append(average_precision_score(truth[own], odds[kind][own]))
        cells += [f"{np.mean(f1):.3f}", f"{np.mean(ranked):.3f}"]
    return "\t".join([name, *cells])


def _point(odds: NDArray[Any], truth: NDArray[Any]) -> float:
    """From where F1 is highest."""
    order = np.argsort(-odds, kind="stable")
    hits_so_far = np.cumsum(truth[order])
    f1 = 2 * hits_so_far / (np.arange(1, len(order) + 1) + truth.sum())
    # All that have one value are marked together.
    whole = np.append(np.diff(odds[order]) != 0, True)
    return float(odds[order[int(np.argmax(np.where(whole, f1, -1)))]])
