"""Runs the tasks: every system's figure per set, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from voc_engine.evaluation.assistant_answers import Assistant
from voc_engine.evaluation.baselines import can_learn, textblob_score, vader_score, vectors_alone, words_alone
from voc_engine.evaluation.measures import Figure, calibration_error, figure, some
from voc_engine.evaluation.reader import TextReader
from voc_engine.evaluation.shipped import (
    AtThreshold,
    Mistake,
    at_threshold,
    calibration_pairs,
    mistakes,
    whole_ranking,
)
from voc_engine.evaluation.system_answers import Answers, asked_of, lexicon, ours
from voc_engine.evaluation.task import Examples, Task
from voc_engine.mentions.contract import Sentence
from voc_engine.mentions.row_labelling import Labeller
from voc_engine.records import stable_hash

SYSTEMS = ("ours", "textblob", "vader", "vectors", "words", "assistant")


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. ``n`` rows of ``n_all`` were measured, ``n_unread`` of them without labels of ours (no word,
    or another language: a wrong answer); ``figures`` by the names of SYSTEMS, None where a
    system has no answer to the question or nothing to learn it from. ``calibration`` is the expected calibration
    error where probabilities are asked for. ``rows_per_second`` is of the reading alone, models loaded. ``precision``
    and ``recall`` of kinds are those at the shipped threshold, as is ``kinds``, kind by kind of source; ``rate`` is the
    share of rows with the kind where one is asked for, ``drawn`` how the set came to it. ``mistakes`` are the surest."""

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
    precision: Figure | None = None
    recall: Figure | None = None
    average_precision: Figure | None = None
    rate: float | None = None
    drawn: str = ""
    falls: bool = False
    kinds: Sequence[AtThreshold] = ()
    mistakes: Sequence[Mistake] = ()

    @property
    def missed(self) -> bool:
        """Whether ours is below the floor, or above it where less is better."""
        ours = self.figures["ours"]
        if self.floor is None:
            return False
        return ours is None or not (ours.value <= self.floor if self.falls else ours.value >= self.floor)


def evaluate(
    tasks: Sequence[Task],
    labeller: Labeller,
    *,
    baselines: bool = False,
    examples: Mapping[str, Examples] | None = None,
    limit: int | None = None,
    assistant: Assistant | None = None,
    advance: Callable[[int], None] = lambda rows: None,
) -> list[Result]:
    """One Result per task, in order. ``limit`` takes so many rows of each set, always the same ones.

    With ``baselines`` heads on vectors and on words alone are fitted too: on the task's own training part, else on
    ``examples``, by a kind's name or "sentiment", "emotion", "quadrant". An ``assistant`` is asked of what is unsure.
    ``advance`` is told of texts as they are read.
    """
    reader, examples = TextReader(labeller), examples or {}
    textblob, vader = textblob_score(), vader_score()
    results = []
    for whole in tasks:
        task = sampled(whole, limit)
        reader.read(asked_of(task, reader), advance)
        answers = ours(task, reader)
        by_system = {"ours": answers.said, "textblob": lexicon(task, textblob), "vader": lexicon(task, vader)}
        learnt = _examples(task, examples) if baselines and task.rows else ()
        if can_learn(task, learnt):
            by_system["vectors"] = vectors_alone(task, learnt, labeller.embed)
            by_system["words"] = words_alone(task, learnt)
        if assistant is not None:
            by_system["assistant"] = assistant.answers_of(task, answers, reader)
        results.append(_result(whole, task, answers, by_system, reader))
    return results


def _result(
    whole: Task, task: Task, answers: Answers, by_system: Mapping[str, list[tuple[str, ...]] | None], reader: TextReader
) -> Result:
    pairs = calibration_pairs(task, answers)
    own_best = task.best if task.best is not None else task.between_readers()
    at = at_threshold(task, answers)
    counted = _precision_and_recall(task, answers)
    return Result(
        task.name, task.measure, len(task.rows), len(whole.rows), _unread(task, reader), _figures(task, by_system),
        task.floor, task.target, own_best, task.best_source,
        calibration_error(*pairs) if pairs[0] else None,
        _speed(task, reader),
        *counted, whole_ranking(task, answers), at[0].true / at[0].n if at else None, task.drawn, task.falls,
        at, mistakes(task, answers),
    )  # fmt: skip


def _precision_and_recall(task: Task, answers: Answers) -> tuple[Figure | None, Figure | None]:
    """Precision and recall of what is said, where kinds are asked for and counted by F1."""
    if not answers.chances or not task.measure.endswith("F1"):
        return None, None
    tally = task.tally(answers.said)
    return some(figure(tally.precision)), some(figure(tally.recall))


def texts(tasks: Sequence[Task], limit: int | None) -> int:
    """How many distinct texts will be read at most: the total for a progress bar."""
    return len(
        {
            asked
            for task in tasks
            for row in sampled(task, limit).rows
            for asked in (row.asked, *row.beside, *((Sentence(row.focus, row.context, row.kind),) if row.focus else ()))
        }
    )


def sampled(task: Task, limit: int | None) -> Task:
    """At most ``limit`` rows, drawn by the hash of their words, in their order; sets of one file get the same rows."""
    if limit is None or len(task.rows) <= limit:
        return task
    drawn = sorted(range(len(task.rows)), key=lambda at: (stable_hash("sample", task.rows[at].text), at))[:limit]
    return replace(task, rows=tuple(task.rows[at] for at in sorted(drawn)))


def _figures(task: Task, by_system: Mapping[str, list[tuple[str, ...]] | None]) -> dict[str, Figure | None]:
    figures: dict[str, Figure | None] = {}
    for system in SYSTEMS:
        answers = by_system.get(system)
        figures[system] = some(task.figure(answers)) if answers is not None else None
    return figures


def _examples(task: Task, examples: Mapping[str, Examples]) -> Examples:
    """The task's own training part; else, of what was given, the question's table, or the kinds' tables together."""
    training = task.training() if task.training is not None else None
    if training:
        return training
    if task.question != "kinds":
        return examples.get(task.question, ())
    tables = [dict(examples[kind]) for kind in task.classes if kind in examples]
    if len(tables) < len(task.classes):
        return ()
    shared = [text for text in tables[0] if all(text in table for table in tables)]
    return [(text, tuple(label for table in tables for label in table[text])) for text in shared]


def _unread(task: Task, reader: TextReader) -> int:
    return sum(reader.labels.get(row.asked, row) is None for row in task.rows)


def _speed(task: Task, reader: TextReader) -> float | None:
    spent = [reader.seconds[one] for one in dict.fromkeys(row.asked for row in task.rows) if one in reader.seconds]
    return len(spent) / sum(spent) if spent and sum(spent) else None
