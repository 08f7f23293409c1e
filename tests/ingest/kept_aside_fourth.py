"""A fourth batch of layouts, written after the third had been mended; see test_kept_aside.py for what the first try gave."""

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
    Case("bazaarvoice.json", json.dumps({"Limit": 100, "Offset": 0, "TotalResults": 8, "Results": objects([
        ("Id", numbered("19{n}")), ("AuthorId", numbered("a{n}")), ("UserNickname", of("handle")), ("UserLocation", of("country")), ("Rating", lambda t: int(t["rating"])),
        ("RatingRange", fixed(5)), ("Title", of("title")), ("ReviewText", of("text")), ("SubmissionTime", lambda t: t["date"] + ".000+00:00"), ("IsRecommended", fixed(True)),
        ("TotalFeedbackCount", numbered("{n}")), ("ProductId", fixed("P1")),
    ], REVIEWS)}).encode(), "review", REVIEWS, {**_TEXT, "date": utc, "handle": of("handle"), "id": numbered("a{n}"), "title": of("title")}),
    Case("feefo_service_reviews.csv", delimited([
        ("Order Ref", numbered("W10{n}")), ("Customer Name", of("name")), ("Customer Email", of("mail")), ("Feedback Date", date_as("%d/%m/%Y")), ("Service Rating", lambda t: f"{t['rating']}/5"),
        ("Service Review Title", of("title")), ("Service Review", of("text")), ("Merchant Response", of("reply")), ("Sale Date", date_as("%d/%m/%Y")),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": day, "name": of("name"), "mail": _mail, "title": of("title"), "reply": of("reply")}),
    Case("airtable-Feedback.csv", delimited([
        ("Name", of("name")), ("What happened", of("text")), ("When", date_as("%-m/%-d/%Y %-I:%M%p")), ("Mood", fixed("😕")), ("Stars", of("rating")), ("Plan", of("plan")), ("Owner", fixed("Pat Agent")),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": lambda t: t["date"][:16] + ":00", "name": of("name"), "Plan": of("plan")}),
    Case("sterne.xlsx", sheet([
        ("Lfd. Nr.", lambda t: t["n"]), ("Zeitpunkt", date_as("%d.%m.%Y")), ("Kunde", of("name")), ("Anzahl Sterne", lambda t: int(t["rating"])), ("Was uns der Kunde schreibt", of("text")),
        ("Unsere Antwort", of("reply")), ("Standort", of("city")),
    ], FOREIGN), "review", FOREIGN, {**_TEXT, "date": day, "name": of("name"), "reply": of("reply"), "Standort": of("city")}),
    Case("telegram_result.json", json.dumps({"name": "Example users", "type": "public_supergroup", "id": 1, "messages": objects([
        ("id", numbered("{n}")), ("type", fixed("message")), ("date", of("date")), ("date_unixtime", lambda t: str(seconds(t))), ("from", of("name")), ("from_id", numbered("user77{n}")),
        ("text", of("text")), ("text_entities", lambda t: [{"type": "plain", "text": t["text"]}]),
    ], POSTS)}, indent=1).encode(), "post", POSTS, {"text": of("text"), "name": of("name"), "date": of("date"), "id": numbered("user77{n}"), "rating": fixed(None)}),
    Case("fb-group-posts.csv", delimited([
        ("Post ID", numbered("9{n}")), ("Posted By", of("name")), ("Post Created Date", date_as("%Y-%m-%d")), ("Post Created Time", date_as("%H:%M:%S")), ("Type", fixed("Status")),
        ("Message", of("text")), ("Likes", numbered("{n}")), ("Comments", fixed("3")), ("Shares", fixed("0")), ("URL", numbered("https://fb.example/{n}")),
    ], POSTS), "post", POSTS, {"text": of("text"), "name": of("name"), "date": day, "rating": fixed(None), "url": numbered("https://fb.example/{n}")}),
    Case("zoho-tickets.csv", delimited([
        ("Request Id", numbered("#4{n}")), ("Department", fixed("Support")), ("Subject", of("title")), ("Description", lambda t: "<div>" + t["text"].replace("&", "&amp;").replace("\n", "<br>") + "</div>"),
        ("Contact Name", of("name")), ("Email", of("mail")), ("Created Time (Ticket)", date_as("%d %b %Y %I:%M %p")), ("Ticket Closed Time", fixed("02 Apr 2026 10:00 AM")), ("Channel", fixed("Web")),
        ("Happiness Rating", fixed("")),
    ], REVIEWS), "ticket", REVIEWS, {"text": of("text"), "title": of("title"), "date": lambda t: t["date"][:16] + ":00", "name": of("name"), "mail": _mail, "channel": fixed("Web")}),
    Case("20260306-SurveyExport.csv", delimited([
        ("Response ID", numbered("{n}")), ("Time Started", date_as("%Y-%m-%d %H:%M:%S")), ("Date Submitted", date_as("%Y-%m-%d %H:%M:%S")), ("Status", fixed("Complete")), ("Language", fixed("English")),
        ("IP Address", numbered("81.2.3.{n}")), ("City", fixed("Leeds")), ("Overall satisfaction", of("score")), ("What do you mainly use Example for?", of("job")),
        ("Comments:What could we do better?", of("better")), ("Your plan", of("plan")),
    ], ANSWERS), "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "id": numbered("{n}"), "date": of("date"), "rating": _score, "Your plan": of("plan"), "City": fixed("Leeds")},
        (("What do you mainly use Example for?", "job"), ("Comments:What could we do better?", "better"))),
]  # fmt: skip
