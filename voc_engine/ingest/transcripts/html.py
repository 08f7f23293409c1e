"""Saved web pages: a transcript page, or writing; scripts, styles and comments are left out and counted."""

from __future__ import annotations

import re

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.decoding import head_text, whole_text
from voc_engine.ingest.markup import html_page
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.contained import ContainerReader, Contents

_BEGINS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|meta|title|main|article|section|div|p|table|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_\-]{2,40})", re.IGNORECASE)
SIZE_LIMIT = 64 * 1024**2  # a choice: the whole page is in memory several times over; a talk of a day has 1 MB


class HtmlPage(ContainerReader):
    """Blocks and table rows become lines, cells of a row columns."""

    name = "html.v1"
    container = "web page"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        return 0.97 if _BEGINS.match(head_text(head)) else 0.0

    def contents(self, source: SourceFile, options: SourceConfig) -> Contents:
        page = html_page(whole_text(source, _with_charset(source, options), SIZE_LIMIT), cell="\t")
        skipped = [set_aside(source, "page", "title of the page", page.title)] if page.title else []
        if page.unseen:
            reason = "script, style or comment of the page"
            skipped.append(set_aside(source, "page", reason, "", page.unseen))
        return Contents(page.text, tuple(skipped), page.title or None)


def _with_charset(source: SourceFile, options: SourceConfig) -> SourceConfig:
    """The encoding that the page states, where its bytes do not say otherwise and nobody configured one."""
    import codecs

    head = source.head(4096)
    match = _CHARSET.search(head)
    if options.encoding or not match or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return options
    try:
        stated = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return options
    # The web reads Latin-1 as Windows-1252; UTF-8 is found without help.
    stated = "cp1252" if stated in ("iso8859-1", "ascii") else stated
    return options if stated.startswith("utf") else options.model_copy(update={"encoding": stated})
