"""Which column holds people's words: by a name that says text, whatever the length, else by the amount of words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from voc_engine.ingest.tables.headers import normal

# These names say text; "answer" or "note" may as well be a choice or somebody else's words.
_UNSURE = frozenset(("answer", "response", "note", "caption", "snippet", "post", "conversation"))
_NOT_WORDS = re.compile(r"[\d\s.,:/%+\-]*|https?://\S+|true|false|null|nan|none", re.IGNORECASE)
_NAMED_WORDS = 1.2
_MANY_ROWS = 10
_PHRASE_WORDS, _WORDY = 2, 4  # words per cell, of what may be phrases and of free text


def mean_words(values: Sequence[str]) -> float:
    """Words per filled value; 0.0 where none is filled."""
    filled = [len(value.split()) for value in values if value.strip()]
    return sum(filled) / len(filled) if filled else 0.0


def varied(values: Sequence[str]) -> bool:
    """Whether the answers differ as free text does, not as choices do."""
    filled = [value.strip().casefold() for value in values if value.strip()]
    return bool(filled) and mean_words(filled) >= _PHRASE_WORDS and len(set(filled)) >= max(2, 0.5 * len(filled))


def named_text(names: Sequence[str], free: Sequence[str], values: Mapping[str, Sequence[str]]) -> str | None:
    """The first column by the order of ``names`` whose name says text and which holds words, be they ever so few.

    A column of the same few choices ("Positive") gives way to a later one with free words. None where nothing fits.
    """
    named = [column for name in names for column in free if _is_named(column, name)]
    clear = [column for column in named if normal(column).rpartition(".")[2] not in _UNSURE]
    spoken = [column for column in clear if _holds_words(values[column])]
    free_words = [column for column in spoken if not _are_choices(values[column])]
    wordy = [column for column in named if mean_words(values[column]) >= _NAMED_WORDS]
    empty = [column for column in clear if not any(value.strip() for value in values[column])]
    return next(iter([*free_words, *wordy, *spoken, *empty]), None)


def fewest_words(names: Sequence[str], free: Sequence[str], values: Mapping[str, Sequence[str]]) -> str | None:
    """The last resort: a column whose name may mean text and which holds any words."""
    return next((c for name in names for c in free if _is_named(c, name) and _holds_words(values[c])), None)


def wordiest(free: Sequence[str], values: Mapping[str, Sequence[str]]) -> str | None:
    """The column with the most words per cell, if it reads like free text: four words or more, and varied."""
    best = max(free, key=lambda column: (mean_words(values[column]), -list(free).index(column)), default=None)
    return best if best is not None and mean_words(values[best]) >= _WORDY and varied(values[best]) else None


def _is_named(column: str, name: str) -> bool:
    """By the whole header, or by the last key of a nested record ("review.text")."""
    header = normal(column)
    return header == name or ("." in header and header.rpartition(".")[2] == name)


def _holds_words(values: Sequence[str]) -> bool:
    return any(not _NOT_WORDS.fullmatch(value.strip()) for value in values)


def _are_choices(values: Sequence[str]) -> bool:
    filled = [value.strip().casefold() for value in values if value.strip()]
    return len(filled) >= _MANY_ROWS and mean_words(filled) < _NAMED_WORDS and len(set(filled)) <= 0.5 * len(filled)
