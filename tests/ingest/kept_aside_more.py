"""A second batch of layouts, written after the first had been mended, so that it shows how well that carries over."""

# ruff: noqa: E501
# One line of a case is one stretch of its header.

from __future__ import annotations

import html
import json
from datetime import datetime

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


def _american(truth: Truth) -> str:
    moment = datetime.fromisoformat(truth["date"])
    return f"Reviewed in the United States on {moment:%B} {moment.day}, {moment.year}"


CASES = [
    Case("google_play_scraped.csv", delimited([
        ("reviewId", numbered("e1f-{n}")), ("userName", of("name")), ("userImage", numbered("https://img.example/{n}.png")), ("content", of("text")), ("score", of("rating")),
        ("thumbsUpCount", numbered("{n}")), ("reviewCreatedVersion", fixed("4.2.1")), ("at", date_as("%Y-%m-%d %H:%M:%S")), ("replyContent", of("reply")),
        ("repliedAt", lambda t: "2026-04-01 10:00:00" if t["reply"] else ""), ("appVersion", fixed("4.2.1")),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": of("date"), "name": of("name"), "reply": of("reply")}),
    Case("app_store_scraped.csv", delimited([
        ("date", date_as("%Y-%m-%d %H:%M:%S")), ("isEdited", fixed("False")), ("review", of("text")), ("rating", of("rating")), ("title", of("title")), ("userName", of("handle")),
        ("developerResponse", lambda t: str({"id": 1, "body": t["reply"], "modified": "2026-04-01"}) if t["reply"] else ""),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": of("date"), "handle": of("handle"), "title": of("title")}),
    Case("listings-reviews.csv", delimited([
        ("listing_id", fixed("2818")), ("id", numbered("19{n}")), ("date", date_as("%Y-%m-%d")), ("reviewer_id", numbered("10{n}")), ("reviewer_name", of("name")),
        ("comments", lambda t: t["text"].replace("\n", "<br/>")),
    ], REVIEWS), "review", REVIEWS, {"text": of("text"), "date": day, "name": of("name"), "id": numbered("10{n}"), "rating": fixed(None)}),
    Case("wp_comments.csv", delimited([
        ("comment_ID", numbered("{n}")), ("comment_post_ID", fixed("12")), ("comment_author", of("name")), ("comment_author_email", of("mail")),
        ("comment_author_url", fixed("")), ("comment_author_IP", numbered("81.2.3.{n}")), ("comment_date", date_as("%Y-%m-%d %H:%M:%S")),
        ("comment_content", of("text")), ("comment_approved", fixed("1")), ("comment_type", fixed("review")), ("rating", of("rating")),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": of("date"), "name": of("name"), "mail": _mail}),
    Case("seller-reviews.csv", delimited([
        ("Date", _american), ("Author", of("name")), ("Verified", fixed("yes")), ("Helpful", numbered("{n}")), ("Title", of("title")), ("Body", of("text")),
        ("Rating", lambda t: f"{t['rating']}.0 out of 5 stars"), ("Images", fixed("0")), ("URL", numbered("https://shop.example/r/{n}")), ("Variation", fixed("Blue")),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": day, "name": of("name"), "title": of("title")}),
    Case("employer reviews.xlsx", sheet([
        ("Posted on", date_as("%d-%b-%Y")), ("Position", fixed("Clerk")), ("Place", of("country")), ("Overall", rating), ("Headline", of("title")), ("Pros", of("text")),
        ("Cons", fixed("-")), ("Advice to Management", fixed("")),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": day, "title": of("title"), "question": fixed("Pros"), "Place": of("country")}),
    Case("kundenstimmen.xlsx", sheet([
        ("Nr.", numbered("{n}")), ("Eingegangen am", date_as("%d.%m.%y")), ("Vorname", lambda t: t["name"].split()[0]), ("Nachname", lambda t: t["name"].split()[1]),
        ("Mailadresse", of("mail")), ("Bewertung (1-5)", lambda t: int(t["rating"])), ("Ihre Meinung", of("text")), ("Filiale", of("city")),
    ], FOREIGN), "review", FOREIGN, {**_TEXT, "date": day, "name": of("name"), "mail": of("mail"), "Filiale": of("city")}),
    Case("resenas.csv", delimited([
        ("Nombre del cliente", of("name")), ("Fecha de la reseña", date_as("%d/%m/%Y")), ("Calificación", lambda t: "★" * int(t["rating"])), ("Título de la reseña", of("title")),
        ("Reseña", of("text")), ("Respuesta de la empresa", of("reply")), ("País", fixed("ES")),
    ], FOREIGN, by=";", encoding="utf-8-sig"), "review", FOREIGN,
        {"text": of("text"), "date": day, "name": of("name"), "title": of("title"), "reply": of("reply")}),
    Case("discord-general.csv", delimited([
        ("AuthorID", numbered("2200{n}")), ("Author", of("handle")), ("Date", lambda t: t["date"] + ".1230000+00:00"), ("Content", of("text")), ("Attachments", fixed("")),
        ("Reactions", fixed("")),
    ], POSTS), "post", POSTS, {"text": of("text"), "handle": of("handle"), "id": numbered("2200{n}"), "date": utc, "rating": fixed(None)}),
    Case("slack_feedback.jsonl", json_lines([
        ("ts", lambda t: f"{seconds(t)}.000200"), ("user", of("handle")), ("text", of("text")), ("channel", of("board")), ("type", fixed("message")),
    ], POSTS), "post", POSTS, {"text": of("text"), "handle": of("handle"), "date": utc, "channel": of("board"), "rating": fixed(None)}),
    Case("stack_questions.csv", delimited([
        ("Id", numbered("77{n}")), ("PostTypeId", fixed("1")), ("CreationDate", lambda t: t["date"] + ".123"), ("Score", of("votes")), ("ViewCount", numbered("1{n}3")),
        ("Body", lambda t: f"<p>{html.escape(t['text'], quote=False)}</p>\n"), ("OwnerUserId", numbered("50{n}")), ("OwnerDisplayName", of("name")), ("Tags", fixed("<import><files>")),
    ], POSTS), "post", POSTS, {"text": of("text"), "name": of("name"), "date": of("date"), "rating": fixed(None)}),
    Case("instagram_comments.json", json.dumps([
        {"pk": f"17{row['n']}", "created_at_utc": seconds(row), "comment_like_count": row["n"], "text": row["text"],
         "owner": {"username": row["handle"], "full_name": row["name"], "is_verified": False}} for row in POSTS
    ]).encode(), "post", POSTS, {"text": of("text"), "handle": of("handle"), "name": of("name"), "date": utc, "rating": fixed(None)}),
    Case("notes_export.csv", delimited([
        ("note_title", of("title")), ("note_text", of("text")), ("user_email", of("mail")), ("user_name", of("name")), ("company_domain", fixed("acme.example")),
        ("source_url", fixed("")), ("tags", fixed("import")), ("created_at", utc),
    ], REVIEWS), "post", REVIEWS, {"text": of("text"), "date": utc, "name": of("name"), "mail": _mail, "title": of("title"), "rating": fixed(None)}),
    Case("hubspot-crm-exports-tickets.csv", delimited([
        ("Ticket ID", numbered("77{n}")), ("Ticket name", of("title")), ("Ticket description", of("text")), ("Create date", date_as("%Y-%m-%d %H:%M")), ("Pipeline", fixed("Support")),
        ("Ticket status", fixed("Closed")), ("Ticket owner", fixed("Pat Agent")), ("Associated Contact", of("name")), ("Associated Contact Email", of("mail")), ("Source", fixed("Chat")),
    ], REVIEWS), "ticket", REVIEWS,
        {"text": of("text"), "date": minute, "name": of("name"), "mail": _mail, "title": of("title"), "channel": fixed("Chat"), "rating": fixed(None)}),
    Case("casos.csv", delimited([
        ("Nº de caso", numbered("C-{n}")), ("Fecha de apertura", date_as("%d-%m-%Y %H:%M")), ("Cliente", of("name")), ("Correo", of("mail")), ("Asunto", of("title")),
        ("Descripción del problema", of("text")), ("Estado", fixed("Cerrado")), ("Agente", fixed("Pat Agent")),
    ], REVIEWS, by=";"), "ticket", REVIEWS,
        {"text": of("text"), "date": minute, "name": of("name"), "mail": _mail, "title": of("title"), "rating": fixed(None)}),
    Case("hotjar-responses.csv", delimited([
        ("Number", numbered("{n}")), ("User ID", numbered("f3a-{n}")), ("Date Submitted", date_as("%Y-%m-%d %H:%M:%S")), ("Country", fixed("Germany")),
        ("Source URL", fixed("https://app.example/pricing")), ("Device", fixed("desktop")), ("Browser", fixed("Chrome 140")), ("OS", fixed("Windows 11")),
        ("How would you rate your experience?", of("score")), ("What is missing on this page?", of("job")), ("Your plan", of("plan")),
    ], ANSWERS), "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "id": numbered("f3a-{n}"), "date": of("date"), "rating": _score, "Device": fixed("desktop"), "Your plan": of("plan")},
        (("What is missing on this page?", "job"),)),
    Case("jotform.csv", delimited([
        ("Submission Date", date_as("%b %d, %Y")), ("First Name", lambda t: t["name"].split()[0]), ("Last Name", lambda t: t["name"].split()[1]), ("E-mail", of("mail")),
        ("On a scale of 0 to 10, how likely are you to recommend us?", of("score")), ("Please tell us why you gave this score", of("job")), ("Suggestions for improvement", of("better")),
        ("I use Example", of("often")),
    ], ANSWERS), "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "name": of("name"), "mail": _mail, "date": day, "rating": _score, "I use Example": of("often")},
        (("Please tell us why you gave this score", "job"), ("Suggestions for improvement", "better"))),
    Case("results-survey-de.csv", delimited([
        ("Antwort ID", numbered("{n}")), ("Datum Abgeschickt", date_as("%Y-%m-%d %H:%M:%S")), ("Letzte Seite", fixed("2")), ("Wie zufrieden sind Sie insgesamt?", of("score")),
        ("Was gefällt Ihnen besonders gut?", of("job")), ("Was gefällt Ihnen weniger?", of("better")), ("Nutzungshäufigkeit", of("often")),
    ], ANSWERS, by=";"), "survey", ANSWERS,
        {"text": of("text"), "question": of("question"), "date": of("date"), "rating": _score, "Nutzungshäufigkeit": of("often")},
        (("Was gefällt Ihnen besonders gut?", "job"), ("Was gefällt Ihnen weniger?", "better"))),
]  # fmt: skip
