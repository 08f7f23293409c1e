"""The built-in topic models, held to the kit; and a model with a fault, which the kit has to find."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from voc_engine.registry import component, names
from voc_engine.testing import TopicModelKit


class TestBertopic(TopicModelKit):
    model = component("topic model", "bertopic.v1")


def test_no_topic_model_is_without_its_kit() -> None:
    assert names("topic model") == [TestBertopic.model.name]


class Faulty:
    """The built-in model with one promise broken."""

    name = "faulty.v1"
    revision = "1"

    def __init__(self, fault: str) -> None:
        self.fault = fault
        self.fits = 0

    def fit(self, texts, vectors, min_size, max_topics):
        fit = TestBertopic.model.fit(texts, vectors, min_size, 20 if self.fault == "many" else max_topics)
        self.fits += 1
        if fit is None:
            return None
        if self.fault == "phrases":
            return replace(fit, phrases=tuple(((f"made up {n}", 1.0),) for n in range(len(fit.phrases))))
        return replace(fit, assigner=Placer(fit.assigner, self.fault, self.fits))


class Placer:
    def __init__(self, inner, fault: str, number: int) -> None:
        self.inner, self.fault, self.number = inner, fault, number

    def place(self, vectors):
        placed = self.inner.place(vectors)
        if self.fault == "batch":
            placed = placed * (1 - 1e-6 * len(vectors))
        return placed * 0.5**self.number if self.fault == "unseeded" else placed * np.float64(1.0)


@pytest.mark.parametrize(
    ("fault", "test"),
    [
        ("phrases", "test_every_topic_has_phrases_of_its_texts_heaviest_first_and_a_stability"),
        ("batch", "test_places_are_probabilities_that_do_not_depend_on_the_batch"),
        ("unseeded", "test_the_same_sentences_give_the_same_topics"),
        ("many", "test_no_more_topics_than_asked_for"),
    ],
)
def test_the_kit_finds_the_fault(fault: str, test: str) -> None:
    kit = TopicModelKit()
    kit.model = Faulty(fault)
    with pytest.raises(AssertionError):
        getattr(kit, test)()
