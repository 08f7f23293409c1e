"""What is asked of a system: a named task with its rows, its measure and the figures to compare with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from voc_engine.evaluation.measures import (
    Figure,
    Tally,
    figure,
    side_by_side,
    tally_of_classes,
    tally_of_hits,
    tally_of_sets,
    weighted_kappa,
)
from voc_engine.mentions.contract import Sentence

QUESTIONS = (
    "kinds", "marked", "worth", "severity", "sentiment", "emotion", "quadrant", "sign", "pain or delight", "aspects",
    "polarity of term", "apart", "conditions",
)  # fmt: skip
MEASURES = ("F1", "macro-F1", "mean F1", "accuracy", "pair F1", "precision", "share", "kappa")
# Questions that a row may answer with none, one or several classes.
_OPEN = ("kinds", "marked", "worth", "aspects", "conditions")
NOTHING_SAID = "none"


@dataclass(frozen=True, slots=True)
class Row:
    """One text with its gold values.

    ``gold`` holds the true classes: none or more of the kinds, one sentiment, "aspect words | polarity" pairs ...
    ``second`` are those of a second reader, None where one reader or all together told them. ``context`` is what stands
    before the text, ``kind`` the kind of document that it is from, None where nobody says. ``term`` is the span
    (half-open code points of the text) of the aspect term that is asked about; ``focus`` the part of the text about it,
    for systems that read whole texts only. ``other`` is the second sentence of a pair.
    """

    text: str
    gold: tuple[str, ...]
    kind: str | None = "review"
    term: tuple[int, int] | None = None
    focus: str = ""
    other: str = ""
    context: str = ""
    second: tuple[str, ...] | None = None

    @property
    def plain(self) -> str:
        """The text for a system that cannot be asked about a term."""
        return self.focus or self.text

    @property
    def asked(self) -> Sentence:
        """The text as it is read."""
        return Sentence(self.text, self.context, self.kind)

    @property
    def beside(self) -> tuple[Sentence, ...]:
        """What is read beside the text: the second sentence of a pair."""
        return (Sentence(self.other, "", self.kind),) if self.other else ()


Examples = Sequence[tuple[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Task:
    """``question`` is one of QUESTIONS, ``measure`` one of MEASURES; ``classes`` are the values that are measured.

    ``training`` gives (text, classes) examples of the same question that may be learnt from, for the baselines; None
    where there are none. ``best`` is the best published figure or None, ``best_source`` says where it stands. ``drawn``
    says in a word or two how the set came to its rate of true rows. Where ``falls`` the figure is one of errors: the
    floor and the target are the most that it may be.
    """

    name: str
    question: str
    measure: str
    classes: tuple[str, ...]
    rows: tuple[Row, ...]
    floor: float | None = None
    target: float | None = None
    best: float | None = None
    best_source: str = ""
    training: Callable[[], Examples | None] | None = None
    drawn: str = ""
    falls: bool = False

    @property
    def one_answer(self) -> bool:
        """Whether a system gives exactly one class per row."""
        return self.question not in _OPEN

    @property
    def readers(self) -> list[list[tuple[str, ...]]]:
        """The true classes of each row, reader by reader; one list where the rows have no second reader."""
        first = [row.gold for row in self.rows]
        second = [row.second for row in self.rows if row.second is not None]
        return [first, second] if self.rows and len(second) == len(first) else [first]

    def tally(self, predicted: Sequence[tuple[str, ...]]) -> Tally:
        """Counts of what a system said, one tuple of classes per row; against each reader, side by side."""
        return side_by_side([self._tally(predicted, gold) for gold in self.readers])

    def figure(self, predicted: Sequence[tuple[str, ...]]) -> Figure:
        """The measure of what a system said, with its interval: the mean over readers where there are two."""
        if self.measure != "kappa":
            return figure(self.tally(predicted))
        truths = [[gold[0] if gold else None for gold in golds] for golds in self.readers]
        return weighted_kappa([own[0] if own else self.classes[0] for own in predicted], truths, self.classes)

    def between_readers(self) -> float | None:
        """The first reader's answers measured by the second's; None where there are not two."""
        if len(self.readers) <= 1:
            return None
        alone = replace(self, rows=tuple(replace(row, gold=row.second or (), second=None) for row in self.rows))
        if self.measure == "kappa":
            both = [row for row in self.rows if row.gold and row.second]
            alone = replace(alone, rows=tuple(replace(row, gold=row.second or (), second=None) for row in both))
            return alone.figure([row.gold for row in both]).value
        return alone.figure([row.gold for row in self.rows]).value

    def _tally(self, predicted: Sequence[tuple[str, ...]], gold: Sequence[tuple[str, ...]]) -> Tally:
        if self.measure == "accuracy":
            return tally_of_hits(predicted, gold)
        if self.measure == "pair F1":
            return tally_of_sets(predicted, gold)
        counts = tally_of_classes(predicted, gold, self.classes)
        if self.measure == "share":
            every = np.ones_like(counts.said)
            return Tally(counts.said, every, every)
        return counts.precision if self.measure == "precision" else counts
