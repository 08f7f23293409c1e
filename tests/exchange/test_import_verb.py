"""voc import of another tool's file, as a user sees it: told first, taken when asked, in force with the next run."""

from __future__ import annotations

from pathlib import Path

from changed_project import ChangedProject
from tiny_study import TinyStudy

from voc_engine.exchange.exporting import view_of
from voc_engine.store.workspace import Workspace


def changed(study: TinyStudy, folder: Path) -> tuple[Path, str]:
    """The study's project with one finding renamed, and that finding's id."""
    view = view_of(Workspace(study.root), study.run_id)
    project = ChangedProject(view)
    code = project.all("//q:Codes/q:Code/q:Code")[0]
    code.set("name", "Called otherwise by Ana")
    key = code.findtext("{*}Description").partition("]")[0].lstrip("[")
    return project.save(folder), key


def test_a_changed_project_is_told_and_stored_only_when_asked(study: TinyStudy, tmp_path: Path) -> None:
    path, key = changed(study, tmp_path)
    told = study.voc("import", "refi-qda", str(path))
    assert "becomes 1 decision (1 rename)" in told.out
    assert told.code == 3, "nobody answered the question"
    assert Workspace(study.root).decisions.in_force() == []
    assert study.voc("import", "refi-qda", str(path), "--yes").code == 0
    (one,) = Workspace(study.root).decisions.in_force()
    assert (one.target, one.target_id, one.action, one.value) == ("insight", key, "rename", "Called otherwise by Ana")
    assert one.evidence


def test_an_unchanged_project_has_nothing_to_take(study: TinyStudy, tmp_path: Path) -> None:
    assert study.voc("export", "refi-qda", "--out", str(tmp_path / "same.qdpx")).code == 0
    told = study.voc("import", "refi-qda", str(tmp_path / "same.qdpx"), "--yes")
    assert told.code == 0
    assert "nothing to take" in told.out


def test_an_unknown_format_gets_the_nearest(study: TinyStudy) -> None:
    told = study.voc("import", "refi-qdaa", "x.qdpx")
    assert told.code == 2
    assert "There is no import format" in told.err


def test_somebody_elses_project_is_laid_into_the_workspace(fresh: TinyStudy, study: TinyStudy, tmp_path: Path) -> None:
    path, _ = changed(study, tmp_path)
    told = fresh.voc("import", "refi-qda", str(path), "--yes")
    assert told.code == 0
    laid = sorted((fresh.root / "imports" / "changed" / "sources").iterdir())
    assert len(laid) == len(view_of(Workspace(study.root), study.run_id).documents)
    assert 'path = "imports/changed/sources/' in told.out
