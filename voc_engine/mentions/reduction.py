"""One short line for a finding: the wording of its pattern, else its clause, else the quote or the part with the cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voc_engine.mentions.clause import core, head_of, spell
from voc_engine.mentions.codes import code
from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.fidelity import fault
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.wording import part_around, shorten, tidy, whole_part

if TYPE_CHECKING:
    from spacy.tokens import Token

_IDLE_OPENINGS = frozenset(("it", "i", "we", "this", "that", "it's", "i'm", "there"))
_MOST_WORDS = 14
_OPENS_QUESTION = frozenset(("what", "whose", "how", "where", "why", "when"))


def statement_of(
    frame: Frame, kind: str, lead: Evidence, verb: Token | None, span: tuple[int, int], job: tuple[str | None, str | None]
) -> str:  # fmt: skip
    """The reduction of the quote where it is a faithful one; else the quote, or the part of it that has the cue."""
    quote = frame.text[span[0] : span[1]]
    place = max(0, _carrier(frame, lead).idx - span[0])
    if kind == "objection" and lead.pattern == "answer":
        return whole_part(quote, place)
    made = _reduced(frame, kind, lead, verb, span, job)
    if made and fault(frame, kind, lead.pattern.removeprefix("negated "), span, made) is None:
        return made
    # Signs and brackets alone leave nothing to tidy: they stand as they are.
    return whole_part(quote, place) or quote.strip()


def _carrier(frame: Frame, lead: Evidence) -> Token:
    """The word whose part of a long quote is kept: the cue, or the main verb where the whole sentence is the cue."""
    root = frame.root
    return root if lead.pattern in ("tone", "answer") and root is not None else frame.doc[lead.place]


def _reduced(
    frame: Frame, kind: str, lead: Evidence, verb: Token | None, span: tuple[int, int], job: tuple[str | None, str | None]
) -> str:  # fmt: skip
    """The pattern's own wording, else the clause that carries the evidence, else the quote itself made short."""
    made = code(frame, kind, lead, verb, span, job)
    if made and len(made.split()) > 1:
        return tidy(made)
    quote = frame.text[span[0] : span[1]]
    whole = shorten(quote)
    if lead.pattern == "answer" and len(whole.split()) <= 12:
        return whole
    if lead.pattern != "answer" or len(whole.split()) > 12:
        clause = _clause(frame, lead, span)
        opening = whole.split()[:1]
        short = len(whole.split()) <= 7 and bool(opening) and opening[0].lower() not in _IDLE_OPENINGS
        # A short quote is a code as it stands; its clause only writes it out and may not lose half of it.
        if clause is not None and not (short and 2 * len(clause.split()) < len(whole.split())):
            return clause
        if lead.end - lead.place < len(frame.words):
            return shorten(part_around(quote, max(0, frame.doc[lead.place].idx - span[0])))
    return whole


def _clause(frame: Frame, lead: Evidence, span: tuple[int, int]) -> str | None:
    whole = lead.pattern in ("answer", "tone")
    root = frame.root
    if whole and (root is None or not span[0] <= root.idx < span[1]):
        return None
    head = root if whole and root is not None else head_of(frame, lead.place, lead.end)
    focus = () if whole or lead.end - lead.place > 6 else range(lead.place, lead.end)
    tokens = core(frame, head, span, focus)
    if not tokens or frame.words[tokens[0].i] in _OPENS_QUESTION:
        return None
    tokens = tokens[1:] if frame.words[tokens[0].i] == "to" else tokens
    if head.dep_ == "relcl" and frame.words[tokens[0].i] in ("who", "which", "that") and head.head.i < tokens[0].i:
        tokens = [*(t for t in core(frame, head.head, span) if t.i < tokens[0].i), *tokens[1:]]
    if len(tokens) > 1 and tokens[-1].tag_ == "MD":
        return None
    text = tidy(spell(_without_idle_subject(frame, tokens)))
    if len(text.split()) == 1:
        # One word says too little by itself: "I was ashamed" and not "ashamed".
        text = tidy(spell(tokens))
    return text if 1 < len(text.split()) <= _MOST_WORDS else None


def _without_idle_subject(frame: Frame, tokens: list[Token]) -> list[Token]:
    """ "It is slow" is "Slow", "I waited" is "Waited", "there is no way" is "No way": a code needs no pronoun."""
    if not tokens or frame.words[tokens[0].i] not in ("i", "we", "it", "this", "that", "there", "which", "who"):
        return tokens
    first = tokens[0]
    if first.dep_ not in ("nsubj", "nsubjpass", "expl") or len(tokens) < 3:
        return tokens
    if tokens[1].tag_ == "MD" and frame.words[first.i] not in ("i", "we"):
        # "Will die before the player does" asks who; "will not renew" can only be the speaker.
        return tokens
    rest = tokens[1:]
    while len(rest) > 1 and rest[0].dep_ in ("aux", "auxpass", "ROOT", "ccomp", "conj", "relcl", "advcl", "parataxis"):
        copula = rest[0].lemma_ in ("be", "'s", "'m") and rest[0].tag_ != "VBG"
        perfect = rest[0].lemma_ == "have" and rest[0].dep_ == "aux" and rest[1].dep_ != "neg"
        if not (copula or perfect):
            break
        rest = rest[1:]
    return rest
