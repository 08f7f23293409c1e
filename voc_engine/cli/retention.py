"""voc retention: what has been kept for as long as was agreed."""

from __future__ import annotations

from datetime import date, datetime

import click


@click.command()
@click.argument("config", type=click.Path(), default="voc.toml")
@click.option(
    "--workspace", type=click.Path(file_okay=False), help="Folder of the workspace, instead of the configured."
)
@click.option("--apply", is_flag=True, help="Remove what is over, and run the study again.")
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="Day to reckon from; the day of this machine if absent."
)
def retention(config: str, workspace: str | None, apply: bool, today: datetime | None) -> int:
    """Tell which documents of the study in CONFIG have been kept longer than agreed; with --apply remove them.

    A source is given a time with retention_days (from each document's date, else from 'collected') or keep_until. What
    is removed goes from every part, vector and report, is counted as "kept no longer than agreed", and is not read again
    from its file. The file itself is yours to delete.

    \b
    Example:
      voc retention my-study/voc.toml
      voc retention my-study/voc.toml --apply --today 2027-01-01
    """
    from voc_engine.cli.opening import open_study
    from voc_engine.runners.expiries import expiries
    from voc_engine.runners.removals import removal_of
    from voc_engine.runners.source_inputs import find_sources

    settings, folder, opened = open_study(config, workspace)
    day = today.date() if today else date.today()
    sources = find_sources(settings, folder, opened.root, removal_of(opened).forgotten)
    due = expiries(opened, settings, sources, day)
    if not due:
        click.echo("No source has a time of retention ([[sources]] retention_days or keep_until).")
        return 0
    for expiry in due:
        counts = f"{expiry.expired:,} documents are over, {expiry.kept:,} are kept"
        undated = f"; {expiry.undated:,} have no date and no 'collected' in the configuration" if expiry.undated else ""
        click.echo(f"{expiry.source} ({expiry.agreed}): {counts}{undated}")
    over = {one.source: one.before for one in due if one.expired}
    if not over:
        return 0
    if not apply:
        click.echo(f"To remove what is over: voc retention {config} --apply")
        return 0
    from voc_engine.report.publish import publish, report_page
    from voc_engine.runners.engine import Engine
    from voc_engine.runners.erase import remove_expired
    from voc_engine.runners.purge import remove_unused

    with opened.lock():
        opened.sweep()
        removed = remove_expired(opened, settings, folder, over)
        state = Engine(settings, folder, opened).execute()
        run_id, _ = publish(settings, state, opened, folder)
        remove_unused(opened, state.parts)
    click.echo(f"{len(removed.documents):,} documents removed. Delete them from these files, which still hold them:")
    for item in sources:
        if item.options.path in over:
            click.echo(f"  {item.path}")
    click.echo(report_page(opened.report(run_id)))
    return 0
