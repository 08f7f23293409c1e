"""rules.v1: mentions by dependency patterns and lexicons, every finding with its reasons in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from voc_engine.mentions import sentiment
from voc_engine.mentions.emotion import emotion
from voc_engine.mentions.evidence import Evidence, lexical, probability
from voc_engine.mentions.extractor import Reading, Sentence
from voc_engine.mentions.findings import findings
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.judge import weigh
from voc_engine.mentions.language import parse
from voc_engine.mentions.patterns import RULES
from voc_engine.mentions.questions import hint
from voc_engine.mentions.severity import severity
from voc_engine.mentions.viewpoint import holder, quadrant
from voc_engine.records import MENTION_KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

_MEMO_SIZE = 50_000
Key = tuple[str, str | None, bool]


class RuleExtractor:
    """The built-in extractor. Loads its language pipeline at first use; reads each distinct sentence once."""

    name = "rules.v1"
    needs_vectors = False

    def __init__(self) -> None:
        self._memo: dict[Key, Reading] = {}

    def read(self, sentences: Sequence[Sentence], vectors: NDArray[Any] | None = None) -> list[Reading]:
        """One Reading per sentence, in order; ``vectors`` are not looked at."""
        keys = [sentence_key(sentence) for sentence in sentences]
        if len(self._memo) > _MEMO_SIZE:
            self._memo.clear()
        fresh = [key for key in dict.fromkeys(keys) if key not in self._memo]
        known = {key: self._memo[key] for key in keys if key in self._memo}
        for key, doc in zip(fresh, parse([key[0] for key in fresh]), strict=True):
            known[key] = self._memo[key] = _read(doc, key)
        return [known[key] for key in keys]


def sentence_key(sentence: Sentence) -> Key:
    return sentence.text, hint(sentence.question, sentence.kind), sentence.kind in ("post", "ticket", "survey")


@dataclass(frozen=True, slots=True)
class Analysis:
    """A parsed sentence with the evidence that rules find in it, one sentiment score per clause, and their reading
    without its findings, which cost more than all the rest."""

    frame: Frame
    evidence: tuple[Evidence, ...]
    scores: tuple[float, ...]
    reading: Reading


def _read(doc: Doc, key: Key) -> Reading:
    analysis = analyse(doc, key)
    return replace(analysis.reading, findings=findings(analysis.frame, analysis.evidence))


def analyse(doc: Doc, key: Key) -> Analysis:
    """What rules say of one parsed sentence; ``key`` as ``sentence_key`` makes it."""
    frame = Frame(doc, key[1], "ticket" if key[2] else "review")
    evidence = lexical(frame) + [piece for rule in RULES for piece in rule(frame)]
    scores = sentiment.clause_scores(frame, evidence)
    score = sentiment.combine(scores)
    whose = holder(frame)
    weighed = weigh(frame, evidence, scores)
    band, amount, why = severity(frame, weighed)
    place, basis = quadrant(frame, whose)
    reading = Reading(
        findings=(),
        sentiment=sentiment.label(score),
        sentiment_score=score,
        emotion=emotion(frame, score, weighed),
        severity=band,
        severity_score=amount,
        severity_reasons=why,
        quadrant=place,
        basis=basis,
        holder=whose,
        probabilities={
            kind: probability(kind, [piece.weight for piece in weighed if piece.kind == kind]) for kind in MENTION_KINDS
        },
    )
    return Analysis(frame, tuple(weighed), tuple(scores), reading)
