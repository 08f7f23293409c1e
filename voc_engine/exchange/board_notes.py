"""The format "board.v1": sticky notes for Miro, FigJam and Mural, a column of notes per finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from voc_engine.exchange.contract import Export, NotCarried, Shown
from voc_engine.exchange.csv_folder import csv_of
from voc_engine.exchange.csv_rows import rows_of
from voc_engine.exchange.drawing.shapes import hex_of
from voc_engine.exchange.plain_text import one_line, shortened
from voc_engine.exchange.result_sheets import Cell, Column, Sheet, kind_name
from voc_engine.exchange.run_view import Quote, RunView
from voc_engine.exchange.said import shared
from voc_engine.records import Insight

LONGEST, STEP = 180, 240  # characters of a note; units from note to note
PER_FINDING, FINDINGS = 8, 40  # notes, columns: a board of thousands of notes is read by nobody
HEADS = ("text", "author", "kind", "finding", "persona", "color", "group", "x", "y", "link", "id")


class BoardNotes:
    """``notes.txt`` has a note a line: paste it. ``notes.csv`` has the same with colours, groups and places."""

    name = "board.v1"
    does = "sticky notes: notes.txt to paste into Miro, FigJam or Mural, notes.csv with groups, colours and places"
    suffix = ""
    switches: ClassVar[Mapping[str, str]] = {"all": "every quote, also of findings that one person alone voices"}

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        rows = list(_rows(view, everything="all" in switches))
        lines = "\n".join(str(row[0]) for row in rows)
        table = Sheet("notes", tuple(map(Column, HEADS)), lambda: iter(rows))
        n_quotes = len({row[-1] for row in rows if str(row[-1]) in view.evidence.mentions})
        rest = NotCarried("quotes beyond the first of each finding", len(view.quotes) - n_quotes)
        return Export([("notes.txt", f"{lines}\n".encode()), ("notes.csv", csv_of(table))], (rest,), n_quotes)

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        for row in rows_of(path, content, HEADS):
            if row["author"]:
                yield Shown(row["id"], row["text"])


def _rows(view: RunView, *, everything: bool) -> Iterator[tuple[Cell, ...]]:
    """The finding's own note on top of its column, its quotes below."""
    insights = list(view.insights) if everything else shared(view)[:FINDINGS]
    for column, insight in enumerate(insights):
        yield _note(view, insight, None, column, 0)
        quotes = view.quotes_of[insight.insight_id]
        for row, quote in enumerate(quotes if everything else quotes[:PER_FINDING], 1):
            yield _note(view, insight, quote, column, row)
    loose = [one for one in view.quotes if one.insight is None] if everything else []
    for row, quote in enumerate(loose):
        yield _note(view, None, quote, len(insights), row)


def _note(view: RunView, insight: Insight | None, quote: Quote | None, column: int, row: int) -> tuple[Cell, ...]:
    kind = quote.mention.kind if quote else insight.kind if insight else ""
    heading = one_line(view.heading(insight)) if insight else "in no finding"
    words = quote.words if quote else f"{heading} ({view.reach(insight) if insight else ''})"
    persona = one_line(quote.persona.name) if quote and quote.persona else None
    return (
        shortened(one_line(words), LONGEST), quote.mention.person_id if quote else None, kind_name(kind), heading, persona,
        f"#{hex_of(kind)}", column + 1, column * STEP, row * STEP, quote.document.url if quote else None,
        quote.mention.mention_id if quote else insight.insight_id if insight else "",
    )  # fmt: skip
