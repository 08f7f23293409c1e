"""A sheet as PNG, drawn from the same shapes as the page and the vector picture; no browser is needed."""

from __future__ import annotations

import io
import json
from functools import lru_cache

import font_roboto
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from voc_engine.exchange.contract import Shown
from voc_engine.exchange.drawing.shapes import Panel, Picture, Polygon, Rule, Run, Sheet, hex_of
from voc_engine.exchange.drawing.typesetting import FACES, Line, set_lines
from voc_engine.exchange.drawing.vector import ASCENT, ROUNDING, first_line, line_start
from voc_engine.exchange.plain_text import plain

POINTS, CSS_PIXELS = 72, 96  # an inch
DENSITY = 2  # pixels of the picture for one of the screen
FINE = 3  # curves are drawn this many times larger and made smaller, so that their edges are smooth
QUOTES = "Quotes"  # the text chunk that says whose words the picture shows
Box = tuple[float, float, float, float]


def picture(sheet: Sheet) -> bytes:
    """The sheet at two pixels for one of the screen (A4: 1,588 by 2,246). Quotes stand in a text chunk with their ids."""
    drawn = _Drawing(sheet)
    metadata = PngInfo()
    metadata.add_itxt("Title", plain(sheet.name))
    quotes = [(one.mention_id, _words(one)) for one in sheet.shapes if isinstance(one, Panel) and one.mention_id]
    metadata.add_itxt(QUOTES, json.dumps(quotes, ensure_ascii=False))
    sink = io.BytesIO()
    per_inch = CSS_PIXELS * DENSITY
    drawn.image.save(sink, "PNG", pnginfo=metadata, dpi=(per_inch, per_inch), optimize=True)
    return sink.getvalue()


def quotes_in(content: bytes) -> list[Shown]:
    """What ``picture`` says of the quotes that it shows; nothing for another picture."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            quotes = json.loads(image.info.get(QUOTES, "[]"))
            return [Shown(str(key), str(words)) for key, words in quotes]
    except (OSError, ValueError, TypeError, SyntaxError):
        return []


def _words(panel: Panel) -> str:
    return " ".join("".join(run.text for run in one.runs) for one in panel.paragraphs)


class _Drawing:
    """The picture while it is drawn. Lengths of the sheet are points, those of ``image`` pixels."""

    def __init__(self, sheet: Sheet) -> None:
        self.scale = CSS_PIXELS / POINTS * DENSITY
        size = (round(sheet.width * self.scale), round(sheet.height * self.scale))
        self.image = Image.new("RGB", size, f"#{hex_of(sheet.background)}")
        self.pen = ImageDraw.Draw(self.image)
        self._figures([one for one in sheet.art if isinstance(one, Polygon)])
        for art in sheet.art:
            if isinstance(art, Picture):
                self._placed(art)
        for shape in (*sheet.shapes, sheet.title):
            if isinstance(shape, Rule):
                self._rule(shape)
            else:
                self._panel(shape)

    def _figures(self, figures: list[Polygon]) -> None:
        """All at once, larger and then made smaller: edges are smooth, and no ground shines through where two touch."""
        if not figures:
            return
        xs, ys = zip(*(point for one in figures for point in one.points), strict=True)
        left, top, right, bottom = self._pixels((min(xs), min(ys), max(xs), max(ys)))
        size = (max(right - left, 1), max(bottom - top, 1))
        large = self.image.crop((left, top, right, bottom)).resize((size[0] * FINE, size[1] * FINE))
        pen, step = ImageDraw.Draw(large), self.scale * FINE
        for figure in figures:
            corners = [((x - min(xs)) * step, (y - min(ys)) * step) for x, y in figure.points]
            pen.polygon(corners, fill=f"#{hex_of(figure.fill)}")
        self.image.paste(large.resize(size, Image.Resampling.BOX), (left, top))

    def _placed(self, figure: Picture) -> None:
        left, top, right, bottom = self._pixels((figure.x, figure.y, figure.x + figure.width, figure.y + figure.height))
        with Image.open(io.BytesIO(figure.png)) as image:
            placed = image.convert("RGBA").resize(
                (max(right - left, 1), max(bottom - top, 1)), Image.Resampling.LANCZOS
            )
        self.image.paste(placed, (left, top), placed)

    def _pixels(self, box: Box) -> tuple[int, int, int, int]:
        left, top, right, bottom = (round(one * self.scale) for one in box)
        return left, top, right, bottom

    def _rule(self, rule: Rule) -> None:
        half = max(rule.weight * self.scale / 2, 0.5)
        xs, ys = (
            sorted((rule.x1 * self.scale, rule.x2 * self.scale)),
            sorted((rule.y1 * self.scale, rule.y2 * self.scale)),
        )
        level = rule.y1 == rule.y2
        box = (xs[0], ys[0] - half, xs[1], ys[1] + half) if level else (xs[0] - half, ys[0], xs[1] + half, ys[1])
        colour = f"#{hex_of(rule.colour)}"
        if level or rule.x1 == rule.x2:
            self.pen.rectangle((round(box[0]), round(box[1]), round(box[2]) - 1, round(box[3]) - 1), fill=colour)
        else:
            ends = (rule.x1 * self.scale, rule.y1 * self.scale, rule.x2 * self.scale, rule.y2 * self.scale)
            self.pen.line(ends, fill=colour, width=max(round(half * 2), 1))

    def _panel(self, panel: Panel) -> None:
        box = (panel.x, panel.y, panel.x + panel.width, panel.y + panel.height)
        if panel.fill and panel.shape == "box":
            left, top, right, bottom = self._pixels(box)
            self.pen.rectangle((left, top, max(right - 1, left), max(bottom - 1, top)), fill=f"#{hex_of(panel.fill)}")
        elif panel.fill:
            self._smooth(box, panel.fill, panel.shape)
        if panel.line:
            left, top, right, bottom = self._pixels(box)
            self.pen.rectangle((left, top, right - 1, bottom - 1), outline=f"#{hex_of(panel.line)}", width=DENSITY)
        lines = set_lines(panel.paragraphs, panel.width - 2 * panel.padding)
        top_of = first_line(panel, lines) if lines else 0.0
        for line in lines:
            self._line(line, line_start(panel, line), top_of + line.top + line.size * ASCENT)

    def _smooth(self, box: Box, fill: str, shape: str) -> None:
        """A shape with curved edges, by way of a larger mask."""
        left, top, right, bottom = self._pixels(box)
        size = (max(right - left, 1), max(bottom - top, 1))
        large = (size[0] * FINE, size[1] * FINE)
        mask = Image.new("L", large, 0)
        pen = ImageDraw.Draw(mask)
        whole = (0, 0, large[0] - 1, large[1] - 1)
        if shape == "disc":
            pen.ellipse(whole, fill=255)
        else:
            radius = min(ROUNDING * self.scale * FINE, large[0] / 2, large[1] / 2)
            pen.rounded_rectangle(whole, radius=radius, fill=255)
        self.image.paste(f"#{hex_of(fill)}", (left, top), mask.resize(size, Image.Resampling.BOX))

    def _line(self, line: Line, x: float, y: float) -> None:
        wide = sum(_face(run, self.scale).getlength(plain(run.text)) for run in line.runs) / self.scale
        x -= {"left": 0.0, "centre": wide / 2, "right": wide}[line.align]
        if line.first:
            self._text(line.runs[0], "•", x - line.indent, y)
        for run in line.runs:
            words = plain(run.text)
            self._text(run, words, x, y)
            x += _face(run, self.scale).getlength(words) / self.scale

    def _text(self, run: Run, words: str, x: float, y: float) -> None:
        position = (x * self.scale, y * self.scale)
        self.pen.text(position, words, fill=f"#{hex_of(run.colour)}", font=_face(run, self.scale), anchor="ls")


def _face(run: Run, scale: float) -> ImageFont.FreeTypeFont:
    return _font(FACES[run.bold, run.italic], run.size * scale)


@lru_cache(maxsize=64)
def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    # The library that shapes other scripts is not there everywhere: with it the same words would be other pixels.
    return ImageFont.truetype(font_roboto.font_files[name], size, layout_engine=ImageFont.Layout.BASIC)
