"""Sheets as PDF, with text that can be searched and copied; a quote leads to its place in the list at the end."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import font_roboto
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from voc_engine.exchange.drawing.shapes import Panel, Picture, Polygon, Rule, Run, Sheet, hex_of
from voc_engine.exchange.drawing.typesetting import FACES, Line, set_lines
from voc_engine.exchange.drawing.vector import ASCENT, ROUNDING, SEAM, first_line, line_start
from voc_engine.exchange.plain_text import plain

# Narrower than the metrics by which lines are broken, so that no line grows out of its panel.
_ASTRAL = re.compile("<([0-9A-F]{5,6})>")


def pages(sheets: Sequence[Sheet], title: str, subject: str, *, listed: bool = True) -> bytes:
    """One page per sheet. The same sheets give the same bytes: no date and no random id is written.

    A quote is a link that bears its id: to its place in the list of sources, or where there is no such list (``listed``
    is false) to the page that it stands on.
    """
    _fonts()
    sink = io.BytesIO()
    canvas = Canvas(sink, invariant=1, pageCompression=1, lang="en")
    canvas.setTitle(plain(title))
    canvas.setSubject(plain(subject))
    canvas.setAuthor("voc_engine")
    targets = {panel.name for sheet in sheets for panel in _panels(sheet) if _is_target(panel)}
    for number, sheet in enumerate(sheets, 1):
        canvas.setPageSize((sheet.width, sheet.height))
        canvas.bookmarkPage(f"sheet-{number}")
        canvas.addOutlineEntry(plain(sheet.name), f"sheet-{number}")
        _page(canvas, sheet, number, targets, "" if listed else f"sheet-{number}")
        canvas.showPage()
    canvas.save()
    return sink.getvalue()


TARGET = "Evidence "  # begins the name of a panel that tells where a quote stands


def _is_target(panel: Panel) -> bool:
    return panel.name.startswith(TARGET)


def undrawn(sheets: Iterable[Sheet]) -> int:
    """Letters for which the typeface has no picture: a box stands for them, and the text holds them all the same."""
    _fonts()
    drawn = pdfmetrics.getFont("Roboto").drawn
    return sum(
        ord(one) not in drawn
        for sheet in sheets
        for panel in _panels(sheet)
        for paragraph in panel.paragraphs
        for run in paragraph.runs
        for one in run.text
    )


def _panels(sheet: Sheet) -> list[Panel]:
    return [one for one in (sheet.title, *sheet.shapes) if isinstance(one, Panel)]


class _Face(TTFont):  # type: ignore[misc]
    """A typeface that forgets no letter: what it cannot draw is a box, and can be searched and copied all the same.

    reportlab writes such letters as nothing, and tells readers of a file what a letter is in four hexadecimal digits where
    emoji need two of those (UTF-16).
    """

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file)
        self.drawn = frozenset(self.face.charToGlyph)

    def boxed(self, words: str) -> None:
        """Let every letter of the words have a picture: the box, which is glyph 0, where there is no other."""
        for code_point in set(map(ord, words)) - self.drawn:
            self.face.charToGlyph[code_point] = 0
            self.face.charWidths[code_point] = self.face.defaultWidth

    def addObjects(self, doc: Any) -> None:
        super().addObjects(doc)
        for key, stream in doc.idToObject.items():
            if key.startswith("toUnicodeCMap:"):
                stream.content = _ASTRAL.sub(
                    lambda one: f"<{chr(int(one[1], 16)).encode('utf-16-be').hex()}>", stream.content
                )


@lru_cache(maxsize=1)
def _fonts() -> None:
    for face in FACES.values():
        pdfmetrics.registerFont(_Face(face, font_roboto.font_files[face]))


def _page(canvas: Canvas, sheet: Sheet, number: int, targets: set[str], link_target: str) -> None:
    if sheet.background != "white":
        canvas.setFillColor(HexColor(f"#{hex_of(sheet.background)}"))
        canvas.rect(0, 0, sheet.width, sheet.height, stroke=0, fill=1)
    for figure in sheet.art:
        _art(canvas, sheet, figure)
    for shape in (*sheet.shapes, sheet.title):
        if isinstance(shape, Rule):
            canvas.setStrokeColor(HexColor(f"#{hex_of(shape.colour)}"))
            canvas.setLineWidth(shape.weight)
            canvas.line(shape.x1, sheet.height - shape.y1, shape.x2, sheet.height - shape.y2)
        else:
            _panel(canvas, sheet, shape, number)
            _linked(canvas, sheet, shape, targets, link_target)


def _art(canvas: Canvas, sheet: Sheet, figure: Polygon | Picture) -> None:
    if isinstance(figure, Picture):
        box = (figure.x, sheet.height - figure.y - figure.height, figure.width, figure.height)
        canvas.drawImage(ImageReader(io.BytesIO(figure.png)), *box, mask="auto")
        return
    canvas.setFillColor(HexColor(f"#{hex_of(figure.fill)}"))
    canvas.setStrokeColor(HexColor(f"#{hex_of(figure.fill)}"))
    canvas.setLineWidth(SEAM)
    path = canvas.beginPath()
    path.moveTo(figure.points[0][0], sheet.height - figure.points[0][1])
    for x, y in figure.points[1:]:
        path.lineTo(x, sheet.height - y)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


def _linked(canvas: Canvas, sheet: Sheet, panel: Panel, targets: set[str], link_target: str) -> None:
    if _is_target(panel):
        canvas.bookmarkHorizontal(panel.name, 0, sheet.height - panel.y)
    elif panel.mention_id and (link_target or f"{TARGET}{panel.mention_id}" in targets):
        box = (
            panel.x - 1,
            sheet.height - panel.y - panel.height - 1,
            panel.x + panel.width + 1,
            sheet.height - panel.y + 1,
        )
        canvas.linkRect(panel.mention_id, link_target or f"{TARGET}{panel.mention_id}", box, relative=0, thickness=0)


def _panel(canvas: Canvas, sheet: Sheet, panel: Panel, number: int) -> None:
    if panel.fill or panel.line:
        _outline(canvas, sheet, panel)
    lines = set_lines(panel.paragraphs, panel.width - 2 * panel.padding)
    top = first_line(panel, lines) if lines else 0.0
    for line in lines:
        _line(canvas, line, line_start(panel, line), sheet.height - (top + line.top + line.size * ASCENT), number)


def _outline(canvas: Canvas, sheet: Sheet, panel: Panel) -> None:
    low = sheet.height - panel.y - panel.height
    paint = {"stroke": int(panel.line is not None), "fill": int(panel.fill is not None)}
    if panel.fill:
        canvas.setFillColor(HexColor(f"#{hex_of(panel.fill)}"))
    if panel.line:
        canvas.setStrokeColor(HexColor(f"#{hex_of(panel.line)}"))
        canvas.setLineWidth(1)
    if panel.shape == "disc":
        canvas.ellipse(panel.x, low, panel.x + panel.width, low + panel.height, **paint)
    elif panel.shape == "rounded":
        radius = min(ROUNDING, panel.width / 2, panel.height / 2)
        canvas.roundRect(panel.x, low, panel.width, panel.height, radius, **paint)
    else:
        canvas.rect(panel.x, low, panel.width, panel.height, **paint)


def _line(canvas: Canvas, line: Line, x: float, y: float, number: int) -> None:
    runs = [(run, str(number) if run.page_number else plain(run.text)) for run in line.runs]
    for run, words in runs:
        pdfmetrics.getFont(_face(run)).boxed(words)
    wide = sum(pdfmetrics.stringWidth(words, _face(run), run.size) for run, words in runs)
    x -= {"left": 0.0, "centre": wide / 2, "right": wide}[line.align]
    if line.first:
        _draw(canvas, line.runs[0], "•", x - line.indent, y)
    for run, words in runs:
        _draw(canvas, run, words, x, y)
        x += pdfmetrics.stringWidth(words, _face(run), run.size)


def _face(run: Run) -> str:
    return FACES[run.bold, run.italic]


def _draw(canvas: Canvas, run: Run, words: str, x: float, y: float) -> None:
    canvas.setFillColor(HexColor(f"#{hex_of(run.colour)}"))
    canvas.setFont(_face(run), run.size)
    canvas.drawString(x, y, words)
