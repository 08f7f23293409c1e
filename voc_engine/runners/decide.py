"""Replay people's decisions on what a stage gave: a stage's part stays as it is, the decided part stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from voc_engine.pipeline import Stage
from voc_engine.records import Batch, Decision, Insight, InsightMember, Mention, Persona, Record, Topic, stable_hash
from voc_engine.store.parts import PartStore

# Stage -> (target's name, class of record, its id, the field that "rename" sets).
_TARGETS: dict[str, tuple[str, type[Record], str, str]] = {
    "topics": ("topic", Topic, "topic_id", "label"),
    "mentions": ("mention", Mention, "mention_id", ""),
    "insights": ("insight", Insight, "insight_id", "statement"),
    "personas": ("persona", Persona, "persona_id", "name"),
}


def decided(
    store: PartStore, one: Stage, parts: Sequence[str], decisions: Sequence[Decision], *, dry: bool = False
) -> tuple[list[str], set[str]]:
    """Names of the stage's parts with the decisions replayed, and ids of the targets that were found.

    A part that no decision touches keeps its name. When dry nothing is written.
    """
    if one.name not in _TARGETS:
        return list(parts), set()
    target, kind, key, _ = _TARGETS[one.name]
    wanted = {decision.target_id for decision in decisions if decision.target == target}
    names: list[str] = []
    found: set[str] = set()
    for part in parts if wanted else ():
        here = wanted.intersection(store.read_columns(one.name, part, kind, (key,)).column(key).to_pylist())
        found |= here
        own = [decision for decision in decisions if decision.target == target and decision.target_id in here]
        names.append(_decided_part(store, one, part, own, dry) if own else part)
    return (names if wanted else list(parts)), found


def _decided_part(store: PartStore, one: Stage, part: str, decisions: list[Decision], dry: bool) -> str:
    said = (f"{row.target_id}|{row.action}|{row.value}" for row in decisions)
    name = f"{part}-{stable_hash(*said)}"
    if not dry and not store.has(one.name, name, one.writes):
        tables: dict[type[Record], list[Any]] = {
            kind: store.read(one.name, part, kind) for kind in one.writes if issubclass(kind, Record)
        }
        store.write(one.name, name, one.writes, _replayed(one.name, Batch(tables), decisions))
    return name


def _replayed(stage: str, batch: Batch, decisions: list[Decision]) -> Batch:
    _, kind, key, field = _TARGETS[stage]
    actions: dict[str, dict[str, str | None]] = {}
    for decision in decisions:
        actions.setdefault(decision.target_id, {})[decision.action] = decision.value
    kept = [_changed(one, actions.get(getattr(one, key), {}), field) for one in batch.tables[kind]]
    batch.tables[kind] = [one for one in kept if one is not None]
    if kind is Insight:
        left = {one.insight_id for one in batch.of(Insight)}
        batch.tables[InsightMember] = [one for one in batch.of(InsightMember) if one.insight_id in left]
        batch.tables[Insight] = [
            replace(one, suggested_merges=tuple(other for other in one.suggested_merges if other in left))
            for one in batch.of(Insight)
        ]
    return batch


def _changed(record: Any, actions: dict[str, str | None], field: str) -> Any:
    if "reject" in actions:
        return None
    changes: dict[str, Callable[[str], dict[str, str]]] = {
        "rename": lambda value: {field: value}, "relabel": lambda value: {"kind": value},
    }  # fmt: skip
    for action, value in actions.items():
        record = replace(record, **changes[action](str(value)))
    return record
