"""The last sheets: objections with their answers, and how it was made."""

from __future__ import annotations

from voc_engine.exchange.deck.frame import FOOT, LEFT, RIGHT, TOP, Deck, Shapes, empty, heading, text
from voc_engine.exchange.drawing.shapes import Panel, Paragraph, Run, Sheet, plain
from voc_engine.exchange.plain_text import one_line
from voc_engine.exchange.said import SINGLE, evidence_note, of_several
from voc_engine.records import Insight
from voc_engine.report.method import LIMITS, coverage, languages
from voc_engine.report.saturation import saturation
from voc_engine.report.trait_lists import AnswerView, answer_views

OBJECTIONS, SHOWN_LIMITS = 4, 5  # a choice: rows that a slide holds at sizes that are read from the back of a room
HOW_FOUND = (
    "Sentences in which somebody voices a pain point, goal, objection, request, delight or trigger are found by rules and"
    " trained heads; those that say the same are merged, and people are counted, not mentions."
)


def objections(deck: Deck) -> Sheet:
    """What holds people back at the left, and at the right what we answer."""
    answers = _answers(deck)
    insights = of_several(deck.view.evidence.of_kind("objection"), answers)
    insights.sort(key=lambda one: one.insight_id not in answers or one.n_people <= SINGLE)
    insights = sorted(insights[:OBJECTIONS], key=lambda one: -one.n_people)
    middle = LEFT + 440
    shapes: Shapes = [heading("What holds them back", LEFT, TOP - 8, 400, "objection"),
                      heading("What we answer", middle, TOP - 8, RIGHT - middle, "delight")]  # fmt: skip
    notes: list[str] = []
    row = (FOOT - TOP - 12) / OBJECTIONS
    for number, insight in enumerate(insights):
        shapes += _objection(
            deck, insight, answers.get(insight.insight_id), TOP + 14 + row * number, row - 12, middle, notes
        )
    if not insights:
        shapes.append(empty("Nobody named an objection.", LEFT, TOP + 14, 400, 30))
    return deck.sheet(
        "objections",
        "Objections and answers",
        "What holds people back, and what may answer it",
        shapes,
        notes,
        "objection",
    )


def _answers(deck: Deck) -> dict[str, AnswerView]:
    """Objection's insight id -> its first answer, of any persona that has the objection."""
    answers: dict[str, AnswerView] = {}
    for persona in deck.view.personas:
        for key, views in answer_views(persona, deck.quotes).items():
            answers.setdefault(key, views[0])
    return answers


def _objection(
    deck: Deck, insight: Insight, answer: AnswerView | None, y: float, tall: float, middle: float, notes: list[str]
) -> Shapes:
    shapes: Shapes = [
        Panel(LEFT, y, 410, tall, fill="objection wash", shape="rounded", name="Objection card"),
        text(
            LEFT + 14,
            y + 9,
            382,
            tall - 32,
            plain(one_line(deck.view.heading(insight)), 14, bold=True),
            name="Objection",
        ),
        text(LEFT + 14, y + tall - 20, 382, 15, plain(deck.view.reach(insight), 10.5, "muted"), name="Count"),
    ]
    notes += [f"Objection {insight.insight_id}:", *map(evidence_note, deck.voices(insight))]
    if answer is None:
        return [*shapes, empty("No proof yet.", middle, y + 9, RIGHT - middle, 30)]
    who = one_line(f"{answer.says} {answer.who}").strip(" :")
    notes.append(one_line(f"{answer.says} {answer.words}"))
    wide = RIGHT - middle
    return [*shapes, Panel(middle, y, wide, tall, fill="delight wash", shape="rounded", name="Answer card"),
            text(middle + 14, y + 9, wide - 28, tall - 32, plain(one_line(answer.words), 15), name="Answer"),
            text(middle + 14, y + tall - 20, wide - 28, 15, plain(who, 10.5, "muted"), name="Who")]  # fmt: skip


def method(deck: Deck) -> Sheet:
    """How it was made, and what it cannot tell."""
    evidence = deck.view.evidence
    middle = LEFT + 440
    curve = saturation(evidence)
    facts = [
        ("From words to findings", HOW_FOUND),
        ("Whose words", "Customers alone. Interviewers, agents and bots are never evidence. Names are pseudonyms."),
        ("Coverage", coverage(evidence)),
        ("Languages", languages(evidence)),
        ("Saturation", _saturation(curve.mean, curve.people) if curve else ""),
        ("Checked", f"'voc verify' holds every quote in this file against its source (run {deck.view.run_id})."),
    ]  # fmt: skip
    paragraphs: list[Paragraph] = []
    for name, value in facts:
        if value:
            paragraphs += [
                Paragraph((Run(name, 12, "accent", bold=True),), before=9),
                Paragraph((Run(one_line(value), 13),), before=1),
            ]
    limits = [Paragraph((Run(one_line(one), 13),), before=9, bullet=True) for one in LIMITS[:SHOWN_LIMITS]]
    shapes: Shapes = [
        heading("How it was made", LEFT, TOP - 8, 400),
        text(LEFT, TOP + 12, 400, 366, *paragraphs, name="Method"),
        heading("What it cannot tell", middle, TOP - 8, RIGHT - middle),
        text(middle, TOP + 12, RIGHT - middle, 366, *limits, name="Limits"),
    ]
    return deck.sheet("method", "Method", "How this was made, and how sure it is", shapes)


def _saturation(mean: tuple[float, ...], people: tuple[int, ...]) -> str:
    if len(people) <= SINGLE:
        return ""
    rate = (mean[-1] - mean[-2]) / (people[-1] - people[-2])
    return f"One more person like these brings {rate:.1f} new findings on average."
