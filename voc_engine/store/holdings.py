"""What the items of the latest run stand on: mentions of an insight, people of a persona, segments of a topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from voc_engine.errors import ConfigError
from voc_engine.records import Decision
from voc_engine.store.parts import read_parquet
from voc_engine.store.workspace import Workspace

# Target of a decision -> (result table, column of the item, column of its evidence).
_WHERE = {
    "insight": ("mentions", "insight_id", "mention_id"),
    "persona": ("memberships", "persona_id", "person_id"),
    "topic": ("topic_assignments", "topic_id", "segment_id"),
}
# Action -> target that its value names.
_INTO = {"move": "insight", "assign": "persona"}
Holdings = Mapping[tuple[str, str], tuple[str, ...]]
# Enough to know an item again; a topic of a million segments is not written down whole.
_MOST = 200


def holdings(workspace: Workspace, targets: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """(target, id) -> ids of at most 200 pieces of its evidence in the latest run; nothing where no run has finished."""
    try:
        tables = workspace.report(workspace.latest()) / "tables"
    except ConfigError:
        return {}
    evidence_ids: dict[tuple[str, str], list[str]] = defaultdict(list)
    for target in sorted(set(targets) & set(_WHERE)):
        table, item, evidence = _WHERE[target]
        path = tables / f"{table}.parquet"
        rows = read_parquet(path, (item, evidence)) if path.exists() else None
        columns = [rows.column(name).to_pylist() for name in (item, evidence)] if rows is not None else [[], []]
        for owner, evidence_id in sorted(
            (owner, one) for owner, one in zip(*columns, strict=True) if owner is not None
        ):
            evidence_ids[target, owner].append(evidence_id)
    return {key: tuple(spread(ids)) for key, ids in evidence_ids.items()}


def spread(ids: list[str]) -> list[str]:
    """At most 200 of the ids, from all over the list."""
    return ids if len(ids) <= _MOST else [ids[place * len(ids) // _MOST] for place in range(_MOST)]


def with_evidence(workspace: Workspace, decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions with what their targets, and the items that their values name, hold in the latest run."""
    named = {_INTO.get(one.action, one.target) for one in decisions}
    return standing_on(decisions, holdings(workspace, {*named, *(one.target for one in decisions)}))


def standing_on(decisions: Iterable[Decision], evidence_of: Holdings) -> list[Decision]:
    """The decisions with the evidence of their targets; what has its own keeps it."""
    return [
        replace(
            one,
            evidence=one.evidence or evidence_of.get((one.target, one.target_id), ()),
            value_evidence=one.value_evidence or _of_value(one, evidence_of),
        )
        for one in decisions
    ]


def _of_value(decision: Decision, evidence_of: Holdings) -> tuple[str, ...]:
    target = decision.target if decision.action == "merge" else _INTO.get(decision.action)
    return evidence_of.get((target, decision.value or ""), ()) if target else ()
