"""The manifest of a run: what it stands on, with the hash of every part, given file and file of the report.

Its ``seal`` is the hash of all that is the same whenever and wherever the run is made; it stands on the method page, so
that whoever holds the report can tell the manifest that belongs to it. ``checksum`` is that of the whole manifest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from voc_engine.config import Config
from voc_engine.errors import EvidenceError
from voc_engine.pipeline import STAGES
from voc_engine.privacy.forgotten import config_told
from voc_engine.records import Decision
from voc_engine.report.redaction import told_options
from voc_engine.runners.fingerprint import code_version, file_hash, library_versions
from voc_engine.runners.removals import removal_of
from voc_engine.runners.source_inputs import given_files
from voc_engine.runners.state import RunState
from voc_engine.runners.tasks import index_path
from voc_engine.store.parts import SCHEMA_VERSION, PartStore
from voc_engine.store.workspace import Workspace, json_bytes

MANIFEST_VERSION = 2  # 1 kept no hashes of what people read
# What differs between two makings of one run: when, where and how much of it was there already.
_PASSING = ("stages", "timings_s", "folder", "given", "report", "seal", "checksum")
_DISTINCT = [one.name for one in STAGES if one.kind == "distinct"]


def manifest_of(run_id: str, config: Config, state: RunState, workspace: Workspace, base: Path) -> dict[str, Any]:
    """The manifest of a run whose report is not written yet, with its seal."""
    manifest: dict[str, Any] = {
        "manifest": MANIFEST_VERSION,
        "run_id": run_id,
        "layout": SCHEMA_VERSION,
        "redaction": told_options(config.redact),
        "config": config_told(config, removal_of(workspace).forgotten).model_dump(mode="json"),
        "inputs": [
            {
                **asdict(index),
                "path": item.told_path,
                "ingest": item.name,
                "section": config.sources.index(item.options),
            }
            for item, index in zip(state.sources, state.indexes, strict=True)
        ],
        "versions": library_versions(),
        "code": {one.name: code_version(one.name) for one in STAGES},
        "parts": state.parts,
        "content": {name: state.names[name] for name in _DISTINCT},
        "hashes": part_hashes(workspace.parts, state),
        "consents": state.consents,
        "stages": [{"stage": plan.stage, "parts": plan.parts, "computed": plan.to_do} for plan in state.plans],
        "timings_s": state.timings,
        **place_of(config, workspace, base),
    }
    return {**manifest, "seal": seal_of(manifest)}


def place_of(config: Config, workspace: Workspace, base: Path) -> dict[str, Any]:
    """Where the run was made last, and of what beside its sources: files that are named, and people's decisions."""
    files = given_files(config, base)
    number = workspace.decisions.last()
    return {
        "folder": str(base),
        "given": {
            "files": {name: file_hash(path) for name, path in files.items() if path.is_file()},
            "decisions": {"last": number, "sha256": decisions_hash(workspace.decisions.in_force(number))},
            "answers": workspace.answers.last(),
        },
    }


def decisions_hash(decisions: Iterable[Decision]) -> str:
    """sha256 of decisions in their order."""
    return sha256(json_bytes([asdict(one) for one in decisions])).hexdigest()


def part_hashes(store: PartStore, state: RunState) -> dict[str, str]:
    """Path within the parts -> sha256, for every file that the run stands on: its parts, as they were before decisions
    too, and the indexes of its files."""
    paths = [index_path(store, item.name) for item in state.sources]
    for stage in STAGES:
        names = dict.fromkeys([*state.own.get(stage.name, ()), *state.parts.get(stage.name, ())])
        paths += [store.path(stage.name, name, kind) for name in names for kind in stage.writes]
    return {path.relative_to(store.root).as_posix(): file_hash(path) for path in paths}


def with_shared_out(manifest: dict[str, Any], state: RunState, store: PartStore) -> dict[str, Any]:
    """The manifest with the parts of vectors as they are shared out now: after people were forgotten, or parts deleted,
    the same sentences stand in other parts, or were embedded anew. Those that were there all the while keep their hash."""
    computed = {plan.stage for plan in state.plans if plan.to_do}
    for name in _DISTINCT:
        if name in computed or state.parts[name] != manifest["parts"][name]:
            unchanged = {path: value for path, value in manifest["hashes"].items() if path.partition("/")[0] != name}
            new = {path: value for path, value in part_hashes(store, state).items() if path.partition("/")[0] == name}
            parts = {**manifest["parts"], name: state.parts[name]}
            manifest = {**manifest, "parts": parts, "hashes": {**unchanged, **new}}
    return manifest


def seal_of(manifest: Mapping[str, Any]) -> str:
    """sha256 of what a run is, wherever and whenever it is made.

    How sentences were shared out among parts of vectors depends on when they were first seen: ``content`` stands for them.
    """
    lasting = {key: value for key, value in manifest.items() if key not in _PASSING}
    study = {key: value for key, value in manifest["config"]["study"].items() if key != "workspace"}
    lasting["config"] = {**manifest["config"], "study": study}
    lasting["inputs"] = [{key: value for key, value in one.items() if key != "path"} for one in manifest["inputs"]]
    for name in ("parts", "hashes"):
        lasting[name] = {k: v for k, v in manifest[name].items() if k.partition("/")[0] not in _DISTINCT}
    return sha256(json.dumps(lasting, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def signed(manifest: Mapping[str, Any], report: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The manifest with the hashes of the report's files, where they are given, and its checksum."""
    whole = {key: value for key, value in manifest.items() if key != "checksum"}
    if report is not None:
        whole["report"] = dict(sorted(report.items()))
    return {**whole, "checksum": _checksum(whole)}


def _checksum(whole: Mapping[str, Any]) -> str:
    return sha256(json_bytes(whole)).hexdigest()


def is_sound(manifest: Mapping[str, Any] | None) -> bool:
    """Whether a manifest is there, of this version, and as it was written."""
    if not isinstance(manifest, dict) or manifest.get("manifest") != MANIFEST_VERSION:
        return False
    whole = {key: value for key, value in manifest.items() if key != "checksum"}
    return bool(manifest.get("checksum") == _checksum(whole) and manifest.get("seal") == seal_of(whole))


def check_manifest(workspace: Workspace, run_id: str) -> dict[str, Any]:
    """The manifest of a run, which is what was written to the last character. Raises EvidenceError."""
    path, manifest = workspace.manifest_path(run_id), workspace.manifest(run_id)
    if isinstance(manifest, dict) and manifest.get("manifest") in range(1, MANIFEST_VERSION):
        raise EvidenceError(
            "The run was made by an earlier version of voc_engine, which kept no hashes.",
            found=f"manifest {manifest['manifest']}; this version writes manifest {MANIFEST_VERSION}",
            do="run the study again: pseudonyms and decisions stay, everything else is made anew from the sources",
        )
    if not is_sound(manifest) or manifest is None or path.read_bytes() != json_bytes(manifest):
        raise altered(f"The manifest {path.name}")
    return manifest


def check_files(root: Path, hashes: Mapping[str, str], what: str, *, may_be_gone: bool = False) -> int:
    """Number of files below ``root`` whose bytes are those that were written. Raises EvidenceError for the first that is
    gone or altered; that one is gone is no fault where it ``may_be_gone``, since it comes out again."""
    for name, wanted in hashes.items():
        path = root / name
        if not path.is_file() and may_be_gone:
            continue
        if not path.is_file():
            raise EvidenceError(f"{what} {name} is gone.", found=f"no file at {path}", do=_AGAIN)
        if file_hash(path) != wanted:
            raise altered(f"{what} {name}")
    return len(hashes)


_AGAIN = "run the study again; 'voc report --again' writes the report anew"


def altered(what: str) -> EvidenceError:
    """The error for something that is not what the run wrote."""
    return EvidenceError(f"{what} is not what the run wrote.", found="it was altered since", do=_AGAIN)
