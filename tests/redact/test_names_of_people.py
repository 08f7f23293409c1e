"""Names: the study's own people in every writing, other people by what stands around them, and what only looks like one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from voc_engine.config import RedactConfig
from voc_engine.privacy.known_names import KnownName
from voc_engine.privacy.masks import apply
from voc_engine.redact.finding import Finder
from voc_engine.redact.others import people_in

CUES = RedactConfig(names="cues")


def read(*texts: str, known: Sequence[KnownName] = (), options: RedactConfig = CUES) -> list[str]:
    found = Finder(known, options).spans(texts)
    return [apply(text, spans)[0] for text, spans in zip(texts, found, strict=True)]


def named(text: str, name: str) -> str:
    return read(text, known=[KnownName(name, "[P0001]")], options=RedactConfig(names="list"))[0]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("José Álvarez", "Jose and alvarez", "[P0001] and [P0001]"),
        ("Jose Alvarez", "José ÁLVAREZ", "[P0001]"),
        ("Łukasz Nowak", "Lukasz, nowak", "[P0001], [P0001]"),
        ("Robert Whitfield", "Bob, Rob and Bobby", "[P0001], [P0001] and [P0001]"),
        ("Bob Whitfield", "Robert paid", "[P0001] paid"),
        ("Siobhán O'Neill", "siobhan o’neill's desk", "[P0001]'s desk"),
        ("Anna-Lena Vogt", "Anna-Lena or Anna", "[P0001] or [P0001]"),
        ("Dana Smith", "D. Smith, Dana S. and Smith, Dana", "[P0001], [P0001] and [P0001]"),
        ("Mark Feldman", "Please mark it. I asked Mark. mark feldman", "Please mark it. I asked [P0001]. [P0001]"),
        ("Will Harper", "Will said it will work. Will it?", "[P0001] said it will work. Will it?"),
        ("Grace Okonkwo", "a grace period, Hi Grace", "a grace period, Hi [P0001]"),
        ("Hope Lindqvist", "I hope. Hope's team. Hope you like it", "I hope. [P0001]'s team. Hope you like it"),
        ("May Chen", "In May we moved. May told me", "In May we moved. [P0001] told me"),
        ("Zoë Baker", "Zoe asked the Baker next door", "[P0001] asked the Baker next door"),
    ],
)
def test_a_known_person_is_masked_in_every_writing(name: str, text: str, expected: str) -> None:
    assert named(text, name) == expected


def test_a_known_person_stays_known_inside_a_longer_name() -> None:
    known = [KnownName("Dana Smith", "[P0001]"), KnownName("Dana Brook", "[P0002]")]
    options = RedactConfig(names="list")
    assert read("Dana Brook met Dana", known=known, options=options) == ["[P0002] met [P0001]"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I spoke to Tamara on Tuesday", "I spoke to [person 1] on Tuesday"),
        ("thanks to sarah it works", "thanks to [person 1] it works"),
        ("Mrs Pemberton rang", "Mrs [person 1] rang"),
        ("My colleague Yolanda left", "My colleague [person 1] left"),
        ("Thanks,\nOleksandr", "Thanks,\n[person 1]"),
        ("Regards\nThijs van Loon\nOperations", "Regards\n[person 1]\nOperations"),
        ("Hi Margaret,\nyes", "Hi [person 1],\nyes"),
        ("Sandeep from billing told me", "[person 1] from billing told me"),
        ("KIND REGARDS, STEPHEN KOWALSKI", "KIND REGARDS, [person 1]"),
        ("cc Hannah and Mohammed", "cc [person 1] and [person 2]"),
        ("Will will do it", "[person 1] will do it"),
        ("Then Jean-Baptiste came", "Then [person 1] came"),
        ("a guy named Jake Pavone, and Jake said", "a guy named [person 1], and [person 1] said"),
    ],
)
def test_other_people_are_found_by_cues_and_lists(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "In March and May, on Monday and Friday",
        "Alexa, Siri and Cortana",
        "My Dell, the Mercedes dealer, a Ford and a Tesla",
        "I bank with Chase and Wells Fargo",
        "Jack Daniels, Dr Pepper, Ben & Jerry's, Levi's and Wendy's fries",
        "Will it rain? Hope so. Mark it. Faith in numbers.",
        "Florence, Sydney, Charlotte and Santa Barbara",
        "Hi Team, dear Sir or Madam, hello Support",
        "Jan 7th, April 2nd",
        "Thanks,\nThe Support Team",
        "Excel, Word, Outlook, Trello, Asana",
        "Kudos to AA, I spoke with CS",
        "Harry Potter by Ralph Lauren",
        "Tea with Earl Grey",
    ],
)
def test_what_only_looks_like_a_name_stays(text: str) -> None:
    assert read(text) == [text]
    assert read(text, options=RedactConfig()) == [text]


def test_one_person_has_one_number_in_a_document() -> None:
    first, second = read("I met Carla Menotti.", "Carla said that Luis and Menotti agreed.")
    assert first == "I met [person 1]."
    assert second == "[person 1] said that [person 2] and [person 1] agreed."


def test_the_model_finds_names_without_a_cue() -> None:
    text = "Yesterday Nobuko Hayashi brought the numbers."
    assert read(text, options=RedactConfig()) == ["Yesterday [person 1] brought the numbers."]


def test_another_document_changes_nothing() -> None:
    """A part may hold any documents together: the model reads each text by itself."""
    texts = ["We asked Henrik.", "Bettina would cry.", "The Ford garage is near."]
    together = [read(text, options=RedactConfig()) for text in texts]
    assert [read(text, options=RedactConfig()) for text in reversed(texts)] == list(reversed(together))


def test_names_to_keep_are_kept() -> None:
    options = RedactConfig(names="cues", keep=["Betty & Earl", "Celeste", "larkbook"])
    text = "Betty & Earl is like Celeste, I told Henrik. @larkbook"
    assert read(text, options=options) == ["Betty & Earl is like Celeste, I told [person 1]. @larkbook"]


def test_list_looks_for_nobody_else() -> None:
    assert read("I spoke to Tamara", options=RedactConfig(names="list")) == ["I spoke to Tamara"]


@pytest.mark.parametrize(
    ("company", "text", "expected"),
    [
        ("Northwind Dairy", "northwind dairy's portal", "[C01]'s portal"),
        ("Larchmont Freight Inc.", "Larchmont Freight faxes", "[C01] faxes"),
        ("Apex", "the apex, Apex wants money", "the apex, [C01] wants money"),
        ("Brückner GmbH", "at Bruckner", "at [C01]"),
    ],
)
def test_companies_are_masked_without_their_legal_form(company: str, text: str, expected: str) -> None:
    assert read(text, known=[KnownName(company, "[C01]", company=True)]) == [expected]


@pytest.mark.parametrize(
    ("known", "text", "expected"),
    [
        ("Nadia", "Interviewer: Nadia Ferrante", "Interviewer: [P0001]"),
        ("Nadia", "My name is Nadia van Lindqvist.", "My name is [P0001]."),
        ("Nadia", "Nadia Monday works", "[P0001] Monday works"),
        ("Nadia Berg", "I asked Nadia Okonkwo, then Nadia.", "I asked [person 1], then [P0001]."),
        ("Nadia Berg", "Nadia Maria Berg said so", "[P0001] Maria [P0001] said so"),
    ],
)
def test_a_family_name_behind_a_known_first_name_does_not_stay(known: str, text: str, expected: str) -> None:
    """Regression: a speaker labelled "Carla" left "[P0004] Mendes" wherever the whole name was said."""
    assert read(text, known=[KnownName(known, "[P0001]")]) == [expected]


def test_a_rare_given_name_before_a_family_name_goes_with_it() -> None:
    """Regression: the model named "Lindqvist" alone, and "Petter [person 1]" was quoted."""
    said = "Send it by mail to Petter Lindqvist, my accountant."

    def model(text: str) -> list[tuple[int, int, str]]:
        at = text.find("Lindqvist")
        return [(at, at + 9, "PERSON")] if at >= 0 else []

    (one,) = people_in(said, (), model)
    assert (said[one.start : one.end], one.sure) == ("Petter Lindqvist", True)
    (other,) = people_in("We met at Stockholm Lindqvist again.", (), model)
    assert other.start == len("We met at Stockholm ")
