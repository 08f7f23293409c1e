"""Every built-in reader, held to the kit with a small sound file of its format; and a reader with faults."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from ingest.desk_files import DESK_FORMATS
from ingest.post_files import POST_FORMATS
from ingest.table_files import as_office_page, as_page_table
from ingest.talk_files import TALK_FORMATS

from voc_engine.config import SourceConfig
from voc_engine.ingest import Conversation, SourceFile
from voc_engine.records import Skipped
from voc_engine.registry import component, names
from voc_engine.testing import ReaderKit

# What is said in most samples, by two people in turn where the format has people.
LINES = (
    "Alder booked twice before breakfast.",
    "Birch never arrived and nobody phoned.",
    "Cedar costs forty pounds and more.",
    "Dogwood was a cheap trick, naïvely quoted.",
)
ALL = " ".join(LINES)
NAMES = ("Dana Wells", "Tom Reed")


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def laid_out(layout: str, between: str = "\n\n") -> str:
    return between.join(
        layout.format(name=NAMES[n % 2], text=text, n=n + 1, s=f"{n:02}", t=n + 1) for n, text in enumerate(LINES)
    )


def table(header: list[str], rows: list[list[str]], **options: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n", **options).writerows([header, *rows])  # type: ignore[call-overload]
    return stream.getvalue()


class TestWebVtt(ReaderKit):
    reader, said = component("reader", "webvtt.v1"), ALL

    def sample(self, folder: Path) -> Path:
        return put(folder, "a.vtt", "WEBVTT\n\n" + laid_out("00:{s}.000 --> 00:{s}.900\n<v {name}>{text}</v>") + "\n")


class TestSubRip(ReaderKit):
    reader, said = component("reader", "srt.v1"), ALL

    def sample(self, folder: Path) -> Path:
        return put(folder, "a.srt", laid_out("{n}\n00:00:{s},000 --> 00:00:{s},900\n{name}: {text}") + "\n")


class TestWhisper(ReaderKit):
    reader, said = component("reader", "whisper.v1"), ALL

    def sample(self, folder: Path) -> Path:
        return put(folder, "a.tsv", "start\tend\ttext\n" + laid_out("{n}000\t{t}900\t{text}", "\n") + "\n")


class TestSpeechJson(ReaderKit):
    reader, said = component("reader", "speech_json.v1"), ALL
    textual = False  # letters beyond ASCII are written as escapes

    def sample(self, folder: Path) -> Path:
        segments = [{"start": n, "end": n + 1, "text": text, "speaker": NAMES[n % 2]} for n, text in enumerate(LINES)]
        return put(folder, "a.json", json.dumps({"segments": segments, "language": "en"}))


class TestOtter(ReaderKit):
    reader, said = component("reader", "otter.v1"), ALL

    def sample(self, folder: Path) -> Path:
        return put(folder, "a.md", laid_out("{name}  0:{s}  \n{text}") + "\n")


class TestNotes(ReaderKit):
    reader, said = component("reader", "notes.v1"), ALL

    def sample(self, folder: Path) -> Path:
        return put(folder, "a.txt", laid_out("{name}: {text}") + "\n")


class TestProse(ReaderKit):
    reader, said = component("reader", "prose.v1"), ALL

    def sample(self, folder: Path) -> Path:
        return put(folder, "a.txt", laid_out("{text}") + "\n")


class TestDocx(ReaderKit):
    reader, said = component("reader", "docx.v1"), ALL
    textual = False

    def sample(self, folder: Path) -> Path:
        import docx

        made = docx.Document()
        for n, text in enumerate(LINES):
            made.add_paragraph(f"{NAMES[n % 2]}   0:{n:02}")
            made.add_paragraph(text)
        made.save(str(folder / "a.docx"))
        return folder / "a.docx"


class TestCsv(ReaderKit):
    reader, said = component("reader", "csv.v1"), ALL

    def sample(self, folder: Path) -> Path:
        rows = [[f"r{n}", str(1 + n % 5), text] for n, text in enumerate(LINES)]
        return put(folder, "a.csv", table(["review_id", "rating", "review"], rows))


class TestSurvey(ReaderKit):
    reader, said = component("reader", "survey.v1"), ALL

    def sample(self, folder: Path) -> Path:
        header = ["respondent_id", "What happened last time?", "What would you change first?"]
        return put(folder, "a.csv", table(header, [["1", *LINES[:2]], ["2", *LINES[2:]]]))


class TestZendeskView(ReaderKit):
    reader, said = component("reader", "zendesk_csv.v1"), ALL

    def sample(self, folder: Path) -> Path:
        rows = [[str(n), "", text, NAMES[n % 2], "vip"] for n, text in enumerate(LINES)]
        return put(folder, "a.csv", table(["Id", "Subject", "Description", "Requester", "Tags [list]"], rows))


class TestJson(ReaderKit):
    reader, said = component("reader", "json.v1"), ALL

    def sample(self, folder: Path) -> Path:
        rows = [{"review_id": n, "review": text} for n, text in enumerate(LINES)]
        return put(folder, "a.json", json.dumps(rows, indent=1, ensure_ascii=False))


class TestJsonLines(ReaderKit):
    reader, said = component("reader", "jsonl.v1"), ALL

    def sample(self, folder: Path) -> Path:
        rows = [json.dumps({"review_id": n, "review": text}, ensure_ascii=False) for n, text in enumerate(LINES)]
        return put(folder, "a.jsonl", "\n".join(rows) + "\n")


class TestWorkbook(ReaderKit):
    reader, said = component("reader", "xlsx.v1"), ALL
    textual = False

    def sample(self, folder: Path) -> Path:
        import openpyxl

        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in [["review_id", "review"], *([f"r{n}", text] for n, text in enumerate(LINES))]:
            sheet.append(row)
        book.save(folder / "a.xlsx")
        return folder / "a.xlsx"


class TestParquet(ReaderKit):
    reader, said = component("reader", "parquet.v1"), ALL
    textual = False

    def sample(self, folder: Path) -> Path:
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = {"review_id": [f"r{n}" for n in range(len(LINES))], "review": list(LINES)}
        pq.write_table(pa.table(columns), folder / "a.parquet")
        return folder / "a.parquet"


class TestZendesk(ReaderKit):
    reader, said = component("reader", "zendesk.v1"), ALL
    textual = False  # a comment that is cut out of its ticket is quarantined with the ticket's raw text

    def sample(self, folder: Path) -> Path:
        comments = [{"author_id": 1 + n % 2, "body": text} for n, text in enumerate(LINES)]
        ticket = {"id": 1, "subject": "", "requester_id": 1, "description": LINES[0], "comments": comments}
        return put(folder, "a.json", json.dumps({"tickets": [ticket], "users": []}))


class TestIntercom(ReaderKit):
    reader, said = component("reader", "intercom.v1"), ALL
    textual = False

    def sample(self, folder: Path) -> Path:
        parts = [
            {"part_type": "comment", "body": f"<p>{text}</p>", "author": {"type": "user", "id": "7"}} for text in LINES
        ]
        record = {"id": "1", "source": {}, "conversation_parts": {"conversation_parts": parts}}
        return put(folder, "a.json", json.dumps([record]))


class TestReddit(ReaderKit):
    reader, said = component("reader", "reddit.v1"), ALL

    def sample(self, folder: Path) -> Path:
        shared = {"subreddit": "s", "created_utc": 1767225600, "link_id": "t3_x"}
        rows = [{**shared, "id": f"c{n}", "author": f"writer{n}", "body": text} for n, text in enumerate(LINES)]
        return put(folder, "a.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n")


class TestXArchive(ReaderKit):
    reader, said = component("reader", "x_archive.v1"), ALL
    textual = False

    def sample(self, folder: Path) -> Path:
        posts = [{"tweet": {"id_str": str(n), "full_text": text}} for n, text in enumerate(LINES)]
        return put(folder, "tweets.js", "window.YTD.tweets.part0 = " + json.dumps(posts, indent=1))


class DeskKit(ReaderKit):
    """Help desks and mail: the files are written by tests/ingest/desk_files.py."""

    __test__ = False
    said = ALL

    def __init_subclass__(cls) -> None:
        cls.__test__ = True

    def sample(self, folder: Path) -> Path:
        name, write = DESK_FORMATS[self.reader.name]
        return put(folder, name, write(list(LINES)))


class TestFreshdesk(DeskKit):
    reader = component("reader", "freshdesk.v1")
    textual = False


class TestFreshdeskTable(DeskKit):
    reader = component("reader", "freshdesk_csv.v1")


class TestHubSpot(DeskKit):
    reader = component("reader", "hubspot.v1")


class TestHubSpotTable(DeskKit):
    reader = component("reader", "hubspot_csv.v1")


class TestHubSpotThreads(DeskKit):
    reader = component("reader", "hubspot_threads.v1")
    textual = False


class TestSalesforce(DeskKit):
    reader = component("reader", "salesforce.v1")
    textual = False


class TestSalesforceTable(DeskKit):
    reader = component("reader", "salesforce_csv.v1")


class TestJira(DeskKit):
    reader = component("reader", "jira.v1")
    textual = False


class TestJiraTable(DeskKit):
    reader = component("reader", "jira_csv.v1")


class TestEml(DeskKit):
    reader = component("reader", "eml.v1")


class TestMbox(DeskKit):
    reader = component("reader", "mbox.v1")


class TalkKit(ReaderKit):
    """Documents and meeting exports: the files are written by tests/ingest/talk_files.py."""

    __test__ = False
    said = ALL
    textual = False

    def __init_subclass__(cls) -> None:
        cls.__test__ = True

    def sample(self, folder: Path) -> Path:
        name, write = TALK_FORMATS[self.reader.name]
        return put(folder, name, write(list(LINES)))


class TestWebPage(TalkKit):
    reader = component("reader", "html.v1")


class TestOpenDocument(TalkKit):
    reader = component("reader", "odt.v1")


class TestPdf(TalkKit):
    reader = component("reader", "pdf.v1")


class TestRichText(TalkKit):
    reader = component("reader", "rtf.v1")


class TestTeams(TalkKit):
    reader = component("reader", "teams.v1")
    textual = True


class TestZoomText(TalkKit):
    reader = component("reader", "zoom_text.v1")
    textual = True


class TestChatLog(TalkKit):
    reader = component("reader", "chat_log.v1")
    textual = True


class TestChatLogWithDashes(ReaderKit):
    reader, said = component("reader", "chat_log.v1"), ALL

    def sample(self, folder: Path) -> Path:
        return put(folder, "a.txt", laid_out("14/10/2025, 15:{s} - {name}: {text}", "\n") + "\n")


class TestChatLogWithNamesAbove(ReaderKit):
    reader, said = component("reader", "chat_log.v1"), ALL

    def sample(self, folder: Path) -> Path:
        return put(folder, "a.txt", laid_out("[2025-10-14 15:{s}] {name}\n{text}") + "\n")


class TestTurnTable(TalkKit):
    reader = component("reader", "turn_table.v1")
    textual = True


class TestTurnTableWithoutHeadings(ReaderKit):
    reader, said = component("reader", "turn_table.v1"), ALL

    def sample(self, folder: Path) -> Path:
        first, *rest = ([f"00:00:{n:02}", NAMES[n % 2], text] for n, text in enumerate(LINES))
        return put(folder, "a.csv", table(first, rest))


class TestTurnTableAsWorkbook(ReaderKit):
    reader, said = component("reader", "turn_table.v1"), ALL
    textual = False

    def sample(self, folder: Path) -> Path:
        import openpyxl

        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in [["Speaker", "Start", "Text"], *([NAMES[n % 2], f"0:0{n}", text] for n, text in enumerate(LINES))]:
            sheet.append(row)
        book.save(folder / "a.xlsx")
        return folder / "a.xlsx"


class TestPageTable(ReaderKit):
    reader, said = component("reader", "html_table.v1"), ALL

    def sample(self, folder: Path) -> Path:
        return put(folder, "a.html", as_page_table(list(LINES)))


class TestPageTableOfAnOfficeProgram(ReaderKit):
    reader, said = component("reader", "html_table.v1"), ALL

    def sample(self, folder: Path) -> Path:
        return put(folder, "a.xls", as_office_page(list(LINES)))


class TestPageTableOfTurns(ReaderKit):
    reader, said = component("reader", "html_table.v1"), ALL

    def sample(self, folder: Path) -> Path:
        rows = laid_out("<tr><td>0:{s}<td>{name}<td>{text}", "\n")
        return put(folder, "a.html", f"<table>\n<tr><th>Time<th>Speaker<th>Text\n{rows}\n</table>\n")


class PostKit(ReaderKit):
    """Reviews, posts and sheets: the files are written by tests/ingest/post_files.py."""

    __test__ = False
    said = ALL

    def __init_subclass__(cls) -> None:
        cls.__test__ = True

    def sample(self, folder: Path) -> Path:
        name, write = POST_FORMATS[self.reader.name]
        return put(folder, name, write(list(LINES)))


class TestAppStore(PostKit):
    reader = component("reader", "app_store.v1")


class TestDiscourse(PostKit):
    reader = component("reader", "discourse.v1")


class TestMastodon(PostKit):
    reader = component("reader", "mastodon.v1")


class TestOpenSheet(PostKit):
    reader = component("reader", "ods.v1")
    textual = False


class TestYouTube(PostKit):
    reader = component("reader", "youtube.v1")


class TestYouTubeTakeout(PostKit):
    reader = component("reader", "youtube_takeout.v1")


def test_no_reader_is_without_its_kit() -> None:
    kits = [one for one in globals().values() if isinstance(one, type) and issubclass(one, ReaderKit)]
    # A reader of several layouts has a kit for each.
    assert sorted(
        {one.reader.name for one in kits if one not in (ReaderKit, FaultyKit, DeskKit, TalkKit, PostKit)}
    ) == names("reader")


class Faulty:
    """The reader of notes with one promise broken."""

    name, kind = "faulty.v1", "interview"

    def __init__(self, fault: str) -> None:
        self.fault, self.inner, self.readings = fault, component("reader", "notes.v1"), 0

    def sniff(self, source: SourceFile, head: bytes) -> float:
        return 1.0 if self.fault == "greedy" else self.inner.sniff(source, head) and 0.9

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        return [] if self.fault == "silent" else ["notes"]

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        self.readings += 1
        text = source.read_whole().decode("utf-8", "strict" if self.fault == "strict" else "replace")
        if self.fault == "strict" and "Dana" not in text:
            raise ValueError(text)
        for item in self.inner.read(source, options):
            if isinstance(item, Conversation):
                yield self._broken(item)
            elif self.fault != "silent":
                yield item

    def _broken(self, talk: Conversation) -> Conversation:
        document, turns = talk.document, talk.utterances
        if self.fault == "span":
            turns = tuple(replace(one, end=one.end - 1) for one in turns)
        if self.fault == "loss" and len(turns) > 1:
            turns = turns[:-1]
            document = replace(document, text=document.text[: turns[-1].end])
        if self.fault == "id":
            document = replace(document, document_id=f"{document.document_id}-{self.readings}")
            turns = tuple(replace(one, document_id=document.document_id) for one in turns)
        return Conversation(document, turns)


class FaultyKit(TestNotes):
    __test__ = False

    def __init__(self, fault: str) -> None:
        self.reader = Faulty(fault)


@pytest.mark.parametrize(
    ("fault", "test"),
    [
        ("greedy", "test_it_leaves_the_files_of_others_alone"),
        ("span", "test_spans_are_exact"),
        ("loss", "test_words_in_are_words_out"),
        ("loss", "test_no_word_of_a_damaged_file_vanishes"),
        ("id", "test_the_same_file_reads_the_same_wherever_it_lies"),
        ("silent", "test_it_says_how_the_file_is_understood"),
        ("strict", "test_damage_is_told_and_never_thrown"),
    ],
)
def test_the_kit_finds_the_fault(tmp_path: Path, fault: str, test: str) -> None:
    with pytest.raises((AssertionError, ValueError)):
        getattr(FaultyKit(fault), test)(tmp_path)


def test_a_reader_without_faults_passes_the_same_tests(tmp_path: Path) -> None:
    kit = FaultyKit("")
    for number, test in enumerate(("test_spans_are_exact", "test_words_in_are_words_out",
                                   "test_damage_is_told_and_never_thrown")):  # fmt: skip
        (tmp_path / str(number)).mkdir()
        getattr(kit, test)(tmp_path / str(number))
