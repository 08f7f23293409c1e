"""Evidence: one reason for one kind at one place; and how reasons add up to a probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp

from voc_engine.mentions.frame import Frame
from voc_engine.mentions.lexicon import Hit, cue_book

# One full cue (2.2 and more) carries a kind over one half; two weak ones together do.
BIAS = {
    "pain_point": -1.9,
    "goal": -2.4,
    "objection": -2.4,
    "request": -2.4,
    "delight": -1.8,
    "trigger": -2.4,
}
_SHARE_OF_NEXT = 0.4
# "No problems" and "never crashed" praise; "no fees" and "not a fraud" mostly state a fact.
_NEGATION_PRAISES = frozenset(("problem", "failure", "effort", "expectation"))
_POLAR = ("pain_point", "delight")


@dataclass(frozen=True, slots=True)
class Evidence:
    """``place`` and ``end`` are the words that carry it; ``weight`` is in log-odds, below zero where it speaks against."""

    kind: str
    pattern: str
    weight: float
    reason: str
    place: int
    end: int
    objection_type: str | None = None
    negated: bool = False


def probability(kind: str, weights: Sequence[float]) -> float:
    """Logistic of the bias, the strongest reason, and a falling share of each further one."""
    total, share = BIAS[kind], 1.0
    for weight in sorted((value for value in weights if value > 0), reverse=True):
        total += weight * share
        share *= _SHARE_OF_NEXT
    total += sum(value for value in weights if value < 0)
    return round(1 / (1 + exp(-total)), 4)


def lexical(frame: Frame) -> list[Evidence]:
    """Evidence from the cue phrases, turned by negation and weakened by conditional frames."""
    hits = list(cue_book().find(frame.words, frame.lemmas))
    hits = [hit for hit in hits if not _other_sense(frame, hit)]
    return [piece for hit in hits if not _inside(hit, hits) for piece in _weigh(frame, hit)]


def _other_sense(frame: Frame, hit: Hit) -> bool:
    """ "Like" that compares or fills a pause where the phrase means the verb; "please" that is one: "it pleases me"."""
    return any(
        (frame.words[place] == "like" and frame.doc[place].pos_ not in ("VERB", "AUX"))
        or (frame.words[place] in ("break", "breaks") and frame.doc[place].pos_ == "NOUN")
        or (frame.lemmas[place] == "please" and bool(frame.subject_word(frame.doc[place])))
        for place in range(hit.start, hit.end)
    )


def _inside(hit: Hit, hits: Sequence[Hit]) -> bool:
    """A longer phrase owns its words: "can't complain" hides "complain", "I wish it had" hides "I wish"."""
    rivals = _POLAR if hit.cue.kind in _POLAR else (hit.cue.kind,)
    size = hit.end - hit.start
    for other in hits:
        if other.cue.kind not in rivals or other.end - other.start <= size:
            continue
        contained = other.start <= hit.start and hit.end <= other.end
        crossed = other.start < hit.end and hit.start < other.end and other.cue.kind != hit.cue.kind
        if contained or crossed or (other.end - other.start > 3 and other.start <= hit.start < other.end):
            return True
    return False


def _weigh(frame: Frame, hit: Hit) -> list[Evidence]:
    cue = hit.cue
    quote = frame.doc[hit.start : hit.end].text
    piece = Evidence(
        cue.kind, cue.pattern, cue.weight, f"{cue.reason}: '{quote}'", hit.start, hit.end, cue.objection_type
    )
    if cue.hypothetical == "weaken" and (modal := _unreal(frame, hit)):
        piece = replace(piece, weight=cue.weight * 0.3, reason=f"{piece.reason}, only under '{modal}'")
    own = hit.says_not
    negator = None if cue.negation == "keep" or own else _negator(frame, hit)
    if negator is None:
        return [replace(piece, negated=own)]
    if cue.negation == "cancel":
        return []
    reason = f"negated: '{negator} … {quote}'"
    flipped = cue.negation.removeprefix("flip:")
    ceiling = 2.3 if flipped != "delight" else 2.0 if cue.pattern in _NEGATION_PRAISES else 1.4
    weight = min(piece.weight, ceiling)
    return [Evidence(flipped, "negated " + cue.pattern, weight, reason, hit.start, hit.end, negated=True)]


def _negator(frame: Frame, hit: Hit) -> str | None:
    if frame.words[hit.start] in ("have", "had", "has") and hit.end - hit.start > 1:
        return frame.negator(hit.start)
    head = frame.doc[hit.start].head
    if (
        frame.doc[hit.start].dep_ == "xcomp"
        and head.lemma_ in ("stop", "quit", "cease")
        and head.tag_ in ("VBD", "VBN", "VBZ")
    ):
        return str(head.text)
    places = [place for place in range(hit.start, hit.end) if frame.doc[place].pos_ not in ("DET", "ADP", "PART")]
    for place in places or [hit.start]:
        if found := frame.negator(place):
            return found
    return None


def _unreal(frame: Frame, hit: Hit) -> str | None:
    for place in range(hit.start, hit.end):
        if frame.doc[place].pos_ in ("VERB", "AUX", "ADJ", "NOUN", "ADV") and (found := frame.unreal(place)):
            return found
    return None
