"""What is asked of a system: a named task with its rows, its measure and the figures to compare with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voc_engine.evaluation.measures import Tally, tally_of_classes, tally_of_hits, tally_of_sets

QUESTIONS = (
    "kinds", "sentiment", "emotion", "quadrant", "sign", "pain or delight", "aspects", "polarity of term", "apart",
)  # fmt: skip
MEASURES = ("F1", "macro-F1", "mean F1", "accuracy", "pair F1")
NOTHING_SAID = "none"


@dataclass(frozen=True, slots=True)
class Row:
    """One text with its gold values.

    ``gold`` holds the true classes: none or more of the kinds, one sentiment, "aspect words | polarity" pairs ...
    ``kind`` is the kind of document that the text is from. ``term`` is the span (half-open code points of the text)
    of the aspect term that is asked about; ``focus`` the part of the text about it, for systems that read whole texts
    only. ``other`` is the second sentence of a pair.
    """

    text: str
    gold: tuple[str, ...]
    kind: str = "review"
    term: tuple[int, int] | None = None
    focus: str = ""
    other: str = ""

    @property
    def plain(self) -> str:
        """The text for a system that cannot be asked about a term."""
        return self.focus or self.text


Examples = Sequence[tuple[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Task:
    """``question`` is one of QUESTIONS, ``measure`` one of MEASURES; ``classes`` are the values that are measured.

    ``training`` gives (text, classes) examples of the same question that may be learnt from, for the baselines; None
    where there are none. ``best`` is the best published figure or None, ``best_source`` says where it stands.
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

    @property
    def one_answer(self) -> bool:
        """Whether a system gives exactly one class per row."""
        return self.question not in ("kinds", "aspects")

    def tally(self, said: Sequence[tuple[str, ...]]) -> Tally:
        """Counts of what a system said, one tuple of classes per row."""
        gold = [row.gold for row in self.rows]
        if self.measure == "accuracy":
            return tally_of_hits(said, gold)
        if self.measure == "pair F1":
            return tally_of_sets(said, gold)
        return tally_of_classes(said, gold, self.classes)
