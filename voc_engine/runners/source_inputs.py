"""From the configuration's globs to the files of a run, in a fixed order."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from voc_engine.config import Config, SourceConfig
from voc_engine.errors import ConfigError
from voc_engine.ingest.unpack import is_system_file
from voc_engine.mentions.heads.card import FILES
from voc_engine.privacy.forgotten import Forgotten
from voc_engine.runners.fingerprint import file_hash, fingerprint

_HIDDEN = (".", "~$")


@dataclass(frozen=True)
class SourceInput:
    """One file to read: ``source`` is its path relative to the configuration, ``name`` that of its ingest parts.

    A path that bears the name of somebody who was forgotten is told without it; ``told_path`` is what may be kept.
    """

    path: Path
    source: str
    sha256: str
    options: SourceConfig
    name: str
    told_path: str = ""


def find_sources(
    config: Config, folder: Path, workspace: Path, forgotten: Forgotten | None = None
) -> list[SourceInput]:
    """Every file that the configuration names, each once, sorted within its section.

    The people file, the codebook, refitted heads with their card, and what the engine itself wrote under ``workspace``
    are no sources: a glob such as **/*.csv would otherwise read the tables of the run before.

    Raises ConfigError when a section names nothing or when there is no section: a run over nothing hides a typing
    error.
    """
    if not config.sources:
        raise ConfigError("The configuration names no sources.", do="add a [[sources]] section with a path")
    inputs: dict[Path, SourceInput] = {}
    excluded = [workspace / ".voc", workspace / "reports", *given_files(config, folder).values()]
    for options in config.sources:
        paths = [path for path in _paths(options.path, folder) if not any(path.is_relative_to(one) for one in excluded)]
        if not paths:
            raise ConfigError(
                f"No file matches the source {options.path!r}.",
                found=f"looked in {folder}",
                do="mend the path; it is relative to the configuration file",
            )
        for path in paths:
            if path not in inputs:
                inputs[path] = _input(path, folder, options, forgotten or Forgotten(), config.study.part_rows)
    return list(inputs.values())


def given_files(config: Config, folder: Path) -> dict[str, Path]:
    """Files beside the sources that the configuration names, by their path in it: people, codes, refitted heads, their
    card."""
    names = [one for one in (config.people.file, config.codebook.file) if one is not None]
    if config.mentions.heads is not None:
        names += [(PurePosixPath(config.mentions.heads) / name).as_posix() for name in FILES]
    return {name: Path(os.path.normpath(folder / name)) for name in names}


def _paths(pattern: str, folder: Path) -> list[Path]:
    path = folder / pattern
    if path.is_file():
        return [Path(os.path.normpath(path))]
    if path.is_dir():
        pattern = str(Path(glob.escape(pattern)) / "**" / "*")
    # Only the configured pattern is one: brackets in the names of the folders above it are letters.
    matches = (folder / name for name in glob.glob(pattern, root_dir=folder, recursive=True))
    files = {Path(os.path.normpath(one)) for one in matches if one.is_file()}
    return sorted((one for one in files if not _is_hidden(one.name)), key=lambda one: one.as_posix())


def _is_hidden(name: str) -> bool:
    return name.startswith(_HIDDEN) or is_system_file(name)


def _input(path: Path, folder: Path, options: SourceConfig, forgotten: Forgotten, rows: int) -> SourceInput:
    plain = Path(os.path.relpath(path, folder)).as_posix()
    sha256 = file_hash(path)
    source, shown_path = forgotten.mask_path(plain), str(path)
    if source != plain:
        masked = PurePosixPath(source)
        source = shown_path = masked.with_name(f"{masked.stem}-{sha256[:8]}{masked.suffix}").as_posix()
    chosen = options.model_dump(exclude={"path", "retention_days", "keep_until", "collected"})
    return SourceInput(
        path, source, sha256, options, fingerprint("ingest", chosen, (source, sha256, f"{rows}")), shown_path
    )
