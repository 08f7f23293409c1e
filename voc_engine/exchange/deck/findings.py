"""Findings: the ranking, one finding a sheet, and whom each theme hurts."""

from __future__ import annotations

from dataclasses import replace

from voc_engine.exchange.deck.frame import (
    FOOT,
    LEFT,
    RIGHT,
    TOP,
    WHOLE,
    Deck,
    Shapes,
    bar,
    card_height,
    empty,
    heading,
    quote_card,
    quote_panel,
    text,
)
from voc_engine.exchange.drawing.shapes import Panel, Paragraph, Rule, Run, Sheet, plain
from voc_engine.exchange.drawing.typesetting import alike, fits, fitted, set_height
from voc_engine.exchange.plain_text import one_line, shortened
from voc_engine.exchange.run_view import Quote
from voc_engine.exchange.said import evidence_note, of_several
from voc_engine.language.tokens import parts
from voc_engine.records import Insight
from voc_engine.report import wording
from voc_engine.report.hurts import Hurt, hurts
from voc_engine.report.overview import shared_first
from voc_engine.report.trends import LEAST_PERIODS, trend_word

RANKED, THEMES, PERIODS = 8, 9, 14  # a choice: rows, themes and periods that one slide holds
WHOM = 102.0  # points of height for the personas that say a finding
LEAST_NAME = 0.85  # of its size, of a finding in a column
DARK, LIGHT = 0.66, 0.33  # from which part of the largest share on a cell is so
LINE = 14.0  # the least room for a line of words
ACTED_ON = ("pain_point", "objection", "request", "goal")


def foremost(deck: Deck, most: int) -> list[Insight]:
    """What to act on first, in the report's order: what several people say before any single voice."""
    ranked = shared_first(deck.view.evidence, *ACTED_ON)
    shared = [one for one in ranked if one.n_people > 1]
    return (shared or ranked)[:most]


def ranking(deck: Deck, insights: list[Insight]) -> Sheet:
    """Bars of reach with their plausible ranges, gravest first."""
    total = max(deck.view.n_people, 1)
    small = total < wording.SMALL_SAMPLE
    scale = 1.0 if small else wording.scale(max((one.share_high for one in insights), default=1.0))
    shapes: Shapes = []
    row = min(44.0, 350 / max(len(insights), 1))
    middle, wide = LEFT + 400, 230.0
    for number, insight in enumerate(insights):
        y = TOP + 4 + row * number
        label = Paragraph((Run(one_line(deck.view.heading(insight)), 13),))
        limits = () if small else (insight.share_low / scale, insight.share_high / scale)
        shapes += [
            text(LEFT, y, 392, row - 6, label, anchor="middle", name="Finding"),
            *bar(middle, y + row / 2 - 10, wide, 14, insight.n_people / total / scale, insight.kind, *limits),
            text(
                middle + wide + 14,
                y,
                158,
                row - 6,
                plain(deck.view.reach(insight), 11.5),
                anchor="middle",
                name="Count",
            ),
            _chip(insight.severity, insight.kind, RIGHT - 52, y + row / 2 - 12),
        ]
    shapes.append(
        text(
            LEFT,
            478,
            WHOLE,
            18,
            plain(f"{deck.quotes.bar_note(scale)} {_legend(insights)}", 10.5, "muted"),
            name="Legend",
        )
    )
    notes = tuple(f"{one.insight_id}: {deck.view.heading(one)} ({deck.view.reach(one)})" for one in insights)
    return deck.sheet(
        "ranking", "What comes first", "What to act on, by reach, severity and how recent it is", shapes, notes
    )


def _legend(insights: list[Insight]) -> str:
    kinds = dict.fromkeys(one.kind for one in insights)
    return (
        "Severity at the right. Kinds: " + wording.listing([wording.kind_name(one, many=True) for one in kinds]) + "."
    )


def _chip(severity: str, kind: str, x: float, y: float) -> Panel:
    """The band of severity; the gravest is filled."""
    high = severity == "high"
    run = Run(severity, 10.5, "white" if high else kind, bold=True)
    return Panel(x, y, 52, 18, (Paragraph((run,), align="centre"),), fill=kind if high else f"{kind} wash", shape="rounded",
                 anchor="middle", name="Severity")  # fmt: skip


def finding(deck: Deck, insight: Insight, rank: int, of: int) -> Sheet:
    """One finding: how many, how grave, whom, since when, and two people in their own words."""
    kind = wording.kind_name(insight.kind)
    right = LEFT + 318
    voices = deck.voices(insight)
    shapes = [*_figures(deck, insight), *_whom(deck, insight, 300), *_course(insight, 418)]
    shapes.append(Rule(right - 28, TOP + 4, right - 28, FOOT - 6))
    shapes += _voices(voices, right, insight.kind) if voices else [
        empty("Nobody who says this may be quoted to these readers.", right, TOP, 400, 40)]  # fmt: skip
    topic = deck.view.evidence.topics.get(insight.topic_id or "")
    notes = [
        f"Finding {insight.insight_id}, {kind}, {deck.view.reach(insight)}, {wording.count(insight.n_mentions, 'mention')}."
    ]
    notes += [f"Theme: {topic.label}."] if topic else []
    notes += (
        [f"Severity {insight.severity}: {wording.reasons(insight.severity_reasons)}."]
        if insight.severity_reasons
        else []
    )
    notes += ["Evidence:", *map(evidence_note, voices)] if voices else []
    return deck.sheet(
        insight.insight_id, f"{kind} · {rank} of {of}", deck.view.heading(insight), shapes, notes, insight.kind
    )


def _figures(deck: Deck, insight: Insight) -> Shapes:
    total = max(deck.view.n_people, insight.n_people, 1)
    small = total < wording.SMALL_SAMPLE
    scale = 1.0 if small else deck.quotes.scale
    limits = () if small else (insight.share_low / scale, insight.share_high / scale)
    low, high = round(insight.share_low * 100), round(insight.share_high * 100)
    share = "" if small else f"{wording.percent(insight.share)}, plausibly {low} to {high}%"
    big = Paragraph(
        (
            Run(wording.number(insight.n_people), 60, insight.kind, bold=True),
            Run(f"  of {wording.people(total)}", 17, "muted"),
        )
    )
    shapes: Shapes = [
        text(LEFT, TOP - 8, 270, 74, big, name="People"),
        *bar(LEFT, TOP + 70, 262, 12, insight.n_people / total / scale, insight.kind, *limits),
        text(LEFT, TOP + 87, 262, 16, plain(share, 11, "muted"), name="Share"),
    ]
    facts = [
        ("Severity", insight.severity),
        ("Urgency", insight.urgency),
        ("Trend", trend_word(insight) or "too little data"),
    ]
    for number, (name, value) in enumerate(facts):
        shapes.append(
            text(
                LEFT + 90 * number,
                TOP + 118,
                86,
                36,
                plain(name, 10.5, "muted"),
                plain(value, 14, bold=True),
                name=name,
            )
        )
    return shapes


def _whom(deck: Deck, insight: Insight, y: float) -> Shapes:
    """People by persona; nothing where there are no groups to tell apart."""
    chips = deck.quotes.insight(insight).personas
    if not chips:
        return []
    shapes: Shapes = [heading("Whom", LEFT, y - 14, 262)]
    top = y + 4
    for chip in sorted(chips, key=lambda chip: -chip.n_people / max(chip.total, 1)):
        name = text(LEFT, top, 200, 30, plain(one_line(chip.name), 11.5), name="Persona")
        tall = set_height(name.paragraphs, 200)
        if top + tall + 4 > y + WHOM:
            break
        count = Paragraph((Run(f"{chip.n_people} of {chip.total}", 11, "muted"),), align="right")
        shapes += [
            replace(name, height=tall + 1),
            text(LEFT + 200, top, 62, 15, count, name="Count"),
            *bar(LEFT, top + tall + 2, 262, 3, chip.n_people / max(chip.total, 1), insight.kind),
        ]
        top += tall + 10
    return shapes


def _course(insight: Insight, y: float) -> Shapes:
    """People per period as columns, where there are at least three periods."""
    periods = insight.periods[-PERIODS:]
    if len(periods) < LEAST_PERIODS:
        return []
    most = max(max(period.n_people for period in periods), 1)
    step = 262 / len(periods)
    shapes: Shapes = [heading("People over time", LEFT, y - 6, 262)]
    base = FOOT - 14
    for number, period in enumerate(periods):
        tall = (base - y - 28) * period.n_people / most
        x = LEFT + step * number
        count = Paragraph((Run(str(period.n_people) if period.n_people else "", 9, "muted"),), align="centre")
        if tall:
            shapes.append(Panel(x + 2, base - tall, step - 4, tall, fill=insight.kind, name=f"Period {period.name}"))
        shapes.append(Panel(x, base - tall - 13, step, 12, (count,), name="Count"))
        label = Paragraph((Run(_period(period.name, number), 8, "muted"),), align="centre")
        shapes.append(Panel(x - 4, base + 3, step + 8, 11, (label,), name="Period"))
    shapes.append(Rule(LEFT, base, LEFT + 262, base, "muted", 0.75))
    return shapes


def _period(name: str, number: int) -> str:
    """ "Jan" for "2026-01", with the year where a year begins; other periods as they are named."""
    return wording.short_month(name, with_year=number == 0) or wording.date(name)


def _voices(voices: list[Quote], x: float, kind: str) -> Shapes:
    """Cards one below the other, in the middle of the room that they have."""
    width, gap, most = RIGHT - x, 26.0, (FOOT - TOP - 26) / max(len(voices), 1)
    sizes = {1: 24.0, 2: 22.0}
    size = sizes.get(len(voices), 18.0)
    heights = [card_height(one, width, most, size) for one in voices]
    y = TOP + max((FOOT - TOP - sum(heights) - gap * (len(voices) - 1)) / 2 - 24, 0)
    shapes: Shapes = []
    for quote, tall in zip(voices, heights, strict=True):
        shapes += quote_card(quote, x, y, width, most, kind, size)
        y += tall + gap
    return shapes


def whom_it_hurts(deck: Deck) -> Sheet | None:
    """Themes by personas as a grid of counts, darker where a larger share says it; None without groups or themes."""
    topics = [one for one in hurts(deck.view.evidence, deck.quotes).topics if one.cells][:THEMES]
    if not topics:
        return None
    columns = topics[0].cells
    first = 190.0
    wide = (WHOLE - first - 90) / len(columns)
    shapes: Shapes = []
    heads = []
    for number, cell in enumerate(columns):
        name = Paragraph((Run(one_line(cell.name), 11, bold=True),), align="centre")
        size = Paragraph((Run(wording.people(cell.total), 10, "muted"),), align="centre")
        x = LEFT + first + 90 + wide * number + 3
        heads.append(Panel(x, TOP - 26, wide - 6, 64, (name, size), anchor="bottom", name="Persona"))
    shapes += alike(heads)
    row = min(36.0, 310 / len(topics))
    for row_number, topic in enumerate(topics):
        shapes += _grid_row(topic, TOP + 44 + row * row_number, row, first, wide)
    note = "People with a pain point in the theme. The darker a cell, the larger the share of that persona."
    shapes.append(text(LEFT, 480, WHOLE, 16, plain(note, 10.5, "muted"), name="Legend"))
    return deck.sheet("whom", "Whom it hurts", "Where it hurts, and whom", shapes)


def _grid_row(hurt: Hurt, y: float, row: float, first: float, wide: float) -> Shapes:
    people = Paragraph((Run(wording.number(hurt.n_people), 13, "accent", bold=True),), align="right")
    shapes: Shapes = [
        text(LEFT, y, first - 8, row - 4, plain(one_line(hurt.topic.label), 13), anchor="middle", name="Theme"),
        text(LEFT + first, y, 56, row - 4, people, anchor="middle", name="People"),
    ]
    for number, cell in enumerate(hurt.cells):
        dark = cell.shade > DARK
        fill = "accent" if dark else "accent wash" if cell.shade > LIGHT else "soft"
        words = Paragraph((Run(str(cell.n_people), 12.5, "white" if dark else "ink", bold=dark),), align="centre")
        shapes.append(Panel(LEFT + first + 90 + wide * number + 3, y, wide - 6, row - 4, (words,), fill=fill, shape="box",
                            anchor="middle", name=f"{hurt.topic.label}, {cell.name}"))  # fmt: skip
    return shapes


def kinds_side_by_side(deck: Deck, kinds: tuple[tuple[str, str], ...], key: str, kicker: str, title: str) -> Sheet:
    """The leading findings of several kinds, a column each."""
    gap = 22.0
    wide = (WHOLE - gap * (len(kinds) - 1)) / len(kinds)
    shapes: Shapes = []
    notes: list[str] = []
    for number, (kind, label) in enumerate(kinds):
        x = LEFT + (wide + gap) * number
        insights = of_several(deck.view.evidence.of_kind(kind))[:4]
        shapes += [Panel(x, TOP, wide, 4, fill=kind, name="Edge"), heading(label, x, TOP + 12, wide, kind)]
        y, room = TOP + 36, (FOOT - TOP - 40) / 4
        for insight in insights:
            shapes += _entry(deck, insight, (x, y, wide, room - 12), notes)
            y += room
        if not insights:
            shapes.append(empty(f"Nobody named {wording.KIND_NAMES[kind][1]}.", x, y, wide, 40))
    return deck.sheet(key, kicker, title, shapes, notes)


def _entry(deck: Deck, insight: Insight, box: tuple[float, float, float, float], notes: list[str]) -> Shapes:
    """A finding with its count and, where it tells more, somebody's words."""
    x, y, wide, room = box
    head = _named(one_line(deck.view.heading(insight)), Panel(x, y, wide, 36, name="Finding"))
    tall = set_height(head.paragraphs, wide)
    count = plain(deck.view.reach(insight), 10.5, insight.kind)
    shapes: Shapes = [replace(head, height=tall), text(x, y + tall + 1, wide, 15, count, name="Count")]
    for quote in deck.voices(insight, 1):
        notes.append(evidence_note(quote))
        spare = room - tall - 20
        if parts(quote.words) != parts(insight.statement) and spare > LINE:
            shapes.append(quote_panel(quote, x, y + tall + 18, wide, spare, 11.5))
    return shapes


def _named(words: str, box: Panel) -> Panel:
    """A finding's heading in type that is still read; one that is too long is cut and ends in "…"."""
    for length in (len(words), *range(len(words) - 1, 0, -4)):
        cut = shortened(words, length) if length < len(words) else words
        panel = fitted(replace(box, paragraphs=(plain(cut, 13.5, bold=True),)), LEAST_NAME)
        if fits(panel):
            break
    return panel
