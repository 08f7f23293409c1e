"""Examples as tensors: one padded batch may hold examples of every task, each with what is known of it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from training.public import Example
from voc_engine.mentions.heads.encoder import joined
from voc_engine.mentions.heads.labels import AT_LEAST, KINDS, WHAT_COLUMNS
from voc_engine.records import EMOTIONS

MAX_PIECES = 96
UNKNOWN = -100
# Whose code is right is asked among the codes of the sentence's kind only.
_CODES = {pair: column for column, pair in enumerate(WHAT_COLUMNS)}


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example in word pieces; ``own`` of them are the sentence's. Targets that are not known hold UNKNOWN; spans are
    [first, last] pieces."""

    ids: tuple[int, ...]
    own: int
    kinds: tuple[int, ...]
    polarity: int
    emotions: tuple[int, ...]
    quadrant: int
    worth: int
    severity: tuple[int, ...]
    whose: int
    what: int
    tags: tuple[int, ...]
    senses: tuple[int, ...]
    things: tuple[int, ...]
    spans: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Minibatch:
    ids: Tensor
    mask: Tensor
    types: Tensor
    kinds: Tensor
    polarity: Tensor
    emotions: Tensor
    quadrant: Tensor
    worth: Tensor
    severity: Tensor
    whose: Tensor
    what: Tensor
    tags: Tensor
    senses: Tensor
    things: Tensor
    rows: Tensor
    spans: Tensor
    sides: Tensor


def encode(examples: Sequence[Example], tokenizer: Any, most_before: int) -> list[Encoded]:
    """``most_before`` pieces of what stands before are kept.

    ``tokenizer`` is that of the product (``voc_engine.mentions.heads.encoder.tokenizer``), without truncation.
    """
    own = tokenizer.encode_batch([example.text for example in examples])
    before = tokenizer.encode_batch([example.before for example in examples])
    return [_encoded(*both, most_before) for both in zip(examples, own, before, strict=True)]


def _encoded(example: Example, own: Any, before: Any, most_before: int) -> Encoded:
    ids = [*own.ids[: MAX_PIECES - 1], own.ids[-1]] if len(own.ids) > MAX_PIECES else own.ids
    offsets = [*own.offsets[: len(ids) - 1], (0, 0)]
    after, after_offsets = joined(before, most_before)
    n, padding = len(ids), [UNKNOWN] * len(after)
    tags = [UNKNOWN] * n
    senses = [UNKNOWN] * n
    spans = []
    if example.aspects is not None:
        tags = [UNKNOWN if start == end else 0 for start, end in offsets]
        for start, end, side in example.aspects:
            if (span := pieces_of(offsets, start, end)) is not None:
                spans.append((*span, side))
                tags[span[0]] = 1
                tags[span[0] + 1 : span[1] + 1] = [2] * (span[1] - span[0])
    for start, end, sense in example.verbs or ():
        if (span := pieces_of(offsets, start, end)) is not None:
            senses[span[0]] = sense
    known = dict(example.kinds)
    felt = [UNKNOWN] * len(EMOTIONS)
    if example.emotions is not None:
        felt = [int(index in example.emotions) for index in range(len(EMOTIONS))]
    severity = [UNKNOWN] * len(AT_LEAST)
    if example.severity is not None:
        severity = [int(example.severity > step) for step in range(len(AT_LEAST))]
    return Encoded(
        ids=(*ids, *after),
        own=n,
        kinds=tuple(known.get(kind, UNKNOWN) for kind in KINDS),
        polarity=_known(example.polarity),
        emotions=tuple(felt),
        quadrant=_known(example.quadrant),
        worth=_known(example.worth),
        severity=tuple(severity),
        whose=_known(example.whose),
        what=_CODES.get(_shared(example.what), UNKNOWN) if example.what else UNKNOWN,
        tags=(*tags, *padding),
        senses=(*senses, *padding),
        things=_things(example, [*offsets, *after_offsets], n),
        spans=tuple(spans),
    )


def _known(value: int | None) -> int:
    return UNKNOWN if value is None else value


def _shared(what: tuple[str, str]) -> tuple[str, str]:
    return ("pain_point", what[1]) if what[0] == "objection" else what


def _things(example: Example, offsets: Sequence[tuple[int, int]], own: int) -> tuple[int, ...]:
    """1 at the pieces of the thing where its words stand: in the sentence, else in what stands before it."""
    found = [UNKNOWN] * len(offsets)
    if not example.thing:
        return tuple(found)
    pattern = re.compile(rf"(?<!\w){re.escape(example.thing)}(?:s|es)?(?!\w)", re.IGNORECASE)
    for text, first, last in ((example.text, 0, own), (example.before, own, len(offsets))):
        if match := pattern.search(text):
            place = pieces_of(offsets[first:last], match.start(), match.end())
            if place is not None:
                found = [UNKNOWN if start == end else 0 for start, end in offsets]
                for at in range(first + place[0], first + place[1] + 1):
                    found[at] = 1
                break
    return tuple(found)


def pieces_of(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """First and last piece that overlap the code points [start, end)."""
    inside = [place for place, (left, right) in enumerate(offsets) if left < end and start < right and left < right]
    return (inside[0], inside[-1]) if inside else None


def minibatches(encoded: Sequence[Encoded], size: int, rng: random.Random) -> Iterator[Minibatch]:
    """Shuffled, then texts of like length together, then the batches shuffled."""
    order = list(range(len(encoded)))
    rng.shuffle(order)
    groups = []
    for start in range(0, len(order), size * 50):
        near = sorted(order[start : start + size * 50], key=lambda row: len(encoded[row].ids))
        groups += [near[at : at + size] for at in range(0, len(near), size)]
    rng.shuffle(groups)
    for group in groups:
        yield stack([encoded[row] for row in group])


def stack(chosen: Sequence[Encoded]) -> Minibatch:
    longest = max(len(one.ids) for one in chosen)

    def padded(values: Sequence[Sequence[int]], filling: int) -> Tensor:
        return torch.tensor([[*row, *[filling] * (longest - len(row))] for row in values])

    spans = [(row, *span) for row, one in enumerate(chosen) for span in one.spans]
    flat = torch.tensor(spans, dtype=torch.long).reshape(-1, 4)
    return Minibatch(
        padded([one.ids for one in chosen], 0),
        padded([[1] * len(one.ids) for one in chosen], 0),
        padded([[0] * one.own + [1] * (len(one.ids) - one.own) for one in chosen], 0),
        torch.tensor([one.kinds for one in chosen]),
        torch.tensor([one.polarity for one in chosen]),
        torch.tensor([one.emotions for one in chosen]),
        torch.tensor([one.quadrant for one in chosen]),
        torch.tensor([one.worth for one in chosen]),
        torch.tensor([one.severity for one in chosen]),
        torch.tensor([one.whose for one in chosen]),
        torch.tensor([one.what for one in chosen]),
        padded([one.tags for one in chosen], UNKNOWN),
        padded([one.senses for one in chosen], UNKNOWN),
        padded([one.things for one in chosen], UNKNOWN),
        flat[:, 0],
        flat[:, 1:3],
        flat[:, 3],
    )
