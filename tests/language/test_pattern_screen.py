"""A screened pattern finds what ``re`` finds, whatever the text."""

from __future__ import annotations

import re
import sys
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc_engine.language.pattern_screen import ScreenedPattern, wider
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
