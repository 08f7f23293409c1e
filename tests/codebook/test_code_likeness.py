"""The regression behind a code's probabilities learns what is shown to it, with examples of a code and without."""

from __future__ import annotations

import numpy as np
import pytest

from voc_engine.codebook.code_likeness import WITH_EXAMPLES, WITHOUT, Floats, fitted, probability


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
