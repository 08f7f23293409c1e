"""voc ingest --explain: how files are understood."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False))
@click.option("--explain", is_flag=True, help="Print how each file is understood (the only thing this verb does).")
@click.option("--format", "reader", help="Read with this reader, such as zendesk.v1, instead of guessing.")
@click.option(
    "--kind", type=click.Choice(["interview", "review", "post", "ticket", "survey"]), help="Kind of document."
)
@click.option(
    "--column", "columns", multiple=True, metavar="MEANING=NAME",
    help="What a column means: text, id, person, date, rating, title, channel or url.",
)  # fmt: skip
def ingest(
    files: tuple[str, ...], explain: bool, reader: str | None, kind: str | None, columns: tuple[str, ...]
) -> int:
    """Show how FILES are understood: format, encoding, columns, speakers, roles, and what is not used and why.

    \b
    Example:
      voc ingest --explain interviews/anna.vtt
      voc ingest --explain tickets.csv --column text="Customer message"
    """
    from voc_engine.config import SourceConfig
    from voc_engine.errors import ConfigError, SourceError
    from voc_engine.ingest import explain as explain_file
    from voc_engine.ingest.source import SourceFile

    pairs = [one.partition("=") for one in columns]
    if any(not middle for _, middle, _ in pairs):
        raise ConfigError("--column takes MEANING=NAME.", found=", ".join(columns), do="write --column text=Body")
    mapped = {meaning.strip(): name for meaning, _, name in pairs}
    failed = False
    for name in files:
        path = Path(name)
        if not path.is_file():
            raise ConfigError(f"There is no file {name}.", do="check the path")
        options = SourceConfig.model_validate({"path": name, "format": reader, "kind": kind, "columns": mapped})
        try:
            click.echo(explain_file(SourceFile(path, path.name), options))
        except SourceError as error:
            failed = True
            click.echo(f"{name}\n{error}", err=True)
    return 1 if failed else 0
