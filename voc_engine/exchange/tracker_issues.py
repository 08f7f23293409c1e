"""The format "tracker.v1": a finding an issue, as CSV files that Jira, Linear and GitHub's importers read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from voc_engine.exchange.contract import Export, NotCarried, Shown
from voc_engine.exchange.csv_folder import csv_of
from voc_engine.exchange.csv_rows import rows_of
from voc_engine.exchange.marked_text import escaped, quoted, quotes_in
from voc_engine.exchange.plain_text import one_line, shortened
from voc_engine.exchange.result_sheets import Cell, Column, Sheet
from voc_engine.exchange.run_view import Quote, RunView
from voc_engine.exchange.said import SINGLE, said_by, shared
from voc_engine.records import Insight
from voc_engine.report import wording

# a choice: what a team can look through, and a title that Jira (255) and GitHub (256) take
ISSUES, QUOTES, TITLE = 50, 5, 200
ACTED_ON = ("pain_point", "objection", "request")
PRIORITY = {"high": "High", "medium": "Medium", "low": "Low"}
_BQ = re.compile(r"^bq\. (.*)\n.* \((\S+)\)$", re.MULTILINE)
_BARE = re.compile(r"\\([{}\[\]*_^~|!\-+?#])")
_JIRA = str.maketrans({one: f"\\{one}" for one in "{}[]*_^~|!-+?#"})


class TrackerIssues:
    """``jira.csv``, ``linear.csv`` and ``github.csv``: the columns that each importer knows, quotes in its own markup."""

    name = "tracker.v1"
    does = "jira.csv, linear.csv and github.csv: an issue per finding that several people share, with quotes"
    suffix = ""
    switches: ClassVar[Mapping[str, str]] = {}

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        insights = [one for one in shared(view) if one.kind in ACTED_ON]
        listed = insights[:ISSUES]
        files = [
            (
                "jira.csv",
                csv_of(_sheet(("Summary", "Issue Type", "Priority", "Labels", "Description"), view, listed, _jira)),
            ),
            ("linear.csv", csv_of(_sheet(("Title", "Description", "Priority", "Labels"), view, listed, _linear))),
            ("github.csv", csv_of(_sheet(("title", "body", "labels"), view, listed, _github))),
        ]
        alone = sum(one.n_people <= SINGLE for one in view.insights if one not in listed)
        beyond = "findings beyond the first 50 that ask for something to be done"
        rest = (NotCarried(beyond, len(insights) - len(listed)), NotCarried("findings of one person alone", alone))
        return Export(files, rest, sum(len(view.quotes_of[one.insight_id][:QUOTES]) for one in listed))

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        for head in ("Description", "body"):
            for row in rows_of(path, content, (head,)):
                yield from quotes_in(row[head])
                yield from _jira_quotes(row[head])


def _sheet(heads: tuple[str, ...], view: RunView, insights: list[Insight],
           row: Callable[[RunView, Insight], tuple[Cell, ...]]) -> Sheet:  # fmt: skip
    return Sheet("issues", tuple(map(Column, heads)), lambda: (row(view, one) for one in insights))


def _title(view: RunView, insight: Insight) -> str:
    return shortened(one_line(view.heading(insight)), TITLE)


def _facts(view: RunView, insight: Insight) -> str:
    return f"{view.reach(insight)}. Severity {insight.severity}. Finding {insight.insight_id} of {view.run_id}."


def _markdown(view: RunView, insight: Insight) -> str:
    quotes = view.quotes_of[insight.insight_id][:QUOTES]
    return "\n".join([f"{escaped(_facts(view, insight))}\n", *map(quoted, quotes)])


def _label(insight: Insight) -> str:
    return wording.kind_name(insight.kind).replace(" ", "-")


def _jira(view: RunView, insight: Insight) -> tuple[Cell, ...]:
    """Jira's importer reads labels that hold no blanks, and its own markup."""
    quotes = "\n".join(map(_jira_quote, view.quotes_of[insight.insight_id][:QUOTES]))
    return (
        _title(view, insight),
        "Task",
        PRIORITY[insight.severity],
        _label(insight),
        f"{_facts(view, insight)}\n\n{quotes}",
    )


def _jira_quote(quote: Quote) -> str:
    words = one_line(quote.words).translate(_JIRA)
    return f"bq. {words}\n{said_by(quote).translate(_JIRA)} ({quote.mention.mention_id})\n"


def _jira_quotes(text: str) -> Iterator[Shown]:
    for words, mention_id in _BQ.findall(text):
        yield Shown(mention_id, _BARE.sub(r"\1", words))


def _linear(view: RunView, insight: Insight) -> tuple[Cell, ...]:
    return _title(view, insight), _markdown(view, insight), PRIORITY[insight.severity], _label(insight)


def _github(view: RunView, insight: Insight) -> tuple[Cell, ...]:
    return _title(view, insight), _markdown(view, insight), f"{_label(insight)},severity-{insight.severity}"
