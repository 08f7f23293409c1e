"""The emotion that a sentence expresses: Ekman's six or neutral, by named feelings, negation and sentiment.

Frustration and annoyance count as anger, disappointment as sadness, worry as fear, gratitude and satisfaction as joy.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame

_ANGRY_PATTERNS = frozenset(("treatment", "repetition", "feeling", "delay"))
_POSITIVE = frozenset(("joy",))


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files(__package__).joinpath("emotions.toml").read_text("utf-8"))
    return {name: frozenset(value.split()) for name, value in table.items()}


def emotion(frame: Frame, score: float, evidence: Sequence[Evidence]) -> str:
    """The strongest emotion of the sentence; sentiment breaks ties and stands in where no feeling is named."""
    votes = _votes(frame)
    if score <= -0.12:
        votes.pop("joy", None)
    if score >= 0.15:
        votes = {name: value for name, value in votes.items() if name in ("joy", "surprise")}
    if votes:
        # A named feeling beats a coloured word; ties go to the order of Ekman's list as the records give it.
        best = max(sorted(votes), key=lambda name: votes[name])
        if votes[best] >= 1.0 and not (best == "joy" and score < 0.15):
            return best
    return _by_sentiment(frame, score, evidence)


def _votes(frame: Frame) -> dict[str, float]:
    lexicon, votes = _lexicon(), dict[str, float]()
    for place, (word, lemma) in enumerate(zip(frame.words, frame.lemmas, strict=True)):
        for name, members in lexicon.items():
            if name == "strong" or not (word in members or lemma in members):
                continue
            if frame.negator(place):
                name = "sadness" if name == "joy" else ""
            if name:
                weight = 2.0 if word in lexicon["strong"] or lemma in lexicon["strong"] else 1.0
                votes[name] = votes.get(name, 0.0) + weight
    return votes


def _by_sentiment(frame: Frame, score: float, evidence: Sequence[Evidence]) -> str:
    shouts = "!" in frame.text or any(word.isupper() and len(word) > 3 for word in frame.text.split())
    patterns = {piece.pattern for piece in evidence if piece.kind == "pain_point" and piece.weight > 0}
    if score >= 0.3:
        return "joy"
    if score <= -0.5 or (score <= -0.2 and (shouts or patterns & _ANGRY_PATTERNS)):
        return "sadness" if patterns == {"expectation"} else "anger"
    return "neutral"
