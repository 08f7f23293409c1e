"""Texts read as ``voc label`` reads them, every distinct sentence once over all tasks, with the time it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from voc_engine.mentions.contract import LabelReader, MentionExtractor, Reading, Sentence
from voc_engine.mentions.row_labelling import Labeller
from voc_engine.mentions.rows import TextLabels

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK = 500  # texts at a time; what is read does not depend on it
_WARM = "The button does not work."


@runtime_checkable
class TermReader(Protocol):
    """An extractor that can be asked for the polarity of a given term of a text.

    ``spans`` are half-open code points of the texts, one per text; the answers are of SENTIMENTS.
    """

    def polarity_of(self, texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[str]: ...


@dataclass
class Remembering:
    """An extractor that reads a sentence once and knows its reading from then on."""

    extractor: MentionExtractor
    known: dict[Sentence, Reading] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.extractor.name

    @property
    def needs_vectors(self) -> bool:
        return self.extractor.needs_vectors

    def read(self, sentences: Sequence[Sentence], vectors: NDArray[Any] | None = None) -> list[Reading]:
        places: dict[Sentence, int] = {}
        for number, sentence in enumerate(sentences):
            if sentence not in self.known:
                places.setdefault(sentence, number)
        if places:
            fresh_vectors = vectors[list(places.values())] if vectors is not None else None
            fresh = list(places)
            if isinstance(self.extractor, LabelReader):
                readings = self.extractor.labels(fresh)
            else:
                readings = self.extractor.read(fresh, fresh_vectors)
            self.known.update(zip(places, readings, strict=True))
        return [self.known[sentence] for sentence in sentences]


class TextReader:
    """``labels`` by what was read (None where there is no word to read, or not one of the language that is read) and the
    ``seconds`` that each took. A text with what stands before it and its kind of document is a ``Sentence``, however
    many sentences it has."""

    def __init__(self, labeller: Labeller) -> None:
        self.extractor = labeller.extractor
        self._remembering = Remembering(labeller.extractor)
        self._labeller = replace(labeller, extractor=self._remembering)
        self.labels: dict[Sentence, TextLabels | None] = {}
        self.seconds: dict[Sentence, float] = {}
        self._read_as: dict[Sentence, list[Sentence]] = {}

    def read(self, texts: Iterable[Sentence], advance: Callable[[int], None] = lambda rows: None) -> None:
        """Read what is not known yet; ``advance`` is told how many are done, chunk by chunk."""
        # Models load at first use: that is no part of a text's time.
        self._labeller.label([_WARM])
        wanted = [one for one in dict.fromkeys(texts) if one not in self.labels]
        for kind in dict.fromkeys(one.kind for one in wanted):
            of_kind = [one for one in wanted if one.kind == kind]
            for start in range(0, len(of_kind), CHUNK):
                chunk = of_kind[start : start + CHUNK]
                self._read(chunk, replace(self._labeller, kind=kind))
                advance(len(chunk))

    def _read(self, chunk: Sequence[Sentence], labeller: Labeller) -> None:
        began = perf_counter()
        languages = labeller.languages([one.text for one in chunk])
        readable = [one.text if labeller.is_read(code) else None for one, code in zip(chunk, languages, strict=True)]
        self.labels.update(zip(chunk, labeller.label(readable, [one.context for one in chunk]), strict=True))
        self._read_as.update((one, labeller.sentences(one.text, one.context)) for one in chunk)
        self.seconds.update(dict.fromkeys(chunk, (perf_counter() - began) / len(chunk)))

    def sentences(self, text: Sentence) -> list[tuple[str, Reading]]:
        """The sentences of a text as it was read, with their readings; none of a text without labels."""
        if self.labels[text] is None:
            return []
        return [(one.text, self._remembering.known[one]) for one in self._read_as[text]]

    def polarities(self, texts: Sequence[Sentence], spans: Sequence[tuple[int, int]]) -> list[str] | None:
        """What the extractor says of each term; None where it cannot be asked for terms."""
        if not isinstance(self.extractor, TermReader):
            return None
        began = perf_counter()
        polarities = self.extractor.polarity_of([one.text for one in texts], spans)
        share = (perf_counter() - began) / max(len(texts), 1)
        for text in texts:
            self.seconds[text] = self.seconds.get(text, 0.0) + share
        return polarities
