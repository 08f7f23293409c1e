"""Contact data and names: what is masked, what is left, and where everything stands afterwards."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc_engine.privacy.known_names import KnownName, known_spans
from voc_engine.privacy.masks import Span, apply, moved
from voc_engine.redact.contact import contact_spans


def masked(text: str) -> str:
    return apply(text, list(contact_spans(text)))[0]


def named(text: str, **names: str) -> str:
    known = [KnownName(name.replace("_", " "), f"[{person}]") for name, person in names.items()]
    return apply(text, list(known_spans(text, known)))[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to anna@example.org", "write to [email]"),
        ("anna.b+voc@mail.example.co.uk.", "[email]."),
        ("<Anna@Example.ORG>, 'ben@x-y.de'", "<[email]>, '[email]'"),
        ("pádraig.o'brien@example.org", "[email]"),
        ("+49 30 1234567", "[phone]"),
        ("phone:+493012345678", "phone:[phone]"),
        ("+1 (555) 123-4567.", "[phone]."),
        ("(555) 123-4567", "[phone]"),
        ("555-123-4567", "[phone]"),
        ("555.123.4567", "[phone]"),
        ("07700 900123", "[phone]"),
        ("00 49 30 1234567", "[phone]"),
        ("+33 1 23 45 67 89", "[phone]"),
        ("+44 (0)20 7946 0958", "[phone]"),
        ("030/1234567 or 0171 / 123 45 67", "[phone] or [phone]"),
        ("4111 1111 1111 1111", "[card]"),
        ("4111-1111-1111-1111", "[card]"),
        ("378282246310005", "[card]"),
        ("DE89 3704 0044 0532 0130 00", "[iban]"),
        ("GB29NWBK60161331926819", "[iban]"),
        ("from 192.168.0.1 I get", "from [ip] I get"),
        ("My address is 192.168.0.1.", "My address is [ip]."),
    ],
)
def test_contact_data_is_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "on 2026-01-15 at 10:30",
        "Interview (2026-03-04 10:02 GMT+1)",
        "2026-01-15T10:30:00",
        "12.03.2026, 03/04/2026 and 1-2-2026",
        "from 2019-2020-2021 on",
        "$1,234,567.89 or €1.234.567,89",
        "it costs 1299.00 a year",
        "order 4711",
        "order 112-3456789-1234567",
        "order #20260115000123",
        "booking 123456789",
        "ticket 70001, INV-2026-000123",
        "version 2.14.3",
        "build 10.0.19045.3803",
        "Python 3.11.7",
        "flight LH1234 and BA 2490",
        "scores 5 4 3 4 5 5 4 3 2 5",
        "4111 1111 1111 1112",
        "12345 Berlin",
        "me @ home",
        "@anna",
        "50 to 60 people, 1000000 rows",
    ],
)
def test_other_numbers_and_words_stay(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "mask"),
    [("GB00 NWBK 6016 1331 9268 19", "[iban]"), ("4111 1111 1111 1112", "[card]"), ("999.999.999.999", "[ip]")],
)
def test_a_wrong_check_digit_or_octet_is_not_that_sort(text: str, mask: str) -> None:
    assert mask not in masked(text)


@pytest.mark.parametrize("text", ["a" * 200_000, "a'" * 50_000, "1 " * 50_000, "1.1.1." * 30_000, "AB12" * 30_000])
def test_a_long_stretch_without_contact_data_is_read_in_one_go(text: str) -> None:
    """Regression: base64 in a ticket was tried at each of its letters, minutes for one attachment."""
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thanks, Maren Vos!", "Thanks, [P0001]!"),
        ("Maren said that Vos is right", "[P0001] said that [P0001] is right"),
        ("Maren's desk", "[P0001]'s desk"),
        ("Marens Vosges", "Marens Vosges"),
        ("ask maren", "ask [P0001]"),
        ("MAREN VOS WROTE", "[P0001] WROTE"),
        ("Vos, Maren and M. Vos", "[P0001] and [P0001]"),
        ("maren_vos", "[P0001]"),
        ("Mären Vös", "[P0001]"),
        ("the Vosges of Marenberg", "the Vosges of Marenberg"),
        ("MarenVos and Vos2", "[P0001] and Vos2"),
    ],
)
def test_names_are_masked_as_whole_words(text: str, expected: str) -> None:
    assert named(text, Maren_Vos="P0001") == expected


def test_short_names_are_masked_when_whole() -> None:
    """Regression: a name of which every part is short was not masked at all."""
    assert named("I am Bo Li. Li said so.", Bo_Li="P0001") == "I am [P0001]. [P0001] said so."


def test_several_names_of_one_person() -> None:
    assert named("Elizabeth is Liz", **{"Elizabeth Moss;Liz": "P0001"}) == "[P0001] is [P0001]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Will it work? Will you ask?", "Will it work? Will you ask?"),
        ("Yes.\nWill it work?", "Yes.\nWill it work?"),
        ("I asked Will about it", "I asked [P0001] about it"),
        ("I will ask", "I will ask"),
        ("Will Marsh wrote", "[P0001] wrote"),
    ],
)
def test_a_name_that_is_a_word_is_left_at_the_start_of_a_sentence(text: str, expected: str) -> None:
    assert named(text, Will_Marsh="P0001") == expected


def test_each_person_has_a_mask_of_their_own() -> None:
    assert named("Maren met Ben", Maren_Vos="P0001", Ben="P0002") == "[P0001] met [P0002]"


def test_of_overlapping_spans_the_longer_stays() -> None:
    spans: list[Span] = [(0, 5, "[a]"), (3, 9, "[b]"), (3, 9, "[b]"), (9, 10, "[c]")]
    assert apply("0123456789", spans)[0] == "012[b][c]"


SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda one: (one[0], one[0] + one[1], "[mask]")), max_size=8
)


@given(st.text(min_size=45, max_size=60), SPANS)
def test_text_outside_masks_is_unchanged(text: str, spans: list[Span]) -> None:
    result, edits = apply(text, spans)
    assert edits == sorted(edits)
    assert all(one[1] <= other[0] for one, other in pairwise(edits))
    assert all(any(start < span[1] and span[0] < end for start, end, _ in edits) for span in spans)
    at, there = 0, 0
    for start, end, length in edits:
        assert result[there : there + start - at] == text[at:start]
        there += start - at
        assert result[there : there + length] == "[mask]"
        at, there = end, there + length
    assert result[there:] == text[at:]


@given(st.text(min_size=45, max_size=60), SPANS)
def test_offsets_move_with_their_characters(text: str, spans: list[Span]) -> None:
    result, edits = apply(text, spans)
    places = [moved(offset, edits) for offset in range(len(text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(result)
    for offset, char in enumerate(text):
        inside = next((edit for edit in edits if edit[0] <= offset < edit[1]), None)
        if inside is None:
            assert result[places[offset]] == char
        else:
            assert result[places[offset] :].startswith("[mask]")


@given(st.text(alphabet="0123456789 +-/().,:@abcAB\n€", max_size=60))
def test_masks_are_all_that_is_put_in(text: str) -> None:
    masks = "|".join(map(re.escape, ("[email]", "[ip]", "[iban]", "[card]", "[phone]")))
    kept = re.split(masks, masked(text))
    assert re.fullmatch(".*?".join(map(re.escape, kept)), text, re.DOTALL)
