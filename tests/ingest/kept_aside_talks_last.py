"""A third batch, written after the second had been mended for: new talks, layouts and mails."""

# ruff: noqa: E501
# One line of a file is one line of the file.

from __future__ import annotations

import json

from .kept_aside_desks import AGENT, CUSTOMER, Desk, Message, Ticket
from .kept_aside_mails import HELP, box, mail
from .kept_aside_talks import ANY, Talk, called, captions, joined, timeless, turns

GYM = turns(
    "Leila Haddad | i | 4 | Good to meet you, Ben. So when did you join the gym?",
    "Ben van Dijk | p | 9 | In March, right after the move. The app was the reason: I could book classes at midnight.",
    "Leila Haddad | | 20 | What changed since then?",
    "Ben van Dijk | | 24 | They took the waiting list away. Now I refresh the page like an idiot at six in the morning.",
    "Leila Haddad | | 37 | Do you ever get a place?",
    "Ben van Dijk | | 40 | Twice a month, perhaps. Monday: no chance. Friday: sometimes.",
    "Leila Haddad | | 52 | Okay.",
    "Ben van Dijk | | 54 | I pay for eight classes and take two, so I'm thinking of leaving.",
)
PANEL = turns(
    "Ruth (moderator) | i | 0 | Who would like to begin? Tell us how you pay for parking.",
    "Omar | p | 6 | Coins. I know, I know.",
    "Siobhán | p | 9 | With the app, but it asks for the zone and I never know the zone.",
    "Omar | | 17 | That is why: coins do not ask.",
    "Dr Patel | p | 21 | I once paid for the wrong street and got a fine of sixty pounds.",
    "Ruth (moderator) | | 30 | What did you do about the fine?",
    "Dr Patel | | 34 | I wrote three letters. They never answered the second.",
)
DUTCH = turns(
    "Interviewer | i | 2 | Hoe vond u de levering van vorige week?",
    "Respondent 5 | p | 8 | Traag. Ik heb twee dagen thuis gezeten voor niets.",
    "Interviewer | | 17 | En wat zei de klantenservice?",
    "Respondent 5 | | 21 | Dat ik geduld moest hebben.",
)
_FIRST = {"Leila Haddad": "Leila", "Ben van Dijk": "Ben"}
_CAPS = {"Leila Haddad": "LEILA HADDAD", "Ben van Dijk": "BEN VAN DIJK"}
_NUM = {"Leila Haddad": "Speaker 1", "Ben van Dijk": "Speaker 2"}


def _bytes(text: str) -> bytes:
    return text.encode()


def _deepgram() -> bytes:
    made = [
        {
            "start": float(str(t.at)),
            "end": 99.0,
            "confidence": 0.9,
            "channel": 0,
            "transcript": t.text,
            "speaker": 0 if t.role == "interviewer" else 1,
            "words": [{"word": "x", "start": 0.1, "end": 0.2}],
            "id": "u",
        }
        for t in GYM
    ]
    return json.dumps(
        {
            "metadata": {"created": "2026-05-04T10:00:00.000Z", "duration": 60.0},
            "results": {
                "channels": [{"alternatives": [{"transcript": "x", "confidence": 0.9, "words": []}]}],
                "utterances": made,
            },
        }
    ).encode()


def _html_list() -> bytes:
    return (
        "<html><head><title>Panel</title></head><body><ul>"
        + "".join(f"<li><b>{t.speaker}</b>: {t.text}</li>" for t in PANEL)
        + "</ul></body></html>"
    ).encode()


LAST: list[Talk] = [
    Talk("first_names.vtt", _bytes("WEBVTT - made by a recorder\n\n" + captions(called(GYM, _FIRST), "{speaker}: {text}", ids="", every=False)), called(GYM, _FIRST)),
    Talk("voice_classes.vtt", _bytes("WEBVTT\n\n" + captions(GYM, "<v.loud {speaker}>{text}</v>", ids="cue-{n}")), GYM),
    Talk("capitals.txt", _bytes(joined(called(GYM, _CAPS), "{speaker}: {text}", "\n\n")), timeless(called(GYM, _CAPS))),
    Talk("panel.txt", _bytes("Panel, Leeds, 4 May 2026\n\n" + joined(PANEL, "{speaker}: {text}", "\n\n")), timeless(PANEL), date="2026-05-04"),
    Talk("panel_bold.md", _bytes("# Panel\n\n" + joined(PANEL, "**{speaker}** ({time}): {text}", "\n\n")), PANEL),
    Talk("amberscript.txt", _bytes(joined(called(GYM, _NUM), "{time} {speaker}: {text}", "\n")), called(GYM, _NUM)),
    Talk("trint_range.txt", _bytes(joined(GYM, "{speaker} [{time}]\n{text}", "\n\n")), GYM),
    Talk("stream.txt", _bytes(joined(GYM, "{time}\n{speaker}\n{text}", "\n\n")), GYM),
    Talk("dashes.txt", _bytes(joined(GYM, "{speaker} - {time}\n{text}", "\n\n", "short")), GYM),
    Talk("dutch.txt", _bytes("Datum: 4 mei 2026\nLocatie: Utrecht\n\n" + joined(DUTCH, "{speaker}: {text}", "\n")), timeless(DUTCH), date="2026-05-04"),
    Talk("deepgram.json", _deepgram(), [t._replace(speaker=ANY) for t in GYM], date="2026-05-04T10:00:00+00:00"),
    Talk("list.html", _html_list(), timeless(PANEL), "document"),
    Talk("dashes_inside.srt", _bytes(captions(called(GYM, _FIRST), "[{speaker}] {text}", mark=",", every=False)), called(GYM, _FIRST)),
]  # fmt: skip
BEN = "Ben van Dijk <ben@example.nl>"
_DATE, _ISO = "Mon, 04 May 2026 18:00:00 +0100", "2026-05-04T18:00:00+01:00"


def _says(text: str, title: str) -> list[Ticket]:
    return [Ticket([Message(CUSTOMER, _ISO, text)], "ben@example.nl", title, _ISO)]


_DANISH = box(
    mail(BEN, HELP, "Kort", "Mon, 04 May 2026 18:00:00 +0100", "Mit kort virker ikke.\n\nMed venlig hilsen\nBen van Dijk\n", at="s1@x"),
    mail(HELP, BEN, "SV: Kort", "Mon, 04 May 2026 19:00:00 +0100", "Prøv igen i morgen.\n\nman. 4. maj 2026 kl. 18.00 skrev Ben van Dijk <ben@example.nl>:\n\n> Mit kort virker ikke.\n", at="s2@x", answers="s1@x"),
)  # fmt: skip
_HTML = '<div dir="ltr">The lift is stuck again.<br><br><div>Cheers<br>Ben</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, 4 May 2026 at 09:00, Acme &lt;<a href="mailto:help@acme.test">help@acme.test</a>&gt; wrote:<br></div><blockquote class="gmail_quote"><div>Is it moving?</div></blockquote></div>'
LAST_DESKS = [
    Desk("danish.mbox", _DANISH, [Ticket([Message(CUSTOMER, _ISO, "Mit kort virker ikke."), Message(AGENT, "2026-05-04T19:00:00+01:00", "Prøv igen i morgen.")], "ben@example.nl", "Kort", _ISO)], "mail"),
    Desk("gmail.eml", mail(BEN, HELP, "Re: Lift", _DATE, _HTML, at="t1@x", kind="text/html", how="base64"), _says("The lift is stuck again.", "Lift"), "mail"),
    Desk("mobile.eml", mail(BEN, HELP, "Bill", _DATE, "Please send the bill again, the link is dead.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Acme <help@acme.test>\nSent: Monday, May 4, 2026 9:00:00 AM\nTo: Ben <ben@example.nl>\nSubject: Bill\n\nHere is the bill.\n", at="t2@x"), _says("Please send the bill again, the link is dead.", "Bill"), "mail"),
    Desk("finnish.eml", mail(BEN, HELP, "VS: Avain", _DATE, "Avain ei toimi vieläkään.\n\nTerveisin\nBen van Dijk\n\nma 4.5.2026 klo 9.00 Acme (<help@acme.test>) kirjoitti:\n\n> Kokeile uudelleen.\n", at="t3@x"), _says("Avain ei toimi vieläkään.", "Avain"), "mail"),
]  # fmt: skip
