"""Running a study: from its sources to the report, with the workspace locked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from voc_engine.config import Config
from voc_engine.errors import ConfigError
from voc_engine.interface.new_findings import new_findings
from voc_engine.interface.outcome import RunOutcome, count_run
from voc_engine.report.assistant_told import unanswered
from voc_engine.report.publish import publish, quarantined, report_page
from voc_engine.runners.engine import Engine
from voc_engine.runners.expiries import expiries
from voc_engine.runners.fingerprint import CODEBASE
from voc_engine.runners.progress import progress_for
from voc_engine.runners.workers import workers_for
from voc_engine.store.workspace import Workspace


def run_study(
    config: Config, folder: Path, workspace: Workspace, *, runner: str, workers: int | None, quiet: bool,
    scheduler: str | None = None,
) -> RunOutcome:  # fmt: skip
    """Compute what is missing and write the report. Raises VocError; what is done stays done."""
    team = workers_for(runner, workers, scheduler)
    progress = progress_for(quiet=quiet)
    before = _latest(workspace)
    try:
        with workspace.lock():
            workspace.sweep()
            engine = Engine(config, folder, workspace, team, progress)
            state = engine.execute()
            progress.begin("report", 1, "reports")
            run_id, new = publish(config, state, workspace, folder)
            progress.end("written" if new else "nothing new")
            problems = quarantined(state, workspace)
        CODEBASE.keep()
    finally:
        progress.close()
        team.close()
    holding = [decision.given for decision in state.decided]
    return RunOutcome(
        run_id,
        report_page(workspace.report(run_id)),
        new,
        count_run(workspace.report(run_id), config.segment.languages),
        tuple(problems),
        tuple(decision for decision in state.decided if decision.moved),
        tuple(one for one in engine.decisions if one not in holding and not one.is_noted),
        tuple(expiry for expiry in expiries(workspace, config, state.sources, date.today()) if expiry.expired),
        tuple(workspace.tombstones.pending()),
        new_findings(workspace, before, run_id),
        unanswered(config.assistant, state),
    )


def _latest(workspace: Workspace) -> str | None:
    """The run before this one; None for the first."""
    return workspace.latest() if (workspace.runs / "latest").exists() else None


def write_report(config: Config, folder: Path, workspace: Workspace, *, again: bool) -> tuple[str, Path]:
    """The run's id and the report's first page, from what is already computed. Raises ConfigError where that is not all."""
    with workspace.lock():
        state = Engine(config, folder, workspace, dry=True).execute()
        if unfinished := [plan for plan in state.plans if plan.open or plan.to_do]:
            raise ConfigError(
                "This study has not been run with these sources and options.",
                found=unfinished[0].line(),
                do="run the study first: 'voc run' with this configuration",
            )
        run_id, _ = publish(config, state, workspace, folder, again=again)
    return run_id, report_page(workspace.report(run_id))
