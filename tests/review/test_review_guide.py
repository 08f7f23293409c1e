"""The grid by a question of the guide: what is said in answer to it, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from voc_engine.records import Batch, Document, Mention, Segment
from voc_engine.review.framework_grid import grid
from voc_engine.review.material import Material
from voc_engine.review.overlay import Overlay

from .reviewed_study import tables

ASKED = ("What gets in your way?", "What do you like about it?")


def asked() -> Overlay:
    batch = tables()
    documents = [replace(one, kind="survey") for one in batch.of(Document)]
    segments = [replace(one, question=ASKED[n % 2]) for n, one in enumerate(batch.of(Segment))]
    return Overlay(Material("run-1", "Study", Batch({**batch.tables, Document: documents, Segment: segments})), [])


def test_a_question_leaves_what_is_said_in_answer_to_it() -> None:
    overlay = asked()
    question = {one.segment_id: one.question for one in overlay.material.tables.of(Segment)}
    every = grid(overlay, "", "", "")
    assert set(every["questions"]) == set(ASKED)
    seen: set[str] = set()
    for number, text in enumerate(every["questions"], 1):
        found = grid(overlay, "", "", "", str(number))
        said: list[Mention] = [one for _, cells in found["rows"] for cell in cells for one in cell]
        assert said
        assert {question[one.segment_id] for one in said} == {text}
        seen |= {one.mention_id for one in said}
    assert seen == {one.mention_id for _, cells in every["rows"] for cell in cells for one in cell}


def test_a_question_that_is_not_there_leaves_everything() -> None:
    overlay = asked()
    for wrong in ("0", "3", "x", "-1"):
        assert grid(overlay, "", "", "", wrong)["rows"] == grid(overlay, "", "", "")["rows"]
