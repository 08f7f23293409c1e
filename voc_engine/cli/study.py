"""From the arguments of a verb to a configuration and its workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from voc_engine.config import Config
    from voc_engine.store.workspace import Workspace


def open_study(config: str, workspace: str | None, *, no_redact: bool = False) -> tuple[Config, Path, Workspace]:
    """(configuration, folder that its paths are relative to, workspace). CONFIG may be a folder with a voc.toml."""
    from voc_engine.config import load_config
    from voc_engine.store.workspace import Workspace

    path = Path(config)
    if path.is_dir():
        path = path / "voc.toml"
    settings = load_config(path)
    if no_redact:
        settings = settings.model_copy(update={"redact": settings.redact.model_copy(update={"enabled": False})})
    folder = path.resolve().parent
    root = Path(workspace).resolve() if workspace else (folder / settings.study.workspace).resolve()
    place = Workspace(root)
    unlock(place)
    return without_forgotten(settings, place), folder, place


def without_forgotten(settings: Config, place: Workspace) -> Config:
    """The configuration without the names of people who were forgotten in this workspace."""
    from voc_engine.privacy.forgotten import config_left
    from voc_engine.runners.removals import removal_of

    return config_left(settings, removal_of(place).forgotten)


def unlock(place: Workspace) -> None:
    """Ask for the passphrase of an encrypted vault in a terminal, where the environment does not hold it.

    Elsewhere the first use of the vault tells what is missing.
    """
    from voc_engine.privacy.sealing import passphrase, type_passphrase

    if passphrase() is None and sys.stdin.isatty() and place.vault.encrypted:
        type_passphrase(click.prompt("Passphrase of the vault", hide_input=True, err=True))


def find_run(workspace: str, run_id: str | None) -> tuple[Workspace, str]:
    """The workspace and the run meant: the one named, else the latest."""
    from voc_engine.errors import ConfigError, nearest
    from voc_engine.store.workspace import Workspace

    place = Workspace(Path(workspace).resolve())
    unlock(place)
    if run_id is None:
        return place, place.latest()
    if place.manifest(run_id) is None:
        known = [path.stem for path in place.runs.glob("run-*.json")] if place.runs.is_dir() else []
        raise ConfigError(f"There is no run {run_id!r} in {place.root}.", do=nearest(run_id, known))
    return place, run_id
