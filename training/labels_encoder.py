"""Stage two: the encoder on the project's own labels, with public examples beside them so that it forgets nothing.

It is done once per fold, to have answers for sentences that the network had not seen, and once on everything.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.batches import Encoded
from training.fit import Recipe, fit
from training.gold import Labelled
from training.public import Example
from voc_engine.evaluation.split import normalised
from voc_engine.mentions.heads.network import VoiceNetwork
from voc_engine.records import EMOTIONS, QUADRANTS, SENTIMENTS, stable_hash

FOLDS = 2
SHARE = 0.6
RECIPE = Recipe(epochs=3, rate=5e-5, head_rate=5e-4)
_REPLAYED = 0.5


def example_of(row: Labelled) -> Example:
    """All that the label says."""
    return Example(
        row.told.text,
        emotions=(EMOTIONS.index(row.emotion),),
        polarity=SENTIMENTS.index(row.sentiment),
        kinds=tuple(row.targets().items()),
        quadrant=QUADRANTS.index(row.quadrant),
    )


def folds_of(rows: Sequence[Labelled]) -> NDArray[Any]:
    """Each sentence's fold, by its text; sentences that differ in case or punctuation only share one."""
    return np.array([int(stable_hash("fold", normalised(row.told.text)), 16) % FOLDS for row in rows])


def replayed(public: Sequence[Example], labels: int) -> list[Example]:
    """The public examples that are trained again beside so many labels, drawn with the recipe's seed."""
    return random.Random(RECIPE.seed).sample(list(public), min(len(public), int(labels * _REPLAYED)))


def tuned(
    start: VoiceNetwork, own: Sequence[Encoded], public: Sequence[Encoded], recipe: Recipe = RECIPE
) -> VoiceNetwork:
    """A copy of ``start`` trained on ``own`` and on ``public`` in their proportion."""
    network = copy.deepcopy(start)
    fit(network, [*own, *public[: int(len(own) * _REPLAYED)]], recipe)
    return network


def blended(public: VoiceNetwork, labels: VoiceNetwork, share: float = SHARE) -> VoiceNetwork:
    """Weights between two networks of one origin: what the labels teach, without losing what the public sets taught
    (Wortsman et al. 2022, robust fine-tuning). Changes and returns ``public``; ``share`` is that of ``labels``."""
    own = labels.state_dict()
    mixed = {
        name: share * own[name] + (1 - share) * value if value.dtype.is_floating_point and name in own else value
        for name, value in public.state_dict().items()
    }
    public.load_state_dict(mixed)
    return public
