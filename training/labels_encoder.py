"""Stage two: the encoder on labels read in their windows, with single sentences and public examples beside them; and what
goes on from there with later labels.

Documents whose windows calibrate or measure take no part (``training.windows``).
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.batches import encode
from training.fit import Recipe, fit
from training.gold import Labelled, labelled
from training.public import Example
from training.public_encoder import public_examples
from training.windows import Read, windows_of
from voc_engine.mentions.context import second_segment
from voc_engine.mentions.heads.labels import KINDS
from voc_engine.mentions.heads.network import VoiceNetwork
from voc_engine.mentions.heads.weights import empty_network, stored_state
from voc_engine.records import EMOTIONS, HOLDERS, QUADRANTS, SENTIMENTS, SEVERITIES, stable_hash


@dataclass(frozen=True, slots=True)
class Pass:
    """One way through the data: ``lines`` before a sentence and ``pieces`` of them, how many ``single`` sentences and
    ``public`` examples go beside the windows (None: all), and the recipe."""

    lines: int
    pieces: int
    single: int | None
    public: int
    recipe: Recipe
    windows: int | None = None


SHARE = 0.6
# The last labels: lines looked for because the heads were wrong about their like, denials, and pairs written to contrast.
LAST_SAMPLES = ("cue:any", "rest", "cue:denial", "cue:split")
_LAST_STYLE = "written contrast"
PASSES = (
    Pass(2, 44, None, 8_000, Recipe(epochs=3, rate=6e-5, head_rate=6e-4)),
    Pass(4, 80, 3_000, 2_500, Recipe(epochs=2, rate=4e-5, head_rate=2e-4, seed=77, averaged=0.4)),
)
# Of the ways tried the one that ranks documents kept aside best: fast, then half of it averaged with what it went on from.
# It gains too little for the weights that ship to change (docs/accuracy.md).
FURTHER = Pass(
    4, 80, 1_000, 800, Recipe(epochs=1, rate=1.2e-4, head_rate=4e-4, seed=13, averaged=0.5, frozen=1), windows=1_500
)
FURTHER_SHARE = 0.5
# Of earlier windows of talk so many go along, and the contrasts, which are few, so many times.
_FURTHER_TALK, _CONTRASTS = 4_000, 3
# So many of a hundred windows are shown without their kind of document, and so many without what stands before.
_NO_KIND, _NO_CONTEXT = 20, 12
# Of a hundred sentences of customers so many are shown as posts: the posts at hand are comments among strangers, and the
# encoder would learn that posts complain of nothing.
_AS_POST = 20
_OF_CUSTOMERS = ("ticket", "review")


def example_of(row: Labelled) -> Example:
    """A sentence that was labelled by itself."""
    return Example(
        row.told.text,
        emotions=(EMOTIONS.index(row.emotion),),
        polarity=SENTIMENTS.index(row.sentiment),
        kinds=tuple(row.targets().items()),
        quadrant=QUADRANTS.index(row.quadrant),
        before=_before(row.told.text, row.told.kind, ""),
    )


def example_read(row: Read) -> Example:
    """A sentence that was labelled in its window. Nobody was asked about advice."""
    code = next(((kind, row.what) for kind in KINDS if kind in row.kinds), None) if row.what else None
    return Example(
        row.text,
        emotions=None if row.emotion is None else (EMOTIONS.index(row.emotion),),
        polarity=None if row.sentiment is None else SENTIMENTS.index(row.sentiment),
        kinds=tuple((kind, int(kind in row.kinds)) for kind in KINDS if kind != "advice"),
        before=_before(row.text, row.kind, row.context),
        worth=int(row.worth),
        severity=None if row.severity is None else SEVERITIES.index(row.severity),
        whose=None if row.whose is None else HOLDERS.index(row.whose),
        what=code if len(row.kinds) == 1 else None,
        thing=row.thing,
    )


def _before(text: str, kind: str, context: str) -> str:
    drawn = int(stable_hash("before", text), 16) % 100
    told: str | None = kind
    if drawn < _NO_KIND:
        told = None
    elif drawn < _NO_KIND + _AS_POST and kind in _OF_CUSTOMERS:
        told = "post"
    return second_segment(told, "" if drawn >= 100 - _NO_CONTEXT else context)


def teaching(data: Path, gold: Path, way: Pass) -> list[Example]:
    """All examples of one way through the data: windows, single sentences, and public ones drawn with its seed."""
    rng = random.Random(way.recipe.seed)
    read = [example_read(row) for row in windows_of(data, gold, way.lines) if row.part == "teach"]
    single = [example_of(row) for row in labelled(data, gold)]
    if way.single is not None:
        single = rng.sample(single, way.single)
    public = public_examples(data)
    return [*read, *single, *rng.sample(public, min(len(public), way.public))]


def further(network: VoiceNetwork, data: Path, gold: Path, tokenizer: Any) -> VoiceNetwork:
    """Weights that ship, gone on with from the last labels, with a draw of the earlier ones beside them so that these are
    not forgotten; then averaged with what they were (Wortsman et al. 2022)."""
    kept = {name: value.clone() for name, value in network.state_dict().items()}
    fit(network, encode(last_teaching(data, gold, FURTHER), tokenizer, FURTHER.pieces), FURTHER.recipe)
    return _averaged(network, kept, FURTHER_SHARE)


def last_teaching(data: Path, gold: Path, way: Pass) -> list[Example]:
    """All examples of the last labels, and so many of the earlier ones as ``way`` says."""
    rng = random.Random(way.recipe.seed)
    read = [row for row in windows_of(data, gold, way.lines) if row.part == "teach"]
    single = labelled(data, gold)
    last = [example_read(row) for row in read if row.sample in LAST_SAMPLES]
    contrasts = [example_of(row) for row in single if row.domain.startswith(_LAST_STYLE)]
    before = [row for row in read if row.sample not in LAST_SAMPLES]
    talk, written = ([row for row in before if (row.kind == "interview") is is_talk] for is_talk in (True, False))
    alone = [row for row in single if not row.domain.startswith(_LAST_STYLE)]
    return [
        *last,
        *contrasts * _CONTRASTS,
        *(example_read(row) for row in rng.sample(talk, _FURTHER_TALK)),
        *(example_read(row) for row in rng.sample(written, way.windows or len(written))),
        *(example_of(row) for row in rng.sample(alone, way.single or len(alone))),
        *rng.sample(public_examples(data), way.public),
    ]


def tuned(network: VoiceNetwork, data: Path, gold: Path, tokenizer: Any) -> VoiceNetwork:
    """The network trained in place, one way after the other; then the weights after the last way and after the first
    are averaged (Wortsman et al. 2022): what longer context teaches, without losing what was learnt before."""
    kept: dict[str, Any] = {}
    for way in PASSES:
        fit(network, encode(teaching(data, gold, way), tokenizer, way.pieces), way.recipe)
        kept = kept or {name: value.clone() for name, value in network.state_dict().items()}
    return _averaged(network, kept, SHARE)


def _averaged(network: VoiceNetwork, kept: dict[str, Any], share: float) -> VoiceNetwork:
    """Its weights by ``share``, the kept ones by the rest."""
    own = network.state_dict()
    network.load_state_dict(
        {
            name: share * value + (1 - share) * kept[name] if value.is_floating_point() else value
            for name, value in own.items()
        }
    )
    return network


def started_from(path: Path) -> VoiceNetwork:
    """The network that training goes on from: weights of the public stage, or shipped ones of a version before. Heads
    that are new since then begin at random, with a seed."""
    import torch

    torch.manual_seed(0)
    network = empty_network()
    own, state = network.state_dict(), stored_state(path)
    own.update({name: value for name, value in state.items() if name in own and own[name].shape == value.shape})
    network.load_state_dict(own)
    return network
