"""What a heading or a column of a persona template means."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from voc_engine.language.tokens import words

# A heading of more words is a sentence.
_LONGEST = 6


@cache
def _lists() -> Mapping[str, Mapping[str, frozenset[str]]]:
    tables = tomllib.loads((files("voc_engine.exchange.own_persona") / "template_words.toml").read_text("utf-8"))
    return {
        name: {key: frozenset(value.split()) for key, value in tables[name].items()} for name in ("words", "columns")
    }


def section_of(heading: str) -> str | None:
    """One of SECTIONS; None for a heading that is none of a template's, such as a name."""
    heading_words = words(heading)
    if len(heading_words) > _LONGEST:
        return None
    for word in heading_words:
        for section, section_words in _lists()["words"].items():
            if word in section_words:
                return section
    return None


def column_of(name: str) -> str | None:
    """ "persona", "section" or "line" for a column of a table with a claim a row; None for another."""
    column_words = " ".join(words(name))
    return next((meaning for meaning, own in _lists()["columns"].items() if column_words in own), None)
