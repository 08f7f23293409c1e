"""voc check: a persona that somebody brings, held line by line against what the people of a run said."""

from __future__ import annotations

import click

TYPE_CHECKING = False
if TYPE_CHECKING:
    from voc_engine.report.persona_check.verdict_page import Checked


@click.command()
@click.argument("file", type=click.Path(dir_okay=False))
@click.option(
    "--workspace", type=click.Path(file_okay=False, exists=True), default=".", show_default=True,
    help="Folder of the workspace.",
)  # fmt: skip
@click.option("--run", "run_id", metavar="RUN_ID", help="The run whose people are asked; the latest when absent.")
@click.option("--persona", metavar="NAME", help="Ask only the people of this persona of the run.")
@click.option(
    "--where",
    multiple=True,
    metavar="ATTRIBUTE=VALUE",
    help="Ask only people with this attribute; all given have to hold.",
)
@click.option("--out", type=click.Path(file_okay=False), help="Folder to write to; beside the reports if absent.")
@click.option("--strict", is_flag=True, help="Exit with 1 where a line is contradicted.")
@click.option("-q", "--quiet", is_flag=True, help="Print only where the page is.")
def check(
    file: str, workspace: str, run_id: str | None, persona: str | None, where: tuple[str, ...], out: str | None,
    strict: bool, quiet: bool,
) -> int:  # fmt: skip
    """Hold the personas in FILE (Markdown, Word, CSV, TSV or Excel) against what people said in a finished run.

    Each line is confirmed by k of n people, contradicted by k of n, divided, a hint (one person, or not sure enough), or
    unheard, with quotes and where they stand. Headings such as Goals, Pains or Quotes are sections; a table has a line a row
    (columns persona, section, line), a persona a row with sections as columns, or sections as rows. Several personas may
    stand in one file. "name: value" is answered by attributes that the sources give. It is set to be strict: what people
    say in quite other words stays unheard. What is no line is told and set aside.

    Writes a page, a table (.csv) and the same as .json.

    \b
    Example:
      voc check persona.md --workspace my-study
      voc check personas.xlsx --persona "Groomers and tutors" --strict
    """
    from pathlib import Path

    from voc_engine.cli.opening import find_run
    from voc_engine.exchange.own_persona.persona_files import read_personas
    from voc_engine.report.persona_check.checking import check_personas
    from voc_engine.report.places import slug
    from voc_engine.store.workspace import write_bytes

    source = Path(file)
    brought = read_personas(source)
    opened, chosen = find_run(workspace, run_id)
    checked, pages = check_personas(opened, chosen, source.name, brought.claims, brought.aside, persona, where)
    folder = Path(out) if out else opened.report(f"check-{chosen}")
    name = slug(source.stem) or "personas"
    for path, content in pages.write(checked, name, folder.resolve()):
        write_bytes(folder / path, content)
    if not quiet:
        _tell(checked)
    click.echo(folder / f"{name}.html")
    return 1 if strict and checked.count("contradicted") else 0


def _tell(checked: Checked) -> None:
    """The verdicts on standard error, a line each."""
    from voc_engine.records.claim import VERDICTS
    from voc_engine.report.persona_check.verdict_words import sentence

    persona = None
    for verdict in checked.verdicts:
        if verdict.claim.persona != persona:
            persona = verdict.claim.persona
            click.echo(persona, err=True)
        click.echo(f"  {verdict.verdict:<12} {verdict.claim.text}\n{'':15}{sentence(verdict)}", err=True)
    for aside in checked.aside:
        click.echo(f"Set aside, {aside.place}: {aside.text} ({aside.reason})", err=True)
    scope = f" ({checked.asked})" if checked.asked else ""
    totals = ", ".join(f"{checked.count(one)} {one}" for one in VERDICTS if checked.count(one))
    click.echo(f"{len(checked.verdicts)} lines, {checked.people:,} people{scope}: {totals}", err=True)
