"""Patterns of ``re`` that are asked only where they may match, which RE2's automaton tells in a small part of the time.

Each pattern is read as a wider one that RE2 can search for: what looks around, boundaries and references are left out,
long counts have no end, and all letters beyond ASCII count as one; what has to stand behind a pattern's end is part of
the wider one. Whatever the pattern matches the wider one matches too, from the same place: where RE2 finds nothing the
pattern has no match, and none begins before the place that RE2 names. Matches are those of ``re``, to the letter, with
RE2 or without it.

RE2: Cox (2010), "Regular expression matching in the wild". Hyperscan 5.4 was measured to be faster still, and to pass
over "my name is " in some texts that a pattern without any tricks finds: what masks names cannot stand on it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_ASCII = [chr(code) for code in range(128)]
_LAST = 127  # of ASCII
# How the parser of ``re`` marks what is looked for behind a place, not before it.
_AHEAD = 1
# What stands for any letter beyond ASCII, in the pattern and in the text.
_BEYOND = "\x80"
# ASCII letters that case folding joins with others beyond: "K" (Kelvin), "ſ", "ı", "İ".
_JOINED = frozenset("iksIKS")
# Counts beyond this have no end: an automaton has a state for each of them.
_MOST = 8
# So many searches are done without an automaton, which takes some milliseconds to build: a handful of texts needs none.
_SEARCHES_BEFORE = 200
# In texts of fewer letters the pattern itself has answered before RE2 was asked.
_SHORTEST = 24
# So often a place that RE2 named may turn out to be none before the rest of the text is searched by the pattern.
_MOST_FALSE = 6


def _as_one_letter(error: UnicodeError) -> tuple[bytes, int]:
    assert isinstance(error, UnicodeEncodeError)
    return _BEYOND.encode("latin-1") * (error.end - error.start), error.end


codecs.register_error("voc_engine.beyond_ascii", _as_one_letter)


@lru_cache(maxsize=16)
def plain_bytes(text: str) -> bytes:
    """One byte for each code point. The patterns of a room are asked for the same text one after the other."""
    return text.encode("ascii", "voc_engine.beyond_ascii")


class ScreenedPattern:
    """A pattern of ``re`` with an automaton before it; ``finditer`` and ``search`` as of ``re.Pattern``."""

    def __init__(self, pattern: re.Pattern[str], searches_before: int = _SEARCHES_BEFORE) -> None:
        """The automaton is built when ``searches_before`` texts have been searched without it."""
        self.pattern, self._waiting = pattern, searches_before

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches of the pattern in the text."""
        if len(text) < _SHORTEST or self._waits() or self._automaton is None:
            yield from self.pattern.finditer(text)
            return
        plain, at, false = plain_bytes(text), 0, 0
        while (near := self._automaton.search(plain, at)) is not None:
            start = near.start()
            match = self.pattern.match(text, start)
            if match is None:
                at, false = start + 1, false + 1
                if false > _MOST_FALSE:
                    yield from self.pattern.finditer(text, at)
                    return
                continue
            yield match
            at = match.end()

    def search(self, text: str) -> re.Match[str] | None:
        """The first match of the pattern in the text."""
        return next(self.finditer(text), None)

    def _waits(self) -> bool:
        self._waiting -= 1
        return self._waiting >= 0

    @cached_property
    def _automaton(self) -> Any:
        """RE2's; None on a machine without it, and for a pattern that may match nothing at all."""
        try:
            import re2
        except ImportError:
            return None
        if parser.parse(self.pattern.pattern, self.pattern.flags).getwidth()[0] == 0:
            return None
        return _compiled(re2, wider(self.pattern))


class AnyPattern:
    """Whether any of several patterns may match a text: one search by one automaton of them all.

    Where it says no, none of them matches; RE2 answers right, if slower, also where its automaton grows too large.
    """

    def __init__(self, patterns: Iterable[ScreenedPattern], searches_before: int = _SEARCHES_BEFORE) -> None:
        """None of the patterns may match nothing at all."""
        self.patterns, self._waiting = tuple(patterns), searches_before

    def may_match(self, text: str) -> bool:
        """False only where no match of any of the patterns is in the text."""
        if len(text) < _SHORTEST:
            return bool(text)
        self._waiting -= 1
        if self._waiting >= 0 or self._automaton is None:
            return True
        return self._automaton.search(plain_bytes(text)) is not None

    @cached_property
    def _automaton(self) -> Any:
        try:
            import re2
        except ImportError:
            return None
        return _compiled(re2, "|".join(f"(?:{wider(one.pattern)})" for one in self.patterns))


def _compiled(re2: Any, pattern: str) -> Any:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.never_capture = True
    return re2.compile(pattern.encode("latin-1"), options)


def screened(pattern: str, flags: int = 0) -> ScreenedPattern:
    """As ``re.compile``, for a pattern that is looked for in many texts and found in few."""
    return ScreenedPattern(re.compile(pattern, flags))


def wider(pattern: re.Pattern[str]) -> str:
    """The pattern for RE2, over bytes as ``plain_bytes`` makes them: it matches wherever ``pattern`` does, and elsewhere."""
    return _sequence(parser.parse(pattern.pattern, pattern.flags), pattern.flags, ends=True)


def _sequence(nodes: Any, flags: int, *, ends: bool = False) -> str:
    """``ends``: the pattern ends with it, so that what is looked for behind its end may be taken to belong to it."""
    last = len(nodes) - 1
    return "".join(_node(kind, value, flags, ends=ends and place == last) for place, (kind, value) in enumerate(nodes))


def _node(kind: Any, value: Any, flags: int, *, ends: bool) -> str:
    if kind in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
        literal = tuple(value) if kind is op.IN else value
        return _letters(kind, literal, flags & (re.IGNORECASE | re.DOTALL))
    if kind is op.BRANCH:
        return f"(?:{'|'.join(_sequence(one, flags, ends=ends) for one in value[1])})"
    if kind is op.SUBPATTERN:
        _, added, removed, inner = value
        return f"(?:{_sequence(inner, (flags | added) & ~removed, ends=ends)})"
    if kind is op.ATOMIC_GROUP:
        return f"(?:{_sequence(value, flags)})"
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        fewest, most, inner = value
        end = "" if most is op.MAXREPEAT or most > _MOST else most
        return f"(?:{_sequence(inner, flags)}){{{min(fewest, _MOST)},{end}}}"
    if kind is op.ASSERT and ends and value[0] == _AHEAD:
        return f"(?:{_sequence(value[1], flags, ends=True)})"
    if kind in (op.ASSERT, op.ASSERT_NOT, op.AT):
        return ""
    # A reference to what a group held, or whatever later versions of Python bring.
    return r"(?s:.*)"


@cache
def _letters(kind: Any, value: Any, flags: int) -> str:
    """A class of the bytes that one letter of the pattern may be."""
    folds = bool(flags & re.IGNORECASE)
    admitted = [one for one in _ASCII if _admits(kind, value, one, flags)]
    beyond = _admits_beyond(kind, value, folds) or (folds and not _JOINED.isdisjoint(admitted))
    codes = [*map(ord, admitted), *([ord(_BEYOND)] if beyond else [])]
    starts = [code for code in codes if code - 1 not in codes]
    ends = [code for code in codes if code + 1 not in codes]
    ranges = (_code(one) + (f"-{_code(last)}" if last > one else "") for one, last in zip(starts, ends, strict=True))
    return f"[{''.join(ranges)}]" if codes else r"[^\x00-\xff]"


def _code(code_point: int) -> str:
    return chr(code_point) if chr(code_point) in _ASCII and chr(code_point).isalnum() else f"\\x{code_point:02x}"


def _admits(kind: Any, value: Any, letter: str, flags: int) -> bool:
    if kind is op.ANY:
        return letter != "\n" or bool(flags & re.DOTALL)
    variants = {letter}
    if flags & re.IGNORECASE:
        variants |= {letter.lower(), letter.upper()} | ({"\u0130", "\u0131"} if letter in "iI" else set())
        variants |= {"\u017f"} if letter in "sS" else {"\u212a"} if letter in "kK" else set()
    if kind is op.LITERAL:
        return any(ord(one) == value for one in variants)
    if kind is op.NOT_LITERAL:
        return any(ord(one) != value for one in variants)
    items = value
    if items[0][0] is op.NEGATE:
        return any(not _is_in(items[1:], one) for one in variants)
    return any(_is_in(items, one) for one in variants)


def _admits_beyond(kind: Any, value: Any, folds: bool) -> bool:
    if kind in (op.ANY, op.NOT_LITERAL):
        return True
    if kind is op.LITERAL:
        return int(value) > _LAST
    return any(
        item is op.NEGATE
        or item is op.CATEGORY
        or (item is op.LITERAL and one > _LAST)
        or (item is op.RANGE and one[1] > _LAST)
        for item, one in value
    )


_CATEGORIES = {
    op.CATEGORY_DIGIT: re.compile(r"\d"), op.CATEGORY_NOT_DIGIT: re.compile(r"\D"),
    op.CATEGORY_SPACE: re.compile(r"\s"), op.CATEGORY_NOT_SPACE: re.compile(r"\S"),
    op.CATEGORY_WORD: re.compile(r"\w"), op.CATEGORY_NOT_WORD: re.compile(r"\W"),
}  # fmt: skip


def _is_in(items: Sequence[tuple[Any, Any]], letter: str) -> bool:
    code = ord(letter)
    for kind, value in items:
        if kind is op.LITERAL and value == code:
            return True
        if kind is op.RANGE and value[0] <= code <= value[1]:
            return True
        if kind is op.CATEGORY and _CATEGORIES[value].match(letter):
            return True
    return False
