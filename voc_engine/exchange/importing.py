"""A file of another tool, first read and told, then taken: decisions appended, or sources laid into the workspace."""

from __future__ import annotations

import re
from pathlib import Path

from voc_engine.errors import ConfigError, SourceError
from voc_engine.exchange.contract import Brought, ImportFormat
from voc_engine.exchange.exporting import registered, view_of
from voc_engine.registry import component
from voc_engine.store.holdings import with_evidence
from voc_engine.store.workspace import Workspace, write_bytes

_KIND = "import format"


def folder_of(path: Path) -> str:
    """Where a file's sources are laid, below the workspace: "imports/my-project"."""
    return f"imports/{re.sub(r'[^a-z0-9]+', '-', path.stem.lower()).strip('-') or 'project'}"


def read_file(workspace: Workspace, format_name: str, path: Path, run_id: str | None = None) -> Brought:
    """What is in a file, held against a run (the latest if None, none where nothing ran yet). Nothing is stored.

    Raises ConfigError for a format or a file that cannot be used.
    """
    chosen: ImportFormat = component(_KIND, registered(_KIND, format_name))
    try:
        view = view_of(workspace, run_id or workspace.latest())
    except ConfigError:
        if run_id is not None:
            raise
        view = None
    try:
        return chosen.read(path, view, folder_of(path))
    except SourceError as error:
        raise ConfigError(error.happened, found=error.found, do=error.do) from error


def take(workspace: Workspace, brought: Brought, path: Path) -> list[Path]:
    """Store what was read. Decisions are appended in one step; the paths of the files that were laid down are given."""
    if brought.decisions:
        workspace.decisions.append(with_evidence(workspace, brought.decisions), f"import {path.name}")
    laid = []
    for name, content in brought.files:
        target = workspace.root / folder_of(path) / name
        write_bytes(target, content)
        laid.append(target)
    return laid
