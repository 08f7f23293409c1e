"""The words of a card: names from what sets a group apart, facts once, traits and quotes worth a card."""

from __future__ import annotations

from dataclasses import replace

from voc_engine.personas.borne_out import borne_out, held_surely
from voc_engine.personas.distinctive_terms import Terms, strongest
from voc_engine.personas.lines import facts
from voc_engine.personas.persona_card import _leading, _naming
from voc_engine.personas.persona_names import candidates, joined, matters_of, several, who_they_are
from voc_engine.personas.profiles import Crowd, Person, Statement, gather
from voc_engine.personas.traits import distinctive, holding, quotes
from voc_engine.personas.vocabulary import words_of
from voc_engine.records import BY_THING, Batch, CountedLine, Disclosure, Document, Insight, Mention, Segment

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
    return Insight(name, "pain_point", "", 2, 2, 0.1, 0.5, -0.5, "low", 0.2, "steady", None, 0.2, 2, 0.5, 0.1, 0.3, "m")


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
        one.insights = {"common": [said]} if n in (0, 1, 2) or n >= 10 else {"ours": [said]} if n in (3, 4, 5) else {}
        one.insights |= {"rare": [said]} if n in (6, 7) else {}
    insights = {name: insight(name) for name in ("common", "ours", "rare")}
    ranked = holding(people[:10]).ranked(Crowd(people, insights), "pain_point", holding(people).counts, {})
    assert ranked == ("ours", "common"), "what two of ten say is no trait of theirs"


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
    assert people[0].stated("COUNTRY") == "UK"


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


def found(
    name: str, thing: str | None, what: str | None, statement: str = "It is so for us all of the time"
) -> Insight:
    return replace(insight(name), name=name, thing=thing, what=what, statement=statement)


def test_what_they_are_about_is_short_and_has_its_thing_as_a_noun() -> None:
    told = [
        found("Refund: wrong or inconsistent", "refund", "wrong"),
        found("Export: wrong or inconsistent", "export", "wrong"),
        found("Period lock: missing", "period lock", "missing"),
        found("Lock: not trusted", "lock", "unsafe"),
        found("", None, None),
        found("", None, None, "Code not coming to my phone at all"),
        found("No-shows", "no-shows", "missing"),
    ]
    assert matters_of(told, {}) == ["wrong refund and export", "no period lock", "no-shows"]


def test_a_thing_of_which_most_say_something_else_names_no_trouble() -> None:
    told = [replace(found("", thing, None), n_people=3) for thing in ("list", "waiting list", "signal")]
    assert matters_of(told, {"list": 15, "signal": 5}) == ["trouble with signal"]
    assert matters_of(told, {"list": 7, "signal": 5}) == ["trouble with list and signal"]


def test_a_name_says_who_and_what_about() -> None:
    people = crowd().people
    for number, one in enumerate(people):
        one.attributes["plan"] = "Team" if number < 7 else "none"
    everybody = Crowd(people, {"i": found("Payout: slow or late", "payout", "slow")})
    assert candidates(people[:8], everybody, ["i"], None, ["calendar"])[0] == "Team plan: slow payout"
    words = ["calendar", "desk"]
    assert candidates(people[8:], everybody, [], None, words)[0] == "No plan: more about calendar and desk"
    themes = ["staff", "calendar", "payouts", "slot"]
    assert candidates(people[:8], everybody, ["i"], None, (), themes)[0] == "Team plan: slow payout"
    assert candidates(people[:8], everybody, [], None, words, themes)[0] == "Team plan: more about staff and calendar"
    assert candidates(people[:8], everybody, ["i"], "Salons")[:2] == ["Salons", "Salons: slow payout"]


def test_who_they_are_is_what_most_share_and_others_do_not() -> None:
    people = crowd().people
    for number, one in enumerate(people):
        one.attributes["country"] = "Ireland"
        one.attributes["role"] = ("groomer", "tutor")[number % 2] if number < 8 else "client"
    assert who_they_are(people[:8], Crowd(people, {})) == "Groomer and tutor"
    for one in people:
        del one.attributes["role"]
    assert who_they_are(people[:8], Crowd(people, {})) is None, "all are in Ireland"


def test_trades_that_people_tell_name_them_in_the_plural() -> None:
    people = crowd().people
    for number, one in enumerate(people[:8]):
        trade = ("dog groomer", "tutor")[number % 2]
        one.disclosures = [
            Disclosure(f"y{number}", "s", "d", one.person_id, "occupation", 0, 8, "I am one", 0.9, trade)
        ]
    assert who_they_are(people[:8], Crowd(people, {})) == "Dog groomers and tutors"
    assert [several(one) for one in ("nanny", "physics", "salesmen", "nurse")] == [
        "nannies",
        "physics",
        "salesmen",
        "nurses",
    ]


def test_praise_is_no_pain_and_a_complaint_no_gain() -> None:
    people = [Person(f"P{n}") for n in range(3)]
    for number, one in enumerate(people):
        complaint = mention(number, one.person_id, "The cat cost twenty more than I thought.", "delight")
        one.insights = {"dear": [complaint], "nice": [replace(complaint, sentiment="positive")]}
    insights = {name: replace(insight(name), kind="delight") for name in ("dear", "nice")}
    pains = {name: insight(name) for name in ("dear", "nice")}
    held = holding(people)
    assert held.ranked(Crowd(people, insights), "delight", held.counts, {}) == ("nice",)
    assert held.ranked(Crowd(people, pains), "pain_point", held.counts, {}) == ("dear",)


def test_people_at_the_edge_of_a_finding_do_not_stand_under_its_heading() -> None:
    """All of them speak of the price; the key point is said by people of another group."""
    price = replace(insight("dear"), statement="Price went up between booking and paying", n_people=8)
    people = [Person(f"P{n}") for n in range(4)]
    said = ["Can prices differ?", "Diarypro put their price up", "The price list was changed once", "Price again"]
    for number, one in enumerate(people):
        one.insights = {"dear": [mention(number, one.person_id, said[number])]}
    assert not borne_out(price, people)
    held = holding(people)
    assert held.ranked(Crowd(people, {"dear": price}), "pain_point", held.counts, {}) == ()
    assert held_surely(held.counts, {"dear": price}, people) == {}
    mostly = replace(price, n_people=7)
    assert borne_out(mostly, people), "most who say it are of this group: what others of them say in other words counts"
    assert not borne_out(replace(mostly, kind="goal"), people), "a goal is asked everywhere"
    says = [
        mention(9, "P9", "The price went up again while I was booking it"),
        mention(8, "P8", "Price goes up at booking"),
    ]
    for one, quote in zip(people, says, strict=False):
        one.insights = {"dear": [replace(quote, person_id=one.person_id)]}
    assert borne_out(price, people), "half of them say it"
    assert not borne_out(replace(price, kind="goal"), people), "a card opens with its goals"
    assert borne_out(replace(price, medoid_mention_id="m003"), people[3:]), "whoever lends the key point says it"
    assert borne_out(replace(price, basis=BY_THING), people[2:]), "a thing and a side have no key point that all say"


def test_on_a_profile_of_one_stands_what_is_sure_and_understood_alone() -> None:
    said = mention(1, "P1", "The old code base had a lot of problems")
    kinds = {"sure": 0.95, "unsure": 0.8, "unclear": 0.95}
    one = Person("P1")
    for name, chance in kinds.items():
        one.insights[name] = [replace(said, probability=chance, understood=0.4 if name == "unclear" else 0.9)]
    held = holding([one])
    assert held.ranked(Crowd([one], {name: insight(name) for name in kinds}), "pain_point", held.counts, {}) == (
        "sure",
    )


def test_a_name_says_what_most_say_or_what_is_said_more() -> None:
    people = [Person(f"P{n}") for n in range(4)]
    for one in people[:3]:
        one.insights["most"] = []
    people[0].insights["few"] = []
    traits = {"goals": ("few", "most"), "pains": ("few",)}
    assert _naming(["few"], traits, holding(people)) == ["most"]


AIMS = (
    "I want to have my Sundays for myself again.",
    "We are trying to grow without hiring anybody.",
    "My aim is that no parent ever waits for an answer.",
    "I want to know each evening what we earned.",
    "To keep the choir together, all forty of them.",
)


def wanting(number: int, words: str) -> Mention:
    return replace(mention(number, f"P{number}", words), kind="goal", sentiment="neutral")


def test_single_peoples_aims_stand_where_no_goal_is_shared_and_other_single_words_stay_off_the_card() -> None:
    people = [Person(f"P{n}") for n in range(8)]
    for number, one in enumerate(people):
        one.insights = {"shared" if number < 2 else f"own{number}": [wanting(number, AIMS[number % len(AIMS)])]}
    goals = {name: replace(insight(name), kind="goal") for one in people for name in one.insights}
    held, crowd = holding(people), Crowd(people, goals)
    assert held.ranked(crowd, "goal", held.counts, {}) == ("shared",)
    apart = holding(people[2:])
    assert len(apart.ranked(crowd, "goal", held.counts, {})) == 3, "three single voices at most"
    pains = {name: insight(name) for name in goals}
    assert held.ranked(Crowd(people, pains), "pain_point", held.counts, {}) == ("shared",)


def test_an_errand_is_no_goal_of_a_group_however_many_have_it() -> None:
    """Regression: "Haircut: to get" led the goals of a whole study."""
    errands = ("I want a haircut on Friday.", "Trying to book my mother in for a jab.", "I wanted new tyres.")
    people = [Person(f"P{n}") for n in range(3)]
    for number, one in enumerate(people):
        one.insights = {
            "errand": [wanting(number, errands[number])],
            "aim": [wanting(10 + number, AIMS[number])],
        }
    goals = {name: replace(insight(name), kind="goal") for name in ("errand", "aim")}
    held = holding(people)
    assert held.ranked(Crowd(people, goals), "goal", held.counts, {}) == ("aim",)


def test_an_objection_that_few_surely_raise_is_none_of_the_groups() -> None:
    people = [Person(f"P{n}") for n in range(4)]
    for number, one in enumerate(people):
        said = replace(mention(number, one.person_id, "I would not pay for it."), kind="objection")
        one.insights = {
            "sure": [replace(said, probability=0.9 if number < 2 else 0.6)],
            "unsure": [replace(said, probability=0.9 if number < 1 else 0.6)],
        }
    objections = {name: replace(insight(name), kind="objection") for name in ("sure", "unsure")}
    held = holding(people)
    assert held.ranked(Crowd(people, objections), "objection", held.counts, {}) == ("sure",)


def test_a_card_quotes_what_can_be_understood_alone() -> None:
    one = Person("P1")
    clear = replace(mention(1, "P1", "The export leaves out every refund."), understood=0.9)
    one.mentions = [clear, replace(mention(2, "P2", "It does that whenever I do this one."), understood=0.3)]
    assert quotes([one], {}, ()) == (clear.mention_id,)


def test_one_persons_aim_is_no_leading_trait_of_a_group() -> None:
    people = [Person(f"P{n}") for n in range(4)]
    for one in people:
        one.insights = {"pain": []}
    people[0].insights["own"] = []
    traits = {"goals": ("own",), "pains": ("pain",), "objections": (), "requests": (), "delights": (), "triggers": ()}
    assert _leading((), traits, holding(people)) == ("pain",)
