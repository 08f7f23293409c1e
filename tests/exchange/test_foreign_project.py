"""Somebody else's REFI-QDA project: read whole, laid down as sources of a study, and read with care."""

from __future__ import annotations

import csv
import io
import tomllib
import zipfile
from pathlib import Path

import pytest

from voc_engine.config import Config
from voc_engine.errors import SourceError
from voc_engine.exchange.refi.project_reader import read_project
from voc_engine.exchange.refi.refi_import import RefiImport
from voc_engine.exchange.run_view import RunView
from voc_engine.testing import example_study

ANNA, FOCUS = (
    "I type every booking twice.\nIt takes an hour 😀 each evening.\n",
    "Moderator: Well?\r\nBen: It crashes.\r\n",
)
# As NVivo and MAXQDA write: a nameless case carries what is known of a document, guids in braces and capitals.
PROJECT = """<?xml version="1.0" encoding="utf-8"?>
<Project name="Studio" origin="NVivo for Mac 15" xmlns="urn:QDA-XML:project:1.0">
<Users><User guid="11111111-1111-4111-8111-111111111111" name="Cleo"/></Users>
<CodeBook><Codes><Code guid="{22222222-2222-4222-8222-22222222222A}" name="Barriers" isCodable="true">
<Description>What stands in the way</Description>
<Code guid="33333333-3333-4333-8333-333333333333" name="=Typing twice" isCodable="true"/></Code></Codes></CodeBook>
<Variables><Variable guid="44444444-4444-4444-8444-444444444444" name="plan" typeOfVariable="Text"/></Variables>
<Cases><Case guid="55555555-5555-4555-8555-555555555555" name="Anna"><VariableValue>
<VariableRef targetGUID="44444444-4444-4444-8444-444444444444"/><TextValue>Pro</TextValue></VariableValue>
<SourceRef targetGUID="66666666-6666-4666-8666-666666666666"/></Case></Cases>
<Sources><TextSource guid="66666666-6666-4666-8666-666666666666" name="Anna.docx" richTextPath="internal://a.docx"
plainTextPath="internal://66666666-6666-4666-8666-666666666666.txt">
<PlainTextSelection guid="77777777-7777-4777-8777-777777777777" name="It takes an hour 😀"
startPosition="28" endPosition="46" creatingUser="11111111-1111-4111-8111-111111111111">
<Coding guid="88888888-8888-4888-8888-888888888888">
<CodeRef targetGUID="22222222-2222-4222-8222-22222222222a"/></Coding></PlainTextSelection></TextSource>
<TextSource guid="99999999-9999-4999-8999-999999999999" name="Focus group"
plainTextPath="internal://99999999-9999-4999-8999-999999999999.txt"/>
<TextSource guid="aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa" name="elsewhere" plainTextPath="{outside}"/>
<PictureSource guid="bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb" name="whiteboard"/></Sources></Project>"""


def archive(
    folder: Path, project: str = PROJECT, name: str = "My study.qde", outside: str = "absolute:///etc/hostname"
) -> Path:
    path = folder / "Studio Ä.qdpx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(name, project.replace("{outside}", outside))
        made.writestr("Sources/66666666-6666-4666-8666-666666666666.txt", ANNA)
        made.writestr("Sources/99999999-9999-4999-8999-999999999999.txt", FOCUS)
        made.writestr("Sources/.root", "")
    return path


def test_documents_people_attributes_codes_and_codings_are_read(tmp_path: Path) -> None:
    project = read_project(archive(tmp_path))
    assert [one.text for one in project.sources] == [ANNA, FOCUS.replace("\r\n", "\n")]
    assert [(one.name, one.values) for one in project.cases] == [("Anna", {"plan": "Pro"})]
    assert [one.path for one in project.codes.values()] == [("Barriers",), ("Barriers", "=Typing twice")]
    (coding,) = project.sources[0].codings
    assert ANNA[coding.start : coding.end] == "It takes an hour 😀"
    assert (project.codes[coding.code].name, coding.user) == ("Barriers", "Cleo")


def test_it_is_laid_down_as_sources_with_settings_that_are_accepted(tmp_path: Path) -> None:
    brought = RefiImport().read(archive(tmp_path), None, "imports/studio")
    assert brought.decisions == ()
    assert "2 sources, 1 case, 2 codes, 1 coding" in brought.says
    files = dict(brought.files)
    assert files["sources/66666666-6666-4666-8666-666666666666.txt"].decode() == ANNA
    config = Config.model_validate(tomllib.loads(brought.settings))
    assert config.sources[0].participants == ["Anna"]
    assert {one.path for one in config.sources} == {
        f"imports/studio/{name}" for name in files if name.startswith("sources/")
    }
    people = list(csv.DictReader(io.StringIO(files["people.csv"].decode())))
    assert people == [{"person": "Anna", "name": "Anna", "plan": "Pro"}]
    codes = list(csv.reader(io.StringIO(files["codes.csv"].decode())))
    assert codes[1:] == [["Barriers", "What stands in the way"], ["Barriers > =Typing twice", ""]]


def test_what_is_not_taken_is_counted(tmp_path: Path) -> None:
    lines = RefiImport().read(archive(tmp_path), RunView(example_study()), "imports/studio").lines
    assert "not taken: 1 pictures" in lines
    assert "not taken: 1 text sources whose file is not in the archive" in lines


@pytest.mark.parametrize("outside", ["absolute:///etc/hostname", "relative://../secret.txt", "internal://../../etc/hostname",
                                     "/etc/hostname"])  # fmt: skip
def test_nothing_outside_the_archive_is_opened(tmp_path: Path, outside: str) -> None:
    project = read_project(archive(tmp_path, outside=outside))
    assert len(project.sources) == 2


@pytest.mark.parametrize(
    ("project", "name", "told"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><Project>&a;</Project>', "project.qde", "not read for safety"),
        ("<Project", "project.qde", "damaged XML"),
        ("<Project/>", "folder/project.qde", "no REFI-QDA project"),
        ("<Project/>", "../project.qde", "not read for safety"),
    ],
)
def test_what_is_not_safe_or_not_whole_is_refused(tmp_path: Path, project: str, name: str, told: str) -> None:
    with pytest.raises(SourceError, match=told):
        read_project(archive(tmp_path, project, name))


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "no.qdpx"
    path.write_bytes(b"not a zip")
    with pytest.raises(SourceError, match="damaged zip"):
        read_project(path)


@pytest.mark.shared
def test_a_project_of_nvivo_is_read(shared: Path) -> None:
    project = read_project(shared / "data" / "formats" / "nvivo-project.qdpx")
    assert project.origin.startswith("NVivo")
    assert len(project.sources) == 2
    assert len(project.codes) > 100


def test_a_codebook_is_read_as_loosely_as_tools_write_it(tmp_path: Path) -> None:
    """NVivo's has attributes and elements that the schema does not know; some begin with a byte-order mark."""
    path = tmp_path / "codes.qdc"
    path.write_text(
        '\ufeff<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1:0" x="1"><Codes><Code guid="1" name="Barriers">'
        '<Description>What stands in the way</Description><Code guid="2" name="Price"/></Code></Codes></CodeBook>',
        encoding="utf-8",
    )
    brought = RefiImport().read(path, None, "imports/codes")
    ((name, content),) = brought.files
    rows = list(csv.reader(io.StringIO(content.decode())))
    assert (name, rows[1:]) == ("codes.csv", [["Barriers", "What stands in the way"], ["Barriers > Price", ""]])
