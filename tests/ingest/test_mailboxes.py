"""Mails and mailboxes: threads, parts, encodings, who is the customer, and what is not their own words."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from voc_engine.ingest import explain
from voc_engine.ingest.mail import split_mail
from voc_engine.ingest.threads.mime import unflowed

from .reading import options, put, read
from .test_desks import turns

MULTIPART = """Return-Path: <ulla@example.net>
Received: from mx.example.net by mx.acme.com; Mon, 05 Jan 2026 15:22:45 +0100
From: =?utf-8?q?Ulla_Qu=C3=ADgley?= <Ulla@Example.net>
To: "Acme, Support" <support@acme.com>
Subject: =?utf-8?b?UsOpOiBFeHBvcnQ=?=
Date: Mon, 05 Jan 2026 15:22:41 +0100
Message-ID: <a1@example.net>
Organization: Harbour Row
Importance: High
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="B"

--B
Content-Type: multipart/alternative; boundary="C"

--C
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

The export caf=E9 fails.

--=20
Ulla
--C
Content-Type: text/html; charset=utf-8

<p>The export café fails.</p>
--C--
--B
Content-Type: application/pdf; name="a.pdf"
Content-Disposition: attachment; filename="a.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--B
Content-Type: message/rfc822

From: Tom <tom@z.org>
Subject: inner

Inner words here.
--B--
"""


def test_a_mail_of_many_parts(tmp_path: Path) -> None:
    source = put(tmp_path, "a.eml", MULTIPART)
    (talk,), skipped = read(source)
    assert "eml.v1" in explain(source, options())
    assert turns(talk) == [
        ("participant", None, "The export café fails."),
        ("participant", "signature", "-- \nUlla"),
        ("participant", "forwarded mail", "Inner words here."),
    ]
    document = talk.document
    assert (document.person_id, document.created_at, document.title, document.channel) == (
        "mail:ulla@example.net", "2026-01-05T14:22:41Z", "Export", "email",
    )  # fmt: skip
    wanted = {"identity.name": "Ulla Quígley", "company": "Harbour Row", "priority": "high", "attachments": "1"}
    assert wanted.items() <= document.attributes.items()
    assert [(one.reason, one.count, one.quarantined) for one in skipped] == [
        ("attachment, counted and not read", 1, False)
    ]


def eml(body: str | bytes, **headers: str) -> bytes:
    given = {
        "From": "Ulla <ulla@example.net>", "To": "support@acme.com", "Subject": "Export", "Message-ID": "<1@x>",
        "Date": "Mon, 05 Jan 2026 15:22:41 +0100", **{name.replace("_", "-"): value for name, value in headers.items()},
    }  # fmt: skip
    head = "".join(f"{name}: {value}\n" for name, value in given.items())
    return head.encode() + b"\n" + (body.encode() if isinstance(body, str) else body)


@pytest.mark.parametrize(
    ("headers", "role"),
    [
        ({}, "participant"),
        ({"Auto_Submitted": "auto-replied"}, "bot"),
        ({"Auto_Submitted": "no"}, "participant"),
        ({"Subject": "Automatische Antwort: Export"}, "bot"),
        ({"From": "Mail Delivery System <MAILER-DAEMON@mx.acme.com>"}, "bot"),
        ({"From": "Acme Web <noreply@acme.com>", "Reply_To": "Ulla <ulla@example.net>"}, "participant"),
        ({"From": "Acme <support@acme.com>", "To": "ulla@example.net"}, "agent"),
    ],
)
def test_who_wrote_a_mail(tmp_path: Path, headers: dict[str, str], role: str) -> None:
    (talk,), _ = read(put(tmp_path, "a.eml", eml("It fails.", **headers)))
    assert {one.role for one in talk.utterances} == {role}


def test_agents_in_the_configuration_name_the_staff(tmp_path: Path) -> None:
    source = put(tmp_path, "a.eml", eml("Hello from us.", From="Sam <sam@acme.com>", To="ulla@example.net"))
    assert {one.role for one in read(source)[0][0].utterances} == {"participant"}
    for named in ("acme.com", "@acme.com", "sam@acme.com", "Sam"):
        (talk,), _ = read(source, agents=[named])
        assert {one.role for one in talk.utterances} == {"agent"}, named
        assert talk.document.person_id == "mail:ulla@example.net"


@pytest.mark.parametrize(
    ("body", "headers", "text"),
    [
        (
            "<p>It <b>fails</b>.</p><blockquote>old</blockquote>",
            {"Content_Type": "text/html; charset=utf-8"},
            "It fails.",
        ),
        ("Größe ist falsch".encode("cp1252"), {"Content_Type": "text/plain; charset=windows-1252"}, "Größe ist falsch"),
        ("Größe ist falsch".encode("cp1252"), {}, "Größe ist falsch"),
        ("Größe ist falsch".encode(), {"Content_Type": "text/plain; charset=x-unknown"}, "Größe ist falsch"),
        (
            "R3LDtsOfZSBpc3QgZmFsc2No",
            {"Content_Type": "text/plain; charset=utf-8", "Content_Transfer_Encoding": "base64"},
            "Größe ist falsch",
        ),
    ],
)
def test_encodings_and_mail_in_html_only(tmp_path: Path, body: str | bytes, headers: dict[str, str], text: str) -> None:
    (talk,), _ = read(put(tmp_path, "a.eml", eml(body, MIME_Version="1.0", **headers)))
    assert [said for _, cut, said in turns(talk) if cut is None and said != "Export"] == [text]


def test_soft_line_breaks_are_undone() -> None:
    text = "This line goes \non here.\n> quoted \n> too\n> \n-- \nUlla"
    assert unflowed(text) == "This line goes on here.\n> quoted too\n> \n-- \nUlla"
    assert unflowed("Donau \ndampfer", delete=True) == "Donaudampfer"


def mail(who: str, to: str, subject: str, hour: int, number: int, above: int | None, body: str, more: str = "") -> str:
    reference = f"In-Reply-To: <{above}@x>\n" if above is not None else ""
    return (
        f"From {number}@xxx Mon Jan  5 {hour}:22:41 +0000 2026\nFrom: {who}\nTo: {to}\nSubject: {subject}\n"
        f"Date: Mon, 5 Jan 2026 {hour}:22:41 +0100\nMessage-ID: <{number}@x>\n{reference}{more}\n{body}\n\n"
    )


BOX = "".join([
    mail("Ulla <ulla@example.net>", "help@acme.com", "Export", 10, 1, None,
         "It fails.\n\n>From the start it did.\n\nSent from my iPhone"),
    mail("Tom <tom@gmail.com>", "help@acme.com", "Login", 11, 2, None, "No code came."),
    mail("Sam <sam@acme.com>", "ulla@example.net", "Re: Export", 12, 3, 1,
         "We look.\n\nBest regards,\nSam Agent\nAcme Support\n\nOn Mon, Jan 5, 2026 at 10:22 AM Ulla wrote:\n> It fails."),
    mail("Ulla <ulla@example.net>", "sam@acme.com", "RE: Export", 13, 4, 3,
         "Still broken.\n\nFrom: Sam <sam@acme.com>\nSent: Monday\nTo: Ulla\nSubject: Re: Export\n\nWe look."),
    mail("Mail Delivery <mailer-daemon@acme.com>", "ulla@example.net", "Undeliverable: Export", 14, 5, 4, "No such user."),
    mail("Tom <tom@gmail.com>", "help@acme.com", "AW: Login", 15, 6, None, "From then on nothing came."),
    mail("Tom <tom@gmail.com>", "help@acme.com", "AW: Login", 15, 6, None, "From then on nothing came."),
])  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
def test_a_mailbox_is_read_thread_by_thread(tmp_path: Path, packed: bool) -> None:
    data = gzip.compress(BOX.encode(), mtime=0) if packed else BOX.encode()
    source = put(tmp_path, "box.mbox.gz" if packed else "box.mbox", data)
    talks, skipped = read(source)
    assert [turns(talk) for talk in talks] == [
        [
            ("participant", None, "Export"),
            ("participant", None, "It fails.\n\nFrom the start it did."),
            ("participant", "signature", "Sent from my iPhone"),
            ("agent", None, "We look."),
            ("agent", "signature", "Best regards,\nSam Agent\nAcme Support"),
            ("agent", "quoted mail", "On Mon, Jan 5, 2026 at 10:22 AM Ulla wrote:\n> It fails."),
            ("participant", None, "Still broken."),
            (
                "participant",
                "quoted mail",
                "From: Sam <sam@acme.com>\nSent: Monday\nTo: Ulla\nSubject: Re: Export\n\nWe look.",
            ),
            ("bot", None, "No such user."),
        ],
        [
            ("participant", None, "Login"),
            ("participant", None, "No code came."),
            ("participant", None, "From then on nothing came."),
        ],
    ]
    assert [talk.document.person_id for talk in talks] == ["mail:ulla@example.net", "mail:tom@gmail.com"]
    assert [(one.reason, one.found) for one in skipped] == [
        ("copy of a mail with the same Message-ID", "From then on nothing came.")
    ]
    assert "staff: acme.com" in explain(source, options())


def test_a_customer_who_writes_most_of_a_mailbox_is_not_taken_for_staff(tmp_path: Path) -> None:
    mails = [
        mail("Ulla <u@x.org>", "help@acme.example", f"Case {n}", 10 + n, n, None, f"It fails {n}.") for n in range(4)
    ]
    talks, _ = read(put(tmp_path, "box.mbox", "".join(mails)))
    assert {one.role for talk in talks for one in talk.utterances} == {"participant"}


def test_text_above_the_first_mail_is_told(tmp_path: Path) -> None:
    _, skipped = read(put(tmp_path, "box.mbox", "stray words\n\n" + BOX), format="mbox.v1")
    assert [(one.reason, one.found.strip()) for one in skipped if one.quarantined] == [
        ("text above the first mail", "stray words")
    ]


@pytest.mark.parametrize(
    "line",
    [
        " " * 200_000 + "x",
        "On " + "x " * 100_000,
        "x <a@b.c> " * 20_000,
        "Thanks,\n" * 20_000,
        "\n\nthis message " * 20_000,
    ],
)
def test_hostile_lines_cost_no_more_than_their_length(line: str) -> None:
    """A line of blanks once took the square of its length; this would not end within the patience of a test run."""
    assert " ".join(part for part, _ in split_mail(f"It broke.\n{line}")).split() == f"It broke. {line}".split()


@pytest.mark.parametrize(
    ("text", "cuts"),
    [
        ("Hi\n\nAm Mo., 5. Jan. 2026 um 10:22 schrieb Sam <s@x.org>:\n\nalt", [None, "quoted mail"]),
        ("Hi\n\nSam <s@x.org> schrieb am Mo., 5. Jan. 2026 um 10:22:\n\nalt", [None, "quoted mail"]),
        ("Bonjour\n\nLe lun. 5 janv. 2026 à 10:22, Sam <s@x.org> a écrit :\n> vieux", [None, "quoted mail"]),
        ("Hola\n\nEl lun, 5 ene 2026 a las 10:22, Sam (<s@x.org>) escribió:\n\nviejo", [None, "quoted mail"]),
        ("Hoi\n\nOp ma 5 jan 2026 om 10:22 schreef Sam <s@x.org>:\n\noud", [None, "quoted mail"]),
        (
            "Hi\n\n________________________________\nVon: Sam\nGesendet: Montag\nAn: Ulla\nBetreff: X\n\nalt",
            [None, "quoted mail"],
        ),
        ("Hi\n\nDe : Sam\nEnvoyé : lundi\nÀ : Ulla\nObjet : X\n\nvieux", [None, "quoted mail"]),
        ("See below\n\n---------- Forwarded message ---------\nFrom: X\n\nold", [None, "forwarded mail"]),
        ("Siehe unten\n\nAnfang der weitergeleiteten Nachricht:\n\nalt", [None, "forwarded mail"]),
        (
            "Es geht nicht.\n\nMit freundlichen Grüßen\nUlla Quigley\nHarbour Row GmbH\n+49 30 1234567",
            [None, "signature"],
        ),
        ("It broke.\n\nThanks,\nUlla", [None, "signature"]),
        ("It broke.\n\nBest regards,\nUlla Quigley\n\nP.S. I am still waiting.", [None, "signature", None]),
        ("It broke.\n\nThanks,\nit works again now", [None]),
        ("It broke.\n\nKind regards", [None, "signature"]),
        ("Best regards are not what I feel.\nFix it.", [None]),
        ("Es geht nicht.\n\nVon meinem iPhone gesendet", [None, "signature"]),
        ("Ça ne marche pas.\n\nEnvoyé de mon iPhone", [None, "signature"]),
        ("Sent from your warehouse on Monday, and it never arrived.", [None]),
        ("Kaputt.\n\nDiese E-Mail enthält vertrauliche Informationen.", [None, "disclaimer"]),
        ("Cassé.\n\nCe message et ses pièces jointes sont confidentiels.", [None, "disclaimer"]),
        ("My answer.\n\n##- Please type your reply above this line -##\n\nhistory", [None, "quoted mail"]),
        ("##- Please type your reply above this line -##\n\nWhat I say.", ["quoted mail", None]),
    ],
)
def test_cuts_in_five_languages(text: str, cuts: list[str | None]) -> None:
    parts = split_mail(text)
    assert [cut for _, cut in parts] == cuts
    assert " ".join(part for part, _ in parts).split() == text.split()
