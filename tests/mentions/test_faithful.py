"""Statements of the demo corpus keep the negations and modals that rule the words they keep."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from pathlib import Path

from voc_engine.mentions.extractor import Finding, Sentence
from voc_engine.mentions.language import norm, parse
from voc_engine.mentions.rules import RuleExtractor

DEMO = Path(__file__).parents[2] / "corpora" / "demo"
NEGATIONS = frozenset(("not", "never"))
MODALS = frozenset(("would", "should", "could", "might", "must"))
SAID_NOT = re.compile(r"\b(?:no|not|never|cannot|nobody|nothing|none|neither|nor|hard|without)\b|n['’]?t\b", re.I)
SAID_MODAL = re.compile(r"\b(?:(?:would|should|could|might|must)(?:n['’]?t)?|cannot)\b|['’]d\b", re.I)
GOVERNS = re.compile(r"\b(?:not|never|would|should|could|might|must|if)\b|n['’]t\b|['’]d\b", re.I)


def sentences() -> list[str]:
    """Sentences of tickets and reviews that have a word which could be lost."""
    tickets = json.loads((DEMO / "tickets.json").read_text("utf-8"))["tickets"]
    texts = [ticket["description"] for ticket in tickets]
    with (DEMO / "reviews.csv").open(encoding="utf-8", newline="") as lines:
        texts += [row["Review"] for row in csv.DictReader(lines)]
    split = (part.strip() for text in texts for part in re.split(r"(?<=[.!?])\s+|\n+", text))
    return sorted({part for part in split if part and GOVERNS.search(part)})


@cache
def findings() -> tuple[tuple[str, Finding], ...]:
    texts = sentences()
    readings = RuleExtractor().read([Sentence(text) for text in texts])
    return tuple((text[f.start : f.end], f) for text, r in zip(texts, readings, strict=True) for f in r.findings)


def ruled(governors: frozenset[str], kinds: frozenset[str]) -> list[tuple[str, str]]:
    """Quote and statement of findings whose statement keeps a verb that one of ``governors`` rules in the quote."""
    own = [(quote, finding.statement) for quote, finding in findings() if finding.kind in kinds]
    found = []
    for (quote, statement), doc in zip(own, parse([quote for quote, _ in own]), strict=True):
        kept = set(re.findall(r"[^\W_]+", statement.lower()))
        lemmas = [token.lemma_.lower() for token in doc]
        for token in doc:
            verb = token.head
            once = lemmas.count(verb.lemma_.lower()) == 1 and verb.pos_ == "VERB"
            if norm(token) in governors and token.dep_ in ("neg", "aux") and once:
                found += [(quote, statement)] if kept & {verb.lower_, verb.lemma_.lower()} else []
    return found


def test_a_statement_keeps_the_negation_of_the_verb_it_keeps() -> None:
    pairs = ruled(NEGATIONS, frozenset(("pain_point", "objection", "delight", "request", "goal", "trigger")))
    assert len(pairs) > 50
    assert [pair for pair in pairs if not SAID_NOT.search(pair[1])] == []


def test_a_statement_keeps_the_modal_of_the_verb_it_keeps() -> None:
    pairs = ruled(MODALS, frozenset(("pain_point", "objection", "delight", "trigger")))
    assert len(pairs) > 10
    assert [pair for pair in pairs if not SAID_MODAL.search(pair[1])] == []


def test_what_is_said_under_a_condition_keeps_it() -> None:
    pairs = [(quote, f.statement) for quote, f in findings() if re.match(r"(?:and |but )?if\b", quote, re.I)]
    assert len(pairs) > 4
    assert [pair for pair in pairs if not re.search(r"\bif\b|^(?:Ability|When)\b", pair[1], re.I)] == []
