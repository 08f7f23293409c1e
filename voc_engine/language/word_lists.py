"""Lists of words, read from ``lists/``: each file says what it is about and holds named groups of words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def groups(name: str) -> Mapping[str, tuple[str, ...]]:
    """Group -> its words in the order of the file. Raises FileNotFoundError for a list that is not there."""
    table = tomllib.loads((files(__package__) / "lists" / f"{name}.toml").read_text("utf-8"))
    return {group: tuple(text.split()) for group, text in table["words"].items()}


@cache
def word_list(name: str, *chosen: str) -> frozenset[str]:
    """The words of the chosen groups of a list, of all its groups where none is chosen. Raises KeyError for a group
    that is not there."""
    every = groups(name)
    return frozenset(word for group in chosen or tuple(every) for word in every[group])
