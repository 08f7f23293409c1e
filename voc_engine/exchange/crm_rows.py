"""The format "crm.v1": a row per person with their persona and how sure that is, to be joined to a customer list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from voc_engine.exchange.contract import Export, NotCarried, Shown
from voc_engine.exchange.csv_folder import csv_of
from voc_engine.exchange.csv_rows import rows_of
from voc_engine.exchange.result_sheets import Cell, Column, Sheet
from voc_engine.exchange.run_view import Person, Quote, RunView

HEADS = ("person", "persona", "probability", "leading_pain", "in_their_words", "quote_id")


class CrmRows:
    """Pseudonyms, never names: who is who stays in the vault. ``leading_pain`` is the finding of theirs that comes first."""

    name = "crm.v1"
    does = "people.csv for a CRM: person, persona, probability, what hurts them most, in their own words"
    suffix = ""
    switches: ClassVar[Mapping[str, str]] = {}

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        strongest = _strongest(view)
        attributes = sorted({name for one in view.people for name in one.attributes})
        rows = [_row(one, strongest.get(one.person_id), view, attributes) for one in view.people]
        table = Sheet("people", tuple(map(Column, (*HEADS, *attributes))), lambda: iter(rows))
        alone = sum(one.persona is None for one in view.people)
        rest = (
            NotCarried("quotes beyond the first of each person", len(view.quotes) - len(strongest)),
            NotCarried("people in no persona: their cell is empty", alone),
        )
        return Export([("people.csv", csv_of(table))], rest, len(strongest))

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        for row in rows_of(path, content, HEADS):
            if row["quote_id"]:
                yield Shown(row["quote_id"], row["in_their_words"])


def _strongest(view: RunView) -> dict[str, Quote]:
    """Person -> the quote of theirs in the finding that comes first, pain points before all else."""
    by_person: dict[str, Quote] = {}
    for insight in sorted(view.insights, key=lambda one: one.kind != "pain_point"):
        for quote in view.quotes_of[insight.insight_id]:
            by_person.setdefault(quote.mention.person_id, quote)
    for quote in view.quotes:
        by_person.setdefault(quote.mention.person_id, quote)
    return by_person


def _row(person: Person, quote: Quote | None, view: RunView, attributes: list[str]) -> tuple[Cell, ...]:
    pain = quote.insight if quote and quote.insight and quote.insight.kind == "pain_point" else None
    return (
        person.person_id,
        person.persona.name if person.persona else None,
        person.probability,
        view.heading(pain) if pain else None,
        quote.words if quote else None,
        quote.mention.mention_id if quote else None,
        *(person.attributes.get(name) for name in attributes),
    )
