"""Empathy maps from hand-made mentions: what stands in which quadrant, and what is kept out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from voc_engine.config.sections import EmpathyConfig
from voc_engine.empathy.stage import run
from voc_engine.records import (
    EMPATHY_QUADRANTS,
    Batch,
    EmpathyEntry,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Persona,
    Segment,
)

OPTIONS = EmpathyConfig()
CARD = Persona("p1", "Exporters", "primary", None, 3, 0.9, "", "consensus", 0.1, 0.5, 3, 3, 1)


def mention(number: int, person: str, quote: str, **given: object) -> Mention:
    fields: dict[str, object] = {
        "mention_id": f"m{number:03d}",
        "segment_id": f"s{number}",
        "document_id": "d",
        "person_id": person,
        "kind": "pain_point",
        "start": 0,
        "end": len(quote),
        "quote": quote,
        "probability": 0.9,
        "sentiment": "negative",
        "sentiment_score": -0.5,
        "emotion": "anger",
        "severity": "medium",
        "severity_score": 0.5,
        "quadrant": "thinks",
        "basis": "stated",
        "reasons": (),
        "statement": quote,
    }
    return Mention(**(fields | given))  # type: ignore[arg-type]


def insight(name: str, statement: str, kind: str = "pain_point") -> Insight:
    return Insight(
        name, kind, statement, 2, 2, 0.1, 0.5, -0.5, "medium", 0.2, "steady", None, 0.2, 2, 0.5, 0.1, 0.3, "m000"
    )


def entries(
    mentions: Sequence[Mention],
    insights: Sequence[Insight] = (),
    members: Sequence[tuple[str, str]] = (),
    options: EmpathyConfig = OPTIONS,
    others: int = 20,
) -> dict[str, list[EmpathyEntry]]:
    people = sorted({m.person_id for m in mentions})
    lists = {f"{kind}s": tuple(one.insight_id for one in insights if one.kind == kind) for kind in ("goal", "delight")}
    pains = tuple(one.insight_id for one in insights if one.kind == "pain_point")
    batch = Batch.make(
        (Persona, [replace(CARD, n_people=len(people), pains=pains, **lists)]),
        (Membership, [Membership(p, "p1", 0.9) for p in people]),
        (Mention, mentions),
        (Insight, insights),
        (InsightMember, [InsightMember(m, i) for m, i in members]),
        (Segment, [Segment(f"x{n}", "d", "u", 0, 0, 2, "hm", "hm", f"Q{n}", "participant") for n in range(others)]),
    )
    found: dict[str, list[EmpathyEntry]] = {}
    for entry in run(batch, options).of(EmpathyEntry):
        found.setdefault(entry.quadrant, []).append(entry)
    return found


def test_says_are_the_exact_words_of_distinct_people_on_distinct_matters() -> None:
    given = [
        mention(1, "P1", "The export button is hidden from me."),
        mention(2, "P2", "The export button is hidden away from me."),
        mention(3, "P3", "Sync loses my notes every single week."),
        mention(4, "P1", "Support answered nothing for two weeks."),
    ]
    found = entries(given, options=EmpathyConfig(entries=2))["says"]
    quotes = {m.quote: m for m in given}
    assert len(found) == 2
    assert "Sync loses my notes every single week." in {e.statement for e in found}
    assert all(quotes[e.statement].mention_id == e.mention_ids[0] for e in found)
    assert len({quotes[e.statement].person_id for e in found}) == 2


def test_a_thought_is_one_persons_and_what_most_share_stands_first() -> None:
    given = [
        mention(1, "P4", "I find the price too high"),
        mention(2, "P1", "I think the export is hidden"),
        mention(3, "P2", "I guess export is somewhere else"),
        mention(4, "P3", "I believe the export is gone"),
    ]
    members = [("m001", "i1"), ("m002", "i2"), ("m003", "i2"), ("m004", "i2")]
    thinks = entries(given, [insight("i1", "x"), insight("i2", "y")], members)["thinks"]
    assert [e.n_people for e in thinks] == [1, 1]
    assert thinks[0].mention_ids[0] in {"m002", "m003", "m004"}
    assert [e.index for e in thinks] == [0, 1]


def test_what_somebody_wants_comes_after_what_they_think() -> None:
    given = [mention(1, "P1", "I want a haircut on Friday", kind="goal"), mention(2, "P2", "I find the price too high")]
    insights, members = [insight("i1", "Haircut", "goal")], [("m001", "i1")]
    thinks = [e.statement for e in entries(given, insights, members)["thinks"]]
    assert thinks == ["I find the price too high", "I want a haircut on Friday"]


def test_what_surely_stands_in_a_quadrant_comes_before_what_may() -> None:
    given = [
        mention(1, "P1", "The letters are grey on grey", quadrant_probability=0.76),
        mention(2, "P2", "I'd expect an answer within a day", quadrant_probability=0.97),
    ]
    shown = [e.statement for e in entries(given)["thinks"]]
    assert shown == ["I'd expect an answer within a day", "The letters are grey on grey"]


def test_what_is_not_understood_alone_is_absent() -> None:
    given = [
        mention(1, "P1", "I expect that it will be gone again by then", understood=0.2),
        mention(2, "P2", "I expect an answer within a day", understood=0.9, quadrant_probability=0.8),
    ]
    shown = [e.statement for e in entries(given)["thinks"]]
    assert shown == ["I expect an answer within a day"]


def test_what_would_have_to_be_cut_is_no_deed() -> None:
    """Regression: "Because the export only comes with manager" stood among deeds; the deed was in what was cut off."""
    quote = (
        "I gave our accountant the role of a manager on the first day of the quarter, which I did not like at all, "
        "because the export only comes with manager."
    )
    given = [
        mention(1, "P1", quote, quadrant="does", statement="because the export only comes with manager."),
        mention(2, "P2", "I retyped two months by hand.", quadrant="does", quadrant_probability=0.8),
    ]
    assert [one.statement for one in entries(given)["does"]] == ["I retyped two months by hand."]


def test_a_feeling_comes_in_the_speakers_words_and_first_where_it_says_what_it_is_about() -> None:
    joy = {"quadrant": "feels", "emotion": "joy", "sentiment": "positive"}
    given = [
        mention(1, "P1", "I was so glad when it came", **joy),
        mention(2, "P2", "We love the new board view", thing="board view", **joy),
        mention(3, "P3", "I was frustrated because export took forever", quadrant="feels", thing="export"),
    ]
    feels = [e.statement for e in entries(given)["feels"]]
    assert set(feels[:2]) == {"We love the new board view", "I was frustrated because export took forever"}
    assert feels[2] == "I was so glad when it came"


def test_pains_and_gains_are_the_cards_findings_with_the_cards_counts() -> None:
    given = [
        mention(1, "P1", "Could not find export"),
        mention(2, "P2", "Where is the export?", kind="request", sentiment="neutral"),
        mention(3, "P3", "I want to bill by Friday", kind="goal", sentiment="neutral"),
        mention(4, "P1", "We want to bill on Fridays", kind="goal", sentiment="neutral"),
        mention(5, "P3", "The board view is great", kind="delight", sentiment="positive"),
    ]
    insights = [
        insight("i1", "Hard to find export"),
        insight("i2", "Bill by Friday", "goal"),
        insight("i3", "x", "delight"),
    ]
    members = [("m001", "i1"), ("m002", "i1"), ("m003", "i2"), ("m004", "i2"), ("m005", "i3")]
    found = entries(given, insights, members)
    assert [(e.statement, e.n_people) for e in found["pains"]] == [("Hard to find export", 2)]
    assert [(e.statement, e.n_people) for e in found["gains"]] == [("Bill by Friday", 2)], (
        "one person's praise leads nothing"
    )


def test_a_pain_bears_the_title_of_the_card_however_short() -> None:
    given = [
        mention(1, "P1", "Could not find the export"),
        mention(2, "P2", "Nobody finds the export, every day from four"),
    ]
    named = replace(insight("i1", "Nobody finds the export, every day from four"), name="No-shows")
    pains = entries(given, [named], [("m001", "i1"), ("m002", "i1")])["pains"]
    assert [(e.statement, e.n_people) for e in pains] == [(named.title, 2)]


def test_the_map_of_one_person_is_in_their_own_words() -> None:
    given = [mention(1, "P1", "I never find the export when I need it"), mention(2, "P1", "Support never answers me")]
    pains = entries(given, [insight("i1", "Export hidden from all of us")], [("m001", "i1")])["pains"]
    assert [(e.statement, e.n_people) for e in pains] == [("I never find the export when I need it", 1)]


@pytest.mark.parametrize("doubted", [1, 2])
def test_a_quote_that_a_person_should_check_stands_last(doubted: int) -> None:
    quotes = {1: "The export shows nothing of my refunds", 2: "The export drops every refund I made"}
    given = [mention(n, f"P{n}", quote, review=("unsure",) if n == doubted else ()) for n, quote in quotes.items()]
    found = entries(given, [insight("i1", "Refunds missing from the export")], [("m001", "i1"), ("m002", "i1")])
    assert [one.mention_ids for one in found["pains"]] == [(f"m00{3 - doubted}", f"m00{doubted}")]


def test_views_of_others_and_of_other_personas_are_kept_out() -> None:
    given = [mention(1, "P1", "My boss finds it slow", holder="my boss"), mention(2, "P2", "The export is slow for me")]
    found = entries(given)
    assert {m for group in found.values() for e in group for m in e.mention_ids} == {"m002"}
    batch = Batch.make((Persona, [CARD]), (Membership, [Membership("P2", None, 0.2)]), (Mention, given))
    assert run(batch, OPTIONS).of(EmpathyEntry) == []


def test_inferred_entries_are_off_in_small_studies_and_marked_in_others() -> None:
    given = [mention(1, "P1", "I think the price is fair for a salon", basis="inferred")]
    assert "thinks" not in entries(given, others=3)
    assert [e.basis for e in entries(given, others=20)["thinks"]] == ["inferred"]


def test_saying_one_thing_and_doing_another_is_pointed_out() -> None:
    given = [
        mention(1, "P1", "I think one must back up files", quadrant="thinks", sentiment="neutral"),
        mention(2, "P2", "I never back up my files", quadrant="does", sentiment="neutral", negated=True),
        mention(3, "P3", "I print the report", quadrant="does", sentiment="neutral"),
    ]
    found = entries(given)
    assert found["thinks"][0].contradicts == "I never back up my files"
    marked = {e.statement: e.contradicts for e in found["does"]}
    assert marked["I never back up my files"] == "I think one must back up files"
    assert marked["I print the report"] is None


def test_the_same_object_liked_and_disliked_is_a_contradiction() -> None:
    given = [
        mention(1, "P1", "The search is lovely", sentiment="positive", kind="delight", thing="search", emotion="joy"),
        mention(2, "P2", "I hate using search all day long", quadrant="feels", thing="search"),
    ]
    found = entries(given)
    assert found["thinks"][0].contradicts is not None
    assert found["feels"][0].contradicts == "The search is lovely"


def test_what_is_said_of_people_is_no_contradiction() -> None:
    given = [
        mention(1, "P1", "What works is people booking at night", sentiment="positive", kind="delight", thing="people"),
        mention(2, "P2", "I hate typing in people from memory", quadrant="does", thing="people"),
    ]
    assert all(one.contradicts is None for several in entries(given).values() for one in several)


def test_entries_are_limited_empty_quadrants_absent_and_order_is_stable() -> None:
    given = [mention(n, f"P{n}", f"I find matter number {chr(97 + n // 2) * 4} slow") for n in range(18)]
    insights = [insight(f"i{n}", f"Matter number {n}") for n in range(9)]
    members = [(f"m{n:03d}", f"i{n // 2}") for n in range(18)]
    found = entries(given, insights, members, EmpathyConfig(entries=4))
    assert {q: len(found[q]) for q in found} == {"says": 4, "thinks": 4, "pains": 4}
    assert [q for q in EMPATHY_QUADRANTS if q in found] == list(found)
    assert entries(given[::-1], insights, members, EmpathyConfig(entries=4)) == found


def test_a_whole_sentence_is_said_rather_than_a_fragment_of_the_same_matter() -> None:
    given = [
        mention(1, "P1", "A fee for booking"),
        mention(2, "P2", "I only saw the booking fee when my card was charged."),
    ]
    found = entries(given, [insight("i1", "Fee")], [("m001", "i1"), ("m002", "i1")], EmpathyConfig(entries=1))
    assert [e.statement for e in found["says"]] == ["I only saw the booking fee when my card was charged."]


@pytest.mark.parametrize(
    ("quadrant", "quote"),
    [
        ("does", "I retyped two months by hand."),
        ("does", "The note I wrote about the dog took me an hour."),
        ("does", "Tried it again with the other card on Saturday."),
        ("thinks", "The letters are grey on grey, which is far too pale."),
        ("feels", "It broke my heart to see the board view go."),
        ("feels", "I've never been so happy to leave the party."),
    ],
)
def test_a_quadrant_is_decided_with_the_mention_and_not_asked_again(quadrant: str, quote: str) -> None:
    """Regression: the maps had an opinion of their own and threw out most of what was put into thinks, does and feels."""
    found = entries([mention(1, "P1", quote, quadrant=quadrant, emotion="sadness")])
    assert [e.statement for e in found[quadrant]] == [quote]


def test_what_cannot_be_read_alone_stands_in_no_quadrant() -> None:
    cut = "I exported the whole of May because the"
    found = entries(
        [mention(1, "P1", cut, quadrant="does"), mention(2, "P2", "I exported May by hand", quadrant="does")]
    )
    assert [e.statement for e in found["does"]] == ["I exported May by hand"]


def test_a_word_or_two_is_no_entry() -> None:
    given = [mention(1, "P1", "Lovely man"), mention(2, "P2", "I find the search far too slow.")]
    assert [e.statement for e in entries(given)["thinks"]] == ["I find the search far too slow."]


def test_a_long_feeling_is_told_by_the_clause_that_names_it() -> None:
    """Regression: "disappointed: because it was the third time" left out what is felt."""
    quote = (
        "So we had driven all the way to the market in the rain, and I was furious about the double booking, "
        "because it was the third time this spring."
    )
    found = entries([mention(1, "P1", quote, quadrant="feels", emotion="anger", statement=quote,
                             thing="double booking")])  # fmt: skip
    assert found["feels"][0].statement.startswith("And I was furious about the double booking")
    assert found["feels"][0].statement.removesuffix(" …").lower() in quote.lower()
