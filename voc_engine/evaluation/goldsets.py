"""The gold sets that our figures are published on: where each lies, what it asks, and the figures to reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from voc_engine.errors import ConfigError, nearest
from voc_engine.evaluation.sets import airline_posts, aspects, comments, mixed, pairs, reviews, suggestions, talk, traps
from voc_engine.evaluation.sets.gold_file import Source
from voc_engine.evaluation.sets.rates import at_natural_rate
from voc_engine.evaluation.task import Examples, Row, Task
from voc_engine.records import EMOTIONS, QUADRANTS, SENTIMENTS, SEVERITIES

KINDS = ("pain_point", "goal", "request", "objection", "delight")
_TALK_KINDS = ("pain_point", "goal", "delight")
_SIGNS = ("negative", "positive")
_HUMAN = "people: kappa {} of two passes (voc-dev.md)"


@dataclass(frozen=True, slots=True)
class GoldSet:
    """``file`` is the set's place below the gold folder; ``blank`` the task without its rows.

    ``family`` is a second name, shared by the sets that one file gives.
    """

    file: str
    blank: Task
    read: Callable[[Source], tuple[Row, ...]]
    training: Callable[[Source], Examples | None] | None = None
    family: str = ""

    @property
    def name(self) -> str:
        return self.blank.name


_READERS = "people: the two readers with each other"
_A_SOURCE = "SemEval-2019 task 9 A, evaluation split: rules + network"
_THINNED = "thinned"


def _suggestions(
    name: str, read: Callable[[Source], tuple[Row, ...]], floor: float, target: float, best: float, source: str
) -> GoldSet:
    blank = Task(
        f"suggestions-{name}",
        "kinds",
        "F1",
        ("request",),
        (),
        floor,
        target,
        best,
        source,
        drawn="balanced by its makers",
    )
    return GoldSet(f"gold/suggestions-{name}-trial.csv", blank, read)


def _talk(name: str, question: str, measure: str, classes: tuple[str, ...], read: Callable[[Source], tuple[Row, ...]],
          floor: float | None = None, target: float | None = None) -> GoldSet:  # fmt: skip
    blank = Task(f"talk-{name}", question, measure, classes, (), floor, target, best_source=_READERS, drawn="as said")
    return GoldSet("gold/windows/windows-dev.tsv", blank, read, family="talk")


def _acos(name: str, floor: float) -> GoldSet:
    blank = Task(f"acos-{name}", "aspects", "pair F1", (), (), floor, 0.60)
    return GoldSet(f"gold/acos-{name}-dev.tsv", blank, aspects.acos)


def _airline(blank: Task, read: Callable[[Source], tuple[Row, ...]]) -> GoldSet:
    return GoldSet("posts/us-airline-tweets.csv", blank, read, family="airline")


def _mixed(blank: Task, read: Callable[[Source], tuple[Row, ...]]) -> GoldSet:
    return GoldSet("gold/voc-dev.tsv", blank, read, family="voc-dev")


def _kind(name: str, kappa: str) -> GoldSet:
    source = _HUMAN.format(kappa) if kappa else ""
    return _mixed(Task(f"voc-dev-{name}", "kinds", "F1", (name,), (), best_source=source), mixed.kinds)


SETS = (
    _suggestions("A", suggestions.forum, 0.8, 0.80, 0.79, _A_SOURCE),
    _suggestions("B", suggestions.hotels, 0.75, 0.86, 0.858, "SemEval-2019 task 9 B, evaluation split: hand rules"),
    GoldSet(
        "gold/suggestions-A-train.csv",
        Task("suggestions-A-natural", "kinds", "F1", ("request",), (), 0.65, 0.78, 0.781, _A_SOURCE, drawn=_THINNED),
        at_natural_rate(suggestions.forum),
    ),
    GoldSet(
        "gold/suggestions-B-trial.csv",
        Task("suggestions-B-natural", "kinds", "F1", ("request",), (), drawn=_THINNED),
        at_natural_rate(suggestions.hotels),
    ),
    GoldSet(
        "gold/goemotions-ekman-dev.tsv",
        Task("goemotions", "emotion", "macro-F1", EMOTIONS, (), 0.57, 0.64, 0.64, "Demszky et al. 2020: BERT, test"),
        comments.read,
        comments.training,
    ),
    _airline(Task("airline-sentiment", "sentiment", "macro-F1", SENTIMENTS, (), 0.7, 0.78), airline_posts.sentiment),
    _airline(Task("airline-pain", "kinds", "F1", ("pain_point",), (), 0.79, 0.88, drawn="as posted"), airline_posts.pain),
    _airline(
        Task("airline-false-pain", "kinds", "share", ("pain_point",), (), 0.1, 0.08, drawn="as posted", falls=True),
        airline_posts.content,
    ),
    GoldSet(
        "gold/product-review-features.csv",
        Task("product-reviews", "sign", "accuracy", _SIGNS, (), 0.93, 0.88),
        reviews.signs,
        reviews.signs_training,
    ),
    _acos("laptop", 0.36),
    _acos("rest16", 0.56),
    _talk("kinds", "marked", "mean F1", _TALK_KINDS, talk.kinds, 0.60, 0.75),
    *(_talk(kind, "marked", "F1", (kind,), talk.kinds) for kind in KINDS),
    _talk("worth", "worth", "precision", ("worth",), talk.worth, 0.75, 0.85),
    _talk("severity", "severity", "kappa", SEVERITIES, talk.severity, 0.55, 0.70),
    _mixed(
        Task("voc-dev-kinds", "kinds", "mean F1", KINDS, (), 0.57, 0.75, best_source=_HUMAN.format(".88 to .98")),
        mixed.kinds,
    ),
    _kind("pain_point", ".95"),
    _kind("goal", ".88"),
    _kind("request", ".98"),
    _kind("objection", ""),
    _kind("delight", ".91"),
    _mixed(
        Task("voc-dev-sentiment", "sentiment", "macro-F1", SENTIMENTS, (), best_source=_HUMAN.format(".94")),
        mixed.sentiment,
    ),
    _mixed(
        Task("voc-dev-emotion", "emotion", "macro-F1", EMOTIONS, (), best_source=_HUMAN.format(".79")), mixed.emotion
    ),
    _mixed(
        Task("voc-dev-quadrant", "quadrant", "macro-F1", QUADRANTS, (), 0.76, 0.75, best_source=_HUMAN.format(".90")),
        mixed.quadrant,
    ),
    GoldSet(
        "gold/mams-train.csv",
        Task("mams", "polarity of term", "macro-F1", SENTIMENTS, (), 0.78, 0.80),
        aspects.mams,
        aspects.mams_training,
    ),
    GoldSet(
        "gold/pros-cons-train.csv",
        Task("pros-cons", "pain or delight", "accuracy", ("pain_point", "delight"), (), 0.94, 0.95),
        reviews.pros_cons,
        reviews.pros_cons_training,
    ),
    GoldSet(
        "gold/negation_pairs.tsv", Task("negation-pairs", "apart", "accuracy", ("apart",), (), 1.0, 1.0), pairs.read
    ),
    GoldSet(
        "cases/sentiment-traps/expected.json",
        Task("sentiment-traps", "conditions", "accuracy", (), (), 0.875, 0.969),
        traps.read,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Tasks with their rows, and the sets without a file as (name, path)."""

    tasks: tuple[Task, ...]
    missing: tuple[tuple[str, str], ...]


def find(
    folder: Path | None, named: Mapping[str, Path] | None = None, only: Sequence[str] = (), shipped: Path | None = None
) -> Found:
    """The gold sets below ``folder``, with the files of ``named`` (set or family name -> path) in their place.

    A named file is measured whole. Without a folder only the named sets are taken. ``only`` keeps some sets;
    ``shipped`` is a second folder to look in for sets that come with the project. Raises ConfigError for an unknown
    name and for a file that is there but is not in the set's form.
    """
    named = named or {}
    for name in (*named, *only):
        _check(name)
    tasks, missing = [], []
    for gold_set in SETS:
        if only and not {gold_set.name, gold_set.family} & set(only):
            continue
        named_path = named.get(gold_set.name, named.get(gold_set.family))
        if named_path is None and folder is None:
            continue
        source = Source(
            named_path or _path_of(gold_set, folder, shipped),
            folder or Path(named_path or ".").parent,
            named_path is not None,
        )
        if source.path.is_file():
            tasks.append(_filled(gold_set, source))
        else:
            missing.append((gold_set.name, str(source.path)))
    return Found(tuple(tasks), tuple(missing))


def _path_of(gold_set: GoldSet, folder: Path | None, shipped: Path | None) -> Path:
    """Below the gold folder, else among the shipped sets; where it is in neither, the place it was looked for first."""
    first = (folder or Path()) / gold_set.file
    second = shipped / gold_set.file if shipped is not None else first
    return second if second.is_file() and not first.is_file() else first


def _filled(gold_set: GoldSet, source: Source) -> Task:
    training = partial(gold_set.training, source) if gold_set.training is not None else None
    return replace(gold_set.blank, rows=gold_set.read(source), training=training)


def _check(name: str) -> None:
    names = {one.name for one in SETS} | {one.family for one in SETS if one.family}
    if name not in names:
        raise ConfigError(f"There is no gold set named {name!r}.", do=nearest(name, names))
