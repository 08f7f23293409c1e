"""Codes of one's own go out with their passages, and what is changed there comes back as decisions on them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from changed_project import NAMESPACE, ChangedProject
from lxml import etree

from voc_engine.exchange.contract import Brought
from voc_engine.exchange.refi.qdpx import RefiQda
from voc_engine.exchange.refi.refi_import import RefiImport
from voc_engine.exchange.run_view import RunView
from voc_engine.privacy.withholding import MARK
from voc_engine.records import Batch, Code, Coding, Document, Segment, fault_of
from voc_engine.testing import example_study

STUDY = example_study()
BARRIERS = Code("c-barriers", "Barriers", "What stands in the way", "given", 1, 1, 0.0, 0.5)
ROWS = Code("c-rows", "Rows", "Rows that are lost", "given", 1, 2, 0.0, 0.5, above="c-barriers")


def coding(code: str, segment: Segment) -> Coding:
    return Coding(f"{code}:{segment.segment_id}", code, segment.segment_id, segment.document_id, segment.person_id,
                  segment.start, segment.end, 0.71, "machine")  # fmt: skip


REVIEWED = [one for one in STUDY.tables.of(Segment) if one.document_id != "d-talk"]
TALKED = next(one for one in STUDY.tables.of(Segment) if one.document_id == "d-talk")
CODINGS = (coding("c-barriers", REVIEWED[0]), coding("c-rows", REVIEWED[0]), coding("c-rows", TALKED))


def view_of(codings: Sequence[Coding] = CODINGS, codes: Sequence[Code] = (BARRIERS, ROWS)) -> RunView:
    own = {Code: list(codes), Coding: list(codings)}
    return RunView(replace(STUDY, tables=Batch({**STUDY.tables.tables, **own}, STUDY.tables.vectors)))


VIEW = view_of()


@pytest.fixture
def project() -> ChangedProject:
    return ChangedProject(VIEW)


def read(project: ChangedProject, folder: Path, view: RunView = VIEW) -> Brought:
    brought = RefiImport().read(project.save(folder), view, "imports/changed")
    assert [one for one in brought.decisions if fault_of(one)] == []
    return brought


def told(brought: Brought) -> list[tuple[str, str, str]]:
    return [(one.target, one.target_id, one.action) for one in brought.decisions]


def coded_with(project: ChangedProject, name: str) -> list[str]:
    """The words under a code, as another tool reads them."""
    guid, found = project.code(name).get("guid"), []
    for one in project.all(f"//q:PlainTextSelection[q:Coding/q:CodeRef/@targetGUID='{guid}']"):
        text = project.files[f"sources/{one.getparent().get('guid')}.txt"].decode()
        found.append(text[int(one.get("startPosition")) : int(one.get("endPosition"))])
    return sorted(found)


def new_code(project: ChangedProject, name: str, above: str | None = None) -> str:
    parent = project.code(above) if above else project.one("//q:Codes")
    guid = f"{len(project.all('//q:Code')):08d}-0000-4000-8000-000000000000"
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}Code", guid=guid, name=name, isCodable="true")
    etree.SubElement(made, f"{{{NAMESPACE}}}Description").text = f"All about {name.lower()}"
    return guid


def test_every_passage_goes_out_below_its_code(project: ChangedProject) -> None:
    assert coded_with(project, "Barriers") == [REVIEWED[0].text]
    assert coded_with(project, "Rows") == sorted((REVIEWED[0].text, TALKED.text))
    assert project.code("Rows").getparent().get("name") == "Barriers"


def test_every_passage_is_known_again_in_the_file() -> None:
    ((_, content),) = RefiQda().write(VIEW, frozenset()).files
    words = {one.mention_id: one.words for one in RefiQda().shown("out.qdpx", content)}
    assert {one.coding_id: words.get(one.coding_id) for one in CODINGS} == {
        CODINGS[0].coding_id: REVIEWED[0].text, CODINGS[1].coding_id: REVIEWED[0].text, CODINGS[2].coding_id: TALKED.text,
    }  # fmt: skip


def test_words_that_may_not_be_shown_do_not_go_out() -> None:
    hidden = REVIEWED[0].document_id
    documents = [replace(one, text=MARK) if one.document_id == hidden else one for one in STUDY.tables.of(Document)]
    view = view_of([replace(CODINGS[0], start=0, end=len(MARK)), CODINGS[2]])
    tables = Batch({**view.study.tables.tables, Document: documents}, STUDY.tables.vectors)
    project = ChangedProject(RunView(replace(view.study, tables=tables)))
    assert (coded_with(project, "Barriers"), coded_with(project, "Rows")) == ([], [TALKED.text])


@pytest.mark.parametrize("tool", ["same guids", "new guids", "no ids"])
def test_what_nobody_changed_is_no_decision(project: ChangedProject, tmp_path: Path, tool: str) -> None:
    if tool != "same guids":
        project.new_guids()
    for one in project.all("//q:Description") if tool == "no ids" else ():
        one.getparent().remove(one)
    assert told(read(project, tmp_path)) == []


def test_a_passage_taken_off_a_code_is_rejected_there_alone(project: ChangedProject, tmp_path: Path) -> None:
    guid = project.code("Rows").get("guid")
    one = next(
        one
        for one in project.all(f"//q:Coding[q:CodeRef/@targetGUID='{guid}']")
        if len(one.getparent().findall("{*}Coding")) > 2
    )
    one.getparent().remove(one)
    assert told(read(project, tmp_path)) == [("coding", CODINGS[1].coding_id, "reject")]


def test_a_source_of_which_less_than_half_came_back_rejects_nothing(project: ChangedProject, tmp_path: Path) -> None:
    for name in ("Rows", "Barriers"):
        guid = project.code(name).get("guid")
        for one in project.all(f"//q:Coding[q:CodeRef/@targetGUID='{guid}']"):
            one.getparent().remove(one)
    brought = read(project, tmp_path)
    assert told(brought) == []
    assert any("less than half" in line for line in brought.lines)


def test_a_passage_put_under_a_code_is_coded_by_its_user(project: ChangedProject, tmp_path: Path) -> None:
    project.mark(
        "Review reviews.csv row 3", "rows are gone", project.code("Barriers").get("guid"), project.user("Cleo")
    )
    (one,) = read(project, tmp_path).decisions
    value = json.loads(one.value or "")
    assert (one.target, one.action, one.author) == ("document", "code", "Cleo")
    assert (value["code"], value["words"]) == ("c-barriers", "rows are gone")


def test_a_passage_made_longer_or_shorter_takes_the_place_of_the_old_one(
    project: ChangedProject, tmp_path: Path
) -> None:
    one = project.selection(TALKED.text[:20])
    one.set("endPosition", str(int(one.get("endPosition")) - 1))
    one.set("name", TALKED.text[:-1])
    found = [one for one in read(project, tmp_path).decisions if one.action in ("code", "reject")]
    assert [(one.action, json.loads(one.value or "{}").get("words")) for one in found] == [("code", TALKED.text[:-1])]


def test_a_code_that_is_new_is_defined_with_those_above_it_before_it_is_used(
    project: ChangedProject, tmp_path: Path
) -> None:
    new_code(project, "Ideas")
    project.mark("Review reviews.csv row 3", "rows are gone", new_code(project, "My own", above="Ideas"))
    new_code(project, "Never used")
    above, code, coded = read(project, tmp_path).decisions
    assert [(one.target, one.action) for one in (above, code)] == [("code", "define")] * 2
    made = json.loads(code.value or "")
    assert (made["name"], made["definition"], made["above"]) == ("My own", "All about my own", above.target_id)
    assert json.loads(coded.value or "")["code"] == code.target_id


def test_a_code_with_another_name_or_definition_is_defined_anew(project: ChangedProject, tmp_path: Path) -> None:
    project.new_guids()
    project.code("Rows").set("name", "Lost rows")
    project.code("Barriers").find("{*}Description").text = "[c-barriers] What keeps people out"
    found = {one.target_id: json.loads(one.value or "") for one in read(project, tmp_path).decisions}
    assert found["c-rows"]["name"] == "Lost rows"
    assert found["c-barriers"]["definition"] == "What keeps people out"
    assert found["c-rows"]["definition"] == "Rows that are lost"


def test_a_passage_over_several_turns_is_one_in_each_that_is_heard_and_none_in_an_interviewers(
    project: ChangedProject, tmp_path: Path
) -> None:
    talk = VIEW.evidence.documents["d-talk"].text
    source = next(one for one in project.all("//q:TextSource") if one.get("plainTextPath") and talk[:30] in
                  project.files[f"sources/{one.get('guid')}.txt"].decode())  # fmt: skip
    project.mark(source.get("name"), talk, project.code("Barriers").get("guid"))
    words = [json.loads(one.value or "")["words"] for one in read(project, tmp_path).decisions if one.action == "code"]
    heard = [one for one in STUDY.tables.of(Segment) if one.document_id == "d-talk"]
    assert words
    assert all(any(one.text in said for one in heard) for said in words)
    asked = [one for one in VIEW.turns["d-talk"] if one.role == "interviewer"]
    assert not any(talk[one.start : one.end] in said for one in asked for said in words)


def test_what_an_interviewer_said_is_counted_and_not_coded(project: ChangedProject, tmp_path: Path) -> None:
    asked = next(one for one in VIEW.turns["d-talk"] if one.role == "interviewer")
    words = VIEW.evidence.documents["d-talk"].text[asked.start : asked.end]
    source = project.selection(TALKED.text[:20]).getparent()
    project.mark(source.get("name"), words, project.code("Barriers").get("guid"))
    brought = read(project, tmp_path)
    assert told(brought) == []
    assert "not taken: 1 passages under codes of your own where nobody who is heard speaks" in brought.lines
