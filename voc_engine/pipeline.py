"""The map: the stages in order, what each reads and writes, and how it is run.

Folders, configuration sections, command-line help, the README's picture and the progress bars follow this list, and
tests hold them to it. ``entry`` is loaded only when the stage runs, so that reading the map costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from voc_engine.records import (
    Document,
    EmpathyEntry,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Persona,
    Record,
    Segment,
    Skipped,
    Topic,
    TopicAssignment,
    Utterance,
    Vectors,
)

Kind = Literal["files", "map", "distinct", "fit", "report"]
Table = type[Record] | type[Vectors]


@dataclass(frozen=True)
class Stage:
    """``kind``: "files" maps over source files, "map" over parts, "distinct" over distinct sentences, "fit" sees
    everything at once, "report" writes what people read. ``name`` is also its room and its configuration section."""

    name: str
    reads: tuple[Table, ...]
    writes: tuple[Table, ...]
    kind: Kind
    entry: str
    does: str

    def load(self) -> Callable[..., Any]:
        """The stage's function; its room is imported now and not earlier."""
        module, _, attribute = self.entry.partition(":")
        return getattr(import_module(module), attribute)  # type: ignore[no-any-return]


STAGES: tuple[Stage, ...] = (
    Stage("ingest", (), (Document, Utterance, Skipped), "files",
          "voc_engine.ingest.stage:read_source", "read source files, tell customers from interviewers, agents and bots"),
    Stage("redact", (Document, Utterance, Skipped), (Document, Utterance, Skipped), "map",
          "voc_engine.redact.stage:run", "give people pseudonyms and mask contact data"),
    Stage("segment", (Document, Utterance, Skipped), (Segment, Skipped), "map",
          "voc_engine.segment.stage:run", "set other languages aside, cut into sentences with their exact place"),
    Stage("embed", (Segment,), (Vectors,), "distinct",
          "voc_engine.embed.stage:run", "embed each distinct sentence once"),
    Stage("topics", (Segment, Vectors), (Topic, TopicAssignment), "fit",
          "voc_engine.topics.stage:run", "find what people talk about"),
    Stage("mentions", (Document, Segment, Vectors), (Mention,), "map",
          "voc_engine.mentions.stage:run", "find pain points, goals, objections, requests, delights and triggers"),
    Stage("insights", (Document, Segment, Mention, Topic, TopicAssignment, Vectors), (Insight, InsightMember), "fit",
          "voc_engine.insights.stage:run", "merge what says the same, count the people"),
    Stage("personas", (Document, Segment, Mention, Insight, InsightMember, Vectors), (Persona, Membership), "fit",
          "voc_engine.personas.stage:run", "group people who share goals, pains and objections"),
    Stage("empathy", (Segment, Mention, Insight, InsightMember, Persona, Membership), (EmpathyEntry,), "fit",
          "voc_engine.empathy.stage:run", "say, think, do, feel, pains and gains per persona"),
    Stage("report", (), (), "report",
          "voc_engine.report.stage:run", "write the tables and the pages"),
)  # fmt: skip


def stage(name: str) -> Stage:
    """The stage of that name. Raises KeyError for a name that is not on the map."""
    return {one.name: one for one in STAGES}[name]
