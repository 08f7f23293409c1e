"""Replay people's decisions on what a stage gave: a stage's part stays as it is, the decided part stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from voc_engine.pipeline import Stage
from voc_engine.privacy.withholding import for_readers, may_be_told
from voc_engine.records import (
    Batch,
    Decision,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Persona,
    Record,
    Topic,
    TopicAssignment,
    stable_hash,
)
from voc_engine.runners.fingerprint import version_of_module
from voc_engine.runners.state import RunContext
from voc_engine.runners.targets import Found, resolve
from voc_engine.runners.tasks import read_inputs
from voc_engine.store.parts import PartStore


@dataclass(frozen=True)
class Replay:
    """What may be decided on a stage's result: the target's name and id, where its evidence lies (class, item's column,
    evidence's column), and the room's function (Batch, options, decisions) -> Batch."""

    target: str
    kind: type[Record]
    key: str
    entry: str
    evidence: tuple[type[Record], str, str] | None = None

    def load(self) -> Callable[[Batch, Any, Sequence[Decision]], Batch]:
        """The room's function; the room is imported now and not earlier."""
        return import_module(self.entry).replayed  # type: ignore[no-any-return]


REPLAYS = (
    Replay("topic", Topic, "topic_id", "voc_engine.topics.replay", (TopicAssignment, "topic_id", "segment_id")),
    Replay("mention", Mention, "mention_id", "voc_engine.mentions.replay"),
    Replay("insight", Insight, "insight_id", "voc_engine.insights.replay", (InsightMember, "insight_id", "mention_id")),
    Replay("persona", Persona, "persona_id", "voc_engine.personas.replay", (Membership, "persona_id", "person_id")),
)


@dataclass(frozen=True)
class Replayed:
    """Names of the stage's parts with the decisions replayed, and the decisions that found their target."""

    parts: list[str]
    found: list[Found] = field(default_factory=list)


def replay(context: RunContext, one: Stage, inputs: Sequence[tuple[str, str]]) -> None:
    """The pass: people's decisions on what one stage gave, from what it read. The stage's own parts stay as they are."""
    state, options = context.state, getattr(context.config, one.name, None)
    replayed = decided(
        context.workspace.parts, one, state.parts[one.name], context.decisions, inputs=inputs, options=options,
        withheld=state.withheld, dry=context.dry,
    )  # fmt: skip
    state.parts[one.name] = replayed.parts
    state.decided += replayed.found


def decided(
    store: PartStore, one: Stage, parts: Sequence[str], decisions: Sequence[Decision], *,
    inputs: Sequence[tuple[str, str]] = (), options: Any = None, withheld: frozenset[str] = frozenset(),
    dry: bool = False,
) -> Replayed:  # fmt: skip
    """Replay the decisions on one stage. ``inputs`` are the (stage, part) that the stage read, ``options`` its own.

    A part that no decision touches keeps its name. When dry nothing is written.
    """
    here = next((row for row in REPLAYS if row.kind in one.writes), None)
    wanted = [decision for decision in decisions if here is not None and decision.target == here.target]
    if here is None or not wanted:
        return Replayed(list(parts))
    names: list[str] = []
    found: list[Found] = []
    for part in parts:
        meant = resolve(wanted, *_evidence(store, one, part, here))
        found += meant
        names.append(_decided_part(store, one, part, here, meant, inputs, options, withheld, dry) if meant else part)
    return Replayed(names, found)


def _evidence(store: PartStore, one: Stage, part: str, replay: Replay) -> tuple[dict[str, str], list[str]]:
    ids = store.read_columns(one.name, part, replay.kind, (replay.key,)).column(replay.key).to_pylist()
    if replay.evidence is None:
        return {}, ids
    kind, item, piece = replay.evidence
    table = store.read_columns(one.name, part, kind, (item, piece))
    pairs = zip(table.column(piece).to_pylist(), table.column(item).to_pylist(), strict=True)
    return {evidence: owner for evidence, owner in pairs if owner is not None}, ids


def _decided_part(
    store: PartStore, one: Stage, part: str, replay: Replay, found: Sequence[Found],
    inputs: Sequence[tuple[str, str]], options: Any, withheld: frozenset[str], dry: bool,
) -> str:  # fmt: skip
    decisions = [row.decision for row in found]
    rows = (f"{row.target_id}|{row.action}|{row.value}" for row in decisions)
    name = f"{part}-{stable_hash(version_of_module(replay.entry), *rows)}"
    if not dry and not store.has(one.name, name, one.writes):
        batch = for_readers(read_inputs(store, one, inputs), withheld) if inputs else Batch()
        for kind in one.writes:
            if issubclass(kind, Record):
                batch.tables[kind] = store.read(one.name, part, kind)
        told = may_be_told(decisions, batch)
        store.write(one.name, name, one.writes, replay.load()(batch, options, told))
    return name
