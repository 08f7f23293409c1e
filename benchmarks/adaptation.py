"""Do 64 labels help? F1 on rows of a domain that the heads were not trained on, before and after refitting them.

python -m benchmarks.adaptation --gold ../shared/data [--labels 64 256] [--seeds 10] [--only airline-pain]

The airline posts and forum suggestions are "evaluate only": they refit heads that live as long as this program.
Labels are drawn at random, as a user who labels the first rows of a shuffled file draws them, and what is measured is
what ``voc label`` would say of the rows that were not drawn.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voc_engine.evaluation.measures import tally_of_classes
from voc_engine.evaluation.sets import airline_posts, reviews, suggestions
from voc_engine.evaluation.sets.gold_file import Source
from voc_engine.evaluation.task import Row
from voc_engine.interface.labelled import labeller_for
from voc_engine.mentions.heads.adapt import adapt
from voc_engine.mentions.heads.labels import ADVICE
from voc_engine.mentions.heads.linear import OUTPUTS, LinearHeads
from voc_engine.mentions.heads.refit import Text, inputs_of, targets
from voc_engine.records import SENTIMENTS

SHARED = Path(os.environ.get("VOC_SHARED", Path(__file__).parents[2] / "shared"))
FEWEST_TESTED = 1_500
NEITHER = "none"


@dataclass(frozen=True)
class Task:
    """``column`` is the label that is refitted, ``classes`` the values that are measured."""

    name: str
    file: str
    read: Callable[[Source], tuple[Row, ...]]
    column: str

    @property
    def classes(self) -> tuple[str, ...]:
        return SENTIMENTS if self.column == "sentiment" else (self.column,)


def _signs(source: Source) -> tuple[Row, ...]:
    return tuple(Row(row.text, ("pain_point",) if row.gold == ("negative",) else ()) for row in reviews.signs(source))


def _sides(source: Source) -> tuple[Row, ...]:
    return tuple(Row(row.text, tuple({*row.gold} & {"pain_point"})) for row in reviews.pros_cons(source))


AIRLINE, FORUM = "posts/us-airline-tweets.csv", "gold/suggestions-A-train.csv"
TASKS = (
    Task("airline-pain", AIRLINE, airline_posts.pain, "pain_point"),
    Task("airline-sentiment", AIRLINE, airline_posts.sentiment, "sentiment"),
    Task("suggestions-A-train", FORUM, suggestions.forum, "request"),
    # Their words have been seen in training: not part of the figure, but what the method was developed on.
    Task("product-reviews", "gold/product-review-features.csv", _signs, "pain_point"),
    Task("pros-cons", "gold/pros-cons-train.csv", _sides, "pain_point"),
)
DEFAULT = tuple(task.name for task in TASKS[:3])


def main() -> None:
    """Print one line per set and number of labels; exit code 1 where labels do not help on average."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.adaptation", description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, default=SHARED / "data")
    parser.add_argument("--labels", type=int, nargs="+", default=[64, 256])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--rows", type=int, default=4_000, help="rows of each set to read, drawn at random")
    parser.add_argument("--only", nargs="+", choices=[task.name for task in TASKS], default=DEFAULT)
    given = parser.parse_args()
    reader, failed = Reader(), False
    print(f"{'set':<20}{'labels':>7}{'tested':>8}{'before':>9}{'after':>9}{'change':>9}{'spread':>9}  worse of seeds")
    for task in (task for task in TASKS if task.name in given.only):
        looked = reader.looked(task, given.gold / task.file, given.rows)
        for count in given.labels:
            pairs = [looked.trial(count, seed) for seed in range(given.seeds)]
            _print(task.name, count, len(looked.rows) - count, pairs)
            failed |= statistics.mean(after - before for before, after in pairs) <= 0
    sys.exit(failed)


def _print(name: str, count: int, tested: int, pairs: Sequence[tuple[float, float]]) -> None:
    changes = [after - before for before, after in pairs]
    before, after = (statistics.mean(values) for values in zip(*pairs, strict=True))
    spread = statistics.stdev(changes) if len(changes) > 1 else 0.0
    worse = [f"{seed} ({change:+.3f})" for seed, change in enumerate(changes) if change < 0]
    print(
        f"{name:<20}{count:>7}{tested:>8}{before:>9.3f}{after:>9.3f}{statistics.mean(changes):>+9.3f}{spread:>9.3f}"
        f"  {len(worse)} of {len(pairs)}: {', '.join(worse) or 'none'}",
        flush=True,
    )


class Reader:
    """Reads each text once, whichever sets it is in."""

    def __init__(self) -> None:
        self.labeller = labeller_for("heads.v1", any_language=True)
        self.known: dict[tuple[str, int], Any] = {}

    def looked(self, task: Task, path: Path, most: int) -> Looked:
        """The task's rows, at most so many, with what the heads look at in each."""
        rows = list(task.read(Source(path, path.parent, whole=True)))
        rows = [row for row in rows if self.labeller.parts(row.text)]
        rows = [rows[at] for at in sorted(random.Random(0).sample(range(len(rows)), min(most, len(rows))))]
        texts = [tuple(self.labeller.parts(row.text)) for row in rows]
        key = (str(path), len(rows))
        if key not in self.known:
            began = time.perf_counter()
            self.known[key] = inputs_of(self.labeller.extractor, texts)
            print(f"{len(texts)} texts of {path.name} read in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        heads: LinearHeads = self.labeller.extractor.heads
        return Looked(task, rows, texts, *self.known[key], heads)


@dataclass(frozen=True)
class Looked:
    """Texts, and the rows of numbers that their sentences became."""

    task: Task
    rows: Sequence[Row]
    texts: Sequence[tuple[str, ...]]
    features: NDArray[Any]
    grams: Any
    heads: LinearHeads

    def trial(self, count: int, seed: int) -> tuple[float, float]:
        """F1 before and after on the rows that were not drawn."""
        places = random.Random(f"labels {seed}").sample(range(len(self.rows)), count)
        rest = sorted(set(range(len(self.rows))) - set(places))
        if len(rest) < FEWEST_TESTED:
            sys.exit(f"{self.task.name}: {len(rest)} rows left to test on, {FEWEST_TESTED} are needed")
        new, _ = self.refitted(places)
        return self._f1(self.heads, rest), self._f1(new, rest)

    def refitted(self, places: Sequence[int]) -> tuple[LinearHeads, Any]:
        """Heads refitted with the labels of these rows."""
        at = np.concatenate([self._sentences(place) for place in places])
        texts = [Text(self.texts[place], {self.task.column: self._label(self.rows[place])}) for place in places]
        groups = np.repeat(np.arange(len(texts)), [len(text.sentences) for text in texts])
        known = targets(texts, self.heads.log_odds(self.features[at], self.grams[at]))
        return adapt(self.heads, self.features[at], self.grams[at], known, groups)

    def _label(self, row: Row) -> str:
        return row.gold[0] if self.task.column == "sentiment" else str(int(self.task.column in row.gold))

    def _sentences(self, place: int) -> NDArray[Any]:
        return np.arange(self.starts[place], self.starts[place + 1])

    @property
    def starts(self) -> NDArray[Any]:
        return np.concatenate([[0], np.cumsum([len(text) for text in self.texts])])

    def _f1(self, heads: LinearHeads, rest: Sequence[int]) -> float:
        """F1 of what ``voc label`` says: a kind from even odds, a request also for advice, the likeliest sentiment."""
        odds = np.maximum.reduceat(heads.log_odds(self.features, self.grams), self.starts[:-1])[rest]
        if self.task.column == "sentiment":
            likeliest = odds[:, [OUTPUTS.index(("sentiment", name)) for name in SENTIMENTS]].argmax(1)
            said = [(SENTIMENTS[at],) for at in likeliest]
        else:
            names = (self.task.column, ADVICE) if self.task.column == "request" else (self.task.column,)
            there = odds[:, [OUTPUTS.index(("kinds", name)) for name in names]].max(1) >= 0
            said = [(self.task.column,) if one else (NEITHER,) for one in there]
        return tally_of_classes(said, [self.rows[place].gold for place in rest], self.task.classes).value


if __name__ == "__main__":
    main()
