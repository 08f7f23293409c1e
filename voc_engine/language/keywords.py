"""Words and patterns of words that a module goes by, as data beside it: headers, labels, forms of words around a name.

Each file says what it is about and holds named entries. A pattern is written over several lines, which are joined as they
stand. Words of a list are separated by blanks, or stand in an array where they hold blanks themselves. What words mean to
every stage stands in ``lists/`` (``voc_engine.language.word_lists``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Keywords:
    """The entries of one file."""

    entries: Mapping[str, str | list[str]]

    def pattern(self, name: str) -> str:
        """A regular expression, or words separated by bars, as one line. Raises KeyError for one that is not there."""
        return "".join(self.entries[name]).replace("\n", "")

    def words(self, name: str) -> frozenset[str]:
        """The words of a list. Raises KeyError for one that is not there."""
        entry = self.entries[name]
        return frozenset(entry.split() if isinstance(entry, str) else entry)


@cache
def keywords(package: str, name: str) -> Keywords:
    """Those of a file in the folder of a package. Raises FileNotFoundError where there is none."""
    table = tomllib.loads((files(package) / f"{name}.toml").read_text("utf-8"))
    return Keywords(table["keywords"])
