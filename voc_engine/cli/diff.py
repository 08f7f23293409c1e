"""voc diff: what changed between two runs, or between two periods of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from voc_engine.report.diff.sides import Side


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--workspace", type=click.Path(file_okay=False, exists=True), default=".", show_default=True,
    help="Folder of the workspace.",
)  # fmt: skip
@click.option("--run", "run_id", help="The run that periods are of; the latest if absent.")
@click.option("--out", type=click.Path(file_okay=False), help="Folder to write to; beside the reports if absent.")
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON instead of where the page is.")
def diff(old: str, new: str, workspace: str, run_id: str | None, out: str | None, as_json: bool) -> int:
    """Hold OLD and NEW against each other: insights, themes and personas that were kept, split, merged, are new or gone.

    OLD and NEW are runs (run-…, or the report folder of another workspace) or periods of one run
    (2026-01..2026-03). Shares of people are compared with intervals, adjusted for a changed mix of channels; only
    what chance does not explain is told as changed.

    \b
    Example:
      voc diff run-4f0c2a9b11de run-90ab33f1c2d4 --workspace my-study
      voc diff 2026-01..2026-03 2026-04..2026-06
    """
    import json
    from pathlib import Path

    from voc_engine.report.diff.compare import compare
    from voc_engine.report.diff.page import as_json as told
    from voc_engine.report.diff.page import write
    from voc_engine.store.workspace import Workspace, write_bytes

    sides = [_side(one, workspace, run_id) for one in (old, new)]
    difference = compare(*sides)
    name = "diff-" + "-and-".join(side.name.replace(" ", "-") for side in sides)
    folder = Path(out) if out else Workspace(Path(workspace).resolve()).report(name)
    for path, content in write(difference):
        write_bytes(folder / path, content)
    if as_json:
        click.echo(json.dumps(told(difference), ensure_ascii=False, indent=1))
        return 0
    click.echo(f"{len(sides[0].heard):,} and {len(sides[1].heard):,} people", err=True)
    for several, name in (
        (difference.insights, "insights"),
        (difference.themes, "themes"),
        (difference.personas, "personas"),
    ):
        sure = [one for one in several if one.told]
        if several:
            click.echo(f"{len(several):,} {name}, {len(sure):,} of them surely changed", err=True)
        for change in sure[:5]:
            counts = f"{change.old_people} of {change.old_of} before, {change.new_people} of {change.new_of} now"
            click.echo(f"  {change.verdict}: {(change.new_names or change.old_names)[0]} ({counts})", err=True)
    for caution in difference.cautions:
        click.echo(f"  note: {caution}", err=True)
    click.echo(folder / "index.html")
    return 0


def _side(side: str, workspace: str, run_id: str | None) -> Side:
    from pathlib import Path

    from voc_engine.cli.opening import find_run
    from voc_engine.report.diff.sides import Period, load

    if ".." in side and not Path(side).is_dir():
        opened, chosen = find_run(workspace, run_id)
        return load(opened, chosen, Period.parse(side))
    path = Path(side)
    if path.is_dir() and path.resolve().parent.name == "reports":
        return load(*find_run(str(path.resolve().parent.parent), path.resolve().name))
    return load(*find_run(workspace, side))
