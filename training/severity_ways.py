"""How well severity is read, and what other ways of reading it would give. No weights are made: none of the ways was better.

Every sentence with a pain point or objection of documents that taught nothing is answered by a fit that had not seen its
document. 440 of talk were read by a second reader (corpora/gold/severities_second.tsv).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import spmatrix

from training.gold import rows
from training.windows import Read, named_own_windows, named_windows
from voc_engine.language.handles import without_handles
from voc_engine.mentions.context import second_segment
from voc_engine.mentions.heads.encoder import Encoded, VoiceEncoder
from voc_engine.mentions.heads.extractor import REACH, WEIGHTS
from voc_engine.mentions.heads.features import word_grams
from voc_engine.mentions.heads.linear import load_heads
from voc_engine.mentions.severities import band
from voc_engine.records import DOCUMENT_KINDS, SEVERITIES

_SECOND = {"l": 0, "m": 1, "h": 2}
_FOLDS = 8
# Strengths of the ridge: a few logits need next to none, hundreds of columns much.
_FEW, _MANY = 3.0, 1_000.0
_NEIGHBOURS = 25
Inputs = NDArray[Any] | spmatrix


def severities_stage(data: Path, gold: Path, model: Path) -> str:
    """Agreement of readers in talk, then each way's agreement with readers (kappa, quadratic weights), as plain text."""
    named = [one for one in (*named_windows(data), *named_own_windows(data, gold)) if one[1].severity is not None]
    read = [row for _, row in named]
    first = np.array([SEVERITIES.index(row.severity or "") for row in read])
    told = {row["id"]: _SECOND.get(row["severity"], -1) for row in rows(gold / "severities_second.tsv")}
    second = np.array([told.get(name, -1) for name, _ in named])
    encoded = VoiceEncoder(model / WEIGHTS, model / REACH).encode(
        [without_handles(row.text) for row in read], [second_segment(row.kind, row.context) for row in read]
    )
    both = second >= 0
    lines = [f"two readers, talk\t{both.sum()}\t{_agreed(first[both], second[both]):.2f}"]
    talk, held = np.array([row.kind == "interview" for row in read]), np.array([row.part != "teach" for row in read])
    groups = {"talk": talk & held, "talk, second reader": talk & held & both, "written": ~talk & held}
    lines.append("\t".join(["way", *(f"{name}, {chosen.sum()}" for name, chosen in groups.items())]))
    for name, bands in _ways(encoded, read, first, talk, held, load_heads(model).severity):
        truths = (first, second, first)
        told_by = [_agreed(truth[own], bands[own]) for truth, own in zip(truths, groups.values(), strict=True)]
        lines.append("\t".join([name, *(f"{value:.2f}" for value in told_by)]))
    return "\n".join(lines)


def _ways(
    encoded: Encoded, read: Sequence[Read], first: NDArray[Any], talk: NDArray[Any], held: NDArray[Any], cuts: Any
) -> Iterator[tuple[str, NDArray[Any]]]:
    """Each way's name with the places of its bands, (rows,)."""
    from sklearn.linear_model import Ridge
    from sklearn.neighbors import KNeighborsRegressor

    own = encoded.of("severity")
    harm = (1 / (1 + np.exp(-own))).mean(1)
    yield "what ships", np.array([SEVERITIES.index(band(value, cuts)) for value in harm])
    source = np.array([[row.kind == kind for kind in DOCUMENT_KINDS] for row in read], float)
    kinds, others = (
        np.hstack([own, *(encoded.of(head) for head in heads), source])
        for heads in (
            ("kinds", "sentiment", "worth", "whose"),
            ("kinds", "sentiment", "worth", "whose", "emotion", "what"),
        )
    )
    ways: dict[str, tuple[Inputs, Callable[[], Any]]] = {
        "its two logits, fitted anew": (np.hstack([own, source]), lambda: Ridge(_FEW)),
        "and kinds, sentiment, worth, whose": (kinds, lambda: Ridge(_FEW)),
        "and emotion, codes": (others, lambda: Ridge(_MANY / 10)),
        "states of two lower layers": (encoded.lower, lambda: Ridge(_MANY)),
        "states of all": (np.hstack([encoded.seen, encoded.lower]), lambda: Ridge(_MANY)),
        "nearest sentences (lower layers)": (
            encoded.lower, lambda: KNeighborsRegressor(_NEIGHBOURS, metric="cosine", weights="distance")
        ),
        "word n-grams": (word_grams([row.text for row in read]), lambda: Ridge(_FEW)),
    }  # fmt: skip
    for name, (looked, make) in ways.items():
        score = _answered(looked, first, read, held, make)
        bands = np.zeros(len(read), int)
        for group in (talk & held, ~talk & held):
            bands[group] = _banded(score[group], first[group])
        yield name, bands


def _answered(
    looked: Inputs, first: NDArray[Any], read: Sequence[Read], held: NDArray[Any], make: Callable[[], Any]
) -> NDArray[Any]:
    """Scores of the held rows, each by a fit of what teaches and of the other documents."""
    from scipy.sparse import csr_matrix, issparse
    from sklearn.model_selection import GroupKFold

    every: Any = csr_matrix(looked) if issparse(looked) else (looked - looked.mean(0)) / (looked.std(0) + 1e-6)
    places, score = np.flatnonzero(held), np.zeros(len(first))
    documents = [read[at].document for at in places]
    for rest, asked in GroupKFold(_FOLDS).split(places, groups=documents):
        taught = np.concatenate([np.flatnonzero(~held), places[rest]])
        score[places[asked]] = make().fit(every[taught], first[taught]).predict(every[places[asked]])
    return score


def _banded(score: NDArray[Any], first: NDArray[Any]) -> NDArray[Any]:
    """Bands as common as the reader made them: so no way wins or loses by where it is cut."""
    cuts = np.quantile(score, [(first <= step).mean() for step in (0, 1)])
    found: NDArray[Any] = (score[:, None] > cuts).sum(1)
    return found


def _agreed(ones: NDArray[Any], others: NDArray[Any]) -> float:
    from sklearn.metrics import cohen_kappa_score

    return float(cohen_kappa_score(ones, others, weights="quadratic"))
