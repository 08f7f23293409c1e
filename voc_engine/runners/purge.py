"""Take out of a workspace what may not stay: ingest parts are rewritten, what was made of them is deleted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict
from pathlib import Path

from voc_engine.errors import StoreError
from voc_engine.pipeline import STAGES, stage
from voc_engine.privacy.removal import FileRemoval, Removal, Removed
from voc_engine.records import EMBEDDED_ROLES, Batch, Segment, Vectors, stable_hash
from voc_engine.runners.source_inputs import SourceInput
from voc_engine.runners.tasks import FileIndex, index_path, write_parts
from voc_engine.store.parts import PartStore, read_parquet
from voc_engine.store.workspace import Workspace, write_json

_MAPPED = tuple(one.name for one in STAGES if one.kind == "map")
_FITTED = tuple(one.name for one in STAGES if one.kind == "fit")
# What passes keep of every document beside the parts; made anew where it is wanted.
_BESIDE = ("copies", "drawing")


def purge(
    workspace: Workspace, sources: Sequence[SourceInput], removal: Removal, people: Set[str], removed: Removed
) -> Removed:
    """Remove what ``removal`` names from every part, run and report, and all that ``people`` (pseudonyms) said.

    ``removed`` is what is known to go, and is given back with what was met besides: where a killed command took it out of
    the ingest parts, what was made of it may still be there. What was read of files that the configuration no longer
    names goes as a whole. Parts that did not hold anything of it stay; a run afterwards makes the others anew. Running it
    again is safe, also after it was killed.
    """
    store = workspace.parts
    named = {item.name for item in sources}
    for path in sorted((store.root / "ingest").glob("*.index.json")):
        if path.name.removesuffix(".index.json") not in named:
            path.unlink()
    for item in sources:
        purge_file(store, item, removal.of(item.options), removed)
    used = {part for item in sources for part in _index_parts(store, item)}
    for part in store.names("ingest"):
        if part not in used:
            # A file that bears the person's name has another name from now on: its old parts are counted as they go.
            removed.documents |= _whole(store, part, removal)
            store.remove("ingest", part)
    gone = removed.documents | removed.touched
    _prune_vectors(store, removed.documents, people)
    _remove_runs(workspace, gone, people)
    workspace.answers.forget(gone, people)
    _remove_made(store, gone, people)
    return removed


def _remove_made(store: PartStore, documents: Set[str], people: Set[str]) -> None:
    """Remove what stages and passes made of what is gone."""
    for name in _MAPPED:
        for part in store.names(name):
            if store.holds(name, part, "document_id", documents) or store.holds(name, part, "person_id", people):
                store.remove(name, part)
    for name in _FITTED:
        shutil.rmtree(store.root / name, ignore_errors=True)
    for name in _BESIDE:
        shutil.rmtree(store.root / name, ignore_errors=True)


def purge_file(store: PartStore, item: SourceInput, removal: FileRemoval | None, removed: Removed) -> None:
    """Rewrite the ingest parts of one file where something is to be removed. A file that was not read is left."""
    path = index_path(store, item.name)
    if removal is None or not path.exists():
        return
    kinds = stage("ingest").writes
    try:
        index = FileIndex.load(path)
        removable = Removed()
        for part in index.parts:
            removable.join(removal.applied(store.read_batch("ingest", part, kinds))[1])  # type: ignore[arg-type]
        if not removable:
            return
        batches = (store.read_batch("ingest", part, kinds) for part in index.parts)  # type: ignore[arg-type]
        new = write_parts(store, index, item.name, batches, removal)
    except StoreError:
        path.unlink()  # damaged: the run reads the file again
        return
    removed.join(removable)
    write_json(path, asdict(new))


def _whole(store: PartStore, part: str, removal: Removal) -> Set[str]:
    """Ids of the documents of a part that go because their author was forgotten."""
    try:
        batch = store.read_batch("ingest", part, stage("ingest").writes)  # type: ignore[arg-type]
    except StoreError:
        return frozenset()
    return FileRemoval(removal.forgotten).applied(batch)[1].documents


def _index_parts(store: PartStore, item: SourceInput) -> tuple[str, ...]:
    path = index_path(store, item.name)
    return FileIndex.load(path).parts if path.exists() else ()


def _prune_vectors(store: PartStore, documents: Set[str], people: Set[str]) -> None:
    """Keep the vectors of what others say, and no others."""
    masks = [f"[{person}]" for person in sorted(people)]
    keep: set[str] = set()
    for part in store.names("segment"):
        try:
            rows = store.read("segment", part, Segment)
        except StoreError:
            continue
        keep |= {
            one.text_key for one in rows
            if one.person_id not in people and one.document_id not in documents and one.role in EMBEDDED_ROLES
            and not any(mask in one.text for mask in masks)
        }  # fmt: skip
    keep_vectors(store, keep)


def keep_vectors(store: PartStore, keep: Set[str]) -> None:
    """Rewrite every part of vectors without the keys that are not wanted."""
    for part in store.names("embed"):
        try:
            vectors = store.read_vectors("embed", [part])
        except StoreError:
            store.remove("embed", part)
            continue
        remaining = [key for key in vectors.keys if key in keep]
        if len(remaining) == len(vectors.keys):
            continue
        if remaining:
            name = f"{part.partition('-')[0]}-{stable_hash(*remaining)}"
            store.write("embed", name, (Vectors,), Batch(vectors=Vectors(tuple(remaining), vectors.rows(remaining))))
        store.remove("embed", part)


def _remove_runs(workspace: Workspace, documents: Set[str], people: Set[str]) -> None:
    """Delete the reports and manifests in which they stand; what cannot be read is taken to be one of them."""
    reports = workspace.root / "reports"
    folders = [path for path in reports.iterdir() if path.is_dir()] if reports.is_dir() else []
    for folder in sorted(folders):
        if folder.name.startswith(".run-") or (folder.name.startswith("run-") and _tells_of(folder, documents, people)):
            shutil.rmtree(folder)
    for path in workspace.runs.glob(".*.tmp"):
        path.unlink()  # half a manifest that a killed run left
    for path in sorted(workspace.runs.glob("run-*.json")) if workspace.runs.is_dir() else []:
        if not workspace.report(path.stem).is_dir():
            path.unlink()
    _remove_comparisons(workspace)
    latest = workspace.runs / "latest"
    if latest.exists() and not workspace.report(workspace.latest()).is_dir():
        latest.unlink()


def _remove_comparisons(workspace: Workspace) -> None:
    """Delete what 'voc diff', 'voc export' and 'voc check' wrote beside the reports unless the runs of which it tells are
    still there."""
    for kind in ("export", "check"):
        for path in sorted((workspace.root / "reports").glob(f"{kind}-run-*")):
            if not workspace.report(path.name.removeprefix(f"{kind}-")).is_dir():
                shutil.rmtree(path)
    for path in sorted((workspace.root / "reports").glob("diff-*")):
        try:
            sides = json.loads((path / "diff.json").read_text(encoding="utf-8"))
            stays = all(workspace.report(sides[side]["run_id"]).is_dir() for side in ("old", "new"))
        except (OSError, ValueError, KeyError, TypeError):
            stays = False
        if not stays and path.is_dir():
            shutil.rmtree(path)


def _tells_of(folder: Path, documents: Set[str], people: Set[str]) -> bool:
    wanted = (("documents", "document_id", documents), ("documents", "person_id", people),
              ("segments", "person_id", people), ("memberships", "person_id", people))  # fmt: skip
    try:
        return any(
            not values.isdisjoint(read_parquet(folder / "tables" / f"{name}.parquet", (column,)).column(column).to_pylist())
            for name, column, values in wanted
        )  # fmt: skip
    except StoreError:
        return True


def remove_unused(workspace: Workspace, parts: Mapping[str, Sequence[str]]) -> int:
    """Delete every part that a run does not use: what earlier versions of files and options left behind.

    ``parts``: those of the run by stage. Number of parts removed. A stage's own part stays beside the one in which
    decisions were replayed.
    """
    store, count = workspace.parts, 0
    for name, used in sorted(parts.items()):
        decided = "" if name in ("ingest", "embed") else "-"
        for part in store.names(name):
            if part not in used and not (decided and any(one.startswith(part + decided) for one in used)):
                store.remove(name, part)
                count += 1
    return count
