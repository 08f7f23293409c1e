"""What the rows of a table are: texts, turns, messages or a tool's records; told with its reasons, asked about in doubt."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from voc_engine.errors import SourceError
from voc_engine.ingest import explain

from .reading import options, put, read, said

TURNS = [
    ("What do you do when the till jams?", "MOD"),
    ("I open the back and pull the paper out.", "P3"),
    ("And how long does that take?", "MOD"),
    ("Ten minutes, with people waiting.", "P3"),
]


def table(*rows: list[str], delimiter: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("head", "row", "delimiter"),
    [
        (["In", "Out", "Sprecher", "Text"], lambda n, t, w: [f"00:00:{n:02}.100", f"00:00:{n + 1:02}.000", w, t], ";"),
        (["start", "end", "text", "speaker"], lambda n, t, w: [f"{n}.5", f"{n + 1}.5", t, w], "\t"),
        (["Speaker Name", "Utterance"], lambda n, t, w: [w, t], ","),
    ],
    ids=["german editor", "diariser's seconds", "no times"],
)
def test_a_row_per_turn_is_an_interview(tmp_path: Path, head: list[str], row, delimiter: str) -> None:  # type: ignore[no-untyped-def]
    rows = [row(n, text, who) for n, (text, who) in enumerate(TURNS)]
    source = put(tmp_path, "till.csv", table(head, *rows, delimiter=delimiter))
    (talk,), _ = read(source)
    assert talk.document.kind == "interview"
    assert [(who, role) for who, role, _ in said(talk)] == [("MOD", "interviewer"), ("P3", "participant")] * 2
    told = explain(source, options(format="csv.v1"))
    assert "layout: a turn of talk per row" in told
    assert "next likely: " in told


def test_sessions_of_one_table_are_interviews_of_their_own(tmp_path: Path) -> None:
    rows = [[session, who, text] for session in ("s1", "s2") for text, who in TURNS]
    talks, _ = read(put(tmp_path, "all.csv", table(["Session", "Speaker", "Content"], *rows)))
    assert len({talk.document.document_id for talk in talks}) == 2
    assert [len(talk.utterances) for talk in talks] == [4, 4]


def test_reviewers_who_return_are_no_speakers(tmp_path: Path) -> None:
    rows = [[("Ann L", "Ben O")[n % 2], f"The strap tore after {n} weeks", str(n % 5 + 1)] for n in range(8)]
    talks, _ = read(put(tmp_path, "bags.csv", table(["name", "review", "stars"], *rows)))
    assert len(talks) == 8


def test_a_table_that_may_be_talk_is_asked_about_and_kind_answers(tmp_path: Path) -> None:
    rows = [[("Ann", "Ben")[n % 2], text] for n, (text, _) in enumerate(TURNS)]
    source = put(tmp_path, "export.csv", table(["name", "text"], *rows))
    with pytest.raises(SourceError) as asked:
        read(source)
    assert "neither is sure" in asked.value.happened
    assert 'kind = "interview"' in asked.value.do
    assert 'kind = "post"' in asked.value.do
    (talk,), _ = read(source, kind="interview")
    assert [role for _, role, _ in said(talk)] == ["interviewer", "participant"] * 2
    talks, _ = read(source, kind="post")
    assert len(talks) == 4


@pytest.mark.parametrize(
    ("head", "customer", "agent"),
    [
        (["chat_id", "sender_type", "sent", "message"], "visitor", "operator"),
        (["conversation id", "is_from_me", "date", "text"], "0", "1"),
        (["case number", "incoming", "created", "body"], "TRUE", "FALSE"),
    ],
)
def test_a_column_that_says_who_wrote_parts_customer_and_staff(
    tmp_path: Path, head: list[str], customer: str, agent: str
) -> None:
    rows = [
        [f"c{n}", who, f"2026-02-0{n + 1} 10:0{k}", text]
        for n in range(3)
        for k, (who, text) in enumerate(
            [
                (customer, f"Ticket {n} will not print"),
                (agent, "What a dreadful printer"),
                (customer, "It is the blue one"),
            ]
        )
    ]
    talks, _ = read(put(tmp_path, "m.csv", table(head, *rows)))
    assert len(talks) == 3
    assert [role for _, role, _ in said(talks[0])] == ["participant", "agent", "participant"]
    people = {u.person_id for talk in talks for u in talk.utterances if u.role == "participant"}
    assert len(people) == 3


def test_a_private_note_is_no_evidence(tmp_path: Path) -> None:
    text = table(
        ["ticket_id", "author", "private", "comment"],
        ["7", "Ilse", "false", "The lamp flickers"],
        ["7", "Sam", "true", "She always complains"],
        ["8", "Omar", "false", "No bulb in the box"],
        ["8", "Sam", "true", "Refund him"],
    )
    talks, _ = read(put(tmp_path, "n.csv", text))
    assert [(u.role, u.cut) for u in talks[0].utterances] == [("participant", None), ("agent", "private note")]


def test_a_word_that_does_not_tell_who_wrote_is_told(tmp_path: Path) -> None:
    text = table(
        ["id", "direction", "body"],
        ["1", "inbound", "No signal at all"],
        ["2", "outbound", "Sorry"],
        ["3", "sideways", "Hm"],
    )
    talks, skipped = read(put(tmp_path, "o.csv", text))
    assert [u.role for talk in talks for u in talk.utterances] == ["participant", "agent"]
    assert [one.reason for one in skipped if one.quarantined] == ["a row that does not tell who wrote it"]


RECORDS = {
    "deals": (
        ["Record ID", "Deal Name", "Deal Stage", "Close Date", "Deal owner", "Amount"],
        ["1", "Acme wants the big freight plan again", "Proposal", "2026-03-01", "Sam Hill", "1200"],
        ["2", "Beta hates its present carrier", "Won", "2026-03-02", "Sam Hill", "800"],
    ),
    "accounts": (
        ["Id", "Name", "Industry", "AnnualRevenue", "NumberOfEmployees", "Description", "OwnerId"],
        ["001", "Acme", "Freight", "100", "5", "They are angry about the price and want to leave", "005"],
        ["002", "Beta", "Retail", "200", "9", "Champion left, needs a new demo soon", "005"],
    ),
    "calls": (
        ["Activity Date", "Call Outcome", "Assigned To", "Notes"],
        ["2026-03-01", "Connected", "Sam", "Said that the tool is too slow for them"],
        ["2026-03-02", "Left voicemail", "Sam", "Try again on Monday morning before ten"],
    ),
    "visits": (
        ["ym:s:visitID", "ym:s:clientID", "ym:s:dateTime", "ym:s:startURL"],
        ["9", "7", "2026-03-01 10:00:00", "https://a.example/the page of many words that people see"],
        ["8", "6", "2026-03-01 11:00:00", "https://a.example/another page of many words"],
    ),
    "events": (
        ["event_name", "device_id", "event_time", "platform", "error text"],
        ["export", "d1", "2026-03-01 10:00:00", "ios", "The export could not be written to disk"],
        ["export", "d2", "2026-03-01 11:00:00", "ios", "The network is not there at the moment"],
    ),
}


@pytest.mark.parametrize("what", RECORDS)
def test_records_of_a_tool_are_nobodys_voice(tmp_path: Path, what: str) -> None:
    source = put(tmp_path, f"{what}.csv", table(*RECORDS[what]))
    with pytest.raises(SourceError) as refused:
        read(source)
    assert "records of a tool" in refused.value.happened
    assert "kind" in refused.value.do


def test_records_that_are_words_all_the_same_are_read_when_kind_says_so(tmp_path: Path) -> None:
    head, *rows = RECORDS["calls"]
    talks, _ = read(put(tmp_path, "calls.csv", table(head, *rows)), kind="post", columns={"text": "Notes"})
    assert len(talks) == 2


def test_a_feedback_form_with_a_session_is_no_event(tmp_path: Path) -> None:
    text = table(
        ["session_id", "page_url", "browser", "feedback", "rating"],
        ["a", "https://a.example/x", "Firefox", "I cannot find the fees", "2"],
        ["b", "https://a.example/y", "Safari", "Dates are in the wrong order", "3"],
    )
    talks, _ = read(put(tmp_path, "form.csv", text))
    assert len(talks) == 2


def test_people_in_columns_are_turned_and_it_is_told(tmp_path: Path) -> None:
    text = table(
        ["", "R1", "R2", "R3"], ["Shift", "night", "day", "day"],
        ["Was stört Sie am meisten?", "Der Lärm im Flur", "Zu wenig Handschuhe", "Niemand übergibt"],
        ["Was würde helfen?", "Eine Tür", "Mehr Vorrat", "Zehn Minuten mehr"], delimiter=";",
    )  # fmt: skip
    talks, skipped = read(put(tmp_path, "guide.csv", text))
    assert len({talk.document.person_id for talk in talks}) == 3
    assert len(talks) == 6
    assert {talk.document.context for talk in talks} == {"Was stört Sie am meisten?", "Was würde helfen?"}
    assert any("people stand in columns" in one.reason for one in skipped)


@pytest.mark.parametrize("name", ["export.xls", "export.html"])
def test_a_table_in_a_page_is_a_table(tmp_path: Path, name: str) -> None:
    rows = "".join(f"<tr><td>{n}<td>The lid of pot {n} is <b>loose</b><br>and rattles</tr>" for n in range(3))
    page = f"<html><body><table><tr><th>No</th><th>Comment</th></tr>{rows}</table></body></html>"
    talks, _ = read(put(tmp_path, name, page))
    assert [talk.document.text for talk in talks][:1] == ["The lid of pot 0 is loose\nand rattles"]
    assert len(talks) == 3


def test_words_around_the_table_of_a_page_are_set_aside(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{n}<td>The lid of pot {n} is loose and rattles" for n in range(3))
    page = f"<html><body><p>Export of May</p><table><tr><th>No<th>Comment{rows}</table><p>End</p></body></html>"
    talks, skipped = read(put(tmp_path, "a.html", page))
    assert len(talks) == 3
    assert [(one.found.split(), one.quarantined) for one in skipped] == [(["Export", "of", "May", "End"], False)]


def test_rows_of_a_page_that_have_run_together_are_quarantined(tmp_path: Path) -> None:
    """A fault that was there: cells beyond the columns were in no document and in nothing set aside."""
    rows = [
        "<tr><td>1<td>The lid is loose",
        "<tr><td>2<td>The glaze is off<td>3<td>It will not close",
        "<tr><td>4<td>Hot",
    ]
    page = f"<html><body><table><tr><th>No<th>Comment{''.join(rows)}</table></body></html>"
    talks, skipped = read(put(tmp_path, "a.html", page))
    assert [talk.document.text for talk in talks] == ["The lid is loose", "Hot"]
    assert [(one.found, one.quarantined) for one in skipped] == [("2 | The glaze is off | 3 | It will not close", True)]


def test_a_page_of_prose_with_a_small_table_is_no_table(tmp_path: Path) -> None:
    prose = "<p>" + "The pottery opened in spring and the kiln was cold. " * 20 + "</p>"
    page = f"<html><body>{prose}<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table></body></html>"
    assert explain(put(tmp_path, "p.html", page), options()).startswith("p.html: read as html.v1")


def test_a_sheet_that_explains_another_is_set_aside(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Codebook"
    book.active.append(["Variable", "Meaning"])
    book.active.append(["q1", "What people hate about the kiln and why they do"])
    answers = book.create_sheet("Answers")
    answers.append(["ID", "What went wrong?"])
    for n, text in enumerate(["It never got hot", "The door would not shut", "My pots are gone"]):
        answers.append([n, text])
    path = tmp_path / "a.xlsx"
    book.save(path)
    talks, skipped = read(put(tmp_path, "b.xlsx", path.read_bytes()))
    assert len(talks) == 3
    assert "a table that explains others" in {one.reason for one in skipped}


def test_two_columns_of_phrases_without_a_name_are_asked_about(tmp_path: Path) -> None:
    rows = [
        ["u1", "The oven never gets hot", "A timer that rings"],
        ["u2", "I cannot open the door", "Handles that stay cool"],
    ]
    source = put(tmp_path, "answers.csv", table(["uuid", "field_0", "field_1"], *rows))
    with pytest.raises(SourceError) as asked:
        read(source)
    assert 'columns = { text = "field_0 + field_1" }' in asked.value.do
    talks, _ = read(source, columns={"text": "field_0 + field_1"})
    assert len(talks) == 4


def test_a_question_and_its_answer_in_each_row(tmp_path: Path) -> None:
    text = table(
        ["respondent", "question", "answer"],
        ["Ilse", "What annoyed you?", "The queue at noon"], ["Ilse", "Rate the day", "4"],
        ["Omar", "What annoyed you?", "No shade at all"], ["Omar", "Rate the day", "2"],
    )  # fmt: skip
    talks, _ = read(put(tmp_path, "long.csv", text))
    assert [(t.document.context, t.document.text, t.document.kind) for t in talks] == [
        ("What annoyed you?", "The queue at noon", "survey"),
        ("What annoyed you?", "No shade at all", "survey"),
    ]


def test_a_row_of_tags_is_no_answer(tmp_path: Path) -> None:
    text = table(
        ["worst", "_uuid", "_submission_time"], ["#problem", "#meta+id", ""], ["The well is dry", "u1", "2026-03-01"],
        ["The pump breaks each week", "u2", "2026-03-02"],
    )  # fmt: skip
    talks, _ = read(put(tmp_path, "hxl.csv", text))
    assert [talk.document.text for talk in talks] == ["The well is dry", "The pump breaks each week"]


def test_words_in_a_column_without_a_header_are_told_with_the_key_that_takes_them(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["id", "comment"])
    for number in range(6):
        more = ["and the printer has been mute since"] if number in (2, 4) else []
        sheet.append([number, f"The till jams on every receipt of day {number}", *more])
    stream = io.BytesIO()
    book.save(stream)
    talks, skipped = read(put(tmp_path, "r.xlsx", stream.getvalue()))
    (told,) = [one for one in skipped if one.quarantined]
    assert len(talks) == 6
    assert (told.count, told.found) == (2, "and the printer has been mute since")
    assert told.to_do.endswith('columns = { text = "comment + column 3" }')
    talks, skipped = read(put(tmp_path, "r.xlsx", stream.getvalue()), columns={"text": "comment + column 3"})
    assert sum("printer" in talk.document.text for talk in talks) == 2
    assert not any(one.quarantined for one in skipped)


CALLS = ["The customer reports that an order came late.", "The customer asks about opening hours of the shop."]
OWN = ["I never got my order and nobody called.", "We asked about your hours twice."]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("call_id,gist,length", [f"{n},{words},30" for n, words in enumerate(CALLS)]),
        ("call_id,particulars,length", [f"{n},Oak tray with two handles and {n} felt feet,3" for n in range(4)]),
    ],
)
def test_words_that_tell_of_nobody_are_asked_about(tmp_path: Path, head: str, rows: list[str]) -> None:
    """Regression: a machine's summaries and a catalogue were the words of as many unknown customers."""
    with pytest.raises(SourceError) as caught:
        read(put(tmp_path, "a.csv", "\n".join([head, *rows])))
    column = head.split(",")[1]
    assert f'columns = {{ text = "{column}" }}' in caught.value.do
    talks, _ = read(put(tmp_path, "a.csv", "\n".join([head, *rows])), columns={"text": column})
    assert len(talks) == len(rows)


@pytest.mark.parametrize("head", ["call_id,gist,stars", "call_id,gist,customer name"])
def test_a_rating_or_an_author_tells_that_people_wrote(tmp_path: Path, head: str) -> None:
    values = ["4", "2"] if head.endswith("stars") else ["Ana Ruiz", "Jonas Feld"]
    rows = [f"{n},{words},{value}" for n, (words, value) in enumerate(zip(CALLS, values, strict=True))]
    assert len(read(put(tmp_path, "a.csv", "\n".join([head, *rows])))[0]) == 2


def test_words_that_say_i_are_peoples_own(tmp_path: Path) -> None:
    rows = [f"{n},{words},30" for n, words in enumerate(OWN)]
    assert len(read(put(tmp_path, "a.csv", "\n".join(["call_id,gist,length", *rows])))[0]) == 2
