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


def holdings(place: Workspace, targets: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """(target, id) -> ids of at most 200 pieces of its evidence in the latest run; nothing where no run has finished."""
    try:
        tables = place.report(place.latest()) / "tables"
    except ConfigError:
        return {}
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for target in sorted(set(targets) & set(_WHERE)):
        table, item, evidence = _WHERE[target]
        path = tables / f"{table}.parquet"
        rows = read_parquet(path, (item, evidence)) if path.exists() else None
        columns = [rows.column(name).to_pylist() for name in (item, evidence)] if rows is not None else [[], []]
        for owner, one in sorted((owner, one) for owner, one in zip(*columns, strict=True) if owner is not None):
            found[target, owner].append(one)
    return {key: tuple(spread(ids)) for key, ids in found.items()}


def spread(ids: list[str]) -> list[str]:
    """At most 200 of the ids, from all over the list."""
    return ids if len(ids) <= _MOST else [ids[place * len(ids) // _MOST] for place in range(_MOST)]


def with_evidence(place: Workspace, decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions with what their targets, and the items that their values name, hold in the latest run."""
    named = {_INTO.get(one.action, one.target) for one in decisions}
    return standing_on(decisions, holdings(place, {*named, *(one.target for one in decisions)}))


def standing_on(decisions: Iterable[Decision], held: Holdings) -> list[Decision]:
    """The decisions with the evidence of their targets; what has its own keeps it."""
    return [
        replace(
            one,
            evidence=one.evidence or held.get((one.target, one.target_id), ()),
            value_evidence=one.value_evidence or _of_value(one, held),
        )
        for one in decisions
    ]


def _of_value(one: Decision, held: Holdings) -> tuple[str, ...]:
    target = one.target if one.action == "merge" else _INTO.get(one.action)
    return held.get((target, one.value or ""), ()) if target else ()
