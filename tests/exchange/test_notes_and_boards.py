"""Markdown, boards, trackers and CRM rows: what somebody wrote is text in each, and each can be read again."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

import pytest
import yaml
from hostile_run import hostile_view
from hostile_text import PAYLOADS
from markdown_it import MarkdownIt

from voc_engine.exchange.board_notes import LONGEST, BoardNotes
from voc_engine.exchange.crm_rows import CrmRows
from voc_engine.exchange.notes_markdown import MarkdownNotes
from voc_engine.exchange.plain_text import one_line
from voc_engine.exchange.run_view import RunView
from voc_engine.exchange.tracker_issues import TrackerIssues
from voc_engine.records.spreadsheet import guarded
from voc_engine.testing import example_study

TAGS = {"h1", "h2", "h3", "p", "ul", "li", "strong", "blockquote", "a", "br"}


class Seen(HTMLParser):
    """Tags, places of links and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links |= {value or "" for name, value in attrs if name in ("href", "src")}

    def handle_data(self, data: str) -> None:
        self.words += data


def files(chosen, view: RunView, *switches: str) -> dict[str, str]:
    return {path: content.decode("utf-8") for path, content in chosen.write(view, frozenset(switches)).files}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_notes_render_as_what_was_written(payload: str) -> None:
    names = set(files(MarkdownNotes(), hostile_view(payload)))
    for path, text in files(MarkdownNotes(), hostile_view(payload)).items():
        _, head, body = text.split("---\n", 2)
        assert yaml.safe_load(head)["type"]
        seen = Seen()
        seen.feed(MarkdownIt("commonmark").render(body))
        assert seen.tags <= TAGS, (path, seen.tags - TAGS)
        assert seen.links <= names
        if path == "overview.md":
            assert one_line(payload).replace("\u2028", " ") in one_line(seen.words)


def test_notes_link_as_their_reader_does() -> None:
    view = RunView(example_study())
    assert "[[findings]] Findings" in files(MarkdownNotes(), view, "links")["overview.md"]
    assert "[Findings](findings.md)" in files(MarkdownNotes(), view)["overview.md"]


def test_a_note_is_a_line_and_short_enough_for_a_sticky_note() -> None:
    found = files(BoardNotes(), hostile_view("a\rb, and on it goes " * 40), "all")
    lines = found["notes.txt"].rstrip("\n").split("\n")
    assert len(lines) == len(rows(found["notes.csv"]))
    assert max(map(len, lines)) <= LONGEST
    places = {(one["x"], one["y"]) for one in rows(found["notes.csv"])}
    assert len(places) == len(lines), "no note lies on another"


def test_the_whole_board_holds_every_quote() -> None:
    view = RunView(example_study())
    told = {one["id"] for one in rows(files(BoardNotes(), view, "all")["notes.csv"])}
    assert {one.mention.mention_id for one in view.quotes} <= told


def test_trackers_are_given_what_is_to_be_done() -> None:
    found = files(TrackerIssues(), RunView(example_study()))
    (jira,) = rows(found["jira.csv"])
    assert jira["Summary"] == "export drops rows"
    assert jira["Labels"] == "pain-point"
    assert {len(list(TrackerIssues().shown(path, text.encode()))) for path, text in found.items()} == {3}


def test_crm_rows_are_people_with_personas() -> None:
    found = rows(files(CrmRows(), RunView(example_study()))["people.csv"])
    assert [one["person"] for one in found] == ["P0001", "P0002", "P0003", "P0004"]
    assert {one["persona"] for one in found} == {"Everyone in the study"}
    assert found[0]["leading_pain"] == "export drops rows"


@pytest.mark.parametrize("formula", ["=1+1", "+cmd|'/c calc'!A0", "@SUM(A1)", "-2+3"])
@pytest.mark.parametrize("chosen", [BoardNotes(), TrackerIssues(), CrmRows()], ids=lambda one: one.name)
def test_no_cell_is_a_formula(chosen, formula: str) -> None:
    for path, text in files(chosen, hostile_view(formula)).items():
        if path.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
            assert [cell for cell in cells if guarded(cell) != cell] == []
