"""The report's chapters, in their order."""

from __future__ import annotations

from collections import Counter

from voc_engine.exchange.deck.closing import HOW_FOUND
from voc_engine.exchange.deck.findings import foremost
from voc_engine.exchange.deck.frame import Deck
from voc_engine.exchange.deck.theme_sides import by_side
from voc_engine.exchange.document.persona_chapter import persona_chapter
from voc_engine.exchange.document.writer import TEXT_WIDTH, Writer
from voc_engine.exchange.plain_text import one_line
from voc_engine.exchange.said import of_several, said_by
from voc_engine.records import MENTION_KINDS, Insight
from voc_engine.report import wording
from voc_engine.report.cautions import cautions
from voc_engine.report.method import LIMITS, coverage, languages
from voc_engine.report.overview import foremost as leading_of
from voc_engine.report.overview import overview
from voc_engine.report.trends import impact_words, trend_words

# a choice: a first page, those told at length, those in a line each, and an appendix of some pages
GLANCE, DETAILED, FURTHER, LISTED = 12, 8, 4, 150
KINDS = ("goal", "objection", "request", "delight", "trigger")


def write_report(deck: Deck, writer: Writer) -> None:
    """Title and answer in short, then who was heard, findings and personas in the order of the report's frame, how it was
    made, codebook."""
    _opening(deck, writer)
    chapters = {"heard": _sample, "problems": _findings, "whom": _personas}
    for name in deck.frame.chapters:
        if name in chapters:
            chapters[name](deck, writer)
    _method(deck, writer)
    _codebook(deck, writer)


def _personas(deck: Deck, writer: Writer) -> None:
    for number, persona in enumerate(deck.view.personas):
        persona_chapter(deck, persona, writer, first=number == 0)


def _opening(deck: Deck, writer: Writer) -> None:
    writer.heading(deck.view.title, 0)
    if deck.view.question:
        writer.text(one_line(deck.view.question), "Subtitle")
    writer.text(deck.sample, "Small")
    writer.heading("In short", 1)
    insights = foremost(deck, 3)
    if insights:
        leads = (f"{deck.view.heading(one)} ({wording.number(one.n_people)})" for one in insights)
        writer.text(f"{'; '.join(map(one_line, leads))}. In brackets: people who say it.", lead="What to act on first:")
    for line in overview(deck.view.evidence, deck.quotes).summary:
        if line.words:
            writer.text(one_line(line.words), lead=f"{line.lead}:")
    writer.heading("Contents", 3)
    writer.contents()


def _sample(deck: Deck, writer: Writer) -> None:
    documents = deck.view.documents
    counted = Counter(one.kind for one in documents)
    people = {kind: len({one.person_id for one in documents if one.kind == kind}) for kind in counted}
    writer.heading(deck.frame.words("heard")[0], 1, new_page=True)
    rows = [
        (wording.sentence(wording.DOCUMENT_NAMES[kind][1]), wording.number(counted[kind]), wording.number(people[kind]))
        for kind in sorted(counted, key=lambda kind: (-people[kind], kind))
    ]
    writer.table(("Where", "Documents", "People"), rows, (TEXT_WIDTH - 6, 3, 3))
    for caution in cautions(deck.view.evidence):
        writer.text(caution.text, lead=f"{caution.name}.")


def _findings(deck: Deck, writer: Writer) -> None:
    insights = foremost(deck, GLANCE)
    _themes(deck, writer)
    writer.heading(deck.frame.words("problems")[0], 1, new_page=True)
    writer.text("By priority: reach, times severity, times how recent it is. People are counted, not mentions."
                if insights else "Nothing was said that several people share.")  # fmt: skip
    rows = [
        (deck.view.heading(one), wording.kind_name(one.kind), deck.view.reach(one), one.severity) for one in insights
    ]  # fmt: skip
    if rows:
        writer.table(("Finding", "Kind", "People", "Severity"), rows, (TEXT_WIDTH - 9.9, 2.5, 5.4, 2))
    for insight in insights[:DETAILED]:
        _finding(deck, insight, writer)
    writer.heading("What else was said", 2)
    for kind in KINDS:
        leading = of_several(leading_of(deck.view.evidence, kind))
        further = [one for one in leading if one not in insights[:DETAILED]][:FURTHER]
        if further:
            writer.heading(wording.sentence(wording.kind_name(kind, many=True)), 3)
            for insight in further:
                _entry(deck, insight, writer)


def _themes(deck: Deck, writer: Writer) -> None:
    """A study that is told by thing and side; nothing in another."""
    themes = by_side(deck)
    if themes:
        writer.heading("What they speak of, and how", 1, new_page=True)
    for theme in themes:
        writer.heading(wording.sentence(theme.name), 2)
        writer.text(f"{theme.reach}.", "Small", keep=True)
        for side in theme.sides:
            writer.text(wording.people(side.n_people), lead=f"{side.name}:", keep=True)
            for quote in deck.view.named((side.quote.mention_id or "",)):
                writer.quote(quote.words, said_by(quote), quote.mention.mention_id)


def _finding(deck: Deck, insight: Insight, writer: Writer) -> None:
    writer.heading(deck.view.heading(insight), 2)
    facts = [
        wording.sentence(wording.kind_name(insight.kind)),
        deck.view.reach(insight),
        f"severity {insight.severity}",
    ]
    facts += [f"trend: {told}" for told in (trend_words(insight, deck.view.n_people),) if told]
    facts += [f"rating of its people against the others: {told}" for told in (impact_words(insight),) if told]
    writer.text("; ".join(facts) + ".", "Small", keep=True)
    chips = sorted(deck.quotes.insight(insight).personas, key=lambda chip: -chip.n_people / max(chip.total, 1))
    if chips:
        shares = (
            f"{one_line(chip.name)} ({wording.number(chip.n_people)} of {wording.number(chip.total)})" for chip in chips
        )
        writer.text(f"{', '.join(shares)}.", "Small", lead="Whom:", keep=True)
    for quote in deck.voices(insight, 3):
        writer.quote(quote.words, said_by(quote), quote.mention.mention_id)


def _entry(deck: Deck, insight: Insight, writer: Writer) -> None:
    writer.text(f"({deck.view.reach(insight)})", lead=one_line(deck.view.heading(insight)), keep=True)
    for quote in deck.voices(insight, 1):
        writer.quote(quote.words, said_by(quote), quote.mention.mention_id)


def _method(deck: Deck, writer: Writer) -> None:
    evidence = deck.view.evidence
    writer.heading("How this was made", 1, new_page=True)
    writer.text(HOW_FOUND)
    writer.text("Interviewers, agents and bots are never evidence. Names are pseudonyms, contact data is masked.")
    for lead, words in (("Coverage:", coverage(evidence)), ("Languages:", languages(evidence))):
        if words:
            writer.text(f"{words}.", lead=lead)
    writer.text(
        f"run {deck.view.run_id}; 'voc verify' holds every quote of this document against its source.", lead="To check:"
    )
    writer.heading("What it cannot tell", 2)
    for limit in LIMITS:
        writer.bullet(limit)


def _codebook(deck: Deck, writer: Writer) -> None:
    """Kinds with their definitions, and the findings in each that several people share."""
    writer.heading("Annex: codebook", 1, new_page=True)
    for kind in MENTION_KINDS:
        insights = deck.view.evidence.of_kind(kind)
        if not insights:
            continue
        writer.heading(wording.sentence(wording.kind_name(kind, many=True)), 3)
        writer.text(wording.KIND_DEFINITIONS[kind])
        listed = [one for one in insights if one.n_people > 1][:LISTED] or insights[:FURTHER]
        rows = [(deck.view.heading(one), wording.number(one.n_people), one.insight_id) for one in listed]
        writer.table(("Finding", "People", "Id"), rows, (TEXT_WIDTH - 6.4, 1.8, 4.6))
        if len(insights) > len(listed):
            writer.text(
                f"{wording.number(len(insights) - len(listed))} more, most of one person each, stand in the tables.",
                "Small",
            )
