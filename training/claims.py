"""The judge of claims (``voc check``): whether a sentence says what a short claim says, and whether it takes the other side.

What says the same is learned from pairs that taught the embedder nothing, else cosines would be trusted too much: 520 pairs
of another reader and the development topics of ArgKP 2021 (an argument and a key point). Opposite sides are learned from
the pairs of ``corpora/gold/pairs.tsv`` that are the same (S) or opposite (O), both weighed alike. Figures are of 230 pairs
of a statement and a quote of the demo, which teach nothing.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from training.judged_pairs import read_pairs, sentences
from voc_engine.embed.same_sense import SameSenseEmbedder
from voc_engine.insights.claim_judge import (
    SAYS,
    SIDES,
    Sentences,
    Side,
    WordSpace,
    content_words,
    says_features,
    side_features,
)
from voc_engine.mentions.contract import Reading, Sentence
from voc_engine.mentions.heads.extractor import HeadsExtractor

Pair = tuple[str, str, bool]  # claim, sentence, whether it says the same
_ARGUMENTS = 1_300


def claims_stage(data: Path, gold: Path, model: Path) -> str:
    """Fit both questions to ``model``/claims.json and return the figures."""
    from sklearn.linear_model import LogisticRegression

    encoder = SameSenseEmbedder()
    same = data / "gold" / "same"
    teaching = [*_read_pairs(same).items(), *_arguments(same / "argkp2021").items()]
    looked = [_looked(own, encoder) for _, own in teaching]
    truth = np.concatenate([[pair[2] for pair in own] for _, own in teaching])
    says = LogisticRegression(C=10.0, max_iter=3_000).fit(np.vstack(looked), truth)
    sides, opposed = _sides(data, gold)
    turns = LogisticRegression(C=1.0, class_weight="balanced", max_iter=3_000).fit(sides, opposed)
    told = {"says": _told(SAYS, says), "opposite": _told(SIDES, turns)}
    (model / "claims.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    asked = _demo(same / "demo_labels")
    chance, right = says.predict_proba(_looked(asked, encoder))[:, 1], np.array([pair[2] for pair in asked])
    lines = ["least\tpairs\tright\tshare of all that say the same"]
    for least in (0.5, 0.6, 0.7, 0.75, 0.8, 0.9):
        own = chance >= least
        lines.append(f"{least}\t{own.sum()}\t{right[own].mean():.2f}\t{right[own].sum() / right.sum():.2f}")
    return "\n".join(lines)


def _looked(pairs: list[Pair], encoder: SameSenseEmbedder) -> Any:
    """Shape (pairs, SAYS), as in a study of all these texts."""
    texts = sorted({text for pair in pairs for text in pair[:2]})
    study = Sentences(texts, encoder.encode(texts))
    row = {text: at for at, text in enumerate(texts)}
    space = WordSpace(sorted({word for text in texts for word in content_words(text)}), encoder.encode)
    found = []
    for claim, text, _ in pairs:
        alike = round(float(study.meaning[row[claim]] @ study.meaning[row[text]]), 4)
        found.append(says_features(alike, space.cover(claim, text, study.rarity)[0]))
    return np.array(found)


def _read_pairs(folder: Path) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = {}
    with (folder / "pairs.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.setdefault(row["domain"], []).append((row["text_1"], row["text_2"], row["label"] == "S"))
    return found


def _arguments(folder: Path) -> dict[str, list[Pair]]:
    def rows(name: str) -> Iterator[dict[str, str]]:
        with (folder / f"{name}_dev.csv").open(encoding="utf-8", newline="") as stream:
            yield from csv.DictReader(stream)

    points = {row["key_point_id"]: row for row in rows("key_points")}
    said = {row["arg_id"]: row["argument"] for row in rows("arguments")}
    labels = list(rows("labels"))
    found: dict[str, list[Pair]] = {}
    for row in labels[:: max(1, len(labels) // _ARGUMENTS)]:
        point = points[row["key_point_id"]]
        found.setdefault(point["topic"], []).append((point["key_point"], said[row["arg_id"]], row["label"] == "1"))
    return found


def _demo(folder: Path) -> list[Pair]:
    found: list[Pair] = []
    for name in ("blind_labelled.csv", "blind2_labelled.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            found += [(row["st"], row["q"], row["lab"] == "M") for row in csv.DictReader(stream)]
    return found


def _sides(data: Path, gold: Path) -> tuple[Any, Any]:
    """Shape (pairs, SIDES), and which are opposite."""
    said = {name: sentence.text for name, sentence in sentences(data, gold).items()}
    pairs = [pair for pair in read_pairs(gold) if pair.label in "SO"]
    texts = sorted({said[name] for pair in pairs for name in (pair.first, pair.second)})
    readings = HeadsExtractor().labels([Sentence(text) for text in texts])
    sides = {text: _side(reading) for text, reading in zip(texts, readings, strict=True)}
    looked = [side_features(sides[said[pair.first]], sides[said[pair.second]]) for pair in pairs]
    return np.array(looked), np.array([pair.label == "O" for pair in pairs])


def _side(reading: Reading) -> Side:
    return Side(reading.sentiment_score, reading.probabilities["delight"], reading.probabilities["pain_point"])


def _told(names: tuple[str, ...], judge: Any) -> dict[str, Any]:
    weights = {name: round(float(value), 4) for name, value in zip(names, judge.coef_[0], strict=True)}
    return {"weights": weights, "constant": round(float(judge.intercept_[0]), 4)}
