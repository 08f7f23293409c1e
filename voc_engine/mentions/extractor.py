"""The contract of a mention extractor: sentences in, one Reading each out. Rules and trained heads meet it alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Sentence:
    """What an extractor may know: the words, what they reply to, and the kind of document they stand in."""

    text: str
    question: str | None = None
    kind: str = "review"


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind found in ``text[start:end]`` (half-open code points of the sentence), with its normalised statement.

    ``action`` ... ``purpose`` are words of the sentence (an action is the verb's lemma) or None, and so are ``frequency``
    ("every time", "twice a week") and ``modality`` (can, must, would ... with contractions written out). ``reasons``
    are phrases that a researcher can check against the quote.
    """

    kind: str
    start: int
    end: int
    probability: float
    reasons: tuple[str, ...]
    pattern: str | None = None
    action: str | None = None
    object: str | None = None
    cost: str | None = None
    consequence: str | None = None
    when: str | None = None
    purpose: str | None = None
    objection_type: str | None = None
    negated: bool = False
    statement: str = ""
    frequency: str | None = None
    modality: str | None = None


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
    only those worth a span. ``sentiment_score`` is in [-1, 1], ``severity_score`` in [0, 1]. ``basis`` is "stated" or
    "inferred"; ``holder`` is "self" or the words that name whose view it is. ``aspects`` stand in text order.
    ``advice`` is the probability in [0, 1] that fellow customers are advised, which is no kind of mention. ``review``
    names why a person should look: "may be sarcasm". ``agreed``: where an extractor has two ways to the quadrant, whether
    both led to it.
    """

    findings: tuple[Finding, ...]
    sentiment: str
    sentiment_score: float
    emotion: str
    severity: str
    severity_score: float
    severity_reasons: tuple[str, ...]
    quadrant: str
    basis: str
    holder: str
    probabilities: dict[str, float]
    aspects: tuple[Aspect, ...] = ()
    advice: float = 0.0
    review: tuple[str, ...] = ()
    agreed: bool = True


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
