"""Statements say nothing that their quote does not: held over a few hundred sentences put together from parts."""

from __future__ import annotations

import re
from itertools import product

import pytest

from voc_engine.mentions.clause import spell
from voc_engine.mentions.extractor import Sentence
from voc_engine.mentions.language import norm, pipeline
from voc_engine.mentions.rules import RuleExtractor
from voc_engine.mentions.statement import unsupported
from voc_engine.mentions.wording import LONGEST, shorten

FRAMES = (
    "I can't {verb} the {thing}.",
    "It is hard to {verb} the {thing} on my phone.",
    "It is not easy to {verb} a {thing} here.",
    "I spent 40 minutes looking for the {thing} and gave up.",
    "Please {verb} the {thing} for every customer!",
    "I wish I could {verb} the {thing} by myself.",
    "I'm trying to {verb} the {thing} so that I can close the month.",
    "When the auditor calls, we want to {verb} the {thing} in order to answer at once.",
    "They do not allow us to {verb} any {thing}.",
    "It is so easy to {verb} your {thing}, but the app crashes after two hours.",
    "We were unable to {verb} the big old {thing} when the server was down.",
    "After we lost the {thing} we started to {verb} everything by hand.",
    "I would not recommend it to anyone who has to {verb} a {thing}.",
)
VERBS = ("export", "find", "send", "compare")
THINGS = ("report", "invoice template", "billing address", "photo", "monthly summary", "refund")
SENTENCES = [frame.format(verb=verb, thing=thing) for frame, verb, thing in product(FRAMES, VERBS, THINGS)]


def test_every_content_word_of_a_statement_is_in_its_quote_or_the_closed_list() -> None:
    readings = RuleExtractor().read([Sentence(text) for text in SENTENCES])
    checked = 0
    for text, reading in zip(SENTENCES, readings, strict=True):
        for finding in reading.findings:
            doc = pipeline()(text[finding.start : finding.end])
            said = [norm(token) for token in doc] + re.findall(r"[^\W_]+(?:['’][^\W_]+)?", doc.text)
            assert unsupported(finding.statement, said, [token.lemma_ for token in doc]) == (), (text, finding)
            assert finding.statement
            assert len(finding.statement) <= LONGEST + 30
            checked += 1
    assert len(SENTENCES) > 300
    assert checked >= len(SENTENCES) * 0.9


@pytest.mark.parametrize(
    ("text", "kind", "slots"),
    [
        (
            "I spent 40 minutes looking for the export button and gave up.",
            "pain_point",
            {
                "pattern": "effort",
                "action": "find",
                "object": "export button",
                "cost": "PT40M",
                "consequence": "abandoned",
                "statement": "Hard to find the export button",
            },
        ),
        (
            "When the auditor calls, I want to print the ledger so that I can answer at once.",
            "goal",
            {"action": "print", "object": "ledger", "when": "the auditor calls"},
        ),
        ("I paid $45.50 twice and still can't open the file.", "pain_point", {"cost": "$45.50", "action": "open"}),
    ],
)
def test_slots_are_filled_from_the_words(text: str, kind: str, slots: dict[str, str]) -> None:
    reading = RuleExtractor().read([Sentence(text)])[0]
    finding = next(finding for finding in reading.findings if finding.kind == kind)
    assert {name: getattr(finding, name) for name in slots} == slots


def test_unsupported_names_the_invented_word() -> None:
    assert unsupported("Cannot export the invoice", ["I", "can", "not", "export"], []) == ("invoice",)


def test_a_long_clause_is_cut_at_a_word_with_an_ellipsis_at_the_end_only() -> None:
    quote = "and so the " + "very long " * 20 + "story went on"
    short = shorten(quote)
    assert short.startswith("The very long")
    assert short.endswith("…")
    assert short.count("…") == 1
    assert short[:-1].lower() in quote
    assert len(short) <= LONGEST + 1


@pytest.mark.parametrize(
    ("text", "kind", "thing"),
    [
        ("My login codes never arrive.", "pain_point", "login code"),
        ("They took a £30 cancellation fee.", "pain_point", "cancellation fee"),
        ("The phone app crashes.", "pain_point", "phone app"),
        ("It has terrible battery life.", "pain_point", "battery life"),
        ("I was charged twice for the same parcel last Monday.", "pain_point", "parcel"),
        ("Please add a dark mode.", "request", "dark mode"),
        ("It crashes.", "pain_point", None),
    ],
)
def test_the_object_is_a_bare_noun_phrase(text: str, kind: str, thing: str | None) -> None:
    reading = RuleExtractor().read([Sentence(text)])[0]
    assert next(finding.object for finding in reading.findings if finding.kind == kind) == thing


def test_a_long_quote_is_cut_where_one_of_its_parts_ends() -> None:
    quote = "I pay for the small plan at 11:15 pounds a month, but the people who sit at the desk all day have never seen it"
    assert shorten(quote) == "I pay for the small plan at 11:15 pounds a month"


@pytest.mark.parametrize(
    ("words", "spelled"),
    [("She'd waited", "She had waited"), ("It's been slow", "It has been slow"), ("I can't wait", "I cannot wait")],
)
def test_contractions_are_written_out(words: str, spelled: str) -> None:
    assert spell(list(pipeline()(words))) == spelled
