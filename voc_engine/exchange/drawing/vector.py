"""A sheet as SVG with live text: vector programs open it with every word editable."""

from __future__ import annotations

import base64
import re
from collections import Counter
from xml.etree import ElementTree

from voc_engine.exchange.drawing.shapes import Panel, Picture, Polygon, Rule, Sheet, hex_of
from voc_engine.exchange.drawing.typesetting import Line, leading, set_lines, text_width
from voc_engine.exchange.plain_text import plain

FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"
QUOTE_CLASS = "quote"
ROUNDING = 8.0  # points of a rounded corner: the same in SVG, picture and PDF
SEAM = 0.25  # of a line around figures that touch: without it the ground shines through between them
ASCENT = 0.93  # from the top of a line to its base, in sizes
_ANCHORS = {"left": "start", "centre": "middle", "right": "end"}


def picture(sheet: Sheet, number: int = 1) -> bytes:
    """The sheet as one SVG file. Panels are groups that carry their names; quotes carry the id of their mention."""
    root = ElementTree.Element(
        "svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {_n(sheet.width)} {_n(sheet.height)}",
                "width": _n(sheet.width), "height": _n(sheet.height), "font-family": FONT, "role": "img"}
    )  # fmt: skip
    ElementTree.SubElement(root, "title").text = plain(sheet.name)
    ElementTree.SubElement(
        root, "rect", {"width": _n(sheet.width), "height": _n(sheet.height), "fill": f"#{hex_of(sheet.background)}"}
    )
    for figure in sheet.art:
        _art(root, figure)
    named: Counter[str] = Counter()
    for shape in (sheet.title, *sheet.shapes):
        if isinstance(shape, Rule):
            _rule(root, shape)
        else:
            _panel(root, shape, named, number)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _art(root: ElementTree.Element, figure: Polygon | Picture) -> None:
    if isinstance(figure, Polygon):
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in figure.points)
        paint = f"#{hex_of(figure.fill)}"
        seam = {"stroke": paint, "stroke-width": _n(SEAM)}
        ElementTree.SubElement(root, "polygon", {"points": points, "fill": paint, **seam})
        return
    box = {"x": _n(figure.x), "y": _n(figure.y), "width": _n(figure.width), "height": _n(figure.height)}
    inline = f"data:image/png;base64,{base64.b64encode(figure.png).decode()}"
    image = ElementTree.SubElement(root, "image", {**box, "href": inline})
    ElementTree.SubElement(image, "title").text = plain(figure.name)


def _rule(root: ElementTree.Element, rule: Rule) -> None:
    ends = {name: _n(value) for name, value in (("x1", rule.x1), ("y1", rule.y1), ("x2", rule.x2), ("y2", rule.y2))}
    stroke = {"stroke": f"#{hex_of(rule.colour)}", "stroke-width": _n(rule.weight)}
    ElementTree.SubElement(root, "line", {**ends, **stroke})


def _panel(root: ElementTree.Element, panel: Panel, named: Counter[str], number: int) -> None:
    name = re.sub(r"[^A-Za-z0-9]+", "-", panel.name or ("Quote" if panel.mention_id else "Text")).strip("-") or "Text"
    named[name] += 1
    about = {"id": f"{name}-{named[name]}"}
    if panel.mention_id:
        about |= {"class": QUOTE_CLASS, "data-mention": plain(panel.mention_id)}
    group = ElementTree.SubElement(root, "g", about)
    if panel.fill or panel.line:
        _outline(group, panel)
    lines = set_lines(panel.paragraphs, panel.width - 2 * panel.padding)
    if lines:
        _text(group, panel, lines, number)


def _outline(group: ElementTree.Element, panel: Panel) -> None:
    paint = {"fill": f"#{hex_of(panel.fill)}" if panel.fill else "none"}
    if panel.line:
        paint["stroke"] = f"#{hex_of(panel.line)}"
    if panel.shape == "disc":
        middle = {"cx": _n(panel.x + panel.width / 2), "cy": _n(panel.y + panel.height / 2)}
        ElementTree.SubElement(
            group, "ellipse", {**middle, "rx": _n(panel.width / 2), "ry": _n(panel.height / 2), **paint}
        )
        return
    box = {"x": _n(panel.x), "y": _n(panel.y), "width": _n(panel.width), "height": _n(panel.height)}
    if panel.shape == "rounded":
        box["rx"] = _n(ROUNDING)
    ElementTree.SubElement(group, "rect", {**box, **paint})


def first_line(panel: Panel, lines: list[Line]) -> float:
    """Where the text begins, from the top of the sheet."""
    tall = lines[-1].top + leading(lines[-1].size)
    room = panel.height - 2 * panel.padding - tall
    return panel.y + panel.padding + {"top": 0.0, "middle": room / 2, "bottom": room}[panel.anchor]


def line_start(panel: Panel, line: Line) -> float:
    """The x at which a line is anchored: its left end, middle or right end."""
    left, wide = panel.x + panel.padding, panel.width - 2 * panel.padding
    return {"left": left + line.indent, "centre": left + wide / 2, "right": left + wide}[line.align]


def _text(group: ElementTree.Element, panel: Panel, lines: list[Line], number: int) -> None:
    top = first_line(panel, lines)
    text = ElementTree.SubElement(group, "text", {"xml:space": "preserve"})
    for line in lines:
        x, y = line_start(panel, line), top + line.top + line.size * ASCENT
        if line.first:
            colour = f"#{hex_of(line.runs[0].colour)}"
            dot = {"x": _n(x - line.indent), "y": _n(y), "font-size": _n(line.size), "fill": colour}
            ElementTree.SubElement(group, "text", dot).text = "•"
        for index, run in enumerate(line.runs):
            face = {"font-size": _n(run.size), "fill": f"#{hex_of(run.colour)}"}
            # Programs space pieces of a line each in its own way: every piece of a line from the left has its own place.
            if index == 0 or line.align == "left":
                face |= {"x": _n(x), "y": _n(y), "text-anchor": _ANCHORS[line.align]}
            face |= {"font-weight": "bold"} if run.bold else {}
            face |= {"font-style": "italic"} if run.italic else {}
            tspan = ElementTree.SubElement(text, "tspan", face)
            tspan.text = str(number) if run.page_number else plain(run.text)
            x += text_width(run.text, run.size, run.bold)
