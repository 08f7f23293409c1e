"""The first sheets: the question, the answer in short, and who was heard."""

from __future__ import annotations

from collections import Counter

from voc_engine.exchange.deck.frame import LEFT, RIGHT, TOP, Deck, Shapes, bar, heading, text
from voc_engine.exchange.drawing.shapes import Panel, Paragraph, Rule, Run, Sheet, plain
from voc_engine.exchange.drawing.typesetting import fitted, set_height
from voc_engine.exchange.plain_text import one_line
from voc_engine.records import Insight
from voc_engine.report import wording
from voc_engine.report.cautions import cautions
from voc_engine.report.overview import channel_mix, overview

SHORT, CAUTIONS = 4, 4  # a choice: more is no opening, the slides behind it have the rest


def cover(deck: Deck) -> Sheet:
    """The study and its question."""
    view = deck.view
    title = fitted(Panel(72, 150, 780, 96, (plain(one_line(view.title), 40, bold=True),), anchor="bottom"))
    shapes: Shapes = [
        Panel(0, 0, 18, 540, fill="accent", name="Edge"),
        Panel(72, 120, 500, 18, (plain(deck.frame.kicker.upper(), 12, "accent", bold=True),), name="Kicker"),
        Rule(72, 400, 872, 400),
        text(72, 412, 800, 18, plain(deck.sample, 12, "muted"), name="Who was heard"),
        text(72, 434, 800, 34, plain(
            "Every claim rests on the words of real people, quoted exactly. Names are pseudonyms.", 12, "muted"),
            name="What it rests on"),
    ]  # fmt: skip
    if view.question:
        shapes.insert(2, text(72, 262, 780, 120, plain(one_line(view.question), 21, "muted"), name="Question"))
    return Sheet("cover", title, tuple(shapes), (f"Run {view.run_id}.",), background="paper")


def in_short(deck: Deck, foremost: list[Insight]) -> Sheet:
    """What the report's summary says, beside what most people say."""
    paragraphs: list[Paragraph] = []
    for line in overview(deck.view.evidence, deck.quotes).summary:
        if line.words:
            paragraphs.append(Paragraph((Run(line.lead, 13, "accent", bold=True),), before=18))
            paragraphs.append(Paragraph((Run(one_line(line.words), 16),), before=2))
    shapes: Shapes = [text(LEFT, TOP, 380, 372, *paragraphs, name="Summary")]
    shapes += _leading(deck, foremost[:SHORT], 470, RIGHT - 470)
    return deck.sheet("short", "In short", _headline(deck, foremost), shapes)


def _headline(deck: Deck, foremost: list[Insight]) -> str:
    if not deck.view.n_people:
        return "Nobody was heard"
    if not foremost:
        return f"{wording.sentence(wording.people(deck.view.n_people))} heard, and no finding that several share"
    first = foremost[0]
    return (
        f"First: {deck.view.heading(first)} ({wording.number(first.n_people)} of {wording.people(deck.view.n_people)})"
    )


def _leading(deck: Deck, insights: list[Insight], x: float, width: float) -> Shapes:
    shapes: Shapes = []
    y = TOP
    for number, insight in enumerate(insights, 1):
        head = (plain(one_line(deck.view.heading(insight)), 16.5, bold=True),)
        tall = max(set_height(head, width - 66), 20)
        about = f"{wording.kind_name(insight.kind)} · {deck.view.reach(insight)} · severity {insight.severity}"
        shapes += [
            Panel(x, y, width, tall + 50, fill=f"{insight.kind} wash", shape="rounded", name="Card"),
            Panel(x + 12, y + 12, 34, 34, (Paragraph((Run(str(number), 15, "white", bold=True),), align="centre"),),
                  fill=insight.kind, shape="disc", anchor="middle", name="Place"),
            Panel(x + 58, y + 12, width - 66, tall + 2, head, name="Finding"),
            text(x + 58, y + 16 + tall, width - 66, 16, plain(about, 11, "muted"), name="Count"),
        ]  # fmt: skip
        y += tall + 64
    return shapes


def sample(deck: Deck) -> Sheet:
    """Who was heard, where, and how far it carries."""
    view = deck.view
    documents = wording.count(len(view.documents), "document")
    title = f"{wording.sentence(wording.people(view.n_people))} in their own words: {documents}"
    middle = LEFT + 440
    shapes: Shapes = [heading("Where they spoke", LEFT, TOP, 400), *_kinds(deck, LEFT, TOP + 24, 400)]
    shapes += [heading("When and how much", LEFT, 356, 400), *_facts(deck, LEFT, 376, 400)]
    shapes += [heading("How far this carries", middle, TOP, RIGHT - middle)]
    paragraphs: list[Paragraph] = []
    for caution in cautions(view.evidence)[:CAUTIONS]:
        paragraphs.append(Paragraph((Run(caution.name, 13, bold=True),), before=11))
        paragraphs.append(Paragraph((Run(one_line(caution.text), 12.5, "muted"),), before=1))
    shapes.append(text(middle, TOP + 22, RIGHT - middle, 350, *paragraphs, name="Cautions"))
    return deck.sheet("sample", "Who was heard", title, shapes, tuple(channel_mix(view.evidence)))


def _kinds(deck: Deck, x: float, y: float, width: float) -> Shapes:
    """People and documents by kind of document."""
    documents = deck.view.documents
    counted = Counter(one.kind for one in documents)
    people = {kind: len({one.person_id for one in documents if one.kind == kind}) for kind in counted}
    most = max(people.values(), default=1)
    shapes: Shapes = []
    for kind, amount in sorted(counted.items(), key=lambda item: (-people[item[0]], item[0])):
        count = f"{wording.people(people[kind])}, {wording.documents(kind, amount)}"
        shapes += [
            text(x, y, 112, 16, plain(wording.sentence(wording.DOCUMENT_NAMES[kind][1]), 12.5), name="Kind"),
            *bar(x + 116, y + 2, width - 300, 13, people[kind] / most, "accent"),
            text(x + width - 174, y, 174, 16, plain(count, 12, "muted"), name="Count"),
        ]
        y += 31
    return shapes


def _facts(deck: Deck, x: float, y: float, width: float) -> Shapes:
    view = deck.view
    words = sum(len(one.text.split()) for one in view.documents)
    facts = [
        ("Time", view.dates or "not dated"),
        ("Words", wording.number(words)),
        ("Quotes", f"{wording.number(len(view.quotes))} in {wording.count(len(view.insights), 'finding')}"),
        ("Groups", wording.count(len(view.personas), "persona")),
    ]
    shapes: Shapes = []
    for number, (name, value) in enumerate(facts):
        left = x + (width / 2 + 6) * (number % 2)
        top = y + 54 * (number // 2)
        shapes.append(
            text(left, top, width / 2 - 6, 48, plain(value, 14.5, bold=True), plain(name, 11, "muted"), name=name)
        )
    return shapes
