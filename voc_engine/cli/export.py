"""voc export: a run for another tool."""

from __future__ import annotations

from pathlib import Path

import click

from voc_engine.records import DOCUMENT_KINDS, MENTION_KINDS


@click.command()
@click.argument("format_name", metavar="[FORMAT]", required=False)
@click.argument("run_id", metavar="[RUN]", required=False)
@click.option(
    "--workspace", type=click.Path(file_okay=False, exists=True), default=".", show_default=True,
    help="Folder of the workspace.",
)  # fmt: skip
@click.option("--out", type=click.Path(), help="File to write, or folder; beside the reports if absent.")
@click.option(
    "--documents", multiple=True, type=click.Choice(DOCUMENT_KINDS), help="Only documents of this kind; repeatable."
)
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(MENTION_KINDS), help="Only mentions of this kind; repeatable."
)
@click.option("--with", "switches", multiple=True, help="A switch of the format, as the list names them; repeatable.")
def export(
    format_name: str | None, run_id: str | None, workspace: str, out: str | None, documents: tuple[str, ...],
    kinds: tuple[str, ...], switches: tuple[str, ...],
) -> int:  # fmt: skip
    """Write RUN (the latest if absent) in FORMAT; without a format, list them.

    Texts are masked and words are withheld as in the report. Every quote keeps its id, so that 'voc verify' finds each
    in the sources. What the format has no place for is counted.

    \b
    Example:
      voc export
      voc export csv --workspace my-study --out for-friday
      voc export json run-4f0c2a9b11de --documents interview
    """
    if format_name is None:
        return _list_formats()
    from voc_engine.cli.opening import find_run
    from voc_engine.exchange.exporting import export as write

    place, found = find_run(workspace, run_id)
    target = Path(out) if out else None
    done = write(place, found, format_name, target, documents=documents, kinds=kinds, switches=switches)
    click.echo(f"{done.format}: {done.n_quotes:,} quotes of {found}", err=True)
    for one in done.not_carried:
        click.echo(f"  not carried: {one.count:,} {one.what}", err=True)
    for path in done.paths:
        click.echo(path)
    return 0


def _list_formats() -> int:
    from voc_engine.exchange.exporting import export_format
    from voc_engine.registry import names

    for name in names("export format"):
        one = export_format(name)
        click.echo(f"{name.rpartition('.v')[0]:<14} {one.does}")
        for switch, does in one.switches.items():
            click.echo(f"{'':<14}   --with {switch}: {does}")
    return 0
