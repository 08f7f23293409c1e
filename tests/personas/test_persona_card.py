"""The card's fields: each counts people, leads to its evidence, or is absent; nothing is guessed."""

from __future__ import annotations

import re

import pytest

from voc_engine.config.sections import PersonasConfig
from voc_engine.personas.card_cues import found_in
from voc_engine.personas.objection_answers import Answers
from voc_engine.personas.persona_names import GIVEN_NAMES, alliterative, phrase
from voc_engine.personas.profiles import Crowd, Person
from voc_engine.personas.signals import (
    Signals,
    churn,
    contents,
    criteria,
    emotions,
    journey,
    leading_roles,
    roles,
)
from voc_engine.personas.stage import run
from voc_engine.records import (
    Answer,
    Batch,
    CountedLine,
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


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("We ordered two of them", ("role", "buyer")),
        ("I told my boss about it", ("role", "influencer")),
        ("I cancelled after a week", ("churn", "cancelling")),
        ("Want my money back", ("churn", "money back")),
        ("I watched the video twice", ("content", "video")),
        ("Is there a case study", ("criterion", "proof that it works")),
        ("I need to know before I buy", ("criterion", "an answer before they commit")),
        ("we’ve signed up yesterday", ("journey", "decision")),
    ],
)
def test_a_cue_is_found_in_their_words(words: str, cue: tuple[str, str]) -> None:
    assert cue in found_in(words)


@pytest.mark.parametrize("words", ["The video freezes", "It is slow", "They bought us out", "Reviews are missing"])
def test_what_nobody_says_of_themselves_is_no_cue(words: str) -> None:
    assert not {name for name, _ in found_in(words)} & {"role", "content", "churn"}


def test_lines_count_people_and_name_one_mention_each() -> None:
    everybody = crowd(
        mention(1, "P1", "I want a refund"), mention(2, "P1", "Refund me"), mention(3, "P2", "No refund yet"),
        mention(4, "P3", "It is slow"),
    )  # fmt: skip
    (line,) = churn(everybody.people, Signals(everybody))
    assert line == CountedLine("money back", 2, 3, mention_ids=("m1", "m3"))


def test_who_may_not_be_quoted_counts_and_is_not_named() -> None:
    everybody = crowd(mention(1, "P1", "I want a refund", quotable="none"), mention(2, "P2", "A refund please"))
    assert churn(everybody.people, Signals(everybody)) == (CountedLine("money back", 2, 2, mention_ids=("m2",)),)


def test_roles_come_from_words_and_from_attributes() -> None:
    everybody = crowd(mention(1, "P1", "I bought it"), mention(2, "P2", "It is slow"), mention(3, "P3", "It is slow"))
    everybody.people[1].attributes["role"] = "Decision_maker"
    everybody.people[1].attributes["kind"] = "Buyer"
    found = roles(everybody.people, Signals(everybody))
    assert found == (
        CountedLine("buyer", 2, 3, n_given=1, mention_ids=("m1",)),
        CountedLine("decision-maker", 1, 3, n_given=1),
    )
    assert leading_roles(found, 3) is None
    assert leading_roles((CountedLine("buyer", 3, 3),), 3) == "buyer"


def test_a_stage_of_the_journey_has_its_evidence() -> None:
    everybody = crowd(mention(1, "P1", "When we grew", "trigger"), mention(2, "P2", "Too dear", "objection"))
    assert journey(everybody.people, Signals(everybody)) == (
        CountedLine("awareness", 1, 2, mention_ids=("m1",)),
        CountedLine("consideration", 1, 2, mention_ids=("m2",)),
    )


def test_criteria_are_named_after_what_holds_them_back() -> None:
    everybody = crowd(mention(1, "P1", "Too dear for us", "objection", objection_type="price"))
    assert criteria(everybody.people, Signals(everybody)) == (CountedLine("the price", 1, 1, mention_ids=("m1",)),)


def test_one_word_of_content_is_no_preference() -> None:
    one = crowd(mention(1, "P1", "I read the docs"))
    two = crowd(mention(1, "P1", "I read the docs"), mention(2, "P2", "I looked for a manual"))
    assert contents(one.people, Signals(one)) == ()
    assert contents(two.people, Signals(two)) == (CountedLine("documentation", 2, 2, mention_ids=("m1", "m2")),)


def test_feelings_have_an_object_and_more_than_one_person() -> None:
    everybody = crowd(
        mention(1, "P1", "Fee again!", emotion="anger", thing="booking fee"),
        mention(2, "P2", "That fee!", emotion="anger", thing="Booking fee"),
        mention(3, "P3", "Lovely font", emotion="joy", thing="font"),
    )
    assert emotions(everybody.people) == (CountedLine("booking fee", 2, 3, of="anger", mention_ids=("m1", "m2")),)


def test_an_objection_is_answered_by_other_people_who_are_content_with_the_same() -> None:
    doubt = mention(1, "P1", "Is the import hard?", "objection", thing="import")
    own = mention(2, "P1", "The import is nice", "delight", thing="import", sentiment="positive")
    other = mention(3, "P2", "The import took a minute", "delight", thing="the import", sentiment="positive")
    apart = mention(4, "P3", "The colours are nice", "delight", thing="colours", sentiment="positive")
    quiet = mention(5, "P4", "The import is great", "delight", thing="import", sentiment="positive", quotable="none")
    everybody = crowd(doubt, own, other, apart, quiet)
    everybody.people[0].insights["i1"] = [doubt]
    assert Answers(everybody).to(["i1"]) == (Answer("i1", ("m3",)),)


def test_a_name_tells_what_they_do_in_words_of_theirs() -> None:
    people = crowd(
        mention(1, "P1", "The payout is late again", what="slow"),
        mention(2, "P2", "Still no payout", what="slow"),
        mention(3, "P3", "The invoice is fine", "delight"),
    ).people
    assert phrase(people, ["payout"]) == "Waits for payout"
    assert phrase(people, ["calendar", "desk"]) == "Talks about calendar and desk"


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
