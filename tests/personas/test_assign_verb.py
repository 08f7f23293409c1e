"""voc assign as a user runs it: on a finished study, with leads in a file."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tiny_study import Outcome, TinyStudy

INVOICES = (
    "The invoice numbers skip and the tax report is wrong",
    "I cannot send the invoice to my accountant",
    "The tax report does not show the refunds",
    "I type every invoice into the tax report by hand",
)
REMINDERS = (
    "The reminder comes too late and clients forget the appointment",
    "My clients never get the reminder on their phone",
    "I remind every client of the appointment by phone",
    "The appointment reminder has the wrong time for clients",
)
QUIET = "An invoice crashes the pelican, and every report is empty"
CONFIG = """[study]
name = "Two plans"

[[sources]]
path = "reviews.csv"
kind = "review"
attributes = ["plan"]

[personas]
attribute = "plan"
"""


def write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows(rows)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> TinyStudy:
    """Twelve people each of two plans; four of the first may not be quoted and alone say "pelican"."""
    made = TinyStudy(tmp_path_factory.mktemp("assign") / "study")
    made.root.mkdir()
    rows = [["id", "author", "plan", "review", "consent_quote_internal"]]
    for number in range(24):
        texts, quiet = (INVOICES, REMINDERS)[number % 2], number in (0, 2, 4, 6)
        first, second = texts[number // 2 % 4], texts[(number // 2 + 1) % 4]
        said = f"{QUIET} in week {number}. {second}." if quiet else f"{first} in week {number}. {second}."
        name = f"Author{'abcdefghijklmnopqrstuvwxyz'[number]}"
        rows.append([str(number), name, ("Books", "Salon")[number % 2], said, "no" if quiet else "yes"])
    write(made.root / "reviews.csv", rows)
    (made.root / "voc.toml").write_text(CONFIG, encoding="utf-8")
    told = made.voc("run", "-q")
    assert told.code == 0, told.err
    return made


LEADS = [
    ["mail", "message"],
    ["a@leads.example", f"{INVOICES[1]} fiona.macleod@corp.example. {INVOICES[2]} in week 40."],
    ["a@leads.example", f"{QUIET} in week 41."],
    ["b@leads.example", f"{REMINDERS[0]} in week 42. {REMINDERS[1]}, call +44 7700 900123."],
]


def assigned(study: TinyStudy, rows: list[list[str]], *more: str) -> tuple[Outcome, dict[str, dict[str, str]]]:
    """What was told, and the lines of the file that was written, by person."""
    write(study.root / "leads.csv", rows)
    (study.root / "out.csv").unlink(missing_ok=True)
    told = study.voc(
        "assign", "leads.csv", "--text-column", "message", "--person-column", "mail", "--out", "out.csv", *more
    )
    if not (study.root / "out.csv").exists():
        return told, {}
    with (study.root / "out.csv").open(encoding="utf-8", newline="") as lines:
        return told, {line["person"]: line for line in csv.DictReader(lines)}


def test_leads_get_a_persona_a_probability_and_reasons(study: TinyStudy) -> None:
    told, found = assigned(study, LEADS)
    assert told.code == 0, told.err
    assert (found["a@leads.example"]["persona"], found["b@leads.example"]["persona"]) == ("Books", "Salon")
    assert found["a@leads.example"]["rows"] == "2"
    assert all(float(line["probability"]) > 0.5 and line["why"] for line in found.values())
    assert "People: 2, none of these personas: 0" in told.err
    assert assigned(study, LEADS)[1] == found


def test_neither_contact_data_nor_withheld_words_are_written(study: TinyStudy) -> None:
    assigned(study, LEADS)
    written = (study.root / "out.csv").read_text(encoding="utf-8").lower()
    for word in ("macleod", "900123", "pelican", "withheld"):
        assert word not in written


def test_who_says_nothing_is_told_and_is_none_of_these(study: TinyStudy) -> None:
    told, found = assigned(study, [*LEADS, ["c@leads.example", ""]])
    assert told.code == 1
    assert "Without text, and so none of these: 1" in told.err
    assert (found["c@leads.example"]["persona_id"], found["c@leads.example"]["probability"]) == ("", "0.0000")


def test_rows_that_cannot_be_read_are_told(study: TinyStudy) -> None:
    lines = [json.dumps({"message": "The tax report leaves out one invoice"}), "{broken"]
    (study.root / "leads.jsonl").write_text("\n".join(lines), encoding="utf-8")
    told = study.voc("assign", "leads.jsonl", "--text-column", "message")
    assert told.code == 1
    assert "could not be read and were left out: 1 (line 2)" in told.err
    assert [line["person"] for line in csv.DictReader(told.out.splitlines())] == ["row 1"]


def test_wrong_columns_and_files_refuse_and_write_nothing(study: TinyStudy) -> None:
    told, found = assigned(study, LEADS, "--text-column", "mesage")
    assert (told.code, found) == (2, {})
    assert "did you mean 'message'" in told.err
    told, found = assigned(study, LEADS[:1])
    assert (told.code, found) == (2, {})
    assert "There is nobody in leads.csv" in told.err
    told = study.voc("assign", "leads.csv", "--text-column", "message", "--out", "leads.csv")
    assert told.code == 2
    assert "would be overwritten" in told.err
    told = study.voc("assign", "voc.toml", "--text-column", "message")
    assert told.code == 2
    assert "name the file .csv" in told.err


def test_a_study_without_groups_refuses(first_run: TinyStudy, tmp_path: Path) -> None:
    write(tmp_path / "leads.csv", LEADS)
    told = first_run.voc("assign", str(tmp_path / "leads.csv"), "--text-column", "message")
    assert told.code == 2
    assert "no personas to assign" in told.err
