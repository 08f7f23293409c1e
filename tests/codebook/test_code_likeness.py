"""The regression behind a code's probabilities learns what is shown to it, with examples of a code and without."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from voc_engine.codebook.applying import Answers, CodeScorer, Sentences
from voc_engine.codebook.code_likeness import (
    WITH_EXAMPLES,
    WITHOUT,
    CodeVectors,
    Floats,
    Lines,
    closeness,
    fitted,
    probability,
)
from voc_engine.language.stems import content_stems
from voc_engine.records import GivenCode


def shown(examples: bool, seed: int) -> tuple[Floats, np.ndarray]:
    """(closeness, belongs) of 200 sentences, of which a third belong and are closer to the code."""
    dice = np.random.default_rng(seed)
    true = np.arange(200) % 3 == 0
    near = dice.normal(0.2, 0.1, (200, 4)) + 0.25 * true[:, None]
    if not examples:
        near[:, 1] = np.nan
    return near, true


@pytest.mark.parametrize("examples", [True, False])
def test_what_was_fitted_tells_sentences_apart_that_it_never_saw(examples: bool) -> None:
    weights = fitted([shown(kind, seed) for kind in (True, False) for seed in (1, 2)])
    assert (len(weights[WITHOUT]), len(weights[WITH_EXAMPLES])) == (4, 5)
    near, true = shown(examples, 3)
    chance = probability(near, weights)
    assert ((chance > 0.5) == true).mean() > 0.95
    # Probabilities are meant as such: on average as many belong as they say.
    assert chance.mean() == pytest.approx(true.mean(), abs=0.05)


def code(*, words: list[float], sense: list[float] | None = None, name: str = "Price rises") -> CodeVectors:
    none = np.zeros((0, 3))
    told = None if sense is None else np.array([sense])
    return CodeVectors(np.array([words]), none, none, (frozenset(content_stems(name)),), sense=told)


def named(one: CodeVectors, *texts: str) -> list[float]:
    """How much the name tells of sentences that all point the same way."""
    rows = np.tile([1.0, 0.0, 0.0], (len(texts), 1))
    return closeness(Lines.of(rows, texts), one, np.zeros(3))[:, 3].tolist()


def test_a_part_of_a_name_tells_less_than_its_part() -> None:
    texts = ("The price rises again.", "The price is fine.", "The dog is fine.")
    whole, part, none = named(code(words=[1, 0, 0]), *texts)
    assert whole == pytest.approx(1)
    assert 0 < part < 0.3
    assert none == 0


def test_a_name_tells_as_much_as_the_sentence_is_near_to_what_it_means() -> None:
    texts = ("Where is the switch?",)
    assert named(code(words=[1, 0, 0], name="Switching"), *texts) == pytest.approx([1])
    assert named(code(words=[1, 0, 0], sense=[0, 1, 0], name="Switching"), *texts) == pytest.approx([0])


def test_two_names_in_one_are_looked_for_apart_and_a_defined_name_does_not_stand_alone() -> None:
    given = GivenCode("c", "Calendar and appointments", "When somebody comes", include=("the diary",))
    plain = GivenCode("d", "Calendar / appointments")
    read: list[str] = []

    def encode(texts: Sequence[str]) -> Floats:
        read.extend(texts)
        return np.eye(len(texts))

    scorer = CodeScorer((given, plain), encode)
    own = Sentences([], Lines(np.zeros((0, len(read))), [], {}), np.zeros(len(read)))
    both = (frozenset({"calendar"}), frozenset({"appoint"}))
    assert scorer.vectors(given, own, Answers()).names[:2] == both
    assert scorer.vectors(plain, own, Answers()).names == both
    assert "Calendar and appointments" not in read
    assert {"Calendar and appointments. When somebody comes", "When somebody comes", "Calendar / appointments"} <= set(
        read
    )
