"""A people file that is not of the sources' people is told, with the forms of both sides' keys."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tiny_study import TinyStudy

from voc_engine.privacy.people_file import parse_people
from voc_engine.privacy.people_matching import FEW, NOBODY, PeopleMatching
from voc_engine.privacy.pseudonyms import identities
from voc_engine.records import Skipped

CRM = "person,email,id\nann,Ann.Lee@example.org,C-70001\nbo,bo@example.org,C-70002\n"


def told(people: str, *documents: tuple[str, Mapping[str, str]]) -> Skipped | None:
    known = parse_people(people, "people.csv")
    matching = PeopleMatching(known, "people.csv")
    for document in documents:
        matching.add(identities([document], [], known))
    return matching.unmatched()


def ticket(number: int) -> tuple[str, Mapping[str, str]]:
    return f"id:zendesk:{number}", {"identity.id": f"{number}", "identity.name": "Cy Roe"}


def test_both_sides_keys_are_told_by_their_form() -> None:
    one = told(CRM, ticket(70001), ticket(70002))
    assert one is not None
    assert (one.source, one.reason, one.count, one.quarantined) == ("people.csv", NOBODY, 2, True)
    ours, theirs = one.found.split("; the sources by ")
    assert (
        ours == "0 of 2 rows match; the file knows people by email (aaa.aaa@aaaaaaa.aaa, aa@aaaaaaa.aaa), id (a-99999)"
    )
    assert theirs == "id (aaaaaaa:99999, 99999), name (aa aaa)"
    assert "columns = {" in one.to_do


def test_a_file_without_columns_that_name_people_is_told() -> None:
    one = told("person,plan\nann@example.org,Pro\n", ("mail:ann@example.org", {}))
    assert one is not None
    assert "the file knows people by no name, email, handle or id; the sources by email (" in one.found


def test_sources_that_name_nobody_are_told() -> None:
    one = told(CRM, ("anonymous:d1", {}), ("speaker:d2:a", {}))
    assert one is not None
    assert one.found.endswith("the sources by no name, email, handle or id")


def test_no_sign_of_any_writing_is_told() -> None:
    one = told("person,name\nr,राहुल शर्मा\n", ("handle:ré😀7", {}))
    assert one is not None
    assert one.found == "0 of 1 rows match; the file knows people by name (aaa aaa); the sources by handle (aaa9)"


def rows(first: int, last: int) -> str:
    return "person,id\n" + "".join(f"p{number},{number}\n" for number in range(first, last))


@pytest.mark.parametrize(
    ("people", "tickets"),
    [
        (rows(0, 5000), range(40, 50)),  # all customers of a company, some of whom wrote
        (rows(0, 3), range(200)),  # three people of many
        (rows(0, 100), range(90, 190)),  # a tenth of either
        ("person,id\n", range(3)),  # nobody in the file
    ],
)
def test_a_file_of_these_people_is_not_told(people: str, tickets: range) -> None:
    assert told(people, *map(ticket, tickets)) is None


def test_a_file_that_matches_few_is_told_with_what_did_not_match() -> None:
    one = told(rows(0, 100), ticket(99), *(ticket(number) for number in range(1000, 1200)))
    assert one is not None
    assert (one.reason, one.count) == (FEW, 99)
    assert one.found.startswith("1 of 100 rows match; ")
    assert "(aaaaaaa:9999, 9999)" in one.found


def test_a_run_tells_it_first_and_counts_it(tmp_path: Path) -> None:
    """Regression: 1,100 rows of a people file joined nothing, and nothing was said."""
    study = TinyStudy.create(tmp_path / "study")
    (study.root / "people.csv").write_text("person,email\nmaren,Maren.Voss@example.org\n", encoding="utf-8")
    study.configure("people", 'file = "people.csv"')
    run = study.voc("run")
    assert run.code == 1
    assert run.err.index(f"people.csv: {NOBODY}.") < run.err.index(" insights, ")
    assert "the file knows people by email (aaaaa.aaaa@aaaaaaa.aaa); the sources by " in run.err
    assert f"{NOBODY}: 1" in (study.report / "method.html").read_text(encoding="utf-8")
    assert "aaaaa.aaaa@aaaaaaa.aaa" in (study.report / "sources.html").read_text(encoding="utf-8")
    assert b"voss@" not in b"".join(study.published().values()).lower()
    assert study.voc("verify", "-q").code == 0
    (study.root / "people.csv").write_text("person,name\nmaren,Maren Vos\n", encoding="utf-8")
    assert study.voc("run", "-q").code == 0
