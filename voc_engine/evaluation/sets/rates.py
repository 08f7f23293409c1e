"""Balanced sets at the rate of text drawn at random: what is true is thinned, what is not stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from voc_engine.evaluation.sets.gold_file import Source
from voc_engine.evaluation.task import Row
from voc_engine.records import stable_hash

# The evaluation split of forum sentences has 87 suggestions in 833 (Negi et al. 2019).
NATURAL = 0.10


def at_natural_rate(read: Callable[[Source], tuple[Row, ...]]) -> Callable[[Source], tuple[Row, ...]]:
    """The reader of the set with one in ten of its rows true."""
    return lambda source: thinned(read(source), NATURAL)


def thinned(rows: Sequence[Row], rate: float) -> tuple[Row, ...]:
    """All rows without a class, and so many of those with one, drawn by the hash of their text, that these are ``rate``
    of all; in their order. Where they are fewer, all rows."""
    true = [at for at, row in enumerate(rows) if row.gold]
    wanted = round((len(rows) - len(true)) * rate / (1 - rate))
    drawn = set(sorted(true, key=lambda at: (stable_hash("thinned", rows[at].text), at))[:wanted])
    return tuple(row for at, row in enumerate(rows) if not row.gold or at in drawn)
