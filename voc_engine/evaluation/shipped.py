"""Kinds at the shipped threshold: precision, recall and ranking for each kind of source, and the surest errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voc_engine.evaluation.measures import Figure, figure, some
from voc_engine.evaluation.ranking import average_precision
from voc_engine.evaluation.system_answers import Answers
from voc_engine.evaluation.task import Row, Task

QUESTIONS = ("kinds", "marked")
MOST_SHOWN = 20  # a choice: errors of each sort that a person reads in one go
EVERY_SOURCE = "all"


@dataclass(frozen=True, slots=True)
class AtThreshold:
    """One kind in one kind of source (EVERY_SOURCE where a set has several): ``n`` rows, ``true`` of them with the kind
    (the mean over readers), ``marked`` so many. Figures are None where there is nothing to measure. ``off`` tells that a
    study does not mark the kind there by default."""

    kind: str
    source: str
    n: int
    true: float
    marked: int
    f1: Figure | None
    precision: Figure | None
    recall: Figure | None
    average_precision: Figure | None
    off: bool


@dataclass(frozen=True, slots=True)
class Mistake:
    """A row that is marked and has the kind for no reader (``wrong``), or is not marked and has it for all."""

    wrong: bool
    row: Row
    chance: float


def at_threshold(task: Task, answers: Answers) -> list[AtThreshold]:
    """All rows, then each kind of source where there are several; nothing for tasks that ask for no kind or several."""
    if not _asks_for_one(task):
        return []
    sources = sorted({row.kind or "" for row in task.rows})
    if len(sources) == 1:
        return [_at_threshold(task, answers, sources[0])]
    parts = [(EVERY_SOURCE, range(len(task.rows)))] + [
        (source, [at for at, row in enumerate(task.rows) if (row.kind or "") == source]) for source in sources
    ]
    return [_at_threshold(*_subset(task, answers, chosen), source) for source, chosen in parts]


def whole_ranking(task: Task, answers: Answers) -> Figure | None:
    """Average precision, the mean over the task's kinds and readers; None where no probability is asked for."""
    if task.question not in QUESTIONS or not task.rows:
        return None
    columns = [
        ([chances[at] if chances else 0.0 for chances in answers.chances], [kind in labels for labels in gold])
        for gold in task.readers
        for at, kind in enumerate(answers.classes)
    ]
    return some(average_precision(columns))


def calibration_pairs(task: Task, answers: Answers) -> tuple[list[float], list[bool]]:
    """Each probability that was given with whether it is true, for each reader."""
    if not answers.chances:
        return [], []
    pairs = [
        (chance, kind in labels)
        for gold in task.readers
        for given, labels in zip(answers.chances, gold, strict=True)
        for kind, chance in zip(answers.classes, given or (), strict=False)
    ]
    return [chance for chance, _ in pairs], [true for _, true in pairs]


def mistakes(task: Task, answers: Answers) -> list[Mistake]:
    """The surest SHOWN that are wrong, then the SHOWN missed ones that are surest not to be it."""
    if not _asks_for_one(task):
        return []
    kind, listed = task.classes[0], list[Mistake]()
    for at, row in enumerate(task.rows):
        chances = answers.chances[at]
        truths, predicted = {kind in gold[at] for gold in task.readers}, kind in answers.said[at]
        if truths == {not predicted}:
            listed.append(Mistake(predicted, row, chances[0] if chances else 0.0))
    wrong = sorted((one for one in listed if one.wrong), key=lambda one: (-one.chance, one.row.text))
    missed = sorted((one for one in listed if not one.wrong), key=lambda one: (one.chance, one.row.text))
    return wrong[:MOST_SHOWN] + missed[:MOST_SHOWN]


def _asks_for_one(task: Task) -> bool:
    return task.question in QUESTIONS and task.measure == "F1" and len(task.classes) == 1 and bool(task.rows)


def _subset(task: Task, answers: Answers, chosen: Sequence[int]) -> tuple[Task, Answers]:
    rows = tuple(task.rows[at] for at in chosen)
    subset = replace(answers, said=[answers.said[at] for at in chosen], chances=[answers.chances[at] for at in chosen])
    return replace(task, rows=rows), subset


def _at_threshold(task: Task, answers: Answers, source: str) -> AtThreshold:
    kind, tally = task.classes[0], task.tally(answers.said)
    return AtThreshold(
        kind,
        source,
        len(task.rows),
        sum(kind in labels for gold in task.readers for labels in gold) / len(task.readers),
        sum(kind in said for said in answers.said),
        some(figure(tally)),
        some(figure(tally.precision)),
        some(figure(tally.recall)),
        whole_ranking(task, answers),
        any((kind, row.kind) in answers.off for row in task.rows) and source != EVERY_SOURCE,
    )
