"""How many steps a backtracking matcher takes for a pattern and a text: the work of ``re``, counted and not timed.

The matcher walks the tree that Python's own parser makes of a pattern, tries what ``re`` tries in the same order, and
counts each comparison of a character. What ``re`` skips by looking for a literal first is counted here, so that counts
are never too low by more than a constant.
"""

from __future__ import annotations

import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Callable, Iterator
from typing import Any

Node = tuple[Any, Any]
_ONE = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN)
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    sre.CATEGORY_DIGIT: str.isdecimal,
    sre.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    sre.CATEGORY_SPACE: str.isspace,
    sre.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    sre.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    sre.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}


class TooMany(Exception):
    """More steps than the limit."""


class Counter:
    """Counts the steps of one pattern over one text; raises TooMany beyond ``limit``."""

    def __init__(self, pattern: re.Pattern[str], limit: int = 1_000_000) -> None:
        self.tree = list(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE | re.UNICODE))
        self.flags, self.limit = pattern.flags, limit
        self.text, self.steps = "", 0
        self.groups: dict[int, tuple[int, int]] = {}
        self._known: dict[tuple[Any, int, str], bool] = {}

    def search(self, text: str, *, anchored: bool = False) -> int:
        """Steps of finding every match from left to right, or of one attempt at the beginning."""
        self.text, self.steps, at = text, 0, 0
        while at <= len(text):
            self.groups = {}
            end = next(self._run(self.tree, 0, at), None)
            if anchored:
                break
            at = end if end is not None and end > at else at + 1
        return self.steps

    def _count(self) -> None:
        self.steps += 1
        if self.steps > self.limit:
            raise TooMany

    def _run(self, nodes: list[Node], place: int, at: int) -> Iterator[int]:
        while place < len(nodes) and nodes[place][0] in _ONE:
            if not self._is(nodes[place], at):
                return
            place, at = place + 1, at + 1
        if place == len(nodes):
            yield at
            return
        for end in self._node(nodes[place], at):
            yield from self._run(nodes, place + 1, end)

    def _is(self, node: Node, at: int) -> bool:
        self._count()
        if at >= len(self.text):
            return False
        key = (node[0], id(node[1]), self.text[at])
        if key not in self._known:
            self._known[key] = _fits(node, self.text[at], self.flags)
        return self._known[key]

    def _node(self, node: Node, at: int) -> Iterator[int]:
        kind, what = node
        if kind is sre.BRANCH:
            for branch in what[1]:
                if not branch or branch[0][0] not in _ONE or self._is(branch[0], at):
                    yield from self._run(list(branch), 0, at)
        elif kind is sre.SUBPATTERN:
            yield from self._group(what, at)
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            yield from self._repeat(kind, what, at)
        elif kind is sre.ATOMIC_GROUP:
            yield from list(_first(self._run(list(what), 0, at)))
        elif kind is sre.AT:
            self._count()
            if self._stands(what, at):
                yield at
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            if self._looks(what, at) is (kind is sre.ASSERT):
                yield at
        elif kind is sre.GROUPREF:
            yield from self._again(what, at)
        else:
            raise NotImplementedError(str(kind))

    def _group(self, what: Any, at: int) -> Iterator[int]:
        number, before = what[0], self.groups.get(what[0], (0, 0))
        for end in self._run(list(what[3]), 0, at):
            if number:
                self.groups[number] = (at, end)
            yield end
        if number:
            self.groups[number] = before

    def _again(self, number: int, at: int) -> Iterator[int]:
        start, end = self.groups.get(number, (0, 0))
        self.steps += end - start
        if self.text.startswith(self.text[start:end], at):
            yield at + end - start

    def _looks(self, what: Any, at: int) -> bool:
        direction, body = what
        start = at - body.getwidth()[0] if direction < 0 else at
        return start >= 0 and next(self._run(list(body), 0, start), None) is not None

    def _stands(self, what: Any, at: int) -> bool:
        text = self.text
        if what in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            return at == 0 or (bool(self.flags & re.MULTILINE) and what is sre.AT_BEGINNING and text[at - 1] == "\n")
        if what in (sre.AT_END, sre.AT_END_STRING):
            ends = at == len(text) or (what is sre.AT_END and text[at:] == "\n")
            return ends or (bool(self.flags & re.MULTILINE) and text[at] == "\n")
        word = _CATEGORIES[sre.CATEGORY_WORD]
        edge = (at > 0 and word(text[at - 1])) != (at < len(text) and word(text[at]))
        return edge is (what is sre.AT_BOUNDARY)

    def _repeat(self, kind: Any, what: Any, at: int) -> Iterator[int]:
        least, most, body = what[0], what[1], list(what[2])
        if kind is sre.POSSESSIVE_REPEAT:
            yield from list(_first(self._repeat(sre.MAX_REPEAT, what, at)))
        elif len(body) == 1 and body[0][0] in _ONE:
            yield from self._run_of_one(kind, body[0], (least, most), at)
        else:
            yield from self._run_of_many(kind, body, (least, most), at, 0)

    def _run_of_one(self, kind: Any, node: Node, often: tuple[int, int], at: int) -> Iterator[int]:
        if kind is sre.MIN_REPEAT:
            for number in range(min(often[1], len(self.text) - at) + 1):
                if number >= often[0]:
                    self._count()
                    yield at + number
                if not self._is(node, at + number):
                    return
            return
        number = 0
        while number < often[1] and self._is(node, at + number):
            number += 1
        for kept in range(number, often[0] - 1, -1):
            self._count()
            yield at + kept

    def _run_of_many(self, kind: Any, body: list[Node], often: tuple[int, int], at: int, done: int) -> Iterator[int]:
        # A stack in place of recursion: texts are longer than Python's stack is deep.
        lazy = kind is sre.MIN_REPEAT
        stack = [(at, self._run(body, 0, at) if done < often[1] else iter(()))]
        if lazy and often[0] == 0:
            yield at
        while stack:
            here, tries = stack[-1]
            end = next(tries, None)
            if end is None:
                stack.pop()
                if not lazy and len(stack) >= often[0]:
                    yield here
            elif end > here or len(stack) <= often[0]:
                stack.append((end, self._run(body, 0, end) if len(stack) < often[1] else iter(())))
                if lazy and len(stack) - 1 >= often[0]:
                    yield end


def _first(found: Iterator[int]) -> Iterator[int]:
    end = next(found, None)
    if end is not None:
        yield end


def _fits(node: Node, char: str, flags: int) -> bool:
    kind, what = node
    forms = {char, char.lower(), char.upper()} if flags & re.IGNORECASE else {char}
    if kind is sre.ANY:
        return char != "\n" or bool(flags & re.DOTALL)
    if kind is sre.LITERAL:
        return chr(what) in forms
    if kind is sre.NOT_LITERAL:
        return chr(what) not in forms
    negated = what[0][0] is sre.NEGATE
    return negated is not any(_in(item, form) for item in what[negated:] for form in forms if len(form) == 1)


def _in(item: Node, char: str) -> bool:
    kind, what = item
    if kind is sre.LITERAL:
        return chr(what) == char
    if kind is sre.RANGE:
        return what[0] <= ord(char) <= what[1]
    return _CATEGORIES[what](char)
