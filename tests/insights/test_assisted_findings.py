"""What of a language model's answers may stand."""

import json

import pytest

from tests.insights.made import OPTIONS, mention, study, vectors
from voc_engine.insights.assisted_members import member_questions, members_out
from voc_engine.insights.assisted_names import name_in, name_questions
from voc_engine.insights.stage import run
from voc_engine.mentions.assisted_mentions import confirmed_in, mention_questions
from voc_engine.records import Batch, Insight, InsightMember, Mention, Question

CODES = (
    "The verification code never arrives.",
    "I wait for the verification code and it does not come.",
    "No verification code in my inbox.",
)
SLOW = ("The reports load slowly.", "Loading the reports takes an age.", "Reports are slow, all day.")
LOVE = ("I love the calendar.", "The calendar is easy.", "What a lovely calendar!")
NO_ADS = ("There are no ads, lovely.", "No ads at all!", "It has no ads.")


def name(said: str, quotes: tuple[str, ...], kind: str = "pain_point") -> str:
    """The name that stands of what a model says; empty where none does."""
    own = [mention(n, f"p{n}", quote, kind=kind) for n, quote in enumerate(quotes)]
    return name_in(json.dumps({"name": said}), kind, own)[0]


@pytest.mark.parametrize(
    ("said", "quotes", "kind"),
    [
        ("Verification code: does not arrive", CODES, "pain_point"),
        ("Verification code: missing", CODES, "pain_point"),
        ("Reports: slow or late", SLOW, "pain_point"),
        ("Reports load slowly", SLOW, "pain_point"),
        ("Calendar: easy to use", LOVE, "delight"),
        ("No ads", NO_ADS, "delight"),
    ],
)
def test_a_name_of_their_words_stands(said: str, quotes: tuple[str, ...], kind: str) -> None:
    assert name(said, quotes, kind) == said


@pytest.mark.parametrize(
    ("said", "quotes", "kind"),
    [
        ("Authentication token: does not arrive", CODES, "pain_point"),  # nobody's word
        ("Inbox: does not work", CODES, "pain_point"),  # one person's
        ("Verification code: works well", CODES, "pain_point"),
        ("The verification code arrives", CODES, "pain_point"),
        ("Reports do not load slowly", SLOW, "pain_point"),
        ("Calendar: does not work", LOVE, "delight"),
        ("Calendar: not easy", LOVE, "delight"),
        ("Ads at all", NO_ADS, "pain_point"),
        ("Verification code: <b>never</b>", CODES, "pain_point"),
        ("[P0001] waits for the verification code", CODES, "pain_point"),
        ("Verification code never comes " * 4, CODES, "pain_point"),
        (": .", CODES, "pain_point"),
    ],
)
def test_a_name_that_is_not_theirs_or_leans_otherwise_does_not(said: str, quotes: tuple[str, ...], kind: str) -> None:
    assert name(said, quotes, kind) == ""


def test_words_that_may_not_be_shown_are_no_evidence_for_a_name() -> None:
    own = [mention(n, f"p{n}", quote, quotable="none") for n, quote in enumerate(CODES)]
    assert name_in('{"name": "Verification code: missing"}', "pain_point", own)[0] == ""


QUESTION = Question("members", "i-1", "", ("m1", "m2", "m3"))


def test_who_is_not_named_leaves() -> None:
    assert members_out('{"same": [1, 3]}', QUESTION) == (("m2",), "")
    assert members_out('{"same": []}', QUESTION)[0] == ("m1", "m2", "m3")


@pytest.mark.parametrize(
    "said", ['{"same": [4]}', '{"same": [0]}', '{"same": ["1"]}', '{"same": [true]}', "[1]", "{}", '{"same": 1}']
)
def test_numbers_that_were_not_asked_about_count_for_nothing(said: str) -> None:
    gone, fault = members_out(said, QUESTION)
    assert gone == ()
    assert fault


def test_a_mention_is_rejected_only_by_a_whole_answer() -> None:
    assert confirmed_in('Well: {"kind": true, "own": true, "worth": true}.') == (True, "")
    assert confirmed_in('{"kind": true, "own": false, "worth": true}') == (False, "")
    for said in (
        '{"kind": true}',
        '{"kind": "yes", "own": "yes", "worth": "yes"}',
        "no",
        '{"kind": null, "own": 1, "worth": 0}',
    ):
        assert confirmed_in(said)[0] is None


def _found(quotable: dict[int, str]) -> Batch:
    """A finding of five people, with what each of them allows."""
    quotes = [f"{CODES[n % 3]} Again {n}." for n in range(5)]
    own = [mention(n, f"p{n}", quote, quotable=quotable.get(n, "external")) for n, quote in enumerate(quotes)]
    batch = study(own, vectors([quotes]))
    made = run(batch, OPTIONS)
    return Batch(batch.tables | {kind: made.of(kind) for kind in (Insight, InsightMember)}, batch.vectors)


def test_only_words_that_may_be_quoted_there_are_asked_about() -> None:
    batch = _found({0: "none", 1: "internal"})
    inside, outside = (name_questions(batch, 9, outside=one) for one in (False, True))
    assert [one.people for one in inside] == [frozenset({"p1", "p2", "p3", "p4"})]
    assert [one.people for one in outside] == [frozenset({"p2", "p3", "p4"})]
    assert "Again 0" not in inside[0].text
    assert "Again 1" not in outside[0].text


def test_who_speaks_for_a_finding_is_not_put_to_the_question() -> None:
    batch = _found({})
    (insight,) = (one for one in batch.of(Insight) if one.n_people > 2)
    for asked in member_questions(batch, 9, outside=False):
        assert insight.medoid_mention_id not in asked.mentions


def test_unsure_mentions_are_asked_about_in_their_window() -> None:
    batch = _found({2: "none"})
    every = batch.of(Mention)
    unsure = [
        mention(n, f"p{n}", one.quote, probability=0.55, quotable=one.quotable) for n, one in enumerate(every[:3])
    ]
    asked = mention_questions(Batch(batch.tables | {Mention: [*unsure, *every[3:]]}), outside=False)
    assert {question.target_id for _, question in asked} == {"m0000", "m0001"}
