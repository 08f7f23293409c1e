"""Units: what is grouped. Mentions that say the same in the same words are one unit, so that cost follows variety."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voc_engine.insights.kinds_together import SIDE_OF
from voc_engine.language.tokens import words
from voc_engine.records import Mention


@dataclass(frozen=True, slots=True)
class Unit:
    """One wording on one side. ``rows`` are indices into the list of mentions, by mention id."""

    side: str
    wording: str
    rows: tuple[int, ...]
    text_keys: tuple[str, ...]


def make_units(mentions: Sequence[Mention]) -> list[Unit]:
    """Units sorted by side and wording, whatever the order of the mentions."""
    rows_of: dict[tuple[str, str], list[int]] = {}
    for row, mention in enumerate(mentions):
        wording = " ".join(words(mention.quote)) or mention.quote.strip()
        rows_of.setdefault((SIDE_OF[mention.kind], wording), []).append(row)
    return [_unit(mentions, key, rows_of[key]) for key in sorted(rows_of)]


def _unit(mentions: Sequence[Mention], key: tuple[str, str], rows: list[int]) -> Unit:
    ordered = tuple(sorted(rows, key=lambda row: mentions[row].mention_id))
    return Unit(*key, ordered, tuple(sorted({mentions[row].text_key for row in ordered})))
