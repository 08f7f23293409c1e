"""Hostile texts for a pattern, made from the pattern itself: what each of its loops eats, again and again, and no end."""

from __future__ import annotations

import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from typing import Any

_MANY = 8
_SAMPLES = ["a", " ", "1", "A", "-", ".", "\n", "x", ",", "é", "(", "\t", ":", "/", "<", '"', "@", "_"]
SUFFIXES = ("", "\x01", "a", "\n!")


def texts_for(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Texts of about ``length`` characters: prefix, a loop's food repeated, suffix."""
    tree = list(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE | re.UNICODE))
    pumps = dict.fromkeys((*_pumps(tree, "", pattern.flags), (" ", ""), ("a", ""), ("a ", "")))
    for food, before in pumps:
        for prefix in dict.fromkeys((before, "")):
            for suffix in SUFFIXES:
                yield prefix + food * (length // len(food)) + suffix


def _pumps(nodes: list[Any], before: str, flags: int) -> Iterator[tuple[str, str]]:
    """(what a loop of the tree eats once, a text that leads to it)."""
    for kind, what in nodes:
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            body = list(what[2])
            if what[1] >= _MANY:
                yield from ((food, before) for food in _foods(body, flags) if food)
            yield from _pumps(body, before, flags)
        elif kind is sre.BRANCH:
            for branch in what[1]:
                yield from _pumps(list(branch), before, flags)
        elif kind is sre.SUBPATTERN:
            yield from _pumps(list(what[3]), before, flags)
        elif kind is sre.ATOMIC_GROUP:
            yield from _pumps(list(what), before, flags)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _pumps(list(what[1]), before, flags)
        before += _sample([(kind, what)], flags)


def _foods(body: list[Any], flags: int) -> list[str]:
    """Up to three different texts that the loop's body takes."""
    if len(body) == 1 and body[0][0] in (sre.IN, sre.ANY, sre.NOT_LITERAL):
        return [char for char in _SAMPLES if re.fullmatch(_single(body[0]), char, flags & re.IGNORECASE)][:3]
    return [_sample(body, flags)]


def _single(node: Any) -> str:
    from .regex_steps import _fits

    return "|".join(re.escape(char) for char in _SAMPLES if _fits(node, char, 0)) or "(?!)"


def _sample(nodes: list[Any], flags: int) -> str:
    """A text that the nodes match, looked-for surroundings apart."""
    made = ""
    for kind, what in nodes:
        if kind is sre.LITERAL:
            made += chr(what)
        elif kind in (sre.IN, sre.ANY, sre.NOT_LITERAL):
            made += (_foods([(kind, what)], flags) or [_of_class(what)])[0]
        elif kind is sre.BRANCH:
            made += _sample(list(what[1][0]), flags)
        elif kind is sre.SUBPATTERN:
            made += _sample(list(what[3]), flags)
        elif kind is sre.ATOMIC_GROUP:
            made += _sample(list(what), flags)
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            made += _sample(list(what[2]), flags) * max(what[0], 1 if what[1] < _MANY else what[0])
    return made


def _of_class(items: Any) -> str:
    for kind, what in items:
        if kind is sre.LITERAL:
            return chr(what)
        if kind is sre.RANGE:
            return chr(what[0])
    return ""
