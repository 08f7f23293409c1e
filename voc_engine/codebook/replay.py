"""People's decisions on given codes: defined and dropped, passages accepted, rejected and put under a code by hand.

What a person decided on a passage holds as it was decided. What the machine says of all others is learned anew from it:
what was accepted or added are examples, what was rejected are examples of what is not meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from voc_engine.codebook.applying import Answers
from voc_engine.codebook.stage import Chosen, coded, counted
from voc_engine.records import (
    EVIDENCE_ROLES,
    PERSON,
    Batch,
    Code,
    CodedWords,
    Coding,
    Decision,
    GivenCode,
    Segment,
    Texts,
    coding_id,
    halves,
)
from voc_engine.statistics import wilson

__all__ = ["Texts", "fits", "named", "replayed"]
CODED_BY_HAND = "coded by a person"


def replayed(batch: Batch, chosen: Chosen, decisions: Sequence[Decision]) -> Batch:
    """Codes and codings as decided. ``batch`` holds what the stage reads, and what it gave."""
    codes = decided_codes((one.given for one in batch.of(Code)), decisions)
    before = list(batch.of(Coding))
    code_ids = {one.code_id for one in codes}
    hand = [one for one in by_hand(decisions, Texts.of(batch)) if one.code_id in code_ids]
    answers = {key: one for key, one in answered(before, hand, decisions).items() if key in code_ids}
    machine = coded(batch, codes, chosen.options, answers)
    codings = decided_codings(machine.codings, hand, decisions, batch.of(Segment))
    recounted = [
        _with_answers(one, before, machine.codings, codings, answers.get(one.code_id, Answers()))
        for one in counted(codes, codings, batch, machine)
    ]
    return Batch.make((Code, recounted), (Coding, codings))


def decided_codes(codes: Iterable[GivenCode], decisions: Sequence[Decision]) -> list[GivenCode]:
    """The codes in their order, as people defined them; new ones behind, in the order made. A code whose upper one was
    dropped stands at the top."""
    every = {one.code_id: one for one in codes}
    for decision in decisions:
        code = (
            GivenCode.read(decision.target_id, decision.value)
            if (decision.target, decision.action) == ("code", "define")
            else None
        )
        if code is not None:
            every[code.code_id] = code
    gone = {one.target_id for one in decisions if (one.target, one.action) == ("code", "reject")}
    remaining = {key: one for key, one in every.items() if key not in gone}
    return [
        replace(one, above=one.above if one.above in remaining and one.above != key else None)
        for key, one in remaining.items()
    ]


def by_hand(decisions: Sequence[Decision], texts: Texts) -> list[Coding]:
    """What people put under a code by marking words; nothing where the words are gone."""
    codings = []
    for decision in decisions:
        words = CodedWords.read(decision.value) if (decision.target, decision.action) == ("document", "code") else None
        placed = texts.locate(decision.target_id, words) if words else None
        if words is not None and placed is not None:
            start, end, segment = placed
            codings.append(
                Coding(coding_id(words.code_id, segment.segment_id), words.code_id, segment.segment_id, decision.target_id,
                       segment.person_id, start, end, 1.0, PERSON, True, (CODED_BY_HAND,))
            )  # fmt: skip
    return codings


def decided_codings(
    machine: Iterable[Coding], hand: Iterable[Coding], decisions: Sequence[Decision], segments: Iterable[Segment]
) -> list[Coding]:
    """The machine's codings with what people said: theirs take the place of its own, what they rejected is gone, what
    they accepted stays whatever the machine says now."""
    answers = answers_on(decisions)
    every = {one.coding_id: one for one in machine}
    wanted = {halves(key)[1] for key, action in answers.items() if action == "accept" and key not in every}
    able = (one for one in segments if one.segment_id in wanted and one.role in EVIDENCE_ROLES)
    accepted = {one.segment_id: one for one in able} if wanted else {}
    for key, action in answers.items():
        code, name = halves(key)
        if action == "accept" and key not in every and name in accepted:
            segment = accepted[name]
            every[key] = Coding(
                key,
                code,
                name,
                segment.document_id,
                segment.person_id,
                segment.start,
                segment.end,
                1.0,
                PERSON,
                True,
                ("accepted by a person",),
            )
        elif action == "accept" and key in every:
            every[key] = replace(every[key], checked=True)
    every |= {one.coding_id: one for one in hand}
    standing = [one for key, one in every.items() if answers.get(key) != "reject"]
    return sorted(standing, key=lambda one: (one.code_id, one.segment_id))


def answers_on(decisions: Iterable[Decision]) -> dict[str, str]:
    """Coding id -> accept or reject, the later of both."""
    return {
        one.target_id: one.action for one in decisions if one.target == "coding" and one.action in ("accept", "reject")
    }


def answered(before: Iterable[Coding], hand: Iterable[Coding], decisions: Sequence[Decision]) -> dict[str, Answers]:
    """Code id -> what people said of its passages. ``before``: what the machine coded by itself."""
    machine_ids = {one.coding_id for one in before}
    actions = {**{one.coding_id: "accept" for one in hand}, **answers_on(decisions)}
    by_code: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for key, action in sorted(actions.items()):
        code, segment = halves(key)
        by_code[code].append((segment, action, key in machine_ids))
    return {
        code: Answers(
            tuple(segment for segment, action, _ in rows if action == "accept"),
            tuple(segment for segment, action, _ in rows if action == "reject"),
            frozenset(segment for segment, _, machine in rows if machine),
        )
        for code, rows in by_code.items()
    }


def named(decisions: Iterable[Decision], ids: Collection[str]) -> list[str]:
    """Ids that decisions may name beside those of codes, documents and segments: codes that people made, and codings
    whose code and sentence are there."""
    decisions = list(decisions)
    defined = [one.target_id for one in decisions if (one.target, one.action) == ("code", "define")]
    nameable = {*ids, *defined}
    on = (one.target_id for one in decisions if one.target == "coding")
    return [*defined, *(key for key in on if set(halves(key)) <= nameable)]


def fits(decision: Decision, texts: Texts, codes: Mapping[str, Any]) -> bool:
    """Whether the code and the place that a decision names are there; True for all that name none."""
    if decision.action != "code":
        return True
    words = CodedWords.read(decision.value)
    return words is not None and words.code_id in codes and texts.locate(decision.target_id, words) is not None


def _with_answers(
    code: Code,
    before: Sequence[Coding],
    machine: Sequence[Coding],
    codings: Sequence[Coding],
    answers: Answers,
) -> Code:
    """The code with what people changed, and what followed from it."""
    formerly, now, standing = (
        {one.segment_id for one in some if one.code_id == code.code_id} for some in (before, machine, codings)
    )
    looked = answers.machine
    right = len(looked & set(answers.belong))
    low, high = wilson(right, len(looked))
    decided = set(answers.belong) | set(answers.do_not)
    return replace(
        code, n_machine=len(formerly), n_accepted=right, n_rejected=len(looked) - right,
        n_added=len((set(answers.belong) - looked) & standing), n_came=len((now & standing) - formerly - decided),
        n_left=len(formerly - standing - decided),
        right_low=low, right_high=high, against_segments=answers.do_not,
        example_segments=tuple(sorted({*code.example_segments, *answers.belong} - set(answers.do_not))),
    )  # fmt: skip
