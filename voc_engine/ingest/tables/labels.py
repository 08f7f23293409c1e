"""Columns by the wording of their headers: somebody's labels, contact data, open questions; and what kind a table is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

_LABEL = re.compile(
    r"sentiment|polarity|emotion|\blabels?\b|_label|annotat|confidence|\bgold\b|_gold|prediction|toxicity", re.I
)
_PERSONAL = re.compile(
    r"e-?mail|phone|\bip\b|ip ?address|address|latitude|longitude|birth|external ?data ?reference|coord", re.I
)
_QUESTION = re.compile(
    r"\?\s*$|^(what|why|how|which|where|when|who|please|describe|tell us|is there|are there|anything|any other|if you|"
    r"in your own words|was|wie|warum|welche|qu'|comment|pourquoi)\b.{8,}|^q\d+[\s.:_-]+\S+\s+\S+",
    re.IGNORECASE,
)
_OPINION_PARTS = re.compile(
    r"^(pros?|cons?|likes?|dislikes?|like best|dislike|advantages?|disadvantages?|strengths?|weaknesses|love|hate|problems?|"
    r"benefits|improvements?|suggestions?|recommendations?( to others)?|positive|negative)$",
    re.IGNORECASE,
)
_HINTS: dict[str, re.Pattern[str]] = {
    "ticket": re.compile(
        r"ticket|\bcase\b|complaint|requester|assignee|priority|\bstatus\b|\bsubject\b|\bdescription\b|\bsla\b|resolution|helpdesk",
        re.I,
    ),
    "review": re.compile(r"review|rating|\bstars?\b|\bproduct\b|app version|pros\b|cons\b|verified", re.I),
    "post": re.compile(
        r"tweet|\bpost|retweet|repl(y|ies)|likes?\b|followers|subreddit|hashtag|thread|\bshares?\b|handle|upvote", re.I
    ),
    "survey": re.compile(r"survey|respondent|response ?id|collector|\bnps\b|recorded ?date|\?\s*$|questionnaire", re.I),
    "interview": re.compile(r"interview|transcript", re.I),
}
_BETWEEN_WORDS = re.compile(r"[\s_\-]+")


def normal(header: str) -> str:
    """A header in lower case with blanks for underscores, dashes and camel case."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return _BETWEEN_WORDS.sub(" ", spaced).strip(" :*").lower()


def is_label_column(header: str) -> bool:
    """Whether a column holds what somebody or something said about the text (a sentiment, a confidence)."""
    return bool(_LABEL.search(header.replace("_", " "))) or bool(_LABEL.search(header))


def is_personal(header: str) -> bool:
    """Whether a column holds contact data, which is kept only as an identity."""
    return bool(_PERSONAL.search(header.replace("_", " ")))


def open_question(header: str) -> bool:
    """Whether a header is a question, or one of the halves of an opinion ("Pros", "dislike")."""
    header = header.strip()
    return bool(_QUESTION.search(header)) or bool(_OPINION_PARTS.match(header.replace("_", " ")))


def guess_kind(columns: Sequence[str], contexts: int, source_name: str) -> tuple[str, str]:
    """(kind, why) of a table by its headers, then by its file name; posts where nothing tells."""
    opinions = sum(bool(_OPINION_PARTS.match(column.replace("_", " "))) for column in columns)
    scores = {
        kind: sum(2 for column in columns if hint.search(column.replace("_", " "))) for kind, hint in _HINTS.items()
    }
    scores["survey"] += 2 * contexts if not opinions else 0
    scores["review"] += 2 * opinions
    stem = PurePosixPath(source_name).name.replace("_", " ").replace("-", " ")
    for kind, hint in _HINTS.items():
        scores[kind] += 1 if hint.search(stem) else 0
    best = max(scores, key=lambda kind: scores[kind])
    if scores[best] == 0:
        return "post", "nothing in the headers or the file's name tells the kind; set kind to correct it"
    return best, "by its headers and name"
