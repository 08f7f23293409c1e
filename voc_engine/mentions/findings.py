"""Findings from evidence: which span a kind has, its normalised statement, and what an objection is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voc_engine.mentions.evidence import Evidence, probability
from voc_engine.mentions.extractor import Finding
from voc_engine.mentions.frame import Frame
from voc_engine.mentions.objection_types import objection_type
from voc_engine.mentions.statement import filled
from voc_engine.records import MENTION_KINDS

_FLOOR = 0.3


def findings(frame: Frame, evidence: Sequence[Evidence]) -> tuple[Finding, ...]:
    """One finding per kind that has evidence of a probability worth a span, in the order of MENTION_KINDS."""
    if not frame.text.strip():
        return ()
    spans = spans_of(frame, evidence)
    found = []
    for kind in MENTION_KINDS:
        own = sorted((e for e in evidence if e.kind == kind), key=lambda e: (-e.weight, e.place))
        chance = probability(kind, [piece.weight for piece in own])
        if not own or own[0].weight <= 0 or chance < _FLOOR:
            continue
        found.append(finding(frame, kind, spans[kind], chance, own))
    return tuple(found)


def spans_of(frame: Frame, evidence: Sequence[Evidence]) -> dict[str, tuple[int, int]]:
    """The trimmed sentence for every kind; its own clause each where delight and pain stand across a contrast."""
    text = frame.text
    whole = (len(text) - len(text.lstrip()), len(text.rstrip()))
    spans = dict.fromkeys(MENTION_KINDS, whole)
    best = {}
    for kind in ("pain_point", "delight"):
        own = [piece for piece in evidence if piece.kind == kind and piece.weight > 0 and piece.pattern != "answer"]
        if own:
            best[kind] = frame.clause_of(max(own, key=lambda piece: (piece.weight, -piece.place)).place)
    if len(best) == 2 and best["pain_point"] != best["delight"]:
        for kind, number in best.items():
            clause = frame.clauses[number]
            spans[kind] = (clause.start, clause.end)
    return spans


def finding(frame: Frame, kind: str, span: tuple[int, int], chance: float, own: Sequence[Evidence]) -> Finding:
    """The finding of ``kind`` in code points ``span``; ``own`` is its evidence, the strongest first, at least one."""
    # "I want to print it so that I can answer": the first aim is the job, the second its purpose.
    told = [piece for piece in own if piece.weight >= 1.5] if kind == "goal" else []
    lead = min(told, key=lambda piece: piece.place, default=own[0])
    named = next((piece.objection_type for piece in own if piece.objection_type), None)
    reasons = tuple(dict.fromkeys(piece.reason for piece in own))
    found = filled(frame, kind, span, chance, lead, reasons)
    about = objection_type(frame.text[span[0] : span[1]], named) if kind == "objection" else None
    return replace(found, pattern=own[0].pattern.removeprefix("negated "), negated=own[0].negated, objection_type=about)
