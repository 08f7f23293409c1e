"""A screened pattern finds what ``re`` finds, whatever the text."""

from __future__ import annotations

import re
import sys
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc_engine.language.pattern_screen import AnyPattern, ScreenedPattern, wider
from voc_engine.redact.recognisers import recognisers

PATTERNS = [
    r"(?<![\w@/])(?i:orders?|tickets?)(?P<mark>\s*(?:no\.?|#))*\s*(?P<value>\d{3,}(?: \d{3,}){1,4})(?![\w@])",
    r"(?i:straße|kelvin|silk)\b", r"(?m:^\s*+[-–]{2,})", r"(\w)\1{2,}", r"[^\W\d_]{3,30}+(?:(?![\w@.])|(?=\.?(?:\s|$)))",
    r"(?s:a.b)", r"a.b", r"\D\S\W", r"(?>x+)y", r"x{2,40}?z", r"[^a-zé]", r"(a)?b(?(1)c|d)", r"", r"\b", r"a*",
]  # fmt: skip
WORDS = (
    "order tickets # no. 123 4567 Order Straße STRASSE straße \u212aelvin ſilk SILK -- – aaa ééé word 12 a\nb a b xxy xxxz"
    " é bc bd 1.2.3.4 anna@x.org +49 30 1234567 Dear Anna, my name is Mr Bo © \u0130 DE89 3704 0044 0532 0130 00 born on"
    " the phone call 0151 23456 PNR ABC123 u/someone @handle https://x.org/u/me?token=abc 12 Main Street IL 62704 SSN"
)
TEXTS = st.lists(st.sampled_from(WORDS.split(" ")), max_size=16).map(" ".join) | st.text(max_size=60)
OF_REDACTION = [
    *(
        one
        for room in ("addresses", "contact", "files", "identifiers", "links", "name_cues")
        for one in vars(import_module(f"voc_engine.redact.{room}")).values()
        if isinstance(one, ScreenedPattern)
    ),
    *(one.pattern for one in recognisers()),
]
SCREENED = [
    ScreenedPattern(one.pattern, 0) for one in [*map(ScreenedPattern, map(re.compile, PATTERNS)), *OF_REDACTION]
]

TOGETHER = [
    AnyPattern(one.patterns, 0)
    for room in ("addresses", "contact", "identifiers", "name_cues")
    for one in vars(import_module(f"voc_engine.redact.{room}")).values()
    if isinstance(one, AnyPattern)
] + [AnyPattern((one.pattern for one in recognisers()), 0)]


@given(TEXTS)
def test_the_matches_are_those_of_the_pattern(text: str) -> None:
    padded = f"{text} {text} and so on and so on"
    for one in SCREENED:
        found = [(match.span(), match.groups()) for match in one.finditer(padded)]
        assert found == [(match.span(), match.groups()) for match in one.pattern.finditer(padded)], one.pattern.pattern


def test_all_that_redaction_looks_for_has_an_automaton() -> None:
    assert len(OF_REDACTION) > 50
    assert all(ScreenedPattern(one.pattern, 0)._automaton is not None for one in OF_REDACTION)


def test_many_false_places_end_in_the_pattern_itself() -> None:
    one = ScreenedPattern(re.compile(r"\w(?=!)"), 0)
    assert [match.start() for match in one.finditer("word " * 20 + "end!")] == [102]


def test_without_the_library_the_same_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    one = ScreenedPattern(re.compile(r"\d+"), 0)
    assert [match.group() for match in one.finditer("a 12 b 3 and so on and so on")] == ["12", "3"]


def test_long_counts_have_no_end() -> None:
    """An automaton has a state for each count of "up to 200 letters"."""
    assert "200" not in wider(re.compile("On.{4,200}wrote"))


@given(TEXTS)
def test_several_patterns_at_once_miss_nothing(text: str) -> None:
    padded = f"{text} {text} and so on and so on"
    for one in TOGETHER:
        if any(each.pattern.search(padded) for each in one.patterns):
            assert one.may_match(padded)


def test_patterns_that_are_asked_together_have_one_automaton_and_pass_over_plain_words() -> None:
    assert len(TOGETHER) > 3
    for one in TOGETHER:
        assert one._automaton is not None
        assert not one.may_match("it works well and we like it very much so far")


def test_what_is_asked_for_behind_the_end_is_looked_for_too() -> None:
    """Otherwise "a word before 'told'" is found at each word."""
    one = ScreenedPattern(re.compile(r"(?<!\w)([a-z]{3,})(?= (?:told|said)\b)"), 0)
    text = "we have nothing to say until maria told us of it"
    assert [match.group() for match in one.finditer(text)] == ["maria"]
    assert one._automaton.search(text.encode()).group() == b"maria told"


def test_what_is_asked_for_in_the_middle_is_left_out() -> None:
    """Two letters may be asked to stand at one place: one behind the other would be another text."""
    one = ScreenedPattern(re.compile(r"(?=[a-z]*\d)[a-z0-9]{4,}(?=!)"), 0)
    assert [match.group() for match in one.finditer("words and more words, then ab12!")] == ["ab12"]
