"""Whether a wording can be the title of a finding: what is seen of it, and a judge fitted on titles that were read.

After key point analysis (Bar-Haim et al. 2020, 2021): a title is short, self-contained and says what most members say. How
many say it is told by the judge of members; whether it can be read alone, by its form. A logistic regression weighs both
(``training/title_labels.py``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from voc_engine.insights.shared_words import said_words
from voc_engine.insights.title_spans import Form
from voc_engine.language.tokens import words
from voc_engine.records import Mention

FEATURES = (
    "meaning", "cover", "rank", "gap", "part", "half", "alone", "thin", "short", "long", "numbers", "names", "open", "bare",
    "subject", "finite", "clause", "joined", "listed", "agreed", "people", "two",
)  # fmt: skip
# A title has three to nine words; more than eight people make none likelier: choices, the weights say what they are worth.
_SHORT, _LONG, _MOST_PEOPLE, _TWO = 3, 9, 8, 2
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Heard:
    """How a finding's people are to one wording: ``cover`` is the mean over people of how likely they say it, ``meaning``
    the mean cosine of it and what they say, of all but who lends it."""

    cover: float
    meaning: float


@dataclass(frozen=True, slots=True)
class Wording:
    """What could head a finding. ``mention``: who lends it. ``listed``: its end is of the published list, and ``agreed`` is
    the share of people who say that of it. ``part``: how much of it the others say."""

    text: str
    mention: Mention
    form: Form
    listed: bool = False
    agreed: float = 0.0
    part: float = 0.0


class Words:
    """Who of a finding says which words."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._said: dict[str, set[str]] = {}
        for mention in mentions:
            for word in said_words(f"{mention.quote} {mention.thing or ''}"):
                self._said.setdefault(word, set()).add(mention.person_id)
        self.people = len({mention.person_id for mention in mentions})

    def common(self, text: str) -> bool:
        """Whether two people and more say any of its words of content."""
        return any(len(self._said.get(word, ())) > 1 for word in said_words(text))

    def shares(self, text: str) -> tuple[float, float, float]:
        """Of its words of content: the share of people who say half of them, the share of words that one person says at
        most, and whether they are fewer than two."""
        here = said_words(text)
        if not here:
            return 0.0, 0.0, 1.0
        counts: dict[str, int] = {}
        for word in here:
            for person in self._said.get(word, ()):
                counts[person] = counts.get(person, 0) + 1
        half = sum(2 * count >= len(here) for count in counts.values()) / self.people
        alone = sum(len(self._said.get(word, ())) <= 1 for word in here) / len(here)
        return round(half, 4), round(alone, 4), float(len(here) <= 1)


def title_features(wordings: Sequence[Wording], hearings: Sequence[Heard], words_of: Words) -> Matrix:
    """What is seen of the wordings of one finding, shape (wordings, FEATURES)."""
    meaning = np.array([one.meaning for one in hearings])
    order = np.argsort(np.argsort(-meaning, kind="stable"), kind="stable") / max(1, len(meaning) - 1)
    rows = []
    for wording, hearing, rank in zip(wordings, hearings, order.tolist(), strict=True):
        many = len(words(wording.text))
        form = wording.form
        rows.append(
            (
                hearing.meaning, hearing.cover, rank, float(meaning.max()) - hearing.meaning, wording.part,
                *words_of.shares(wording.text),
                max(0, _SHORT - many), max(0, many - _LONG) / _LONG, form.numbers, form.names, form.open,
                0 if wording.listed else form.bare, form.subject, form.finite, form.clause, form.joined,
                float(wording.listed), wording.agreed, float(np.log(min(words_of.people, _MOST_PEOPLE))),
                float(words_of.people == _TWO),
            )
        )  # fmt: skip
    return np.asarray(np.round(rows, 4), np.float64)


def title_chances(features: Matrix) -> Matrix:
    """Probability that a strict reader would take each for the title, shape (wordings,), in steps of 0.0001."""
    weights, constant = _weights()
    return np.asarray(np.round(1 / (1 + np.exp(-(constant + features @ weights))), 4), np.float64)


@cache
def _weights() -> tuple[Matrix, float]:
    fitted = json.loads((files("voc_engine.insights") / "model" / "titles.json").read_text("utf-8"))
    return np.array([fitted["weights"][name] for name in FEATURES], np.float64), float(fitted["constant"])
