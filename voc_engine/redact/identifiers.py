"""Numbers that stand for one person or their thing: orders, accounts, tickets, national ids, dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voc_engine.language.keywords import keywords
from voc_engine.language.pattern_screen import AnyPattern, screened
from voc_engine.privacy.masks import Span
from voc_engine.redact.digits import has_figures

_KEYWORDS = keywords(__package__, "identifiers")

_NOUNS = _KEYWORDS.pattern("nouns")
_COMPOUND = _KEYWORDS.pattern("compound")
_LINK = r"(?:card|id|key|code|locator|name)"
_MARK = r"(?:numbers?|no\.?|nos\.?|nr\.?|num\.?|n°|nº|#|ref(?:erence)?\.?|code|id|ids|is|was|=|:|-|\(|\[|,)"
# With a figure, or in capitals alone as record locators are: any other word may be a noun that has its own number behind it.
_TOKEN = r"(?=\#?[A-Za-z/._-]{0,12}\d|[A-Z]{5,10}(?![\w]))\#?[A-Za-z0-9]+(?:[-/._][A-Za-z0-9]+)*"
_VALUE = rf"(?:\d{{3,}}(?: \d{{3,}}){{1,4}}|[A-Z]{{2}} ?\d\d ?\d\d ?\d\d ?[A-D]|{_TOKEN})"


def _by_letter(alternatives: str) -> str:
    """The alternatives by their first letters: ``re`` tries one after the other at each word of a text."""
    groups: dict[str, list[str]] = {}
    whole = ""
    for piece in alternatives.split("|"):
        whole += piece
        if whole.count("(") == whole.count(")"):
            groups.setdefault(whole[0], []).append(whole[1:])
            whole = ""
        else:
            whole += "|"
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in groups.items())


_NAMED_ID = screened(
    rf"(?<![\w@/])(?:(?i:{_by_letter(_NOUNS)})(?:\s+(?i:{_LINK}))?|(?i:{_COMPOUND}))(?P<marks>(?:\s*(?i:{_MARK})(?![A-Za-z]))*)\s*"
    rf"(?P<value>{_VALUE})(?![\w@])",
)
# "the number is 558192058", "under the # 532147"; and a turn that is nothing but a long number.
_BARE = screened(
    r"(?<!\w)(?i:(?:the|my|its|is|under(?: the)?) (?:number|no\.?|#)|(?:number|no\.?|#) is|ssn|pin)(?: is| also)?:? ?#? ?"
    r"(?P<value>\d{4,20}(?:-\d{2,10}){0,3})(?![\w.-]*\d)"
)
_ALONE = re.compile(r"\s*(?P<value>\d{6,20})\s*")
_LONG_NUMBER = 6
_SHORT_SECRET = re.compile(r"(?i:ssn|pin)")
_PLAIN_RECORD = re.compile(r"[A-Z0-9]{5,10}")
_RECORD_NOUN = re.compile(_KEYWORDS.pattern("record_noun"), re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATED = re.compile(r"\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:\d\d){1,2}")
_FORMS = screened(_KEYWORDS.pattern("forms"))
_MONTH = _KEYWORDS.pattern("month")
_DAY = (
    rf"(?:\d{{1,4}}[-./ ]\d{{1,2}}[-./ ]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th|\.)?(?: de| of)? {_MONTH}(?: de)?,? \d{{2,4}}|"
    rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{2,4}})"
)
_BORN = screened(
    rf"(?:{_KEYWORDS.pattern('born')})(?:\s*(?:is|was|ist|est|es|on|the|:|=|,|-|\())*\s*"
    rf"(?P<day>{_DAY})(?!\w)",
    re.IGNORECASE,
)


_ANY_OTHER = AnyPattern((_BARE, _FORMS, _BORN))


def identifier_spans(text: str) -> Iterator[Span]:
    """Spans of ids (with a word that says so, or in a form of their own) and of dates said to be of birth."""
    if not has_figures(text) and not _RECORD_NOUN.search(text):
        return
    for match in _NAMED_ID.finditer(text):
        if _is_id(match["value"], match.group(), bool(match["marks"].strip())):
            yield (*match.span("value"), "[id]")
    if (alone := _ALONE.fullmatch(text)) is not None:
        yield (*alone.span("value"), "[id]")
    if not _ANY_OTHER.may_match(text):
        return
    for match in _BARE.finditer(text):
        if len(match["value"]) >= _LONG_NUMBER or _SHORT_SECRET.search(match.group()):
            yield (*match.span("value"), "[id]")
    yield from ((*match.span(), "[id]") for match in _FORMS.finditer(text))
    yield from ((*match.span("day"), "[birthdate]") for match in _BORN.finditer(text))


# "1.2.3" is a version and "3/4" a share; with so many figures and a mark before it, it is an id.
_DOTTED_FIGURES = 6


def _is_id(value: str, phrase: str, marked: bool) -> bool:
    """An id has figures; a record locator may have none. A year, a date or a count of things is none."""
    plain = value.lstrip("#")
    marked = marked or value.startswith("#")
    figures = sum(char.isdigit() for char in plain)
    if (
        _YEAR.fullmatch(plain)
        or _DATED.fullmatch(plain)
        or re.fullmatch(r"\d+(?:st|nd|rd|th|am|pm|k|m|h|min|x)", plain, re.I)
    ):
        return False
    if not figures:
        return bool(_RECORD_NOUN.match(phrase) and len(plain) in (5, 6) and _PLAIN_RECORD.fullmatch(plain))
    if plain.isdigit():
        return figures >= (3 if marked else 5)
    if re.fullmatch(r"\d+(?:[./]\d+)+", plain):
        return figures >= _DOTTED_FIGURES and marked
    return len(plain) >= (4 if marked else 5) and (figures > 1 or bool(_PLAIN_RECORD.fullmatch(plain)))
