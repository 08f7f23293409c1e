"""From the lines of printed pages back to paragraphs: running heads and page numbers out, wrapped lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from voc_engine.ingest.transcripts.line_numbers import gutter
from voc_engine.ingest.transcripts.recording_times import CLOCK
from voc_engine.ingest.transcripts.speakers import name_shaped, split_label

Pages = Sequence[Sequence[str]]

_NUMBER = re.compile(r"^\W*(?:(?:page|seite|p\.?)\s*)?\d{1,4}(?:\s*(?:/|of|von|–|-)\s*\d{1,4})?\W*$", re.IGNORECASE)
_PAGE_OF = re.compile(r"^\W*(?:page|seite)\s+\d+", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
# A speaker, a time, a bullet or a heading opens a line of its own.
_OPENS = re.compile(
    rf"^(?:[\[(]?{CLOCK}[\])]?(?:\s|$)|[-*•‣▪#>]\s|\[|\d{{1,3}}[.)]\s)|(?:\s|\[|\(){CLOCK}[\])]?:?$", re.IGNORECASE
)
_HYPHEN = re.compile(r"(?P<first>[^\W\d_]{2,})(?P<mark>[-\u00ad\u2010])$")
_NEXT_WORD = re.compile(r"^[^\W\d_]+")
# How many lines at the top and the bottom of a page may be running ones.
_EDGE = 3
_FEW_PAGES = 3
_LONGEST_HEAD = 150
_WRAPPED = 0.8
_NARROWEST = 30  # characters of a line that is filled to its end


@dataclass(frozen=True)
class Printed:
    """``text`` of the paragraphs, ``running`` heads and page numbers, ``joined``: how many words a hyphen had cut.

    ``numbers`` are those of the lines.
    """

    text: str
    running: tuple[str, ...]
    joined: int
    numbers: tuple[str, ...] = ()


def paragraphs(pages: Pages) -> Printed:
    """The paragraphs of printed pages. A line is taken for wrapped where the next word would not have fitted on it."""
    rows = [[line.replace("\u00a0", " ").strip() for line in page] for page in _with_blanks(pages)]
    rows = [[line for line in page if line] for page in rows]
    beside = [gutter(page) for page in rows]
    numbers = [page[n] for page, taken in zip(rows, beside, strict=True) for n in sorted(taken)]
    rows = [[line for n, line in enumerate(page) if n not in taken] for page, taken in zip(rows, beside, strict=True)]
    body, running = _without_running(rows)
    lines = [line for page in body for line in page]
    width = _width(lines)
    vocabulary = Counter(word.casefold() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line))
    paragraph_lines: list[list[str]] = []
    joined = 0
    for number, line in enumerate(lines):
        if number and _continues(lines[number - 1], line, width):
            glued = _glued(paragraph_lines[-1][-1], line, vocabulary)
            joined += glued is not None
            if glued is None:
                paragraph_lines[-1].append(line)
            else:
                paragraph_lines[-1][-1:] = [glued]
        else:
            paragraph_lines.append([line])
    return Printed("\n".join(" ".join(parts) for parts in paragraph_lines), tuple(running), joined, tuple(numbers))


def _with_blanks(pages: Pages) -> Pages:
    """Some programs print a tab for every blank between words; elsewhere a tab parts columns."""
    tabs, blanks = (sum(line.count(char) for page in pages for line in page) for char in "\t ")
    return [[line.replace("\t", " ") for line in page] for page in pages] if tabs > blanks else pages


def _without_running(pages: list[list[str]]) -> tuple[list[list[str]], list[str]]:
    """Lines at the edges of pages that return there on most of them, digits apart, and page numbers."""
    places = Counter((side, n, _shape(line)) for page in pages for side, n, line in _edges(page))
    least = max(2, 0.6 * len(pages))
    numbered = sum(1 for page in pages if any(_NUMBER.match(line) for _, _, line in _edges(page)))
    bodies, running = [], []
    for page in pages:
        out: set[int] = set()
        for side in (0, 1):
            for _, n, line in (one for one in _edges(page) if one[0] == side):
                count = places[side, n, _shape(line)]
                if not _is_running(line, count >= least, len(pages), numbered >= least):
                    break
                out.add(n if side == 0 else len(page) - 1 - n)
        running += [page[n] for n in sorted(out)]
        bodies.append([line for n, line in enumerate(page) if n not in out])
    return bodies, running


def _edges(page: Sequence[str]) -> list[tuple[int, int, str]]:
    """(0: top or 1: bottom, distance from that edge, line), from the edge inwards."""
    top = [(0, n, line) for n, line in enumerate(page[:_EDGE])]
    return top + [(1, n, line) for n, line in enumerate(reversed(page[-_EDGE:]))]


def _is_running(line: str, returns: bool, pages: int, numbered: bool) -> bool:
    if _NUMBER.match(line):
        return numbered or _PAGE_OF.match(line) is not None
    if pages <= _FEW_PAGES and (len(line.split()) <= 1 or line[-1] in ".?!…"):
        # On two pages a sentence may return by chance.
        return False
    return returns and not _labelled(line) and len(line) <= _LONGEST_HEAD


def _shape(line: str) -> str:
    return _DIGITS.sub("#", line)


def _labelled(line: str) -> bool:
    label, rest = split_label(line)
    return bool(label and rest and name_shaped(label)) or re.search(rf"{CLOCK}[\])]?:?$", line) is not None


def _width(lines: Sequence[str]) -> int:
    """Characters of a full line: what a twentieth of the lines reach, the longest one in a short document."""
    lengths = sorted(len(line) for line in lines)
    return lengths[-1 - len(lengths) // 20] if lengths else 0


def _continues(before: str, line: str, width: int) -> bool:
    """Whether a line goes on with the sentence before it."""
    label, _ = split_label(line)
    short_mark = _OPENS.search(before) and len(before) < 0.6 * width
    if _OPENS.search(line) or short_mark or (label and name_shaped(label)):
        return False
    first = line.split(" ", 1)[0]
    return width >= _NARROWEST and len(before) + 1 + len(first) > _WRAPPED * width


def _glued(before: str, line: str, vocabulary: Counter[str]) -> str | None:
    """The two with the cut word whole again; None where no hyphen cuts one. "well-known" keeps its hyphen."""
    cut, rest = _HYPHEN.search(before), _NEXT_WORD.match(line)
    if not cut or not rest or not rest[0][0].islower():
        return None
    compound = f"{cut['first']}-{rest[0]}".casefold()
    keep = cut["mark"] != "\u00ad" and vocabulary[compound] > vocabulary[f"{cut['first']}{rest[0]}".casefold()]
    return f"{before if keep else before[:-1]}{line}"
