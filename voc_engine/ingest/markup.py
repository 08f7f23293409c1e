"""HTML to text: no word lost, none invented; blocks end lines, inline tags do not split words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS_WORDS = (
    "p div br li ul ol tr table h1 h2 h3 h4 h5 h6 blockquote pre section article header footer hr dt dd dl td th"
)
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_SILENT = frozenset(("script", "style", "head", "title"))
_LOOKS_LIKE = re.compile(
    r"</?(?:p|br|div|span|a|ul|ol|li|b|i|strong|em|table|blockquote|html|body|h[1-6])(?:\s[^<>]*)?/?>", re.I
)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0
        self.quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        if tag in _BLOCKS:
            self.parts.append(" " if tag in ("td", "th") else "\n")
        if tag == "blockquote":
            self.quoted += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        if tag == "blockquote":
            self.quoted = max(0, self.quoted - 1)
        if tag in _BLOCKS and tag not in ("td", "th", "br"):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        # Source line breaks mean a blank in HTML; a quotation keeps the mark by which mail is cut later.
        data = re.sub(r"[ \t\r\n]+", " ", data)
        at_start = not self.parts or self.parts[-1].endswith("\n")
        if self.quoted and data.strip() and at_start:
            self.parts.append("> ")
        self.parts.append(data)


def looks_like_html(text: str) -> bool:
    """Whether a text holds HTML tags rather than angle brackets."""
    return _LOOKS_LIKE.search(text) is not None


def html_to_text(html: str) -> str:
    """The words of an HTML fragment; quotations begin with "> ", at most one blank line stands between blocks."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in "".join(parser.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
