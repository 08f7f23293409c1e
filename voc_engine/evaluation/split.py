"""The tenth of a public set that never trains: told from the words alone, the same here and in the training script."""

from __future__ import annotations

import re

from voc_engine.records import stable_hash

_GAP = re.compile(r"\W+")


def normalised(text: str) -> str:
    """Lower case, runs of characters that are no word's to one space, none at the ends."""
    return _GAP.sub(" ", text.lower()).strip()


def held_out(text: str) -> bool:
    """Whether a text is of the tenth set aside; texts that differ in case, spaces or punctuation go together."""
    return int(stable_hash(normalised(text)), 16) % 10 == 0
