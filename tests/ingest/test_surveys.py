"""Survey exports in the layouts of the tools: header rows, previews, choices over several columns, open questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from voc_engine.ingest.tables.texts import is_open

from .reading import put, read

MONKEY = (
    'Respondent ID,Collector ID,Start Date,"What do you use it for? (Select all that apply)",,,"How easy is it?",,'
    "What annoys you most?\n"
    ",,,Planning,Billing,Other (please specify),Inviting people,Export,Open-Ended Response\n"
    "101,1,03/02/2026 09:00:00 AM,Planning,Billing,,Easy,Hard,the queue at noon\n"
    "102,1,03/13/2026 09:00:00 AM,,Billing,keeping notes on my dogs,Hard,Hard,none\n"
    "103,1,03/14/2026 09:00:00 AM,Planning,,,Easy,Easy,the price of it\n"
)


def test_surveymonkey_choices_are_one_attribute_and_other_is_an_answer(tmp_path: Path) -> None:
    talks, skipped = read(put(tmp_path, "monkey.csv", MONKEY))
    uses = "What do you use it for? (Select all that apply)"
    assert [(t.document.context, t.document.text) for t in talks] == [
        ("What annoys you most?", "the queue at noon"),
        (f"{uses} - Other (please specify)", "keeping notes on my dogs"),
        ("What annoys you most?", "the price of it"),
    ]
    first = talks[0].document
    assert first.attributes[uses] == "Planning, Billing"
    assert first.attributes["How easy is it? - Inviting people"] == "Easy"
    assert first.created_at == "2026-03-02T09:00:00"
    assert {t.document.person_id for t in talks} == {"id:monkey:101", "id:monkey:102", "id:monkey:103"}
    reasons = sorted(one.reason for one in skipped)
    assert reasons == ["an answer that says nothing (n/a)", "header row of the survey tool", "no answer", "no answer"]


QUALTRICS = (
    "StartDate,EndDate,Status,Finished,RecordedDate,ResponseId,RecipientFirstName,RecipientLastName,Q1,Q2\n"
    "Start Date,End Date,Response Type,Finished,Recorded Date,Response ID,Recipient First Name,Recipient Last Name,"
    '"What would you\nchange?",How often do you come?\n'
    '"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""status""}","{""ImportId"":""finished""}",'
    '"{""ImportId"":""recordedDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""f""}","{""ImportId"":""l""}",'
    '"{""ImportId"":""QID1_TEXT""}","{""ImportId"":""QID2""}"\n'
    "{preview}\n"
    "2026-01-02 10:00:00,2026-01-02 10:05:00,{real},1,2026-01-02 10:05:01,R_1,Ann,Lee,the queue at noon,Weekly\n"
    "2026-01-03 10:00:00,2026-01-03 10:05:00,{spam},1,2026-01-03 10:05:01,R_2,,,buy my watches now,Daily\n"
    "2026-01-04 10:00:00,2026-01-04 10:05:00,{real},0,2026-01-04 10:05:01,R_3,Bo,Kim,N/A,Daily\n"
)


@pytest.mark.parametrize("imports", [True, False], ids=["three header rows", "two header rows"])
@pytest.mark.parametrize(
    ("real", "preview", "spam"), [("IP Address", "Survey Preview", "Spam"), ("0", "1", "8")], ids=["labels", "numbers"]
)
def test_qualtrics(tmp_path: Path, real: str, preview: str, spam: str, imports: bool) -> None:
    text = QUALTRICS.replace("{real}", real).replace("{spam}", spam)
    shown = f"2026-01-01 10:00:00,2026-01-01 10:05:00,{preview},1,2026-01-01 10:05:01,R_0,,,is this thing on,Daily"
    text = text.replace("{preview}", shown)
    if not imports:
        lines = text.split("\n")
        text = "\n".join(line for line in lines if "ImportId" not in line)
    (talk,), skipped = read(put(tmp_path, "q.csv", text))
    document = talk.document
    assert (document.context, document.text) == ("What would you change?", "the queue at noon")
    assert (document.attributes["identity.name"], document.attributes["How often do you come?"]) == (
        "Ann Lee",
        "Weekly",
    )
    assert sorted(one.reason for one in skipped) == sorted([
        "an answer that says nothing (n/a)",
        "answer that the survey tool took for spam",
        "preview answer of the survey's makers",
        *["header row of the survey tool"] * (1 + imports),
    ])  # fmt: skip
    assert not any(one.quarantined for one in skipped)


def test_a_table_that_begins_with_a_start_date_is_no_qualtrics(tmp_path: Path) -> None:
    text = "StartDate,Status,Comment\n2026-01-02,1,It is fine for us\n2026-01-03,2,It is not for us\n"
    talks, _ = read(put(tmp_path, "t.csv", text))
    assert [t.document.text for t in talks] == ["It is fine for us", "It is not for us"]


@pytest.mark.parametrize(
    ("header", "answers", "is_it"),
    [
        ("Why did you leave?", ["Price", "too slow for me"], True),
        ("Why did you leave?", ["price"], True),
        ("What could we do better?", ["nothing", "a web version"], True),
        ("Anything else?", ["n/a", "-", "no"], False),
        ("Which plan are you on?", ["Solo", "Team"], False),
        ("Which plan are you on?", ["The Solo plan", "The Team plan", "The Free plan"], False),
        ("How satisfied are you?", ["Very satisfied", "Somewhat satisfied", "Not at all satisfied"], False),
        ("How often do you use it?", ["Once a week", "Several times a day", "Never"], False),
        ("How old are you?", ["18 - 24 years", "25 - 34 years", "65 or more"], False),
        ("What do you value?", ["Price, Support", "Support", "Price, Support"], False),
        ("What is your job?", ["I teach piano to children", "I run a small garage"], True),
        ("Do you like it?", ["Yes", "No", "Yes"], False),
        ("Do you like it?", ["Yes, but it is too slow", "No, I never got the hang of it"], True),
        ("What do you do first?", ["Open the calendar"] * 4 + ["Look at who is late"] * 4, False),
    ],
)
def test_open_questions_are_told_from_closed_ones(header: str, answers: list[str], is_it: bool) -> None:
    assert is_open(header, answers) is is_it


def test_google_forms_and_ms_forms_lists_of_choices_are_attributes(tmp_path: Path) -> None:
    rows = [
        ("Price;Support;", "it saves me time"),
        ("Support;", "the calendar of course"),
        ("Design;Price;", "I see who is late"),
    ]
    text = "ID;Start time;Completion time;What do you value?;What do you like?\n".replace(";", ",")
    text += "".join(
        f"{n},1/{n}/2026 9:00,1/1{n}/2026 9:05,{choice},{said}\n" for n, (choice, said) in enumerate(rows, 1)
    )
    talks, _ = read(put(tmp_path, "survey forms.csv", text))
    assert [t.document.text for t in talks] == [said for _, said in rows]
    assert [t.document.attributes["What do you value?"] for t in talks] == [choice for choice, _ in rows]
