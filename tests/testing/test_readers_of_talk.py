"""Every built-in reader of conversations, held to the kit with a small sound file of its format."""

from __future__ import annotations

import json
from pathlib import Path

from ingest.talk_files import TALK_FORMATS

from voc_engine.registry import component
from voc_engine.testing import ReaderKit

from .sample_lines import ALL, LINES, NAMES, laid_out, put, table


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


class TestChatAnnotation(TalkKit):
    reader = component("reader", "chat_annotation.v1")


class TestElan(TalkKit):
    reader = component("reader", "elan.v1")


class TestTextGrid(TalkKit):
    reader = component("reader", "textgrid.v1")


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
