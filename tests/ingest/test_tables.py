from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from voc_engine.errors import ConfigError, SourceError
from voc_engine.ingest import explain

from .reading import options, put, read, said

TWEETS = """tweet_id,airline_sentiment,airline_sentiment_confidence,text,airline,negativereason,name,tweet_created
11,negative,1,"@air where, is my
bag?",Blue Air,Lost Luggage,jnardino,42059.4694328704
12,positive,0.7,thanks &amp; all the best,Blue Air,,cjm_90,42059.4688
12,positive,0.7,another text with the same id,Red Air,,hepburn,42059
13,neutral,1,RT @air we fly to the moon,Red Air,,hepburn,42059
12,positive,0.7,thanks &amp; all the best,Blue Air,,cjm_90,42059.4688
,,,,,,,
14,neutral,1,,Red Air,,hepburn,42059
"""


def test_posts_by_their_headers(tmp_path: Path) -> None:
    talks, skipped = read(put(tmp_path, "tweets.csv", TWEETS))
    first = talks[0].document
    assert (first.kind, first.person_id, first.text) == ("post", "handle:jnardino", "@air where, is my\nbag?")
    assert first.created_at == "2015-02-24T11:15:59"
    assert first.attributes == {"airline": "Blue Air", "negativereason": "Lost Luggage", "identity.handle": "jnardino"}
    assert talks[1].document.text == "thanks & all the best"
    assert talks[2].document.document_id == talks[1].document.document_id + "-2"
    assert sorted(one.reason for one in skipped) == [
        "copy: the same id, person and words as an earlier record",
        "empty row",
        "no text in the row",
        "note: an id that stands twice; this record is kept under its own",
        "repost of somebody else's words",
    ]
    assert not any(one.quarantined for one in skipped)


CASES = [
    # (header and a row, kind, expected attributes of the document)
    (
        "Complaint ID,Product,Issue,Consumer complaint narrative\n1,Card,Fees,I was charged twice for it\n",
        "ticket",
        {"text": "I was charged twice for it", "title": None},
    ),
    (
        "review_id,product,title,text\nA-1,Player,no picture,the screen stays black all day\n",
        "review",
        {"text": "no picture\nthe screen stays black all day", "title": "no picture"},
    ),
    (
        "Package Name,App Version Code,Reviewer Language,Device,Review Submit Date and Time,Star Rating,Review Title,"
        "Review Text,Review Link\ncom.x,12,en,pixel,2026-02-03T04:05:06Z,2,,It crashes when I pay,https://play/x\n",
        "review",
        {"text": "It crashes when I pay", "rating": 2.0, "created_at": "2026-02-03T04:05:06Z", "language": "en"},
    ),
    (
        "id,reviewerNickname,title,body,rating,createdDate,territory\n9,catmum,Nope,Will not open since May,1,"
        "2026-05-01T10:00:00-07:00,GBR\n",
        "review",
        {"person_id": "handle:catmum", "rating": 1.0, "created_at": "2026-05-01T17:00:00Z"},
    ),
    (
        "Review Created (UTC),Review Username,Review Stars,Review Title,Review Content,Review Id\n"
        "2026-01-02 03:04:05,Anna Berg,4,Fine,They sent it on Monday,abc\n",
        "review",
        {"rating": 4.0, "created_at": "2026-01-02T03:04:05Z", "person_id": "name:anna berg"},
    ),
]


@pytest.mark.parametrize(("content", "kind", "expected"), CASES)
def test_columns_of_common_exports(tmp_path: Path, content: str, kind: str, expected: dict[str, object]) -> None:
    talks, _ = read(put(tmp_path, "export.csv", content))
    document = talks[0].document
    assert document.kind == kind
    assert {name: getattr(document, name) for name in expected} == expected


def test_each_opinion_question_of_a_review_is_a_document_of_one_person(tmp_path: Path) -> None:
    text = (
        "Reviewer,Rating,What do you like best about X?,What do you dislike about X?\n"
        "Jo Park,4,The calendar is quick,It is slow on Fridays\nLi Wu,5,All of it is good,n/a\n"
    )
    talks, skipped = read(put(tmp_path, "g2-reviews.csv", text))
    assert [(t.document.context, t.document.text, t.document.person_id) for t in talks] == [
        ("What do you like best about X?", "The calendar is quick", "name:jo park"),
        ("What do you dislike about X?", "It is slow on Fridays", "name:jo park"),
        ("What do you like best about X?", "All of it is good", "name:li wu"),
    ]
    assert [one.reason for one in skipped] == ["an answer that says nothing (n/a)"]


SURVEY = (
    "Response ID,Plan,How likely are you to recommend us? (0-10),What do you want to get done?,Anything else?\n"
    "R1,Solo,6,book the dog in without ringing,\nR2,Team,9,fill the gaps in my week,N/A\nR3,Team,9,pay,it is fine as it is\n"
)


def test_survey_answers_keep_their_question_and_closed_ones_are_attributes(tmp_path: Path) -> None:
    talks, skipped = read(put(tmp_path, "survey.csv", SURVEY))
    assert {t.document.kind for t in talks} == {"survey"}
    assert [(t.document.context, t.document.text) for t in talks] == [
        ("What do you want to get done?", "book the dog in without ringing"),
        ("What do you want to get done?", "fill the gaps in my week"),
        ("What do you want to get done?", "pay"),
        ("Anything else?", "it is fine as it is"),
    ]
    assert talks[2].document.person_id == talks[3].document.person_id == "id:survey:R3"
    assert talks[0].document.attributes["Plan"] == "Solo"
    assert talks[0].document.attributes["How likely are you to recommend us? (0-10)"] == "6"
    assert sorted(one.reason for one in skipped) == ["an answer that says nothing (n/a)", "no answer"]


def test_qualtrics_and_surveymonkey_header_rows(tmp_path: Path) -> None:
    qualtrics = (
        "StartDate,ResponseId,Q1,Q2\nStart Date,Response ID,What annoys you most of all?,Your plan\n"
        '"{""ImportId"":""startDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n'
        "2026-01-02 10:00:00,R_1,the queue at noon,Solo\n2026-01-03 10:00:00,R_2,the price of it,Team\n"
    )
    talks, skipped = read(put(tmp_path, "q.csv", qualtrics))
    assert [(t.document.context, t.document.text) for t in talks] == [
        ("What annoys you most of all?", "the queue at noon"),
        ("What annoys you most of all?", "the price of it"),
    ]
    assert [one.reason for one in skipped] == ["header row of the survey tool"] * 2
    monkey = "Respondent ID,What annoys you most?,Your plan\n,Open-Ended Response,Response\n11,the queue at noon,Solo\n"
    talks, _ = read(put(tmp_path, "m.csv", monkey))
    assert [t.document.text for t in talks] == ["the queue at noon"]


def test_configured_columns_and_attributes(tmp_path: Path) -> None:
    text = "A,B,C,D\n1,we like it a lot,ann@x.org,10/02/2026\n2,not for us at all,bo@x.org,23/02/2026\n"
    talks, _ = read(
        put(tmp_path, "t.csv", text), columns={"text": "B", "person": "C", "date": "D"}, attributes=["A"], kind="review"
    )
    assert [(t.document.person_id, t.document.created_at) for t in talks] == [
        ("mail:ann@x.org", "2026-02-10"),
        ("mail:bo@x.org", "2026-02-23"),
    ]
    assert talks[0].document.attributes == {"A": "1", "identity.email": "ann@x.org"}


def test_a_configured_column_that_is_missing_is_an_error_with_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        read(put(tmp_path, "t.csv", "id,Comment\n1,some words here\n"), columns={"text": "Coment"})
    assert "'Comment'" in error.value.do


def test_a_table_without_text_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        read(put(tmp_path, "t.csv", "a,b\n1,2\n3,4\n"))
    assert "columns" in error.value.do


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [["id", "rating", "review"]] + [[str(n), "4", f"Größe, naïve – “café” {n}"] for n in range(5)]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows) + "\r\n"
    talks, skipped = read(put(tmp_path, "r.csv", text.encode(encoding)))
    assert [t.document.text for t in talks] == [f"Größe, naïve – “café” {n}" for n in range(5)]
    assert skipped == []


def test_damaged_rows_are_quarantined_and_the_next_row_is_read(tmp_path: Path) -> None:
    text = 'id,review\n1,"good "thing" here"\n2,"never closed\n3,"fine by me"\n4,one,two\n5\n6,"all well"\n'
    talks, skipped = read(put(tmp_path, "r.csv", text))
    assert [t.document.text for t in talks] == ["fine by me", "all well"]
    assert all(one.quarantined for one in skipped)
    found = " ".join(one.found for one in skipped)
    assert all(word in found for word in ("thing", "never closed", "one,two", "5"))


def test_bytes_of_another_encoding_cost_only_their_row(tmp_path: Path) -> None:
    data = "id,review\n1,Größe passt sehr gut\n2,sch\x00n\n3,schöne Farbe\n".encode().replace(b"\x00", b"\xf6")
    talks, skipped = read(put(tmp_path, "r.csv", data))
    assert [t.document.text for t in talks] == ["Größe passt sehr gut", "schöne Farbe"]
    assert [(one.locator, one.reason) for one in skipped] == [
        ("line 3", "bytes that do not belong to the file's encoding")
    ]


def test_workbook_with_several_sheets_dates_and_numbers(tmp_path: Path) -> None:
    from datetime import datetime

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "May"
    sheet.append(["Reviews of May"])
    sheet.append(["Review ID", "Date", "Stars", "Review"])
    sheet.append([17, datetime(2026, 5, 4, 10, 30), 3, "It is fine for us"])
    other = book.create_sheet("Codes")
    other.append(["code", "n"])
    other.append(["a", 1])
    stream = io.BytesIO()
    book.save(stream)
    (talk,), skipped = read(put(tmp_path, "r.xlsx", stream.getvalue()))
    document = talk.document
    assert (document.text, document.rating, document.created_at) == ("It is fine for us", 3.0, "2026-05-04T10:30:00")
    assert document.locator == "May row 3"
    assert [one.reason for one in skipped] == ["line above the table's header", "a table without a column of text"]


RECORDS = [
    {"id": 1, "user": {"name": "Ann Lee", "plan": "Solo"}, "stars": 4, "review": "Good for me"},
    {"id": 2, "user": {"name": "Bo Kim", "plan": "Team"}, "stars": 2, "review": "Not good for us"},
]


@pytest.mark.parametrize("layout", ["array", "pretty", "under a key", "lines"])
def test_json_tables(tmp_path: Path, layout: str) -> None:
    content = {
        "array": json.dumps(RECORDS),
        "pretty": json.dumps(RECORDS, indent=2),
        "under a key": json.dumps({"count": 2, "reviews": RECORDS}),
        "lines": "\n".join(json.dumps(record) for record in RECORDS),
    }[layout]
    talks, skipped = read(put(tmp_path, "r.json", content), columns={"name": "user.name"})
    assert [(t.document.text, t.document.rating, t.document.person_id) for t in talks] == [
        ("Good for me", 4.0, "name:ann lee"),
        ("Not good for us", 2.0, "name:bo kim"),
    ]
    assert talks[0].document.attributes["user.plan"] == "Solo"
    assert skipped == []


@pytest.mark.parametrize("layout", ["array", "lines"])
def test_a_damaged_json_record_costs_only_itself(tmp_path: Path, layout: str) -> None:
    records = [{"id": n, "review": f"text number {n}"} for n in range(4)]
    texts = [json.dumps(record) for record in records]
    texts[1] = texts[1].replace('"review":', '"review"')
    content = f"[{', '.join(texts)}]" if layout == "array" else "\n".join(texts)
    talks, skipped = read(put(tmp_path, "r.json", content))
    assert [t.document.text for t in talks] == ["text number 0", "text number 2", "text number 3"]
    assert "text number 1" in skipped[0].found
    assert skipped[0].quarantined


def test_half_a_surrogate_pair_is_quarantined(tmp_path: Path) -> None:
    content = '{"id": 1, "review": "bad \\ud83d end"}\n{"id": 2, "review": "good one \\ud83d\\ude00"}\n'
    talks, skipped = read(put(tmp_path, "r.jsonl", content))
    assert [t.document.text for t in talks] == ["good one 😀"]
    assert len(skipped) == 1


def test_parquet(tmp_path: Path) -> None:
    pq.write_table(
        pa.Table.from_pylist([{"review_id": "a", "stars": 4.0, "review": "Good for me"}]), tmp_path / "r.parquet"
    )
    (talk,), _ = read(put(tmp_path, "r.parquet", (tmp_path / "r.parquet").read_bytes()))
    assert (talk.document.text, talk.document.rating) == ("Good for me", 4.0)


def test_gzip_and_zip_of_one_file(tmp_path: Path) -> None:
    content = b"review_id,review\n1,Good for me\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.csv", content)
    for name, data in (("r.csv.gz", gzip.compress(content)), ("r.zip", packed.getvalue())):
        (talk,), _ = read(put(tmp_path, name, data))
        assert talk.document.text == "Good for me"
        assert talk.document.source == name


def zip_of(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def test_a_zip_of_several_files_is_several_sources(tmp_path: Path) -> None:
    row = b"review_id,review,rating\n1,Good for me,4\n"
    files = {
        "2026/may.csv": row,
        "2026/june.csv": row.replace(b"Good", b"Bad"),
        "logo.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
    }
    source = put(tmp_path, "export.zip", zip_of(files))
    talks, skipped = read(source)
    assert [(t.document.source, t.document.locator, t.document.text) for t in talks] == [
        ("export.zip", "2026/june.csv: line 2", "Bad for me"),
        ("export.zip", "2026/may.csv: line 2", "Good for me"),
    ]
    assert len({t.document.document_id for t in talks}) == 2
    assert [(one.source, one.locator, one.quarantined) for one in skipped] == [("export.zip", "logo.png", True)]
    told = explain(source, options())
    assert "export.zip/2026/may.csv: read as csv.v1" in told
    assert "export.zip/logo.png: CANNOT BE USED" in told


def test_a_zip_of_which_no_file_can_be_used_and_bombs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="2 files, and none can be used"):
        read(
            put(
                tmp_path,
                "two.zip",
                zip_of({"a.bin": b"\x00\x01", "b.zip": zip_of({"c.csv": b"id,review\n1,Good for me\n"})}),
            )
        )
    with pytest.raises(SourceError, match="far more than it should"):
        read(put(tmp_path, "bomb.csv.gz", gzip.compress(b"id,review\n" + b"1,aaaa\n" * 6_000_000)))


@pytest.mark.parametrize("data", [b"", b"\n\n", b"%PDF-1.7\n%\xe2\xe3", b"\x00\x01\x02\x03" * 50])
def test_files_of_no_known_format_are_refused_with_advice(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(SourceError) as error:
        read(put(tmp_path, "a.txt", data))
    assert error.value.found
    assert error.value.do


def test_unknown_format_and_encoding_names(tmp_path: Path) -> None:
    source = put(tmp_path, "r.csv", "review_id,review\n1,Good for me\n")
    with pytest.raises(ConfigError, match="no reader"):
        read(source, format="cvs.v1")
    with pytest.raises(ConfigError, match="no encoding"):
        read(source, encoding="utf-9")


def test_explain_tells_columns_counts_losses_and_what_to_map(tmp_path: Path) -> None:
    text = explain(put(tmp_path, "tweets.csv", TWEETS), options())
    for part in (
        "read as csv.v1",
        "encoding: utf-8",
        "delimiter: comma",
        "text: text (by its name)",
        "airline_sentiment: not used: it looks like somebody's label",
        "documents 3",
        "1 set aside: empty row",
        'columns.KEY = "header"',
    ):
        assert part in text


def test_the_same_file_gives_the_same_records(tmp_path: Path) -> None:
    source = put(tmp_path, "tweets.csv", TWEETS)
    assert read(source) == read(source)


def test_roles_of_rows(tmp_path: Path) -> None:
    text = "id,role,message\n1,customer,Where is my parcel today\n"
    text += "2,agent,It is on its way to you\n3,system,This is an automatic reply\n"
    talks, _ = read(put(tmp_path, "chat.csv", text))
    assert [said(talk)[0][1] for talk in talks] == ["participant", "agent", "bot"]


def test_votes_are_no_rating(tmp_path: Path) -> None:
    talks, _ = read(
        put(tmp_path, "posts.csv", "post_id,score,text\n1,154,we waited for an hour\n2,3,nobody came at all\n")
    )
    assert [talk.document.rating for talk in talks] == [None, None]


def test_a_row_without_text_is_told_without_its_author(tmp_path: Path) -> None:
    """Regression: nobody in the study is known by that name, so redaction left it in the tables."""
    rows = "Verfasser;Datum;Rating;Bewertung\nNoah Brandt;09.01.2026;5;I love it very much\nYusuf Demir;18.03.2026;4;\n"
    _, (skipped,) = read(put(tmp_path, "reviews.csv", rows))
    assert (skipped.reason, skipped.found) == ("no text in the row", "Datum: 18.03.2026; Rating: 4")
