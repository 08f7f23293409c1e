"""voc forget: one person out of everything that the workspace holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from voc_engine.config import Config
    from voc_engine.privacy.erasure import Erasure, Person
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
    deleted; those handed out already are yours to call back. A command that was killed is finished by giving it again.

    \b
    Example:
      voc forget P0007 my-study/voc.toml
      voc forget jane@example.org --yes
    """
    from voc_engine.cli.opening import open_study
    from voc_engine.errors import ConfigError
    from voc_engine.runners.erase import erasure_of
    from voc_engine.runners.lookup import is_forgotten

    settings, folder, opened = open_study(config, workspace)
    try:
        erasure = erasure_of(opened, settings, folder, person)
    except ConfigError:
        if not is_forgotten(opened, person):
            raise
        click.echo(f"{person} was forgotten before; nothing of theirs is in the workspace.")
        _tell_unreached(opened, settings, folder, [person])
        return 0
    if not yes:
        click.confirm(f"Forget {_called(erasure.person)} for good?", abort=True)
    with opened.lock():
        page = _forgotten(opened, settings, folder, erasure, quiet=quiet)
        if not quiet:
            click.echo(_summary(erasure))
            click.echo(page)
        opened.tombstones.end(erasure.person.person_id)
    _tell_unreached(opened, settings, folder, erasure.person.clear)
    return 0


def _forgotten(workspace: Workspace, settings: Config, folder: Path, erasure: Erasure, *, quiet: bool) -> Path:
    """The first page of the report of the study without the person."""
    from voc_engine.interface.locate import without_forgotten
    from voc_engine.report.publish import publish, report_page
    from voc_engine.runners.engine import Engine
    from voc_engine.runners.erase import erase
    from voc_engine.runners.progress import progress_for
    from voc_engine.runners.purge import remove_unused

    workspace.sweep()
    erase(workspace, settings, folder, erasure)
    settings = without_forgotten(settings, workspace)
    progress = progress_for(quiet=quiet)
    try:
        state = Engine(settings, folder, workspace, progress=progress).execute()
    finally:
        progress.close()
    run_id, _ = publish(settings, state, workspace, folder)
    remove_unused(workspace, state.parts)
    return report_page(workspace.report(run_id))


def _called(person: Person) -> str:
    also = f", and {', '.join(sorted(person.also))}, known by the same name or address," if person.also else ""
    return f"{person.person_id} ({'; '.join(_names(person)) or 'no name'}){also}"


def _summary(erasure: Erasure) -> str:
    return (
        f"{', '.join(sorted(erasure.people))} forgotten: {len(erasure.documents):,} documents removed, "
        f"{len(erasure.touched):,} of others rewritten, {erasure.changed:,} decisions rewritten and "
        f"{erasure.removed:,} removed."
    )


def _names(person: Person) -> list[str]:
    """The ways in which the name is written, each once, with its capitals where a source has them."""
    return [*{name.casefold(): name for name in sorted(person.names, reverse=True)}.values()]


def _tell_unreached(workspace: Workspace, settings: Config, folder: Path, words: list[str]) -> None:
    from voc_engine.runners.leftovers import leftovers, sources_with

    click.echo("What 'voc forget' cannot reach, and you should see to:")
    for path in sources_with(settings, folder, workspace.root, words):
        click.echo(f"  {path}: still names the person; records of theirs in it are refused from now on")
    for path in leftovers(workspace.root, words):
        click.echo(f"  {path}: names the person; it is no file of a run, so it was left")
    for what in (
        "backups, snapshots and synchronised copies of the sources and of this folder",
        "reports, tables and exports that were handed out or saved elsewhere",
        "files that 'voc label', 'voc assign', 'voc diff --out' or 'voc train' wrote outside this folder",
        "blocks of deleted files that the disk has not used again; an encrypted disk makes them unreadable",
    ):
        click.echo(f"  {what}")
