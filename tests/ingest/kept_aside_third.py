"""A third batch of layouts, written after the second had been mended; see test_kept_aside.py for what the first try gave."""

# ruff: noqa: E501
# One line of a case is one stretch of its header.

from __future__ import annotations

import json

from .kept_aside import (
    ANSWERS,
    FOREIGN,
    POSTS,
    REVIEWS,
    Case,
    Truth,
    date_as,
    day,
    delimited,
    fixed,
    json_lines,
    minute,
    numbered,
    objects,
    of,
    rating,
    seconds,
    sheet,
    utc,
)

_TEXT = {"text": of("text"), "rating": rating}


def _mail(truth: Truth) -> str:
    return str(truth["mail"]).lower()


def _score(truth: Truth) -> float:
    return float(truth["score"])


CASES = [
    Case("okendo-export.csv", delimited([
        ("Review Id", numbered("rv-{n}")), ("Product Name", fixed("Blue Lamp")), ("Reviewer Display Name", of("name")), ("Reviewer Email", of("mail")), ("Reviewer Location", of("country")),
        ("Review Rating", of("rating")), ("Review Headline", of("title")), ("Review Body", of("text")), ("Date Created", utc), ("Status", fixed("approved")), ("Public Reply", of("reply")),
        ("Helpful Count", numbered("{n}")), ("Is Verified Buyer", fixed("TRUE")),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": utc, "name": of("name"), "mail": _mail, "title": of("title"), "reply": of("reply")}),
    Case("hotel_feedback_q4.csv", delimited([
        ("Submitted on", date_as("%d/%m/%Y %H:%M")), ("Guest", of("name")), ("Room type", fixed("Double")), ("Nights", numbered("{n}")), ("Your rating", lambda t: f"{t['rating']} out of 5"),
        ("Tell us about your stay", of("text")), ("Contact e-mail", of("mail")), ("Hotel response", of("reply")),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": minute, "name": of("name"), "mail": _mail, "reply": of("reply"), "Room type": fixed("Double")}),
    Case("reviews_dump.json", json.dumps({"meta": {"total": len(REVIEWS)}, "data": objects([
        ("uuid", numbered("a-{n}")), ("consumer.displayName", of("name")), ("consumer.displayLocation", of("country")), ("stars", rating), ("title", of("title")), ("text", of("text")),
        ("createdAt", utc), ("language", fixed("en")), ("companyReply.text", of("reply")),
    ], REVIEWS)}).encode(), "review", REVIEWS, {**_TEXT, "date": utc, "name": of("name"), "title": of("title"), "language": fixed("en")}),
    Case("ebay feedback.tsv", delimited([
        ("Feedback from", of("handle")), ("Received", date_as("%b-%d-%y %H:%M")), ("Item", numbered("31{n}")), ("Type", fixed("Positive")), ("Comment left", of("text")),
    ], REVIEWS, by="\t"), "review", REVIEWS, {"text": of("text"), "date": minute, "handle": of("handle"), "rating": fixed(None)}),
    Case("kundenbewertungen-shop.csv", delimited([
        ("Bestellnummer", numbered("10{n}")), ("Bewertet am", date_as("%d.%m.%Y %H:%M:%S")), ("Name", of("name")), ("E-Mail", of("mail")), ("Punkte", of("rating")),
        ("Überschrift", of("title")), ("Kommentar", of("text")), ("Antwort", of("reply")), ("Verifiziert", fixed("ja")),
    ], [{**r, "date": r["date"] + "T09:10:11"} for r in FOREIGN], by=";", encoding="utf-8-sig"), "review", [{**r, "date": r["date"] + "T09:10:11"} for r in FOREIGN],
        {**_TEXT, "date": of("date"), "name": of("name"), "mail": of("mail"), "title": of("title"), "reply": of("reply")}),
    Case("avis.xlsx", sheet([
        ("Horodatage", date_as("%d/%m/%Y")), ("Prénom", lambda t: t["name"].split()[0]), ("Nom", lambda t: t["name"].split()[1]), ("Note sur 5", lambda t: int(t["rating"])),
        ("Votre avis", of("text")), ("Magasin", of("city")),
    ], FOREIGN), "review", FOREIGN, {**_TEXT, "date": day, "name": of("name"), "Magasin": of("city")}),
    Case("linkedin_comments.csv", delimited([
        ("profileUrl", numbered("https://l.example/in/{n}")), ("fullName", of("name")), ("headline", fixed("Manager at Acme")), ("comment", of("text")), ("commentDate", utc),
        ("likesCount", numbered("{n}")), ("postUrl", fixed("https://l.example/p/1")),
    ], POSTS), "post", POSTS, {"text": of("text"), "name": of("name"), "date": utc, "rating": fixed(None), "title": fixed(None)}),
    Case("bluesky.jsonl", json_lines([
        ("uri", numbered("at://did/app.bsky.feed.post/{n}")), ("author.handle", of("handle")), ("author.displayName", of("name")), ("record.text", of("text")),
        ("record.createdAt", lambda t: t["date"] + ".000Z"), ("likeCount", numbered("{n}")), ("replyCount", fixed(0)),
    ], POSTS), "post", POSTS, {"text": of("text"), "name": of("name"), "handle": of("handle"), "date": utc, "rating": fixed(None)}),
    Case("vbulletin.csv", delimited([
        ("postid", numbered("{n}")), ("threadid", fixed("4")), ("username", of("handle")), ("userid", numbered("8{n}")), ("dateline", seconds),
        ("pagetext", of("text")), ("visible", fixed("1")),
    ], POSTS), "post", POSTS, {"text": of("text"), "handle": of("handle"), "id": numbered("8{n}"), "date": utc, "rating": fixed(None)}),
    Case("salesforce_cases.csv", delimited([
        ("Case Number", numbered("0000{n}")), ("Contact Name", of("name")), ("Contact: Email", of("mail")), ("Subject", of("title")), ("Description", of("text")), ("Status", fixed("Closed")),
        ("Case Owner", fixed("Pat Agent")), ("Date/Time Opened", date_as("%m/%d/%Y, %I:%M %p")), ("Date/Time Closed", fixed("4/2/2026, 10:00 AM")), ("Case Origin", fixed("Email")),
    ], REVIEWS), "ticket", REVIEWS, {"text": of("text"), "title": of("title"), "date": minute, "name": of("name"), "mail": _mail, "rating": fixed(None)}),
    Case("churn-interviews-form.csv", delimited([
        ("Response Type", fixed("completed")), ("Start Date (UTC)", date_as("%Y-%m-%d %H:%M:%S")), ("Stage Date (UTC)", fixed("")), ("Submit Date (UTC)", date_as("%Y-%m-%d %H:%M:%S")),
        ("user_email", of("mail")), ("*How satisfied* were you with us?", of("score")), ("What made you sign up?", of("job")), ("If you could change one thing, what would it be?", of("better")),
        ("Plan at the time", of("plan")),
    ], ANSWERS), "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "mail": _mail, "date": lambda t: t["date"] + "Z", "rating": _score, "Plan at the time": of("plan")},
        (("What made you sign up?", "job"), ("If you could change one thing, what would it be?", "better"))),
    Case("encuesta_satisfaccion.csv", delimited([
        ("Marca temporal", date_as("%d/%m/%Y %H:%M:%S")), ("Dirección de correo electrónico", of("mail")), ("¿Con qué frecuencia usa la aplicación?", of("often")),
        ("Del 0 al 10, ¿nos recomendaría?", of("score")), ("¿Para qué la usa principalmente?", of("job")), ("¿Qué podríamos mejorar?", of("better")),
    ], ANSWERS), "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "mail": _mail, "date": of("date"), "rating": _score, "¿Con qué frecuencia usa la aplicación?": of("often")},
        (("¿Para qué la usa principalmente?", "job"), ("¿Qué podríamos mejorar?", "better"))),
]  # fmt: skip
