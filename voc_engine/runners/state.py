"""What a run has come to: the parts that each stage gave, and what the passes learnt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, cast

from voc_engine.config import Config
from voc_engine.passes import Pass, Stage
from voc_engine.pipeline import FLOW, STAGES
from voc_engine.records import Assisted, Decision, Record
from voc_engine.runners.progress import Progress
from voc_engine.runners.source_inputs import SourceInput
from voc_engine.runners.stage_plan import StagePlan
from voc_engine.runners.targets import Found
from voc_engine.runners.tasks import FileIndex
from voc_engine.runners.workers import Workers
from voc_engine.store.workspace import Workspace

Inputs = list[tuple[str, str]]


class Gives(Protocol):
    """What a pass of kind "give" leaves for the parts of a later stage, by row. ``texts`` tells each row's content for
    the name of its part; ``known`` is False where a plan cannot tell yet."""

    known: bool
    texts: Sequence[str]

    def __getitem__(self, row: int) -> Any: ...


class GivesWhole(Gives, Protocol):
    """What has something to give to a stage that sees the whole study too."""

    def whole(self) -> Any: ...


def whole(gives: Sequence[Gives]) -> tuple[Any, ...]:
    """What a fit is given."""
    return tuple(cast("GivesWhole", one).whole() for one in gives)


@dataclass
class RunState:
    """Names of the parts that each stage gave, and what is told about the run.

    ``own`` are the parts of a stage before decisions were replayed on them; ``read_instead``: (stage, decided part)
    -> the part that later stages read, where they differ in wording only. ``assisted`` tells what came of the
    questions to a language model, ``unanswered`` why some had no answer now, ``shown_to_assistant`` whose words stood
    in them. ``packs`` are the parts of files that are worked on together: row by row, every later part follows from
    one of them. ``missing``: names of the source files that are to be read. ``advice`` tells of a cheaper way.
    """

    sources: list[SourceInput] = field(default_factory=list)
    indexes: list[FileIndex] = field(default_factory=list)
    parts: dict[str, list[str]] = field(default_factory=dict)
    own: dict[str, list[str]] = field(default_factory=dict)
    packs: list[tuple[str, ...]] = field(default_factory=list)
    given: dict[Any, Gives] = field(default_factory=dict)
    vectors: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, Any] = field(default_factory=dict)
    plans: list[StagePlan] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    read_instead: dict[tuple[str, str], str] = field(default_factory=dict)
    decided: list[Found] = field(default_factory=list)
    assisted: list[Assisted] = field(default_factory=list)
    unanswered: Counter[str] = field(default_factory=Counter)
    shown_to_assistant: set[str] = field(default_factory=set)
    consents: dict[str, str] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    shown: dict[str, str] = field(default_factory=dict)
    advice: str = ""

    def last(self, kind: type[Record]) -> Stage:
        """The stage that wrote a table last, of those that have run."""
        return [other for other in STAGES if other.name in self.parts and kind in other.writes][-1]

    def writers(self, step: Pass) -> list[Stage]:
        """The stages whose parts a stage or pass reads: of each table the last that wrote it before, in this run."""
        before = [other for other in STAGES if FLOW.index(other) < FLOW.index(step) and other.name in self.parts]
        last = {kind: other for other in before for kind in other.writes if kind in step.reads}
        return [other for other in before if other in last.values()]


@dataclass
class RunContext:
    """One study that is run, planned or checked: what the engine and the passes work with.

    ``dry`` computes nothing. ``decisions`` are those in force, as people made them. ``answered_until``: the last answer of
    a language model that counts, where a run is made again; then none is asked.
    """

    config: Config
    folder: Path
    workspace: Workspace
    workers: Workers
    decisions: list[Decision]
    dry: bool = False
    state: RunState = field(default_factory=RunState)
    progress: Progress | None = None
    answered_until: int | None = None
