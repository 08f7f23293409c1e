"""The walkthrough of a persona: eight steps, real words only, in every report."""

from __future__ import annotations

from dataclasses import replace

from report_pages import Page, parsed, written
from report_studies import small_study

from voc_engine.records import Disclosure, Mention, Persona
from voc_engine.report.contract import Study

STEPS = [
    "How many, how sure", "Who they are", "What hurts", "What they want", "What stops them", "What they do",
    "What we do not know",
]  # fmt: skip


def walks(study: Study) -> dict[str, Page]:
    return {path: page for path, page in parsed(written(study)).items() if path.startswith("walk-")}


def test_every_persona_has_eight_steps_in_one_order() -> None:
    study = small_study()
    found = walks(study)
    assert len(found) == len(study.tables.of(Persona))
    for page in found.values():
        titles = [" ".join(one.text.split()).split(" ", 1)[1] for one in page.all("h2")]
        assert [one for one in titles if one in STEPS] == STEPS
        assert titles[2] in ("A day, in their words", "In their words")
        assert len(titles) == 8
        assert len(page.all("aside", class_="speaker-notes")) == 8, "each step has notes for the one who speaks"
        assert not page.faults


def test_what_stands_in_quotes_was_said_and_leads_to_its_place() -> None:
    study = small_study()
    said = {one.mention_id: one.quote for one in study.tables.of(Mention)}
    told = {one.disclosure_id: one.quote for one in study.tables.of(Disclosure)}
    pages = parsed(written(study))
    for page in walks(study).values():
        quotes = page.all("q")
        assert quotes
        for one in quotes:
            key = one.attributes.get("data-mention"), one.attributes.get("data-disclosure")
            assert one.text == said.get(key[0] or "", told.get(key[1] or ""))
        for link in page.all("a", class_="said"):
            target, _, key = link.attributes["href"].partition("#")
            assert key in pages[target].ids


def test_an_objection_that_nothing_answers_says_so_and_gaps_are_told() -> None:
    page = next(iter(walks(small_study()).values()))
    text = " ".join(page.source.split())
    assert "Not heard, or not read surely enough:" in text
    empty = small_study()
    empty.tables.tables[Persona] = [replace(one, pains=(), goals=(), objections=()) for one in empty.tables.of(Persona)]
    bare = next(iter(walks(empty).values())).source
    assert "No pain point was found in what they said." in bare
    assert "Nobody in this group named what holds them back." in bare
