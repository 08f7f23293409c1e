"""The built-in export formats, held to the kit."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from voc_engine.exchange.board_notes import BoardNotes
from voc_engine.exchange.cards.card_export import PersonaCards
from voc_engine.exchange.contract import Export
from voc_engine.exchange.crm_rows import CrmRows
from voc_engine.exchange.csv_folder import CsvFolder
from voc_engine.exchange.handout import Handout
from voc_engine.exchange.json_study import JsonStudy
from voc_engine.exchange.label_studio import LabelStudio
from voc_engine.exchange.notes_markdown import MarkdownNotes, NotionZip
from voc_engine.exchange.pictures import Pictures
from voc_engine.exchange.refi.qdc import RefiCodebook
from voc_engine.exchange.refi.qdpx import RefiQda
from voc_engine.exchange.run_view import RunView
from voc_engine.exchange.slide_deck import SlideDeck
from voc_engine.exchange.tracker_issues import TrackerIssues
from voc_engine.exchange.word_report import WordReport
from voc_engine.exchange.workbook import Workbook
from voc_engine.registry import names
from voc_engine.review.agreement_export import AgreementTables
from voc_engine.testing import ExportFormatKit


class TestAgreement(ExportFormatKit):
    format = AgreementTables()
    shows_quotes = False


class TestCsv(ExportFormatKit):
    format = CsvFolder()


class TestSlides(ExportFormatKit):
    format = SlideDeck()
    all_quotes = False


class TestPersonaCards(ExportFormatKit):
    format = PersonaCards()
    all_quotes = False


class TestHandout(ExportFormatKit):
    format = Handout()
    all_quotes = False


class TestWordReport(ExportFormatKit):
    format = WordReport()
    all_quotes = False


class TestBoard(ExportFormatKit):
    format = BoardNotes()
    all_quotes = False


class TestMarkdown(ExportFormatKit):
    format = MarkdownNotes()
    all_quotes = False


class TestNotion(ExportFormatKit):
    format = NotionZip()


class TestLabelStudio(ExportFormatKit):
    format = LabelStudio()


class TestTracker(ExportFormatKit):
    format = TrackerIssues()
    all_quotes = False


class TestCrm(ExportFormatKit):
    format = CrmRows()
    all_quotes = False


class TestPictures(ExportFormatKit):
    format = Pictures()
    all_quotes = False


class TestJson(ExportFormatKit):
    format = JsonStudy()


class TestRefiQda(ExportFormatKit):
    format = RefiQda()


class TestRefiCodebook(ExportFormatKit):
    format = RefiCodebook()
    shows_quotes = False


class TestXlsx(ExportFormatKit):
    format = Workbook()


def test_no_export_format_is_without_its_kit() -> None:
    held = {one.format.name for one in globals().values() if isinstance(one, type) and hasattr(one, "format")}
    assert sorted(held) == names("export format")


class Careless(CsvFolder):
    """A format with one fault at a time."""

    def __init__(self, fault: str) -> None:
        self.fault, self.clock = fault, count()
        self.name = "careless" if fault == "name" else "careless.v1"

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        made = super().write(view, switches)
        return replace(made, files=[self._spoilt(*file) for file in made.files])

    def _spoilt(self, path: str, content: bytes) -> tuple[str, bytes]:
        if self.fault == "path":
            path = f"../{path}"
        if self.fault == "clock":
            content += str(next(self.clock)).encode()
        if self.fault == "quote":
            content = content.replace(b"drops the last row", b"drops the last rows")
        if self.fault == "lost" and path == "quotes.csv":
            content = b"\r\n".join(content.split(b"\r\n")[:2])
        return path, content


@pytest.mark.parametrize(
    ("fault", "test"),
    [
        ("name", "test_it_has_a_versioned_name_and_says_who_opens_it"),
        ("path", "test_paths_are_relative_and_each_is_written_once"),
        ("clock", "test_the_same_run_gives_the_same_bytes_in_the_same_order"),
        ("quote", "test_quotes_keep_their_words_and_their_ids"),
        ("lost", "test_quotes_keep_their_words_and_their_ids"),
    ],
)
def test_the_kit_finds_the_fault(fault: str, test: str) -> None:
    kit = ExportFormatKit()
    kit.format = Careless(fault)
    with pytest.raises(AssertionError):
        getattr(kit, test)()
