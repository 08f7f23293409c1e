"""The map of findings: how many people say it (to the right) and how badly it hurts (upwards)."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from math import ceil, floor

from voc_engine.report import wording
from voc_engine.report.canvas import INK, KIND_COLOURS, MUTED, RULE, Canvas
from voc_engine.report.charts import NARROW, WIDE, Chart, drawn
from voc_engine.report.quotes import InsightView

RADIUS = 10.5  # pixels: a ring that holds two digits
CLEAR = RADIUS * 2 + 3  # between the middles of two marks
STEPS = 60  # a choice, a bound on time: what still overlaps then stays so
LEAST_TENTHS, TENTHS = 4, 10  # of the share's axis: a narrower one makes much of little
_FEWEST = 3  # marks of a map
_TOUCHING = 0.5  # between middles, in pixels
Point = tuple[float, float]


def reach_map(key: str, insights: Sequence[InsightView], total: int) -> Chart | None:
    """``insights`` are numbered from 1 as in the list that stands beside; None where there are fewer than three: two
    marks are no map."""
    if len(insights) < _FEWEST:
        return None
    title = f"Reach and severity of the {wording.count(len(insights), 'leading finding')}"
    caption = (
        "Each mark is a finding with its number in the list, in the colour of its kind. To the right: more people say it."
        " Upwards: it hurts them more, as the mean of the severity of what each of them says, from 0 to 1. A mark that would"
        " cover another stands beside its place, which a line leads to."
    )
    rows = tuple(
        (f"{number}. {one.insight.title}", one.reach, one.insight.severity, f"{one.insight.severity_score:.2f}")
        for number, one in enumerate(insights, 1)
    )
    drawings = drawn(key, title, caption, lambda narrow: _map(insights, total, narrow))
    return Chart(title, caption, drawings, ("Finding", "People", "Severity", "Mean severity"), rows)


def _map(insights: Sequence[InsightView], total: int, narrow: bool) -> Canvas:
    names = [_label(number, one.insight.title, narrow) for number, one in enumerate(insights, 1)]
    listed = sum(15 * len(lines) + 7 for lines in names)
    left, right, top = 42.0, (NARROW - 14 if narrow else 404.0), 30.0
    base = top + (250.0 if narrow else max(300.0, listed - 24.0))
    canvas = Canvas(NARROW if narrow else WIDE, base + 44 + (listed + 8 if narrow else 0))
    small = total < wording.SMALL_SAMPLE
    shares = [one.insight.n_people / max(total, 1) for one in insights]
    limit = _top(max(one.insight.n_people for one in insights)) / max(total, 1) if small else wording.scale(max(shares))
    low, high = _range([one.insight.severity_score for one in insights])
    _axes(canvas, (left, right, top, base), limit, total, (low, high))
    places = [
        (left + (right - left) * share / limit, base - (base - top) * (one.insight.severity_score - low) / (high - low))
        for share, one in zip(shares, insights, strict=True)
    ]
    marks = apart(places, (left + RADIUS, right - RADIUS / 2, top + RADIUS, base - RADIUS))
    for point, mark in zip(places, marks, strict=True):
        if abs(point[0] - mark[0]) + abs(point[1] - mark[1]) > RADIUS:
            canvas.line([point[0], mark[0]], [point[1], mark[1]], MUTED, 0.9)
            canvas.dot(*point, "circle", MUTED, 1.8)
    for number, (view, mark) in enumerate(zip(insights, marks, strict=True), 1):
        canvas.dot(*mark, "ring", KIND_COLOURS.get(view.insight.kind, MUTED), RADIUS)
        canvas.text(*mark, str(number), 11.5, INK, "center")
    x, y = (0.0, base + 56) if narrow else (430.0, 20.0)
    for lines in names:
        for line in lines:
            canvas.text(x + (0 if line is lines[0] else 20), y, line, 12)
            y += 15
        y += 7
    return canvas


def _axes(
    canvas: Canvas,
    box: tuple[float, float, float, float],
    limit: float,
    total: int,
    severity: tuple[float, float],
) -> None:
    left, right, top, base = box
    for fraction in (0.0, 0.5, 1.0):
        x, y = left + (right - left) * fraction, base - (base - top) * fraction
        canvas.line([x, x], [top, base], RULE, 0.8)
        canvas.line([left, right], [y, y], RULE, 0.8)
        word = (
            wording.number(round(limit * total * fraction))
            if total < wording.SMALL_SAMPLE
            else f"{limit * fraction:.0%}"
        )
        canvas.text(x, base + 14, word, 11, MUTED, "left" if not fraction else "right" if fraction == 1 else "center")
        canvas.text(left - 7, y, f"{severity[0] + (severity[1] - severity[0]) * fraction:.1f}", 11, MUTED, "right")
    canvas.text(0, top - 18, "mean severity ↑", 11, MUTED)
    of = f"people, of {wording.number(total)} heard →" if total < wording.SMALL_SAMPLE else "share of people heard →"
    canvas.text(right, base + 31, of, 11, MUTED, "right")


def _label(number: int, title: str, narrow: bool) -> list[str]:
    lines = textwrap.wrap(title, 50 if narrow else 32, max_lines=2, placeholder=" …") or [""]
    return [f"{number}  {lines[0]}", *lines[1:]]


def _top(most: int) -> int:
    """Where an axis of counts ends: an even number, so that its middle is a count as well."""
    return max(2, most + most % 2)


def _range(scores: Sequence[float]) -> tuple[float, float]:
    """Tenths around what there is, four at least so that small differences look small, and an even number so that the
    middle is a tenth as well."""
    low, high = floor(min(scores) * 10), ceil(max(scores) * 10)
    while high - low < LEAST_TENTHS or (high - low) % 2:
        low, high = (low - 1, high) if low > 0 and ((high - low) % 2 or high == TENTHS) else (low, high + 1)
    return low / 10, high / 10


def apart(places: Sequence[Point], box: tuple[float, float, float, float]) -> list[Point]:
    """The places moved until no two marks cover each other, as little as a few rounds of pushing need; inside ``box`` (left,
    right, top, bottom)."""
    marks = [[min(max(x, box[0]), box[1]), min(max(y, box[2]), box[3])] for x, y in places]
    for _ in range(STEPS):
        moved = False
        for first in range(len(marks)):
            for second in range(first + 1, len(marks)):
                moved = _pushed(marks[first], marks[second], second) or moved
        for mark in marks:
            mark[0], mark[1] = min(max(mark[0], box[0]), box[1]), min(max(mark[1], box[2]), box[3])
        if not moved:
            break
    return [(x, y) for x, y in marks]


def _pushed(this: list[float], other: list[float], turn: int) -> bool:
    across, down = other[0] - this[0], other[1] - this[1]
    distance = (across * across + down * down) ** 0.5
    if distance >= CLEAR - 0.01:
        return False
    if distance < _TOUCHING:  # two at one place: which way they part follows from their numbers
        across, down, distance = (1.0, 0.3, 1.05) if turn % 2 else (0.3, 1.0, 1.05)
    push = (CLEAR - distance) / 2 / distance
    this[0] -= across * push
    this[1] -= down * push
    other[0] += across * push
    other[1] += down * push
    return True
