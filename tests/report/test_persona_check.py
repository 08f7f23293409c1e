"""Verdicts on a persona that somebody brings, and the command as a user runs it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tiny_study import TinyStudy

from voc_engine.errors import ConfigError
from voc_engine.personas.profiles import Person
from voc_engine.records.claim import Claim, Verdict, Witness
from voc_engine.report.persona_check.answered_by_attributes import from_attributes
from voc_engine.report.persona_check.judging import verdict_of, wording
from voc_engine.report.persona_check.verdict_words import sentence

PERSONA = """# Export Ella
## Pains
- The export does not work
- Her unicycle has a flat tyre
## Delights
- Support always answers
- The export works
## About
- Plan: Pro
- Shoe size: 41
"""


def witnesses(*chances: float) -> tuple[Witness, ...]:
    return tuple(Witness(f"P{number:04}", f"s-{number}", chance) for number, chance in enumerate(chances))


@pytest.mark.parametrize(
    ("says", "denies", "verdict"),
    [
        ((0.9, 0.9), (), "confirmed"),
        ((0.9, 0.9), (0.9,), "confirmed"),
        ((0.9, 0.9, 0.8), (0.9, 0.9), "divided"),
        ((), (0.9, 0.8), "contradicted"),
        ((0.95,), (), "hint"),
        ((0.73, 0.73), (), "hint"),
        ((0.73, 0.73, 0.73), (), "confirmed"),
        ((), (), "unheard"),
    ],
)
def test_two_people_make_a_verdict_where_two_are_likely(
    says: tuple[float, ...], denies: tuple[float, ...], verdict: str
) -> None:
    assert verdict_of(witnesses(*says), witnesses(*denies)) == verdict


@pytest.mark.parametrize(
    ("attribute", "value", "verdict"),
    [("Plan", "team", "confirmed"), ("plan", "Free", "contradicted"), ("AGE", "30-40", "divided")],
)
def test_attributes_answer_what_they_can(attribute: str, value: str, verdict: str) -> None:
    people = [
        Person(f"P{n:04}", attributes={"plan": "Team" if n else "Free", "age": "35" if n < 10 else "50"})
        for n in range(60)
    ]
    found = from_attributes(Claim("Ella", f"{attribute}: {value}", "line 1", "about", "", attribute, value), people)
    assert found is not None
    assert found.verdict == verdict
    assert (found.total, len(found.says) + len(found.denies)) == (60, 60)


def test_an_attribute_that_nobody_gave_was_not_asked() -> None:
    claim = Claim("Ella", "Shoe size: 41", "line 1", "about", "", "Shoe size", "41")
    found = from_attributes(claim, [Person("P0001", attributes={"plan": "Team"})])
    assert found is not None
    assert found.verdict == "unheard"
    assert sentence(found) == "Nobody was asked: no source gives “Shoe size”."


def test_a_line_names_a_value_that_people_have() -> None:
    people = [Person(f"P{n:04}", attributes={"country": "UK"}) for n in range(3)]
    found = from_attributes(Claim("Ella", "Based in the UK", "line 1", "about"), people)
    assert found is not None
    assert (found.verdict, found.given) == ("confirmed", "country")
    assert from_attributes(Claim("Ella", "Based in the UK", "line 1", "goals"), people) is None


def test_the_personas_own_name_is_not_looked_for() -> None:
    assert wording(Claim("Export Ella", "Ella wants quiet", "line 1")) == "wants quiet"


def test_small_groups_are_counted_without_percentages() -> None:
    claim = Claim("Ella", "x", "line 1")
    assert sentence(Verdict(claim, "confirmed", 9, witnesses(0.9, 0.9))) == "2 of 9 people say so."
    assert "%" in sentence(Verdict(claim, "confirmed", 90, witnesses(0.9, 0.9)))


@pytest.fixture(scope="module")
def checked(first_run: TinyStudy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    (folder / "ella.md").write_text(PERSONA, encoding="utf-8")
    told = first_run.voc("check", str(folder / "ella.md"), "--out", str(folder / "out"), "-q", "--strict")
    assert told.code in (0, 1), told.err
    (folder / "code").write_text(str(told.code))
    return folder


def test_each_line_gets_its_verdict_with_peoples_words(checked: Path) -> None:
    told = json.loads((checked / "out" / "ella.json").read_text(encoding="utf-8"))
    found = {one["line"]: one for one in told["lines"]}
    assert found["The export does not work"]["verdict"] == "confirmed"
    people = [quote["person"] for quote in found["The export does not work"]["quotes"]]
    assert len(people) == len(set(people)) == found["The export does not work"]["says"] >= 2
    assert found["The export works"]["verdict"] == "contradicted"
    assert found["Her unicycle has a flat tyre"]["verdict"] == "unheard"
    assert found["Shoe size: 41"]["told"].startswith("Nobody was asked")
    assert found["Plan: Pro"]["people"] == 8
    assert (checked / "code").read_text() == "1", "--strict: something is contradicted"


def test_page_and_table_tell_the_same(checked: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((checked / "out" / "ella.csv").read_text(encoding="utf-8"))))
    page = (checked / "out" / "ella.html").read_text(encoding="utf-8")
    assert [page.count(f'data-verdict="{one}">') for one in ("confirmed", "unheard")] == [
        sum(row["verdict"] == one for row in rows) for one in ("confirmed", "unheard")
    ]
    assert [one for one in ("<script", "src=", '<link rel="style') if one in page] == [], "the page fetches nothing"


def test_one_can_ask_some_people_only(first_run: TinyStudy, checked: Path) -> None:
    said = first_run.voc(
        "check", str(checked / "ella.md"), "--where", "plan=pro", "--out", str(checked / "pro"), "--quiet"
    )
    assert said.code == 0, said.err
    told = json.loads((checked / "pro" / "ella.json").read_text(encoding="utf-8"))
    assert (told["asked"], told["people"]) == ("plan: pro", 4)
    wrong = first_run.voc("check", str(checked / "ella.md"), "--where", "plan=Gold", "--out", str(checked / "no"))
    assert (wrong.code == 2 and "known are" in wrong.err) or "did you mean" in wrong.err


def test_a_condition_that_is_none_is_refused(first_run: TinyStudy) -> None:
    from voc_engine.records import Batch
    from voc_engine.report.persona_check.scope import scope_of

    with pytest.raises(ConfigError, match="--where"):
        scope_of(Batch({}), where=["plan"])
