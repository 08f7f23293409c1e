"""What a run would compute, and why."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from voc_engine.config import Config
from voc_engine.report.publish import run_id_of
from voc_engine.runners.engine import Engine
from voc_engine.runners.stage_plan import StagePlan
from voc_engine.store.workspace import Workspace


@dataclass(frozen=True)
class Plan:
    """One ``StagePlan`` per stage, in the order of the flow; as text one line each."""

    stages: tuple[StagePlan, ...]

    @property
    def done(self) -> bool:
        """Whether there is nothing to compute."""
        return not any(stage.open or stage.to_do for stage in self.stages)

    def __str__(self) -> str:
        return "\n".join(stage.line() for stage in self.stages)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def plan_study(config: Config, folder: Path, workspace: Workspace) -> Plan:
    """The plan of a run with this configuration; nothing is computed."""
    state = Engine(config, folder, workspace, dry=True).execute()
    plans = tuple(state.plans)
    if any(stage.open or stage.to_do for stage in plans):
        return Plan((*plans, StagePlan("report", open=True)))
    run_id = run_id_of(config, state)
    there = workspace.manifest(run_id) is not None and workspace.report(run_id).is_dir()
    return Plan((*plans, StagePlan("report", 1, int(there), [] if there else ["this run has no report yet"])))
