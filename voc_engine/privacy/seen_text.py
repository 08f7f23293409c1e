"""A text as its readers see it: without soft hyphens and other invisible marks, entities as their characters.

A name with a soft hyphen in it is read as a name, and has to be found as one.
"""

from __future__ import annotations

import html
import re

from voc_engine.privacy.masks import Span

# Invisible marks of formatting; blanks that are no plain ones; numeric entities; tags and stars inside a word.
_HIDDEN = re.compile(
    r"(?P<mark>[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+)|(?P<blank>[\u00a0\u2007\u202f])|"
    r"(?P<entity>&#(?:\d{2,6}|[xX][0-9a-fA-F]{2,5});)|(?P<inside>(?<=[^\W\d_])(?:\*\*|__|</?\w{1,6}>)(?=[^\W\d_]))|"
    r"(?P<tag></?[bi]>)"
)


class SeenText:
    """``text`` as it is seen; ``given`` puts stretches of it back into the text as it was written."""

    def __init__(self, written: str) -> None:
        self.text, self._starts, self._ends = written, list[int](), list[int]()
        if _HIDDEN.search(written) is None:
            return
        pieces: list[str] = []
        at = 0
        for match in _HIDDEN.finditer(written):
            self._copy(written, at, match.start(), pieces)
            shown = {"blank": " ", "entity": html.unescape(match[0])[:1]}.get(str(match.lastgroup), "")
            if shown:
                pieces.append(shown)
                self._starts.append(match.start())
                self._ends.append(match.end())
            at = match.end()
        self._copy(written, at, len(written), pieces)
        self.text = "".join(pieces)

    def _copy(self, written: str, start: int, end: int, pieces: list[str]) -> None:
        pieces.append(written[start:end])
        self._starts += range(start, end)
        self._ends += range(start + 1, end + 1)

    def given(self, spans: list[Span]) -> list[Span]:
        """The spans as places of the text as it was written."""
        if not self._starts:
            return spans
        return [(self._starts[start], self._ends[end - 1], mask) for start, end, mask in spans]
