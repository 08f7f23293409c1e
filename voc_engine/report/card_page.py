"""A persona's card with everything that its template names."""

from __future__ import annotations

from typing import Any

from voc_engine.records import Persona
from voc_engine.report.card_lines import card_lines
from voc_engine.report.evidence import Evidence
from voc_engine.report.people import empathy_map, persona_view
from voc_engine.report.places import Places
from voc_engine.report.quotes import Quotes
from voc_engine.report.trait_lists import opening, trait_lists


def persona_card(persona: Persona, evidence: Evidence, quotes: Quotes, places: Places) -> dict[str, Any]:
    """Values by the names in persona_card.html and empathy_map.html."""
    quadrants = empathy_map(persona, evidence, quotes)
    lists = trait_lists(persona, evidence, quotes)
    return {
        "view": persona_view(persona, evidence, places),
        "map": quadrants,
        "lists": lists,
        "opening": opening(persona, lists),
        "lines": card_lines(persona, evidence, quotes),
        "against": sum(bool(line.entry.contradicts) for field in quadrants for line in field.entries),
        "distinctive": quotes.insights(persona.distinctive),
        "quotes": quotes.named(persona.quotes),
    }
