"""What an objection is about: one of the ten OBJECTION_TYPES, by points for the words that name it.

The types are those of field-practice.md (price, value, trust, switching cost, fit, timing, authority, complexity, status
quo, past bad experience); the expressions with their points stand in ``objections.toml``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_POINTS = {"strong": 3.0, "plain": 2.0, "weak": 1.0}
# Words that say a thing in several ways count once in full; each further one adds half of what the last added.
_SHARE_OF_NEXT = 0.5
_UNSAID = "fit"


@cache
def _table() -> dict[str, tuple[tuple[float, re.Pattern[str]], ...]]:
    rows = tomllib.loads(files(__package__).joinpath("objections.toml").read_text("utf-8"))
    return {
        name: tuple(
            (_POINTS[grade], re.compile(rf"\b(?:{'|'.join(parts)})(?!\w)", re.I))
            for grade, parts in row.items()
            if parts
        )
        for name, row in rows.items()
    }


def points(text: str) -> dict[str, float]:
    """Points of every type in the order of the file: the best expression in full, each further a falling share."""
    line = text.replace("’", "'")
    by_type = {}
    for name, grades in _table().items():
        earned = sorted((value for value, pattern in grades for _ in _distinct(pattern, line)), reverse=True)
        by_type[name] = sum(value * _SHARE_OF_NEXT**rank for rank, value in enumerate(earned))
    return by_type


def _distinct(pattern: re.Pattern[str], line: str) -> set[str]:
    return {found.group().lower() for found in pattern.finditer(line)}


def objection_type(text: str, named: str | None = None) -> str:
    """One of OBJECTION_TYPES for the words of a quote; ``named`` is what a cue phrase says of it, if one does.

    "fit" where no words tell; a bare refusal ("never again") is a past bad experience only where nothing else is said.
    """
    by_type = points(text)
    if named is not None:
        by_type[named] = by_type.get(named, 0.0) + (1.0 if named == "past_bad_experience" else 2.5)
    best = max(by_type.values())
    return next(name for name, value in by_type.items() if value == best) if best > 0 else _UNSAID
