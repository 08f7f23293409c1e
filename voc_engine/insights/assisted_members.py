"""Borderline members of a finding: a language model is asked which of them say its key point, and may take them out.

It is asked of those who hardly say it by our own reckoning, and may bring nobody in. Who speaks for the finding stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights.likeness import same, unit_features
from voc_engine.insights.meaning import centred, middle, raw
from voc_engine.insights.replay import replayed
from voc_engine.insights.shared_words import Floats
from voc_engine.insights.units import Unit, make_units
from voc_engine.records import (
    NOWHERE,
    Batch,
    Decision,
    Insight,
    InsightMember,
    Mention,
    Question,
    answer_in,
    quoted,
)

LEAST_PEOPLE = 3  # of two a member taken out leaves no finding; the second voice is judged apart
_QUOTES = 10  # a choice: the least sure; a question of ten quotes is answered in one go
# What says the key point less surely than this is borderline.
_LIKELY = 0.7


class Findings:
    """The findings of a run with their mentions. ``batch``: Mention, Insight and InsightMember."""

    def __init__(self, batch: Batch) -> None:
        self.mentions = {one.mention_id: one for one in batch.of(Mention)}
        self.insights = batch.of(Insight)
        self.own: dict[str, list[Mention]] = defaultdict(list)
        for member in sorted(batch.of(InsightMember), key=lambda one: one.mention_id):
            if member.mention_id in self.mentions:
                self.own[member.insight_id].append(self.mentions[member.mention_id])

    def leading(self) -> Iterator[tuple[Insight, list[Mention]]]:
        """Those of three people and more, by priority."""
        for insight in sorted(self.insights, key=lambda each: (-each.priority, each.insight_id)):
            if insight.n_people >= LEAST_PEOPLE:
                yield insight, self.own[insight.insight_id]


def may_leave(mention: Mention, outside: bool) -> bool:
    """Whether somebody's words may go to the model; ``outside``: to another machine than this one."""
    return mention.quotable == "external" or (mention.quotable == "internal" and not outside)


def member_questions(batch: Batch, most: int, *, outside: bool) -> list[Question]:
    """One for each of the leading findings with borderline members. Reads the batch's vectors."""
    findings = Findings(batch)
    if batch.vectors is None or not findings.mentions:
        return []
    common = middle(
        raw(make_units([mention for mention in findings.mentions.values() if mention.holder == "self"]), batch.vectors)
    )
    questions: list[Question] = []
    for insight, members in findings.leading():
        point = findings.mentions.get(insight.medoid_mention_id)
        if len(questions) == most:
            break
        if point is None or not may_leave(point, outside):
            continue
        able = [
            mention for mention in members if mention.mention_id != point.mention_id and may_leave(mention, outside)
        ]
        chance = _chances(point, able, batch, common)
        order = sorted((near, mention.mention_id) for mention, near in zip(able, chance, strict=True) if near < _LIKELY)
        unsure = [findings.mentions[key] for _, key in order[:_QUOTES]]
        if unsure:
            questions.append(_question(insight, point, unsure))
    return questions


def _chances(point: Mention, others: Sequence[Mention], batch: Batch, common: Floats) -> list[float]:
    """How likely each says the key point."""
    if not others:
        return []
    every = [point, *others]
    units = [Unit("", one.quote, (row,), (one.text_key,)) for row, one in enumerate(every)]
    rows = unit_features(every, units, centred(raw(units, batch.vectors), common))
    numbers = np.arange(len(units))
    return [round(float(near), 4) for near in same(rows.at(numbers[1:]), rows.at(numbers[:1]))[:, 0]]


def _question(insight: Insight, point: Mention, unsure: Sequence[Mention]) -> Question:
    lines = [
        "Task: which of the numbered quotes say the same as the key point: the same thing, and the same about it?",
        f"Key point: {quoted(point.quote)}",
        *(f"{number}. {quoted(one.quote)}" for number, one in enumerate(unsure, 1)),
        'Answer with the numbers of those that do: {"same": [1, 2]}, or {"same": []} for none.',
    ]
    every = (point, *unsure)
    return Question(
        "members", insight.insight_id, "\n".join(lines), tuple(one.mention_id for one in unsure),
        frozenset(one.document_id for one in every), frozenset(one.person_id for one in every),
    )  # fmt: skip


def members_out(reply: str, question: Question) -> tuple[tuple[str, ...], str]:
    """(ids of the mentions that do not say it, why the answer does not stand)."""
    answer = answer_in(reply)
    same_as = answer.get("same") if answer else None
    if not isinstance(same_as, list):
        return (), "no such answer"
    numbers = range(1, len(question.mentions) + 1)
    if any(isinstance(number, bool) or not isinstance(number, int) or number not in numbers for number in same_as):
        return (), "numbers that were not asked about"
    return tuple(key for number, key in enumerate(question.mentions, 1) if number not in same_as), ""


def with_assistance(
    batch: Batch, options: InsightsConfig, names: Mapping[str, str], judged: Mapping[str, Sequence[str]]
) -> Batch:
    """Insights and members as the model's sound answers leave them, each marked with what was asked of it.

    ``names``: insight id -> its name; ``judged``: insight id -> ids of the mentions that leave it, none where all stay.
    """
    out = [
        Decision("mention", key, "move", NOWHERE) for _, gone in sorted(judged.items()) for key in sorted(gone)
    ]  # fmt: skip
    worded = [Decision("insight", key, "rename", name) for key, name in sorted(names.items())]
    decided = replayed(batch, options, [*out, *worded])
    marked = [
        replace(
            insight,
            assistant=tuple(
                use for use, asked_of in (("names", names), ("members", judged)) if insight.insight_id in asked_of
            ),
        )
        for insight in decided.of(Insight)
    ]
    return Batch.make((Insight, marked), (InsightMember, decided.of(InsightMember)))
