"""The report's charts. Each is drawn twice, wide and narrow, and carries its figures as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from voc_engine.records import MENTION_KINDS
from voc_engine.report import wording
from voc_engine.report.canvas import ACCENT, INK, KIND_COLOURS, MUTED, RULE, Canvas
from voc_engine.report.saturation import Saturation

WIDE, NARROW = 640.0, 336.0  # pixels: the width of the text on a page, and half of it


@dataclass(frozen=True, slots=True)
class Chart:
    """``drawings``: wide and narrow SVG; a stylesheet shows one. ``rows`` are the same figures in words."""

    title: str
    caption: str
    drawings: tuple[Markup, Markup]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def drawn(key: str, title: str, caption: str, draw: Callable[[bool], Canvas]) -> tuple[Markup, Markup]:
    """``draw``: narrow or not -> the drawing. Ids begin with ``key``, so that charts of one page cannot clash."""
    wide = draw(False).svg(f"{key}-wide", title, caption, "chart wide")
    return wide, draw(True).svg(f"{key}-narrow", title, caption, "chart narrow")


def kinds_chart(key: str, counts: dict[str, dict[str, int]], columns: Sequence[str], by: str) -> Chart:
    """Small multiples: people who voice each kind, by month or by channel. ``counts``: kind -> column -> people."""
    kinds = [one for one in MENTION_KINDS if any(counts.get(one, {}).values())]
    caption = f"People who voice each kind of mention, by {by}. All panels share one scale."
    title = f"Who voices what, by {by}"
    names = [wording.date(one) if by == "month" else one for one in columns]
    rows = tuple(
        (wording.sentence(wording.kind_name(kind, True)), *(str(counts[kind].get(one, 0)) for one in columns))
        for kind in kinds
    )
    drawings = drawn(key, title, caption, lambda narrow: _panels(kinds, counts, columns, by, narrow))
    return Chart(title, caption, drawings, ("Kind", *names), rows)


def _panels(
    kinds: Sequence[str], counts: dict[str, dict[str, int]], columns: Sequence[str], by: str, narrow: bool
) -> Canvas:
    across = 2 if narrow else 3
    width, gap, height = (154.0, 28.0, 96.0) if narrow else (194.0, 29.0, 100.0)
    down = -(-len(kinds) // across)
    canvas = Canvas(NARROW if narrow else WIDE, down * (height + 50) + 4)
    most = max((count for kind in kinds for count in counts[kind].values()), default=1)
    for index, kind in enumerate(kinds):
        x, y = (index % across) * (width + gap), (index // across) * (height + 50)
        canvas.text(x, y + 9, wording.sentence(wording.kind_name(kind, True)), 12.5)
        base, room = y + 22 + height, height - 16
        canvas.line([x, x + width], [base, base], RULE, 1)
        pitch = width / len(columns)
        for number, column in enumerate(columns):
            value = counts[kind].get(column, 0)
            tall = room * value / most
            canvas.box(x + pitch * (number + 0.14), base - tall, pitch * 0.72, tall, KIND_COLOURS[kind])
            if value and len(columns) <= (8 if narrow else 14):
                canvas.text(x + pitch * (number + 0.5), base - tall - 7, str(value), 10, MUTED, "center")
        _ticks(canvas, x, base, pitch, columns, by)
    return canvas


def _ticks(canvas: Canvas, x: float, base: float, pitch: float, columns: Sequence[str], by: str) -> None:
    if by == "month":
        for number in sorted({0, len(columns) - 1}):
            align = "center" if len(columns) == 1 else "left" if not number else "right"
            centre = x + (pitch * 0.5 if align == "center" else pitch * len(columns) if number else 0)
            canvas.text(centre, base + 12, wording.date(columns[number]), 10.5, MUTED, align)
        return
    for number, column in enumerate(columns):
        room = max(int(pitch / 5.8), 3)
        name = column if len(column) <= room else column[: room - 1] + "…"
        canvas.text(x + pitch * (number + 0.5), base + 12, name, 10.5, MUTED, "center")


def saturation_chart(key: str, curve: Saturation, unit: str = "findings") -> Chart:
    """Findings, or topics, seen after so many people: in the order given (solid) and the mean over all orders (dashed)."""
    caption = (
        f"Distinct {unit} after each further person. Solid: in the order of the sources. Dashed: the mean over every"
        " possible order. A curve that flattens says that further people like these would bring little new."
    )
    title = f"Saturation: how many new {unit} each further person brings"
    rows = tuple(
        (str(people), str(given), f"{mean:.1f}")
        for people, given, mean in zip(curve.people, curve.given, curve.mean, strict=True)
    )
    drawings = drawn(key, title, caption, lambda narrow: _saturation(curve, unit, narrow))
    header = ("People", f"{wording.sentence(unit)}, order of the sources", "Mean of all orders")
    return Chart(title, caption, drawings, header, rows)


def _saturation(curve: Saturation, unit: str, narrow: bool) -> Canvas:
    width, height = (NARROW, 220.0) if narrow else (WIDE, 270.0)
    canvas = Canvas(width, height)
    left, right, top, base = 34.0, width - 14, 26.0, height - 34
    most_people, most = max(curve.people[-1], 1), max(curve.given[-1], 1)

    def x(value: float) -> float:
        return left + (right - left) * value / most_people

    def y(value: float) -> float:
        return base - (base - top) * value / most

    for fraction in (0.0, 0.5, 1.0):
        canvas.line([left, right], [y(most * fraction), y(most * fraction)], RULE, 0.8)
        canvas.text(left - 8, y(most * fraction), wording.number(round(most * fraction)), 11, MUTED, "right")
    canvas.line([x(0), *map(x, curve.people)], [y(0), *map(y, curve.mean)], MUTED, 1.6, dashed=True)
    canvas.line([x(0), *map(x, curve.people)], [y(0), *map(y, curve.given)], ACCENT, 2)
    canvas.text(0, 8, unit, 11, MUTED)
    canvas.line([right - 214, right - 194], [base - 34, base - 34], ACCENT, 2)
    canvas.text(right - 188, base - 34, "in the order of the sources", 11, INK)
    canvas.line([right - 214, right - 194], [base - 16, base - 16], MUTED, 1.6, dashed=True)
    canvas.text(right - 188, base - 16, "mean over every order", 11, INK)
    canvas.text(left, base + 18, "0", 11, MUTED, "center")
    canvas.text(right, base + 18, wording.people(curve.people[-1]), 11, MUTED, "right")
    return canvas
