"""Rich text (RTF 1.9.1), as Word, TextEdit and transcription programs save it."""

from __future__ import annotations

from pathlib import Path

from voc_engine.config import SourceConfig
from voc_engine.ingest.bounded import in_child
from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.contained import ContainerReader, Contents

_CHILD = Path(__file__).with_name("rtf_child.py")
# An RTF file of this size holds pictures; its words would fill a library.
SIZE_LIMIT = 64 * 1024**2


class RichText(ContainerReader):
    """Deleted text, page headers and footers, footnotes and comments are set aside."""

    name = "rtf.v1"
    container = "rich text"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        return 1.0 if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf") else 0.0

    def contents(self, source: SourceFile, options: SourceConfig) -> Contents:
        read = in_child(_CHILD, source.read_whole(SIZE_LIMIT), source.name)
        skipped = tuple(set_aside(source, "group", reason, text) for reason, text in read["aside"])
        return Contents(str(read["text"]), skipped)
