"""From the encoder's and the heads' numbers to a Reading: labels first, then spans and reasons where something is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Any

from voc_engine.mentions.clauses import Span, contrasts, trimmed, whole_clauses
from voc_engine.mentions.contract import Aspect, Disclosed, Finding, Reading, Sentence
from voc_engine.mentions.cue_phrases import Hit, hits
from voc_engine.mentions.heads.disclosure_head import Telling
from voc_engine.mentions.heads.labels import ADVICE, WHAT_COLUMNS
from voc_engine.mentions.heads.linear import GROUPS, OUTPUTS, LinearHeads
from voc_engine.mentions.heads.standing_head import STANDING, UNDERSTOOD
from voc_engine.mentions.noun_phrases import (
    compared_with,
    noun_phrase,
    noun_phrases,
    only_noun_phrase,
    subject_or_object,
    what_speakers_are,
)
from voc_engine.mentions.objection_types import objection_type
from voc_engine.mentions.parsing import parse
from voc_engine.mentions.praise import MAY_BE_SARCASM, sounds_like_praise
from voc_engine.mentions.quadrant import basis_of, quadrant_of
from voc_engine.mentions.severities import band, severity_reasons
from voc_engine.records import EMOTIONS, HARMS, HOLDERS, MENTION_KINDS, coded_as

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

# Below this no finding is made; a study's own threshold (min_probability) lies above it.
FLOOR = 0.3
# Only where something is this sure are parts of the sentence read again for its span and statement.
_SURE = 0.45
# A shorter clause stands for its sentence where it says the kind nearly as surely (log-odds).
_NEARLY = 0.7
_LIKELY = 0.5
_MOST_REASONS = 4
_READS_LIKE = "reads like sentences that people labelled so"
_WITH_CONTEXT = "reads so after what stands before it"
# Further fields that name something: what it is can be told in a noun phrase.
_NAMING = ("source", "approver", "tools")


@dataclass(frozen=True, slots=True)
class PartScore:
    """What is read of a part of a sentence beside the sentence's own context: ``odds``, the log-odds of each kind,
    ``alone``, the probabilities that it is understood alone and can stand as a heading, (2,), and ``quadrant``, the
    likeliest quadrant with how sure it may be."""

    odds: NDArray[Any]
    alone: NDArray[Any]
    quadrant: tuple[str, float]


Scores = Mapping[Span, PartScore]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the network says of one sentence: ``odds`` in the order of OUTPUTS; ``emotion``, ``severity``, ``whose`` and
    ``what`` as logits of their heads; ``thing`` as the marked code points in the sentence or (``in_context``) before it;
    ``alone`` as the probabilities that the sentence is understood alone and can stand as a heading, (2,);
    ``quadrant`` as the likeliest quadrant with how sure it may be;
    ``told`` are the fields of DISCLOSURES that are told, with their probabilities."""

    heads: LinearHeads
    odds: NDArray[Any]
    emotion: NDArray[Any]
    severity: NDArray[Any]
    whose: NDArray[Any]
    what: NDArray[Any]
    aspects: tuple[Aspect, ...]
    thing: Span | None
    in_context: bool
    alone: NDArray[Any]
    quadrant: tuple[str, float]
    told: tuple[Telling, ...] = ()

    @property
    def holder(self) -> str:
        """Whose experience or view it is, one of HOLDERS."""
        return HOLDERS[int(self.whose.argmax())]

    @property
    def disclosed(self) -> tuple[Telling, ...]:
        """What is told, where it is the speaker's own."""
        return self.told if self.holder == "self" else ()

    def probability(self, group: str, name: str) -> float:
        return _logistic(float(self.odds[OUTPUTS.index((group, name))]))

    def chosen(self, group: str) -> tuple[str, float]:
        """The likeliest of a group, the first in its order where two are alike, with its share of the group."""
        shares = _softmax([float(self.odds[OUTPUTS.index((group, name))]) for name in GROUPS[group]])
        likeliest = max(range(len(shares)), key=lambda at: (shares[at], -at))
        return GROUPS[group][likeliest], shares[likeliest]

    @property
    def harm(self) -> float:
        """Severity in [0, 1]: the mean of the chances of at least medium and of high."""
        return sum(_logistic(float(value)) for value in self.severity) / len(self.severity)

    def code(self, kind: str) -> str:
        """The likeliest code of what about it, among those of the kind."""
        coded = coded_as(kind)
        of_kind = [(float(self.what[at]), -at, code) for at, (of, code) in enumerate(WHAT_COLUMNS) if of == coded]
        return max(of_kind)[2]


def kinds_found(answer: Answer) -> list[str]:
    """The kinds that are worth a span."""
    return [kind for kind in MENTION_KINDS if answer.probability("kinds", kind) >= FLOOR]


def parts_to_score(answer: Answer, doc: Doc) -> list[Span]:
    """The parts of a sentence that have to be read by themselves before its findings get spans and statements."""
    kinds = kinds_found(answer)
    if max(answer.probability("kinds", kind) for kind in kinds) < _SURE:
        return []
    parts = {*whole_clauses(doc), *(contrasts(doc) if len(kinds) > 1 else ())}
    return sorted(parts) if len(parts) > 1 else []


def reading_of(sentence: Sentence, answer: Answer, doc: Doc | None, scores: Scores) -> Reading:
    """All labels of one sentence; ``doc`` is it parsed, wanted only where ``kinds_found`` names a kind or something is
    told."""
    chances = {kind: round(answer.probability("kinds", kind), 4) for kind in MENTION_KINDS}
    side, score = _sentiment(answer)
    quadrant, certainty = quadrant_of(answer, answer.quadrant)
    kinds = kinds_found(answer)
    finder = _Finder(sentence, answer, doc, scores) if kinds and doc is not None and sentence.text.strip() else None
    harm = answer.harm if max(chances[kind] for kind in HARMS) >= FLOOR else 0.0
    severity = band(harm, answer.heads.severity)
    return Reading(
        findings=tuple(finder.finding(kind, chances[kind], kinds) for kind in kinds) if finder else (),
        sentiment=side,
        sentiment_score=score,
        emotion=EMOTIONS[int(answer.emotion.argmax())],
        severity=severity,
        severity_score=round(harm, 4),
        severity_reasons=severity_reasons(sentence.text, finder.hits, severity) if finder else (),
        quadrant=quadrant,
        quadrant_probability=certainty,
        basis=basis_of(quadrant),
        holder=answer.holder,
        probabilities=chances,
        worth=round(answer.probability("worth", "worth"), 4),
        aspects=_aspects(answer, side),
        advice=round(answer.probability("kinds", ADVICE), 4),
        review=_doubts(sentence, chances, side),
        off=tuple(kind for kind in MENTION_KINDS if sentence.kind in answer.heads.off.get(kind, ())),
        doubted=tuple(kind for kind in MENTION_KINDS if answer.heads.doubts(kind, sentence.kind, side)),
        disclosures=_disclosed(sentence, answer, doc) if doc is not None and sentence.text.strip() else (),
    )


def _disclosed(sentence: Sentence, answer: Answer, doc: Doc) -> tuple[Disclosed, ...]:
    """What is told, each field with the whole sentence: half of it may leave out whom it is about."""
    span = trimmed(sentence.text)
    return tuple(
        Disclosed(field, span.start, span.end, chance, _named_in(doc, field)) for field, chance in answer.disclosed
    )


def _named_in(doc: Doc, field: str) -> str | None:
    """The noun phrase that names it, where syntax leaves no doubt which: none is better than the wrong one."""
    if field == "occupation":
        return what_speakers_are(doc)
    if field == "alternative":
        return compared_with(doc) or only_noun_phrase(doc)
    return only_noun_phrase(doc) if field in _NAMING else None


class _Finder:
    """A sentence in which something is found: parsed once, its clauses and cues looked at for every kind."""

    def __init__(self, sentence: Sentence, answer: Answer, doc: Doc, scores: Scores) -> None:
        self.sentence, self.answer, self.doc, self._scores = sentence, answer, doc, scores
        self.hits: list[Hit] = hits(doc)
        self._clauses = whole_clauses(doc) if scores else []

    def finding(self, kind: str, chance: float, kinds: Sequence[str]) -> Finding:
        span = self._span(kind, kinds)
        cues = [hit for hit in self.hits if hit.kind == kind and span.start <= hit.start and hit.end <= span.end]
        text, statement = self.sentence.text[span.start : span.end], self._statement(kind, span)
        named = next((hit.cue.objection_type for hit in cues if hit.cue.objection_type), None)
        return Finding(
            kind=kind,
            start=span.start,
            end=span.end,
            probability=chance,
            reasons=self._reasons(cues),
            statement=statement,
            thing=self._thing(kind, span),
            what=self.answer.code(kind),
            objection_type=objection_type(text, named) if kind == "objection" else None,
            negated=any(hit.negator for hit in cues),
            nouns=noun_phrases(self.doc, span.start, span.end),
            understood=float(self._alone(span.start, span.end)[UNDERSTOOD]),
            stands=float(self._alone(*statement)[STANDING]),
            quadrant=quadrant_of(
                self.answer, part.quadrant if (part := self._scores.get(span)) else self.answer.quadrant
            ),
        )

    def _reasons(self, hits: Sequence[Hit]) -> tuple[str, ...]:
        reasons = list(dict.fromkeys(hit.reason for hit in hits))[:_MOST_REASONS]
        return tuple(reasons) or ((_WITH_CONTEXT if self.sentence.context else _READS_LIKE),)

    def _span(self, kind: str, kinds: Sequence[str]) -> Span:
        """The whole sentence; where two kinds are said across a contrast, the part that says this one."""
        parts = contrasts(self.doc) if len(kinds) > 1 and self._scores else []
        if len(parts) <= 1:
            return trimmed(self.sentence.text)
        return max(parts, key=lambda part: (self._odds(part, kind), -part.start))

    def _statement(self, kind: str, span: Span) -> tuple[int, int]:
        """The shortest whole clause in the span that says the kind nearly as surely as the span does."""
        if not self._scores:
            return span.start, span.end
        least = self._odds(span, kind) - _NEARLY
        inside = [clause for clause in self._clauses if span.start <= clause.start and clause.end <= span.end]
        best = next((clause for clause in inside if clause != span and self._odds(clause, kind) >= least), span)
        return best.start, best.end

    def _odds(self, part: Span, kind: str) -> float:
        return float(self._scores[part].odds[MENTION_KINDS.index(kind)])

    def _alone(self, start: int, end: int) -> NDArray[Any]:
        """Of a part that was not read by itself it is what is read of the sentence."""
        part = self._scores.get(Span(start, end))
        return part.alone if part else self.answer.alone

    def _thing(self, kind: str, span: Span) -> str | None:
        marked = self.answer.thing
        named = None
        if marked is not None:
            # Marks are of word pieces: only parsed is it a whole word, and a noun.
            doc = next(parse([self.sentence.context])) if self.answer.in_context else self.doc
            named = noun_phrase(doc, marked.start, marked.end)
        return named or self._blamed(kind, span) or subject_or_object(self.doc, span.start, span.end)

    def _blamed(self, kind: str, span: Span) -> str | None:
        """An aspect of the kind's side inside the span."""
        side = {"pain_point": "negative", "objection": "negative", "delight": "positive"}.get(kind)
        of_side = [aspect for aspect in self.answer.aspects if aspect.polarity == side]
        inside = [aspect for aspect in of_side if span.start <= aspect.start and aspect.end <= span.end]
        best = max(inside, key=lambda one: (one.probability, -one.start), default=None)
        return noun_phrase(self.doc, best.start, best.end) if best is not None else None


def _doubts(sentence: Sentence, chances: Mapping[str, float], side: str) -> tuple[str, ...]:
    """Where the words praise and the sentence complains, a person is asked; nothing is flipped."""
    complains = chances["pain_point"] >= _LIKELY and side == "negative"
    return (MAY_BE_SARCASM,) if complains and sounds_like_praise(sentence.text) else ()


def _sentiment(answer: Answer) -> tuple[str, float]:
    """The likeliest side, and P(positive) - P(negative)."""
    shares = _softmax([float(answer.odds[OUTPUTS.index(("sentiment", name))]) for name in GROUPS["sentiment"]])
    by_name = dict(zip(GROUPS["sentiment"], shares, strict=True))
    return answer.chosen("sentiment")[0], round(by_name["positive"] - by_name["negative"], 4)


def _aspects(answer: Answer, side: str) -> tuple[Aspect, ...]:
    """What is praised or blamed in words; an opinion that names nothing has one aspect without words."""
    named = tuple(aspect for aspect in answer.aspects if aspect.polarity != "neutral")
    if named or side == "neutral":
        return named
    return (Aspect(0, 0, side, round(answer.chosen("sentiment")[1], 4)),)


def _logistic(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def _softmax(odds: Sequence[float]) -> list[float]:
    top = max(odds)
    powers = [exp(value - top) for value in odds]
    return [power / sum(powers) for power in powers]
