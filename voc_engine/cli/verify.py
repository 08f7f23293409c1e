"""voc verify: is every claim of a run still true to its sources?"""

from __future__ import annotations

import click


@click.command()
@click.argument("run_id", required=False)
@click.option(
    "--workspace", type=click.Path(file_okay=False, exists=True), default=".", show_default=True,
    help="Folder of the workspace.",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but the first fault.")
def verify(run_id: str | None, workspace: str, quiet: bool) -> int:
    """Check every quote, count and link of RUN_ID (the latest run if absent) against the sources.

    Reads every source file again. Ends with exit code 3 and names the first fault if there is one.

    \b
    Example:
      voc verify
      voc verify run-4f0c2a9b11de --workspace my-study
    """
    from voc_engine.cli.opening import find_run
    from voc_engine.report.verify import verify as check

    place, found = find_run(workspace, run_id)
    for one in check(place, found):
        if not quiet:
            click.echo(f"ok  {one.count:>9,}  {one.what}")
    click.echo(f"{found}: every check passed")
    return 0
