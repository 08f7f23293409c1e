"""Blocks: what a persona file is made of, whatever its format; and Markdown as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"\s*(?:[-*+•–]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$")
_RULE = re.compile(r"\s*([-*_=])(?:\s*\1){2,}\s*$")
_FENCE = re.compile(r"\s*(```|~~~)")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_STRESS = re.compile(r"(\*\*|__|\*|(?<!\w)_|_(?!\w)|`|~~)")
_BETWEEN = re.compile(r"\s*\|?[\s:|-]+\|?\s*$")
_LONGEST_NAME = 4  # words before a colon; a choice: longer ones begin a sentence
_ALL_BOLD = re.compile(r"\s*(\*\*|__)(.+?)\1\s*:?\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """``kind`` is heading, bold (a line in bold type alone), item, text, quote, table or aside. ``level`` of a heading
    counts from 1; ``rows`` are a table's cells; ``reason`` tells why an aside is one."""

    kind: str
    text: str
    place: str
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    reason: str = ""


def plain(text: str) -> str:
    """The words of a line of Markdown without its marks."""
    bare = _TAG.sub("", _STRESS.sub("", _LINK.sub(r"\1", _PICTURE.sub("", text))))
    return " ".join(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", bare).split())


def markdown_blocks(text: str) -> Iterator[Block]:
    """Blocks in order; the lines of a paragraph are one block, at its first line."""
    blanked = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    lines = blanked.split("\n")
    at = 0
    if lines and lines[0].strip() == "---":  # front matter
        end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() in ("---", "...")), 0)
        for number in range(1, end):
            if lines[number].strip():
                yield Block("item", lines[number].strip(), f"line {number + 1}")
        at = end + 1 if end else 0
    while at < len(lines):
        block, at = _next(lines, at)
        if block is not None:
            yield block


def _next(lines: Sequence[str], at: int) -> tuple[Block | None, int]:
    line, location = lines[at], f"line {at + 1}"
    if not line.strip() or _RULE.match(line):
        return None, at + 1
    if fence := _FENCE.match(line):
        end = next((n for n in range(at + 1, len(lines)) if lines[n].strip().startswith(fence[1])), len(lines) - 1)
        return Block("aside", line.strip(), location, reason="code"), end + 1
    if not plain(line):
        return Block("aside", line.strip(), location, reason="a picture or a mark"), at + 1
    if heading := _heading(lines, at):
        return heading
    if line.lstrip().startswith("|") or (at + 1 < len(lines) and "|" in line and _is_between(lines[at + 1])):
        return _table(lines, at)
    if line.lstrip().startswith(">"):
        return _gathered(lines, at, "quote", lambda one: one.lstrip().startswith(">"))
    if bold := _ALL_BOLD.match(line):
        return Block("bold", plain(bold[2]).rstrip(":"), location), at + 1
    if item := _ITEM.match(line):
        text, end = [item[1]], at + 1
        while end < len(lines) and lines[end].startswith("  ") and _is_words(lines[end]):
            text.append(lines[end])
            end += 1
        return Block("item", plain(" ".join(text)), location), end
    return _gathered(lines, at, "text", _is_words)


def _heading(lines: Sequence[str], at: int) -> tuple[Block, int] | None:
    """A heading with signs before it, or underlined."""
    line, location = lines[at], f"line {at + 1}"
    if heading := _HEADING.match(line):
        return Block("heading", plain(heading[2]), location, level=len(heading[1])), at + 1
    if _is_words(line) and at + 1 < len(lines) and re.fullmatch(r"\s*(=+|-{2,})\s*", lines[at + 1]):
        return Block("heading", plain(line), location, level=1 if "=" in lines[at + 1] else 2), at + 2
    return None


def _is_words(line: str) -> bool:
    marked = (_HEADING, _ITEM, _RULE, _FENCE, _ALL_BOLD)
    return bool(line.strip()) and not any(one.match(line) for one in marked) and line.lstrip()[0] not in ">|"


def _is_between(line: str) -> bool:
    return "-" in line and "|" in line and bool(_BETWEEN.match(line))


def _gathered(lines: Sequence[str], at: int, kind: str, belongs: object) -> tuple[Block, int]:
    end = at
    text_lines = []
    while end < len(lines) and callable(belongs) and belongs(lines[end]):
        text_lines.append(lines[end].lstrip().lstrip(">") if kind == "quote" else lines[end])
        end += 1
        # A line that ends with two blanks, or is short as "Age: 34" is, ends there.
        if kind == "text" and (text_lines[-1].endswith("  ") or _stands_alone(text_lines[-1])):
            break
    return Block(kind, plain(" ".join(text_lines)), f"line {at + 1}"), end


def _stands_alone(line: str) -> bool:
    name, colon, _ = line.partition(":")
    return bool(colon) and len(name.split()) <= _LONGEST_NAME


def _table(lines: Sequence[str], at: int) -> tuple[Block, int]:
    rows, end = [], at
    while end < len(lines) and "|" in lines[end]:
        if not _is_between(lines[end]):
            cells = re.split(r"(?<!\\)\|", lines[end].strip().removeprefix("|").removesuffix("|"))
            rows.append(tuple(re.sub(r"<br\s*/?>", "\n", cell).strip() for cell in cells))
        end += 1
    cleaned = tuple(tuple("\n".join(plain(part) for part in cell.split("\n")) for cell in row) for row in rows)
    return Block("table", "", f"line {at + 1}", rows=cleaned), end
