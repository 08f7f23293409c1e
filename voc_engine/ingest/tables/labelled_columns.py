"""Columns by the wording of their headers: somebody's labels, contact data, open questions; and what kind a table is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from voc_engine.ingest.tables.headers import folded

_LABEL = re.compile(
    r"sentiment|polarity|emotion|\blabels?\b|_label|annotat|confidence|\bgold\b|_gold|prediction|toxicity", re.I
)
# What staff, a coder or a machine wrote beside people's words: "Internal Comment", "Admin Note", "AI Summary".
_BESIDE = re.compile(
    r"\b(?:internal|private|admin|staff|agents?'?s?|csm|csr|team|moderators?'?s?|analysts?'?s?|researchers?'?s?|coders?'?s?|"
    r"raters?'?s?|annotators?'?s?|interviewers?'?s?|editor'?s?|rep'?s?|sales|account manager'?s?) "
    r"(?:[\w']+ )?(?:notes?|comments?|remarks?|memos?|annotations?|observations?|summary)\b|"
    r"\b(?:ai|gpt|llm|auto(?:matic(?:ally)?|mated)?|machine|generated) ?(?:[\w']+ )?(?:summary|summaries|insights?|"
    r"themes?|topics?|tags?|category|categories|translations?|replies|reply|responses?|suggestions?)\b|"
    r"\b(?:assigned|detected|suggested|predicted) (?:themes?|topics?|tags?|codes?|categor(?:y|ies))\b|"
    r"^(?:interne notizen?|interner kommentar|note interne|nota interna)$",
    re.IGNORECASE,
)
# Whose notes these are the header does not say: a clerk's about the customer, or the customer's own ("Notes").
_NOTES = re.compile(
    r"(?:(?:case|call|customer|contact|account|visit|visitor|user|client|lead|ticket|chat|support|survey|response|feedback|"
    r"follow ?up|session|meeting) )?(?:notes?|memos?|notiz(?:en)?|vermerke?)",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"e-?mail|phone|\bip\b|ip ?address|address|latitude|longitude|birth|external ?data ?reference|coord", re.I
)
_QUESTION = re.compile(
    r"\?\s*$|^(what|why|how|which|where|when|who|please|describe|tell us|is there|are there|anything|any other|if you|"
    r"in your own words|was|wie|warum|wofür|welche|qu'|que|quel|comment|pourquoi|qué|cómo|por qué)\b.{8,}|"
    r"^q\d+[\s.:_-]++\S++\s++\S|please specify\)?\s*$",
    re.IGNORECASE,
)
_OPINION_PARTS = re.compile(
    r"^(pros?|cons?|likes?|dislikes?|like best|dislike|advantages?|disadvantages?|strengths?|weaknesses|love|hate|problems?|"
    r"benefits|improvements?|suggestions?|recommendations?( to others)?|positive|negative|overall( comments?)?|"
    r"(positive|negative) (review|comments?|feedback)|(liked|disliked)( most| best)?|vorteile|nachteile|"
    r"points? (forts?|faibles?)|avantages|inconvenients|ventajas|desventajas|lo mejor|lo peor)$",
    re.IGNORECASE,
)
_REVIEW_QUESTION = re.compile(
    r"\b(like best|dislike|like (?:the )?(?:most|least)|problems .*solving|recommendations to others)\b", re.I
)
_HINTS: dict[str, re.Pattern[str]] = {
    "ticket": re.compile(
        r"ticket|\bcase\b|complaint|requester|assignee|priority|\bstatus\b|\bsubject\b|\bdescription\b|\bsla\b|resolution|"
        r"helpdesk|issue (key|type)|betreff|anfrage|prioritat|nachricht|asunto|vorgang",
        re.I,
    ),
    "review": re.compile(
        r"review|rating|\bstars?\b|\bproduct\b|(app )?version|pros\b|cons\b|^verified$|verified (purchase|buyer)|"
        r"bewertung|sterne|rezension|\bavis\b|"
        r"^note$|note globale|feedback from|\bbuyer\b|\bseller\b|purchase|"
        r"opinion|puntuacion|valoracion|resena|producto|artikel",
        re.I,
    ),
    "post": re.compile(
        r"tweet|\bpost|retweet|repl(y|ies)|likes?\b|followers|subreddit|hashtag|thread|\bshares?\b|handle|up ?votes?|"
        r"\bforum|topic|beitrag|beitrage|comments? (link|url|id)|profile id|video ?id|\bparent\b|\bvotes\b",
        re.I,
    ),
    "survey": re.compile(
        r"survey|respondent|response ?id|collector|\bnps\b|recorded ?date|\?\s*$|questionnaire|umfrage|encuesta|enquete|"
        r"zeitstempel|horodateur|marca temporal",
        re.I,
    ),
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
