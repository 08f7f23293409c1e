"""The glossary: every term is in the code where it says so, stands once, and no record is without its term."""

from __future__ import annotations

import re
from pkgutil import resolve_name

import pytest

from docs.generate import HERE
from voc_engine import records
from voc_engine.records import Record

ROWS = re.findall(
    r"^\| ([^|]+) \| ([^|]+) \| `([\w.]+)` \|$", (HERE / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE
)
# Rows that only join two others, and what only a stage hands on.
_JOINS = {"InsightMember", "TopicAssignment", "TopicNode"}


def test_the_glossary_is_read() -> None:
    assert len(ROWS) > 60


@pytest.mark.parametrize(("term", "meaning", "name"), ROWS, ids=[term for term, _, _ in ROWS])
def test_the_name_is_in_the_code(term: str, meaning: str, name: str) -> None:
    resolve_name(name)
    assert meaning.endswith(".")
    assert meaning[0].isupper()


def test_every_term_stands_once() -> None:
    terms = [term for term, _, _ in ROWS]
    assert sorted(set(terms)) == sorted(terms)


def test_every_record_is_a_term() -> None:
    nouns = {name for name in records.__all__ if isinstance(getattr(records, name), type)}
    nouns = {name for name in nouns if issubclass(getattr(records, name), Record)} - {"Record"} - _JOINS
    named = {name.split(".")[2] for _, _, name in ROWS if name.startswith("voc_engine.records.")}
    assert nouns <= named
