"""Findings that a run has and the run before it had not: what somebody should look at after a scheduled run."""

from __future__ import annotations

from dataclasses import dataclass

from voc_engine.errors import StoreError
from voc_engine.store.parts import read_parquet
from voc_engine.store.workspace import Workspace

LEAST_PEOPLE = 3  # two may share words by chance: a scheduled run shall not call people for that


@dataclass(frozen=True)
class NewFinding:
    """``title`` stands over it in the report; ``n_people`` say it."""

    insight_id: str
    title: str
    n_people: int


def new_findings(workspace: Workspace, before: str | None, now: str) -> tuple[NewFinding, ...]:
    """Findings of three people and more in the run ``now`` that match none of the run ``before``, by the quotes that both
    hold and else by meaning, as in ``voc diff``; those of most people first. Nothing where there is no run to compare, or
    one whose tables an earlier version wrote."""
    if before is None or before == now or not (workspace.report(before) / "tables" / "insights.parquet").is_file():
        return ()
    try:
        earlier = set(_people(workspace, before))
    except StoreError:
        return ()
    able = {key for key, people in _people(workspace, now).items() if people >= LEAST_PEOPLE} - earlier
    if not able:
        return ()
    from voc_engine.report.diff.compare import compare
    from voc_engine.report.diff.sides import load

    fresh = [
        NewFinding(one.new_ids[0], one.new_names[0], one.new_people)
        for one in compare(load(workspace, before), load(workspace, now)).insights
        if one.match == "new" and one.new_ids[0] in able
    ]
    return tuple(sorted(fresh, key=lambda one: (-one.n_people, one.insight_id)))


def _people(workspace: Workspace, run_id: str) -> dict[str, int]:
    """People by insight."""
    columns = ("insight_id", "n_people", "theme")  # what ``voc diff`` will read has to be there
    table = read_parquet(workspace.report(run_id) / "tables" / "insights.parquet", columns)
    return dict(zip(table.column("insight_id").to_pylist(), table.column("n_people").to_pylist(), strict=True))
