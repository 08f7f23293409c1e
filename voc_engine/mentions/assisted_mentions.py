"""Mentions that are unsure: a language model is asked about each in its window, and may reject it; it adds none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from voc_engine.records import (
    EVIDENCE_ROLES,
    KIND_DEFINITIONS,
    QUOTABLE,
    Batch,
    Mention,
    Question,
    Segment,
    answer_in,
    quoted,
)

# A mention whose probability, or whose worth, is below this is unsure: both are kept from one half on.
UNSURE_BELOW = 0.65
_LINES_BEFORE = 2
_ASPECTS = ("kind", "own", "worth")


def is_unsure(probability: float, worth: float) -> bool:
    """Whether a mention is near one of its thresholds."""
    return min(probability, worth) < UNSURE_BELOW


def mention_questions(batch: Batch, *, outside: bool) -> list[tuple[float, Question]]:
    """(how sure it is, the question) of each unsure mention of people whose words may leave. Reads Segment and Mention."""
    lines = _Lines(batch.of(Segment))
    able = QUOTABLE[QUOTABLE.index("external" if outside else "internal") :]
    questions = []
    for mention in batch.of(Mention):
        if mention.quotable in able and mention.holder == "self" and is_unsure(mention.probability, mention.worth):
            before = [line for line in lines.before(mention.segment_id) if line.quotable in able]
            question = question_of(mention.kind, mention.quote, [line.text for line in before], mention.mention_id)
            people = frozenset({mention.person_id, *(line.person_id for line in before)})
            question = replace(question, documents=frozenset({mention.document_id}), people=people)
            questions.append((min(mention.probability, mention.worth), question))
    return questions


def question_of(kind: str, quote: str, before: Sequence[str], target_id: str) -> Question:
    """The question about one mention; ``before``: the lines that stand before it."""
    lines = [
        f"Task: is the quote a {kind.replace('_', ' ')}? {KIND_DEFINITIONS[kind]}",
        *([f"Before it: {quoted(' '.join(before), 400)}"] if before else []),
        f"Quote: {quoted(quote, 400)}",
        '"kind": whether the quote says such a thing; "own": whether it is what the speaker lived through or thinks, and'
        ' not a tale of others or a mere supposition; "worth": whether a researcher would mark it.',
        'Answer in this form, each true or false: {"kind": true, "own": true, "worth": false}',
    ]
    return Question("mentions", target_id, "\n".join(lines), (target_id,))


def confirmed_in(reply: str) -> tuple[bool | None, str]:
    """(whether the mention stands, why the answer does not): None where it does not."""
    answer = answer_in(reply) or {}
    verdicts = [answer.get(name) for name in _ASPECTS]
    if not all(isinstance(verdict, bool) for verdict in verdicts):
        return None, "no such answer"
    return all(verdicts), ""


def with_verdicts(mentions: Sequence[Mention], verdicts: Mapping[str, bool]) -> list[Mention]:
    """The mentions without those that were rejected; what was confirmed is marked."""
    standing = (mention for mention in mentions if verdicts.get(mention.mention_id, True))
    return [
        replace(mention, assistant=("mentions",)) if mention.mention_id in verdicts else mention for mention in standing
    ]


class _Lines:
    """The sentences of documents in their order."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        inside: dict[str, list[Segment]] = defaultdict(list)
        for segment in sorted(segments, key=lambda each: (each.document_id, each.index, each.start)):
            inside[segment.document_id].append(segment)
        self._place = {
            segment.segment_id: (of_document, at)
            for of_document in inside.values()
            for at, segment in enumerate(of_document)
        }

    def before(self, segment_id: str) -> Iterator[Segment]:
        """The lines before a sentence that may be evidence or ask, the oldest first."""
        of_document, at = self._place.get(segment_id, ([], 0))
        yield from (
            line
            for line in of_document[max(0, at - _LINES_BEFORE) : at]
            if line.role in (*EVIDENCE_ROLES, "interviewer")
        )
