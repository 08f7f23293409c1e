"""Units: what is clustered. Mentions that say the same in the same words are one unit, so that cost follows variety."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voc_engine.insights.claim_polarity import Polarity, polarity
from voc_engine.language.tokens import words
from voc_engine.records import Mention

Block = tuple[str, int, int, bool]


@dataclass(frozen=True, slots=True)
class Unit:
    """One wording of one claim. ``rows`` are indices into the list of mentions."""

    block: Block
    wording: str
    rows: tuple[int, ...]
    text_keys: tuple[str, ...]
    polarity: Polarity


def make_units(mentions: Sequence[Mention]) -> list[Unit]:
    """Units sorted by block and wording, whatever the order of the mentions.

    Like polarities are one object: a million claims lean in a few hundred ways.
    """
    found: dict[tuple[Block, str], int | list[int]] = {}
    leanings: dict[Polarity, Polarity] = {}
    leaning_of: dict[tuple[Block, str], Polarity] = {}
    for row, mention in enumerate(mentions):
        said = words(mention.statement or mention.quote)
        leaning = polarity(mention, said)
        leaning = leanings.setdefault(leaning, leaning)
        key = (leaning.block, " ".join(said) or (mention.statement or mention.quote).strip())
        known = found.setdefault(key, row)
        if known is row:
            leaning_of[key] = leaning
        elif isinstance(known, int):
            found[key] = [known, row]
        else:
            known.append(row)
    return [_unit(mentions, key, found[key], leaning_of[key]) for key in sorted(found)]


def _unit(mentions: Sequence[Mention], key: tuple[Block, str], rows: int | list[int], leaning: Polarity) -> Unit:
    ordered = [rows] if isinstance(rows, int) else sorted(rows, key=lambda row: mentions[row].mention_id)
    text_keys = tuple(sorted({mentions[row].text_key for row in ordered}))
    return Unit(key[0], key[1], tuple(ordered), text_keys, leaning)
