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

    Without FILES those that lie in FOLDER already are read.

    \b
    Example:
      voc init my-study interviews/*.vtt reviews.csv
      voc init support --preset tickets tickets.json
      voc init my-transcripts
    """
    from voc_engine.config.default import PRESETS, Preset, render_default
    from voc_engine.errors import ConfigError, nearest

    target = Path(folder) / "voc.toml"
    if target.exists():
        raise ConfigError(f"{target} is there already.", do="edit it, or name another folder")
    if preset is not None and preset not in PRESETS:
        raise ConfigError(f"There is no preset {preset!r}.", do=nearest(preset, PRESETS))
    chosen = PRESETS[preset] if preset else Preset("")
    base = Path(folder).resolve()
    files = files or _inside(Path(folder))
    people = [one for one in files if _tells_people(Path(one))]
    files = tuple(one for one in files if one not in people)
    paths = [Path(os.path.relpath(Path(one).resolve(), base)).as_posix() for one in (*files, *people[:1])]
    sources = [{"path": path, "kind": chosen.kind or None} for path in paths[: len(files)]]
    title = name or base.name.replace("-", " ").capitalize()
    options = {**chosen.options, **({"people": {"file": paths[-1]}} if people else {})}
    text = render_default(name=title, sources=sources, options=options)
    base.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    for line in [*_not_clear(files, target), *_people_lines(people)]:
        click.secho(f"Not clear yet: {line}", fg="red", err=True)
    if files:
        click.echo(f"{target} written. To see first how the files are understood: voc ingest --explain FILES")
        click.echo(f"Next: voc run {target}")
    else:
        click.echo(f"{target} written. Next: name your files in it, then voc run {target}")
    return 0


def _inside(folder: Path) -> tuple[str, ...]:
    """The files that lie in a folder, by name, without hidden ones and settings."""
    files = sorted(one for one in folder.iterdir() if one.is_file()) if folder.is_dir() else []
    return tuple(str(one) for one in files if not one.name.startswith(".") and one.suffix != ".toml")


def _tells_people(path: Path) -> bool:
    """Whether a file says who people are and nothing that they said; no source is made of it."""
    from voc_engine.ingest.source import SourceFile
    from voc_engine.ingest.unclear import is_people_file

    return path.is_file() and is_people_file(SourceFile(path, path.name))


def _people_lines(people: list[str]) -> list[str]:
    from voc_engine.errors import ConfigError
    from voc_engine.privacy.people_file import parse_people

    lines = [f"{one} tells who people are as well; [people] file names one" for one in people[1:]]
    for path in people[:1]:
        click.echo(f"{path} tells who people are: [people] file, and no source of words", err=True)
        try:
            parse_people(Path(path).read_text(encoding="utf-8-sig"), path)
        except ConfigError as error:
            lines.append(f"{error.happened} {error.do}")
        except (OSError, UnicodeDecodeError):
            lines.append(f"{path} is no CSV in UTF-8; save it as one")
    return lines


def _not_clear(files: tuple[str, ...], config: Path) -> list[str]:
    """What has to be asked about the files before the first run."""
    from voc_engine.config import load_config
    from voc_engine.ingest.source import SourceFile
    from voc_engine.ingest.unclear import unclear

    sources = load_config(config).sources
    pairs = [(Path(one), options) for one, options in zip(files, sources, strict=False)]
    return unclear((SourceFile(path, path.name), options) for path, options in pairs if path.is_file())
