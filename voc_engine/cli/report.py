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
    from voc_engine.cli.opening import unlock
    from voc_engine.interface.study import Study

    click.echo(Study.open(config, workspace, unlock=unlock).report(again=again))
    return 0
