"""Postal addresses in the layouts of English, German, French and Spanish; a street needs its number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voc_engine.language.keywords import keywords
from voc_engine.language.pattern_screen import AnyPattern, screened
from voc_engine.privacy.masks import Span
from voc_engine.redact.digits import has_figures

_KEYWORDS = keywords(__package__, "addresses")

# Lengths are bounded and each word needs its space: a long line of capitals must not be split in every way.
_CAP = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{0,30}"
_ZIP_US = r"\d{5}(?:-\d{4})?"
_ZIP_UK = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
_STATE = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|"
    r"NSW|VIC|QLD|TAS|ACT)"
)
_TOWN = rf"{_CAP}(?: {_CAP}){{0,2}}"
_WAY = _KEYWORDS.pattern("way")
_UNIT = _KEYWORDS.pattern("unit")
_TAIL_EN = rf"(?:,? {_STATE})?,? (?:{_ZIP_US}|{_ZIP_UK}|\d{{4}})\b|, {_STATE}\b"
_ENGLISH = screened(
    rf"(?<![\w.,$€£#-])(?:(?:Flat|Apt|Unit|Suite) ?[\dA-Z]{{1,4}},? )?\d{{1,5}}[A-Za-z]?,? (?:[NSEW]\.? )?(?:{_CAP} ){{1,4}}"
    rf"{_WAY}{_UNIT}?(?:,? {_TOWN}(?:{_TAIL_EN})|,? {_ZIP_UK}\b)?"
)
_LOWER = screened(
    r"(?<![\w.,$€£#-])\d{1,5} (?:[a-z]+ ){1,2}(?:street|avenue|road|lane|boulevard|blvd|drive)\b(?=[,.\n]|$| in\b)"
)
_LOWER_WHOLE = screened(_KEYWORDS.pattern("lower_whole"))
_BOX = screened(
    rf"\b(?:P\.? ?O\.? ?Box|Postfach|Apartado(?: de Correos)?|BP) \d{{1,6}}(?:,? {_TOWN}(?:{_TAIL_EN}))?", re.I
)
_UK_CODE = screened(rf"(?:{_TOWN},? )?(?<![\w-])[A-Z]{{1,2}}\d[A-Z\d]? \d(?!AM|PM)[A-Z]{{2}}(?!\w)")
_AREA = r",? (?:[A-Z]{1,2}-)?\d{5} " + _TOWN
_GERMAN = screened(
    rf"\b(?:[A-ZÄÖÜ][\w-]{{0,30}}(?:{_KEYWORDS.pattern('german_ends')})|"
    rf"[A-ZÄÖÜ][\w-]{{1,30}}[ -](?:Straße|Str\.|Platz|Allee|Weg|Ring|Damm)) \d{{1,4}} ?[a-z]?\b(?:{_AREA})?"
)
_GERMAN_OLD = screened(
    rf"\b(?:{_KEYWORDS.pattern('german_old')}) {_CAP}(?: {_CAP}){{0,2}} \d{{1,4}} ?[a-z]?(?:{_AREA})"
)
_PARTICLE = _KEYWORDS.pattern("particle")
_NAMED = rf"{_PARTICLE}{{0,3}}{_CAP}(?: {_PARTICLE}{{0,3}}{_CAP}){{0,3}}"
_FRENCH = screened(
    rf"(?<!\w)\d{{1,4}}(?: ?(?:bis|ter|quater))?,? (?i:{_KEYWORDS.pattern('french')}) "
    rf"(?:{_NAMED}|du \d{{1,2}} {_CAP})(?!\w)(?:{_AREA})?"
)
_SPANISH = screened(
    rf"(?<!\w)(?:{_KEYWORDS.pattern('spanish')}) ?{_NAMED},? "
    rf"(?:n[º°.] ?)?\d{{1,4}}(?:,? \d{{1,2}}[ºª°] ?[A-Za-z]?)?(?!\w)(?:{_AREA})?"
)
_PATTERNS = (_ENGLISH, _LOWER, _LOWER_WHOLE, _BOX, _UK_CODE, _GERMAN, _GERMAN_OLD, _FRENCH, _SPANISH)
_ANY = AnyPattern(_PATTERNS)


def address_spans(text: str) -> Iterator[Span]:
    """Spans of postal addresses: street and number with what follows of town and code; boxes; British postcodes."""
    if not has_figures(text) or not _ANY.may_match(text):
        return
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            address = match.group().rstrip(" ,.")
            yield match.start(), match.start() + len(address), "[address]"
