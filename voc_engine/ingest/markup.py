"""HTML to text: no word lost, none invented; blocks end lines, inline tags do not split words.

The scanner reads every character a bounded number of times. Python's own ``html.parser`` needs quadratic time for
unfinished tags, so that one ticket of 60 KB could hold a run up for a minute.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLOCKS_WORDS = (
    "p div br li ul ol tr table h1 h2 h3 h4 h5 h6 blockquote pre section article header footer hr dt dd dl td th"
)
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_CELLS = frozenset(("td", "th"))
_RAW = frozenset(("script", "style"))
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in sorted(_RAW)}
_IN_HEAD = frozenset(("head", "title", "meta", "link", "base", "script", "style", "noscript", "template"))
_NAME = re.compile(r"</?(?P<name>[a-zA-Z][^\s/<>]*)")
# A quote opens a value only behind "="; elsewhere it is a letter, as in <a href=it's>.
_NEXT_IN_TAG = re.compile(r"=\s*(?P<quote>[\"'])|>")
_LOOKS_LIKE = re.compile(
    r"</?(?:p|br|div|span|a|ul|ol|li|b|i|strong|em|table|blockquote|html|body|h[1-6])(?:\s[^<>]*)?/?>", re.I
)


@dataclass(frozen=True)
class Page:
    """``text`` as people see it, ``title`` of the head, ``unseen``: how many scripts, styles and comments were left out."""

    text: str
    title: str
    unseen: int


class _Scanner:
    """Text and tags of an HTML text in order. What is no sound tag is text."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.unseen = 0
        self._quotes_pair = True
        self._raw_ends = set(_RAW)
        self._comments_end = True

    def items(self) -> Iterator[tuple[str, str]]:
        """("text", characters), ("start", tag) and ("end", tag)."""
        html, at, after = self.html, 0, 0
        while (position := html.find("<", after)) >= 0:
            token = self._markup(position)
            if token is None:
                after = position + 1
                continue
            kind, name, end = token
            if position > at:
                yield "text", html[at:position]
            if kind:
                yield kind, name
            at = after = end
        if at < len(html):
            yield "text", html[at:]

    def _markup(self, position: int) -> tuple[str, str, int] | None:
        """(kind, tag, place behind it) of what begins at a "<"; kind "" for what says nothing; None where it is text."""
        html = self.html
        if html.startswith("<!--", position):
            end = html.find("-->", position + 4) if self._comments_end else -1
            self._comments_end = end >= 0
            self.unseen += end >= 0
            return ("", "", end + 3) if end >= 0 else None
        if html.startswith(("<!", "<?"), position):
            end = html.find(">", position, position + 2_000)
            return ("", "", end + 1) if end >= 0 else None
        match = _NAME.match(html, position)
        end = self._tag_end(match.end()) if match else -1
        if match is None or end < 0:
            return None
        name = match["name"].lower()
        closing = html.startswith("</", position)
        if name in self._raw_ends and not closing:
            return self._raw(name, end)
        return "end" if closing else "start", name, end

    def _raw(self, name: str, end: int) -> tuple[str, str, int]:
        closing = _RAW_END[name].search(self.html, end)
        if closing is None:
            self._raw_ends.discard(name)
            return "start", name, end
        self.unseen += 1
        stop = self.html.find(">", closing.end())
        return "", "", stop + 1 if stop >= 0 else len(self.html)

    def _tag_end(self, at: int) -> int:
        """Place behind the ">" that ends a tag; one in quotes does not, until a quote has no pair."""
        position = at
        while self._quotes_pair and (mark := _NEXT_IN_TAG.search(self.html, position)):
            if mark["quote"] is None:
                return mark.end()
            closing = self.html.find(mark["quote"], mark.end())
            if closing < 0:
                break
            position = closing + 1
        self._quotes_pair = False
        end = self.html.find(">", at, at + 20_000)
        return end + 1 if end >= 0 else -1


class _Text:
    """Gathers what is seen; ``cell`` stands between two cells of a table row."""

    def __init__(self, cell: str) -> None:
        self.cell = cell
        self.parts: list[str] = []
        self.title: list[str] = []
        self.head = False
        self.in_title = False
        self.quoted = 0

    def take(self, kind: str, value: str) -> None:
        if kind == "text":
            self._add_text(value)
        elif kind == "start":
            self._opened(value)
        else:
            self._closed(value)

    def _opened(self, tag: str) -> None:
        if tag not in _IN_HEAD:
            # The closing tags of head and title may be missing.
            self.head = self.in_title = False
        elif tag in ("head", "title"):
            self.head = self.head or tag == "head"
            self.in_title = self.in_title or tag == "title"
        if tag in _BLOCKS:
            self.parts.append(self.cell if tag in _CELLS else "\n")
        self.quoted += tag == "blockquote"

    def _closed(self, tag: str) -> None:
        self.head = self.head and tag not in ("head", "html")
        self.in_title = self.in_title and tag != "title"
        if tag == "blockquote":
            self.quoted = max(0, self.quoted - 1)
        if tag in _BLOCKS and tag not in ("td", "th", "br"):
            self.parts.append("\n")

    def _add_text(self, text: str) -> None:
        # Source line breaks mean a blank in HTML; a quotation keeps the mark by which mail is cut later.
        text = re.sub(r"[ \t\r\n]+", " ", _decoded(text))
        if self.in_title:
            self.title.append(text)
        if self.head or self.in_title:
            return
        at_start = not self.parts or self.parts[-1].endswith("\n")
        if self.quoted and text.strip() and at_start:
            self.parts.append("> ")
        self.parts.append(text)


def _decoded(text: str) -> str:
    try:
        return entities.unescape(text)
    except ValueError:
        # A numeric entity of thousands of digits.
        return text


def looks_like_html(text: str) -> bool:
    """Whether a text holds HTML tags rather than angle brackets."""
    return _LOOKS_LIKE.search(text) is not None


def html_page(html: str, cell: str = " ") -> Page:
    """What a reader of the page sees; at most one blank line stands between blocks."""
    scanner, text = _Scanner(html), _Text(cell)
    for kind, value in scanner.items():
        text.take(kind, value)
    lines = "".join(text.parts).split("\n")
    clean = [cell.join(re.sub(r"[ \t]+", " ", part).strip() for part in line.split("\t")).strip() for line in lines]
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(clean)).strip()
    return Page(body, " ".join("".join(text.title).split()), scanner.unseen)


def html_to_text(html: str) -> str:
    """The words of an HTML fragment; quotations begin with "> ", at most one blank line stands between blocks."""
    return html_page(html).text
