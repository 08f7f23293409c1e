"""The rules that need syntax, in the order in which their evidence is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from voc_engine.mentions.aims import purpose, wants
from voc_engine.mentions.answers import answer
from voc_engine.mentions.asking import asks, asks_for_a_way, polite_question, would_if
from voc_engine.mentions.blame import ability, absence, burden, charge, excess, gone, quantity, question
from voc_engine.mentions.decisions import lone_event, threat, trigger_event, unwilling
from voc_engine.mentions.evidence import Evidence
from voc_engine.mentions.frame import Frame

RULES: tuple[Callable[[Frame], Iterator[Evidence]], ...] = (
    ability,
    excess,
    absence,
    charge,
    gone,
    burden,
    quantity,
    question,
    asks,
    polite_question,
    asks_for_a_way,
    would_if,
    wants,
    purpose,
    unwilling,
    threat,
    trigger_event,
    lone_event,
    answer,
)
