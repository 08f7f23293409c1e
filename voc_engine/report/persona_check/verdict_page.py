"""Verdicts as one page that fetches nothing, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from voc_engine.privacy.withholding import MARK
from voc_engine.records.claim import VERDICTS, Aside, Verdict, Witness
from voc_engine.records.spreadsheet import guarded
from voc_engine.report import wording
from voc_engine.report.evidence import Evidence
from voc_engine.report.persona_check.verdict_words import MEANINGS, sentence
from voc_engine.report.places import Places
from voc_engine.report.quotes import Quotes, QuoteView
from voc_engine.report.rendering import environment
from voc_engine.statistics import wilson

_MOST_QUOTES = 5  # a choice: voices on each side
COLUMNS = ("persona", "section", "line", "place", "verdict", "people", "says", "says_low", "says_high", "denies",
    "spoke_of_it", "told", "quotes", "quotes_against")  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """``file`` is the persona file's name, ``asked`` who was asked ("" for everybody)."""

    file: str
    run_id: str
    asked: str
    people: int
    verdicts: Sequence[Verdict]
    aside: Sequence[Aside] = ()

    def count(self, verdict: str) -> int:
        """Lines with this verdict."""
        return sum(one.verdict == verdict for one in self.verdicts)


@dataclass(frozen=True, slots=True)
class _Quote:
    view: QuoteView
    place: str


@dataclass(frozen=True, slots=True)
class _Line:
    verdict: Verdict
    told: str
    says: tuple[_Quote, ...]
    denies: tuple[_Quote, ...]


class Pages:
    """Files of a check. ``evidence`` holds the published records: words that may not be shown are not in them."""

    def __init__(self, evidence: Evidence, report: Path) -> None:
        """``report``: the folder of the run's report, to which quotes lead."""
        self.evidence, self.report = evidence, report
        self.quotes = Quotes(evidence, Places(evidence))

    def write(self, checked: Checked, name: str, folder: Path) -> Iterator[tuple[str, bytes]]:
        """(file name, content): the page, the table and the same as JSON; links are relative to ``folder``."""
        lines = [self._line(one) for one in checked.verdicts]
        yield f"{name}.html", self._page(checked, lines, folder).encode("utf-8", "xmlcharrefreplace")
        yield f"{name}.csv", _csv(lines)
        yield f"{name}.json", _json(checked, lines)

    def _line(self, verdict: Verdict) -> _Line:
        return _Line(verdict, sentence(verdict), self._quoted(verdict.says), self._quoted(verdict.denies))

    def _quoted(self, witnesses: Sequence[Witness]) -> tuple[_Quote, ...]:
        segments = [self.evidence.segments.get(one.segment_id) for one in witnesses]
        able = [one for one in segments if one is not None and one.text != MARK][:_MOST_QUOTES]
        return tuple(_Quote(self.quotes.sentence(one), self._address(one.segment_id)) for one in able)

    def _address(self, segment_id: str) -> str:
        """Source, place in it, and time of the recording where it has one."""
        segment = self.evidence.segments[segment_id]
        document = self.evidence.documents[segment.document_id]
        seconds = None if segment.time_ms is None else segment.time_ms // 1000
        time = "" if seconds is None else f"{seconds // 60}:{seconds % 60:02}"
        return ", ".join(one for one in (document.source, document.locator, time) if one)

    def _page(self, checked: Checked, lines: Sequence[_Line], folder: Path) -> str:
        root = quote(os.path.relpath(self.report, folder).replace(os.sep, "/"))
        css = (resources.files("voc_engine.report") / "assets" / "report.css").read_text(encoding="utf-8")
        personas = [(name, _by_heading(own)) for name, own in _by_persona(lines)]
        return environment().get_template("check.html").render(
            checked=checked, personas=personas, css=Markup(css), root=f"{root}/", meanings=MEANINGS,
            study=self.evidence.study, totals=[(one, checked.count(one)) for one in VERDICTS],
        )  # fmt: skip


def _by_persona(lines: Sequence[_Line]) -> list[tuple[str, list[_Line]]]:
    """Personas in order of first appearance, with all lines of each."""
    by_persona: dict[str, list[_Line]] = {}
    for line in lines:
        by_persona.setdefault(line.verdict.claim.persona, []).append(line)
    return list(by_persona.items())


def _by_heading(lines: Sequence[_Line]) -> list[tuple[str, list[_Line]]]:
    def heading(line: _Line) -> str:
        return line.verdict.claim.heading or line.verdict.claim.section.capitalize()

    return [(name, list(own)) for name, own in groupby(lines, key=heading)]


def _row(line: _Line) -> dict[str, Any]:
    verdict, claim = line.verdict, line.verdict.claim
    low, high = wilson(len(verdict.says), verdict.total) if verdict.total >= wording.SMALL_SAMPLE else (None, None)
    return {
        "persona": claim.persona, "section": claim.heading or claim.section, "line": claim.text, "place": claim.place,
        "verdict": verdict.verdict, "people": verdict.total, "says": len(verdict.says),
        "says_low": None if low is None else round(low, 4), "says_high": None if high is None else round(high, 4),
        "denies": len(verdict.denies), "spoke_of_it": verdict.near, "told": line.told,
        "quotes": [_quote_values(one) for one in line.says], "quotes_against": [_quote_values(one) for one in line.denies],
    }  # fmt: skip


def _quote_values(quote: _Quote) -> dict[str, str | None]:
    view = quote.view
    return {"words": view.text, "person": view.person, "place": quote.place, "segment_id": view.segment_id}


def _csv(lines: Sequence[_Line]) -> bytes:
    sink = io.StringIO()
    sheet = csv.writer(sink, lineterminator="\n")
    sheet.writerow(COLUMNS)
    for line in lines:
        row = _row(line)
        for name in ("quotes", "quotes_against"):
            row[name] = " | ".join(f"{one['words']} ({one['person']}, {one['place']})" for one in row[name])
        sheet.writerow(["" if row[name] is None else guarded(str(row[name])) for name in COLUMNS])
    return sink.getvalue().encode("utf-8", "replace")


def _json(checked: Checked, lines: Sequence[_Line]) -> bytes:
    values = {
        "file": checked.file, "run_id": checked.run_id, "asked": checked.asked or "everybody", "people": checked.people,
        "lines": [_row(line) for line in lines], "set_aside": [asdict(one) for one in checked.aside],
    }  # fmt: skip
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
