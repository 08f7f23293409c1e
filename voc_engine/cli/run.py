"""voc run: the whole map for one configuration."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from voc_engine.config import Config
    from voc_engine.records import Decision
    from voc_engine.runners.sources import SourceInput
    from voc_engine.runners.targets import Found
    from voc_engine.store.workspace import Workspace


@click.command()
@click.argument("config", type=click.Path(), default="voc.toml")
@click.option(
    "--workspace", type=click.Path(file_okay=False), help="Folder of the workspace, instead of the configured."
)
@click.option(
    "--runner", type=click.Choice(["local", "processes"]), default="local", show_default=True,
    help="Where the work happens; the results are the same.",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1), help="Processes to use with --runner processes; all cores if absent."
)
@click.option("--no-redact", is_flag=True, help="Keep names and contact data in the text. Think twice.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors and where the report is.")
def run(config: str, workspace: str | None, runner: str, workers: int | None, no_redact: bool, quiet: bool) -> int:
    """Run the study in CONFIG: from source files to the report.

    What is done stays done: after a crash the same command goes on, with new files only these are computed, and when
    nothing changed nothing is.

    \b
    Example:
      voc run configs/demo.toml
      voc run study/voc.toml --runner processes --workers 4
    """
    from voc_engine.cli.study import open_study
    from voc_engine.errors import ConfigError, VocError
    from voc_engine.report.publish import publish, quarantined, report_page
    from voc_engine.runners.progress import progress_for
    from voc_engine.runners.run import Engine
    from voc_engine.runners.workers import workers_for

    if workers is not None and runner != "processes":
        raise ConfigError(
            "--workers has no meaning for the local runner.", do="add --runner processes, or leave it out"
        )
    settings, folder, place = open_study(config, workspace, no_redact=no_redact)
    if not settings.redact.enabled:
        click.secho("Redaction is OFF: names and contact data stay in every table and page.", fg="red", err=True)
    progress = progress_for(quiet=quiet)
    team = workers_for(runner, workers)
    try:
        with place.lock():
            place.parts.sweep()
            engine = Engine(settings, folder, place, team, progress)
            state = engine.execute()
            progress.begin("report", 1, "reports")
            run_id, written = publish(settings, state, place, folder)
            progress.end("written" if written else "nothing new")
            problems = quarantined(state, place)
    except VocError as error:
        if error.exit_code == 3:
            again = shlex.join(["voc", *sys.argv[1:]])
            click.echo(f"{error}\nWhat is done stays done. To go on, run: {again}", err=True)
            return 3
        raise
    finally:
        progress.close()
        team.close()
    _tell_decisions(engine.decisions, state.decided)
    _tell_expired(settings, place, state.sources)
    if not quiet:
        _tell(place, run_id, settings.segment.languages)
    _tell_problems(problems)
    click.echo(report_page(place.report(run_id)))
    return 1 if problems else 0


def _tell_decisions(decisions: list[Decision], found: list[Found]) -> None:
    """What became of people's decisions: those that moved to another id, and those that found nothing to hold on to."""
    held = [one.given for one in found]
    lost = [one for one in decisions if one not in held]
    for one in found:
        if one.moved:
            click.echo(
                f"Decision {one.given.action} {one.given.target} {one.given.target_id} now holds for"
                f" {one.decision.target_id}, which has most of its evidence.",
                err=True,
            )
    if lost:
        click.echo(
            f"{len(lost)} decisions are kept but find nothing to hold on to in this run: "
            + ", ".join(f"{one.action} {one.target} {one.target_id}" for one in lost[:5]),
            err=True,
        )


def _tell(place: Workspace, run_id: str, languages: list[str]) -> None:
    from voc_engine.privacy.consent import NO_CONSENT
    from voc_engine.records import language_name
    from voc_engine.store.query import open_run

    with open_run(place.report(run_id)) as db:
        people, documents, insights, personas = db.execute(
            "SELECT (SELECT count(*) FROM memberships), (SELECT count(*) FROM documents),"
            " (SELECT count(*) FROM insights), (SELECT count(*) FROM personas)"
        ).fetchone()
        shares = db.execute(
            "SELECT count(*), count(*) FILTER (topic_id IS NULL), coalesce((SELECT max(n_segments) FROM topics), 0),"
            " (SELECT count(*) FROM topics) FROM topic_assignments"
        ).fetchone()
        other = db.execute(
            "SELECT language, count(*) FROM documents WHERE language IS NOT NULL AND NOT list_contains($1, language)"
            " GROUP BY language ORDER BY count(*) DESC, language", [languages],
        ).fetchall() if languages else []  # fmt: skip
        refused = db.execute(
            "SELECT coalesce(sum(count), 0) FROM skipped WHERE reason = $1", [NO_CONSENT]
        ).fetchone()[0]  # fmt: skip
    said = [f"{documents:,} documents, {people:,} people, {insights:,} insights, {personas:,} personas"]
    if shares[0]:
        said.append(
            f"{shares[3]} topics; the largest holds {shares[2] / shares[0]:.0%} of segments, "
            f"{shares[1] / shares[0]:.0%} are not assigned"
        )
    if other:
        named = ", ".join(f"{count:,} in {language_name(code)}" for code, count in other)
        said.append(f"set aside: {named}; this run reads {', '.join(languages)} ([segment] languages)")
    if refused:
        said.append(f"set aside: {refused:,} for want of consent to analyse")
    click.echo("\n".join(said), err=True)


def _tell_expired(settings: Config, place: Workspace, sources: list[SourceInput]) -> None:
    from datetime import date

    from voc_engine.runners.expiries import expiries

    over = [one for one in expiries(place, settings, sources, date.today()) if one.expired]
    if over:
        count = sum(one.expired for one in over)
        click.secho(
            f"{count:,} documents have been kept longer than agreed ({', '.join(one.source for one in over[:3])}): "
            "see 'voc retention'",
            fg="red",
            err=True,
        )


def _tell_problems(problems: list[Any]) -> None:
    if not problems:
        return
    count = sum(one.count for one in problems)
    click.echo(f"{count:,} pieces of input were set aside; the report lists them all:", err=True)
    for one in problems[:5]:
        click.echo(f"  {one.source}, {one.locator}: {one.reason}", err=True)
        click.echo(f"    expected {one.expected}; found {one.found[:120]!r}; to do: {one.to_do}", err=True)
    if len(problems) > 5:
        click.echo(f"  and {len(problems) - 5:,} more", err=True)
