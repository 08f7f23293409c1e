"""voc review: check and correct a run in the browser."""

from __future__ import annotations

import click


@click.command()
@click.argument("config", type=click.Path(), default="voc.toml")
@click.option(
    "--workspace", type=click.Path(file_okay=False), help="Folder of the workspace, instead of the configured."
)
@click.option("--author", help="Your name or initials; kept with each decision.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on this machine; a free one if absent.")
@click.option(
    "--blind",
    type=click.IntRange(min=0),
    default=0,
    help="Code so many sentences as a second coder, who sees nothing of what was said of them; needs --author.",
)
@click.option("--open/--no-open", "browser", default=True, show_default=True, help="Open the page in the browser.")
def review(config: str, workspace: str | None, author: str | None, port: int, blind: int, browser: bool) -> int:
    """Check and correct the latest run of the study in CONFIG, in the browser.

    A page on this machine alone: what to check first, findings with people counted, whole documents in which missed
    passages can be marked, personas, themes, speakers. Counts follow at once, everything can be undone, and every later
    run replays what was decided. Stop it with Ctrl-C; the printed address lets one browser in.

    \b
    Example:
      voc review study/voc.toml --author ana
      voc review study/voc.toml --author ben --blind 100
    """
    from voc_engine.errors import ConfigError

    if blind and not author:
        raise ConfigError("A second coder needs a name.", do="add --author NAME")
    from voc_engine.cli.opening import unlock
    from voc_engine.interface.study import Study
    from voc_engine.review.serving import serve
    from voc_engine.review.sitting import Desk

    study = Study.open(config, workspace, unlock=unlock)
    desk = Desk.open(study.workspace, author)
    again = [config, *(["--workspace", workspace] if workspace else [])]
    serve(desk, again, port=port, browser=browser, tell=click.echo, blind=blind)
    return 0
