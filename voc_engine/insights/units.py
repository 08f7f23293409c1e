"""Units: what is clustered. Mentions that say the same in the same words are one unit, so that cost follows variety."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voc_engine.errors import StageError
from voc_engine.insights.polarity import Polarity, polarity, words
from voc_engine.records import Mention, Vectors

Floats = npt.NDArray[np.float32]
Block = tuple[str, int, int, bool]


@dataclass(frozen=True)
class Unit:
    """One wording of one claim. ``rows`` are indices into the list of mentions; ``slots`` the normalised statement."""

    block: Block
    wording: str
    rows: tuple[int, ...]
    text_keys: tuple[str, ...]
    slots: tuple[str, str, str] | None
    polarity: Polarity


def make_units(mentions: Sequence[Mention]) -> list[Unit]:
    """Units sorted by block and wording, whatever the order of the mentions."""
    found: dict[tuple[Block, str], list[int]] = {}
    leanings: dict[tuple[str, bool, str, str], Polarity] = {}
    for row, mention in enumerate(mentions):
        text = mention.statement or mention.quote
        about = (mention.kind, mention.negated, mention.sentiment, text)
        if about not in leanings:
            leanings[about] = polarity(mention)
        wording = " ".join(words(text)) or text.strip()
        found.setdefault((leanings[about].block, wording), []).append(row)
    return [_unit(mentions, key, rows, leanings) for key, rows in sorted(found.items())]


def _unit(
    mentions: Sequence[Mention],
    key: tuple[Block, str],
    rows: list[int],
    leanings: dict[tuple[str, bool, str, str], Polarity],
) -> Unit:
    rows.sort(key=lambda row: mentions[row].mention_id)
    first = mentions[rows[0]]
    slots = None
    if first.action or first.object:
        slots = (first.pattern or "", (first.action or "").lower(), (first.object or "").lower())
    return Unit(
        key[0],
        key[1],
        tuple(rows),
        tuple(sorted({mentions[row].text_key for row in rows})),
        slots,
        leanings[first.kind, first.negated, first.sentiment, first.statement or first.quote],
    )


def unit_matrix(units: Sequence[Unit], vectors: Vectors | None) -> Floats:
    """Matrix (units, dimensions) of unit length: the mean of the vectors of a unit's segments.

    Raises StageError when a mention's segment has no vector.
    """
    from scipy.sparse import csr_array

    keys = sorted({key for unit in units for key in unit.text_keys})
    absent = [key for key in keys if vectors is None or key not in vectors]
    if vectors is None or absent:
        raise StageError(
            "Mentions cannot be merged into insights without the vectors of their segments.",
            found=f"{len(absent)} of {len(keys)} texts without a vector, the first is {absent[0]!r}",
            do="run the embed stage over all segments first",
        )
    place = {key: number for number, key in enumerate(keys)}
    columns = [place[key] for unit in units for key in unit.text_keys]
    ends = np.cumsum([0] + [len(unit.text_keys) for unit in units])
    mix = csr_array((np.ones(len(columns), np.float32), columns, ends), shape=(len(units), len(keys)))
    summed = np.asarray(mix @ vectors.rows(keys), dtype=np.float32)
    length = np.linalg.norm(summed, axis=1, keepdims=True)
    return np.asarray(summed / np.where(length > 0, length, 1), dtype=np.float32)
