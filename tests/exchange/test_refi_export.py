"""A REFI-QDA project, read by a library that did not write it, with the traps of other tools in mind."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace

import pytest
from lxml import etree

from voc_engine.exchange.refi import code_tree
from voc_engine.exchange.refi.project_writer import PEOPLE_AS_CODES, stored_text
from voc_engine.exchange.refi.qdc import RefiCodebook
from voc_engine.exchange.refi.qdpx import RefiQda
from voc_engine.exchange.run_view import RunView
from voc_engine.records import Batch, Document, Insight, InsightMember, Mention, Utterance
from voc_engine.testing import example_study

SPACE = {"q": "urn:QDA-XML:project:1.0"}


class Project:
    """What another program sees of the archive."""

    def __init__(self, view: RunView, *switches: str) -> None:
        ((_, content),) = RefiQda().write(view, frozenset(switches)).files
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.top = etree.fromstring(self.archive.read("project.qde"))

    def all(self, path: str):
        return self.top.xpath(path, namespaces=SPACE)

    def text(self, source) -> bytes:
        return self.archive.read(source.get("plainTextPath").replace("internal://", "sources/"))


def spans(project: Project) -> Counter[str]:
    """The words of every coded selection, as often as they are coded."""
    found: Counter[str] = Counter()
    for source in project.all("//q:TextSource"):
        text = project.text(source).decode()
        for one in source.findall("q:PlainTextSelection", SPACE):
            words = text[int(one.get("startPosition")) : int(one.get("endPosition"))]
            found[words] += len(one.findall("q:Coding", SPACE))
    return found


def test_what_is_coded_is_what_was_said() -> None:
    view = RunView(example_study())
    assert spans(Project(view)) == Counter(stored_text(one.words) for one in view.quotes)


def test_every_reference_leads_somewhere() -> None:
    project = Project(RunView(example_study()), PEOPLE_AS_CODES)
    guids = set(project.all("//@guid"))
    assert set(project.all("//@targetGUID | //@creatingUser | //@creatingUserGUID")) <= guids
    own = Counter(project.all("//*[not(self::q:Case)]/@guid"))
    assert [guid for guid, times in own.items() if times > 1] == []


def test_sources_have_no_mark_no_carriage_return_and_one_date() -> None:
    """QualCoder counts a byte-order mark, and tools differ on whether CRLF is one character or two."""
    project = Project(RunView(example_study()))
    members = project.archive.infolist()
    assert [one.filename for one in members] == sorted(one.filename for one in members)
    assert {one.date_time for one in members} == {(1980, 1, 1, 0, 0, 0)}
    for source in project.all("//q:TextSource | //q:Note"):
        assert source.get("richTextPath") is None
        assert source.find("q:PlainTextContent", SPACE) is None
        assert source.get("creationDateTime")
        content = project.text(source)
        assert not content.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in content


@pytest.mark.parametrize("text", ["\ufeffmark first", "a\r\nb\rc", "nul\x00 \ud800 \uffff end", "😀\r\n"])
def test_a_stored_text_has_the_length_of_the_document(text: str) -> None:
    stored = stored_text(text)
    assert len(stored) == len(text)
    assert io.TextIOWrapper(io.BytesIO(stored.encode()), encoding="utf-8-sig").read() == stored


def test_code_names_are_unique_and_short_enough_for_every_tool() -> None:
    """QualCoder and MAXQDA (after 63 characters) take equal names for one code, and codings of the others are lost."""
    study = example_study()
    long = "the export of the whole year drops the last row of every month without a word to anybody"
    insights = [replace(one, statement=long.upper() if n else long) for n, one in enumerate(study.tables.of(Insight))]
    insights.append(replace(insights[0], insight_id="i-kind", statement="Pain points", kind="goal"))
    view = RunView(replace(study, tables=Batch({**study.tables.tables, Insight: insights})))
    names = [name.casefold() for name in Project(view).all("//q:Code/@name")]
    assert max(map(len, names)) <= 63
    assert len(set(names)) == len(names)
    assert sum(name.startswith("the export of the whole year") for name in names) == 3


def test_insights_stand_below_their_kind_with_their_whole_words() -> None:
    project = Project(RunView(example_study()))
    pain = project.all("//q:Codes/q:Code[@name='Pain points']/q:Code")
    assert [one.get("name") for one in pain] == ["export drops rows"]
    assert pain[0].findtext("q:Description", namespaces=SPACE).startswith("[i-export] export drops rows\n3 of 4 people")


def test_people_are_cases_with_what_is_known_of_them() -> None:
    project = Project(RunView(example_study()))
    assert project.all("//q:Case/@name") == ["P0001", "P0002", "P0003", "P0004"]
    case = project.all("//q:Case[@name='P0002']")[0]
    assert case.xpath("q:VariableValue/q:TextValue/text()", namespaces=SPACE) == ["Everyone in the study"]
    sources = case.xpath("q:SourceRef/@targetGUID", namespaces=SPACE)
    assert project.all(f"//q:TextSource[@guid='{sources[0]}']/@name") == ["Review reviews.csv row 2"]


def test_turns_are_coded_with_their_person_where_asked_for() -> None:
    plain, asked = (Project(RunView(example_study()), *switches) for switches in ((), (PEOPLE_AS_CODES,)))
    assert plain.all("//q:Code[@name='People']") == []
    code = asked.all("//q:Code[@name='People']/q:Code[@name='P0001']/@guid")
    assert code == asked.all("//q:Case[@name='P0001']/@guid")
    (turn,) = asked.all(f"//q:PlainTextSelection[q:Coding/q:CodeRef/@targetGUID='{code[0]}']")
    assert asked.all("//q:Case/q:SelectionRef/@targetGUID") == [turn.get("guid")]
    assert turn.get("name").startswith("I want to close it in a day. The <export> drops")


def test_two_mentions_of_one_insight_in_one_place_are_one_coding_and_counted() -> None:
    study = example_study()
    first = study.tables.of(Mention)[1]
    twin = replace(first, mention_id="m-twin", kind="request")
    members = [*study.tables.of(Mention), twin]
    joined = [*study.tables.of(InsightMember), InsightMember("m-twin", "i-export")]
    tables = {**study.tables.tables, Mention: members, InsightMember: joined}
    made = RefiQda().write(RunView(replace(study, tables=Batch(tables))), frozenset())
    shown = [one.mention_id for path, content in made.files for one in RefiQda().shown(path, content)]
    assert {"m-twin", first.mention_id} <= set(shown)
    assert {one.what: one.count for one in made.not_carried}[
        "second mentions of the same words with the same code"
    ] == 1


def test_words_that_are_no_evidence_are_in_the_source_and_said() -> None:
    project = Project(RunView(example_study()))
    (talk,) = [one for one in project.all("//q:TextSource") if one.get("name").startswith("Interview")]
    assert project.text(talk).decode().startswith("How do you end the month?")
    assert "interviewer" in talk.xpath("q:VariableValue/q:TextValue/text()", namespaces=SPACE)


def test_colours_are_those_of_the_report(repository) -> None:
    css = (repository / "voc_engine/report/assets/report.css").read_text(encoding="utf-8")
    for kind, colour in code_tree.COLOURS.items():
        assert re.search(rf"--{kind.replace('_', '-')}: (#\w+);", css).group(1) == colour


def test_the_codebook_holds_the_same_codes() -> None:
    view = RunView(example_study())
    ((_, content),) = RefiCodebook().write(view, frozenset()).files
    book = etree.fromstring(content)
    assert book.xpath("//*[local-name()='Code']/@guid") == Project(view).all("//q:Code/@guid")


@pytest.mark.shared
def test_the_schemas_are_the_published_ones(repository, shared) -> None:
    for name in ("Project.xsd", "Codebook.xsd"):
        shipped = repository / "voc_engine/exchange/refi/schemas" / name
        assert shipped.read_bytes() == (shared / "data/formats" / name).read_bytes()


def test_a_document_of_several_people_is_nobodys_alone() -> None:
    study = example_study()
    turns = [
        replace(one, person_id="P0002", role="participant") if one.role == "interviewer" else one
        for one in study.tables.of(Utterance)
    ]
    view = RunView(replace(study, tables=Batch({**study.tables.tables, Utterance: turns})))
    project = Project(view)
    assert project.all("//q:Case[@name='P0001']/q:SourceRef") == []
    assert len(view.study.tables.of(Document)) == len(project.all("//q:TextSource"))
