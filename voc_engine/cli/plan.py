"""voc plan: what a run would compute, and why."""

from __future__ import annotations

import click


@click.command()
@click.argument("config", type=click.Path(), default="voc.toml")
@click.option(
    "--workspace", type=click.Path(file_okay=False), help="Folder of the workspace, instead of the configured."
)
def plan(config: str, workspace: str | None) -> int:
    """Tell what 'voc run CONFIG' would compute, and why. Computes nothing.

    \b
    Example:
      voc plan configs/demo.toml
    """
    from voc_engine.cli.study import open_study
    from voc_engine.report.publish import run_id_of
    from voc_engine.runners.plan import StagePlan
    from voc_engine.runners.run import Engine

    settings, folder, place = open_study(config, workspace)
    state = Engine(settings, folder, place, dry=True).execute()
    plans = state.plans
    if any(one.open or one.to_do for one in plans):
        plans = [*plans, StagePlan("report", open=True)]
    else:
        run_id = run_id_of(settings, state)
        there = place.manifest(run_id) is not None and place.report(run_id).is_dir()
        plans = [*plans, StagePlan("report", 1, int(there), [] if there else ["this run has no report yet"])]
    for one in plans:
        click.echo(one.line())
    return 0
