"""Re-check a run: its sources, every part and file, every quote, count and link, and that all of it comes out again.

The first fault is named. What is altered in a report is told by what the same passes give again from the same sources;
what is altered in a part, a given file or the manifest by the hash that was taken when it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from voc_engine.privacy.withholding import withheld_people
from voc_engine.records import Document
from voc_engine.report.differences import difference, first_difference
from voc_engine.report.manifest import check_files, check_manifest, seal_of
from voc_engine.report.publish import report_files, study_of
from voc_engine.report.verify_again import Again, again, check_given, check_versions, inputs_of
from voc_engine.report.verify_pages import check_pages
from voc_engine.report.verify_tables import CHECKS, Checked, Tables, fault, theme_people
from voc_engine.report.verify_withheld import check_silence, check_spans
from voc_engine.runners.progress import Progress
from voc_engine.runners.workers import Workers
from voc_engine.store.workspace import Workspace


def verify(
    workspace: Workspace, run_id: str, *, quick: bool = False, full: bool = False, workers: Workers | None = None,
    progress: Progress | None = None,
) -> Iterator[Checked]:  # fmt: skip
    """Each check in turn. ``quick`` compares hashes only; ``full`` makes what models and fits gave again as well.

    Raises EvidenceError at the first fault, ConfigError where another version of the program made the run.
    """
    manifest = check_manifest(workspace, run_id)
    yield Checked("manifest as it was written", 1)
    sources = inputs_of(workspace, manifest)
    yield Checked("source files unchanged", len(sources))
    yield Checked("further files and decisions unchanged", check_given(workspace, manifest))
    folder, parts = workspace.report(run_id), manifest["hashes"]
    count = check_files(workspace.parts.root, parts, "The part", may_be_gone=not quick)
    yield Checked("parts unchanged", count)
    if quick:
        yield _files_unchanged(folder, manifest)
        return
    check_versions(manifest)
    with again(workspace, manifest, sources, workers, progress, full=full) as run:
        yield from _against(run, workspace, manifest, folder)
    yield _files_unchanged(folder, manifest)


def _files_unchanged(folder: Path, manifest: dict[str, Any]) -> Checked:
    count = check_files(folder, manifest["report"], "The file")
    _nothing_else(folder, set(manifest["report"]))
    return Checked("files of the report unchanged", count)


def _nothing_else(folder: Path, names: set[str]) -> None:
    for path in sorted(one for one in folder.rglob("*") if not one.is_dir() or one.is_symlink()):
        if (name := path.relative_to(folder).as_posix()) not in names:
            raise fault(f"The file {name} does not belong to the report.", "the run did not write it")


def _against(run: Again, workspace: Workspace, manifest: dict[str, Any], folder: Path) -> Iterator[Checked]:
    """The report in the folder against the run as it comes out again."""
    tables = Tables(folder)
    yield _documents(run, tables)
    _consents(run, manifest)
    for check in CHECKS:
        yield check(tables)
    yield _pages(tables)
    yield _withheld(run, tables)
    yield _parts_again(run, workspace)
    yield _files_again(run, manifest, folder)


def _documents(run: Again, tables: Tables) -> Checked:
    texts = {row["document_id"]: (row["text"], row["person_id"]) for row in tables.rows("documents")}
    documents = study_of(run.config, run.state, run.workspace, "").tables.of(Document)
    for document in documents:
        stored = texts.get(document.document_id)
        if stored is None:
            raise fault(f"Document {document.document_id} is missing.", f"{document.source}, {document.locator}")
        if stored != (document.text, document.person_id):
            position = first_difference(stored[0], document.text)
            raise fault(
                f"Document {document.document_id} is not what {document.source} says.",
                f"first difference at character {position}: {stored[0][position : position + 40]!r}",
            )
    if len(documents) != len(tables.rows("documents")):
        counts = f"{len(tables.rows('documents')):,} stored, {len(documents):,} read again"
        raise fault("Some documents stand in no source.", counts)
    return Checked("documents equal to their sources", len(documents))


def _consents(run: Again, manifest: dict[str, Any]) -> None:
    stated, heeded = run.state.consents, manifest["consents"]
    if stated != heeded:
        who = next(one for one in sorted({*stated, *heeded}) if stated.get(one) != heeded.get(one))
        raise fault(f"The run did not heed what {who} consented to.", str(stated.get(who, "everything")))


def _pages(tables: Tables) -> Checked:
    quotes = {row["mention_id"]: row["quote"] for row in tables.rows("mentions")}
    quotes |= {row["disclosure_id"]: row["quote"] for row in tables.rows("disclosures")}
    counts = {
        kind: {row[f"{kind}_id"]: row["n_people"] for row in tables.rows(f"{kind}s")}
        for kind in ("insight", "persona", "topic")
    }
    counts["theme"] = theme_people(tables)
    return Checked("links and quotes on the pages", check_pages(tables.folder, quotes, counts))


def _withheld(run: Again, tables: Tables) -> Checked:
    """Who may not be quoted: their rows stand on the words that the store holds, and no file repeats these."""
    people = withheld_people(run.state.consents, run.config.report.audience)
    if people:
        check_spans(run.workspace.parts, run.state.parts, tables.rows, people)
        check_silence(run.workspace.parts, run.state.parts, tables.folder, people)
    return Checked("people whose words are withheld", len(people))


def _parts_again(run: Again, workspace: Workspace) -> Checked:
    """Everything that was made again below the parts, against what is stored under its name."""
    paths = sorted(path for path in run.workspace.parts.root.rglob("*") if path.is_file())
    count = 0
    for path in paths:
        name = path.relative_to(run.workspace.parts.root)
        stored = workspace.parts.root / name
        if stored.is_file() and not stored.samefile(path):
            if stored.read_bytes() != path.read_bytes():
                raise fault(f"The part {name.as_posix()} is not what the run gives again.", "it was altered since")
            count += 1
    return Checked("parts that come out again", count)


def _files_again(run: Again, manifest: dict[str, Any], folder: Path) -> Checked:
    """Every table and page, against what the passes and the templates give again."""
    names: set[str] = set()
    for name, wanted in report_files(run.config, run.state, run.workspace, manifest["run_id"], seal_of(manifest)):
        names.add(name)
        if (error := difference(folder / name, name, wanted)) is not None:
            raise error
    _nothing_else(folder, names)
    return Checked("tables and pages that come out again", len(names))
