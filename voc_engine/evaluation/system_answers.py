"""What a system says to a task's question, row by row: the extractor under test, and general sentiment lexicons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voc_engine.config.sections import MentionsConfig
from voc_engine.evaluation.reader import TermReader, TextReader
from voc_engine.evaluation.sets.aspects import pair
from voc_engine.evaluation.task import NOTHING_SAID, Row, Task
from voc_engine.mentions.contract import Sentence
from voc_engine.mentions.marking import marked_kinds
from voc_engine.mentions.rows import TextLabels

_OPTIONS = MentionsConfig()
THRESHOLD = _OPTIONS.min_probability
# Between these a lexicon calls a text neutral: the bounds that VADER's authors give (Hutto & Gilbert 2014).
NEUTRAL = 0.05
LEXICON_QUESTIONS = ("sentiment", "sign", "pain or delight", "polarity of term", "apart")


@dataclass(frozen=True, slots=True)
class Answers:
    """``said`` has one tuple of classes per row. ``chances`` has a tuple per row, one probability for each of ``classes``;
    None where the row has no labels, empty where the task asks for no probabilities. ``off`` are the kinds that a study
    does not mark by default, with the kind of document: (kind, kind of document)."""

    said: list[tuple[str, ...]]
    classes: tuple[str, ...] = ()
    chances: Sequence[tuple[float, ...] | None] = ()
    off: frozenset[tuple[str, str | None]] = frozenset()


def asked_of(task: Task, reader: TextReader) -> list[Sentence]:
    """What has to be read before ``ours`` can answer."""
    if task.question == "polarity of term":
        if isinstance(reader.extractor, TermReader):
            return []
        return [one for row in task.rows for one in (row.asked, _clause(row))]
    return [one for row in task.rows for one in (row.asked, *row.beside)]


def ours(task: Task, reader: TextReader) -> Answers:
    """The extractor's answers, from the labels that a user gets of ``voc label``; what is marked and its worth as a study
    with default options has them."""
    if task.question == "polarity of term":
        return Answers(_term_polarities(task, reader))
    if task.question == "aspects":
        return Answers([_pairs(row.asked, reader) for row in task.rows])
    if task.question == "apart":
        sides = [[_sentiment(reader.labels[one]) for one in (row.asked, *row.beside)] for row in task.rows]
        return Answers([_apart(*own) for own in sides])
    if task.question in ("kinds", "marked", "worth"):
        return _kinds(task, reader)
    return _labelled(task, [reader.labels[row.asked] for row in task.rows])


def _kinds(task: Task, reader: TextReader) -> Answers:
    predicted: list[tuple[str, ...]] = []
    chances: list[tuple[float, ...] | None] = []
    off = set[tuple[str, str | None]]()
    for row in task.rows:
        labels = reader.labels[row.asked]
        probabilities = labels.probabilities if labels is not None else {}
        readings = [reading for _, reading in reader.sentences(row.asked)]
        off.update((kind, row.kind) for reading in readings for kind in reading.off)
        if task.question == "kinds":
            predicted.append(tuple(kind for kind in task.classes if probabilities.get(kind, 0.0) >= THRESHOLD))
        else:
            marks = {kind for reading in readings for kind in marked_kinds(reading, _OPTIONS)}
            worth = ("worth",) if marks else ()
            predicted.append(
                worth if task.question == "worth" else tuple(kind for kind in task.classes if kind in marks)
            )
        if task.question != "worth":
            chances.append(tuple(probabilities[kind] for kind in task.classes) if labels is not None else None)
    return Answers(predicted, task.classes if chances else (), chances, frozenset(off))


def _labelled(task: Task, labels: Sequence[TextLabels | None]) -> Answers:
    predicted: list[tuple[str, ...]] = []
    chances: list[tuple[float, ...] | None] = []
    for row, text_labels in zip(task.rows, labels, strict=True):
        if text_labels is None:
            predicted.append((NOTHING_SAID,) if task.one_answer and task.question != "severity" else ())
            chances.append(None)
        elif task.question == "pain or delight":
            pain, delight = text_labels.probabilities["pain_point"], text_labels.probabilities["delight"]
            predicted.append((_side(pain - delight, "delight", "pain_point"),))
            chances.append((pain / (pain + delight) if pain + delight else 0.5,))
        elif task.question == "sign":
            predicted.append((_side(-text_labels.sentiment_score, "positive", "negative"),))
        elif task.question == "conditions":
            predicted.append(tuple(one for one in row.gold if holds(one, text_labels)))
        else:
            value = {
                "sentiment": text_labels.sentiment,
                "emotion": text_labels.emotion,
                "quadrant": text_labels.quadrant,
            }
            predicted.append((value.get(task.question, text_labels.severity),))
    return Answers(predicted, ("pain_point",), chances) if task.question == "pain or delight" else Answers(predicted)


def holds(condition: str, labels: TextLabels) -> bool:
    """Whether the labels are as a condition wants them: "goal" and "not goal" of kinds, "neutral or positive" of sides."""
    kind = condition.removeprefix("not ")
    if kind in labels.probabilities:
        return (labels.probabilities[kind] >= THRESHOLD) != condition.startswith("not ")
    return labels.sentiment in condition.split(" or ")


def _side(score: float, below: str, above: str) -> str:
    """No side is taken at 0: that is no answer, and counts as a wrong one."""
    return above if score > 0 else below if score < 0 else NOTHING_SAID


def _sentiment(labels: TextLabels | None) -> str:
    return labels.sentiment if labels is not None else NOTHING_SAID


def _pairs(text: Sentence, reader: TextReader) -> tuple[str, ...]:
    pairs = [
        pair(sentence[aspect.start : aspect.end], aspect.polarity)
        for sentence, reading in reader.sentences(text)
        for aspect in reading.aspects
    ]
    return tuple(dict.fromkeys(pairs))


def _apart(first: str, second: str) -> tuple[str, ...]:
    return ("apart" if first != second else "same",)


def _clause(row: Row) -> Sentence:
    return Sentence(row.plain, row.context, row.kind)


def _term_polarities(task: Task, reader: TextReader) -> list[tuple[str, ...]]:
    """Asked for where the extractor can be asked; else of the aspect that it finds there, else of the clause."""
    spans = [row.term or (0, len(row.text)) for row in task.rows]
    polarities = reader.polarities([row.asked for row in task.rows], spans)
    if polarities is None:
        polarities = [
            _found_aspect(row.asked, span, reader) or _sentiment(reader.labels[_clause(row)])
            for row, span in zip(task.rows, spans, strict=True)
        ]
    return [(one,) for one in polarities]


def _found_aspect(text: Sentence, span: tuple[int, int], reader: TextReader) -> str | None:
    at = 0
    for sentence, reading in reader.sentences(text):
        # A short text is read as one with its spaces made single: then it may not stand in itself letter by letter.
        at = max(at, text.text.find(sentence, at))
        for aspect in reading.aspects:
            if at + aspect.start < span[1] and span[0] < at + aspect.end:
                return aspect.polarity
        at += len(sentence)
    return None


def lexicon(task: Task, score: Callable[[str], float]) -> list[tuple[str, ...]] | None:
    """What a score in [-1, 1] per text says; None where the question is none of sentiment.

    Pain points are asked of it too where they are the only kind: a negative text is taken for one.
    """
    if task.question == "kinds" and task.classes == ("pain_point",):
        return [("pain_point",) if score(row.plain) <= -NEUTRAL else () for row in task.rows]
    if task.question not in LEXICON_QUESTIONS:
        return None

    def polarity(text: str) -> str:
        value = score(text)
        return "positive" if value >= NEUTRAL else "negative" if value <= -NEUTRAL else "neutral"

    if task.question == "apart":
        return [_apart(polarity(row.text), polarity(row.other)) for row in task.rows]
    if task.question == "sign":
        return [(_side(-score(row.plain), "positive", "negative"),) for row in task.rows]
    if task.question == "pain or delight":
        return [(_side(-score(row.plain), "delight", "pain_point"),) for row in task.rows]
    return [(polarity(row.plain),) for row in task.rows]
