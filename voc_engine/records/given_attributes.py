"""What is given of a person by several documents and sources, settled to one value each by a stated rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Given:
    """One document's value of an attribute; ``created_at`` is the document's date, ISO 8601 or None."""

    value: str
    source: str
    created_at: str | None
    document_id: str


def settled(values: Iterable[Given]) -> str:
    """The value that counts: of the newest dated document, else the most frequent one.

    Equally new or frequent values: the more frequent one, then the first by spelling. Values that differ in capitals and
    blanks alone are one, spelt as in most documents. Raises ValueError for no values.
    """
    stated = list(values)
    times = Counter(_plain(one.value) for one in stated)
    newest = max((one.created_at or "" for one in stated), default=None)
    if newest is None:
        raise ValueError("an attribute without values cannot be settled")
    # Without any date every document is as new as the others, so that the most frequent value is left.
    last = {_plain(one.value) for one in stated if (one.created_at or "") == newest}
    best = min(last, key=lambda value: (-times[value], value))
    spelling = Counter(one.value.strip() for one in stated if _plain(one.value) == best)
    return min(spelling, key=lambda value: (-spelling[value], value))


def differ_by_source(values: Iterable[Given]) -> bool:
    """Whether two sources, each settled by itself, say different things."""
    by_source: dict[str, list[Given]] = {}
    for value in values:
        by_source.setdefault(value.source, []).append(value)
    return len({_plain(settled(given)) for given in by_source.values()}) > 1


def _plain(value: str) -> str:
    return " ".join(value.split()).casefold()
