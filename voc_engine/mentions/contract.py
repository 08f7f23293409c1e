"""The contract of a mention extractor: sentences with what stands before them in, one Reading each out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Sentence:
    """What an extractor may know: the words, what stands before them (the question, the lines before; see
    ``voc_engine.mentions.context``), and the kind of document, None where that is not known."""

    text: str
    context: str = ""
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind found in ``text[start:end]`` (half-open code points of the sentence).

    ``statement`` is the span, inside the first, of the shortest whole clause that says it. ``thing`` is what it is about,
    in words of the sentence or of its context, and ``what`` what about it (one of the codes of ``records.mention.WHATS``),
    each None where it is not told; ``nouns`` are the noun phrases of the span. ``understood`` is the probability that
    the span is understood without what stands before it, ``stands`` that the statement can stand as a heading,
    None where the extractor does not tell. ``quadrant`` is the quadrant of an empathy map in which the span stands, with
    its probability: None where it is that of the sentence. ``reasons`` are phrases that a researcher can check against
    the quote.
    """

    kind: str
    start: int
    end: int
    probability: float
    reasons: tuple[str, ...]
    statement: tuple[int, int]
    thing: str | None = None
    what: str | None = None
    objection_type: str | None = None
    negated: bool = False
    nouns: tuple[str, ...] = ()
    understood: float | None = None
    stands: float | None = None
    quadrant: tuple[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Disclosed:
    """Who says ``text[start:end]`` (half-open code points of the sentence) tells ``field`` of themselves or of their
    decision, one of ``records.disclosure.DISCLOSURES``. ``thing`` is the noun phrase of the span that names it."""

    field: str
    start: int
    end: int
    probability: float
    thing: str | None = None


@dataclass(frozen=True, slots=True)
class Aspect:
    """What an opinion is about, ``text[start:end]`` of the sentence, and whether it is praised or blamed.

    ``polarity`` is one of SENTIMENTS. An opinion without words for its target has ``start == end == 0``.
    """

    start: int
    end: int
    polarity: str
    probability: float


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is read from one sentence.

    ``probabilities`` holds every kind of MENTION_KINDS, each in [0, 1] and independent of the others; ``findings``
    only those worth a span. ``worth`` is the probability that a researcher would highlight the sentence.
    ``sentiment_score`` is in [-1, 1], ``severity_score`` in [0, 1]. ``quadrant`` comes with its probability. ``basis`` is
    "stated" or "inferred"; ``holder`` tells whose view or experience it is, one of ``records.mention.HOLDERS``.
    ``aspects`` stand in text order. ``advice`` is the probability in [0, 1] that fellow customers are advised, which is
    no kind of mention. ``disclosures`` are what its speaker tells of themselves, in the order of their fields, each field
    once; an extractor that does not look for it gives none, and where ``holder`` is not "self" they are not used.
    ``review`` names why a person should look: "may be sarcasm". ``off`` names the kinds that are not to
    be marked in this kind of document, since too few of them were right there, ``doubted`` those that are not to be
    marked in this sentence, since too few of them were right beside its sentiment.
    """

    findings: tuple[Finding, ...]
    sentiment: str
    sentiment_score: float
    emotion: str
    severity: str
    severity_score: float
    severity_reasons: tuple[str, ...]
    quadrant: str
    quadrant_probability: float
    basis: str
    holder: str
    probabilities: dict[str, float]
    worth: float = 1.0
    aspects: tuple[Aspect, ...] = ()
    advice: float = 0.0
    review: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()
    disclosures: tuple[Disclosed, ...] = ()


@runtime_checkable
class LabelReader(Protocol):
    """An extractor that can also give Readings without findings, faster than ``read`` does."""

    def labels(self, sentences: Sequence[Sentence]) -> list[Reading]: ...


class MentionExtractor(Protocol):
    """A component of the group ``voc_engine.mention_extractors``.

    ``read`` returns exactly one Reading per sentence, in order, and gives the same answer for the same sentence
    whatever stands beside it. ``vectors`` has shape (len(sentences), dimensions) where ``needs_vectors`` is true,
    else it is None.
    """

    @property
    def name(self) -> str: ...

    @property
    def needs_vectors(self) -> bool: ...

    def read(self, sentences: Sequence[Sentence], vectors: NDArray[Any] | None = None) -> list[Reading]: ...
