"""What the sentence as a whole does to its evidence: polarity voices, politeness, wishes fulfilled, advice, questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import words

_POLITE = frozenset("thank thanks thx ty please cheers regards hello hi hey dear sincerely appreciate good morning".split())
_PROSPECT = frozenset("will would 'd if when whether before might may could going future again next".split())


def weigh(frame: Frame, evidence: Sequence[Evidence], scores: Sequence[float]) -> list[Evidence]:
    """The evidence with whole-sentence corrections applied, and the voice of sentiment added to pain and delight."""
    pieces = [piece for piece in evidence if not _drop(frame, piece, evidence)]
    pieces = [_correct(frame, piece, pieces) for piece in pieces]
    return pieces + _voice(frame, pieces, scores)


def _drop(frame: Frame, piece: Evidence, evidence: Sequence[Evidence]) -> bool:
    if piece.kind == "delight":
        return _is_politeness(frame) or _is_greeting(frame)
    if piece.kind == "request" and piece.pattern in ("wish", "should") and _fulfilled(frame, piece):
        return True
    if piece.kind == "objection" and piece.pattern in ("hedge", "price", "value", "barrier"):
        return not (_prospective(frame) or _stands_alone(piece, evidence))
    return False


def _is_politeness(frame: Frame) -> bool:
    content = [word for word in frame.words if word.isalpha()]
    thanks = bool({"thanks", "thank", "thx", "cheers"} & set(content))
    return thanks and len(content) <= 8 and "for" not in content


def _is_greeting(frame: Frame) -> bool:
    content = [word for word in frame.words if word.isalpha()]
    return bool(content) and content[0] in ("hello", "hi", "hey", "good") and len(content) <= 4 and bool(
        {"morning", "afternoon", "evening", "day", "hello", "hi", "hey"} & set(content)
    )


def _fulfilled(frame: Frame, piece: Evidence) -> bool:
    """A wish told in the past and met since: "I wished it had a zoom, and now it does"."""
    met = {"now", "finally"} & set(frame.words[piece.end :])
    return frame.words[piece.place] in ("wished", "hoped") or (bool(met) and "got" in frame.words)


def _prospective(frame: Frame) -> bool:
    return bool(_PROSPECT & set(frame.words)) or any(lemma in words("decision") for lemma in frame.lemmas)


def _stands_alone(piece: Evidence, evidence: Sequence[Evidence]) -> bool:
    return any(other.kind == "objection" and other.place != piece.place for other in evidence)


def _correct(frame: Frame, piece: Evidence, pieces: Sequence[Evidence]) -> Evidence:
    kinds = {other.kind for other in pieces if other.weight >= 2.4}
    if piece.kind == "pain_point" and piece.pattern in ("expectation", "problem") and "request" in kinds:
        return replace(piece, weight=piece.weight * 0.7)
    if piece.kind == "delight" and frame.is_question:
        return replace(piece, weight=piece.weight * 0.4)
    if piece.kind == "delight" and "request" in kinds and frame.clause_of(piece.place) == len(frame.clauses) - 1:
        return replace(piece, weight=piece.weight * 0.5)
    return piece


def _voice(frame: Frame, pieces: Sequence[Evidence], scores: Sequence[float]) -> list[Evidence]:
    """Sentiment per clause speaks for pain or delight, and against one that nothing but a weak cue supports."""
    voices = []
    wished = any(piece.kind == "request" and piece.weight >= 2.4 for piece in pieces)
    for number, score in enumerate(scores):
        place = frame.clauses[number].first
        if score <= -0.35 and not wished and not frame.is_question:
            voices.append(Evidence("pain_point", "tone", min(1.6, -2.4 * score), "a negative tone", place, place + 1))
        elif score >= 0.45 and not wished and not frame.is_question:
            voices.append(Evidence("delight", "tone", min(1.0, 1.4 * score), "a positive tone", place, place + 1))
    overall = sum(scores) / len(scores) if scores else 0.0
    if len(scores) == 1 and overall >= 0.3:
        voices.append(Evidence("pain_point", "tone", -1.6 * overall, "the tone is positive", 0, 1))
    if len(scores) == 1 and overall <= -0.2:
        voices.append(Evidence("delight", "tone", 2.0 * overall, "the tone is negative", 0, 1))
    has = {piece.kind for piece in pieces}
    return [voice for voice in voices if voice.weight > 0 or voice.kind in has]
