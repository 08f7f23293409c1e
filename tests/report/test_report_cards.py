"""The persona's pages: every field of the card with its evidence, the canvas, the sheet for sales, and messages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report_pages import Page, parsed, written
from report_studies import Made, small_study

from voc_engine.config import Config, EmpathyConfig
from voc_engine.empathy.stage import run as draw_maps
from voc_engine.personas.disclosed import JOURNEY
from voc_engine.privacy.withholding import MARK, for_readers, withhold
from voc_engine.records import (
    Batch,
    CountedLine,
    Document,
    EmpathyEntry,
    Insight,
    Membership,
    Mention,
    Persona,
    TypedAnswer,
)
from voc_engine.report import wording
from voc_engine.report.card_lines import card_lines, journey_lines
from voc_engine.report.contract import Study
from voc_engine.report.evidence import Evidence
from voc_engine.report.messages import matrices
from voc_engine.report.people import common_to_all
from voc_engine.report.places import Places
from voc_engine.report.quotes import Quotes
from voc_engine.report.sales_sheet import own_terms
from voc_engine.report.trends import periods, trend_words
from voc_engine.report.xplane import others_views

CARD, CANVAS, SALES = (f"{name}-1-family-planner.html" for name in ("persona", "canvas", "sales"))
WALK = "walk-1-family-planner.html"
NEW_PAGES = (CARD, CANVAS, SALES, WALK, "messages.html")


@pytest.fixture(scope="module")
def study() -> Study:
    return small_study()


@pytest.fixture(scope="module")
def pages(study: Study) -> dict[str, Page]:
    return parsed(written(study))


def main_text(page: Page) -> str:
    return " ".join(page.all("main")[0].text.split())


def quotes_of(study: Study) -> Quotes:
    evidence = Evidence(study)
    return Quotes(evidence, Places(evidence))


def persona(study: Study, key: str = "families") -> Persona:
    return next(one for one in study.tables.of(Persona) if one.persona_id == key)


def section(page: Page, heading: str) -> str:
    """Text of the section or list that stands under a heading."""
    found = [one.text for one in page.all("section") if " ".join(one.text.split()).startswith(heading)]
    assert found, heading
    return " ".join(min(found, key=len).split())


def test_the_card_shows_each_field_with_the_words_behind_it(pages: dict[str, Page]) -> None:
    page = pages[CARD]
    for heading, line, quote in (
        ("Their role", "End user 2 of 5", "I take a screenshot now"),
        ("What decides", "Tell what decides 2 of 5", "put the price up again"),
        ("What decides", "Price 2 of 5", "put the price up again"),
        ("Who they are, as they tell it", "Tell of their home or stage of life 1 of 5", "My mother moved in"),
        ("A day, in their words", "in the order of the day", "Sunday night, usually"),
        ("Emotional triggers", "Anger at “mushrooms” 1 of 5", "keeps putting mushrooms in"),
        ("What made them leave", "Leave, left or will not come back 1 of 5", "back of an envelope"),
        ("What this persona is not", "Talks about portions 0 of 5 here, 2 of 3 elsewhere", "go below two"),
        ("Where we heard them", "Ticket 1 of 5", ""),
        ("Journey", "Onboarding", "On my phone, in the shop"),
    ):
        text = section(page, heading)
        assert line in text, heading
        assert quote in text, heading
    assert "Buyer 1 of 5, 1 as given" in section(page, "Their role")
    assert "nobody’s leaving is predicted" in section(page, "What made them leave")
    assert "Primary: its people have more unmet goals and pains" in main_text(page)
    assert "2 of 5 people hold every one of its leading traits" in main_text(page)


def test_what_nothing_tells_is_absent_from_the_card(pages: dict[str, Page]) -> None:
    assert "nothing anybody said" not in main_text(pages[CARD]), "a line in people's words needs somebody's words"
    for heading in ("Where they look and whom they ask", "Who has to agree", "What keeps them", "What else there is"):
        assert heading not in main_text(pages[CARD])
    alone = main_text(pages["persona-2-cook-for-one.html"])
    for heading in ("Their role", "Emotional triggers", "What made them leave", "What this persona is not"):
        assert heading not in alone


def test_all_stages_stand_in_the_order_of_the_journey(study: Study) -> None:
    lines = journey_lines(persona(study), quotes_of(study))
    assert [one.name for one in lines] == list(JOURNEY)
    assert [one.count for one in lines] == ["0", "0", "0", "1 of 5", "2 of 5", "0", "0", "1 of 5"]
    assert journey_lines(persona(study, "alone"), quotes_of(study)) == ()


def test_an_objection_is_answered_by_the_words_that_the_persona_names(study: Study, pages: dict[str, Page]) -> None:
    for path in NEW_PAGES:
        if path != CANVAS:
            answers = list(pages[path].all("p", class_="line answer"))
            assert len(answers) == 1, path
            assert "from an hour to ten minutes" in answers[0].text
    without = replace(persona(study), answers=())
    tables = study.tables.tables | {Persona: [without, persona(study, "alone")]}
    bare = parsed(written(replace(study, tables=Batch(tables))))
    assert not any(bare[path].all("p", class_="line answer") for path in NEW_PAGES)
    assert "No proof yet" in main_text(bare["messages.html"])
    assert "No proof yet" in main_text(bare[SALES])


def test_what_we_typed_stands_first_and_signed(study: Study) -> None:
    typed = TypedAnswer("The trial needs no <card>.", "Ana")
    insights = [replace(one, our_answers=(typed,)) for one in study.tables.of(Insight)]
    made = parsed(written(replace(study, tables=Batch(study.tables.tables | {Insight: insights}))))
    for path in ("messages.html", SALES):
        first = next(iter(made[path].all("p", class_="line answer")))
        assert first.text.split() == ["Our", "answer:", "The", "trial", "needs", "no", "<card>.", "Ana"], path


def test_the_canvas_asks_the_seven_questions_and_says_what_nobody_told(pages: dict[str, Page]) -> None:
    page = pages[CANVAS]
    assert [one.text.split(maxsplit=1)[1] for one in page.all("h2")] == [
        "Who are we empathizing with?",
        "What do they need to do?",
        "What do they see?",
        "What do they say?",
        "What do they do?",
        "What do they hear?",
        "What do they think and feel?",
    ]
    gaps = [one.text for one in page.all("p", class_="gap")]
    assert gaps == [
        "Not heard, or not read surely enough: what else there is, or where they look.",
        "Nobody told what they hear from others.",
    ]
    assert "Have one list for the whole week" in main_text(page)
    assert "Edits the shopping list in the aisle" in main_text(page)
    assert [one.text for one in page.all("p", class_="contradicts")] == ["Against this stands: Recipes are good"]
    assert "inferred" in [one.text for one in page.all("span", class_="badge inferred")]


def test_what_they_hear_are_views_that_are_not_their_own(study: Study) -> None:
    told = [replace(one, holder="my husband") if one.mention_id == "d2-m4" else one for one in study.tables.of(Mention)]
    changed = replace(study, tables=Batch(study.tables.tables | {Mention: told}))
    assert others_views(persona(study), quotes_of(study)) == ()
    assert [one.mention_id for one in others_views(persona(study), quotes_of(changed))] == ["d2-m4"]
    page = parsed(written(changed))[CANVAS]
    assert "Others’ views, as they report them" in main_text(page)


def test_a_contradiction_is_pointed_out_above_both_layouts(pages: dict[str, Page]) -> None:
    for path in (CARD, CANVAS):
        assert "1 line is contradicted by another" in main_text(pages[path])


def test_the_sheet_for_sales_is_short_and_leads_to_the_words(pages: dict[str, Page]) -> None:
    text = main_text(pages[SALES])
    for words in (
        "What they want",
        "What hurts",
        "Who they are",
        "A parent moved in",
        "Leave, left or will not come back",
    ):
        assert words in text
    empty = main_text(pages["sales-2-cook-for-one.html"])
    assert "No event that made enough of them look." in empty
    assert "Not heard, or not read surely enough: what decides for them." in empty


def test_a_negative_persona_has_no_sheet_for_sales(study: Study) -> None:
    personas = [
        replace(one, rank="negative") if one.persona_id == "families" else one for one in study.tables.of(Persona)
    ]
    files = written(replace(study, tables=Batch(study.tables.tables | {Persona: personas})))
    sheets = [path for path in files if path.startswith("sales-")]
    assert len(sheets) == len(personas) - 1
    links = (link.attributes.get("href", "") for page in parsed(files).values() for link in page.all("a"))
    linked = {link.split("#")[0] for link in links if link.startswith("sales-")}
    assert linked <= set(sheets)


def things(*said: tuple[str, str, str]) -> Study:
    """(person, persona, thing that the person names)."""
    made = Made()
    for number, (person, _, thing) in enumerate(said):
        text = f"[[pain_point:k|The {thing} is missing]]."
        made.document(f"d{number}", "review", "a.csv", [(person, "participant", text)])
    named = [replace(one, thing=said[int(one.document_id[1:])][2]) for one in made.of(Mention)]
    made.records[Mention] = list(named)
    for key in sorted({home for _, home, _ in said}):
        made.add(Persona(key, key, "secondary", None, 3, None, "", "consensus", 0.0, 1.0, 3, 3, 0))
    made.add(*(Membership(person, home, 1.0) for person, home, _ in said))
    return Study("r", "T", "", Config(), made.tables())


def test_own_terms_are_things_that_several_name_and_others_name_less() -> None:
    study = things(
        *((f"A{n}", "a", "Invoice") for n in range(8)),
        *((f"B{n}", "b", "Calendar") for n in range(8)),
        ("A8", "a", "Calendar"),
        ("A9", "a", "Stamp"),
        ("B8", "b", "Stamp"),
    )
    found = own_terms(persona(study, "a"), quotes_of(study))
    assert [(one.text, one.n_people) for one in found] == [("invoice", 8)]
    assert found[0].quote.text == "The Invoice is missing"


def test_a_word_that_they_use_stands_in_the_quote_and_one_persons_are_not_listed() -> None:
    study = things(*((f"A{n}", "a", "Invoice") for n in range(3)), *((f"B{n}", "b", "Calendar") for n in range(3)))
    mentions = [replace(one, thing="Draft") for one in study.tables.of(Mention)]
    unsaid = replace(study, tables=Batch(study.tables.tables | {Mention: mentions}))
    assert own_terms(persona(unsaid, "a"), quotes_of(unsaid)) == ()
    alone = things(("A0", "a", "Invoice"), *((f"B{n}", "b", "Calendar") for n in range(3)))
    assert own_terms(persona(alone, "a"), quotes_of(alone)) == ()


def test_messages_give_goal_pain_objection_and_journey_by_persona(study: Study, pages: dict[str, Page]) -> None:
    page = pages["messages.html"]
    headings = [one.text.strip() for one in page.all("h2")]
    assert headings[:2] == ["Family planner", "Cook for one"]
    assert headings[2:] == ["Where we heard them", "Where they look and whom they ask", "Where they stand"]
    text = main_text(page)
    assert "Not heard, or not read surely enough: where they look or whom they ask." in text
    assert "nothing heard" in text
    assert "By stage of the journey" in text


def test_every_cell_of_the_matrices_counts_people_of_the_persona(study: Study) -> None:
    quotes = quotes_of(study)
    personas = list(quotes.evidence.personas.values())
    channel, content, journey = matrices(personas, quotes)
    assert [name for name, _ in channel.rows] == []
    assert content.rows == ()
    stages = dict(journey.rows)
    assert [cell.n_people for cell in stages["use"]] == [2, 0], "the card's own count"
    assert [one.text for one in stages["use"][0].quotes] == [
        "Does the job for us.",
        "I take a screenshot now, before I go down.",
    ]
    for _, cells in journey.rows:
        for cell in cells:
            assert len({one.person for one in cell.quotes}) == len(cell.quotes) <= cell.n_people


def test_channels_are_counted_as_the_documents_say(study: Study) -> None:
    named = replace(persona(study), channels=(CountedLine("App Store", 2, 5), CountedLine("mail", 1, 5)))
    tables = study.tables.tables | {Persona: [named, persona(study, "alone")]}
    quotes = quotes_of(replace(study, tables=Batch(tables)))
    channel = matrices(list(quotes.evidence.personas.values()), quotes)[0]
    assert [(name, [cell.n_people for cell in cells]) for name, cells in channel.rows] == [
        ("App Store", [2, 0]),
        ("mail", [1, 0]),
    ]
    lines = card_lines(named, quotes.evidence, quotes)
    assert [[one.person for one in line.quotes] for line in lines.channels] == [["P0004", "P0007"], ["P0008"]]


def test_a_channel_with_a_colon_keeps_its_words(study: Study) -> None:
    tables = study.tables.tables
    documents = [replace(one, channel="shop: web") if one.channel == "App Store" else one for one in tables[Document]]
    named = replace(persona(study), channels=(CountedLine("shop: web", 2, 5),))
    batch = Batch(tables | {Document: documents, Persona: [named, persona(study, "alone")]})
    quotes = quotes_of(replace(study, tables=batch))
    channel = matrices(list(quotes.evidence.personas.values()), quotes)[0]
    assert [(name, [cell.n_people for cell in cells]) for name, cells in channel.rows] == [("shop: web", [2, 0])]
    (line,) = card_lines(named, quotes.evidence, quotes).channels
    assert (line.name, line.count, [one.person for one in line.quotes]) == ("shop: web", "2 of 5", ["P0004", "P0007"])


def test_people_who_may_not_be_quoted_are_silent_on_every_page(study: Study) -> None:
    silent = frozenset({"P0001", "P0007"})
    chosen = for_readers(study.tables, silent)
    maps = draw_maps(chosen, EmpathyConfig()).of(EmpathyEntry)
    shown = withhold(Batch({**study.tables.tables, EmpathyEntry: maps}), silent)
    pages = parsed(written(replace(study, tables=shown)))
    for path in NEW_PAGES:
        text = main_text(pages[path])
        for words in ("mushrooms in", "“mushrooms”", "back of an envelope", "an hour to ten minutes", "for an onion"):
            assert words not in text, (path, words)
        assert not any(MARK in one.text for one in pages[path].all("q") if path in (SALES, WALK, "messages.html"))
    assert not pages["messages.html"].all("p", class_="line answer"), "the answer was theirs"
    method = main_text(pages["method.html"])
    assert "2 people do not consent to be quoted here: counted, and never quoted" in method


def shared(said: dict[str, list[str]]) -> Study:
    """Persona -> for each of its people the insights they hold, as letters."""
    made = Made()
    for home, people in said.items():
        for number, keys in enumerate(people):
            text = " ".join(f"[[pain_point:{key}|It is {key} that fails]]." for key in keys) or "Fine."
            made.document(f"{home}{number}", "review", "a.csv", [(f"{home}{number}", "participant", text)])
            made.add(Membership(f"{home}{number}", home, 1.0))
        size = len(people)
        made.add(Persona(home, home, "secondary", None, size, None, "", "consensus", 0.0, 1.0, size, size, 0))
    for key in sorted(made.claims):
        made.insight(key, f"{key} fails")
    return Study("r", "T", "", Config(), made.tables())


def test_common_to_all_is_said_by_a_quarter_of_every_persona() -> None:
    both = Evidence(shared({"x": ["ab", "a", "a", "b"], "y": ["a", "c", "c", "c"]}))
    assert ([one.insight_id for one in common_to_all(both)[0]], common_to_all(both)[1]) == (["a"], False)
    few = Evidence(shared({"x": ["a", *("b" * 9)], "y": ["a", *("c" * 9)]}))
    assert ([one.insight_id for one in common_to_all(few)[0]], common_to_all(few)[1]) == (["a"], True)
    none = Evidence(shared({"x": ["a", "b"], "y": ["c", "d"]}))
    assert common_to_all(none) == ([], True)


def test_the_insights_page_tells_urgency_course_ratings_and_likeness(pages: dict[str, Page]) -> None:
    article = next(one for one in pages["insights.html"].all("article", data_insight="p2"))
    text = " ".join(article.text.split())
    assert "Medium urgency: said in the last 30 days: 1 of 3 people" in text
    assert "Trend: rising" in text
    assert "points" not in text, "points of a share are percentages, and eleven people are too few for them"
    assert "Jan 2026 1 of 2, Mar 2026 1 of 4, May 2026 1 of 3" in text
    assert "May be the same: List does not open without internet" in text
    assert "Most typical:" in text
    assert "Said otherwise:" in text
    single = quotes_of(small_study()).insight(next(one for one in small_study().tables.of(Insight) if one.impact_high))
    assert single.impact == "+2.4 (+0.6 to +4.2)"


def test_a_trend_tells_its_interval_in_a_study_of_thirty_and_over() -> None:
    insight = next(one for one in small_study().tables.of(Insight) if one.trend_low)
    assert trend_words(insight, 30) == "rising (share +2 to +31 points)"
    assert trend_words(insight, 29) == "rising"
    assert trend_words(replace(insight, trend="too little data"), 100) == ""
    assert trend_words(replace(insight, trend="steady", trend_low=-0.014, trend_high=0.002), 99) == (
        "steady (share −1 to 0 points)"
    )
    assert periods(replace(insight, periods=insight.periods[:2])) == (), "two points are no course"
    assert [one.height for one in periods(insight)] == [1.0, 0.5, pytest.approx(2 / 3)]


@pytest.mark.parametrize(
    ("name", "said"),
    [("app store", "App store"), ("r/larkbook", "r/larkbook"), ("shop.example", "shop.example"), ("", "")],
)
def test_names_that_are_addresses_stay_as_given(name: str, said: str) -> None:
    assert wording.named(name) == said


def test_the_map_and_the_canvas_hold_the_same_lines(study: Study, pages: dict[str, Page]) -> None:
    text = main_text(pages[CANVAS])
    for one in study.tables.of(EmpathyEntry):
        if one.persona_id == "families":
            assert one.statement in text
