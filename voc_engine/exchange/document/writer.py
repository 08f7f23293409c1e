"""A Word document with the report's look: its styles, and the few kinds of blocks that it is made of."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from voc_engine.exchange.drawing.office_package import same_bytes
from voc_engine.exchange.drawing.shapes import hex_of
from voc_engine.exchange.plain_text import one_line, plain

FONT, NORMAL, QUOTE, SOURCE, SMALL = "Arial", "Normal", "Quote", "Quote Source", "Small"
IN_CONTENTS = 2  # levels of headings that the contents show
WHOLE_ROWS = 10  # a table of fewer rows is not parted by the end of a page
TEXT_WIDTH = 16.4  # centimetres between the margins of A4
_HEADINGS = {"Title": 30, "Heading 1": 20, "Heading 2": 14.5, "Heading 3": 10.5}
_ACCENTED = ("Heading 3",)


class Writer:
    """Adds blocks at the end of one document."""

    def __init__(self, title: str, subject: str, stamp: datetime) -> None:
        self.document = Document()
        self._headings: list[tuple[int, str, str]] = []
        self._contents: Any = None
        _properties(self.document, title, subject, stamp)
        _styles(self.document)
        _page(self.document, title)
        # Looking a style up by its name goes over all of them and takes most of the time of a document.
        self._style_ids = {one.name: one.style_id for one in self.document.styles} | {NORMAL: None}

    def heading(self, words: str, level: int, *, new_page: bool = False) -> None:
        """A real heading, with a bookmark to which the contents lead."""
        paragraph = self.paragraph(one_line(words), f"Heading {level}" if level else "Title")
        paragraph.paragraph_format.page_break_before = new_page or None
        if 0 < level <= IN_CONTENTS:
            number = len(self._headings) + 1
            name = f"_Toc{number:08d}"
            paragraph._p.insert(1, parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>'))
            paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'))
            self._headings.append((level, one_line(words), name))

    def text(self, words: str, style: str = NORMAL, lead: str = "", *, keep: bool = False) -> None:
        """A paragraph; ``lead`` stands before it in bold. ``keep``: no page ends behind it."""
        paragraph = self.paragraph("", style)
        paragraph.paragraph_format.keep_with_next = keep or None
        if lead:
            paragraph.add_run(f"{plain(lead)} ").bold = True
        paragraph.add_run(plain(words))

    def bullet(self, words: str, after: str = "") -> None:
        """A line of a list; ``after`` is told in grey behind it."""
        paragraph = self.paragraph("", "List Bullet")
        paragraph.add_run(plain(words))
        if after:
            paragraph.add_run(f"  {plain(after)}").font.color.rgb = RGBColor.from_string(hex_of("muted"))

    def quote(self, words: str, source: str, mention_id: str, cell: Any = None) -> None:
        """Exact words, and below them who said it and the id that leads to where."""
        self.paragraph(f"“{plain(words)}”", QUOTE, cell)
        self.paragraph(f"{one_line(source)} · {plain(mention_id)}", SOURCE, cell)

    def paragraph(self, words: str, style: str, cell: Any = None) -> Any:
        """A paragraph at the end of a cell or of the document, in a style by its name."""
        paragraph = (cell or self.document).add_paragraph(words)
        paragraph._p.style = self._style_ids[style]
        return paragraph

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]) -> None:
        """``widths`` in centimetres. The first row repeats on every page."""
        rows = list(rows)
        table = self._empty_table(len(rows) + 1, widths)
        small = self._style_ids[SMALL]
        for number, (row, words) in enumerate(zip(table.rows, (heads, *rows), strict=True)):
            for cell, text in zip(row.cells, words, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph._p.style = small
                paragraph.add_run(plain(text)).bold = number == 0
                paragraph.paragraph_format.keep_with_next = number < len(rows) < WHOLE_ROWS or None
        first = table.rows[0]._tr.get_or_add_trPr()
        first.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for cell in table.rows[0].cells:
            shade(cell, "soft")
        self.paragraph("", SMALL)

    def fields(self, columns: int, rows: int) -> list[Any]:
        """Empty cells of a table without a head, row by row; no row is parted by the end of a page."""
        table = self._empty_table(rows, [TEXT_WIDTH / columns] * columns)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        return [cell for row in table.rows for cell in row.cells]

    def _empty_table(self, rows: int, widths: Sequence[float]) -> Any:
        table = self.document.add_table(rows, len(widths))
        table.autofit = False
        lines = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{hex_of("rule")}"/>'
            for side in ("top", "bottom", "insideH")
        )
        table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Cm(width)
        return table

    def contents(self) -> None:
        """The contents stand here; they are filled in when the document is finished."""
        self._contents = self.paragraph("", SMALL)

    def finished(self) -> bytes:
        """The document's bytes: the same for the same blocks."""
        if self._contents is not None:
            _fill_contents(self._contents, self._headings)
        sink = io.BytesIO()
        self.document.save(sink)
        return same_bytes(sink.getvalue())


def shade(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{hex_of(colour)}"/>')
    )


def _properties(document: Any, title: str, subject: str, stamp: datetime) -> None:
    properties = document.core_properties
    properties.title, properties.subject, properties.author, properties.comments = (
        plain(title)[:255],
        plain(subject)[:255],
        "voc_engine",
        "",
    )
    properties.created = properties.modified = stamp
    properties.last_modified_by, properties.revision, properties.language = "voc_engine", 1, "en"


def _styles(document: Any) -> None:
    styles = document.styles
    _face(styles[NORMAL], 10.5, "ink", after=6)
    for name, size in _HEADINGS.items():
        _face(
            styles[name], size, "accent" if name in _ACCENTED else "ink", before=0 if name == "Title" else size, after=4
        )
        styles[name].font.bold = True
        styles[name].paragraph_format.keep_with_next = True
    borders = styles["Title"]._element.find(f".//{qn('w:pBdr')}")
    if borders is not None:
        borders.getparent().remove(borders)
    _face(styles["Subtitle"], 14, "muted", after=10)
    styles["Subtitle"].font.italic = False
    for spaced in styles["Subtitle"]._element.findall(f".//{qn('w:rPr')}/{qn('w:spacing')}"):
        spaced.getparent().remove(spaced)
    _face(styles["List Bullet"], 10.5, "ink", after=2)
    quote = styles[QUOTE]
    _face(quote, 11.5, "ink", before=8, after=1)
    quote.font.italic = False
    quote.paragraph_format.left_indent = Cm(0.5)
    quote.paragraph_format.keep_with_next = True
    quote._element.get_or_add_pPr().append(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="18" w:space="8" w:color="{hex_of("accent")}"/></w:pBdr>'
        )
    )
    for name, size, colour, indent in ((SOURCE, 8.5, "muted", 0.5), (SMALL, 9.5, "ink", 0.0)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles[NORMAL]
        _face(style, size, colour, after=7 if name == SOURCE else 1)
        style.paragraph_format.left_indent = Cm(indent)


def _face(style: Any, size: float, colour: str, before: float = 0.0, after: float = 0.0) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor.from_string(hex_of(colour))
    fonts = style._element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's typeface would stand before ours
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _page(document: Any, title: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - TEXT_WIDTH) / 2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["Footer"]
    _face(document.styles["Footer"], 8.5, "muted")
    foot.add_run(f"{one_line(title)} · page ")
    for kind in ("begin", None, "end"):
        run = foot.add_run()
        inner = (
            f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'
            if kind
            else f"<w:instrText {nsdecls('w')}> PAGE </w:instrText>"
        )
        run._r.append(parse_xml(inner))


_FIELD_BEGINS = (
    '<w:fldChar w:fldCharType="begin"/>',
    r'<w:instrText xml:space="preserve"> TOC \o "1-2" \h \n </w:instrText>',
    '<w:fldChar w:fldCharType="separate"/>',
)


def _fill_contents(paragraph: Any, headings: Sequence[tuple[int, str, str]]) -> None:
    """A field of contents with its lines in it: no program asks before it shows them, and all can renew it."""

    lines = [paragraph._p]
    for _ in headings[1:]:
        copy = parse_xml(paragraph._p.xml)
        lines[-1].addnext(copy)
        lines.append(copy)
    for number, (line, (level, words, name)) in enumerate(zip(lines, headings, strict=False)):
        line.get_or_add_pPr().append(parse_xml(f'<w:ind {nsdecls("w")} w:left="{(level - 1) * 360}"/>'))
        if number == 0:
            for xml in _FIELD_BEGINS:
                line.append(parse_xml(f"<w:r {nsdecls('w')}>{xml}</w:r>"))
        link = parse_xml(
            f'<w:hyperlink {nsdecls("w")} w:anchor="{name}"><w:r><w:t xml:space="preserve"/></w:r></w:hyperlink>'
        )
        link[0][0].text = words
        line.append(link)
    if headings:
        lines[len(headings) - 1].append(parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="end"/></w:r>'))
