"""What a sheet is made of: panels with text, rules between points, and the palette. All lengths are points (1/72 inch)."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT = 960.0, 540.0  # 16:9, as wide as a slide of 13.33 inches

# The report's own colours (assets/report.css), so that a slide beside a page is of one family.
PALETTE = {
    "white": "FFFFFF",
    "paper": "FBFAF6",
    "soft": "F1EEE6",
    "rule": "DCD7CB",
    "muted": "625D54",
    "ink": "1D1B18",
    "accent": "A13A1E",
    "pain_point": "A13A1E",
    "goal": "116466",
    "objection": "7D5800",
    "request": "2B559B",
    "delight": "3B6B21",
    "trigger": "74407F",
}
WASH = 0.11  # how much of a colour stands in its wash, the rest is white


def hex_of(colour: str) -> str:
    """Six hexadecimal digits of a name of the palette, or of a colour of one's own ("#0B6E4F"); "goal wash" is a light tint
    of "goal"."""
    name, _, tint = colour.partition(" ")
    digits = name[1:].upper() if name.startswith("#") else PALETTE[name]
    if tint != "wash":
        return digits
    parts = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return "".join(f"{round(255 - (255 - one) * WASH):02X}" for one in parts)


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one face. ``page_number``: the number of the sheet stands here in place of ``text``."""

    text: str
    size: float
    colour: str = "ink"
    bold: bool = False
    italic: bool = False
    page_number: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``before``: room above it. ``align`` is left, centre or right. ``bullet`` sets a dot before hanging lines."""

    runs: tuple[Run, ...]
    before: float = 0.0
    align: str = "left"
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """A rectangle with what is written in it. ``name`` tells readers of the shape list, and screen readers, what it is.

    ``anchor`` is top, middle or bottom. ``mention_id`` where the words are a quote.
    """

    x: float
    y: float
    width: float
    height: float
    paragraphs: tuple[Paragraph, ...] = ()
    fill: str | None = None
    line: str | None = None
    shape: str = "box"  # box, rounded or disc
    padding: float = 0.0
    anchor: str = "top"
    name: str = ""
    mention_id: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line from one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str = "rule"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled figure with straight sides, of (x, y) in points; a curve is one of many sides."""

    points: tuple[tuple[float, float], ...]
    fill: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG that fills its box."""

    x: float
    y: float
    width: float
    height: float
    png: bytes
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One slide, picture or page. ``title`` is drawn in its own panel; ``notes`` are for the speaker, a line each.

    ``art`` lies below everything else; slides have none, since nobody can edit it there.
    """

    key: str
    title: Panel
    shapes: tuple[Panel | Rule, ...]
    notes: tuple[str, ...] = ()
    background: str = "white"
    width: float = WIDTH
    height: float = HEIGHT
    art: tuple[Polygon | Picture, ...] = ()

    @property
    def name(self) -> str:
        """The title as plain words."""
        return " ".join(run.text for one in self.title.paragraphs for run in one.runs)


def plain(text: str, size: float, colour: str = "ink", *, bold: bool = False, italic: bool = False) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph((Run(text, size, colour, bold, italic),))
