"""The folder of a study: where parts, runs, decisions, the vault and reports lie."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voc_engine.errors import ConfigError, StoreError
from voc_engine.store.decisions import Decisions
from voc_engine.store.identities import Vault
from voc_engine.store.model_answers import Answers
from voc_engine.store.parts import PartStore, private, writer_here
from voc_engine.store.tombstones import Tombstones

_CHECK = "check-"


@dataclass(frozen=True)
class Workspace:
    """Paths of one study; nothing is made on disk before it is needed."""

    root: Path

    @property
    def parts(self) -> PartStore:
        return PartStore(self.root / ".voc" / "parts")

    @property
    def vault(self) -> Vault:
        return Vault(self.root / ".voc" / "vault.sqlite")

    @property
    def tombstones(self) -> Tombstones:
        return Tombstones(self.root / ".voc" / "vault.sqlite")

    def kept_from(self) -> dict[str, str]:
        """Source's path as configured -> day (ISO 8601) before which its documents were removed for good."""
        path = self.root / ".voc" / "retention.json"
        return dict(read_json(path)) if path.exists() else {}

    def keep_from(self, days: dict[str, str]) -> None:
        """Remember these days; a day never moves back, since what was removed is not to return."""
        earlier = self.kept_from()
        merged = {path: max(earlier.get(path, ""), days.get(path, "")) for path in sorted({*earlier, *days})}
        write_json(self.root / ".voc" / "retention.json", merged)

    @property
    def decisions(self) -> Decisions:
        return Decisions(self.root / ".voc" / "decisions.sqlite")

    @property
    def answers(self) -> Answers:
        return Answers(self.root / ".voc" / "answers.sqlite")

    @property
    def runs(self) -> Path:
        return self.root / ".voc" / "runs"

    def report(self, run_id: str) -> Path:
        """Folder of what people read of one run."""
        return self.root / "reports" / run_id

    def manifest_path(self, run_id: str) -> Path:
        """Where a run's manifest lies."""
        return self.runs / f"{run_id}.json"

    def manifest(self, run_id: str) -> dict[str, Any] | None:
        """The manifest of a finished run, or None."""
        path = self.runs / f"{run_id}.json"
        return read_json(path) if path.exists() else None

    def write_manifest(self, run_id: str, manifest: dict[str, Any]) -> None:
        """Write a run's manifest, and remember the run as the latest."""
        write_json(self.runs / f"{run_id}.json", manifest)
        self.remember(run_id)

    def remember(self, run_id: str) -> None:
        """The run that verbs without a run's id mean; the order in which runs were first finished is kept beside it."""
        order = self._finished()
        write_json(
            self.runs / "latest", {"run_id": run_id, "finished": [*order, *([run_id] if run_id not in order else [])]}
        )

    def _finished(self) -> list[str]:
        """Runs in the order in which each was finished first, as far as that was noted."""
        path = self.runs / "latest"
        noted = read_json(path) if path.exists() else {}
        return [str(one) for one in noted.get("finished", [noted["run_id"]] if "run_id" in noted else [])]

    def earlier(self, run_id: str) -> str | None:
        """The run that was finished before this one and is still there, or None. That this one is made again later does
        not change the answer."""
        order = self._finished()
        before = order[: order.index(run_id)] if run_id in order else []
        there = (one for one in reversed(before) if self.manifest_path(one).exists() and self.report(one).is_dir())
        return next(there, None)

    def latest(self) -> str:
        """Id of the run that finished last. Raises ConfigError when nothing ran here."""
        path = self.runs / "latest"
        if not path.exists():
            raise ConfigError(
                "No run has finished in this workspace.",
                found=str(self.root),
                do="run 'voc run CONFIG' first, or name the workspace with --workspace",
            )
        return str(read_json(path)["run_id"])

    def sweep(self) -> None:
        """Remove what killed runs and checks left half done; called under the lock."""
        self.parts.sweep()
        self.sweep_checks()

    def sweep_checks(self) -> None:
        """Remove the parts of checks that were killed; those of a check that is under way stay."""
        for folder in sorted((self.root / ".voc").glob(f"{_CHECK}*")):
            handle = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            except BlockingIOError:
                continue
            finally:
                os.close(handle)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One run at a time. The lock goes with the process, also when it is killed."""
        path = self.root / ".voc" / "lock"
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.chmod(0o700)
            handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise StoreError(f"The workspace {self.root} cannot be written.", found=str(error)) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise StoreError(
                "Another run is working in this workspace.", found=str(path), do="wait until it ends, then run again"
            ) from None
        try:
            yield
        finally:
            os.close(handle)


@dataclass(frozen=True)
class CheckedWorkspace(Workspace):
    """A workspace in which a run is made again: parts go to a folder of their own, and nobody gets a new pseudonym."""

    scratch: Path

    @property
    def parts(self) -> PartStore:
        return PartStore(self.scratch)

    @property
    def vault(self) -> Vault:
        return Vault(self.root / ".voc" / "vault.sqlite", closed=True)


@contextmanager
def made_again(workspace: Workspace) -> Iterator[CheckedWorkspace]:
    """The workspace for a check; its parts hold what is not masked yet, and go with the block.

    What a killed check left behind goes first.
    """
    workspace.sweep_checks()
    folder = Path(tempfile.mkdtemp(prefix=_CHECK, dir=workspace.root / ".voc"))
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield CheckedWorkspace(workspace.root, folder)
    finally:
        os.close(handle)
        shutil.rmtree(folder, ignore_errors=True)


def read_json(path: Path) -> Any:
    """The value in a JSON file. Raises StoreError when it is damaged."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{path} is missing or damaged.",
            found=str(error)[:200],
            do="delete that file and run the same command again",
        ) from error


def write_bytes(path: Path, data: bytes) -> None:
    """Atomic and durable. Raises StoreError."""
    temporary = path.with_name(f".{path.name}.{writer_here()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "wb", opener=private) as sink:
            sink.write(data)
            sink.flush()
            os.fsync(sink.fileno())
        os.replace(temporary, path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise StoreError(f"{path} cannot be written.", found=str(error), do="free disk space or rights") from error


def write_json(path: Path, value: Any) -> None:
    """Atomic and durable; keys in the order given."""
    write_bytes(path, json_bytes(value))


def json_bytes(value: Any) -> bytes:
    """A value as ``write_json`` writes it."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
