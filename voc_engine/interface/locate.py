"""From the name of a configuration or a workspace to what a study consists of."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from voc_engine.config import Config, load_config
from voc_engine.errors import ConfigError, nearest
from voc_engine.privacy.forgotten import config_left
from voc_engine.runners.removals import removal_of
from voc_engine.store.workspace import Workspace

Unlock = Callable[[Workspace], None]


def vault_as_it_is(workspace: Workspace) -> None:
    """Ask nobody for a passphrase: the first use of an encrypted vault tells what is missing."""


def locate_study(
    config: str | os.PathLike[str],
    workspace: str | os.PathLike[str] | None,
    *,
    redact: bool = True,
    unlock: Unlock = vault_as_it_is,
) -> tuple[Config, Path, Workspace]:
    """(configuration, folder that its paths are relative to, workspace).

    ``config`` may be a folder with a voc.toml; ``unlock`` is called before the vault is read. People who were forgotten in
    the workspace are not in the configuration. Raises ConfigError for a configuration that is missing or cannot be used.
    """
    path = Path(config)
    if path.is_dir():
        path = path / "voc.toml"
    settings = load_config(path)
    if not redact:
        settings = settings.model_copy(update={"redact": settings.redact.model_copy(update={"enabled": False})})
    if settings.assistant.endpoint is not None and not settings.redact.enabled:
        raise ConfigError(
            "An assistant is asked with masked words only.",
            found="[assistant] endpoint is set, and redaction is off",
            do="switch redaction on, or take the endpoint out of the configuration",
        )
    folder = path.resolve().parent
    root = Path(workspace).resolve() if workspace else (folder / settings.study.workspace).resolve()
    located = Workspace(root)
    unlock(located)
    return without_forgotten(settings, located), folder, located


def without_forgotten(settings: Config, workspace: Workspace) -> Config:
    """The configuration without the names of people who were forgotten in this workspace."""
    return config_left(settings, removal_of(workspace).forgotten)


def locate_run(
    workspace: str | os.PathLike[str], run_id: str | None, *, unlock: Unlock = vault_as_it_is
) -> tuple[Workspace, str]:
    """The workspace and the run meant: the one named, else the latest. Raises ConfigError where there is none."""
    located = Workspace(Path(workspace).resolve())
    unlock(located)
    return located, known_run(located, run_id)


def known_run(workspace: Workspace, run_id: str | None) -> str:
    """The run named, else the latest. Raises ConfigError with the nearest known run for one that is not there."""
    if run_id is None:
        return workspace.latest()
    if workspace.manifest(run_id) is None:
        run_ids = [path.stem for path in workspace.runs.glob("run-*.json")] if workspace.runs.is_dir() else []
        raise ConfigError(f"There is no run {run_id!r} in {workspace.root}.", do=nearest(run_id, run_ids))
    return run_id
