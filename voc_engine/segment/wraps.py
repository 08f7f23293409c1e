"""Hard line wraps: which line breaks a program put into a paragraph to keep it within a width, and which a person meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

# Mail is broken at 65 to 80 columns, printed and pasted text between these.
_NARROWEST = 40
_WIDEST = 130
_MAIL = 60
# A word that was moved to the next line may leave a gap of this share of the width where lines are ragged.
_RAGGED = 0.8
_LEAST_BREAKS = 2  # that are full: with fewer, a width shows in nothing but by chance
# What opens a line of its own: bullets, numbers, quotation marks of mail, headings, times, "Name: ...", "[note]".
_OPENS = re.compile(
    r"\s*(?:[-*•‣▪◦·+>|#=_~–—]|\(?\d{1,3}[.)\]:]\s|\(?[a-zA-Z][.)]\s|[\[<]|\d{1,2}:\d{2}\b|[^\W\d_][^\n:]{0,40}:\s)"
)
_BULLET = re.compile(r"(?P<indent>\s*)(?:[-*•‣▪◦·+–—]|\(?\d{1,3}[.)])\s+\S")
_CLOSED = re.compile(r"[.!?…:;。！？؟][\"'”’)\]»]*\s*$")
_BREAKS = ("\n", "\r\n", "\r")


def whole_lines(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the lines of a text, lines that only a width had broken as one; with their line breaks at the end."""
    at = begin = 0
    for block in _blocks(text.splitlines(keepends=True)):
        width = max((len(line.rstrip()) for line in block if " " in line.strip()), default=0)
        folded = _is_folded(block, width)
        bullet: re.Match[str] | None = None
        for number, line in enumerate(block):
            at += len(line)
            bullet = _BULLET.match(line) or bullet
            after = block[number + 1] if number + 1 < len(block) else ""
            if not after or not _goes_on(line, after, bullet, width, folded):
                yield begin, at
                begin = at


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Runs of lines up to and with a blank one, or one that ends in another mark than a plain line break."""
    block: list[str] = []
    for line in lines:
        block.append(line)
        if not line.strip() or not line.endswith(_BREAKS):
            yield block
            block = []
    if block:
        yield block


def _is_folded(block: Sequence[str], width: int) -> bool:
    """Whether a break inside a sentence is seen, or all lines but the last are as full as a width of mail allows.

    The latter for languages whose nouns have capitals.
    """
    breaks = list(pairwise(block))
    if any(
        _lower(after) and not _CLOSED.search(line) and _is_full(line, after, width, _RAGGED) for line, after in breaks
    ):
        return True
    full = (
        len(breaks) >= _LEAST_BREAKS
        and width >= _MAIL
        and all(_is_full(line, after, width, 1.0) for line, after in breaks)
    )
    return full and 2 * sum(1 for line, _ in breaks if _CLOSED.search(line)) <= len(breaks)


def _lower(line: str) -> bool:
    """Whether a line begins in the middle of a sentence, as far as its first letter tells."""
    first = line.lstrip()[:1]
    return first.isalpha() and not first.isupper()


def _is_full(line: str, after: str, width: int, share: float) -> bool:
    """Whether the first word of the next line would not have fitted into ``share`` of the width."""
    word = after.split(None, 1)[0] if after.strip() else ""
    fits = len(line.rstrip()) + 1 + len(word) <= share * width
    return _NARROWEST <= width <= _WIDEST and len(line.rstrip()) >= _NARROWEST * share and not fits


def _goes_on(line: str, after: str, bullet: re.Match[str] | None, width: int, folded: bool) -> bool:
    """Whether ``after`` goes on with ``line``. ``folded``: a break inside a sentence was seen in the paragraph."""
    if not after.strip() or _OPENS.match(after):
        return False
    # What is indented under a bullet belongs to it.
    indent = len(after) - len(after.lstrip())
    if bullet and indent > len(bullet["indent"]) and not _CLOSED.search(line):
        return True
    if _lower(after) and not _CLOSED.search(line):
        return _is_full(line, after, width, _RAGGED)
    return folded and not line.rstrip().endswith((":", ";")) and _is_full(line, after, width, 1.0)
