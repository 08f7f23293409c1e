"""What is masked by its form: obfuscated mails, national phone formats, IPv6, links, handles, ids, addresses."""

from __future__ import annotations

import pytest

from voc_engine.privacy.masks import apply
from voc_engine.redact.contact import contact_spans
from voc_engine.redact.finding import pattern_spans


def masked(text: str) -> str:
    return apply(text, list(pattern_spans(text)))[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bob at hillside dot com", "[email]"),
        ("write to m_ortega [at] fincasol [dot] es.", "write to [email]."),
        ("dave(at)reefworks.io", "[email]"),
        ("jan dot pieters at polderhuis dot nl", "[email]"),
        ("jürgen.weiß@müller-werke.de", "[email]"),
        ("04.72.00.11.22", "[phone]"),
        ("612 345 678", "[phone]"),
        ("(02) 9876 5432", "[phone]"),
        ("1300 555 019", "[phone]"),
        ("text me: 4045550162", "text me: [phone]"),
        ("Telefon 0800 1234567890", "Telefon [phone]"),
        ("de89 3704 0044 0532 0130 00 please", "[iban] please"),
        ("GB29-NWBK-6016-1331-9268-19", "[iban]"),
        ("from 2001:db8:85a3::8a2e:370:7334.", "from [ip]."),
        ("fe80::1ff:fe23:4567:890a", "[ip]"),
    ],
)
def test_contact_data_in_other_writings(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "look at the dot in the middle",
        "we meet at noon",
        "Version 1.2.3.4 and v 10.0.1.2",
        "from 10:30::11:15, ratio 3:2:1::4",
        "sizes 10 12 14 16 18 20",
        "4,539,148 units, 5,105,105 before",
        "52.520008, 13.404954",
        "order 66, case 4, ticket 12, account 2023",
        "tickets for 900 each",
        "flight LH1234, gate B14, seat 14C, #AA2444",
        "in 2019-2020, on 2024-05-03, at 03:14:07",
        "iPhone 15 Pro Max at 1199",
        "WH-1000XM4 and model X-2000",
        "20 people on the street",
        "born in 1980",
        "@united and @AmazonHelp and @AppleSupport",
        "https://github.com/explosion/spaCy/releases",
        "https://www.gadget.example/reviews/toasters?page=2&lang=en",
        "http://t.co/DNMsblzumr",
    ],
)
def test_other_things_stay(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Order #AB-12345 is late", "Order [id] is late"),
        ("order 112-3456789-1234567", "order [id]"),
        ("account number 0042-778-1190", "account number [id]"),
        ("PNR LKJ4TR to Oslo", "PNR [id] to Oslo"),
        ("PNR is ZXCVBN", "PNR is [id]"),
        ("Membership number 778 203 991 expired", "Membership number [id] expired"),
        ("Kundennummer: 4711-88", "Kundennummer: [id]"),
        ("550e8400-e29b-41d4-a716-446655440000", "[id]"),
        ("SSN 536-90-4399", "SSN [id]"),
        ("my NI number is AB 12 34 56 C", "my NI number is [id]"),
        ("INV-20391 was paid", "[id] was paid"),
        ("DOB: 1979-11-23", "DOB: [birthdate]"),
        ("I was born on 14 March 1961", "I was born on [birthdate]"),
        ("geboren am 12.08.1975 in Köln", "geboren am [birthdate] in Köln"),
    ],
)
def test_ids_and_dates_of_birth(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example/reset?token=9f8b7c6d5e4a", "https://a.example/[path]"),
        ("see https://a.example/login?email=kim@b.example.", "see https://a.example/[path]."),
        ("https://forum.example/user/maria_hernandez", "https://forum.example/[path]"),
        ("https://twitter.com/kelly_rowe88/status/1399", "https://twitter.com/[path]"),
        ("https://kim:secret@a.example/x", "[url]"),
        ("https://a.example/files/AbC9xYz88QwErTy12/view", "https://a.example/[path]"),
        ("hey @kelly_rowe88, u/throwaway_8812", "hey [handle], [handle]"),
    ],
)
def test_links_and_handles(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "address",
    [
        "27 Harrowgate Lane, Leeds LS6 2AB",
        "1480 Maple Avenue, Apt 3B, Portland, OR 97205",
        "PO Box 4471, Tulsa, OK 74101",
        "Lindenstraße 14, 10969 Berlin",
        "Am Alten Markt 7, 50667 Köln",
        "12 rue de la République, 69002 Lyon",
        "Calle de Alcalá 112, 28009 Madrid",
    ],
)
def test_addresses_are_masked_whole(address: str) -> None:
    assert masked(f"Please send it to {address}.") == "Please send it to [address]."


@pytest.mark.parametrize(
    "text",
    ["A" * 100_000, "rue " + "A" * 50_000, "1 rue " + "AA" * 30_000, "order " * 30_000, "a dot " * 30_000, "::" * 50_000,
     "https://a.b/" + "a" * 90_000, "1 " + "Main " * 30_000, "DE12" * 20_000, "@a." * 30_000],
)  # fmt: skip
def test_a_long_stretch_without_an_identifier_is_read_in_one_go(text: str) -> None:
    """What is tried anew at each letter would take minutes here."""
    assert masked(text) == text


def test_a_card_number_needs_its_check_digit() -> None:
    assert [mask for *_, mask in contact_spans("4111 1111 1111 1111")] == ["[card]"]
    assert not list(contact_spans("4111 1111 1111 1112"))
