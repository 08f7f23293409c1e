"""voc init: a study folder for the user's files."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(file_okay=False))
@click.argument("files", nargs=-1, type=click.Path(exists=True))
@click.option("--name", help="Title of the study.")
@click.option("--preset", help="Start from interviews, reviews, posts, tickets or survey.")
def init(folder: str, files: tuple[str, ...], name: str | None, preset: str | None) -> int:
    """Make FOLDER with a voc.toml that reads FILES (where they are) and documents every key.

    \b
    Example:
      voc init my-study interviews/*.vtt reviews.csv
      voc init support --preset tickets tickets.json
    """
    from voc_engine.config.default import render_default
    from voc_engine.errors import ConfigError

    target = Path(folder) / "voc.toml"
    if target.exists():
        raise ConfigError(f"{target} is there already.", do="edit it, or name another folder")
    kind = _kind(preset)
    base = Path(folder).resolve()
    sources = [{"path": Path(os.path.relpath(Path(one).resolve(), base)).as_posix(), "kind": kind} for one in files]
    text = render_default(name=name or base.name.replace("-", " ").capitalize(), sources=sources)
    base.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    click.echo(f"{target} written. Next: voc run {target}")
    return 0


def _kind(preset: str | None) -> str | None:
    from voc_engine.errors import ConfigError, nearest

    kinds = {"interviews": "interview", "reviews": "review", "posts": "post", "tickets": "ticket", "survey": "survey"}
    if preset is not None and preset not in kinds:
        raise ConfigError(f"There is no preset {preset!r}.", do=nearest(preset, kinds))
    return kinds[preset] if preset else None
