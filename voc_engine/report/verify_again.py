"""Make a run again beside the one that is there, from the same files and through the same passes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voc_engine.config import Config
from voc_engine.errors import ConfigError, EvidenceError, StageError
from voc_engine.pipeline import FLOW, STAGES
from voc_engine.report.manifest import decisions_hash
from voc_engine.runners.engine import Engine
from voc_engine.runners.fingerprint import code_version, file_hash, library_versions
from voc_engine.runners.progress import Progress
from voc_engine.runners.removals import removal_of
from voc_engine.runners.source_inputs import SourceInput, find_sources, given_files
from voc_engine.runners.state import RunState
from voc_engine.runners.workers import Workers
from voc_engine.store.workspace import CheckedWorkspace, Workspace, made_again

_NEW = "run the study again, or put the old file back"


@dataclass(frozen=True)
class Again:
    """A run as it comes out when it is made again; its parts are gone when the check is over."""

    config: Config
    state: RunState
    workspace: CheckedWorkspace


def inputs_of(workspace: Workspace, manifest: dict[str, Any]) -> list[SourceInput]:
    """The source files of a run, which are those that were read. Raises EvidenceError."""
    config = Config.model_validate(manifest["config"])
    places = _places(config, workspace, manifest)
    for item in manifest["inputs"]:
        path = places[item["source"]]
        if not path.is_file():
            raise EvidenceError(f"The source {item['source']} is gone.", found=f"no file at {path}", do=_NEW)
        if file_hash(path) != item["sha256"]:
            raise _other(f"The source {item['source']}")
    return [
        SourceInput(
            places[item["source"]], item["source"], item["sha256"], config.sources[item["section"]], item["ingest"],
            item["path"],
        )
        for item in manifest["inputs"]
    ]  # fmt: skip


def _places(config: Config, workspace: Workspace, manifest: dict[str, Any]) -> dict[str, Path]:
    """Source -> where it lies; of files whose names may not be told it is found again."""
    places = {item["source"]: Path(item["path"]) for item in manifest["inputs"]}
    forgotten = removal_of(workspace).forgotten
    if forgotten and not all(path.is_absolute() for path in places.values()):
        again = find_sources(config, Path(manifest["folder"]), workspace.root, forgotten)
        places |= {item.source: item.path for item in again}
    return places


def check_given(workspace: Workspace, manifest: dict[str, Any]) -> int:
    """Number of files and decisions beside the sources that are those of the run. Raises EvidenceError."""
    files, decisions = manifest["given"]["files"], manifest["given"]["decisions"]
    paths = given_files(Config.model_validate(manifest["config"]), Path(manifest["folder"]))
    for name, wanted in files.items():
        if not paths[name].is_file():
            raise EvidenceError(f"The file {name} is gone.", found=f"no file at {paths[name]}", do=_NEW)
        if file_hash(paths[name]) != wanted:
            raise _other(f"The file {name}")
    if decisions_hash(workspace.decisions.in_force(decisions["last"])) != decisions["sha256"]:
        raise EvidenceError(
            "People's decisions are not those that the run repeated.", found="they were altered since",
            do="run the study again",
        )  # fmt: skip
    return len(files) + int(decisions["last"])


def _other(what: str) -> EvidenceError:
    return EvidenceError(
        f"{what} is not the file that was read.", found="its bytes have changed since the run", do=_NEW
    )


def check_versions(manifest: dict[str, Any]) -> None:
    """Raises ConfigError where the program is another one than that of the run: then it gives something else again."""
    code = {one.name: code_version(one.name) for one in STAGES}
    changed = [name for name, version in code.items() if manifest["code"].get(name) != version]
    now, then = library_versions(), manifest["versions"]
    changed += [f"{name} {then.get(name)}" for name in sorted({*now, *then}) if now.get(name) != then.get(name)]
    if changed:
        raise ConfigError(
            "The run was made by another version of the program, which gives something else again.",
            found=f"other than now: {', '.join(changed[:8])}",
            do="run the study again, or check its hashes alone: voc verify --quick",
        )


@contextmanager
def again(
    workspace: Workspace, manifest: dict[str, Any], sources: list[SourceInput], workers: Workers | None,
    progress: Progress | None, *, full: bool,
) -> Iterator[Again]:  # fmt: skip
    """The run, made again. What models and fits gave is taken over, since its hash was checked, unless ``full``."""
    config = Config.model_validate(manifest["config"])
    decisions = workspace.decisions.in_force(manifest["given"]["decisions"]["last"])
    with made_again(workspace) as remade:
        if not full:
            _take_over(workspace, remade, manifest)
        engine = Engine(
            config, Path(manifest["folder"]), remade, workers, progress, sources=sources, decisions=decisions,
            answered_until=manifest["given"].get("answers", 0),
        )  # fmt: skip
        try:
            yield Again(config, engine.execute(), remade)
        except StageError as error:
            raise EvidenceError(
                "The run cannot be made again.", found=f"{error.happened} {error.found}", do=error.do
            ) from error


def _take_over(workspace: Workspace, remade: CheckedWorkspace, manifest: dict[str, Any]) -> None:
    """Parts of the first stage that loads a model and of all later ones, but for those in which decisions were repeated."""
    first = next(number for number, one in enumerate(FLOW) if one.kind == "distinct")
    later = {one.name for one in FLOW[first:]}
    repeated = {part for name in later for part in manifest["parts"].get(name, ()) if "-" in part}
    distinct = {one.name for one in FLOW if one.kind == "distinct"}
    for name in manifest["hashes"]:
        folder, _, file = name.partition("/")
        if folder not in later or (folder not in distinct and file.partition(".")[0] in repeated):
            continue
        old, new = workspace.parts.root / name, remade.parts.root / name
        if old.is_file():
            new.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(old, new)
            except OSError:
                shutil.copyfile(old, new)
