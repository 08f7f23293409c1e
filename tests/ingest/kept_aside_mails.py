"""Mailboxes and single mails: quotations in several languages, signatures, charsets, bodies of HTML."""

# ruff: noqa: E501
# One line of a file is one line of the file.

from __future__ import annotations

import base64
import quopri

from .kept_aside_desks import AGENT, CUSTOMER, Desk, Message, Ticket

_HEAD = "From {mail} Mon Jan  5 09:12:00 2026\n"


def mail(
    sender: str,
    to: str,
    subject: str,
    date: str,
    body: str,
    *,
    at: str,
    answers: str = "",
    kind: str = "text/plain",
    code: str = "utf-8",
    how: str = "8bit",
) -> bytes:
    raw = body.encode(code)
    if how == "quoted-printable":
        raw = quopri.encodestring(raw)
    elif how == "base64":
        raw = base64.encodebytes(raw)
    head = [f"From: {sender}", f"To: {to}", f"Subject: {subject}", f"Date: {date}", f"Message-ID: <{at}>"]
    if answers:
        head += [f"In-Reply-To: <{answers}>", f"References: <{answers}>"]
    head += ["MIME-Version: 1.0", f'Content-Type: {kind}; charset="{code}"', f"Content-Transfer-Encoding: {how}"]
    return "\n".join(head).encode() + b"\n\n" + raw


def box(*mails: bytes) -> bytes:
    return b"".join(
        b"From someone@example.org Mon Jan  5 09:12:00 2026\n" + one.rstrip(b"\n") + b"\n\n" for one in mails
    )


HELP = "Acme Support <help@acme.test>"
RUTH, SVEN = "Ruth Adler <ruth.adler@example.org>", "Sven Ek <sven@example.net>"
ENGLISH = box(
    mail(RUTH, HELP, "Wrong price", "Mon, 05 Jan 2026 09:12:00 +0000", "Hello,\n\nthe invoice of December shows the old price.\n\nKind regards\nRuth Adler\n", at="a1@x"),
    mail(SVEN, HELP, "Empty export", "Tue, 06 Jan 2026 17:30:00 +0100", "My export is empty since the update.\n>From what I saw it worked last week.\n\n-- \nSven Ek\nEk Transport AB\n+46 8 123 456\n", at="b1@x"),
    mail(HELP, RUTH, "Re: Wrong price", "Mon, 05 Jan 2026 10:40:00 +0000", "Which account do you mean?\n\nOn Mon, Jan 5, 2026 at 9:12 AM Ruth Adler <ruth.adler@example.org> wrote:\n> Hello,\n>\n> the invoice of December shows the old price.\n", at="a2@x", answers="a1@x"),
    mail(RUTH, HELP, "Re: Wrong price", "Mon, 05 Jan 2026 11:02:00 +0000", "The one of the bakery.\n\nSent from my iPhone\n\nOn Mon, Jan 5, 2026 at 10:40 AM, Acme Support <help@acme.test> wrote:\n\n> Which account do you mean?\n>\n> On Mon, Jan 5, 2026 at 9:12 AM Ruth Adler <ruth.adler@example.org> wrote:\n>> Hello,\n", at="a3@x", answers="a2@x"),
)  # fmt: skip
ENGLISH_TRUE = [
    Ticket([Message(CUSTOMER, "2026-01-05T09:12:00+00:00", "Hello,\n\nthe invoice of December shows the old price."),
            Message(AGENT, "2026-01-05T10:40:00+00:00", "Which account do you mean?"),
            Message(CUSTOMER, "2026-01-05T11:02:00+00:00", "The one of the bakery.")], "ruth.adler@example.org", "Wrong price", "2026-01-05T09:12:00+00:00"),
    Ticket([Message(CUSTOMER, "2026-01-06T17:30:00+01:00", "My export is empty since the update.\nFrom what I saw it worked last week.")], "sven@example.net", "Empty export", "2026-01-06T17:30:00+01:00"),
]  # fmt: skip
JANA, LUC = "=?utf-8?q?Jana_K=C3=BChn?= <jana@example.de>", "Luc Morel <luc@example.fr>"
SERVICE = "Kundenservice <service@acme.test>"
FOREIGN = box(
    mail(JANA, SERVICE, "=?utf-8?b?TGllZmVydW5nIHp1IHNww6R0?=", "Mo, 02 Feb 2026 08:00:00 +0100".replace("Mo,", "Mon,"), "Guten Tag,\n\nmeine Lieferung ist schon wieder zu spät. Wo bleibt sie?\n\nMit freundlichen Grüßen\nJana Kühn\n", at="c1@x", code="iso-8859-1", how="quoted-printable"),
    mail(SERVICE, JANA, "AW: =?utf-8?b?TGllZmVydW5nIHp1IHNww6R0?=", "Mon, 02 Feb 2026 09:30:00 +0100", "Wir prüfen das gerade.\n\nAm 02.02.2026 um 08:00 schrieb Jana Kühn <jana@example.de>:\n> meine Lieferung ist schon wieder zu spät.\n", at="c2@x", answers="c1@x"),
    mail(JANA, SERVICE, "AW: =?utf-8?b?TGllZmVydW5nIHp1IHNww6R0?=", "Mon, 02 Feb 2026 12:15:00 +0100", "Danke, aber das hilft mir nicht.\n\nVon: Kundenservice <service@acme.test>\nGesendet: Montag, 2. Februar 2026 09:30\nAn: Jana Kühn <jana@example.de>\nBetreff: AW: Lieferung zu spät\n\nWir prüfen das gerade.\n", at="c3@x", answers="c2@x"),
    mail(LUC, SERVICE, "Remboursement", "Thu, 05 Feb 2026 14:20:00 +0100", "Bonjour,\n\nje n'ai toujours pas reçu mon remboursement.\n\nCordialement,\nLuc Morel\n", at="d1@x"),
    mail(SERVICE, LUC, "Re: Remboursement", "Thu, 05 Feb 2026 15:00:00 +0100", "Nous vérifions.\n\nLe jeu. 5 févr. 2026 à 14:20, Luc Morel <luc@example.fr> a écrit :\n> je n'ai toujours pas reçu mon remboursement.\n", at="d2@x", answers="d1@x"),
    mail(LUC, SERVICE, "Re: Remboursement", "Fri, 06 Feb 2026 07:45:00 +0100", "Cela fait trois semaines maintenant.\n\nEnvoyé de mon iPhone\n\n> Le 5 févr. 2026 à 15:00, Kundenservice <service@acme.test> a écrit :\n> \n> Nous vérifions.\n", at="d3@x", answers="d2@x"),
)  # fmt: skip
FOREIGN_TRUE = [
    Ticket([Message(CUSTOMER, "2026-02-02T08:00:00+01:00", "Guten Tag,\n\nmeine Lieferung ist schon wieder zu spät. Wo bleibt sie?"),
            Message(AGENT, "2026-02-02T09:30:00+01:00", "Wir prüfen das gerade."),
            Message(CUSTOMER, "2026-02-02T12:15:00+01:00", "Danke, aber das hilft mir nicht.")], "jana@example.de", "Lieferung zu spät", "2026-02-02T08:00:00+01:00"),
    Ticket([Message(CUSTOMER, "2026-02-05T14:20:00+01:00", "Bonjour,\n\nje n'ai toujours pas reçu mon remboursement."),
            Message(AGENT, "2026-02-05T15:00:00+01:00", "Nous vérifions."),
            Message(CUSTOMER, "2026-02-06T07:45:00+01:00", "Cela fait trois semaines maintenant.")], "luc@example.fr", "Remboursement", "2026-02-05T14:20:00+01:00"),
]  # fmt: skip


def _one(text: str, who: str, title: str, date: str) -> list[Ticket]:
    return [Ticket([Message(CUSTOMER, date, text)], who, title, date)]


_DATE, _ISO = "Wed, 11 Mar 2026 16:05:00 -0500", "2026-03-11T16:05:00-05:00"
_PAGE = (
    "<html><head><style>p{color:red}</style></head><body><p>Hi team,</p><p>the app asks me to log in <b>every</b> morning &amp; forgets my city.</p>"
    "<div>--&nbsp;<br>Ana Torres<br>Ops lead</div><div class='gmail_quote'><div class='gmail_attr'>On Tue, Mar 10, 2026 at 9:00 AM Acme &lt;<a href='mailto:help@acme.test'>help@acme.test</a>&gt; wrote:<br></div>"
    "<blockquote>Please update the app.</blockquote></div></body></html>"
)
ANA = "Ana Torres <ana@example.es>"
_ALTERNATIVE = (
    f'From: {ANA}\nTo: {HELP}\nSubject: Alerts\nDate: {_DATE}\nMessage-ID: <g@x>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="out"\n\n'
    '--out\nContent-Type: multipart/alternative; boundary="in"\n\n--in\nContent-Type: text/plain; charset=UTF-8\n\nThe alerts come at night, three times.\n\n'
    "--in\nContent-Type: text/html; charset=UTF-8\n\n<p>The alerts come at night, three times.</p>\n--in--\n--out\nContent-Type: application/pdf; name=bill.pdf\n"
    "Content-Disposition: attachment; filename=bill.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQK\n--out--\n"
)  # fmt: skip
_LEGAL = (
    "I cannot reach anybody by phone.\n\nThis e-mail and any attachments are confidential and intended solely for the use of the individual to whom it is addressed."
    " If you are not the intended recipient, please notify the sender and delete it.\n"
)  # fmt: skip
MAILS = [
    Desk("two_threads.mbox", ENGLISH, ENGLISH_TRUE, "mail"),
    Desk("foreign.mbox", FOREIGN, FOREIGN_TRUE, "mail"),
    Desk("page.eml", mail(ANA, HELP, "Log in", _DATE, _PAGE, at="e@x", kind="text/html"), _one("Hi team,\n\nthe app asks me to log in every morning & forgets my city.", "ana@example.es", "Log in", _ISO), "mail"),
    Desk("quoted_printable.eml", mail("Zo=?iso-8859-1?q?=EB?= K <zoe@example.nl>", HELP, "=?iso-8859-15?q?Prijs_in_=A4?=", _DATE,
         "De prijs van 20 € stond er niet bij. Ik vind het een heel lange regel die ongetwijfeld moet worden afgebroken door de codering.\n\nMet vriendelijke groet,\nZoë\n", at="f@x", code="iso-8859-15", how="quoted-printable"),
         _one("De prijs van 20 € stond er niet bij. Ik vind het een heel lange regel die ongetwijfeld moet worden afgebroken door de codering.", "zoe@example.nl", "Prijs in €", _ISO), "mail"),
    Desk("base64.eml", mail("Yuki <yuki@example.jp>", HELP, "=?UTF-8?B?8J+YoSBsYXRl?=", _DATE, "The parcel came broken 😡 and nobody answers.\n", at="h@x", how="base64"),
         _one("The parcel came broken 😡 and nobody answers.", "yuki@example.jp", "😡 late", _ISO), "mail"),
    Desk("windows.eml", mail("Paolo <paolo@example.it>", HELP, "Fattura", _DATE, "Buongiorno, la fattura è “sbagliata” – perché?\n\nInviato da iPhone\n\nIl giorno mar 10 mar 2026 alle ore 09:00 Acme <help@acme.test> ha scritto:\n\n> Gentile cliente\n", at="i@x", code="windows-1252", how="8bit"),
         _one("Buongiorno, la fattura è “sbagliata” – perché?", "paolo@example.it", "Fattura", _ISO), "mail"),
    Desk("spanish.eml", mail(ANA, HELP, "Re: Pedido", _DATE, "Todavía no funciona el enlace.\n\nUn saludo,\nAna\n\nEl mar, 10 mar 2026 a las 9:00, Acme (<help@acme.test>) escribió:\n\n> Pruebe el enlace, por favor.\n", at="j@x", answers="z@x"),
         _one("Todavía no funciona el enlace.", "ana@example.es", "Pedido", _ISO), "mail"),
    Desk("alternative.eml", _ALTERNATIVE.encode(), _one("The alerts come at night, three times.", "ana@example.es", "Alerts", _ISO), "mail"),
    Desk("legal.eml", mail(ANA, HELP, "Phone", _DATE, _LEGAL, at="k@x"), _one("I cannot reach anybody by phone.", "ana@example.es", "Phone", _ISO), "mail"),
    Desk("outlook.eml", mail(ANA, HELP, "RE: Order", _DATE, "No, I never got it.\r\n\r\nBest,\r\nAna\r\n\r\n-----Original Message-----\r\nFrom: Acme Support <help@acme.test>\r\nSent: Tuesday, March 10, 2026 9:00 AM\r\nTo: Ana Torres\r\nSubject: Order\r\n\r\nDid you get it?\r\n", at="l@x"),
         _one("No, I never got it.", "ana@example.es", "Order", _ISO), "mail"),
]  # fmt: skip
