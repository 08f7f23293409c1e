"""Golden cases on the shipped heads: one file per behaviour, each sentence with what must and must not be found in it.

Heads are trained, so some cases of a behaviour may be wrong; how many are right is held by a floor per behaviour.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from voc_engine.mentions.contract import Reading, Sentence
from voc_engine.records import MENTION_KINDS
from voc_engine.registry import component

FILES = sorted(Path(__file__).with_name("cases").glob("*.toml"))
EXTRACTOR = component("mention extractor", "heads.v1")


def cases(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["case"]
    return found


def reading_of(case: dict[str, Any]) -> Reading:
    sentence = Sentence(case["text"], case.get("question", ""), case.get("kind"))
    reading: Reading = EXTRACTOR.read([sentence])[0]
    return reading


def wrongs(case: dict[str, Any]) -> list[str]:
    """What a reading gets wrong of a case, in words."""
    reading = reading_of(case)
    kinds = {kind for kind, chance in reading.probabilities.items() if chance >= 0.5}
    found = [f"no {kind}" for kind in case.get("has", ()) if kind not in kinds]
    found += [f"a {kind}" for kind in case.get("lacks", ()) if kind in kinds]
    for name in ("sentiment", "quadrant", "emotion", "holder"):
        if name in case and getattr(reading, name) != case[name]:
            found.append(f"{name} {getattr(reading, name)}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden_cases_of_a_behaviour(path: Path) -> None:
    table = tomllib.loads(path.read_text("utf-8"))
    wrong = {case["text"]: told for case in table["case"] if (told := wrongs(case))}
    right = len(table["case"]) - len(wrong)
    assert right >= table["floor"], wrong


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_findings_are_exact_and_statements_are_slices(path: Path) -> None:
    for case in cases(path):
        text = case["text"]
        for finding in reading_of(case).findings:
            start, end = finding.statement
            assert finding.kind in MENTION_KINDS
            assert text[finding.start : finding.end].strip()
            assert finding.start <= start < end <= finding.end


def test_every_behaviour_names_itself() -> None:
    tables = [tomllib.loads(path.read_text("utf-8")) for path in FILES]
    assert all(table["behaviour"].endswith(".") for table in tables)
    assert sum(len(table["case"]) for table in tables) >= 60
