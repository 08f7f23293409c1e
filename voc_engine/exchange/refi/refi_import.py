"""The import format "refi_qda.v1": a project of ours that was changed elsewhere, or somebody else's, or a codebook."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from voc_engine.exchange.contract import Brought
from voc_engine.exchange.refi.foreign_project import codes_file, codes_setting, laid_out, settings
from voc_engine.exchange.refi.project_changes import differences, known_sources
from voc_engine.exchange.refi.project_reader import ReadProject, read_codebook, read_project
from voc_engine.exchange.run_view import RunView
from voc_engine.report import wording


class RefiImport:
    """Tells the two cases apart by whether the project's sources are documents of the run."""

    name = "refi_qda.v1"
    does = "a .qdpx project (REFI-QDA): ours, changed in another tool, or somebody else's; or a .qdc codebook"

    def read(self, path: Path, view: RunView | None, folder: str) -> Brought:
        if path.suffix.lower() == ".qdc":
            return _codebook(path, folder)
        project = read_project(path)
        sources = known_sources(project, view) if view is not None else []
        if view is None or not sources:
            return _foreign(project, folder)
        changes = differences(project, view)
        says = (
            f"{wording.count(len(sources), 'source')} of {len(project.sources)} are documents of {view.run_id}:"
            f" what was changed becomes {wording.count(len(changes.decisions), 'decision')}"
            f"{_actions(Counter(one.action for one in changes.decisions))}"
        )
        return Brought(says, tuple(changes.decisions), lines=(*_readings(project), *changes.lines))


def _codebook(path: Path, folder: str) -> Brought:
    book = read_codebook(path)
    says = f"a codebook of {book.origin or 'an unknown tool'}: {wording.count(len(book.codes), 'code')}, laid down as a list"
    return Brought(says, files=(codes_file(book),), settings=codes_setting(folder))


def _actions(counted: Counter[str]) -> str:
    counts = ", ".join(f"{count} {action}" for action, count in sorted(counted.items()))
    return f" ({counts})" if counts else ""


def _foreign(project: ReadProject, folder: str) -> Brought:
    codings = sum(len(one.codings) for one in project.sources)
    says = (
        f"{project.name or 'A project'} of {project.origin or 'an unknown tool'}:"
        f" {wording.count(len(project.sources), 'source')},"
        f" {wording.count(len(project.cases), 'case')}, {wording.count(len(project.codes), 'code')},"
        f" {wording.count(codings, 'coding')}; its sources become documents of a study"
    )
    not_taken = tuple(f"not taken: {count:,} {what}" for what, count in sorted(project.not_taken.items()))
    again = (
        (f"codings: after 'voc run' give this command once more, and all {codings:,} become decisions",)
        if codings
        else ()
    )
    return Brought(
        says, files=tuple(laid_out(project)), settings=settings(project, folder),
        lines=(*_readings(project), *not_taken, *again),
    )  # fmt: skip


def _readings(project: ReadProject) -> tuple[str, ...]:
    """How places were understood, where not as they are."""
    counted = Counter(
        f"places read {one.reading.name}" for one in project.sources if one.codings and one.reading.name != "as it is"
    )
    bad = [one for one in project.sources if not one.reading.sound]
    lines = [f"{what} in {wording.count(count, 'source')}" for what, count in sorted(counted.items())]
    lines += [f"{one.name}: only {one.reading.score:.0%} of its places hold what they name" for one in bad]
    return tuple(lines)
