"""Where sentences begin and end, as half-open code-point spans; long ones are cut at clause boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from voc_engine.language.long_runs import is_bounded, with_bounded_runs
from voc_engine.segment.wraps import whole_lines

_ENDS = frozenset(".!?。！？")
_DOTS = re.compile(r"^(?:\.{2,}|…+)$")
_CLOSERS = frozenset("\"'”’)]}»")
_WORD = re.compile(r"\w")
# What has no boundary is cut at a blank all the same: whoever reads a sentence may count on its being short.
_LONGEST = 2_000
_BLANK = re.compile(r"\s")
# Clause boundaries for run-on speech, best first; the cut is before the match's group.
_CLAUSES = (
    re.compile(r"[;:]\s(?=\S)|\s[-–—]\s"),
    re.compile(r",?\s(?=(?:but|because|so|although|whereas|however)\b)"),
    re.compile(r",\s(?=(?:and|then|which|or|you know|I mean)\b)"),
    re.compile(r"\s(?=and\s(?:I|we|he|she|they|it|you|then|so)\b)"),
    re.compile(r",\s"),
)


@cache
def _tokenizer() -> Any:
    import spacy

    return with_bounded_runs(spacy.blank("en")).tokenizer


@lru_cache(maxsize=50_000)
def sentence_spans(text: str, max_words: int) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences in the text, trimmed of outer white space, without those that hold no word.

    Line breaks end a sentence, except where a program broke a paragraph to a width. Deterministic: spaCy's tokeniser
    with fixed rules, no statistics.
    """
    spans: list[tuple[int, int]] = []
    for start, end in whole_lines(text):
        for left, right in _sentences(text, start, end):
            spans.extend(_clauses(text, left, right, max_words))
    return tuple(spans)


# What stands between blanks and may end a sentence, may follow its end, or is read where three dots ask whether one begins.
_MARKS = ".!?。！？…" + re.escape("\"'”’)]}»")
_MARKED = re.compile(rf"(?<!\S)(?:[^\s{_MARKS}]*+[{_MARKS}]|I)\S*")
_SOLID = re.compile(r"\S")
# Marks between two blanks, and what a short form may leave behind, are tokens that spaCy may join with their neighbours.
_LOOSE = re.compile(r"(?<!\S)(?:[^\w\s]+(?!\S)|['’])")


def _tokens(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """(place, text) of the tokens that an end of a sentence depends on, in order, and of the last of them all.

    spaCy reads what stands between blanks by itself, so that each such piece is read once and remembered, and those that
    hold no mark are passed over.
    """
    piece = text[start:end]
    if _LOOSE.search(piece) or not is_bounded(piece):
        return [(start + token.idx, token.text) for token in _tokenizer()(piece) if not token.is_space]
    tokens: list[tuple[int, str]] = []
    read = 0
    for match in _MARKED.finditer(piece):
        _pass(piece, read, match.start(), start, tokens)
        tokens += [(start + match.start() + place, token) for place, token in _tokens_of(match.group())]
        read = match.end()
    last = len(piece.rstrip())
    if last > read:
        _pass(piece, read, last, start, tokens)
        if tokens and tokens[-1][0] + len(tokens[-1][1]) < start + last:
            tokens.append((start + last - 1, piece[last - 1]))
    return tokens


def _pass(piece: str, read: int, until: int, start: int, tokens: list[tuple[int, str]]) -> None:
    """The first letter of what stands between two marked pieces: a sentence may begin with it."""
    first = _SOLID.search(piece, read, until)
    if first is not None:
        tokens.append((start + first.start(), first.group()))


# A word with its mark, unless it is one of spaCy's short forms ("etc."); a word with an apostrophe holds no end.
_WORD_WITH_MARK = re.compile(r"[A-HJ-Za-z][a-z]+[.!?,]")
_CONTRACTED = re.compile(r"[A-HJ-Za-z][a-z]*['’](?:t|s|re|ve|ll|d|m)")


@lru_cache(maxsize=100_000)
def _tokens_of(piece: str) -> tuple[tuple[int, str], ...]:
    if _CONTRACTED.fullmatch(piece):
        return ((0, piece),)
    if _WORD_WITH_MARK.fullmatch(piece) and piece not in _short_forms():
        return (0, piece[:-1]), (len(piece) - 1, piece[-1])
    return tuple((token.idx, token.text) for token in _tokenizer()(piece))


@cache
def _short_forms() -> frozenset[str]:
    import spacy

    return frozenset(spacy.blank("en").tokenizer.rules)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    tokens = _tokens(text, start, end)
    begin, number = 0, 0
    while number < len(tokens):
        number += 1
        if number < len(tokens) and _ends_here(tokens[number - 1][1], tokens, number):
            while number < len(tokens) and _follows(tokens[number][1]):
                number += 1
            yield from _trimmed(text, tokens[begin][0], tokens[number - 1][0] + len(tokens[number - 1][1]))
            begin = number
    if begin < len(tokens):
        yield from _trimmed(text, tokens[begin][0], tokens[-1][0] + len(tokens[-1][1]))


def _ends_here(token: str, tokens: list[tuple[int, str]], following: int) -> bool:
    if _DOTS.match(token):
        # Three dots are a pause in speech more often than an end.
        return tokens[following][1][0].isupper() and tokens[following][1] not in {"I", "I'm"}
    return all(char in _ENDS for char in token)


def _follows(token: str) -> bool:
    """More of the same end: closing quotes, repeated marks."""
    return all(char in _ENDS or char in _CLOSERS for char in token) or bool(_DOTS.match(token))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if _WORD.search(text, start, end):
        yield start, end


def _clauses(text: str, start: int, end: int, max_words: int) -> Iterator[tuple[int, int]]:
    words = len(text[start:end].split())
    long = end - start > _LONGEST
    cut = _best_cut(text, start, end) if words > max_words or long else None
    if cut is None and long:
        cut = _any_cut(text, start)
    if cut is None:
        yield start, end
        return
    for left, right in ((start, cut), (cut, end)):
        for clause in _trimmed(text, left, right):
            yield from _clauses(text, *clause, max_words)


def _best_cut(text: str, start: int, end: int) -> int | None:
    """The clause boundary of the best sort that is nearest to the middle, away from both ends."""
    middle, margin = (start + end) // 2, (end - start) // 5
    for pattern in _CLAUSES:
        places = [match.end() for match in pattern.finditer(text, start, end)]
        inside = [place for place in places if start + margin < place < end - margin]
        if inside:
            return min(inside, key=lambda place: (abs(place - middle), place))
    return None


def _any_cut(text: str, start: int) -> int:
    """Behind the last blank within what a sentence may hold; where there is none, at its limit."""
    blanks = [match.end() for match in _BLANK.finditer(text, start + _LONGEST // 2, start + _LONGEST)]
    return blanks[-1] if blanks else start + _LONGEST
