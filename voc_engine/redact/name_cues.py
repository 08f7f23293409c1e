"""Words that tell that a person's name comes next, or came before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voc_engine.language.keywords import keywords
from voc_engine.language.pattern_screen import AnyPattern, screened

_KEYWORDS = keywords(__package__, "name_cues")

_RELATIONS = _KEYWORDS.pattern("relations")
_TITLE = screened(_KEYWORDS.pattern("title"))
_RELATION = screened(
    rf"(?i:\b(?:{_KEYWORDS.pattern('whose')})\b(?: [a-z-]+)? (?:{_RELATIONS})"
    rf"(?: (?:named|called|is|was))?|\b(?:{_KEYWORDS.pattern('trades')})(?: (?:is|was))?)(?:,| \(|:| -|"
    r" –)? ?(?:named |called )?"
    r"(?=[^\W\d_])"
)
_NAMED = screened(_KEYWORDS.pattern("named"))
_GREETING = screened(_KEYWORDS.pattern("greeting"))
# Behind other words, at the end of what somebody says: "ok thanks rory".
_THANKED = screened(r"(?i:\b(?:thanks|thank you|thx)(?: so much| very much| a lot)?,? )(?=[^\W\d_]{3,20}[.! ]*$)")
_SIGN_OFF = screened(_KEYWORDS.pattern("sign_off"))
_CLOSING_DASH = screened(r"(?:[.!?\"”]\s{0,9}|\s)[-–—] ?(?=(?:[A-Z][\w.'’-]* ?){1,3}[.!]?(?:,[^\n]{1,30})?$)")
_DEALT = screened(_KEYWORDS.pattern("dealt"))
_STRONG_DEALT = screened(_KEYWORDS.pattern("strong_dealt"))
_BEHIND = screened(_KEYWORDS.pattern("behind"))
_HERE = screened(_KEYWORDS.pattern("here"))
_SMALL = screened(_KEYWORDS.pattern("small"))
_SOMEBODY = screened(
    r"(?<![\w@#/.'’-])([A-Z][\w'’-]{2,})(?=,? (?:who|she|he) |(?:,? (?:you are|you rock|you['’]re))|,? (?:her|"
    r"his) (?:husband|wife))"
)


# Behind these the very name comes, in whatever letters and of whatever language.
_INTRODUCED = screened(_KEYWORDS.pattern("introduced"))


_SELF = screened(
    r"(?:^|(?<=[.!?,] )|(?<=\n)|\b(?:[Hh]i|[Hh]ello|[Hh]ey|[Ss]o|[Aa]nd|um|uh),? )(?:I am|I['’]m|I 'm|[Tt]his is) "
)


# Behind these a name comes; with those before which one came and the introductions they are in few texts.
_ENDING = (_TITLE, _NAMED, _STRONG_DEALT, _RELATION, _THANKED, _SIGN_OFF, _CLOSING_DASH)
_ANY_RARE = AnyPattern((_INTRODUCED, *_ENDING, _BEHIND, _HERE, _SMALL, _SOMEBODY))


@dataclass(frozen=True)
class Cue:
    """``at``: where a name may begin. ``strong``: hardly anything but a person can stand there; ``introduced``: nothing;
    ``itself``: a word behind it that is none of the language is a name when the sentence ends there."""

    at: int
    strong: bool
    introduced: bool = False
    itself: bool = False


def cues_in(text: str) -> Iterator[Cue]:
    """Places where a name may begin, in no order, some of them twice."""
    yield from (Cue(match.end(), True) for match in _GREETING.finditer(text))
    yield from (Cue(match.end(), False) for match in _DEALT.finditer(text))
    yield from (Cue(match.end(), True, itself=True) for match in _SELF.finditer(text))
    if not _ANY_RARE.may_match(text):
        return
    yield from (Cue(match.end(), True, True) for match in _INTRODUCED.finditer(text))
    for pattern in _ENDING:
        yield from (Cue(match.end(), True) for match in pattern.finditer(text))
    for pattern in (_BEHIND, _HERE, _SMALL, _SOMEBODY):
        yield from (Cue(match.start(1), pattern is _BEHIND) for match in pattern.finditer(text))
