"""A drawing surface over matplotlib whose SVG is the same bytes every time and takes its colours from the page."""

from __future__ import annotations

import re
import warnings
from io import StringIO
from typing import Any

from markupsafe import Markup, escape

# Colours that cannot come up by chance stand for the page's own, so that light, dark and print need one drawing.
INK, MUTED, RULE, ACCENT, PAPER, SOFT = "#010101", "#010102", "#010103", "#010104", "#010105", "#010106"
_COLOURS = {
    INK: "var(--ink)",
    MUTED: "var(--muted)",
    RULE: "var(--rule)",
    ACCENT: "var(--accent)",
    PAPER: "var(--paper)",
    SOFT: "var(--soft)",
}
KIND_COLOURS = {
    "pain_point": "#010111",
    "goal": "#010112",
    "objection": "#010113",
    "request": "#010114",
    "delight": "#010115",
    "trigger": "#010116",
}
_COLOURS |= {colour: f"var(--{kind.replace('_', '-')})" for kind, colour in KIND_COLOURS.items()}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Canvas:
    """Width and height in points; x runs to the right, y runs down."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.figure import Figure

        self.width, self.height = width, height
        self._figure = Figure(figsize=(width / 72, height / 72))
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._axes.set_axis_off()

    def line(
        self, xs: list[float], ys: list[float], colour: str = RULE, width: float = 1, dashed: bool = False
    ) -> None:
        style = (0, (4, 3)) if dashed else "solid"
        self._axes.plot(xs, ys, color=colour, linewidth=width, linestyle=style, clip_on=False, solid_capstyle="round")

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        from matplotlib.patches import Rectangle

        self._axes.add_patch(Rectangle((x, y), width, height, facecolor=colour, edgecolor="none", clip_on=False))

    def dot(self, x: float, y: float, shape: str = "circle", colour: str = ACCENT, size: float = 5) -> None:
        """``shape``: circle, ring (hollow) or diamond."""
        from matplotlib.patches import Ellipse, Polygon

        style: dict[str, Any] = {"edgecolor": colour, "linewidth": 1.6, "clip_on": False}
        style["facecolor"] = PAPER if shape == "ring" else colour
        if shape == "diamond":
            corners = [(x, y - size * 1.3), (x + size * 1.3, y), (x, y + size * 1.3), (x - size * 1.3, y)]
            self._axes.add_patch(Polygon(corners, closed=True, zorder=3, **style))
        else:
            self._axes.add_patch(Ellipse((x, y), size * 2, size * 2, zorder=3, **style))

    def text(self, x: float, y: float, text: str, size: float = 11, colour: str = INK, align: str = "left") -> None:
        clean = _CONTROL.sub(" ", text)
        self._axes.text(
            x, y, clean, fontsize=size, color=colour, ha=align, va="center", clip_on=False, parse_math=False
        )

    def svg(self, key: str, title: str, description: str, css: str = "") -> Markup:
        """An inline ``<svg role="img">``. ``key`` prefixes every id so that charts of one page cannot clash."""
        import matplotlib

        out = StringIO()
        with matplotlib.rc_context({"svg.hashsalt": "voc", "svg.fonttype": "none"}), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a glyph that the measuring font lacks is the reader's font's matter
            self._figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
        drawing = out.getvalue()
        body = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
        body = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->|<defs>\s*<style.*?</style>\s*</defs>", "", body, flags=re.S)
        body = re.sub(r"<[^>]+>", lambda tag: _restyled(tag[0], key), re.sub(r"\n\s*", "", body))
        return Markup(
            f'<svg class="{escape(css)}" viewBox="0 0 {self.width:g} {self.height:g}" role="img"'
            f' aria-labelledby="{key}-title {key}-desc"><title id="{key}-title">{escape(title)}</title>'
            f'<desc id="{key}-desc">{escape(description)}</desc>{body}</svg>'
        )


def _restyled(tag: str, key: str) -> str:
    """Colours and typeface from the page, ids under the key. Only tags are touched, never the text between them."""
    tag = re.sub(r'\bid="', f'id="{key}-', tag)
    tag = re.sub(r'(url\(|href=")#', rf"\1#{key}-", tag)
    tag = re.sub(r' transform="rotate\(-0 [^"]*"', "", tag)
    tag = re.sub(r"font-family: [^;\"]*;? ?|font: (?=[\d.]+px)", "", tag)
    tag = re.sub(r'style="([\d.]+px) [^;"]*', r'style="font-size: \1', tag)
    for colour, name in _COLOURS.items():
        tag = tag.replace(colour, name)
    return tag
