"""A second batch of tickets and mails, written after the first one had been mended for."""

# ruff: noqa: E501
# One line of a file is one line of the file.

from __future__ import annotations

import json

from .kept_aside_desks import (
    AGENT,
    CUSTOMER,
    T1,
    T2,
    T3,
    Desk,
    Message,
    Ticket,
    epoch,
    freshdesk,
    intercom,
    table,
    zendesk,
    zendesk_users,
    zulu,
)
from .kept_aside_mails import ANA, HELP, box, mail

_DATE, _ISO = "Fri, 17 Apr 2026 08:15:00 +0200", "2026-04-17T08:15:00+02:00"


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _says(text: str, title: str, who: str = "ana@example.es", date: str = _ISO) -> list[Ticket]:
    return [Ticket([Message(CUSTOMER, date, text)], who, title, date)]


def _apart() -> bytes:
    """One ticket of the API with its comments beside it."""
    made = zendesk(1, T1, comments=True)
    comments = made.pop("comments")
    comments.insert(
        2,
        {
            "id": 77,
            "type": "Comment",
            "author_id": 900,
            "body": "Internal: check the contract.",
            "public": False,
            "created_at": "2026-01-05T10:50:00Z",
        },
    )
    return _dump({"ticket": made, "comments": comments, "users": zendesk_users()})


_NOTED = Ticket(
    [
        T1.messages[0],
        T1.messages[1],
        Message(AGENT, "2026-01-05T10:50:00+00:00", "Internal: check the contract."),
        T1.messages[2],
    ],
    T1.mail,
    T1.title,
    T1.date,
    None,
    T1.attributes,
)


def _intercom_busy() -> bytes:
    made = intercom(2, T2)
    parts = made["conversation_parts"]["conversation_parts"]
    staff = {"type": "admin", "id": "900", "name": "Olga Petrov", "email": "olga@acme.test"}
    parts.insert(
        0,
        {
            "type": "conversation_part",
            "id": "a",
            "part_type": "assignment",
            "body": None,
            "created_at": epoch(str(T2.date)) + 5,
            "author": {"type": "bot", "id": "2", "name": "Router", "email": "bot@intercom.io"},
        },
    )
    parts.append(
        {
            "type": "conversation_part",
            "id": "b",
            "part_type": "comment",
            "body": '<p class="no-margin">Still empty 😞</p><ul><li>Chrome</li><li>Firefox</li></ul>',
            "created_at": epoch("2026-01-09T10:00:00+00:00"),
            "author": {"type": "lead", "id": "u" + str(T2.mail), "name": "", "email": T2.mail},
        }
    )
    parts.append(
        {
            "type": "conversation_part",
            "id": "c",
            "part_type": "snoozed",
            "body": "",
            "created_at": epoch("2026-01-09T11:00:00+00:00"),
            "author": staff,
        }
    )
    made["conversation_rating"] = {"rating": 1, "remark": None, "created_at": 1}
    return _dump({"conversations": [made]})


_BUSY = Ticket(
    [*T2.messages, Message(CUSTOMER, "2026-01-09T10:00:00+00:00", "Still empty 😞\n\nChrome\nFirefox")],
    T2.mail,
    T2.title,
    T2.date,
    1.0,
    {"tags": "export"},
)


def _helpdesk() -> bytes:
    made = freshdesk(1, T1)
    notes = [
        {
            "note": {
                "body": m.text,
                "body_html": f"<div>{m.text}</div>",
                "incoming": m.role == CUSTOMER,
                "private": False,
                "created_at": zulu(m.date),
                "user_id": 701 if m.role == CUSTOMER else 900,
                "source": 0,
                "deleted": False,
            }
        }
        for m in T1.messages[1:]
    ]
    ticket = {"display_id": 1, "subject": T1.title, "description": T1.messages[0].text, "description_html": made["description"], "created_at": zulu(str(T1.date)), "requester_id": 701, "status_name": "Open",
              "priority_name": "High", "source_name": "Email", "requester_name": "Ruth", "responder_name": "Olga Petrov", "notes": [n["note"] for n in notes], "requester": {"email": T1.mail, "name": "Ruth"}}  # fmt: skip
    return _dump([{"helpdesk_ticket": ticket}])


def _view() -> bytes:
    rows = [
        [
            "ID",
            "Subject",
            "Requester",
            "Requester email",
            "Created at",
            "Ticket status",
            "Priority",
            "Satisfaction Score",
            "Assignee name",
            "Description",
        ]
    ]
    rows += [
        [
            str(n),
            str(t.title),
            "x",
            str(t.mail),
            zulu(str(t.date)),
            "Closed",
            t.attributes["priority"].title(),
            s,
            "Olga Petrov",
            t.messages[0].text,
        ]
        for n, t, s in ((1, T1, "Bad"), (2, T2, "Good"), (3, T3, "Offered"))
    ]
    return table(rows, ";")


_INLINE = "Hello,\n\n> Which browser do you use?\n\nFirefox, the newest one.\n\n> Did you clear the cache?\n\nYes, twice.\n\n> Kind regards\n> Olga\n\nAna\n"
_SIGNED = "The second parcel never arrived either.\n\nThanks,\nRuth Adler\nHead of Operations | Adler Bakery Ltd\nT: +44 20 7946 0000\nwww.adler.example\n"
_OUTLOOK = (
    '<html><body><div class="WordSection1"><p class="MsoNormal">It is still broken, sorry.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">Best regards,<o:p></o:p></p><p class="MsoNormal">Ana<o:p></o:p></p>'
    '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> Acme &lt;help@acme.test&gt; <br><b>Sent:</b> Tuesday, March 10, 2026 9:00 AM<br><b>To:</b> Ana<br><b>Subject:</b> RE: Door</p></div></div>'
    '<p class="MsoNormal">Please try the other key.</p></div></body></html>'
)
_DUTCH = box(
    mail(ANA, HELP, "Sleutel", "Fri, 17 Apr 2026 08:15:00 +0200", "De sleutel past niet meer in het slot.\n", at="q1@x"),
    mail(HELP, ANA, "Re: Sleutel", "Fri, 17 Apr 2026 09:00:00 +0200", "Heeft u de reservesleutel geprobeerd?\n\nOp 17 apr. 2026 om 08:15 schreef Ana Torres <ana@example.es>:\n\n> De sleutel past niet meer in het slot.\n", at="q2@x", answers="q1@x"),
    mail(ANA, HELP, "Re: Sleutel", "Fri, 17 Apr 2026 10:00:00 +0200", "Ja, die ook niet.\n\nOp vr 17 apr 2026 om 09:00 schreef Acme Support <help@acme.test>:\n> Heeft u de reservesleutel geprobeerd?\n", at="q3@x", answers="q2@x"),
)  # fmt: skip
_DUTCH_TRUE = [Ticket([Message(CUSTOMER, "2026-04-17T08:15:00+02:00", "De sleutel past niet meer in het slot."), Message(AGENT, "2026-04-17T09:00:00+02:00", "Heeft u de reservesleutel geprobeerd?"),
                       Message(CUSTOMER, "2026-04-17T10:00:00+02:00", "Ja, die ook niet.")], "ana@example.es", "Sleutel", "2026-04-17T08:15:00+02:00")]  # fmt: skip
LATER_DESKS = [
    Desk("zendesk_apart.json", _apart(), [_NOTED]),
    Desk("intercom_busy.json", _intercom_busy(), [_BUSY]),
    Desk("freshdesk_account.json", _helpdesk(), [Ticket(T1.messages, T1.mail, T1.title, T1.date, None, {"status": "open", "priority": "high"})]),
    Desk("zendesk_semicolons.csv", _view(), [Ticket([t.messages[0]], t.mail, t.title, t.date, None, {"priority": t.attributes["priority"]}) for t in (T1, T2, T3)]),
    Desk("inline.eml", mail(ANA, HELP, "Re: Login", _DATE, _INLINE, at="r1@x", answers="r0@x"), _says("Hello,\n\nFirefox, the newest one.\n\nYes, twice.", "Login"), "mail"),
    Desk("signed.eml", mail("Ruth Adler <ruth.adler@example.org>", HELP, "Parcel", _DATE, _SIGNED, at="r2@x"), _says("The second parcel never arrived either.", "Parcel", "ruth.adler@example.org"), "mail"),
    Desk("outlook_page.eml", mail(ANA, HELP, "RE: Door", _DATE, _OUTLOOK, at="r3@x", kind="text/html", how="quoted-printable"), _says("It is still broken, sorry.", "Door"), "mail"),
    Desk("dutch.mbox", _DUTCH, _DUTCH_TRUE, "mail"),
    Desk("portuguese.eml", mail(ANA, HELP, "Re: Conta", _DATE, "Ainda não consigo entrar na conta.\n\nAtenciosamente,\nAna Torres\n\nEm ter., 10 de mar. de 2026 às 09:00, Acme <help@acme.test> escreveu:\n\n> Tente outra vez.\n", at="r4@x"), _says("Ainda não consigo entrar na conta.", "Conta"), "mail"),
    Desk("swedish.eml", mail(ANA, HELP, "SV: Nyckel", _DATE, "Det fungerar fortfarande inte.\n\nMed vänliga hälsningar\nAna Torres\n\nDen tis 10 mars 2026 kl 09:00 skrev Acme <help@acme.test>:\n\n> Prova igen.\n", at="r5@x"), _says("Det fungerar fortfarande inte.", "Nyckel"), "mail"),
    Desk("polish.eml", mail(ANA, HELP, "Odp: Klucz", _DATE, "Nadal nie działa.\n\nPozdrawiam,\nAna Torres\n\nwt., 10 mar 2026 o 09:00 Acme <help@acme.test> napisał(a):\n\n> Proszę spróbować ponownie.\n", at="r6@x"), _says("Nadal nie działa.", "Klucz"), "mail"),
]  # fmt: skip
