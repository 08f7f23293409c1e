"""Replay people's decisions on what a stage gave: a stage's part stays as it is, the decided part stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from voc_engine.passes import Stage
from voc_engine.pipeline import stage
from voc_engine.privacy.withholding import for_readers, may_be_told
from voc_engine.records import (
    Batch,
    Code,
    Decision,
    Document,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Persona,
    Record,
    Segment,
    Texts,
    Topic,
    TopicAssignment,
    stable_hash,
)
from voc_engine.runners.fingerprint import version_of_module
from voc_engine.runners.state import Inputs, RunContext
from voc_engine.runners.targets import Found, resolve
from voc_engine.runners.tasks import read_inputs
from voc_engine.store.parts import PartStore


@dataclass(frozen=True)
class Replay:
    """What may be decided on a stage's result: the target's name and id, where its evidence lies (class, item's column,
    evidence's column), and the room's function (Batch, options, decisions) -> Batch. ``also``: other targets -> actions
    on them that change this result; ``rests``: actions on the target that change another one; ``beside``: tables that
    the stage reads, with the columns of ids that its decisions may name."""

    target: str
    kind: type[Record]
    key: str
    entry: str
    evidence: tuple[type[Record], str, str] | None = None
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rests: tuple[str, ...] = ()
    beside: tuple[tuple[type[Record], str], ...] = ((Document, "document_id"), (Mention, "mention_id"))

    def takes(self, decision: Decision) -> bool:
        """Whether the decision is on something that this stage gives."""
        return decision.target == self.target or decision.action in self.also.get(decision.target, ())

    def changed_by(self, decision: Decision) -> bool:
        """Whether the decision changes what this stage gives."""
        return self.takes(decision) and not decision.is_noted and decision.action not in self.rests

    def load(self) -> Callable[[Batch, Any, Sequence[Decision]], Batch]:
        """The room's function; the room is imported now and not earlier."""
        return self.room("replayed")  # type: ignore[no-any-return]

    def room(self, name: str, default: Any = None) -> Any:
        """Something that stands beside the room's function, where it is there."""
        return getattr(import_module(self.entry), name, default)


REPLAYS = (
    Replay("topic", Topic, "topic_id", "voc_engine.topics.replay", (TopicAssignment, "topic_id", "segment_id")),
    Replay("mention", Mention, "mention_id", "voc_engine.mentions.replay", also={"document": ("add",)}, rests=("move",)),
    Replay("insight", Insight, "insight_id", "voc_engine.insights.replay", (InsightMember, "insight_id", "mention_id"),
           {"mention": ("move",), "document": ("add",)}),
    Replay("persona", Persona, "persona_id", "voc_engine.personas.replay", (Membership, "persona_id", "person_id"),
           {"person": ("assign",)}),
    Replay("code", Code, "code_id", "voc_engine.codebook.replay", None,
           {"document": ("code",), "coding": ("accept", "reject")},
           beside=((Document, "document_id"), (Segment, "segment_id"))),
)  # fmt: skip
# What an item is called, and what we say to it, is for readers: no later stage computes anything from it.
WORDING = ("rename", "answer")
# What names a place in a text, which may be gone.
_PLACING = ("add", "bounds", "code")


@dataclass(frozen=True)
class Replayed:
    """Names of the stage's parts with the decisions replayed, and the decisions that found their target. ``read``: those
    parts -> the parts that later stages read instead, without mere wording, so that a new name computes nothing anew."""

    parts: list[str]
    found: list[Found] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)


def replay(context: RunContext, step: Stage, inputs: Sequence[Inputs]) -> None:
    """The pass: people's decisions on what one stage gave. ``inputs``: what it read, for each of its parts. The stage's
    own parts stay as they are."""
    state = context.state
    options = state.chosen.get(step.name, (None,))[0]
    replayed = decided(
        context.workspace.parts, step, state.parts[step.name], context.decisions, inputs=inputs, options=options,
        withheld=state.withheld, dry=context.dry,
    )  # fmt: skip
    state.parts[step.name] = replayed.parts
    state.decided += replayed.found
    instead = state.read_instead
    state.read_instead |= {
        (step.name, part): instead.get((step.name, other), other) for part, other in replayed.read.items()
    }


def decided(
    store: PartStore, step: Stage, parts: Sequence[str], decisions: Sequence[Decision], *,
    inputs: Sequence[Inputs] = (), options: Any = None, withheld: frozenset[str] = frozenset(),
    dry: bool = False,
) -> Replayed:  # fmt: skip
    """Replay the decisions on one stage. ``inputs`` are the (stage, part) that the stage read for each of its parts,
    ``options`` its own.

    A part that no decision touches keeps its name. When dry nothing is written.
    """
    here = next((row for row in REPLAYS if row.kind in step.writes), None)
    wanted = [decision for decision in decisions if here is not None and here.takes(decision)]
    if here is None or not wanted:
        return Replayed(list(parts))
    done = Replayed([])
    for part, part_inputs in zip(parts, inputs or [[] for _ in parts], strict=True):
        home, ids = _evidence(store, step, part, here, part_inputs)
        ids += here.room("named", lambda decisions, known: [])(wanted, ids)
        placed = _placed(store, step, part, here, resolve(wanted, home, ids), part_inputs)
        done.found.extend(placed)
        changing = [row.decision for row in placed if here.changed_by(row.decision)]
        work = (store, step, part, here)
        name = _decided_part(*work, changing, part_inputs, options, withheld, dry)
        without = [decision for decision in changing if decision.action not in WORDING]
        if len(without) < len(changing):
            done.read[name] = _decided_part(*work, without, part_inputs, options, withheld, dry)
        done.parts.append(name)
    return done


def _evidence(
    store: PartStore, step: Stage, part: str, replay: Replay, inputs: Inputs
) -> tuple[dict[str, str | None], list[str]]:
    """Piece of evidence -> item, and every id that a decision may name."""
    ids = store.read_columns(step.name, part, replay.kind, (replay.key,)).column(replay.key).to_pylist()
    home: dict[str, str | None] = {}
    if replay.evidence is not None:
        kind, item, piece = replay.evidence
        table = store.read_columns(step.name, part, kind, (item, piece))
        home = dict(zip(table.column(piece).to_pylist(), table.column(item).to_pylist(), strict=True))
        ids += [piece for piece in home if replay.also]
    for kind, column in replay.beside if replay.also else ():
        for folder, name in inputs:
            if kind in stage(folder).writes and kind is not replay.kind:
                ids += store.read_columns(folder, name, kind, (column,)).column(column).to_pylist()
    return home, ids


def _placed(
    store: PartStore, step: Stage, part: str, replay: Replay, resolved: list[Found], inputs: Inputs
) -> list[Found]:
    """Without those that name a place in a text which is not there any longer, where the room can tell."""
    fits = replay.room("fits")
    if fits is None or not inputs or not any(row.decision.action in _PLACING for row in resolved):
        return resolved
    texts = Texts.of(read_inputs(store, step, [pair for pair in inputs if stage(pair[0]).kind != "distinct"]))
    items: dict[str, Any] = {getattr(each, replay.key): each for each in store.read(step.name, part, replay.kind)}
    items |= {row.decision.target_id: row.decision for row in resolved if row.decision.action == "define"}
    return [row for row in resolved if fits(row.decision, texts, items)]


def _decided_part(
    store: PartStore, step: Stage, part: str, replay: Replay, decisions: Sequence[Decision],
    inputs: Inputs, options: Any, withheld: frozenset[str], dry: bool,
) -> str:  # fmt: skip
    if not decisions:
        return part
    rows = (f"{row.target_id}|{row.action}|{row.value}" for row in decisions)
    name = f"{part}-{stable_hash(version_of_module(replay.entry), *rows)}"
    if not dry and not store.has(step.name, name, step.writes):
        batch = for_readers(read_inputs(store, step, inputs), withheld) if inputs else Batch()
        for kind in step.writes:
            if issubclass(kind, Record):
                batch.tables[kind] = store.read(step.name, part, kind)
        tellable = may_be_told(decisions, batch)
        store.write(step.name, name, step.writes, replay.load()(batch, options, tellable))
    return name
