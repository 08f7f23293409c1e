"""From log-odds to a Reading: probabilities, labels, spans, reasons in words, and what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp
from typing import TYPE_CHECKING, Any

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.extractor import Aspect, Finding, Reading
from voc_engine.mentions.findings import finding, spans_of
from voc_engine.mentions.heads.features import word_columns
from voc_engine.mentions.heads.labels import ADVICE
from voc_engine.mentions.heads.linear import GROUPS, OUTPUTS, LinearHeads
from voc_engine.mentions.questions import GOVERNS
from voc_engine.mentions.rules import Analysis
from voc_engine.mentions.severity import severity
from voc_engine.mentions.statement import plain_finding
from voc_engine.records import MENTION_KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Below this no finding is made; a study's own threshold (min_probability) lies above it.
FLOOR = 0.3
# VADER's compound score from which a complaint sounds like praise.
_PRAISES = 0.6
_MOST_REASONS = 4
# What share of a survey's answers is what the question asked for; an interviewer's question gives less, by its weight.
_ANSWERS = 0.8
_OPPOSITE = {"pain_point": "delight", "objection": "delight", "delight": "pain_point"}
_SPEAKS = 0.25
# They weigh in the heads and tell a reader nothing that can be checked against the quote.
_SILENT = frozenset(
    ("length", "very short", "lower case begin", "clauses", "a number", "a handle", "a hashtag", "a link", "code",
     "sentiment of the clauses", "an odd number of denials", "two denials", "no subject", "no verb", "a thing as subject",
     "'it' as subject", "'you' as subject", "first person", "second person", "third person", "past tense", "progressive",
     "passive", "quotation marks", "a clause of thought", "main verb 'be'", "main verb 'have'", "main verb 'get'",
     "main verb of end verb", "main verb of stative", "main verb of say", "a pause for thought")
)  # fmt: skip
_UNTOLD = ("rule", "VADER's ", "TextBlob's ")
_HEDGED = 0.2
_HEDGE = re.compile(
    r"\b(?:i|we)(?:['’]d| would| just)? (?:want|wanted|like|hate) to say\b(?! (?:thank|sorry|that i|how))", re.I
)
_WANTING = re.compile(
    r"\b(?:want|wanted|need|needed|hope|hoping|goal|aim|trying|try|looking to|wish|would like)\b", re.I
)
_SENTENCE = "reads like sentences that people labelled so"


@dataclass(frozen=True, slots=True)
class Answer:
    """``odds`` in the order of OUTPUTS; ``features`` are the named values that the heads saw."""

    heads: LinearHeads
    features: Mapping[str, float]
    odds: NDArray[Any]
    emotion: str
    aspects: tuple[Aspect, ...]

    def probability(self, group: str, name: str) -> float:
        return _logistic(float(self.odds[OUTPUTS.index((group, name))]))

    def chosen(self, group: str) -> str:
        """The likeliest of a group; the first in its order where two are alike."""
        names = GROUPS[group]
        return max(names, key=lambda name: (self.odds[OUTPUTS.index((group, name))], -names.index(name)))


def reading_of(analysis: Analysis, answer: Answer) -> Reading:
    """All labels of one sentence."""
    rules = analysis.reading
    chances = _chances(analysis, answer)
    side, score = _sentiment(answer)
    place = "says" if rules.holder != "self" else answer.chosen("quadrant")
    return Reading(
        findings=_findings(analysis, answer, chances),
        sentiment=side,
        sentiment_score=score,
        emotion=answer.emotion,
        **_severity(analysis, chances),
        quadrant=place,
        basis=rules.basis if place == rules.quadrant else "stated" if place == "says" else "inferred",
        holder=rules.holder,
        agreed=place == rules.quadrant,
        probabilities=chances,
        aspects=_aspects(answer, side),
        advice=round(answer.probability("kinds", ADVICE), 4),
        review=_doubts(analysis, answer, chances),
    )


def _chances(analysis: Analysis, answer: Answer) -> dict[str, float]:
    """Either the words say it or the question does (noisy-or, Pearl 1988), unless the words say the opposite."""
    words = {kind: answer.probability("kinds", kind) for kind in MENTION_KINDS}
    chances = dict(words)
    for piece in analysis.evidence:
        if piece.pattern == "answer" and piece.weight > 0:
            asked = _ANSWERS * min(1.0, piece.weight / GOVERNS) * (1 - words.get(_OPPOSITE.get(piece.kind, ""), 0.0))
            chances[piece.kind] = 1 - (1 - words[piece.kind]) * (1 - asked)
    if _only_hedged(analysis.frame.text):
        chances["goal"] = min(chances["goal"], _HEDGED)
    return {kind: round(chance, 4) for kind, chance in chances.items()}


def _only_hedged(text: str) -> bool:
    """ "I want to say two weeks after" hedges a guess; nothing is wanted, unless something else is as well."""
    return _HEDGE.search(text) is not None and _WANTING.search(_HEDGE.sub(" ", text)) is None


def _doubts(analysis: Analysis, answer: Answer, chances: Mapping[str, float]) -> tuple[str, ...]:
    """Sarcasm is not solved: where the words praise and the sentence complains, a person is asked, nothing is flipped."""
    praised = answer.features.get("VADER's score", 0.0) >= _PRAISES or answer.features.get("strong praise", 0.0) > 0
    flagged = any(piece.pattern == "sarcasm" for piece in analysis.evidence)
    blamed = chances["pain_point"] >= 0.5 and answer.chosen("sentiment") == "negative"
    one_clause = len(analysis.frame.clauses) == 1
    return ("may be sarcasm",) if flagged or (praised and blamed and one_clause) else ()


def _logistic(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def _sentiment(answer: Answer) -> tuple[str, float]:
    """The likeliest side, and P(positive) - P(negative) after the three are brought to a sum of 1."""
    shares = {name: answer.probability("sentiment", name) for name in GROUPS["sentiment"]}
    total = sum(shares.values()) or 1.0
    return answer.chosen("sentiment"), round((shares["positive"] - shares["negative"]) / total, 4)


def _aspects(answer: Answer, side: str) -> tuple[Aspect, ...]:
    """What is praised or blamed in words; an opinion that names nothing has one aspect without words."""
    named = tuple(aspect for aspect in answer.aspects if aspect.polarity != "neutral")
    if named or side == "neutral":
        return named
    return (Aspect(0, 0, side, round(answer.probability("sentiment", side), 4)),)


def _severity(analysis: Analysis, chances: Mapping[str, float]) -> dict[str, Any]:
    """The rules' severity; a pain that only the heads see counts as a problem without further marks."""
    evidence = list(analysis.evidence)
    if max(chances["pain_point"], chances["objection"]) >= 0.5:
        evidence.append(Evidence("pain_point", "problem", 2.0, _SENTENCE, 0, 1))
    band, score, reasons = severity(analysis.frame, evidence)
    return {"severity": band, "severity_score": score, "severity_reasons": reasons}


def _findings(analysis: Analysis, answer: Answer, chances: Mapping[str, float]) -> tuple[Finding, ...]:
    frame, found = analysis.frame, []
    spans = _spans(analysis, answer.aspects, chances)
    for kind in MENTION_KINDS:
        if chances[kind] < FLOOR or not frame.text.strip():
            continue
        own = sorted((e for e in analysis.evidence if e.kind == kind), key=lambda e: (-e.weight, e.place))
        own = [piece for piece in own if piece.pattern != "tone"]
        if own and own[0].weight > 0:
            made = finding(frame, kind, spans[kind], chances[kind], own)
        else:
            made = plain_finding(frame, kind, spans[kind], chances[kind], ())
        made = replace(made, object=made.object or _target(answer.aspects, kind, spans[kind], frame.text))
        found.append(replace(made, reasons=_reasons(answer, kind, made.reasons, frame.text)))
    return tuple(found)


def _target(aspects: Sequence[Aspect], kind: str, span: tuple[int, int], text: str) -> str | None:
    """The words that the opinion is about where syntax names none: an aspect of the kind's side inside the span."""
    side = {"pain_point": "negative", "delight": "positive"}.get(kind)
    inside = [one for one in aspects if one.polarity == side and span[0] <= one.start and one.end <= span[1]]
    best = max(inside, key=lambda one: (one.probability, -one.start), default=None)
    return text[best.start : best.end] if best is not None else None


def _spans(analysis: Analysis, aspects: Sequence[Aspect], chances: Mapping[str, float]) -> dict[str, tuple[int, int]]:
    """The rules' spans; where they see no contrast, the clauses of a praised and a blamed thing that stand apart."""
    frame = analysis.frame
    spans = spans_of(frame, analysis.evidence)
    if min(chances["pain_point"], chances["delight"]) < FLOOR or spans["pain_point"] != spans["delight"]:
        return spans
    for kind, side in (("pain_point", "negative"), ("delight", "positive")):
        clauses = {
            number
            for number, clause in enumerate(frame.clauses)
            for aspect in aspects
            if aspect.polarity == side and clause.start <= aspect.start < clause.end
        }
        if len(clauses) == 1:
            clause = frame.clauses[clauses.pop()]
            spans[kind] = (clause.start, clause.end)
    return spans


def _reasons(answer: Answer, kind: str, told: Sequence[str], text: str) -> tuple[str, ...]:
    """What rules quoted first, then what weighed most in the head: named features and words; the encoder speaks last."""
    output = OUTPUTS.index(("kinds", kind))
    spoke = [
        (value, name)
        for value, name in answer.heads.contributions(output, answer.features, word_columns(text))
        if value >= _SPEAKS and name not in _SILENT and not name.startswith(_UNTOLD)
    ]
    named = [_plain(name) for _, name in spoke if not name.startswith("encoder: ")]
    whole = [_SENTENCE] if any(name.startswith("encoder: ") for _, name in spoke) else []
    return tuple(dict.fromkeys([*told, *named, *whole]))[: max(_MOST_REASONS, len(told))] or (_SENTENCE,)


def _plain(name: str) -> str:
    """ "main verb of emotion verb" is the name of a feature; a reader is told "a verb of emotion"."""
    return f"a verb of {name.removeprefix('main verb of ').removesuffix(' verb')}" if "main verb of" in name else name
