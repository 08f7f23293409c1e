"""Systems to stand beside: TextBlob and VADER as they come, and one logistic head on vectors or on words alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from voc_engine.evaluation.task import Examples, Task
from voc_engine.mentions.praise import valence
from voc_engine.records import stable_hash

CAP = 8000  # a choice: examples that a baseline learns from, so that the largest sets take minutes
Embed = Callable[[Sequence[str]], Any]


def textblob_score() -> Callable[[str], float]:
    """TextBlob's polarity of a text, in [-1, 1]."""
    from textblob import TextBlob

    return lru_cache(maxsize=None)(lambda text: float(TextBlob(text).sentiment.polarity))


def vader_score() -> Callable[[str], float]:
    """VADER's compound score of a text, in [-1, 1] (Hutto & Gilbert 2014)."""
    return lru_cache(maxsize=None)(valence)


# With so few examples a word that one of them has may be all that tells a label.
_FEW = 500


def words_alone(task: Task, examples: Examples) -> list[tuple[str, ...]]:
    """Logistic regression on TF-IDF of words and word pairs, fitted on the examples (at most CAP of them)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    chosen = sample(examples, CAP)
    weigh = TfidfVectorizer(ngram_range=(1, 2), min_df=2 if len(chosen) > _FEW else 1, sublinear_tf=True)
    train_rows = weigh.fit_transform([text for text, _ in chosen])
    return _heads(task, chosen, train_rows, weigh.transform([row.plain for row in task.rows]), strength=10.0)


def vectors_alone(task: Task, examples: Examples, embed: Embed) -> list[tuple[str, ...]]:
    """Logistic regression on sentence vectors, fitted on the examples (at most CAP of them)."""
    chosen = sample(examples, CAP)
    train_rows = embed([text for text, _ in chosen])
    return _heads(task, chosen, train_rows, embed([row.plain for row in task.rows]), strength=10.0)


def sample(examples: Examples, size: int) -> Examples:
    """At most ``size`` examples drawn by the hash of their words, so the same ones on every machine; in their order."""
    if len(examples) <= size:
        return examples
    drawn = sorted(range(len(examples)), key=lambda at: (stable_hash("sample", examples[at][0]), at))[:size]
    return [examples[at] for at in sorted(drawn)]


def can_learn(task: Task, examples: Examples) -> bool:
    """Whether the examples hold two answers at least, and each class that is measured on its own."""
    answers = {labels for _, labels in examples}
    if task.one_answer:
        return len(answers) > 1
    return bool(task.classes) and all(len({kind in labels for labels in answers}) > 1 for kind in task.classes)


def _heads(task: Task, examples: Examples, train_rows: Any, test_rows: Any, strength: float) -> list[tuple[str, ...]]:
    """One answer of several, or a yes or no per class."""
    if task.one_answer:
        predicted = _fit(train_rows, [labels[0] for _, labels in examples], strength).predict(test_rows)
        return [(str(one),) for one in predicted]
    yes = [
        _fit(train_rows, [kind in labels for _, labels in examples], strength).predict(test_rows)
        for kind in task.classes
    ]
    return [
        tuple(kind for kind, answers in zip(task.classes, yes, strict=True) if answers[at])
        for at in range(len(task.rows))
    ]


def _fit(features: Any, answers: Sequence[str | bool], strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, max_iter=1000, random_state=0).fit(features, answers)
