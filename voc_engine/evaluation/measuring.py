"""Runs the tasks: every system's figure per set, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan

from voc_engine.evaluation.baselines import can_learn, textblob_score, vader_score, vectors_alone, words_alone
from voc_engine.evaluation.measures import Figure, calibration_error, figure
from voc_engine.evaluation.reader import TextReader
from voc_engine.evaluation.system_answers import lexicon, ours, texts_of
from voc_engine.evaluation.task import Examples, Task
from voc_engine.mentions.labelling import Labeller
from voc_engine.records import stable_hash

SYSTEMS = ("ours", "textblob", "vader", "vectors", "words")


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. ``n`` rows of ``n_all`` were measured, ``n_unread`` of them without labels of ours (no word,
    or another language: a wrong answer); ``figures`` by the names of SYSTEMS, None where a
    system has no answer to the question or nothing to learn it from. ``calibration`` is the expected calibration
    error where probabilities are asked for. ``rows_per_second`` is of the reading alone, models loaded."""

    name: str
    measure: str
    n: int
    n_all: int
    n_unread: int
    figures: dict[str, Figure | None]
    floor: float | None
    target: float | None
    best: float | None
    best_source: str
    calibration: float | None
    rows_per_second: float | None

    @property
    def missed(self) -> bool:
        """Whether ours is below the floor."""
        own = self.figures["ours"]
        return self.floor is not None and (own is None or not own.value >= self.floor)


def evaluate(
    tasks: Sequence[Task],
    labeller: Labeller,
    *,
    baselines: bool = False,
    examples: Mapping[str, Examples] | None = None,
    limit: int | None = None,
    advance: Callable[[int], None] = lambda rows: None,
) -> list[Result]:
    """One Result per task, in order. ``limit`` takes so many rows of each set, always the same ones.

    With ``baselines`` heads on vectors and on words alone are fitted too: on the task's own training part, else on
    ``examples``, by a kind's name or "sentiment", "emotion", "quadrant". ``advance`` is told of texts as they are read.
    """
    reader, examples = TextReader(labeller), examples or {}
    textblob, vader = textblob_score(), vader_score()
    results = []
    for whole in tasks:
        task = sampled(whole, limit)
        reader.read(texts_of(task, reader), advance)
        own = ours(task, reader)
        said = {"ours": own.said, "textblob": lexicon(task, textblob), "vader": lexicon(task, vader)}
        learnt = _examples(task, examples) if baselines and task.rows else ()
        if can_learn(task, learnt):
            said["vectors"] = vectors_alone(task, learnt, labeller.embed)
            said["words"] = words_alone(task, learnt)
        results.append(
            Result(
                task.name, task.measure, len(task.rows), len(whole.rows), _unread(task, reader), _figures(task, said),
                task.floor, task.target, task.best, task.best_source,
                calibration_error(own.probabilities, own.happened) if own.probabilities else None,
                _speed(task, reader),
            )
        )  # fmt: skip
    return results


def texts(tasks: Sequence[Task], limit: int | None) -> int:
    """How many distinct texts will be read at most: the total for a progress bar."""
    return len(
        {text for task in tasks for row in sampled(task, limit).rows for text in (row.text, row.focus, row.other)}
        - {""}
    )


def sampled(task: Task, limit: int | None) -> Task:
    """At most ``limit`` rows, drawn by the hash of their words, in their order; sets of one file get the same rows."""
    if limit is None or len(task.rows) <= limit:
        return task
    drawn = sorted(range(len(task.rows)), key=lambda at: (stable_hash("sample", task.rows[at].text), at))[:limit]
    return replace(task, rows=tuple(task.rows[at] for at in sorted(drawn)))


def _figures(task: Task, said: Mapping[str, list[tuple[str, ...]] | None]) -> dict[str, Figure | None]:
    found: dict[str, Figure | None] = {}
    for system in SYSTEMS:
        answers = said.get(system)
        one = figure(task.tally(answers)) if answers is not None else None
        found[system] = None if one is None or isnan(one.value) else one
    return found


def _examples(task: Task, given: Mapping[str, Examples]) -> Examples:
    """The task's own training part; else, of what was given, the question's table, or the kinds' tables together."""
    own = task.training() if task.training is not None else None
    if own:
        return own
    if task.question != "kinds":
        return given.get(task.question, ())
    tables = [dict(given[kind]) for kind in task.classes if kind in given]
    if len(tables) < len(task.classes):
        return ()
    shared = [text for text in tables[0] if all(text in table for table in tables)]
    return [(text, tuple(label for table in tables for label in table[text])) for text in shared]


def _unread(task: Task, reader: TextReader) -> int:
    return sum(reader.labels.get(row.text, row) is None for row in task.rows)


def _speed(task: Task, reader: TextReader) -> float | None:
    spent = [reader.seconds[text] for text in dict.fromkeys(row.text for row in task.rows) if text in reader.seconds]
    return len(spent) / sum(spent) if spent and sum(spent) else None
