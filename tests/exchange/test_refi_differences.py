"""Our project, changed in another tool: every change comes back as the decision that it means, and nothing else does."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from changed_project import ChangedProject

from voc_engine.exchange.contract import Brought
from voc_engine.exchange.refi.refi_import import RefiImport
from voc_engine.exchange.run_view import RunView
from voc_engine.records import Batch, Mention, fault_of
from voc_engine.testing import example_study

VIEW = RunView(example_study())
EXPORT = "m-i-export-d-0"


@pytest.fixture
def project() -> ChangedProject:
    return ChangedProject(VIEW)


def read(project: ChangedProject, folder: Path) -> Brought:
    brought = RefiImport().read(project.save(folder), VIEW, "imports/changed")
    assert [one for one in brought.decisions if fault_of(one)] == []
    return brought


def told(project: ChangedProject, folder: Path) -> list[tuple[str, str, str, str | None]]:
    return [(one.target, one.target_id, one.action, one.value) for one in read(project, folder).decisions]


@pytest.mark.parametrize("switch", ["", "turns", "people-as-codes"])
def test_what_nobody_changed_is_no_decision(tmp_path: Path, switch: str) -> None:
    assert told(ChangedProject(VIEW, *filter(None, [switch])), tmp_path) == []


def test_new_guids_alone_are_no_decision(project: ChangedProject, tmp_path: Path) -> None:
    project.new_guids()
    assert told(project, tmp_path) == []


def test_without_any_id_names_and_texts_tell(project: ChangedProject, tmp_path: Path) -> None:
    project.new_guids()
    for one in project.all("//q:Description"):
        one.getparent().remove(one)
    assert told(project, tmp_path) == []


def test_a_renamed_code_is_a_renamed_insight(project: ChangedProject, tmp_path: Path) -> None:
    project.new_guids()
    project.code("export drops rows").set("name", "The last row is lost")
    assert told(project, tmp_path) == [("insight", "i-export", "rename", "The last row is lost")]


def test_a_removed_coding_is_a_rejected_mention(project: ChangedProject, tmp_path: Path) -> None:
    one = project.selection("I love the calendar.")
    one.getparent().remove(one)
    assert told(project, tmp_path) == [("mention", "m-i-love-d-1", "reject", None)]


def test_a_part_of_a_project_rejects_nothing(project: ChangedProject, tmp_path: Path) -> None:
    """Neither a source that is missing, nor one of which less than half came back, is a verdict on its mentions."""
    talk, review, *_ = project.all("//q:TextSource[q:PlainTextSelection]")
    talk.getparent().remove(talk)
    for one in review.xpath("*[local-name()='PlainTextSelection']"):
        review.remove(one)
    brought = read(project, tmp_path)
    assert brought.decisions == ()
    assert any("less than half" in line for line in brought.lines)


def test_a_coding_moved_to_another_kind_is_relabelled(project: ChangedProject, tmp_path: Path) -> None:
    coding = project.selection('The export "drops" rows').find(".//{*}CodeRef")
    coding.set("targetGUID", project.code("Objections").get("guid"))
    assert told(project, tmp_path) == [
        ("mention", EXPORT, "relabel", "objection"),
        ("mention", EXPORT, "move", "none"),
    ]


def test_a_code_that_is_gone_and_whose_words_stand_under_another_is_merged(
    project: ChangedProject, tmp_path: Path
) -> None:
    gone, home = project.code("love the calendar"), project.code("export drops rows")
    for one in project.all(f"//q:CodeRef[@targetGUID='{gone.get('guid')}']"):
        one.set("targetGUID", home.get("guid"))
    for one in project.all(f"//q:MemberCode[@targetGUID='{gone.get('guid')}']"):
        one.getparent().remove(one)
    gone.getparent().remove(gone)
    decisions = told(project, tmp_path)
    assert decisions[0] == ("insight", "i-love", "merge", "i-export")
    assert {one[2] for one in decisions[1:]} == {"relabel"}, "delights now stand below pain points"


def test_new_bounds(project: ChangedProject, tmp_path: Path) -> None:
    one = project.selection("The calendar is lovely")
    one.set("endPosition", str(int(one.get("startPosition")) + len("The calendar is lovely")))
    one.set("name", "The calendar is lovely")
    assert told(project, tmp_path) == [("mention", "m-i-love-d-2", "bounds", "0:22")]


def test_a_new_coding_is_added_with_its_words_and_its_author(project: ChangedProject, tmp_path: Path) -> None:
    project.mark(
        "Review reviews.csv row 3", "rows are gone", project.code("export drops rows").get("guid"), project.user("Ana")
    )
    (one,) = read(project, tmp_path).decisions
    assert (one.target, one.target_id, one.action, one.author) == ("document", "d-1", "add", "Ana")
    passage = json.loads(one.value)
    text = next(d.text for d in VIEW.documents if d.document_id == "d-1")
    assert text[passage["start"] : passage["end"]] == passage["words"] == "rows are gone"
    assert (passage["kind"], passage["insight"]) == ("pain_point", "i-export")


def test_a_second_code_on_coded_words_is_added_and_the_first_stays(project: ChangedProject, tmp_path: Path) -> None:
    one = project.selection("I love the calendar.")
    second = deepcopy(one.find("{*}Coding"))
    second.set("guid", "0" * 8 + "-0000-4000-8000-" + "1" * 12)
    second.find("{*}CodeRef").set("targetGUID", project.code("Goals").get("guid"))
    one.append(second)
    ((target, _, action, value),) = told(project, tmp_path)
    assert (target, action) == ("document", "add")
    assert (json.loads(value)["kind"], json.loads(value)["words"]) == ("goal", "I love the calendar.")


def test_of_two_codes_on_the_same_words_one_removed_is_one_rejected(tmp_path: Path) -> None:
    study = example_study()
    twin = replace(
        next(one for one in study.tables.of(Mention) if one.mention_id == EXPORT), mention_id="m-twin", kind="request"
    )
    tables = {**study.tables.tables, Mention: [*study.tables.of(Mention), twin]}
    view = RunView(replace(study, tables=Batch(tables)))
    project = ChangedProject(view)
    requests = project.code("Requests").get("guid")
    coding = project.one(f"//q:Coding[q:CodeRef/@targetGUID='{requests}']")
    coding.getparent().remove(coding)
    (one,) = RefiImport().read(project.save(tmp_path), view, "imports/x").decisions
    assert (one.target_id, one.action) == ("m-twin", "reject")


def test_a_written_remark_is_a_comment(project: ChangedProject, tmp_path: Path) -> None:
    one = project.selection('The export "drops" rows').find("{*}Description")
    one.text += "\nAna: ask her again in May"
    assert told(project, tmp_path) == [("mention", EXPORT, "comment", "Ana: ask her again in May")]


@pytest.mark.parametrize("spoil", ["mark", "crlf"])
def test_the_traps_of_tools_shift_nothing(project: ChangedProject, tmp_path: Path, spoil: str) -> None:
    """QualCoder writes a byte-order mark and does not count it; line ends become two characters and are counted as one."""
    for name, content in project.files.items():
        project.files[name] = b"\xef\xbb\xbf" + content if spoil == "mark" else content.replace(b"\n", b"\r\n")
    brought = read(project, tmp_path)
    assert brought.decisions == ()
    assert any("places read" in line for line in brought.lines)


def test_a_source_whose_places_hold_something_else_is_not_believed(project: ChangedProject, tmp_path: Path) -> None:
    for one in project.all("//q:PlainTextSelection"):
        one.set("name", "never said")
    brought = read(project, tmp_path)
    assert brought.decisions == ()
    assert any("only 0% of its places" in line for line in brought.lines)
