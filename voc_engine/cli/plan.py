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

    Where runs in this workspace have measured how long a document takes, the time and the disk that the run would take are
    told as well: run a part of the data first, and plan the rest.

    Above 60,000 distinct sentences it tells what reading all in full takes, and what a sampled run would ([run] effort).

    Where a language model is configured ([assistant]) it also tells what would be sent to it, and where to. Nothing is sent.

    \b
    Example:
      voc plan configs/demo.toml
    """
    from voc_engine.cli.opening import unlock
    from voc_engine.interface.study import Study

    click.echo(Study.open(config, workspace, unlock=unlock).plan())
    return 0
