"""The normalised statement of a finding: slots from syntax, and one short code in the quote's own words.

A statement reads as a researcher would write a code: "Cannot export the report", "No lock for a closed month". Every
content word of it stands in its quote (as the word or an inflection of it) or in ``closed_list.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.extractor import Finding
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.manner import frequency_of, modality_of
from voc_engine.mentions.objection_types import objection_type
from voc_engine.mentions.reduction import statement_of
from voc_engine.mentions.slots import action_of, consequence_of, cost_of, purpose_of, verb_of, when_of
from voc_engine.mentions.things import object_of
from voc_engine.mentions.wording import whole_part

if TYPE_CHECKING:
    from spacy.tokens import Token

PLAIN = "plain"
_MOST_WHOLE, _MOST_DROPPED = 14, 0.6


@cache
def closed_list() -> frozenset[str]:
    """The published words that a statement may use beside those of its quote."""
    lines = files(__package__).joinpath("closed_list.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def filled(
    frame: Frame, kind: str, span: tuple[int, int], chance: float, lead: Evidence, reasons: tuple[str, ...]
) -> Finding:
    """The finding led by ``lead`` in code points ``span``, with its slots and statement; without an objection type."""
    verb = verb_of(frame, lead)
    when, purpose = when_of(frame, verb, span), purpose_of(frame, span)
    return Finding(
        kind=kind,
        start=span[0],
        end=span[1],
        probability=chance,
        reasons=reasons,
        pattern=lead.pattern.removeprefix("negated "),
        action=action_of(frame, verb),
        object=object_of(frame, lead, verb, span),
        cost=cost_of(frame, span) if kind != "goal" else None,
        consequence=consequence_of(frame.text[span[0] : span[1]]) if kind == "pain_point" else None,
        when=when,
        purpose=purpose,
        negated=lead.negated,
        statement=statement_of(frame, kind, lead, verb, span, (when, purpose)),
        frequency=frequency_of(frame, lead.place, span),
        modality=modality_of(frame, verb, span),
    )


def plain_finding(
    frame: Frame, kind: str, span: tuple[int, int], probability: float, reasons: Sequence[str]
) -> Finding:
    """A finding without rule evidence, as a trained head makes it: slots and statement from the span's main clause.

    ``span`` are code points of ``frame.text`` and must hold at least one word, else ValueError. ``pattern`` is None: no
    pattern was found. ``objection_type`` is set where ``kind`` is "objection".
    """
    main = main_word(frame, span)
    if main is None:
        raise ValueError(f"no word stands in code points {span} of {frame.text!r}")
    negated = frame.negator(main.i) is not None or any(child.dep_ == "neg" for child in main.children)
    lead = Evidence(kind, PLAIN, 0.0, "", main.i, main.i + 1, negated=negated)
    found = filled(frame, kind, span, probability, lead, tuple(dict.fromkeys(reasons)))
    quote = frame.text[span[0] : span[1]]
    about = objection_type(quote) if kind == "objection" else None
    # Nothing tells which part of a short quote carries the kind: where much would be left out, nothing is.
    kept, words = len(found.statement.split()), len(quote.split())
    lossy = kind != "goal" and words <= _MOST_WHOLE and kept < _MOST_DROPPED * words
    told = whole_part(quote, main.idx - span[0]) if lossy else found.statement
    return replace(found, pattern=None, objection_type=about, statement=told)


def main_word(frame: Frame, span: tuple[int, int]) -> Token | None:
    """The word that rules the span: the sentence's main verb if it is inside, else the highest verb, else any word."""
    inside = [t for t in frame.doc if span[0] <= t.idx and t.idx + len(t) <= span[1] and not t.is_space]
    places = {token.i for token in inside}
    said = [token for token in inside if any(letter.isalnum() for letter in token.text)] or inside
    root = frame.root
    if root is not None and root.i in places:
        return root
    heads = [token for token in said if token.head.i not in places or token.head == token]
    verbs = [token for token in heads if token.pos_ in ("VERB", "AUX")]
    return next(iter(verbs or heads or said), None)


def unsupported(statement: str, quote: Sequence[str], lemmas: Sequence[str]) -> tuple[str, ...]:
    """Words of a statement that are neither in the quote, as word or lemma, nor in the closed list."""
    known = {word.lower() for word in (*quote, *lemmas)} | closed_list()
    return tuple(word for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)?", statement.lower()) if word not in known)
