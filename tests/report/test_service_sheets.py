"""The sheets for support and onboarding: shared lines with voices, and one plain sentence for what nobody told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report_pages import Page, parsed, written
from report_studies import Made

from voc_engine.config import Config
from voc_engine.privacy.withholding import withhold
from voc_engine.records import Batch, Membership, Persona
from voc_engine.report.contract import Study
from voc_engine.statistics import wilson

SAID = (
    ("P1", "[[pain_point:install|It will not install on my phone]]. [[pain_point:slow|The list is slow]]."),
    ("P2", "[[pain_point:install|I could not install it]]. [[request:dark|Please add a dark theme]]."),
    ("P3", "[[delight:easy|Setting it up took a minute]]. [[pain_point:slow|Lists load slowly]]."),
    ("P4", "[[pain_point:faff|[[delight:faff2|Setting up the account was a faff]]]]."),
)


def four_people(*, dated: bool = True) -> Study:
    made = Made()
    for number, (person, text) in enumerate(SAID):
        made.document(
            f"d{number}",
            "review",
            "a.csv",
            [(person, "participant", text)],
            created_at=f"2026-03-0{number + 1}" if dated else None,
        )
    for key, severity in (("install", "high"), ("slow", "low"), ("dark", "low"), ("easy", "low"), ("faff", "low"),
                          ("faff2", "low")):  # fmt: skip
        made.insight(key, {"install": "Installing: does not work", "slow": "The list is slow"}.get(key, key), severity)
    low, high = wilson(4, 4)
    made.add(Persona("p", "Phone first", "primary", None, 4, None, "Four people.", "profile", low, high, 4, 8, 0,
                     pains=("install", "slow", "faff"), requests=("dark",), delights=("easy", "faff2")))  # fmt: skip
    made.add(*(Membership(person, "p", 1.0) for person, _ in SAID))
    return Study("run-1", "Phones", "", Config(), made.tables())


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return parsed(written(four_people()))


def text_of(pages: dict[str, Page], name: str) -> str:
    return " ".join(pages[f"{name}-1-phone-first.html"].all("main")[0].text.split())


def test_support_reads_what_hurts_with_its_severity_and_a_voice(pages: dict[str, Page]) -> None:
    text = text_of(pages, "support")
    assert "“Installing: does not work” 2 of 4 ●●● high severity" in text
    slow = "“The list is slow” 2 of 4 ●○○ low severityLists load slowly P3"
    assert slow in text, "under a title that is somebody's words somebody else is quoted"
    assert "dark theme" not in text, "what one of four says is not what the group asks for"
    for gap in ("No request that enough of this group share.", "No praise that enough of this group share."):
        assert gap in text


def test_onboarding_reads_what_hurts_and_says_what_nobody_told(pages: dict[str, Page]) -> None:
    text = text_of(pages, "onboarding")
    assert "“Installing: does not work” 2 of 4" in text.partition("What hurts")[2]
    assert "No goal that enough of this group share." in text
    assert "What they want to get done" not in text


def test_the_pages_of_a_persona_lead_to_each_other_and_say_how_old_they_are(pages: dict[str, Page]) -> None:
    for name in ("persona", "canvas", "sales", "support", "onboarding"):
        links = {one.attributes.get("href") for one in pages[f"{name}-1-phone-first.html"].all("a")}
        assert {"support-1-phone-first.html", "onboarding-1-phone-first.html"} <= links, name
    text = text_of(pages, "persona")
    assert "As of 4 Mar 2026, the day of the newest document. Due for review on 31 Aug 2026." in text


def test_a_study_without_dates_says_nothing_of_its_age() -> None:
    page = parsed(written(four_people(dated=False)))["persona-1-phone-first.html"]
    assert "As of" not in page.all("main")[0].text


def test_nobody_is_quoted_who_did_not_consent() -> None:
    study = four_people()
    hidden = parsed(written(replace(study, tables=withhold(study.tables, frozenset({"P1"})))))
    text = text_of(hidden, "onboarding")
    assert "will not install" not in text
    assert "I could not install it" in text


def test_nobody_is_brought_on_board_who_is_declared_not_to_be_a_customer() -> None:
    study = four_people()
    (persona,) = study.tables.of(Persona)
    tables = {**study.tables.tables, Persona: [replace(persona, rank="negative")]}
    pages = parsed(written(replace(study, tables=Batch(tables, study.tables.vectors))))
    assert "support-1-phone-first.html" in pages
    assert "onboarding-1-phone-first.html" not in pages
    assert not any("onboarding-" in one.attributes.get("href", "") for page in pages.values() for one in page.all("a"))
