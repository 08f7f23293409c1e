"""Words by which formats are known, a file for each module that asks: headers of columns and mails, labels of speakers."""

from __future__ import annotations

from voc_engine.language.keywords import Keywords
from voc_engine.language.keywords import keywords as read


def keywords(name: str) -> Keywords:
    """Those of a file of this folder. Raises FileNotFoundError where there is none."""
    return read(__package__, name)
