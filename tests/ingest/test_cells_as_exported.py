"""What programs put around the words of a cell, below a table, and in place of a name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .reading import put, read


def evidence(path: Path, name: str, text: str | bytes) -> list[str]:
    talks, skipped = read(put(path, name, text))
    assert not any(one.quarantined for one in skipped), [one.reason for one in skipped if one.quarantined]
    return [talk.document.text for talk in talks]


def test_a_spreadsheet_guard_is_no_word(tmp_path: Path) -> None:
    text = 'id,text\n="007","=""Say """"no"""" to fees"""\n="008",\'+1 for a dark screen\n'
    assert evidence(tmp_path, "a.csv", text) == ['Say "no" to fees', "+1 for a dark screen"]


def test_a_dump_of_a_database_is_read_without_its_escapes(tmp_path: Path) -> None:
    text = "id\tnote_text\tcomment\n1\t\\N\tIt\\'s slow\\n\\nand it hangs\n2\t\\N\t\\N\n3\t\\N\tOpens twice\\tas well\n"
    assert evidence(tmp_path, "dump.tsv", text) == ["It's slow\n\nand it hangs", "Opens twice\tas well"]


def test_a_path_of_windows_keeps_its_backslashes(tmp_path: Path) -> None:
    text = "id,comment\n1,It wrote C:\\new\\table.txt and I\\'m lost\n2,It wrote nothing to D:\\temp at all\n"
    assert evidence(tmp_path, "paths.csv", text)[0] == "It wrote C:\\new\\table.txt and I\\'m lost"


def test_quotes_written_with_a_backslash_close_no_cell(tmp_path: Path) -> None:
    text = 'id,comment\n1,"It says \\"full\\", and it is not"\n2,"No \\"undo\\" anywhere"\n3,"Fine, mostly"\n'
    assert evidence(tmp_path, "b.csv", text) == ['It says "full", and it is not', 'No "undo" anywhere', "Fine, mostly"]


@pytest.mark.parametrize(
    "below",
    ["Summe: 3,,,\n,,Exportiert am 2026-02-04,\n", ",,,\nAverage,,,2026-02-03\n", ",,Page 1 of 1,\n,,(c) Acme,\n"],
)
def test_lines_below_a_table_are_set_aside(tmp_path: Path, below: str) -> None:
    text = (
        "id,author,comment,date\n1,Ilse B,The gate is shut at five,2026-02-01\n2,Omar W,No seats at all,2026-02-02\n"
        "3,Rhea O,The map is upside down,2026-02-03\n"
    )
    talks, skipped = read(put(tmp_path, "c.csv", text + below))
    assert len(talks) == 3
    assert "line below the table" in {one.reason for one in skipped}


def test_a_last_row_with_words_and_without_a_date_is_a_row(tmp_path: Path) -> None:
    text = "author,comment,date\nIlse B,The gate is shut,2026-02-01\nOmar W,No seats,2026-02-02\n,Too loud for me,\n"
    assert evidence(tmp_path, "d.csv", text)[-1] == "Too loud for me"


def test_typed_values_of_a_database_are_their_values(tmp_path: Path) -> None:
    rows = [
        {"_id": {"$oid": "a1"}, "user_id": {"$numberLong": "7"}, "created": {"$date": {"$numberLong": "1772460309000"}},
         "stars": {"$numberDouble": "4.0"}, "review": "The straps hold"},
        {"_id": {"$oid": "a2"}, "user_id": {"$numberLong": "8"}, "created": "/Date(1772460309000)/",
         "stars": {"$numberInt": "1"}, "review": "The zip broke at once"},
    ]  # fmt: skip
    talks, _ = read(put(tmp_path, "e.jsonl", "".join(json.dumps(row) + "\n" for row in rows)))
    assert [(t.document.created_at, t.document.rating) for t in talks] == [
        ("2026-03-02T14:05:09Z", 4),
        ("2026-03-02T14:05:09Z", 1),
    ]


@pytest.mark.parametrize(
    "nobody",
    ["Amazon Customer", "Verified Buyer", "gelöschter Nutzer", "client anonyme", "(anonymous)", "name withheld",
     "Former member", "usuario eliminado"],
)  # fmt: skip
def test_a_placeholder_is_as_many_people_as_it_has_rows(tmp_path: Path, nobody: str) -> None:
    text = (
        f"author,review,rating\n{nobody},The lid does not fit,2\n{nobody},Keeps soup hot,5\nAnnegret Deleted,Fine,3\n"
    )
    talks, _ = read(put(tmp_path, "f.csv", text))
    assert len({talk.document.person_id for talk in talks}) == 3
    assert talks[2].document.person_id.endswith(":annegret deleted")


def test_the_account_of_a_form_is_nobody(tmp_path: Path) -> None:
    text = (
        "Ticket ID,Requester email,Subject,Description\n1,webform@acme.example,Login,It logs me out every hour\n"
        "2,webform@acme.example,Invoice,The invoice went to my old address\n"
    )
    talks, _ = read(put(tmp_path, "g.csv", text))
    assert len({talk.document.person_id for talk in talks}) == 2


@pytest.mark.parametrize("header", ["Driver", "sold_by", "Lehrerin", "Ansprechpartner", "buddy"])
def test_a_column_of_names_is_no_attribute_whatever_its_header(tmp_path: Path, header: str) -> None:
    names = ["Ilse Brandvold", "Omari Whitlock", "Petra Lindqvist"]
    rows = "".join(f"{n},The form lost answer number {n},{names[n % 3]},team\n" for n in range(12))
    talks, _ = read(put(tmp_path, "h.csv", f"id,comment,{header},plan\n{rows}"))
    assert all(talk.document.attributes == {"plan": "team"} for talk in talks)


def test_places_and_products_are_attributes(tmp_path: Path) -> None:
    places, plans = ["New York", "San Francisco"], ["Team Pro", "Solo Basic"]
    rows = "".join(f"{n},The form lost answer number {n},{places[n % 2]},{plans[n % 2]}\n" for n in range(12))
    talks, _ = read(put(tmp_path, "i.csv", f"id,comment,city,bundle\n{rows}"))
    assert talks[0].document.attributes == {"city": "New York", "bundle": "Team Pro"}


def test_one_damaged_byte_costs_its_row(tmp_path: Path) -> None:
    rows = "".join(f"{n},The form lost answer number {n}\n" for n in range(150))
    talks, skipped = read(put(tmp_path, "j.csv", f"id,comment\n{rows}".replace("number 70", "num\x00er 70")))
    assert len(talks) == 149
    assert [one.quarantined for one in skipped] == [True]
