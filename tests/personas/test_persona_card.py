"""The card's fields: each counts people, leads to its evidence, or is absent; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import replace

from voc_engine.config.sections import PersonasConfig
from voc_engine.personas.disclosed import JOURNEY, ROLES, day, journey, leading_roles, roles, section, themselves
from voc_engine.personas.persona_names import GIVEN_NAMES, alliterative
from voc_engine.personas.profiles import Crowd, Person, gather
from voc_engine.personas.signals import emotions, themes_apart
from voc_engine.personas.stage import run
from voc_engine.personas.told_well import read_well
from voc_engine.personas.traits import holding
from voc_engine.records import (
    DISCLOSURES,
    Batch,
    CountedLine,
    Disclosure,
    Document,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Persona,
    Segment,
)


def mention(number: int, who: str, quote: str, kind: str = "pain_point", **more: object) -> Mention:
    given: dict[str, object] = {
        "probability": 0.9, "sentiment": "negative", "sentiment_score": -0.4, "emotion": "neutral", "severity": "low",
        "severity_score": 0.1, "quadrant": "says", "basis": "stated", "reasons": (),
    }  # fmt: skip
    return Mention(f"m{number}", f"s{number}", f"d{number}", who, kind, 0, len(quote), quote, **(given | more))  # type: ignore[arg-type]


def crowd(*said: Mention) -> Crowd:
    people: dict[str, Person] = {}
    for one in said:
        people.setdefault(one.person_id, Person(one.person_id)).mentions.append(one)
    return Crowd([people[name] for name in sorted(people)], {})


def tells(who: str, *said: tuple[str, str] | tuple[str, str, str], quotable: str = "external") -> Person:
    """A person who tells (field, quote) or (field, quote, thing), the first the surest."""
    person = Person(who)
    for number, one in enumerate(said):
        field, quote, thing = (*one, None)[:3]
        person.disclosures.append(
            Disclosure(f"{who}-{number}", f"s{who}", "d", who, field, 0, len(quote), quote, 0.9 - number / 100, thing,
                       quotable=quotable)
        )  # fmt: skip
    return person


def test_what_a_persona_speaks_of_more_and_less_are_themes_and_no_words() -> None:
    people = []
    for number in range(30):
        theme = "waiting list" if number >= 10 else "fee"
        said = mention(number, f"P{number:02}", f"There is a {theme} for everything")
        people.append(Person(said.person_id, [said], insights={f"i-{theme}": [said]}))
    insights = {
        f"i-{theme}": Insight(f"i-{theme}", "pain_point", "x", 20, 20, 0.2, 0.8, -0.4, "low", 0.2, "steady", None, 0.5, 6,
                              0.5, 0.1, 0.3, "m1", theme=theme)
        for theme in ("waiting list", "fee")
    }  # fmt: skip
    (more,), (line,) = themes_apart(people[:10], Crowd(people, insights))
    assert (more.name, more.n_people, more.total, more.n_elsewhere) == ("fee", 10, 10, 0)
    assert set(more.mention_ids) == {f"m{number}" for number in range(10)}
    assert (line.name, line.n_people, line.total) == ("waiting list", 0, 10)
    assert (line.n_elsewhere, line.total_elsewhere) == (20, 20)
    assert {"m10", "m11"} <= set(line.mention_ids)


def test_forms_of_one_theme_are_counted_together() -> None:
    people = []
    for number in range(30):
        theme = ("reminder" if number < 4 else "reminders") if number < 10 else "fee"
        said = mention(number, f"P{number:02}", f"There is a {theme} for everything")
        people.append(Person(said.person_id, [said], insights={f"i-{theme}": [said]}))
    insights = {
        f"i-{theme}{twice}": Insight(f"i-{theme}{twice}", "pain_point", "x", 20, 20, 0.2, 0.8, -0.4, "low", 0.2, "steady",
                                     None, 0.5, 6, 0.5, 0.1, 0.3, "m1", theme=theme)
        for theme, twice in (("reminder", ""), ("reminders", ""), ("reminders", " too"), ("fee", ""))
    }  # fmt: skip
    (more,), _ = themes_apart(people[:10], Crowd(people, insights))
    assert (more.name, more.n_people) == ("reminders", 10)


def test_who_does_not_say_the_noun_does_not_speak_of_the_theme() -> None:
    people = []
    for number in range(30):
        quote = "Our accountant will not sign" if number < 4 else "Why do I need accounts" if number < 10 else "The fee"
        said = mention(number, f"P{number:02}", quote)
        people.append(Person(said.person_id, [said], insights={f"i{number // 10}": [said]}))
    insights = {
        name: Insight(name, "pain_point", "x", 20, 20, 0.2, 0.8, -0.4, "low", 0.2, "steady", None, 0.5, 6, 0.5, 0.1, 0.3,
                      "m1", theme=theme)
        for name, theme in (("i0", "account"), ("i1", "fee"), ("i2", "fee"))
    }  # fmt: skip
    (more,), _ = themes_apart(people[:10], Crowd(people, insights))
    assert (more.name, more.n_people) == ("accounts", 6), "in the number in which they say it"


def test_a_trade_is_no_goal() -> None:
    trade = mention(1, "P1", "I fix bikes in my garage", "goal", sentiment="neutral")
    aim = mention(2, "P1", "I want my evenings back", "goal", sentiment="neutral")
    quote = trade.quote
    told = Disclosure("y1", trade.segment_id, "d1", "P1", "occupation", 0, len(quote), quote, 0.9)
    person = Person("P1", [trade, aim], [told], insights={"i1": [trade], "i2": [aim]})
    held = holding([person])
    assert [i for i in ("i1", "i2") if held.crosses(i, "goal")] == ["i1"]


def test_a_section_counts_people_and_gives_one_quote_of_each() -> None:
    people = [
        tells("P1", ("leaves", "I sent it back"), ("leaves", "I am done with them")),
        tells("P2", ("leaves", "We cancelled in May")),
        tells("P3", ("uses", "I use it every day")),
    ]
    assert section(people, "leaves") == (CountedLine("leaves", 2, 3, disclosure_ids=("P1-0", "P2-0")),)
    assert section(people, "stays") == ()


def test_who_may_not_be_quoted_counts_and_is_not_named() -> None:
    people = [tells("P1", ("stays", "My third one"), quotable="none"), tells("P2", ("stays", "I would not change"))]
    assert section(people, "stays") == (CountedLine("stays", 2, 2, disclosure_ids=("P2-0",)),)


def test_what_one_or_two_of_many_tell_is_no_section() -> None:
    people = [tells(f"P{n:02}", *([("leaves", "I sent it back")] if n < 3 else [])) for n in range(40)]
    assert section(people[:10], "leaves")[0].n_people == 3
    assert section(people[1:11], "leaves") == (), "two of ten"
    assert section([*people, *people[3:]], "leaves") == ()
    assert journey(people[:10]) != ()


def test_a_thing_is_named_where_several_people_name_it_in_whatever_form() -> None:
    people = [
        tells("P1", ("alternative", "Before it was a spreadsheet", "a spreadsheet")),
        tells("P2", ("alternative", "We had spreadsheets", "spreadsheets")),
        tells("P3", ("alternative", "I tried Setmore", "Setmore")),
    ]
    whole, *things = section(people, "alternative")
    assert (whole.name, whole.n_people) == ("alternative", 3)
    assert [(one.of, one.n_people, one.disclosure_ids) for one in things] == [("alternative", 2, ("P1-0", "P2-0"))]
    alone = section(people[2:], "alternative")
    assert [one.name for one in alone] == ["alternative", "Setmore"], "of one person the one word counts"


def test_roles_come_from_what_people_tell_and_from_attributes() -> None:
    people = [tells("P1", ("buys", "I bought it in spring")), tells("P2", ("buys", "I paid for it")), tells("P3")]
    people[1].attributes["role"] = "Decision_maker"
    people[1].attributes["kind"] = "Buyer"
    found = roles(people)
    assert found == (
        CountedLine("buyer", 2, 3, n_given=1, disclosure_ids=("P1-0", "P2-0")),
        CountedLine("decision-maker", 1, 3, n_given=1),
    )
    assert leading_roles(found, 3) is None
    assert leading_roles((CountedLine("buyer", 3, 3),), 3) == "buyer"


def test_the_journey_runs_from_hearing_of_it_to_leaving() -> None:
    people = [
        tells("P1", ("leaves", "I cancelled"), ("hears of it", "A friend showed me")),
        tells("P2", ("buys", "Paid")),
    ]
    assert [(one.name, one.n_people) for one in journey(people)] == [
        ("awareness", 1),
        ("purchase", 1),
        ("departure", 1),
    ]


def test_who_advises_against_it_is_no_advocate() -> None:
    """Regression: "do not buy this player" counted under advocacy."""
    people = [tells("P1", ("recommends", "Get one")), tells("P2", ("recommends", "Do not buy this"))]
    (warning,) = people[1].disclosures
    people[1].mentions.append(replace(mention(2, "P2", "Do not buy this"), segment_id=warning.segment_id))
    assert [(one.name, one.disclosure_ids) for one in journey(people)] == [("advocacy", ("P1-0",))]


def test_every_stage_and_role_is_of_fields_that_there_are() -> None:
    named = {field for fields in (*JOURNEY.values(), *ROLES.values()) for field in fields}
    assert named <= set(DISCLOSURES)


def test_who_they_are_goes_field_by_field() -> None:
    people = [
        tells("P1", ("occupation", "I run a grooming salon", "a grooming salon"), ("size", "There are four of us")),
        tells("P2", ("occupation", "My grooming salon is small", "grooming salon")),
    ]
    found = [(one.of, one.name, one.n_people) for one in themselves(people)]
    assert [of or name for of, name, _ in found] == ["occupation", "occupation", "size"]
    assert [count for *_, count in found] == [2, 2, 1]


def test_a_day_goes_from_morning_to_night_and_has_each_person_once() -> None:
    people = [
        tells("P1", ("routine", "Sunday nights I go through the invoices")),
        tells("P2", ("routine", "I check the list"), ("routine", "At 7:30 am I check the list")),
        tells("P3", ("routine", "At lunch I ring people back")),
        tells("P4", ("routine", "I ring them back"), quotable="none"),
    ]
    assert [one.disclosure_ids[0] for one in day(people)] == ["P2-1", "P3-0", "P1-0"]


def test_feelings_are_named_by_the_speaker_at_a_thing_by_more_than_one_person() -> None:
    everybody = crowd(
        mention(1, "P1", "I hate the booking fee!", emotion="anger", thing="booking fee"),
        mention(2, "P2", "We were furious at that Booking fee", emotion="anger", thing="Booking fee"),
        mention(3, "P3", "I love the font", emotion="joy", thing="font"),
        mention(4, "P4", "The font is unreadable", emotion="joy", thing="font"),
    )
    assert emotions(everybody.people) == (CountedLine("booking fee", 2, 4, of="anger", mention_ids=("m1", "m2")),)
    assert emotions(everybody.people[:1]) == (), "of one person alone half of such lines were right"
    many = [*everybody.people, *(Person(f"Q{n}") for n in range(6))]
    assert emotions(many) == (), "two of ten are no section"


def test_only_what_is_read_well_in_its_kind_of_source_is_counted() -> None:
    documents = [Document(f"d{n}", kind, "a", str(n), f"P{n}", "text") for n, kind in enumerate(("review", "ticket"))]
    segments = [Segment(f"s{n}", f"d{n}", "u", 0, 0, 4, "text", "t", f"P{n}", "participant") for n in range(2)]
    told = [
        Disclosure(f"{field}{n}", f"s{n}", f"d{n}", f"P{n}", field, 0, 4, "text", 0.9)
        for n in range(2)
        for field in ("recommends", "occupation")
    ]
    people = gather(Batch.make((Document, documents), (Segment, segments), (Disclosure, told))).people
    assert [[one.field for one in person.disclosures] for person in people] == [["recommends"], ["occupation"]]
    assert not read_well("approver", "review"), "none was found to be read"


def test_alliterative_names_are_labels_of_a_closed_list() -> None:
    assert alliterative(["late delivery"], set()) == "Delivery Dana"
    assert alliterative(["late delivery", "invoice"], {"delivery dana"}) == "Invoice Indigo"
    assert len(GIVEN_NAMES) == 26
    assert alliterative(["émail"], set()) is None


def study() -> Batch:
    """Twelve people in two declared groups, without gender, age or origin among what is given."""
    mentions, segments, documents, members = [], [], [], []
    said = {"Solo": "I waited two weeks for my payout", "Team": "Our staff cannot see the calendar"}
    for number in range(12):
        plan = "Solo" if number % 2 else "Team"
        one = mention(number, f"P{number:02d}", said[plan])
        mentions.append(one)
        segments.append(Segment(f"s{number}", f"d{number}", "u", 0, 0, len(one.quote), one.quote, one.quote,
                                one.person_id, "participant"))  # fmt: skip
        documents.append(
            Document(f"d{number}", "ticket", "a.csv", "1", one.person_id, one.quote, attributes={"plan": plan})
        )
        members.append(InsightMember(one.mention_id, f"i{plan}"))
    insights = [
        Insight(f"i{plan}", "pain_point", words, 6, 6, 0.2, 0.8, -0.4, "low", 0.2, "steady", None,
                0.5, 6, 0.5, 0.1, 0.3, "m1")
        for plan, words in said.items()
    ]  # fmt: skip
    return Batch.make(
        (Mention, mentions), (Segment, segments), (Document, documents), (InsightMember, members), (Insight, insights)
    )


def test_no_gender_age_or_origin_is_invented() -> None:
    guessed = re.compile(
        r"\b(?:he|she|his|her|him|male|female|man|woman|men|women|boy|girl|young|old|aged?|years|mr|mrs|ms|white|black|asian"
        r"|hispanic|photo|face)\b",
        re.I,
    )
    for persona in run(study(), PersonasConfig(attribute="plan")).of(Persona):
        words = [persona.name, persona.summary, persona.role_type or "", *(one.text for one in persona.notes),
                 *(f"{line.of} {line.name}" for line in
                   (*persona.facts, *persona.role_types, *persona.unlike, *persona.journey))]  # fmt: skip
        assert not [word for word in words if guessed.search(word)]


def test_every_person_of_a_small_declared_group_stays_in_it_when_nothing_is_found_within() -> None:
    result = run(study(), PersonasConfig(attribute="plan", within=True))
    assert {p.name for p in result.of(Persona)} == {"Solo", "Team"}
    assert all(one.persona_id for one in result.of(Membership))
