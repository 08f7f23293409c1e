"""What a system says to a task's question, row by row: the extractor under test, and general sentiment lexicons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voc_engine.evaluation.reader import TermReader, TextReader
from voc_engine.evaluation.sets.aspects import pair
from voc_engine.evaluation.task import NOTHING_SAID, Row, Task
from voc_engine.mentions.rows import TextLabels

THRESHOLD = 0.5
# Between these a lexicon calls a text neutral: the bounds that VADER's authors give (Hutto & Gilbert 2014).
NEUTRAL = 0.05
LEXICON_QUESTIONS = ("sentiment", "sign", "pain or delight", "polarity of term", "apart")


@dataclass(frozen=True, slots=True)
class Answers:
    """``said`` has one tuple of classes per row; ``probabilities`` one tuple per row where the task asks for some,
    one probability per class that is checked for calibration, with ``happened`` beside it."""

    said: list[tuple[str, ...]]
    probabilities: list[float]
    happened: list[bool]


def texts_of(task: Task, reader: TextReader) -> list[str]:
    """The texts that have to be read before ``ours`` can answer."""
    if task.question == "polarity of term":
        if isinstance(reader.extractor, TermReader):
            return []
        return [text for row in task.rows for text in (row.text, row.plain)]
    return [text for row in task.rows for text in (row.text, row.other) if text]


def ours(task: Task, reader: TextReader) -> Answers:
    """The extractor's answers, from the labels that a user gets of ``voc label``."""
    if task.question == "polarity of term":
        return Answers(_term_polarities(task, reader), [], [])
    if task.question == "aspects":
        return Answers([_pairs(row.text, reader) for row in task.rows], [], [])
    if task.question == "apart":
        return Answers([_apart(row, lambda text: _sentiment(reader.labels[text])) for row in task.rows], [], [])
    return _labelled(task, [reader.labels[row.text] for row in task.rows])


def _labelled(task: Task, labels: Sequence[TextLabels | None]) -> Answers:
    said: list[tuple[str, ...]] = []
    probabilities, happened = list[float](), list[bool]()
    for row, found in zip(task.rows, labels, strict=True):
        if found is None:
            said.append((NOTHING_SAID,) if task.one_answer else ())
            continue
        given = found.probabilities
        if task.question == "kinds":
            said.append(tuple(kind for kind in task.classes if given[kind] >= THRESHOLD))
            probabilities += [given[kind] for kind in task.classes]
            happened += [kind in row.gold for kind in task.classes]
        elif task.question == "pain or delight":
            pain, delight = given["pain_point"], given["delight"]
            said.append((_side(pain - delight, "delight", "pain_point"),))
            probabilities.append(pain / (pain + delight) if pain + delight else 0.5)
            happened.append(row.gold == ("pain_point",))
        elif task.question == "sign":
            said.append((_side(-found.sentiment_score, "positive", "negative"),))
        else:
            value = {"sentiment": found.sentiment, "emotion": found.emotion, "quadrant": found.quadrant}
            said.append((value[task.question],))
    return Answers(said, probabilities, happened)


def _side(score: float, below: str, above: str) -> str:
    """No side is taken at 0: that is no answer, and counts as a wrong one."""
    return above if score > 0 else below if score < 0 else NOTHING_SAID


def _sentiment(labels: TextLabels | None) -> str:
    return labels.sentiment if labels is not None else NOTHING_SAID


def _pairs(text: str, reader: TextReader) -> tuple[str, ...]:
    found = [
        pair(sentence[aspect.start : aspect.end], aspect.polarity)
        for sentence, reading in reader.sentences(text)
        for aspect in reading.aspects
    ]
    return tuple(dict.fromkeys(found))


def _apart(row: Row, polarity: Callable[[str], str]) -> tuple[str, ...]:
    return ("apart" if polarity(row.text) != polarity(row.other) else "same",)


def _term_polarities(task: Task, reader: TextReader) -> list[tuple[str, ...]]:
    """Asked for where the extractor can be asked; else of the aspect that it finds there, else of the clause."""
    spans = [row.term or (0, len(row.text)) for row in task.rows]
    told = reader.polarities([row.text for row in task.rows], spans)
    if told is None:
        told = [
            _found_aspect(row.text, span, reader) or _sentiment(reader.labels[row.plain])
            for row, span in zip(task.rows, spans, strict=True)
        ]
    return [(one,) for one in told]


def _found_aspect(text: str, span: tuple[int, int], reader: TextReader) -> str | None:
    at = 0
    for sentence, reading in reader.sentences(text):
        # A short text is read as one with its spaces made single: then it may not stand in itself letter by letter.
        at = max(at, text.find(sentence, at))
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
        return [_apart(row, polarity) for row in task.rows]
    if task.question == "sign":
        return [(_side(-score(row.plain), "positive", "negative"),) for row in task.rows]
    if task.question == "pain or delight":
        return [(_side(-score(row.plain), "delight", "pain_point"),) for row in task.rows]
    return [(polarity(row.plain),) for row in task.rows]
