"""Golden cases: one file per behaviour, each sentence with what must and must not be found in it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from voc_engine.mentions.extractor import Reading, Sentence
from voc_engine.mentions.rules import RuleExtractor

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['text'][:50]}")
    for path in sorted(Path(__file__).with_name("cases").glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]
EXTRACTOR = RuleExtractor()
LISTS = {"has", "lacks", "spans", "statement", "objection_type", "negated", "reason", "slots"}


def reading_of(case: dict[str, Any]) -> Reading:
    return EXTRACTOR.read([Sentence(case["text"], case.get("question"), case.get("kind", "review"))])[0]


@pytest.mark.parametrize("case", CASES)
def test_golden_case(case: dict[str, Any]) -> None:
    reading = reading_of(case)
    kinds = {kind for kind, chance in reading.probabilities.items() if chance >= 0.5}
    found = [finding for finding in reading.findings if finding.probability >= 0.5]
    assert set(case.get("has", ())) <= kinds, reading
    assert not set(case.get("lacks", ())) & kinds, reading
    assert {finding.kind for finding in found} == kinds
    for name in set(case) - LISTS - {"text", "question", "kind"}:
        assert getattr(reading, name) == case[name], reading
    for kind, words in case.get("spans", {}).items():
        spans = [case["text"][f.start : f.end] for f in found if f.kind == kind]
        assert spans == [words]
    for name in ("statement", "objection_type", "negated"):
        if name in case:
            assert case[name] in [getattr(finding, name) for finding in found], reading
    if "slots" in case:
        # One finding has them all; "" stands for a slot without words.
        wanted = {name: None if value == "" else value for name, value in case["slots"].items()}
        filled = [{name: getattr(finding, name) for name in wanted} for finding in found]
        assert wanted in filled, filled
    if "reason" in case:
        assert any(case["reason"] in reason for finding in found for reason in finding.reasons)


def test_every_behaviour_names_itself() -> None:
    files = sorted(Path(__file__).with_name("cases").glob("*.toml"))
    assert all(tomllib.loads(path.read_text("utf-8"))["behaviour"].endswith(".") for path in files)
    assert len(CASES) >= 60
