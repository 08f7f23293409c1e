"""GuideCell: what one person says of one theme under one question of the guide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from voc_engine.records.record import Record


@dataclass(frozen=True, slots=True)
class GuideCell(Record):
    """``question`` is as most sessions ask it, or as the guide says it; ``basis`` is "found" or "given", and ``number`` its
    place. ``theme`` is that of the findings that the person voices there, or the finding
    itself where it stands by itself; None for what is of neither: that row is there
    for everybody who answered. ``n_sentences`` are the person's sentences there, ``mention_ids`` what is marked in them.
    """

    table: ClassVar[str] = "guide"

    number: int
    question: str
    theme: str | None
    person_id: str
    n_sentences: int
    mention_ids: tuple[str, ...]
    basis: str = "found"
