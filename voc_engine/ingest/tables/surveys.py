"""Survey exports: extra header rows of Qualtrics and SurveyMonkey, tests of the makers, answers in several columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.survey_tools import plain_headings
from voc_engine.ingest.tables.table import RawRow
from voc_engine.ingest.tables.turned import upright
from voc_engine.records import Skipped

_ANSWER_ROW = frozenset(("response", "open-ended response", "custom data", ""))
_OTHER = ("other (please specify)", "other, please specify", "other")
_FEWEST_KNOWN = 3  # columns of Qualtrics' own


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Columns that Qualtrics adds to the answers (its documentation, "Understanding your dataset").
_QUALTRICS = _set_of(
    "startdate enddate status ipaddress progress duration finished recordeddate responseid recipientlastname "
    "recipientfirstname recipientemail externalreference externaldatareference locationlatitude locationlongitude "
    "distributionchannel userlanguage"
)
# Response types of Qualtrics by name and number: 1 and 9 are previews, 2 and 17 tests, 8 spam.
_TYPES = {
    "survey preview": "preview answer of the survey's makers",
    "1": "preview answer of the survey's makers",
    "9": "preview answer of the survey's makers",
    "survey test": "test answer that the survey tool made up",
    "2": "test answer that the survey tool made up",
    "17": "test answer that the survey tool made up",
    "spam": "answer that the survey tool took for spam",
    "8": "answer that the survey tool took for spam",
}
# To Qualtrics the respondent is the recipient of its invitation; elsewhere a recipient is somebody else.
_WHO = {"recipientemail": "Email", "recipientfirstname": "First Name", "recipientlastname": "Last Name"}
_LOOKED_AT = 300


def without_export_headers(source: SourceFile, raw: Iterator[RawRow | Skipped]) -> Iterator[RawRow | Skipped]:
    """One header row for what came with two or three; other tables pass unchanged.

    Qualtrics: names, questions, {"ImportId": ...} (which may be missing): the questions become the header of the answers.
    SurveyMonkey: questions, then "Response" or the choice: choices become one column, the others keep their label.
    A table with a person in each column is turned. LimeSurvey: "code. Question" becomes the question, or the code for its
    own columns.
    """
    raw = upright(source, raw)
    first = list(islice(raw, 3))
    if len(first) > 1 and isinstance(first[1], RawRow) and _are_tags(first[1].cells):
        yield from (first[0], set_aside(source, first[1].locator, "row of tags below the header", first[1].text))
        yield from chain(first[2:], raw)
        return
    rows = [row for row in first if isinstance(row, RawRow)]
    plain = plain_headings(rows[0].cells) if rows and first[0] is rows[0] else None
    if plain is not None:
        yield from chain([replace(rows[0], cells=plain)], first[1:], raw)
    elif len(rows) > 1 and first[:2] == rows[:2] and _is_qualtrics(rows):
        yield from _qualtrics(source, rows, chain(first[2:], raw))
    elif len(rows) > 1 and first[:2] == rows[:2] and _is_second_header(rows[1].cells):
        yield from _surveymonkey(source, rows[0], rows[1], chain(first[2:], raw))
    else:
        yield from chain(first, raw)


def _are_tags(cells: Sequence[str]) -> bool:
    """Whether a row holds the tags of the Humanitarian Exchange Language (hxlstandard.org): "#need+food"."""
    filled_cells = [cell.strip() for cell in cells if cell.strip()]
    return len(filled_cells) > 1 and all(re.fullmatch(r"#[a-z][\w+ ]*", cell) for cell in filled_cells)


def _bare(name: str) -> str:
    return "".join(c for c in name.split("(")[0].casefold() if c.isalpha())


def _is_qualtrics(rows: Sequence[RawRow]) -> bool:
    """A third row of {"ImportId": ...}; or three of the columns that Qualtrics adds, with their names once more in plain
    words below ("Recorded Date")."""
    names, questions = rows[0].cells, rows[1].cells
    if rows[2:] and sum("ImportId" in cell for cell in rows[2].cells) > 1:
        return True
    known_columns = [place for place, name in enumerate(names) if _bare(name) in _QUALTRICS]
    again = sum(
        place < len(questions) and bool(questions[place].strip()) and not questions[place][:1].isdigit()
        for place in known_columns
    )
    words = sum(
        place < len(questions) and _bare(questions[place]) in (*_QUALTRICS, "responsetype") for place in known_columns
    )
    return len(known_columns) >= _FEWEST_KNOWN and words > 1 and again >= 0.5 * len(known_columns)


def _qualtrics(
    source: SourceFile, rows: Sequence[RawRow], rest: Iterator[RawRow | Skipped]
) -> Iterator[RawRow | Skipped]:
    names, questions = rows[0], rows[1]
    yield RawRow(questions.locator, _questions(names.cells, questions.cells), questions.text)
    yield set_aside(source, names.locator, "header row of the survey tool", names.text)
    status = next((place for place, name in enumerate(names.cells) if _bare(name) == "status"), None)
    for row in rest:
        if isinstance(row, RawRow):
            value = row.cells[status].strip().casefold() if status is not None and status < len(row.cells) else ""
            if sum("ImportId" in cell for cell in row.cells) > 1:
                yield set_aside(source, row.locator, "header row of the survey tool", row.text)
                continue
            if value in _TYPES:
                yield set_aside(source, row.locator, _TYPES[value], row.text)
                continue
        yield row


def _questions(names: Sequence[str], questions: Sequence[str]) -> tuple[str, ...]:
    """The question's text for the questions, the tool's own name ("ResponseId") for what it adds."""
    pairs = zip(names, questions, strict=False)
    return tuple(
        _WHO.get(_bare(name), name) if _bare(name) in _QUALTRICS or not question.strip() else question
        for name, question in pairs
    )


def _is_second_header(cells: Sequence[str]) -> bool:
    """SurveyMonkey's second row: "Response", "Open-Ended Response" or a choice below each question, blanks before them."""
    named = [cell for cell in cells if cell.strip().casefold() in ("response", "open-ended response", *_OTHER[:2])]
    return bool(named) and not cells[0].strip() and not any(cell.strip().isdigit() for cell in cells)


def _surveymonkey(
    source: SourceFile, header: RawRow, labels: RawRow, rest: Iterator[RawRow | Skipped]
) -> Iterator[RawRow | Skipped]:
    first = list(islice(rest, _LOOKED_AT))
    below = [row for row in first if isinstance(row, RawRow)]
    columns = _columns(header.cells, labels.cells, below)
    yield replace(header, cells=tuple(name for name, _ in columns))
    yield set_aside(source, labels.locator, "header row of the survey tool", labels.text)
    for row in chain(first, rest):
        if isinstance(row, Skipped) or len(row.cells) != len(header.cells):
            yield row
        else:
            cells = tuple(
                ", ".join(row.cells[place] for place in places if row.cells[place].strip()) for _, places in columns
            )
            yield replace(row, cells=cells)


def _columns(header: Sequence[str], labels: Sequence[str], rows: Sequence[RawRow]) -> list[tuple[str, list[int]]]:
    """(name, places in the row) of each column: a question with a choice per column is one column."""
    columns: list[tuple[str, list[int]]] = []
    question = ""
    for column, name in enumerate(header):
        label = labels[column].strip() if column < len(labels) else ""
        question = name.strip() or question
        cells = {row.cells[column].strip() for row in rows if column < len(row.cells)} - {""}
        if label.casefold() in _ANSWER_ROW:
            columns.append((name.strip() or (f"{question} - {label}" if label else ""), [column]))
        elif label.casefold() in _OTHER or cells - {label}:
            columns.append((f"{question} - {label}", [column]))
        elif (
            columns
            and columns[-1][0] == question
            and columns[-1][1][-1] < column
            and _is_choice(labels, columns[-1][1][-1])
        ):
            columns[-1][1].append(column)
        else:
            columns.append((question, [column]))
    return columns


def _is_choice(labels: Sequence[str], column: int) -> bool:
    return labels[column].strip().casefold() not in _ANSWER_ROW
