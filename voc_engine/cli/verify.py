"""voc verify: is every claim of a run still true to its sources?"""

from __future__ import annotations

from pathlib import Path

import click

from voc_engine.cli.opening import runner_options


@click.command()
@click.argument("what", metavar="[RUN_ID|EXPORT]", required=False)
@click.option(
    "--workspace", type=click.Path(file_okay=False, exists=True), default=".", show_default=True,
    help="Folder of the workspace.",
)  # fmt: skip
@click.option("--quick", is_flag=True, help="Check hashes only: is every file what the run wrote?")
@click.option("--full", is_flag=True, help="Make what models and fits gave again too; takes as long as the run did.")
@runner_options
@click.option("--of", "of_run", metavar="RUN", help="The run that EXPORT is of; the latest if absent.")
@click.option("--as", "as_format", metavar="FORMAT", help="The format of EXPORT; told by its content if absent.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the first fault.")
def verify(
    what: str | None, workspace: str, quick: bool, full: bool, runner: str, workers: int | None, scheduler: str | None,
    of_run: str | None, as_format: str | None, quiet: bool,
) -> int:  # fmt: skip
    """Prove everything that people read of RUN_ID (the latest run if absent).

    Every source file is read again and goes through the same passes; each table is compared with what they give, each
    page with what the templates give. What models and fits gave is known by its hash, which the manifest keeps; the
    hash of the manifest stands on the method page. Ends with exit code 3 and names the first difference if there is one.

    With EXPORT, a file or folder that 'voc export' wrote: every quote in it is held against its source by its id.

    \b
    Example:
      voc verify
      voc verify run-4f0c2a9b11de --workspace my-study --quick
      voc verify for-friday --workspace my-study
    """
    from voc_engine.cli.opening import find_run
    from voc_engine.errors import ConfigError
    from voc_engine.report.verify import verify as check
    from voc_engine.runners.workers import workers_for

    if quick and full:
        raise ConfigError("--quick and --full exclude each other.", do="take one of them")
    if what is not None and Path(what).exists():
        return _verify_export(Path(what), workspace, of_run, as_format)
    opened, chosen = find_run(workspace, what)
    team = workers_for(runner, workers, scheduler)
    try:
        for checked in check(opened, chosen, quick=quick, full=full, workers=team):
            if not quiet:
                click.echo(f"ok  {checked.count:>9,}  {checked.what}")
    finally:
        team.close()
    click.echo(f"{chosen}: every {'hash is right' if quick else 'check passed'}")
    return 0


def _verify_export(path: Path, workspace: str, run_id: str | None, as_format: str | None) -> int:
    from voc_engine.cli.opening import find_run
    from voc_engine.exchange.verify_export import verify_export

    opened, chosen = find_run(workspace, run_id)
    name, count = verify_export(opened, chosen, path, as_format)
    click.echo(f"{path}: {count:,} quotes of {name} are what was said in {chosen}")
    return 0
