"""voc report: where the report is, and writing it again."""

from __future__ import annotations

import click


@click.command()
@click.argument("config", type=click.Path(), default="voc.toml")
@click.option(
    "--workspace", type=click.Path(file_okay=False), help="Folder of the workspace, instead of the configured."
)
@click.option("--again", is_flag=True, help="Write the report again even if it is there.")
def report(config: str, workspace: str | None, again: bool) -> int:
    """Write the report of the study in CONFIG from what is already computed, and print where it is.

    \b
    Example:
      voc report configs/demo.toml --again
    """
    from voc_engine.cli.study import open_study
    from voc_engine.errors import ConfigError
    from voc_engine.report.publish import publish, report_page
    from voc_engine.runners.run import Engine

    settings, folder, place = open_study(config, workspace)
    with place.lock():
        state = Engine(settings, folder, place, dry=True).execute()
        if any(plan.open or plan.to_do for plan in state.plans):
            raise ConfigError(
                "This study has not been run with these sources and options.",
                found=next(plan.line() for plan in state.plans if plan.open or plan.to_do),
                do=f"run 'voc run {config}'",
            )
        run_id, _ = publish(settings, state, place, folder, again=again)
    click.echo(report_page(place.report(run_id)))
    return 0
