"""A drawing surface for plain SVG: lines, boxes, marks and words, the same bytes every time, coloured by the page."""

from __future__ import annotations

import re

from markupsafe import Markup

from voc_engine.records import MENTION_KINDS

# The page's own colours, so that light, dark and print need one drawing.
INK, MUTED, RULE, ACCENT, PAPER = (f"var(--{name})" for name in ("ink", "muted", "rule", "accent", "paper"))
KIND_COLOURS = {kind: f"var(--{kind.replace('_', '-')})" for kind in MENTION_KINDS}
_LARGE_DOT = 8  # radius in pixels from which a thin outline is too faint
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _figure(value: float) -> str:
    """Two places are a hundredth of a pixel on the page."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


class Canvas:
    """Width and height in pixels; x runs to the right, y runs down. What is drawn later lies above."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._drawn: list[Markup] = []

    def line(
        self, xs: list[float], ys: list[float], colour: str = RULE, width: float = 1, dashed: bool = False
    ) -> None:
        """Straight lines from point to point."""
        points = " ".join(f"{_figure(x)},{_figure(y)}" for x, y in zip(xs, ys, strict=True))
        self._add(
            '<polyline points="{}" fill="none" stroke="{}" stroke-width="{}" stroke-linecap="round"{}/>',
            points, colour, _figure(width), Markup(' stroke-dasharray="7 5"') if dashed else "",
        )  # fmt: skip

    def box(self, x: float, y: float, width: float, height: float, colour: str, strength: float = 1.0) -> None:
        """A filled rectangle with its left upper corner at (x, y); ``strength`` in [0, 1] lets the page shine through."""
        faint = Markup(' fill-opacity="{}"').format(_figure(strength)) if strength < 1 else ""
        self._add(
            '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"{}/>',
            *map(_figure, (x, y, width, height)),
            colour,
            faint,
        )

    def dot(self, x: float, y: float, shape: str = "circle", colour: str = ACCENT, size: float = 5) -> None:
        """``shape``: circle, ring (hollow) or diamond."""
        broad = "1.6" if size < _LARGE_DOT else "2.4"
        style = Markup('fill="{}" stroke="{}" stroke-width="{}"').format(
            PAPER if shape == "ring" else colour, colour, broad
        )
        if shape == "diamond":
            reach = size * 1.3
            corners = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
            self._add('<polygon points="{}" {}/>', " ".join(f"{_figure(a)},{_figure(b)}" for a, b in corners), style)
        else:
            self._add('<circle cx="{}" cy="{}" r="{}" {}/>', *map(_figure, (x, y, size)), style)

    def text(self, x: float, y: float, text: str, size: float = 11, colour: str = INK, align: str = "left") -> None:
        """One line of words, its middle at height y; ``align``: what of it stands at x, left, center or right."""
        self._add(
            '<text x="{}" y="{}" font-size="{}" fill="{}" text-anchor="{}" dominant-baseline="central">{}</text>',
            *map(_figure, (x, y, size)), colour, _ANCHORS[align], _CONTROL.sub(" ", text),
        )  # fmt: skip

    def _add(self, form: str, *values: str) -> None:
        self._drawn.append(Markup(form).format(*values))

    def svg(self, key: str, title: str, description: str, css: str = "") -> Markup:
        """An inline ``<svg role="img">``. ``key`` prefixes every id so that charts of one page cannot clash."""
        return Markup(
            '<svg class="{css}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{key}-title {key}-desc">'
            '<title id="{key}-title">{title}</title><desc id="{key}-desc">{description}</desc>{drawn}</svg>'
        ).format(
            css=css, width=_figure(self.width), height=_figure(self.height), key=key, title=title,
            description=description, drawn=Markup("").join(self._drawn),
        )  # fmt: skip
