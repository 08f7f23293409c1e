"""The fine-tuned encoder at work: sentences in, logits of every head and aspects with their polarity out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from voc_engine.encoder.packing import Pack, each_pack, packs_of
from voc_engine.encoder.word_pieces import tokenizer
from voc_engine.mentions.clauses import Span
from voc_engine.mentions.contract import Aspect
from voc_engine.mentions.heads.labels import SENTENCE_HEADS
from voc_engine.records import SENTIMENTS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Encoding
    from torch import Tensor

    from voc_engine.encoder.layers import EightBitEncoder, Group
    from voc_engine.mentions.heads.network import VoiceNetwork

MAX_PIECES, MAX_BEFORE = 128, 56  # word pieces, as in training: a long sentence, and what stands before it in the rest
# Log-odds from which a piece is of the thing, and from which one beside it is.
_MARKED, _MARKED_BESIDE = -1.0, -1.5
# "interview" and ":" stay when older words are cut.
_KIND_PIECES = 2
# The matrix library takes another way for few rows (15 and fewer on processors with AMX, 8 on older ones).
_BATCH, _LEAST_PIECES = 32, 128
# A piece is outside of all aspects where that is surer than this. On the product reviews set aside lower values have the
# better pair F1 (.50: .496, .65: .462), but they find fewer of what is praised and blamed in other trades.
_OUTSIDE = 0.65
# Tags of a piece: no aspect, its first piece, a further one.
NO_ASPECT, _FIRST, INSIDE = range(3)
WIDTH = 384
LOGITS = sum(len(classes) for classes in SENTENCE_HEADS.values())


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the heads see of each text, and what lower layers say of it, (texts, 2 * WIDTH) each; the logits in the order of
    SENTENCE_HEADS, (texts, classes); per text the aspects found in it, in text order, and where the thing that it is about
    stands: code points, and whether those are of what stands before it."""

    seen: NDArray[Any]
    lower: NDArray[Any]
    logits: NDArray[Any]
    aspects: tuple[tuple[Aspect, ...], ...]
    things: tuple[tuple[Span | None, bool], ...]

    def of(self, head: str) -> NDArray[Any]:
        """The logits of one head, (texts, its classes)."""
        start = 0
        for name, classes in SENTENCE_HEADS.items():
            if name == head:
                return self.logits[:, start : start + len(classes)]
            start += len(classes)
        raise KeyError(head)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A sentence in word pieces (``own``), the ids of both segments together, and the second one's places in its text."""

    own: Encoding
    ids: list[int]
    before: list[tuple[int, int]]


def joined(before: Encoding, most: int = MAX_BEFORE) -> tuple[list[int], list[tuple[int, int]]]:
    """Ids and places of the second segment, ``most`` pieces of it: the kind of document first, then the nearest pieces,
    the end mark last; empty for nothing."""
    inner, offsets = before.ids[1:-1], before.offsets[1:-1]
    if not inner:
        return [], []
    if len(inner) > most:
        cut = slice(_KIND_PIECES - most, None)
        inner, offsets = inner[:_KIND_PIECES] + inner[cut], offsets[:_KIND_PIECES] + offsets[cut]
    return [*inner, before.ids[-1]], [*offsets, (0, 0)]


class VoiceEncoder:
    """Loads at first use. The answer for a text does not depend on the texts beside it (``voc_engine.encoder``).

    ``reach`` is the file of its states' reach; without one all columns share the levels as they are.
    """

    def __init__(self, weights: Path, reach: Path | None = None) -> None:
        self._weights, self._reach = weights, reach

    @cached_property
    def _loaded(self) -> tuple[EightBitEncoder, VoiceNetwork]:
        from voc_engine.mentions.heads.weights import load_reader

        return load_reader(self._weights, self._reach)

    @cached_property
    def _tokenizer(self) -> Any:
        return tokenizer()

    def encode(self, texts: Sequence[str], before: Sequence[str] | None = None) -> Encoded:
        """All labels of each text; reads at most MAX_PIECES word pieces of it, and MAX_BEFORE of ``before``, the second
        segments (``voc_engine.mentions.context``), one per text."""
        import numpy as np

        states, lower = (np.zeros((len(texts), 2 * WIDTH), np.float32) for _ in range(2))
        aspects: list[tuple[Aspect, ...]] = [()] * len(texts)
        things: list[tuple[Span | None, bool]] = [(None, False)] * len(texts)
        for pack, (both, beneath, spans, marked) in self._each_pack(self._pieces(texts, before), self._read):
            states[pack.rows], lower[pack.rows] = both, beneath
            for row, of_text, thing in zip(pack.rows, spans, marked, strict=True):
                aspects[row], things[row] = of_text, thing
        return Encoded(states, lower, self._answers(states), tuple(aspects), tuple(things))

    def _answers(self, states: NDArray[Any]) -> NDArray[Any]:
        """Logits (texts, LOGITS), in batches of one size: a matrix of few rows is multiplied in another way."""
        import numpy as np
        import torch

        logits = np.zeros((len(states), LOGITS), np.float32)
        with torch.inference_mode():
            for start in range(0, len(states), _BATCH):
                rows = states[start : start + _BATCH]
                filled = np.zeros((_BATCH, states.shape[1]), np.float32)
                filled[: len(rows)] = rows
                answers = self._loaded[1].answers(torch.from_numpy(filled))
                logits[start : start + _BATCH] = torch.cat([answers[name] for name in SENTENCE_HEADS], 1)[
                    : len(rows)
                ].numpy()
        return logits

    def sides(self, texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> NDArray[Any]:
        """Polarity logits (texts, 3), in the order of SENTIMENTS, of the words at each text's span (code points)."""
        import numpy as np

        logits = np.zeros((len(texts), 3), np.float32)
        for pack, values in self._each_pack(self._pieces(texts, None), partial(self._judge, spans)):
            logits[pack.rows] = values
        return logits

    def _pieces(self, texts: Sequence[str], before: Sequence[str] | None) -> list[Pieces]:
        encodings = self._tokenizer.encode_batch(list(texts))
        for encoding in encodings:
            encoding.truncate(MAX_PIECES)
        if before is None:
            return [Pieces(encoding, encoding.ids, []) for encoding in encodings]
        distinct = list(dict.fromkeys(before))
        seconds = dict(zip(distinct, map(joined, self._tokenizer.encode_batch(distinct)), strict=True))
        pieces = []
        for encoding, words in zip(encodings, before, strict=True):
            ids, offsets = seconds[words]
            pieces.append(Pieces(encoding, [*encoding.ids, *ids], offsets))
        return pieces

    def _each_pack(self, pieces: Sequence[Pieces], work: Any) -> Iterator[tuple[Pack, Any]]:
        """Packs of ``pieces`` with what ``work`` makes of (the pack, its pieces)."""
        self._loaded  # noqa: B018 - loaded once, before the workers ask for it
        packs = packs_of([len(one.ids) for one in pieces])
        return each_pack(packs, lambda pack: work(pack, [pieces[row] for row in pack.rows]))

    def _read(self, pack: Pack, pieces: list[Pieces]) -> Any:
        import torch

        from voc_engine.mentions.heads.network import pooled

        with torch.inference_mode():
            layers, is_own = self._states(pack, pieces)
            looked = [pooled(*_of_group(rows, group, layers, is_own)) for _, rows, group in pack.each_group()]
            tags, marks = self._of_each_piece(layers[-1])
            starts = _starts(pieces)
            spans = [
                (row, *span)
                for row, (text, start) in enumerate(zip(pieces, starts, strict=True))
                for span in _runs(text.own, _tags(tags[start : start + len(text.own.ids)]))
            ]
            sides = self._sides(layers[-1], [(starts[row], first, last) for row, first, last in spans]).softmax(-1)
            aspects: list[list[Aspect]] = [[] for _ in pieces]
            for (row, first, last), side in zip(spans, sides.tolist(), strict=True):
                certain = float(1 - tags[starts[row] + first : starts[row] + last + 1, 0].max())
                aspects[row].append(_aspect(pieces[row].own, first, last, certain, side))
            places = marks.tolist()
            things = [
                _thing(text, places[start : start + len(text.ids)]) for text, start in zip(pieces, starts, strict=True)
            ]
            both, lower = (torch.cat(each).numpy() for each in zip(*looked, strict=True))
        return both, lower, [tuple(of_text) for of_text in aspects], things

    def _judge(self, spans: Sequence[tuple[int, int]], pack: Pack, pieces: list[Pieces]) -> Any:
        import torch

        with torch.inference_mode():
            layers, _ = self._states(pack, pieces)
            places = [pieces_at(one.own.offsets, *spans[row]) for row, one in zip(pack.rows, pieces, strict=True)]
            wanted = [(start, *place) for start, place in zip(_starts(pieces), places, strict=True)]
            return self._sides(layers[-1], wanted).numpy()

    def _states(self, pack: Pack, pieces: list[Pieces]) -> tuple[list[Tensor], Tensor]:
        """The states of the pack's pieces after each layer, and 1 at those of the sentences themselves, 0 elsewhere."""
        import torch

        ids = torch.tensor([piece for one in pieces for piece in one.ids])
        lengths = torch.tensor([length for one in pieces for length in (len(one.own.ids), len(one.before))])
        types = torch.tensor([0, 1]).repeat(len(pieces)).repeat_interleave(lengths)
        return self._loaded[0].states(ids, types, pack.groups), 1 - types

    def _of_each_piece(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Per piece the shares of outside, beginning and inside of an aspect, (pieces, 3), and the log-odds that it is of
        the thing, (pieces,). Filled up: a matrix of few rows is multiplied in another way."""
        import torch

        filled = torch.zeros(max(_LEAST_PIECES, len(states)), WIDTH)
        filled[: len(states)] = states
        network = self._loaded[1]
        return network.span(filled).softmax(-1)[: len(states)], network.thing(filled).squeeze(-1)[: len(states)]

    def _sides(self, states: Tensor, spans: list[tuple[int, int, int]]) -> Tensor:
        """Polarity logits (spans, 3) of the pieces first to last of the text that starts at a place; ``spans`` hold all
        three. Filled up to whole batches."""
        import torch

        filled = torch.zeros(-(-len(spans) // _BATCH) * _BATCH, 2 * WIDTH)
        for row, (start, first, last) in enumerate(spans):
            filled[row, :WIDTH] = states[start]
            filled[row, WIDTH:] = states[start + first : start + last + 1].sum(0) / (last + 1 - first)
        side = self._loaded[1].side
        logits: Tensor = torch.cat([torch.zeros(0, 3), *(side(part) for part in torch.split(filled, _BATCH))])
        return logits[: len(spans)]


def _of_group(rows: slice, group: Group, layers: list[Tensor], is_own: Tensor) -> tuple[list[Tensor], Tensor]:
    """The states after each layer of a group's texts, (texts, pieces, WIDTH), and which pieces are the sentence's own."""
    return [layer[rows].view(*group, WIDTH) for layer in layers], is_own[rows].view(*group)


def _starts(pieces: Sequence[Pieces]) -> list[int]:
    """Where each text begins in its pack."""
    return [0, *accumulate(len(one.ids) for one in pieces)][:-1]


def pieces_at(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """First and last piece that overlap the code points [start, end); the first piece of all where none does."""
    inside = [place for place, (left, right) in enumerate(offsets) if left < end and start < right and left < right]
    return (inside[0], inside[-1]) if inside else (0, 0)


def _thing(pieces: Pieces, marks: Sequence[float]) -> tuple[Span | None, bool]:
    """The run of pieces around the surest mark, as code points of the sentence or of what stands before it."""
    n_own = len(pieces.own.ids)
    places = [*pieces.own.offsets, *pieces.before][: len(pieces.ids)]
    real = [at for at, (start, end) in enumerate(places) if start < end]
    best = max(real, key=lambda at: (marks[at], -at), default=None)
    if best is None or marks[best] < _MARKED:
        return None, False
    first = last = best
    low, high = (0, n_own) if best < n_own else (n_own, len(places))
    while first - 1 >= low and marks[first - 1] >= _MARKED_BESIDE and places[first - 1][0] < places[first - 1][1]:
        first -= 1
    while last + 1 < high and marks[last + 1] >= _MARKED_BESIDE and places[last + 1][0] < places[last + 1][1]:
        last += 1
    return Span(places[first][0], places[last][1]), best >= n_own


def _tags(shares: Any) -> list[int]:
    """0 outside, 1 at the beginning, 2 inside of an aspect, for each piece; ``shares`` has shape (pieces, 3)."""
    named = shares[:, 1:].argmax(-1) + 1
    named[shares[:, 0] > _OUTSIDE] = 0
    tags: list[int] = named.tolist()
    return tags


def _runs(pieces: Encoding, tags: list[int]) -> Iterator[tuple[int, int]]:
    """First and last piece of each run B I I, widened to whole words."""
    words, n, piece = pieces.word_ids, len(tags), 0
    while piece < n:
        if tags[piece] == NO_ASPECT or words[piece] is None:
            piece += 1
            continue
        first = piece
        while first > 0 and words[first - 1] == words[piece]:
            first -= 1
        piece += 1
        while piece < n and words[piece] is not None and (tags[piece] == INSIDE or words[piece] == words[piece - 1]):
            piece += 1
        yield first, piece - 1


def _aspect(pieces: Encoding, first: int, last: int, certain: float, sides: list[float]) -> Aspect:
    start, end = pieces.offsets[first][0], pieces.offsets[last][1]
    side = max(range(len(sides)), key=lambda place: (sides[place], place))
    return Aspect(start, end, SENTIMENTS[side], round(certain * sides[side], 4))
