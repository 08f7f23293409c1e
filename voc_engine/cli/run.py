"""voc run: the whole map for one configuration."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

import click

from voc_engine.cli.opening import runner_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voc_engine.interface.outcome import RunCounts, RunOutcome
    from voc_engine.privacy.expiry import Expiry
    from voc_engine.records import Skipped

# What a terminal shows of a longer list: whole lines, and names within one line.
_LISTED = 5
_NAMED = 3


@click.command()
@click.argument("config", type=click.Path(), default="voc.toml")
@click.option(
    "--workspace", type=click.Path(file_okay=False), help="Folder of the workspace, instead of the configured."
)
@runner_options
@click.option("--no-redact", is_flag=True, help="Keep names and contact data in the text. Think twice.")
@click.option("--fail-on-new", is_flag=True, help="Exit code 1 where a finding is new since the run before.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors and where the report is.")
def run(
    config: str, workspace: str | None, runner: str, workers: int | None, scheduler: str | None, no_redact: bool,
    fail_on_new: bool, quiet: bool,
) -> int:  # fmt: skip
    """Run the study in CONFIG: from source files to the report.

    What is done stays done: after a crash the same command goes on, with new files only these are computed, and when
    nothing changed nothing is.

    Findings that three people or more say and that the run before had not are told; --fail-on-new makes them exit code 1.

    \b
    Example:
      voc run configs/demo.toml
      voc run study/voc.toml --runner processes --workers 4
      voc run study/voc.toml --runner dask --scheduler tcp://10.0.0.1:8786
      voc run study/voc.toml --fail-on-new || mail-the-team
    """
    from voc_engine.cli.opening import unlock
    from voc_engine.errors import FAILED, VocError
    from voc_engine.interface.study import Study

    study = Study.open(config, workspace, redact=not no_redact, unlock=unlock)
    if not study.config.redact.enabled:
        click.secho("Redaction is OFF: names and contact data stay in every table and page.", fg="red", err=True)
    try:
        outcome = study.run(runner=runner, workers=workers, quiet=quiet, scheduler=scheduler)
    except VocError as error:
        if error.exit_code == FAILED:
            again = shlex.join(["voc", *sys.argv[1:]])
            click.echo(f"{error}\nWhat is done stays done. To go on, run: {again}", err=True)
            return FAILED
        raise
    _tell_unmatched(outcome.set_aside)
    _tell_unclear(outcome.set_aside)
    _tell_decisions(outcome)
    _tell_expired(outcome.expired)
    for person_id in outcome.unfinished:
        again = f"give 'voc forget {person_id}' again"
        click.secho(f"Forgetting {person_id} was not finished: {again}.", fg="red", err=True)
    if outcome.unanswered:
        click.secho(outcome.unanswered, fg="red", err=True)
    if not quiet:
        _tell(outcome.counts, study.config.segment.languages)
    if not quiet or fail_on_new:
        _tell_new(outcome)
    _tell_problems(outcome.set_aside)
    click.echo(outcome.page)
    return 1 if outcome.set_aside or (fail_on_new and outcome.fresh) else 0


def _tell_new(outcome: RunOutcome) -> None:
    if outcome.fresh:
        several = "finding is" if len(outcome.fresh) == 1 else "findings are"
        click.echo(f"{len(outcome.fresh):,} {several} new since the run before:", err=True)
    for finding in outcome.fresh[:_LISTED]:
        click.echo(f"  {finding.title} ({finding.n_people} people)", err=True)


def _tell_unclear(problems: Sequence[Skipped]) -> None:
    """Talks of which nobody knows who speaks, before anything that was found: their words are not in it."""
    from voc_engine.ingest.study_speakers import NO_INTERVIEWER, NOT_TOLD

    for reason in (NOT_TOLD, NO_INTERVIEWER):
        mine = [one for one in problems if one.reason == reason]
        if mine:
            names = ", ".join(one.source for one in mine[:_NAMED]) + (" ..." if len(mine) > _NAMED else "")
            click.secho(f"{len(mine)} talks ({names}): {reason}", fg="red", err=True)
            click.echo(f"  to do: {mine[0].to_do}", err=True)


def _tell_unmatched(problems: Sequence[Skipped]) -> None:
    """A people file that is not of these people, before anything that was found: what it says of them is not in it."""
    from voc_engine.privacy.people_matching import FEW, NOBODY

    for problem in problems:
        if problem.reason in (FEW, NOBODY):
            click.secho(f"{problem.source}: {problem.reason}.", fg="red", err=True)
            click.echo(f"  found {problem.found}\n  to do: {problem.to_do}", err=True)


def _tell_decisions(outcome: RunOutcome) -> None:
    """What became of people's decisions: those that moved to another id, and those that found nothing to hold on to."""
    for moved in outcome.moved:
        click.echo(
            f"Decision {moved.given.action} {moved.given.target} {moved.given.target_id} now holds for"
            f" {moved.decision.target_id}, which has most of its evidence.",
            err=True,
        )
    if outcome.lost:
        click.echo(
            f"{len(outcome.lost)} decisions are kept but find nothing to hold on to in this run: "
            + ", ".join(f"{lost.action} {lost.target} {lost.target_id}" for lost in outcome.lost[:5]),
            err=True,
        )


def _tell(counts: RunCounts, languages: list[str]) -> None:
    from voc_engine.records import language_name

    lines = [
        f"{counts.documents:,} documents, {counts.people:,} people, {counts.insights:,} insights, "
        f"{counts.personas:,} personas"
    ]
    if counts.assignments:
        lines.append(
            f"{counts.topics} topics; the largest holds {counts.largest_topic / counts.assignments:.0%} of segments, "
            f"{counts.not_assigned / counts.assignments:.0%} are not assigned"
        )
    if counts.other_languages:
        named = ", ".join(f"{count:,} in {language_name(code)}" for code, count in counts.other_languages)
        lines.append(f"set aside: {named}; this run reads {', '.join(languages)} ([segment] languages)")
    if counts.refused:
        lines.append(f"set aside: {counts.refused:,} for want of consent to analyse")
    if counts.boilerplate:
        lines.append(
            f"set aside: {counts.boilerplate:,} lines that several people sent alike (forms, logs; [segment]"
            " boilerplate_people)"
        )
    click.echo("\n".join(lines), err=True)


def _tell_expired(over: Sequence[Expiry]) -> None:
    if over:
        count = sum(expiry.expired for expiry in over)
        click.secho(
            f"{count:,} documents have been kept longer than agreed ({', '.join(expiry.source for expiry in over[:3])}): "
            "see 'voc retention'",
            fg="red",
            err=True,
        )


def _tell_problems(problems: Sequence[Skipped]) -> None:
    if not problems:
        return
    count = sum(piece.count for piece in problems)
    click.echo(f"{count:,} pieces of input were set aside; the report lists them all:", err=True)
    for problem in problems[:_LISTED]:
        click.echo(f"  {problem.source}, {problem.locator}: {problem.reason}", err=True)
        click.echo(f"    expected {problem.expected}; found {problem.found[:120]!r}; to do: {problem.to_do}", err=True)
    if len(problems) > _LISTED:
        click.echo(f"  and {len(problems) - _LISTED:,} more", err=True)
