"""Whether a text has figures, which most of what is masked needs."""

from __future__ import annotations

import re

_FIGURE = re.compile("[0-9]")


def has_figures(text: str) -> bool:
    """Whether a digit of any script stands in the text."""
    return _FIGURE.search(text) is not None or (not text.isascii() and any(map(str.isdigit, text)))
