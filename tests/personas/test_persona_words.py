"""The words of a card: names from what sets a group apart, facts once, traits and quotes worth a card."""

from __future__ import annotations

from voc_engine.personas.distinctive_terms import Terms, strongest
from voc_engine.personas.lines import facts
from voc_engine.personas.persona_names import joined, led, phrase, together
from voc_engine.personas.profiles import Crowd, Person, Statement, gather
from voc_engine.personas.traits import distinctive, holding, quotes
from voc_engine.personas.vocabulary import words_of
from voc_engine.records import Batch, CountedLine, Document, Insight, Mention, Segment

DESK = (
    "Somebody moved the calendar again and Kayleigh cried.",
    "The waiting list is full, so the calendar is no use.",
    "I look at the waiting list at the desk.",
)
BOOKS = (
    "The VAT on that invoice is wrong.",
    "I close the VAT return, then the invoice.",
    "An invoice without VAT is free.",
)


def person(number: int, texts: tuple[str, ...]) -> Person:
    made = Person(f"P{number:03d}")
    made.statements = [Statement(text, text, False, ()) for text in texts]
    return made


def crowd() -> Crowd:
    return Crowd([person(n, DESK if n < 8 else BOOKS) for n in range(16)], {})


def mention(number: int, who: str, quote: str, kind: str = "pain_point", sentiment: str = "negative") -> Mention:
    return Mention(
        f"m{number:03d}", f"s{number}", "d", who, kind, 0, len(quote), quote, 0.9, sentiment, 0.0, "neutral", "low", 0.1,
        "says", "stated", (),
    )  # fmt: skip


def insight(name: str) -> Insight:
    return Insight(
        name, "pain_point", name, 2, 2, 0.1, 0.5, -0.5, "low", 0.2, "steady", None, 0.2, 2, 0.5, 0.1, 0.3, "m"
    )


def test_names_come_from_nouns_that_set_a_group_apart() -> None:
    everybody = crowd()
    words = Terms(everybody)
    desk = strongest(words.of(everybody.people[:8]), 4)
    books = strongest(words.of(everybody.people[8:]), 3)
    assert {"calendar", "waiting list"} <= set(desk)
    assert {"VAT return", "invoice"} <= set(books)
    shown = {word for term in (*desk, *books) for word in term.split()}
    assert not shown & {"Kayleigh", "kayleigh", "free", "the", "somebody"}


def test_a_name_reads_as_a_list_and_keeps_abbreviations() -> None:
    assert joined(["waiting list", "desk", "VAT"]) == "Waiting list, desk and VAT"
    assert joined(["VAT"]) == "VAT"


def test_words_leave_out_masks_numbers_and_pseudonyms() -> None:
    assert words_of("P0012 rang [phone] 3 times, didn’t he?") == ["rang", "times", "didn't", "he"]


def test_what_nobody_outside_says_is_distinctive_even_with_few_people() -> None:
    assert distinctive({"i1": 4, "i2": 4}, {"i1": 4, "i2": 16}, (48, 200), {n: insight(n) for n in ("i1", "i2")}) == (
        "i1",
    )


def test_traits_are_frequent_and_not_what_everybody_says() -> None:
    people = [Person(f"P{n}") for n in range(20)]
    for n, one in enumerate(people):
        said = mention(n, one.person_id, "It is slow.")
        one.insights = {"common": [said]} if n in (0, 1, 2) or n >= 10 else {"ours": [said]} if n in (3, 4) else {}
    insights = {name: insight(name) for name in ("common", "ours")}
    ranked = holding(people[:10]).ranked(Crowd(people, insights), "pain_point", holding(people).counts, {})
    assert ranked == ("ours", "common")


def test_capitals_make_no_second_attribute() -> None:
    documents = [
        Document("d1", "ticket", "a", "1", "P1", "text", attributes={"country": "UK"}),
        Document("d2", "survey", "b", "1", "P1", "text", attributes={"Country": "UK"}),
        Document("d3", "survey", "b", "2", "P2", "text", attributes={"Country": "UK"}),
        Document("d4", "ticket", "a", "2", "P2", "text", attributes={"country": "UK", "status": "open"}),
    ]
    segments = [Segment(f"s{n}", f"d{n}", "u", 0, 0, 4, "text", "t", f"P{1 + n // 3}", "participant") for n in (1, 3)]
    people = gather(Batch.make((Document, documents), (Segment, segments))).people
    assert facts(people) == (CountedLine("UK", 2, 2, of="country"),)
    assert people[0].given("COUNTRY") == "UK"


def test_what_hangs_on_a_few_documents_is_no_fact_of_the_group() -> None:
    people = [Person(f"P{n}", attributes={"plan": "Team"} | ({"status": "open"} if n < 5 else {})) for n in range(10)]
    assert facts(people) == (CountedLine("Team", 10, 10, of="plan"),)


def test_quotes_are_whole_sentences_of_distinct_people_on_distinct_matters() -> None:
    one, two, three = Person("P1"), Person("P2"), Person("P3")
    one.mentions = [
        mention(1, "P1", "A fee for booking"),
        mention(2, "P1", "I only saw the booking fee when the money was gone."),
    ]
    two.mentions = [mention(3, "P2", "The booking fee was only seen by me when the money was gone.")]
    three.mentions = [mention(4, "P3", "The code never comes to my phone, so I ring the salon.")]
    chosen = quotes([one, two, three], {"fee": 3.0, "code": 3.0}, ())
    assert chosen[:2] in (("m002", "m004"), ("m004", "m002"))
    assert "m001" not in chosen


def test_a_pair_makes_a_name_only_where_people_say_both_in_one_sentence() -> None:
    desk = crowd().people[:8]
    assert together(desk, ["waiting list", "calendar"])
    assert not together(desk, ["Kayleigh", "desk"])


def test_a_name_has_the_article_that_people_use() -> None:
    assert led("calendar", crowd().people[:8]) == "the calendar"
    assert (
        led("invoices", [person(1, ("We send invoices late.", "Where are my invoices?", "I hate invoices."))])
        == "invoices"
    )


def test_names_of_one_study_do_not_all_begin_alike() -> None:
    people = crowd().people[:8]
    for number, one in enumerate(people):
        one.mentions = [mention(number, one.person_id, DESK[0])]
    first = phrase(people, ["calendar"])
    assert first == "Struggles with the calendar"
    assert phrase(people, ["calendar"], {first.lower()}) == "Has trouble with the calendar"


def test_a_question_asks_about_a_thing_and_not_for_it() -> None:
    people = crowd().people[:8]
    for number, one in enumerate(people):
        one.mentions = [mention(number, one.person_id, "Where is the calendar?", "request", "neutral")]
    assert phrase(people, ["calendar"]) == "Asks about the calendar"
