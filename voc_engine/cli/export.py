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
@click.option(
    "--format", "formats", multiple=True, help="persona-cards: html, png, svg or pdf; repeatable, all if absent."
)
@click.option("--paper", help="persona-cards: A4 or Letter.")
@click.option(
    "--template", type=click.Path(file_okay=False), help="persona-cards: a folder with your card.toml, card.html."
)
@click.option(
    "--write-template", "new_template", type=click.Path(file_okay=False),
    help="persona-cards: write the template that comes along to this folder, and no cards.",
)  # fmt: skip
def export(
    format_name: str | None, run_id: str | None, workspace: str, out: str | None, documents: tuple[str, ...],
    kinds: tuple[str, ...], switches: tuple[str, ...], formats: tuple[str, ...], paper: str | None, template: str | None,
    new_template: str | None,
) -> int:  # fmt: skip
    """Write RUN (the latest if absent) in FORMAT; without a format, list them.

    Texts are masked and words are withheld as in the report. Every quote keeps its id, so that 'voc verify' finds each
    in the sources. What the format has no place for is counted.

    \b
    Example:
      voc export
      voc export csv --workspace my-study --out for-friday
      voc export json run-4f0c2a9b11de --documents interview
      voc export persona-cards --format pdf --paper Letter --template our-card
    """
    if format_name is None:
        return _list_formats()
    from voc_engine.cli.opening import find_run
    from voc_engine.exchange.exporting import export as write

    if new_template is not None:
        return _write_template(format_name, run_id, workspace, Path(new_template))
    options = {"format": formats, "paper": (paper,) if paper else (), "template": (template,) if template else ()}
    opened, chosen = find_run(workspace, run_id)
    target = Path(out) if out else None
    done = write(
        opened, chosen, format_name, target, documents=documents, kinds=kinds, switches=switches,
        options={name: several for name, several in options.items() if several},
    )  # fmt: skip
    click.echo(f"{done.format}: {done.n_quotes:,} quotes of {chosen}", err=True)
    for omission in done.not_carried:
        click.echo(f"  not carried: {omission.count:,} {omission.what}", err=True)
    for path in done.paths:
        click.echo(path)
    return 0


def _write_template(format_name: str, run_id: str | None, workspace: str, folder: Path) -> int:
    from voc_engine.cli.opening import find_run
    from voc_engine.errors import ConfigError
    from voc_engine.exchange.cards.card_export import PersonaCards, write_template
    from voc_engine.exchange.exporting import export_format, view_of

    if export_format(format_name).name != PersonaCards.name:
        raise ConfigError(f"The format {format_name} has no template.", do="persona-cards has one")
    try:
        view = view_of(*find_run(workspace, run_id))
    except ConfigError:
        if run_id is not None:
            raise
        view = None  # a template can be made before there is a run; the ids of personas are then not in it
    for path in write_template(folder, view):
        click.echo(path)
    return 0


def _list_formats() -> int:
    from voc_engine.exchange.contract import TakesOptions
    from voc_engine.exchange.exporting import export_format, told_name
    from voc_engine.registry import names

    for name in names("export format"):
        writer = export_format(name)
        click.echo(f"{told_name(name):<14} {writer.does}")
        for switch, does in writer.switches.items():
            click.echo(f"{'':<14}   --with {switch}: {does}")
        for option, does in writer.options.items() if isinstance(writer, TakesOptions) else ():
            click.echo(f"{'':<14}   --{option}: {does}")
    return 0
