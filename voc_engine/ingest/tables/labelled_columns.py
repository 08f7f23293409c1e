"""Columns by the wording of their headers: somebody's labels, contact data, open questions; and what kind a table is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.tables.headers import folded

_KEYWORDS = keywords("labelled_columns")

_LABEL = re.compile(_KEYWORDS.pattern("label"), re.I)
# What staff, a coder or a machine wrote beside people's words: "Internal Comment", "Admin Note", "AI Summary".
_BESIDE = re.compile(_KEYWORDS.pattern("beside"), re.IGNORECASE)
# Whose notes these are the header does not say: a clerk's about the customer, or the customer's own ("Notes").
_NOTES = re.compile(_KEYWORDS.pattern("notes"), re.IGNORECASE)
_PERSONAL = re.compile(_KEYWORDS.pattern("personal"), re.I)
_QUESTION = re.compile(_KEYWORDS.pattern("question"), re.IGNORECASE)
_OPINION_PARTS = re.compile(_KEYWORDS.pattern("opinion_parts"), re.IGNORECASE)
_REVIEW_QUESTION = re.compile(
    r"\b(like best|dislike|like (?:the )?(?:most|least)|problems .*solving|recommendations to others)\b", re.I
)
_HINTS: dict[str, re.Pattern[str]] = {
    "ticket": re.compile(_KEYWORDS.pattern("of_tickets"), re.I),
    "review": re.compile(_KEYWORDS.pattern("of_reviews"), re.I),
    "post": re.compile(_KEYWORDS.pattern("of_posts"), re.I),
    "survey": re.compile(_KEYWORDS.pattern("of_surveys"), re.I),
    "interview": re.compile(r"interview|transcript", re.I),
}


def is_label_column(header: str) -> bool:
    """Whether a column holds what somebody or something said about the text (a sentiment, a confidence)."""
    return bool(_LABEL.search(header.replace("_", " "))) or bool(_LABEL.search(header))


def is_written_beside(header: str) -> bool:
    """Whether a column holds what staff, a coder or a machine wrote about the row ("Internal Comment", "AI Summary")."""
    return not header.rstrip().endswith("?") and bool(_BESIDE.search(folded(header)))


def is_of_notes(header: str) -> bool:
    """Whether a header says notes and not whose ("Notes", "Call notes"); "Internal notes" are ``is_written_beside``."""
    return bool(_NOTES.fullmatch(folded(header.rpartition(".")[2])))


def is_personal(header: str) -> bool:
    """Whether a column holds contact data, which is kept only as an identity."""
    return bool(_PERSONAL.search(header.replace("_", " ")))


def opinion_part(header: str) -> bool:
    """Whether a header is one of the halves of an opinion ("Pros", "What do you dislike about it?")."""
    return bool(_OPINION_PARTS.match(folded(header))) or bool(_REVIEW_QUESTION.search(folded(header)))


def review_question(header: str) -> bool:
    """Whether a header is one of the questions that review sites ask ("What do you like best about it?")."""
    return bool(_REVIEW_QUESTION.search(folded(header)))


def open_question(header: str) -> bool:
    """Whether a header is a question, or one of the halves of an opinion ("Pros", "dislike")."""
    return bool(_QUESTION.search(header.strip())) or opinion_part(header)


def guess_kind(
    columns: Sequence[str], contexts: int, source_name: str, numbers: Collection[str] = (), rated: bool = False
) -> tuple[str, str]:
    """(kind, why) of a table by its headers, then by its file name; posts where nothing tells.

    ``contexts`` is how many columns answer open questions, ``numbers`` are columns of bare numbers (a count of likes is no
    opinion), ``rated`` whether one holds ratings.
    """
    opinions = sum(opinion_part(column) for column in columns if column not in numbers)
    headers = [f"{folded(column)}{'?' if column.rstrip().endswith('?') else ''}" for column in columns]
    scores = {kind: sum(2 for header in headers if hint.search(header)) for kind, hint in _HINTS.items()}
    scores["survey"] += 2 * contexts if not opinions else 0
    scores["survey"] -= 2 * sum(bool(_REVIEW_QUESTION.search(header)) for header in headers)
    scores["review"] += 2 * opinions + 3 * rated
    stem = PurePosixPath(source_name).name.replace("_", " ").replace("-", " ")
    for kind, hint in _HINTS.items():
        scores[kind] += 1 if hint.search(stem) else 0
    best = max(scores, key=lambda kind: scores[kind])
    if scores[best] <= 0:
        return "post", "nothing in the headers or the file's name tells the kind; set kind to correct it"
    return best, "by its headers and name"
