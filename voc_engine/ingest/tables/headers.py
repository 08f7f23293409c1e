"""What the header of a column says: names by meaning in several languages, likeliest first, and words that tell."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from voc_engine.ingest.keywords import keywords

_KEYWORDS = keywords("headers")

# Names by meaning, likeliest first; compared in lower case without accents, with single blanks between words.
ORDER: dict[str, list[str]] = {
    key: _KEYWORDS.pattern(key).split("|")
    for key in ("text", "title", "id", "person", "email", "name", "handle", "person_id", "date", "rating", "channel", "url",
                "role", "language")
}  # fmt: skip

# Words in front of a header that say what the row is; behind them stands what the column is.
_OF_THE_ROW = _KEYWORDS.words("of_the_row")
_OF_THE_AUTHOR = _KEYWORDS.words("of_the_author")
_ABOUT_THE_AUTHOR = frozenset(("person", "email", "name", "handle", "person_id"))
# The same behind the name, in the languages that put it there ("nombre del cliente", "Datum der Bewertung").
_BEHIND = re.compile(_KEYWORDS.pattern("behind"))
_PEOPLE = _KEYWORDS.words("people")
# A date that is not that of the words.
_OTHER_DATES = _KEYWORDS.words("other_dates")
_DATE_WORDS = _KEYWORDS.words("date_words")
_ANSWERED = _KEYWORDS.words("answered")
_CREATED_WORDS = _KEYWORDS.words("created_words")
_RATING_WORDS = _KEYWORDS.words("rating_words")
_COUNTS = _KEYWORDS.words("counts")
_SCORE_QUESTION = re.compile(_KEYWORDS.pattern("score_question"))
_STAFF = _KEYWORDS.pattern("staff")
_REPLY = re.compile(
    rf"^(?:(?:the )?(?:{_STAFF})(?:s| s)? (?:reply|response|answer|comment)(?: (?:text|body|content))?|"
    rf"(?:reply|response|answer) (?:text|body|content)|(?:reply|response|answer|comment) (?:from|by|of) "
    rf"(?:the )?(?:{_STAFF})|"
    r"(?:\w+ ){1,2}(?:reply|antwort|reponse|respuesta)|"
    r"(?:antwort|reponse|respuesta) (?:des|der|de|du|del|vom|von) .*)$"
)
_BARE_REPLY = _KEYWORDS.words("bare_reply")
_THREAD = re.compile(_KEYWORDS.pattern("thread"))
_BETWEEN_WORDS = re.compile(r"[\s_\-]+")


@lru_cache(maxsize=4096)
def normal(header: str) -> str:
    """A header in lower case with blanks for underscores, dashes and camel case."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return _BETWEEN_WORDS.sub(" ", spaced).strip(" :*").lower()


@lru_cache(maxsize=4096)
def folded(header: str) -> str:
    """``normal`` without accents and without what stands in brackets at the end ("(UTC)", "(optional)")."""
    plain = "".join(c for c in unicodedata.normalize("NFD", normal(header)) if not unicodedata.combining(c))
    return re.sub(r"\s*\([^()]*\)$", "", plain.replace("ß", "ss").replace("'", " ").replace("’", " ")).strip(" ?.:")


@lru_cache(maxsize=4096)
def _words(header: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", folded(header)))


@lru_cache(maxsize=16384)
def is_named(header: str, name: str, key: str) -> bool:
    """Whether a header is a name of a meaning, by itself or without the word for the row or the author before it."""
    plain = folded(header)
    if name in (normal(header), plain):
        return True
    behind = _BEHIND.search(plain)
    if behind and plain[: behind.start()] == name:
        return (behind["what"] in _PEOPLE) == (key in _ABOUT_THE_AUTHOR)
    first, _, rest = plain.partition(" ")
    before = _OF_THE_AUTHOR if key in _ABOUT_THE_AUTHOR else _OF_THE_ROW
    second, _, last = rest.partition(" ")
    if second in before and last == name:
        return True
    rest = re.sub(r" (utc|gmt)$", "", rest)
    return bool(rest) and first in before and rest == name


@lru_cache(maxsize=4096)
def is_known_header(header: str) -> bool:
    """Whether a header names something that the guesser knows."""
    plain = {normal(header), folded(header)}
    return any(name in plain for names in ORDER.values() for name in names)


def date_rank(header: str, survey: bool = False) -> int | None:
    """How well a header says that a column of dates tells when the words were written, 0 best; None: it does not.

    A response is the respondent's in a ``survey`` and the company's elsewhere.
    """
    words = _words(header)
    if survey and words & _ANSWERED:
        return 0
    if words & _OTHER_DATES or "response" in words:
        return None
    return 0 if words & _CREATED_WORDS else 1 if words & _DATE_WORDS else 2


def says_date(header: str) -> bool:
    """Whether a header tells of a time at all: a column of bare numbers is one only then."""
    return bool(_words(header) & _DATE_WORDS)


def says_utc(header: str) -> bool:
    """Whether a header says that its times are UTC."""
    return bool(re.search(r"\b(utc|gmt)\b", normal(header)))


def says_rating(header: str) -> bool:
    """Whether one of a header's words tells of a rating and none of a count ("how many stars", "5 bubbles")."""
    words = _words(header)
    return bool(words & _RATING_WORDS) and not words & _COUNTS


def names_stars(header: str) -> bool:
    """Whether a header names a review's rating; a bare score, satisfaction and recommendation are of surveys too."""
    words = _words(header)
    return bool(words & (_RATING_WORDS | {"overall"}) - {"score", "nps", "csat"}) and not asks_score(header)


def asks_score(header: str) -> bool:
    """Whether a survey's question asks for a score: recommendation (NPS), satisfaction (CSAT), effort."""
    # "... - Group" says detractor, passive or promoter, and not the score.
    return bool(_SCORE_QUESTION.search(folded(header))) and "group" not in _words(header)


def names_thread(header: str) -> bool:
    """Whether a header names a conversation or a message by its id, which in some programs is written as an address."""
    return bool(_THREAD.fullmatch(folded(header.rpartition(".")[2])))


def names_reply(header: str) -> bool:
    """Whether a column holds what the reviewed answered; "reply" alone too."""
    plain = folded(header.replace(".", " "))
    return bool(_REPLY.match(plain)) or plain in _BARE_REPLY
