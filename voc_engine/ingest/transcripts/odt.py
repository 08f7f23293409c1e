"""OpenDocument text (OASIS ODF 1.3): paragraphs, headings, lists and tables of content.xml as lines."""

from __future__ import annotations

from xml.sax.xmlreader import AttributesImpl

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.contained import ContainerReader, Contents
from voc_engine.ingest.transcripts.office_xml import Lines, members_of, read_part
from voc_engine.ingest.unpack import zip_members

_BODY, _STYLES = "content.xml", "styles.xml"
_ASIDE = {
    "text:tracked-changes": "deleted text",
    "office:annotation": "comment",
    "text:note": "footnote",
}
_PAGE = {
    "style:header": "page header",
    "style:header-left": "page header",
    "style:header-first": "page header",
    "style:footer": "page footer",
    "style:footer-left": "page footer",
    "style:footer-first": "page footer",
}
# A comment's author and date, a footnote's number: no part of the word that follows.
_BESIDE = ("dc:creator", "dc:date", "meta:date-string", "text:note-citation")
_MOST_BLANKS = 1_000
_COUNT_DIGITS = 6  # of a number of blanks; a longer one is hostile


class OpenDocument(ContainerReader):
    """Tracked deletions, comments, footnotes, page headers and footers are set aside."""

    name = "odt.v1"
    container = "OpenDocument text"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        return 1.0 if head[:4] == b"PK\x03\x04" and is_odt(source) else 0.0

    def contents(self, source: SourceFile, options: SourceConfig) -> Contents:
        members = members_of(source)
        if _BODY not in members:
            raise SourceError(
                f"{source.name} is not a sound OpenDocument text.", found=f"no {_BODY}", do="save it again as .odt"
            )
        if "META-INF/manifest.xml" in members and _encrypted(source):
            raise SourceError(
                f"{source.name} is protected by a password.", found="encryption", do="save it without a password"
            )
        body, styles = _Paragraphs(_ASIDE, True), _Paragraphs(_PAGE, False)
        read_part(source, _BODY, body)
        if _STYLES in members:
            read_part(source, _STYLES, styles)
        skipped = [set_aside(source, member, reason, text)
                   for member, part in ((_BODY, body), (_STYLES, styles)) for reason, text in part.aside]  # fmt: skip
        return Contents(body.text(), tuple(skipped))


def is_odt(source: SourceFile) -> bool:
    try:
        with source.seekable() as stream:
            members = zip_members(stream, source.name)
        if _BODY not in members or "mimetype" not in members:
            return False
        from voc_engine.ingest.unpack import zip_member_stream

        with source.seekable() as stream, zip_member_stream(stream, "mimetype", source.name) as kind:
            return kind.read(100).startswith(b"application/vnd.oasis.opendocument.text")
    except SourceError:
        return False


class _Encrypted(Lines):
    found = False

    def startElement(self, name: str, attrs: object) -> None:
        self.found = self.found or name == "manifest:encryption-data"


def _encrypted(source: SourceFile) -> bool:
    handler = _Encrypted()
    read_part(source, "META-INF/manifest.xml", handler)
    return handler.found


class _Paragraphs(Lines):
    """``aside`` names the elements that are set aside; ``spoken`` whether other paragraphs are kept."""

    def __init__(self, apart: dict[str, str], spoken: bool) -> None:
        super().__init__()
        self._apart, self._spoken = apart, spoken
        self._open = 0
        self._cells: list[int] = []

    def startElement(self, name: str, attrs: object) -> None:
        if name in self._apart:
            self.put_aside(self._apart[name])
        elif name in ("text:p", "text:h"):
            if self._open and self._line and not self._reason:
                self.end_line()
            self._open += 1
        elif name == "table:table-row":
            self.begin_row()
        elif name == "table:table-cell":
            self.begin_cell()
        elif self._open and name == "text:tab":
            self.say("\t")
        elif self._open and name == "text:line-break":
            self.say("\n")
        elif self._open and name == "text:s":
            self.say(" " * _blanks(attrs))

    def endElement(self, name: str) -> None:
        if name in self._apart:
            self.back()
        elif name == "table:table-row":
            self.end_row()
        elif name in _BESIDE:
            self.say(" ")
        elif name in ("text:p", "text:h"):
            self._open -= 1
            self.end_line()

    def characters(self, content: str) -> None:
        if self._open and (self._spoken or self._reason):
            self.say(" ".join(content.split("\n")) if "\n" in content else content)


def _blanks(attrs: object) -> int:
    """How many blanks ``<text:s text:c="3"/>`` stands for; a hostile number is cut."""
    stated = str(attrs.get("text:c") or "1") if isinstance(attrs, AttributesImpl) else "1"
    return (
        min(int(stated), _MOST_BLANKS) if stated.isascii() and stated.isdigit() and len(stated) <= _COUNT_DIGITS else 1
    )
