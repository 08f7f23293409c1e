"""A persona's chapter: who they are, what they say, their empathy map and their journey."""

from __future__ import annotations

from typing import Any

from voc_engine.exchange.deck.frame import Deck
from voc_engine.exchange.deck.maps import QUADRANTS
from voc_engine.exchange.deck.persona_cards import leading_facts
from voc_engine.exchange.document.writer import SMALL, TEXT_WIDTH, Writer, shade
from voc_engine.exchange.plain_text import one_line, plain
from voc_engine.exchange.said import said_by
from voc_engine.records import Persona
from voc_engine.report import wording
from voc_engine.report.card_lines import card_lines
from voc_engine.report.messages import COLUMNS, message
from voc_engine.report.people import GAPS, persona_view
from voc_engine.report.trait_lists import trait_lists

ENTRIES, TRAITS, QUOTES = 3, 4, 3  # a choice: a persona takes two pages at most


def persona_chapter(deck: Deck, persona: Persona, writer: Writer, *, first: bool) -> None:
    """On a page of its own, below the heading of all personas where it is the first."""
    evidence = deck.view.evidence
    view = persona_view(persona, evidence, deck.quotes.places)
    lists = trait_lists(persona, evidence, deck.quotes)
    if first:
        writer.heading("Personas", 1, new_page=True)
    writer.heading(persona.name, 2, new_page=not first)
    rank = f"{wording.sentence(persona.rank)}. " if persona.rank and len(deck.view.personas) > 1 else ""
    writer.text(f"{rank}{view.reach}. Stability: {view.stability}.", SMALL)
    writer.text(one_line(view.bio))
    lines = card_lines(persona, evidence, deck.quotes)
    facts = leading_facts(persona, lines)
    rows = [(wording.sentence(one_line(one.name)), f"{one.count}{one.more}") for one in facts]
    if rows:
        writer.table(("Who they are", "People"), rows, (TEXT_WIDTH - 6, 6))
    for trait_list in lists:
        writer.heading(trait_list.heading, 3)
        for trait in trait_list.leading[:TRAITS]:
            count = f"{wording.number(trait.n_people)} of {wording.number(persona.n_people)}"
            writer.bullet(one_line(trait.view.insight.title), count)
            for answer in trait.answers[:1]:
                who = f" ({answer.who})" if answer.who else ""
                writer.text(one_line(f"{answer.says} {answer.words}{who}"), SMALL)
    quotes = deck.view.named(persona.quotes)[:QUOTES]
    if quotes:
        writer.heading("In their words", 3)
    for quote in quotes:
        writer.quote(quote.words, said_by(quote, with_persona=False), quote.mention.mention_id)
    _map(deck, persona, writer)
    _journey(deck, persona, writer)


def _map(deck: Deck, persona: Persona, writer: Writer) -> None:
    """Six fields, two by two."""
    writer.heading("Empathy map", 3)
    cells = writer.fields(2, 3)
    for cell, (quadrant, name, colour) in zip(cells, QUADRANTS, strict=True):
        shade(cell, f"{colour} wash")
        head = cell.paragraphs[0].add_run(name)
        head.bold = True
        _entries(deck, persona, quadrant, cell, writer)
    for cell in cells[:-2]:  # the map stays on one page
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
    writer.text("", SMALL)


def _entries(deck: Deck, persona: Persona, quadrant: str, cell: Any, writer: Writer) -> None:
    entries = deck.view.empathy(persona.persona_id, quadrant)[:ENTRIES]
    if not entries:
        writer.paragraph(GAPS[quadrant], SMALL, cell)
    for entry in entries:
        if quadrant == "says":
            for quote in deck.view.named(entry.mention_ids[:1]):
                writer.quote(quote.words, said_by(quote, with_persona=False), quote.mention.mention_id, cell)
            continue
        more = [wording.people(entry.n_people)] if entry.n_people > 1 else []
        more += ["inferred"] if entry.basis == "inferred" else []
        note = f" ({', '.join(more)})" if more else ""
        writer.paragraph(f"{plain(one_line(entry.statement))}{note}", SMALL, cell)


def _journey(deck: Deck, persona: Persona, writer: Writer) -> None:
    view = persona_view(persona, deck.view.evidence, deck.quotes.places)
    stages = message(view, trait_lists(persona, deck.view.evidence, deck.quotes), deck.quotes).stages
    if not any(one.n_people for one in stages):
        return
    writer.heading("Journey", 3)
    writer.text("People whose words belong to a stage.", SMALL, keep=True)
    rows = [(wording.sentence(one.name), *(str(cell.n_people or "") for cell in one.cells)) for one in stages]
    writer.table(("Stage", *(name for name, _ in COLUMNS)), rows, (TEXT_WIDTH - 12, 3, 3, 3, 3))
