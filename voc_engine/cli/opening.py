"""From the arguments of a verb to a study, asking for the vault's passphrase where a person can answer."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from voc_engine.config import Config
    from voc_engine.store.workspace import Workspace


def runner_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--runner, --workers and --scheduler, for a verb that makes parts."""
    for option in (
        click.option("--scheduler", metavar="ADDRESS", help="Address of the Dask scheduler, with --runner dask."),
        click.option(
            "--workers", type=click.IntRange(1), help="Processes to use with --runner processes; all cores if absent."
        ),
        click.option(
            "--runner", type=click.Choice(["local", "processes", "dask"]), default="local", show_default=True,
            help="Where the work happens; the results are the same.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def open_study(config: str, workspace: str | None) -> tuple[Config, Path, Workspace]:
    """(configuration, folder that its paths are relative to, workspace). CONFIG may be a folder with a voc.toml."""
    from voc_engine.interface.locate import locate_study

    return locate_study(config, workspace, unlock=unlock)


def find_run(workspace: str, run_id: str | None) -> tuple[Workspace, str]:
    """The workspace and the run meant: the one named, else the latest."""
    from voc_engine.interface.locate import locate_run

    return locate_run(workspace, run_id, unlock=unlock)


def unlock(workspace: Workspace) -> None:
    """Ask for the passphrase of an encrypted vault in a terminal, where the environment does not hold it.

    Elsewhere the first use of the vault tells what is missing.
    """
    from voc_engine.privacy.sealing import passphrase, type_passphrase

    if passphrase() is None and sys.stdin.isatty() and workspace.vault.encrypted:
        type_passphrase(click.prompt("Passphrase of the vault", hide_input=True, err=True))
