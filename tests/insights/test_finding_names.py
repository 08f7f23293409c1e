"""Names of findings: the thing and what about it; a trouble by itself is its own name."""

import pytest

from tests.insights.made import mention
from voc_engine.insights.finding_names import Themes, commonness, name_of
from voc_engine.records import Mention


def _named(said: list[tuple[str, str, str]], kind: str = "pain_point") -> str:
    """``said``: (quote, thing, what about it), one person each; the study holds as many others who speak of other things."""
    own = [
        mention(n, f"p{n}", quote, kind=kind, thing=thing, what=what, nouns=(thing,))
        for n, (quote, thing, what) in enumerate(said)
    ]
    others = [mention(50 + n, f"o{n}", "The stairs are steep", thing="stairs", what="hard") for n in range(6)]
    return name_of(own, kind, commonness([*own, *others])).text


def test_a_thing_and_what_about_it() -> None:
    said = [("The invoice is wrong", "invoice", "wrong"), ("Wrong sums on the invoice", "invoice", "wrong")]
    assert _named([*said, ("An invoice with an error", "invoice", "wrong")]) == "Invoice: wrong or inconsistent"


def test_what_is_read_of_two_single_sentences_is_no_name() -> None:
    assert (
        _named([("My accountant signs it", "accountant", "unsafe"), ("Ask the accountant", "accountant", "unsafe")])
        == ""
    )
    assert _named([("No VAT rate is shown", "VAT", "wrong"), ("It has no VAT number", "VAT", "fails")]) == ""


@pytest.mark.parametrize(
    ("said", "thing", "name"),
    [
        (("Another no-show today", "Two no-shows this week"), "no-show", "No-show"),
        (("One crash after the other", "A crash when I pay"), "crash", "Crash"),
    ],
)
def test_a_trouble_by_itself_needs_no_more_words(said: tuple[str, str], thing: str, name: str) -> None:
    assert _named([(quote, thing, "fails") for quote in said]) == name


def test_masked_words_name_nothing() -> None:
    said = [(f"XXXX charges on my bill, {n}", "XXXX charges", "costs") for n in range(3)]
    assert _named(said) == ""
    assert _named([*said, *((f"The charges of {day}", "charges", "costs") for day in ("May", "June"))]) == (
        "Charges: what it costs"
    )


def test_what_people_have_none_of_is_missing_whatever_was_read_in_single_sentences() -> None:
    said = [
        ("There is no period lock", "period lock", "blocked"),
        ("Without a period lock it moves", "period lock", "fails"),
        ("There was no period lock in March", "period lock", "other"),
    ]
    assert _named(said) == "Period lock: missing"


def test_what_all_say_fails_is_not_missing_for_a_no_before_it() -> None:
    said = [("It keeps saying no disc", "disc", "fails"), ("No disc, it says", "disc", "fails")]
    said.append(("The player shows no disc again", "disc", "fails"))
    assert _named(said) == "Disc: does not work"


def test_a_theme_of_several_things_is_not_called_by_one_of_them() -> None:
    def said(person: str, thing: str) -> Mention:
        return mention(int(person[1:]), person, f"The {thing} is wrong", thing=thing, what="wrong", nouns=(thing,))

    invoices = [said("p1", "invoice number"), said("p2", "invoice number")]
    phones = [said("p3", "phone number"), said("p4", "number"), said("p5", "phone number")]
    others = [mention(50 + n, f"o{n}", "The stairs are steep", thing="stairs", what="hard") for n in range(6)]
    for every, label in ((invoices, "invoice number"), ([*invoices, *phones], "number")):
        themes = Themes(commonness([*every, *others]))
        themes.learn(invoices)
        themes.settle([*every, *others])
        assert themes.of(every[:1], None) == label


def test_two_of_three_readings_are_no_agreement_on_what_is_wrong() -> None:
    said = [
        ("I retype the invoice", "invoice", "costs"),
        ("An invoice again", "invoice", "costs"),
        ("No, the invoice", "invoice", "fails"),
    ]
    assert _named(said) == ""
    said[2] = ("The invoice has a price", "invoice", "costs")
    assert _named(said) == "Invoice: what it costs"
