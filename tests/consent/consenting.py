"""A study in which people allowed different things, with words that must not come out planted in what they said."""

from __future__ import annotations

from pathlib import Path

from tiny_study import CONFIG, TinyStudy

REVIEWS = """id,author,date,rating,plan,review,consent_analyse,consent_quote_internal,consent_quote_external
1,Maren Vos,2026-01-04,2,Pro,"The export button does not work. I copy every row by hand, which takes two hours.",yes,yes,yes
2,Tom Reed,2026-01-05,1,Free,"Export is broken again. I cannot export my velvet bookings.",yes,ja,no
3,Ida Lund,2026-01-09,5,Pro,"I love the calendar view. It is easy to see the whole week.",1,true,
4,Paul Roe,2026-02-01,3,Free,"I wish there was a dark mode. My eyes hurt at night.",,,
5,Rosa Diaz,2026-02-03,2,Free,"It is too expensive for my marzipan studio.",no,yes,yes
6,Kofi Boateng,2026-02-11,1,Pro,"The app crashes every time I open the pelican page. The export does not work.",yes,no,yes
7,Lena Beck,2026-03-01,4,Pro,"I want to send invoices faster so that I get paid on time.",yes,yes,yes
8,Omar Sy,2026-03-02,1,Free,"The export does not work and support never answers.",yes,yes,yes
"""
TALK = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Nadia Ferrante>What gets in the way when you plan your week?

00:00:05.000 --> 00:00:12.000
<v Yusuf Marchetti>I have to type every booking twice. It takes me an hour every evening.

00:00:13.000 --> 00:00:15.000
<v Greta Solberg>I cannot find my turquoise waiting list, and it drives me mad.

00:00:16.000 --> 00:00:22.000
<v Hugo Lindqvist>I lose my saffron notes every single Monday morning.

00:00:23.000 --> 00:00:28.000
<v Yusuf Marchetti>I want the calendar to sync by itself so that I can go home earlier.
"""
PEOPLE = """person,name,consent_analyse,consent_quote_internal,consent_quote_external
yusuf,Yusuf Marchetti,yes,yes,yes
greta,Greta Solberg,no,,
hugo,Hugo Lindqvist,yes,no,no
"""
# A word of each that nobody else says, by what its speaker allowed.
NO_ANALYSIS = ("marzipan", "turquoise")
NOBODY = ("pelican", "saffron")
INSIDE = ("velvet",)


def consenting_study(root: Path, audience: str = "internal") -> TinyStudy:
    """The study before its first run."""
    study = TinyStudy.create(root)
    for name, text in (("reviews.csv", REVIEWS), ("talk.vtt", TALK), ("people.csv", PEOPLE)):
        (root / name).write_text(text, encoding="utf-8")
    (root / "voc.toml").write_text(CONFIG, encoding="utf-8")
    study.configure("people", 'file = "people.csv"')
    study.configure("report", f'audience = "{audience}"')
    return study
