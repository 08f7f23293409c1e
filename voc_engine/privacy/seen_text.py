"""A text as its readers see it: without soft hyphens and other invisible marks, entities as their characters, letters of
another alphabet as the Latin ones that they look like, and words whose letters are set apart as words.

A name with a soft hyphen in it is read as a name, and has to be found as one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from voc_engine.language.pattern_screen import screened
from voc_engine.language.tokens import LETTERS
from voc_engine.privacy.masks import Span

# Invisible marks of formatting; blanks that are no plain ones; numeric entities; tags and stars inside a word; and four
# letters or more, each apart from the next by the same sign ("B e r g", "B-e-r-g"): two blanks part words.
_HIDDEN = screened(
    r"(?P<mark>[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+)|(?P<blank>[\u00a0\u2007\u202f])|"
    r"(?P<entity>&#(?:\d{2,6}|[xX][0-9a-fA-F]{2,5});)|(?P<inside>(?<=[^\W\d_])(?:\*\*|__|</?\w{1,6}>)(?=[^\W\d_]))|"
    r"(?P<tag></?[bi]>)|"
    r"(?P<apart>(?<!\w)[^\W\d_](?:[ .·*_-][^\W\d_]){3,}(?![^\W_]))"
)
# Greek and Cyrillic letters that look like Latin ones (Unicode's confusables), each below the letter that it looks like.
_LATIN = "AaBCcdEeHhIiJjKMNOoPpQqSsTUuVvWwXxYyZz"
_ALIKE = str.maketrans(
    "\u0410\u0430\u0412\u0421\u0441\u0501\u0415\u0435\u041d\u04bb\u0406\u0456\u0408\u0458\u041a\u041c\u039d\u041e\u043e\u0420\u0440"
    "\u051a\u051b\u0405\u0455\u0422\u054d\u057d\u0474\u0475\u051c\u051d\u0425\u0445\u04ae\u0443\u0396\u1d22"
    "\u0391\u03b1\u0392\u0395\u0397\u0399\u03b9\u039a\u039c\u039f\u03bf\u03a1\u03c1\u03a4\u03bd\u03a7\u03c7\u03a5\u03c5",
    f"{_LATIN}AaBEHIiKMOoPpTvXxYu",
)
_FOREIGN = re.compile("[\u0370-\u058f\u1d22]")


def _read_alike(text: str) -> str:
    """The text with look-alikes as Latin letters in words that have Latin ones as well; of the same length."""
    if text.isascii() or _FOREIGN.search(text) is None:
        return text
    return LETTERS.sub(lambda word: word[0].translate(_ALIKE) if _is_mixed(word[0]) else word[0], text)


def _is_mixed(word: str) -> bool:
    return _FOREIGN.search(word) is not None and any(letter.isascii() for letter in word)


def _stretches(match: re.Match[str]) -> Iterator[Span]:
    """(start, end, what is seen there) of what is not seen as it is written."""
    if match["apart"]:
        if len(set(match[0][1::2])) > 1:
            return
        yield from ((at, at + 1, "") for at in range(match.start() + 1, match.end(), 2))
        return
    letter = html.unescape(match[0])[:1] if match["entity"] else " " if match["blank"] else ""
    yield match.start(), match.end(), letter


class SeenText:
    """``text`` as it is seen; ``given`` puts stretches of it back into the text as it was written."""

    def __init__(self, written: str) -> None:
        self.text, self._starts, self._ends = _read_alike(written), list[int](), list[int]()
        if not written:
            return
        hidden = [one for match in _HIDDEN.finditer(written) for one in _stretches(match)]
        if not hidden:
            return
        alike_text, pieces, at = self.text, list[str](), 0
        for start, end, replacement in hidden:
            self._copy(alike_text, at, start, pieces)
            if replacement:
                pieces.append(replacement)
                self._starts.append(start)
                self._ends.append(end)
            at = end
        self._copy(alike_text, at, len(alike_text), pieces)
        self.text = "".join(pieces)

    def _copy(self, written: str, start: int, end: int, pieces: list[str]) -> None:
        pieces.append(written[start:end])
        self._starts += range(start, end)
        self._ends += range(start + 1, end + 1)

    def original_spans(self, spans: list[Span]) -> list[Span]:
        """The spans as places of the text as it was written."""
        if not self._starts:
            return spans
        return [(self._starts[start], self._ends[end - 1], mask) for start, end, mask in spans]
