"""Who wrote it stays with the person: names, mails and numbers of people never become attributes."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from voc_engine.ingest import explain

from .reading import options, put, read

ANN = {"name": "Ann Lee", "email": "ann@x.org", "id": 7, "plan": "Solo"}
BO = {"name": "Bo Kim", "email": "bo@x.org", "id": 8, "plan": "Team"}


@pytest.mark.parametrize("key", ["author", "user", "customer", "requester", "from", "reviewer", "profile"])
@pytest.mark.parametrize("lines", [True, False])
def test_a_nested_person_is_an_identity(tmp_path: Path, key: str, lines: bool) -> None:
    records = [{"text": "It is slow", key: ANN}, {"text": "It is fine", key: BO}]
    content = "\n".join(json.dumps(one) for one in records) if lines else json.dumps(records)
    talks, _ = read(put(tmp_path, "t.json", content))
    assert [talk.document.person_id for talk in talks] == ["mail:ann@x.org", "mail:bo@x.org"]
    assert talks[0].document.attributes == {
        f"{key}.plan": "Solo",
        "identity.name": "Ann Lee",
        "identity.email": "ann@x.org",
        "identity.id": "7",
    }


def test_a_nested_person_without_mail_is_known_by_id_then_handle_then_name(tmp_path: Path) -> None:
    records = [
        {"text": "It is slow", "user": {"id": 7, "username": "ann"}},
        {"text": "It is fine", "user": {"username": "bo", "first_name": "Bo", "last_name": "Kim"}},
        {"text": "It is late", "user": {"first_name": "Cy", "last_name": "Lo"}},
        {"text": "It is over", "user": None},
    ]
    talks, _ = read(put(tmp_path, "t.json", json.dumps(records)))
    keys = [talk.document.person_id for talk in talks]
    assert keys[:3] == ["id:t:7", "handle:bo", "name:cy lo"]
    assert keys[3].startswith("anonymous:")
    assert talks[1].document.attributes == {"identity.handle": "bo", "identity.name": "Bo Kim"}


def test_two_nested_people_are_not_mixed_and_staff_are_left_out(tmp_path: Path) -> None:
    record = {
        "text": "It is slow",
        "name": "Player 3000",
        "assignee": {"name": "Zoe Hart", "team": "North"},
        "customer": {"email": "eve@x.org", "name": "Eve Fox"},
        "author": {"name": "Ann Lee", "profile": {"avatar": "a.png", "phone": "555-1234"}},
    }
    (talk,), _ = read(put(tmp_path, "t.json", json.dumps([record])))
    assert talk.document.person_id == "name:ann lee"
    assert talk.document.attributes == {"identity.name": "Ann Lee", "assignee.team": "North"}


def test_names_mails_and_numbers_beside_the_person_are_no_attributes(tmp_path: Path) -> None:
    content = (
        "text,author,Full Name,First Name,Username,Customer,Assignee,Phone,Address,Reach,Other,Plan\n"
        "It is slow,ann99,Ann Lee,Ann,annie,Lee Ltd,Zoe Hart,555,1 High St,+49 171 2345678,at ann@x.org,Solo\n"
        "It is fine,bo7,Bo Kim,Bo,bobby,Kim Ltd,Zoe Hart,556,2 High St,(555) 123-4567,bo@x.org,Team\n"
    )
    talks, _ = read(put(tmp_path, "t.csv", content))
    assert talks[0].document.attributes.keys() == {"Plan", "identity.name", "identity.handle"}
    assert talks[0].document.attributes["identity.name"] == "Ann Lee"
    told = explain(put(tmp_path, "t.csv", content), options())
    assert "Assignee: not used: it tells who somebody is; name it in attributes to keep it" in told
    assert "Reach: not used: it holds mail addresses or phone numbers" in told


def test_a_personal_column_named_in_attributes_is_kept(tmp_path: Path) -> None:
    content = "text,author,Assignee\nIt is slow,ann99,Zoe Hart\nIt is fine,bo7,Zoe Hart\n"
    talks, _ = read(put(tmp_path, "t.csv", content), attributes=["Assignee"])
    assert talks[0].document.attributes == {"Assignee": "Zoe Hart", "identity.handle": "ann99"}


def test_first_and_last_name_are_one_name(tmp_path: Path) -> None:
    content = "First Name,Last Name,Review\nAnn,Lee,bad\nAnn,Fox,ok\n"
    talks, _ = read(put(tmp_path, "t.csv", content))
    assert [talk.document.person_id for talk in talks] == ["name:ann lee", "name:ann fox"]
    assert talks[0].document.attributes == {"identity.name": "Ann Lee"}


def test_a_survey_that_asks_for_name_and_mail(tmp_path: Path) -> None:
    content = (
        "What is your name?,What is your e-mail address?,What annoys you most?,Which plan?\n"
        "Ann Lee,ann@x.org,the queue at noon,Solo\nBo Kim,bo@x.org,the price of it,Team\n"
    )
    talks, _ = read(put(tmp_path, "t.csv", content))
    assert [(t.document.text, t.document.person_id) for t in talks] == [
        ("the queue at noon", "mail:ann@x.org"),
        ("the price of it", "mail:bo@x.org"),
    ]
    assert talks[0].document.attributes["identity.name"] == "Ann Lee"
    assert not any("Ann" in v for k, v in talks[0].document.attributes.items() if not k.startswith("identity."))


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("employees", ["1000-5000", "10000-50000"]),
        ("app version", ["2024-1001-22", "2024-1001-23"]),
        ("product name", ["Player", "Recorder"]),
        ("plan name", ["Solo", "Team"]),
        ("user type", ["new", "old"]),
    ],
)
def test_what_only_looks_personal_stays_an_attribute(tmp_path: Path, header: str, values: list[str]) -> None:
    content = f"text,author,{header}\n" + "".join(f"It is slow,u{n},{value}\n" for n, value in enumerate(values))
    talks, _ = read(put(tmp_path, "t.csv", content))
    assert [talk.document.attributes.get(header) for talk in talks] == values


def test_mails_and_names_of_staff_do_not_become_the_author(tmp_path: Path) -> None:
    content = "text,Agent Full Name,Agent E-mail\nIt is slow,Zoe Hart,zoe@x.org\nIt is fine,Zoe Hart,zoe@x.org\n"
    talks, _ = read(put(tmp_path, "t.csv", content))
    assert talks[0].document.person_id.startswith("anonymous:")
    assert talks[0].document.attributes == {}


def test_a_nested_person_of_a_parquet_table(tmp_path: Path) -> None:
    rows = [{"text": "It is slow", "author": ANN}, {"text": "It is fine", "author": None}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "t.parquet")
    talks, _ = read(put(tmp_path, "t.parquet", (tmp_path / "t.parquet").read_bytes()))
    assert talks[0].document.person_id == "mail:ann@x.org"
    assert talks[1].document.person_id.startswith("anonymous:")
    assert talks[0].document.attributes["author.plan"] == "Solo"
    assert "author.name" not in talks[0].document.attributes


def test_records_inside_a_cell_are_no_attribute(tmp_path: Path) -> None:
    record = {"text": "It is slow", "plan": "Solo", "replies": [{"by": {"name": "Zoe"}}], "cc": ["Zoe Hart"]}
    (talk,), _ = read(put(tmp_path, "t.json", json.dumps([record])))
    assert talk.document.attributes == {"plan": "Solo"}
