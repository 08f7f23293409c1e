"""Estimate: of a study that was read in part, how many of all its people say something; Sampling: how much was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from voc_engine.records.record import Record

# How somebody came to be read in full: every one of their kind of source was, by the draw, or since their words seemed rare.
CERTAIN, DRAWN, SOUGHT = "certain", "drawn", "sought"


@dataclass(frozen=True, slots=True)
class Estimate(Record):
    """``target`` is "insight", "theme", "kind" or "persona", ``target_id`` its id (of a theme its name, of a kind one of
    MENTION_KINDS). ``n_read`` people of those read in full say it, ``n_drawn`` of those drawn at random; about ``n_people``
    of the ``of`` people of the study do, with 95% confidence from ``low`` to ``high``. ``weight`` in [0, 1] and more is how
    much what the student foresaw counts: 0 where it does not help."""

    table: ClassVar[str] = "estimates"

    target: str
    target_id: str
    n_read: int
    n_drawn: int
    n_people: int
    low: int
    high: int
    of: int
    weight: float


@dataclass(frozen=True, slots=True)
class Sampling(Record):
    """How much of the study was read in full: people with evidence (``certain``: of sources of which all were read,
    ``drawn``: at random, ``sought``: for what seemed rare or unsure), their documents and their sentences."""

    table: ClassVar[str] = "sampling"

    people: int
    people_certain: int
    people_drawn: int
    people_sought: int
    documents: int
    documents_read: int
    sentences: int
    sentences_read: int
