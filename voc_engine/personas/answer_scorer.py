"""Whether a text answers an objection: a logistic regression on what both say, trained on pairs that were read.

It ranks; it does not decide. On domains that taught it nothing no threshold holds a precision of .70, and so nothing that
it finds is shown unless a study asks for it (``training/answers.py`` prints the figures; ``corpora/gold/answers.tsv``).
"""

from __future__ import annotations

import json
import math
import re
from functools import cache
from importlib.resources import files

from voc_engine.language.negation import is_negated
from voc_engine.language.stems import content_stems
from voc_engine.language.tokens import words

FEATURES = (
    "cosine", "shared words", "share of the objection", "share of the answer", "the answer asks", "the objection asks",
    "the objection is negated", "the answer is negated", "negated on one side", "words of the answer",
    "words of the objection", "a number", "begins by answering", "you", "i", "politeness",
)  # fmt: skip
_DIGIT = re.compile(r"\d")
_FIRST = ("yes", "no", "but", "well", "actually")
_POLITE = re.compile(r"\b(sorry|thanks?|understand|agree)\b")


def features(objection: str, answer: str, cosine: float) -> tuple[float, ...]:
    """What the scorer sees, in the order of FEATURES; ``cosine`` is of the two sentences' vectors."""
    ours, theirs = set(content_stems(objection)), set(content_stems(answer))
    here, there = words(objection), words(answer)
    shared, low = len(ours & theirs), answer.lower()
    denied, denies = is_negated(here), is_negated(there)
    return (
        cosine, shared, shared / max(1, len(ours)), shared / max(1, len(theirs)), "?" in answer, "?" in objection,
        denied, denies, denied != denies, math.log1p(len(there)), math.log1p(len(here)), bool(_DIGIT.search(answer)),
        low.startswith(_FIRST), " you " in f" {low} ", " i " in f" {low} ", bool(_POLITE.search(low)),
    )  # fmt: skip


def chance(objection: str, answer: str, cosine: float) -> float:
    """Probability that the text answers the objection, in steps of 0.0001."""
    weights, constant = _weights()
    odds = constant + sum(w * float(x) for w, x in zip(weights, features(objection, answer, cosine), strict=True))
    return round(1 / (1 + math.exp(-odds)), 4)


@cache
def _weights() -> tuple[tuple[float, ...], float]:
    model = json.loads((files("voc_engine.personas") / "model" / "answers.json").read_text("utf-8"))
    return tuple(model["weights"][name] for name in FEATURES), float(model["constant"])
