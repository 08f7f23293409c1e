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
    kept = {one.code_id for one in codes}
    hand = [one for one in by_hand(decisions, Texts.of(batch)) if one.code_id in kept]
    answers = {key: one for key, one in answered(before, hand, decisions).items() if key in kept}
    found = coded(batch, codes, chosen.options, answers)
    codings = decided_codings(found.codings, hand, decisions, batch.of(Segment))
    made = [
        _told(one, before, found.codings, codings, answers.get(one.code_id, Answers()))
        for one in counted(codes, codings, batch, found)
    ]
    return Batch.make((Code, made), (Coding, codings))


def decided_codes(given: Iterable[GivenCode], decisions: Sequence[Decision]) -> list[GivenCode]:
    """The codes in their order, as people defined them; new ones behind, in the order made. A code whose upper one was
    dropped stands at the top."""
    every = {one.code_id: one for one in given}
    for one in decisions:
        made = GivenCode.read(one.target_id, one.value) if (one.target, one.action) == ("code", "define") else None
        if made is not None:
            every[made.code_id] = made
    gone = {one.target_id for one in decisions if (one.target, one.action) == ("code", "reject")}
    left = {key: one for key, one in every.items() if key not in gone}
    return [
        replace(one, above=one.above if one.above in left and one.above != key else None) for key, one in left.items()
    ]


def by_hand(decisions: Sequence[Decision], texts: Texts) -> list[Coding]:
    """What people put under a code by marking words; nothing where the words are gone."""
    found = []
    for one in decisions:
        words = CodedWords.read(one.value) if (one.target, one.action) == ("document", "code") else None
        placed = texts.place(one.target_id, words) if words else None
        if words is not None and placed is not None:
            start, end, segment = placed
            found.append(
                Coding(coding_id(words.code_id, segment.segment_id), words.code_id, segment.segment_id, one.target_id,
                       segment.person_id, start, end, 1.0, PERSON, True, (CODED_BY_HAND,))
            )  # fmt: skip
    return found


def decided_codings(
    machine: Iterable[Coding], hand: Iterable[Coding], decisions: Sequence[Decision], segments: Iterable[Segment]
) -> list[Coding]:
    """The machine's codings with what people said: theirs take the place of its own, what they rejected is gone, what
    they accepted stays whatever the machine says now."""
    said = answers_on(decisions)
    every = {one.coding_id: one for one in machine}
    wanted = {halves(key)[1] for key, action in said.items() if action == "accept" and key not in every}
    able = (one for one in segments if one.segment_id in wanted and one.role in EVIDENCE_ROLES)
    known = {one.segment_id: one for one in able} if wanted else {}
    for key, action in said.items():
        code, name = halves(key)
        if action == "accept" and key not in every and name in known:
            one = known[name]
            every[key] = Coding(key, code, name, one.document_id, one.person_id, one.start, one.end, 1.0, PERSON, True,
                                ("accepted by a person",))  # fmt: skip
        elif action == "accept" and key in every:
            every[key] = replace(every[key], checked=True)
    every |= {one.coding_id: one for one in hand}
    left = [one for key, one in every.items() if said.get(key) != "reject"]
    return sorted(left, key=lambda one: (one.code_id, one.segment_id))


def answers_on(decisions: Iterable[Decision]) -> dict[str, str]:
    """Coding id -> accept or reject, the later of both."""
    return {
        one.target_id: one.action for one in decisions if one.target == "coding" and one.action in ("accept", "reject")
    }


def answered(before: Iterable[Coding], hand: Iterable[Coding], decisions: Sequence[Decision]) -> dict[str, Answers]:
    """Code id -> what people said of its passages. ``before``: what the machine coded by itself."""
    own = {one.coding_id for one in before}
    said = {**{one.coding_id: "accept" for one in hand}, **answers_on(decisions)}
    found: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for key, action in sorted(said.items()):
        code, segment = halves(key)
        found[code].append((segment, action, key in own))
    return {
        code: Answers(
            tuple(segment for segment, action, _ in rows if action == "accept"),
            tuple(segment for segment, action, _ in rows if action == "reject"),
            frozenset(segment for segment, _, machine in rows if machine),
        )
        for code, rows in found.items()
    }


def named(decisions: Iterable[Decision], ids: Collection[str]) -> list[str]:
    """Ids that decisions may name beside those of codes, documents and segments: codes that people made, and codings
    whose code and sentence are there."""
    decisions = list(decisions)
    made = [one.target_id for one in decisions if (one.target, one.action) == ("code", "define")]
    known = {*ids, *made}
    on = (one.target_id for one in decisions if one.target == "coding")
    return [*made, *(key for key in on if set(halves(key)) <= known)]


def fits(one: Decision, texts: Texts, known: Mapping[str, Any]) -> bool:
    """Whether the code and the place that a decision names are there; True for all that name none."""
    if one.action != "code":
        return True
    words = CodedWords.read(one.value)
    return words is not None and words.code_id in known and texts.place(one.target_id, words) is not None


def _told(
    code: Code,
    before: Sequence[Coding],
    machine: Sequence[Coding],
    codings: Sequence[Coding],
    answers: Answers,
) -> Code:
    """The code with what people changed, and what followed from it."""
    own, now, left = (
        {one.segment_id for one in some if one.code_id == code.code_id} for some in (before, machine, codings)
    )
    looked = answers.machine
    right = len(looked & set(answers.belong))
    low, high = wilson(right, len(looked))
    told = set(answers.belong) | set(answers.do_not)
    return replace(
        code, n_machine=len(own), n_accepted=right, n_rejected=len(looked) - right,
        n_added=len((set(answers.belong) - looked) & left), n_came=len((now & left) - own - told),
        n_left=len(own - left - told),
        right_low=low, right_high=high, against_segments=answers.do_not,
        example_segments=tuple(sorted({*code.example_segments, *answers.belong} - set(answers.do_not))),
    )  # fmt: skip
