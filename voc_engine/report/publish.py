"""From a finished run's parts to the folder that people read: result tables, pages, manifest."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from voc_engine.config import Config
from voc_engine.errors import ConfigError, StoreError
from voc_engine.pipeline import STAGES
from voc_engine.privacy.withholding import withheld_in, withhold
from voc_engine.records import Batch, Estimate, Mention, Record, Skipped
from voc_engine.registry import component
from voc_engine.report.assistant_told import told_of_assistant
from voc_engine.report.contract import SourceInfo, Study
from voc_engine.report.data_tables import DERIVED, derived_rows
from voc_engine.report.evidence import Evidence
from voc_engine.report.manifest import is_sound, manifest_of, place_of, signed, with_shared_out
from voc_engine.report.redaction import told_options
from voc_engine.report.tree_tables import parents
from voc_engine.runners.fingerprint import CODEBASE, code_version, fingerprint, library_versions
from voc_engine.runners.state import RunState
from voc_engine.store.arrow_tables import to_table
from voc_engine.store.parts import before_decisions
from voc_engine.store.results import (
    csv_bytes,
    ordered,
    parquet_bytes,
    records_of,
    result_tables,
    with_estimates,
    with_parents,
)
from voc_engine.store.workspace import Workspace


def run_id_of(config: Config, state: RunState) -> str:
    """The run's id follows from its parts, its sources and the report's code: the same run has the same id for ever."""
    # How sentences were shared out among embed parts depends on when they were first seen, their vectors do not.
    named = {**state.parts, "embed": [state.names["embed"]]}
    parts = [part for stage in sorted(named) for part in named[stage]]
    sources = [f"{index.source}={index.sha256}" for index in state.indexes]
    report_code = CODEBASE.version([CODEBASE.module(__name__)])
    options = {
        "study": config.study.model_dump(exclude={"workspace", "part_rows"}),
        "report": config.report.model_dump(),
    }
    if assistant := told_of_assistant(config.assistant, state):
        options["assistant"] = dict(assistant)
    code = (report_code, code_version("store"), code_version("privacy"))
    return "run-" + fingerprint("report", options, (*code, *sources, *parts))[:12]


def publish(
    config: Config, state: RunState, workspace: Workspace, base: Path, *, again: bool = False
) -> tuple[str, bool]:
    """Write report and manifest of a run unless they are there. Returns the run's id and whether it was written now.

    ``base`` is the folder to which the configuration's paths are relative. The report appears under its name only
    when it is whole; with ``again`` it takes the place of the one that is there. Raises StoreError.
    """
    run_id = run_id_of(config, state)
    folder = workspace.report(run_id)
    stored_manifest = workspace.manifest(run_id)
    if folder.is_dir() and stored_manifest is not None and is_sound(stored_manifest) and not again:
        workspace.write_manifest(run_id, signed(_moved(stored_manifest, config, state, workspace, base)))
        return run_id, False
    unfinished = folder.with_name(f".{run_id}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    manifest = manifest_of(run_id, config, state, workspace, base)
    hashes: dict[str, str] = {}
    try:
        for path, content in report_files(config, state, workspace, run_id, manifest["seal"]):
            target = unfinished / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            hashes[path] = sha256(content).hexdigest()
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(unfinished, folder)
    except OSError as error:
        raise StoreError(f"{folder} cannot be written.", found=str(error), do="free disk space or rights") from error
    workspace.write_manifest(run_id, signed(manifest, hashes))
    return run_id, True


def _moved(
    manifest: dict[str, Any], config: Config, state: RunState, workspace: Workspace, base: Path
) -> dict[str, Any]:
    """The manifest with the places where the sources lie now: a study's folder may be copied or moved."""
    paths = {item.source: item.told_path for item in state.sources}
    inputs = [{**one, "path": paths[one["source"]]} for one in manifest["inputs"]]
    moved = {**manifest, "inputs": inputs, **place_of(config, workspace, base)}
    return with_shared_out(moved, state, workspace.parts)


def report_files(
    config: Config, state: RunState, workspace: Workspace, run_id: str, seal: str
) -> Iterator[tuple[str, bytes]]:
    """Every file that people read of a run: pairs of its path in the report's folder and its content.

    ``seal`` is the hash of the run's manifest, which the method page tells.
    """
    study = study_of(config, state, workspace, run_id, seal)
    derived = derived_rows(study)
    tables = published_tables(workspace, state, study.tables)
    tables |= {kind.table: ordered(kind.table, to_table(kind, derived.of(kind))) for kind in DERIVED}
    tables["insights"] = with_parents(tables["insights"], parents(Evidence(study)))
    if estimates := study.tables.of(Estimate):
        for target, name in (("insight", "insights"), ("persona", "personas")):
            figures = {one.target_id: (one.n_people, one.low, one.high) for one in estimates if one.target == target}
            tables[name] = with_estimates(tables[name], f"{target}_id", figures)
    for name, table in sorted(tables.items()):
        yield f"tables/{name}.parquet", parquet_bytes(table)
        yield f"tables/{name}.csv", csv_bytes(table)
    report = next(one for one in STAGES if one.kind == "report")
    yield from report.load()(study, config.report)


def published_tables(workspace: Workspace, state: RunState, records: Batch) -> dict[str, Any]:
    """The result tables (Arrow) by name. ``records`` are those that are published."""
    return result_tables(workspace.parts, state.parts, records if state.withheld else None)


def published_records(workspace: Workspace, run_id: str) -> Batch:
    """Every record of a finished run as its readers may see it: for exports and other programs that show words.

    Raises ConfigError for a run that is not there.
    """
    manifest = workspace.manifest(run_id)
    if manifest is None:
        raise ConfigError(f"There is no run {run_id!r} in {workspace.root}.", do="run the study first")
    tables = Batch.make(*records_of(workspace.parts, manifest["parts"], result_kinds()))
    return withhold(tables, withheld_in(manifest))


def result_kinds() -> list[type[Record]]:
    """Every class of record that a run has, in the order in which stages write them."""
    kinds: list[type[Record]] = []
    for stage in STAGES:
        kinds += [kind for kind in stage.writes if issubclass(kind, Record) and kind not in kinds]
    return kinds


def study_of(config: Config, state: RunState, workspace: Workspace, run_id: str, seal: str = "") -> Study:
    """Everything that a report format is given, without the words of people whom its readers may not see quoted."""
    tables = withhold(Batch.make(*records_of(workspace.parts, state.parts, result_kinds())), state.withheld)
    formats = {item.source: item.options.format or "" for item in state.sources}
    sources = tuple(
        SourceInfo(state.shown.get(index.source, index.source), index.sha256, ", ".join(index.kinds),
                   index.format or formats[index.source], index.documents, index.words)
        for index in state.indexes
    )  # fmt: skip
    heads = state.chosen["mentions"][1].get("heads")
    method = {
        "redaction": told_options(config.redact),
        "embedding": config.embed.model,
        "topics": _with_what_it_uses("topic model", config.topics.model),
        "mentions": config.mentions.extractor + (f", heads refitted ({heads})" if heads else ""),
        **told_of_assistant(config.assistant, state),
        **({"manifest": f"sha256 {seal}"} if seal else {}),
        "seeds": "every seed is fixed in the code; the same input gives the same bytes",
    }
    return Study(
        run_id, config.study.name, config.study.question, config, tables, sources, dict(library_versions()), method,
        tuple(one.decision for one in state.decided), _labelled(state, workspace),
    )  # fmt: skip


def _with_what_it_uses(kind: str, name: str) -> str:
    """The name of a component, and what it stands on where it says so."""
    used = getattr(component(kind, name), "uses", "")
    return f"{name}, which uses {used}" if used else name


def _labelled(state: RunState, workspace: Workspace) -> dict[str, str]:
    """Mention id -> the kind that the program gave, for mentions that people decided on; the stage's own part stays
    beside the one with the decisions replayed."""
    wanted = {one.decision.target_id for one in state.decided if one.decision.target == "mention"}
    kind_of: dict[str, str] = {}
    for part in state.parts["mentions"] if wanted else ():
        undecided = before_decisions(part)
        if undecided != part and workspace.parts.has("mentions", undecided, (Mention,)):
            table = workspace.parts.read_columns("mentions", undecided, Mention, ("mention_id", "kind"))
            pairs = zip(table.column("mention_id").to_pylist(), table.column("kind").to_pylist(), strict=True)
            kind_of |= {key: kind for key, kind in pairs if key in wanted}
    return dict(sorted(kind_of.items()))


def quarantined(state: RunState, workspace: Workspace) -> list[Skipped]:
    """What was not understood in this run's sources, by the files' own names: the owner has to find them."""
    ((_, skipped),) = records_of(workspace.parts, state.parts, (Skipped,))
    source_of = {shown: source for source, shown in state.shown.items()}
    return [
        replace(one, source=source_of.get(one.source, one.source))
        for one in skipped
        if isinstance(one, Skipped) and one.quarantined
    ]


def report_page(folder: Path) -> Path:
    """The page to open first, or the folder where no page was asked for."""
    page = folder / "index.html"
    return page if page.exists() else folder
