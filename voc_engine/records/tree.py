"""The tree as published: ThemeNode, what findings are about, and TopicNode, a topic with what a node of a codebook has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from voc_engine.records.record import Record
from voc_engine.records.topic import Topic


@dataclass(frozen=True, slots=True)
class ThemeNode(Record):
    """A theme: the thing that its findings and single voices are about. ``parent`` is None: nothing stands above it.
    ``basis`` is "found" or "given". ``n_findings`` are those of two people and more; ``n_people`` counts everybody once."""

    table: ClassVar[str] = "themes"

    theme_id: str
    parent: str | None
    name: str
    definition: str
    basis: str
    n_people: int
    n_mentions: int
    n_findings: int
    insight_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicNode(Topic):
    """A Topic with name, definition, basis and parent, as themes and findings have them."""

    parent: str | None = None
    name: str = ""
    definition: str = ""
    basis: str = "found"
