"""What a run would compute, and why."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from voc_engine.config import Config
from voc_engine.report.assistant_told import what_leaves, where_to
from voc_engine.report.publish import run_id_of
from voc_engine.runners.engine import Engine
from voc_engine.runners.pace import Estimate, Rates, estimate
from voc_engine.runners.stage_plan import StagePlan
from voc_engine.runners.state import RunState
from voc_engine.store.workspace import Workspace


@dataclass(frozen=True)
class Plan:
    """One ``StagePlan`` per stage, in the order of the flow; as text one line each. ``leaves``: what would leave this
    program, and where to; empty where nothing does. ``estimate``: time and disk, where there is something to do and the
    pace of this workspace is known; ``advice`` tells of a cheaper way."""

    stages: tuple[StagePlan, ...]
    leaves: str = ""
    estimate: Estimate | None = None
    advice: str = ""

    @property
    def done(self) -> bool:
        """Whether there is nothing to compute."""
        return not any(stage.open or stage.to_do for stage in self.stages)

    def __str__(self) -> str:
        lines = [*(stage.line() for stage in self.stages), *([self.leaves] if self.leaves else [])]
        lines += [f"effort    {self.advice}"] if self.advice else []
        return "\n".join([*lines, *([str(self.estimate)] if self.estimate else [])])

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def plan_study(config: Config, folder: Path, workspace: Workspace) -> Plan:
    """The plan of a run with this configuration; nothing is computed."""
    state = Engine(config, folder, workspace, dry=True).execute()
    plans, leaves = tuple(state.plans), _leaves(config, state)
    if any(stage.open or stage.to_do for stage in plans):
        rates = Rates.of(workspace, sampled=config.run.effort == "sampled")
        expected = estimate(state, rates) if rates else None
        return Plan((*plans, StagePlan("report", open=True)), leaves, expected, state.advice)
    run_id = run_id_of(config, state)
    there = workspace.manifest(run_id) is not None and workspace.report(run_id).is_dir()
    return Plan((*plans, StagePlan("report", 1, int(there), [] if there else ["this run has no report yet"])), leaves)


def _leaves(config: Config, state: RunState) -> str:
    """What would be asked of a language model; how much can be told once all before it is computed."""
    options = config.assistant
    if options.endpoint is None:
        return ""
    new = sum(one.asked - one.answered for one in state.assisted)
    answered = sum(one.answered for one in state.assisted)
    amount = f"; {answered:,} questions are answered already, {new:,} would be asked" if state.assisted else ""
    return f"assistant {where_to(options)}. It is sent {what_leaves(options)}{amount}"
