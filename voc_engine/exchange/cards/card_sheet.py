"""A card as one sheet of paper: what does not fit is left away, quotes first, and it is said that the report has more."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image

from voc_engine.exchange.cards.card_content import Card, CardField, CardLine, Said
from voc_engine.exchange.cards.card_template import PAPERS, CardTemplate
from voc_engine.exchange.deck.frame import kept_together, text, words_panel
from voc_engine.exchange.drawing.shapes import Panel, Paragraph, Picture, Polygon, Rule, Run, Sheet, plain
from voc_engine.exchange.drawing.typesetting import SLACK, fits, fitted, set_height, text_width
from voc_engine.report.portrait import TILE, tiles

# Points (1/72 inch) of an A4 or letter sheet: a choice of layout.
MARGIN, BAND, MARK, GAP = 40.0, 7.0, 74.0, 26.0
MAIN_SHARE = 0.63  # of the width: the columns stand as the golden section, about
# sizes of type in points: from 8.5 on it is read on paper at arm's length
HEADING, BODY, SMALL, VOICE, PULL = 8.5, 10.5, 8.5, 9.5, 14.0
COUNT_MOST = 0.4  # of a line, that a count may stand beside the words
BAR = 2.5  # as high as it is told from a rule of .75
BETWEEN, BETWEEN_MOST = 15.0, 30.0  # fields, above each other
QUOTE_TALL = 56.0  # four lines of a pulled quote
ARC = 12  # sides of a quarter disc
_TONES = ("soft", "accent", "ink", "goals")  # of the mark, as on the pages of the report
Shapes = list[Panel | Rule]


@dataclass(frozen=True)
class _Page:
    """The card, its template and the paper, with what they make of colours and lengths."""

    card: Card
    template: CardTemplate
    width: float
    height: float

    @property
    def inner(self) -> float:
        return self.width - 2 * MARGIN

    def colour(self, name: str) -> str:
        base, _, tint = name.partition(" ")
        return f"{self.template.settings.colours.of(base)}{' ' if tint else ''}{tint}"


def card_sheet(card: Card, template: CardTemplate, paper: str) -> Sheet:
    """One upright page, A4 or Letter, with the quotes' ids in their panels."""
    width, height = PAPERS[paper]
    page = _Page(card, template, width, height)
    art, shapes, title, y = _head(page)
    quotes, y = _quotes(page, y)
    foot, low = _foot(page)
    return Sheet(
        f"{card.persona_id}-page", title, (*shapes, *quotes, *_columns(page, y, low), *foot),
        background=page.colour("page"), width=width, height=height, art=tuple(art),
    )  # fmt: skip


def _head(page: _Page) -> tuple[list[Polygon | Picture], Shapes, Panel, float]:
    card, top = page.card, 36.0
    art, left = _mark(page, MARGIN, top), MARGIN + MARK + 18
    logo, wide = _logo(page, top)
    art += logo
    room = page.width - MARGIN - left
    title = fitted(
        Panel(left, top + 14, room - (wide if wide else 0), 58,
              (plain(card.name, 23, page.colour("ink"), bold=True),), name="Name"), 0.5
    )  # fmt: skip
    tall = min(set_height(title.paragraphs, title.width), 58)
    dates = kept_together(" · ").join(one for one in (card.as_of, card.review) if one)
    shapes: Shapes = [
        Panel(0, 0, page.width, BAND, fill=page.colour("accent"), name="Band"),
        text(left, top, room - wide, 12, plain(card.kicker.upper(), HEADING, page.colour("accent"), bold=True),
             name="Kicker"),
        text(left, top + 18 + tall, room, 13, plain(f"{card.reach} · {card.documents}", 10, page.colour("ink")),
             name="People"),
        text(left, top + 32 + tall, room, 12, plain(dates, 9.5, page.colour("muted")), name="As of"),
    ]  # fmt: skip
    y = max(top + MARK, top + 46 + tall) + 14
    if card.unredacted:
        words = plain(
            "Redaction is OFF: names stand as they were written. Do not pass this on.", 10, "#A3001E", bold=True
        )
        shapes.append(text(MARGIN, y, page.inner, 14, words, name="Redaction"))
        y += 20
    bio = fitted(Panel(MARGIN, y, page.inner, 42, (plain(card.bio, BODY, page.colour("muted")),), name="In short"))
    shapes.append(bio)
    return art, shapes, title, y + min(set_height(bio.paragraphs, page.inner), 42) + 12


def _mark(page: _Page, x: float, y: float) -> list[Polygon | Picture]:
    """The picture that was given, or the abstract mark of the report."""
    picture = page.template.portrait(page.card.persona_id)
    if picture is not None:
        return [Picture(x, y, MARK, MARK, picture, f"Portrait of {page.card.name}")]
    scale = MARK / (4 * TILE)
    drawn: list[Polygon | Picture] = [
        Polygon(((x, y), (x + MARK, y), (x + MARK, y + MARK), (x, y + MARK)), page.colour(_TONES[0]))
    ]
    for tile in tiles(page.card.persona_id):
        for mirrored in (False, True):
            points = [
                (x + scale * ((4 * TILE - across) if mirrored else across), y + scale * down)
                for across, down in ((tile.x + a, tile.y + b) for a, b in outline(tile.path))
            ]
            drawn.append(Polygon(tuple(points), page.colour(_TONES[tile.tone])))
    return drawn


def outline(path: str) -> list[tuple[float, float]]:
    """Corners of a path of the mark, of moves, level and upright lines and arcs; an arc is many short sides."""
    points: list[tuple[float, float]] = []
    x = y = 0.0
    for command, figures in re.findall(r"([MHVAZ])([^MHVAZ]*)", path):
        values = [float(one) for one in figures.split()]
        if command == "M":
            x, y = values
        elif command == "H":
            x = values[0]
        elif command == "V":
            y = values[0]
        elif command == "A":
            points += _arc((x, y), (values[5], values[6]), values[0], swept=values[4] == 1)
            x, y = values[5:]
        points.append((x, y))
    return points


def _arc(
    start: tuple[float, float], end: tuple[float, float], radius: float, *, swept: bool
) -> list[tuple[float, float]]:
    """Points between two ends of an arc of at most half a circle; ``swept`` as in SVG: angles grow, with y downwards."""
    half = math.dist(start, end) / 2
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    away = math.sqrt(max(radius * radius - half * half, 0.0)) * (1 if swept else -1)
    along = ((end[0] - start[0]) / (2 * half), (end[1] - start[1]) / (2 * half))
    centre = (middle[0] - along[1] * away, middle[1] + along[0] * away)
    first = math.atan2(start[1] - centre[1], start[0] - centre[0])
    turn = (math.atan2(end[1] - centre[1], end[0] - centre[0]) - first) % (2 * math.pi)
    turn = turn if swept else turn - 2 * math.pi
    steps = [first + turn * place / ARC for place in range(1, ARC)]
    return [(centre[0] + radius * math.cos(one), centre[1] + radius * math.sin(one)) for one in steps]


def _logo(page: _Page, top: float) -> tuple[list[Polygon | Picture], float]:
    """The logo at the right, and the room that it takes away from the name."""
    logo = page.template.logo
    if logo is None:
        return [], 0.0
    with Image.open(BytesIO(logo)) as image:
        scale = min(120 / image.width, 34 / image.height)
        wide, tall = image.width * scale, image.height * scale
    says = page.template.settings.logo.says or "Logo"
    return [Picture(page.width - MARGIN - wide, top, wide, tall, logo, says)], wide + 16


def _quotes(page: _Page, y: float) -> tuple[Shapes, float]:
    """Side by side, each with its bar and who said it."""
    quotes = page.card.quotes[:2]
    if not quotes:
        return [], y
    gap = 20.0
    wide = (page.inner - gap * (len(quotes) - 1)) / len(quotes)
    shapes: Shapes = []
    most = 0.0
    for number, quote in enumerate(quotes):
        x = MARGIN + (wide + gap) * number
        box = Panel(x + 13, y, wide - 13, QUOTE_TALL * (1.25 if len(quotes) > 1 else 0.9), name="Quote")
        panel = words_panel(quote.words, quote.mention_id, box, PULL, 10.5, page.colour("ink"))
        who = text(
            x + 13,
            y + panel.height + 3,
            wide - 13,
            12,
            plain(quote.who, SMALL, page.colour("muted")),
            name="Who said it",
        )
        shapes += [panel, who]
        most = max(most, panel.height + 15)
    bars = [
        Panel(MARGIN + (wide + gap) * number, y + 1, 3, most - 1, fill=page.colour("accent"), name="Bar")
        for number in range(len(quotes))
    ]
    return [*bars, *shapes], y + most + 20


def _foot(page: _Page) -> tuple[Shapes, float]:
    """What changed, how sure it is, whence it comes; and where it begins."""
    card, words = page.card, page.template.settings.words
    origin = f"{card.study} · {card.run_id} · {card.as_of}" if card.as_of else f"{card.study} · {card.run_id}"
    last = f"{words.foot} {card.sure}"
    paragraphs = [plain(origin, 7.5, page.colour("muted")), replace(plain(last, 7.5, page.colour("muted")), before=2)]
    tall = set_height(paragraphs, page.inner)
    y = page.height - 24 - tall
    shapes: Shapes = [
        Rule(MARGIN, y - 6, page.width - MARGIN, y - 6, page.colour("rule"), 0.75),
        Panel(MARGIN, y, page.inner, tall + 1, tuple(paragraphs), name="Foot"),
    ]
    low = y - 6
    notes = [plain(one, SMALL, page.colour("ink")) for one in card.changes]
    if notes:
        head = plain(words.changes.upper(), HEADING, page.colour("muted"), bold=True)
        block = (head, *(replace(one, before=2.0) for one in notes))
        room = min(set_height(block, page.inner - 24) + 18, 120)
        panel = Panel(
            MARGIN, low - room - 8, page.inner, room, block, fill=page.colour("soft"), padding=9, name="Changes"
        )
        shapes.append(fitted(replace(panel, padding=9)))
        low -= room + 8
    if card.gaps:
        gap = plain(card.gaps, SMALL, page.colour("muted"), italic=True)
        room = set_height((gap,), page.inner)
        shapes.append(Panel(MARGIN, low - room - 8, page.inner, room + 1, (gap,), name="Not known"))
        low -= room + 8
    return shapes, low - 8


def _columns(page: _Page, y: float, low: float) -> Shapes:
    """The fields in two columns; one where the other has none."""
    main, side = page.card.main, page.card.side
    if not main or not side:
        return _column(page, main or side, MARGIN, y, page.inner, low)
    wide = (page.inner - GAP) * MAIN_SHARE
    left = _column(page, main, MARGIN, y, wide, low)
    return left + _column(page, side, MARGIN + wide + GAP, y, page.inner - GAP - wide, low)


def _column(page: _Page, fields: Sequence[CardField], x: float, y: float, wide: float, low: float) -> Shapes:
    """The fullest plan that fits, spread over the height that there is."""
    most = page.template.settings.card.lines
    plans = [(lines, voices) for lines in range(most, 0, -1) for voices in range(lines, -1, -1)]
    room = low - y
    # More lines before more voices: what several people say goes before how one of them says it.
    for n_fields in range(len(fields), 0, -1):
        for lines, voices in plans:
            blocks = [_field(page, one, wide, lines, voices) for one in fields[:n_fields]]
            spare = room - sum(tall for _, tall in blocks) - BETWEEN * (n_fields - 1)
            if spare >= 0:
                between = min(BETWEEN + spare / max(n_fields - 1, 1), BETWEEN_MOST) if n_fields > 1 else BETWEEN
                return _stacked(blocks, x, y, between)
    return []


def _stacked(blocks: Sequence[tuple[Shapes, float]], x: float, y: float, between: float) -> Shapes:
    shapes: Shapes = []
    for drawn, tall in blocks:
        shapes += [_moved(one, x, y) for one in drawn]
        y += tall + between
    return shapes


def _moved(shape: Panel | Rule, x: float, y: float) -> Panel | Rule:
    if isinstance(shape, Rule):
        return replace(shape, x1=shape.x1 + x, x2=shape.x2 + x, y1=shape.y1 + y, y2=shape.y2 + y)
    return replace(shape, x=shape.x + x, y=shape.y + y)


def _field(page: _Page, field: CardField, wide: float, lines: int, voices: int) -> tuple[Shapes, float]:
    """The field at the origin, and how tall it is."""
    head = plain(field.heading.upper(), HEADING, field.colour, bold=True)
    tall = set_height((head,), wide)
    shapes: Shapes = [
        Panel(0, 0, wide, 1.8, fill=field.colour, name="Edge"),
        Panel(0, 7, wide, tall + 1, (head,), name="Heading"),
    ]
    rest = field.rest + max(len(field.lines) - lines, 0)
    if rest and not field.inline:
        aside = wide - text_width(field.heading.upper(), HEADING, bold=True) / SLACK - 6
        words = page.template.settings.words.more.format(n=rest)
        # Beside a long heading there is no room for words that one could still read.
        words = words if text_width(words, 7.5) / SLACK <= aside else f"+{rest}"
        more = Paragraph((Run(words, 7.5, page.colour("muted")),), align="right")
        shapes.append(fitted(Panel(wide - aside, 7.6, aside, 11, (more,), name="More")))
    y = 7 + tall + 5
    if field.inline:
        listed = _inline(page, field)
        tall = set_height((listed,), wide)
        return [*shapes, Panel(0, y, wide, tall + 1, (listed,), name=field.heading)], y + tall
    for number, line in enumerate(field.lines[:lines]):
        drawn, tall = _line(page, field, line, wide, quoted=number < voices)
        shapes += [_moved(shape, 0, y) for shape in drawn]
        y += tall + 6
    return shapes, y - 6


def _inline(page: _Page, field: CardField) -> Paragraph:
    """Things with their counts, one behind the other; no count is parted from its thing."""
    listed = ", ".join(kept_together(f"{line.text} {line.count}") for line in field.lines)
    return Paragraph((Run(listed, BODY, page.colour("ink")),))


def _line(page: _Page, field: CardField, line: CardLine, wide: float, *, quoted: bool) -> tuple[Shapes, float]:
    """The statement with its count at the right, its bar below, and one voice where there is room."""
    count = Paragraph((Run(kept_together(line.count), SMALL, page.colour("muted")),), align="right")
    aside = text_width(line.count, SMALL) / SLACK + 2
    if aside > wide * COUNT_MOST:  # "18 of 40 with a known country" stands on a line of its own
        shapes, y = _statement(page, line, wide)
        below = Panel(0, y, wide, 11, (plain(line.count, SMALL, page.colour("muted")),), name="Count")
        shapes.append(fitted(below))
        y += 13
    else:
        shapes, y = _statement(page, line, wide - aside - 8)
        shapes.append(Panel(wide - aside, 1.8, aside, 12, (count,), name="Count"))
        y += 2
    shapes += [
        Panel(0, y, wide, BAR, fill=page.colour("soft"), name="Track"),
        Panel(0, y, max(wide * min(line.share, 1.0), 1.5), BAR, fill=field.colour, name="Bar"),
    ]
    y += BAR
    if quoted and line.quote is not None:
        drawn, tall = _voice(page, line.quote, wide)
        shapes += [_moved(one, 0, y + 3) for one in drawn]
        y += tall + 3
    return shapes, y


def _statement(page: _Page, line: CardLine, wide: float) -> tuple[Shapes, float]:
    paragraphs = (plain(line.text, BODY, page.colour("ink"), bold=True),)
    tall = set_height(paragraphs, wide)
    return [Panel(0, 0, wide, tall + 1, paragraphs, name="Line")], tall


def _voice(page: _Page, quote: Said, wide: float) -> tuple[Shapes, float]:
    who = Panel(0, 0, wide - 8, 11, (plain(quote.who, 7.5, page.colour("muted")),), name="Who said it")
    words = words_panel(quote.words, quote.mention_id, Panel(8, 0, wide - 8, 25), VOICE, 8.5, page.colour("ink"))
    if not fits(words):
        return [], 0.0
    return [words, replace(who, x=8, y=words.height)], words.height + 11
