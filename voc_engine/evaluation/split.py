"""Which tenth of a set stays out of training: decided by the text itself, so the same on every machine and day."""

from __future__ import annotations

import re

from voc_engine.records import stable_hash

_NO_WORD = re.compile(r"\W+")


def normalised(text: str) -> str:
    """Lower case, runs of non-word characters to one space, stripped."""
    return _NO_WORD.sub(" ", text.lower()).strip()


def held_out(text: str) -> bool:
    """True for a tenth of all texts; two that differ in case or punctuation only are on the same side."""
    return int(stable_hash(normalised(text), size=16), 16) % 10 == 0
