"""voc forget: one person out of everything that the workspace holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from voc_engine.config import Config
    from voc_engine.privacy.erasure import Person
    from voc_engine.store.workspace import Workspace


@click.command()
@click.argument("person")
@click.argument("config", type=click.Path(), default="voc.toml")
@click.option(
    "--workspace", type=click.Path(file_okay=False), help="Folder of the workspace, instead of the configured."
)
@click.option("--yes", is_flag=True, help="Do not ask; there is no way back.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what could not be reached.")
def forget(person: str, config: str, workspace: str | None, yes: bool, quiet: bool) -> int:
    """Remove PERSON (pseudonym, mail address, name, handle or id) from the study in CONFIG, and run it again.

    Every part, table, vector, report, decision and row of the vault loses the person; counts are made anew and insights
    without other evidence go. A keyed mark stays in the vault, so that importing the person again is refused: their
    records are set aside and counted. What cannot be reached is told at the end. Reports in which the person stands are
    deleted; those handed out already are yours to call back.

    \b
    Example:
      voc forget P0007 my-study/voc.toml
      voc forget jane@example.org --yes
    """
    from voc_engine.cli.opening import open_study
    from voc_engine.interface.locate import without_forgotten
    from voc_engine.report.publish import publish, report_page
    from voc_engine.runners.forget import find_person
    from voc_engine.runners.forget import forget as forget_person
    from voc_engine.runners.progress import progress_for
    from voc_engine.runners.purge import remove_unused
    from voc_engine.runners.run import Engine

    settings, folder, place = open_study(config, workspace)
    meant = find_person(place, settings, folder, person)
    if not yes:
        also = f", and {', '.join(sorted(meant.also))}, known by the same name or address," if meant.also else ""
        click.confirm(f"Forget {meant.person_id} ({'; '.join(_names(meant)) or 'no name'}){also} for good?", abort=True)
    with place.lock():
        place.parts.sweep()
        done = forget_person(place, settings, folder, meant)
        settings = without_forgotten(settings, place)
        told = progress_for(quiet=quiet)
        try:
            state = Engine(settings, folder, place, progress=told).execute()
        finally:
            told.close()
        run_id, _ = publish(settings, state, place, folder)
        remove_unused(place, state.parts)
    if not quiet:
        documents, texts = len(done.removed.documents), len(done.removed.touched)
        click.echo(
            f"{', '.join(sorted({meant.person_id, *meant.also}))} forgotten: {documents:,} documents removed, "
            f"{texts:,} of others rewritten, {done.decisions_changed:,} decisions rewritten and "
            f"{done.decisions_removed:,} removed."
        )
        click.echo(report_page(place.report(run_id)))
    _tell_unreached(place, settings, folder, meant)
    return 0


def _names(person: Person) -> list[str]:
    """The ways in which the name is written, each once, with its capitals where a source has them."""
    return [*{name.casefold(): name for name in sorted(person.names, reverse=True)}.values()]


def _tell_unreached(place: Workspace, settings: Config, folder: Path, person: Person) -> None:
    from voc_engine.runners.leftovers import leftovers, sources_with

    click.echo("What 'voc forget' cannot reach, and you should see to:")
    for path in sources_with(settings, folder, place.root, person.clear):
        click.echo(f"  {path}: still names the person; records of theirs in it are refused from now on")
    for path in leftovers(place.root, person.clear):
        click.echo(f"  {path}: names the person; it is no file of a run, so it was left")
    for what in (
        "backups, snapshots and synchronised copies of the sources and of this folder",
        "reports, tables and exports that were handed out or saved elsewhere",
        "files that 'voc label', 'voc assign', 'voc diff --out' or 'voc train' wrote outside this folder",
        "blocks of deleted files that the disk has not used again; an encrypted disk makes them unreadable",
    ):
        click.echo(f"  {what}")
