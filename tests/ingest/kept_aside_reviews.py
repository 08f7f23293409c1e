"""Reviews in the layouts of stores, review sites and shops."""

# ruff: noqa: E501
# One line of a case is one stretch of its header.

from __future__ import annotations

import html
from datetime import datetime

from .kept_aside import (
    FOREIGN,
    REVIEWS,
    Case,
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


_title = of("title")

CASES = [
    Case("reviews_reviews_com.example.app_202601.csv", delimited([
        ("Package Name", fixed("com.example.app")), ("App Version Code", fixed("210")), ("App Version Name", fixed("4.2.1")),
        ("Reviewer Language", fixed("en")), ("Device", of("device")), ("Review Submit Date and Time", utc),
        ("Review Submit Millis Since Epoch", lambda t: seconds(t) * 1000), ("Review Last Update Date and Time", utc),
        ("Review Last Update Millis Since Epoch", lambda t: seconds(t) * 1000), ("Star Rating", of("rating")),
        ("Review Title", fixed("")), ("Review Text", of("text")),
        ("Developer Reply Date and Time", lambda t: "2026-04-01T00:00:00Z" if t["reply"] else ""),
        ("Developer Reply Millis Since Epoch", fixed("")), ("Developer Reply Text", of("reply")),
        ("Review Link", numbered("https://play.google.com/console/developers/1/app/2/user-feedback/review-details?reviewId=gp{n}")),
    ], REVIEWS, encoding="utf-16"), "review", REVIEWS,
        {**_TEXT, "date": utc, "reply": of("reply"), "App Version Name": fixed("4.2.1"), "language": fixed("en")}),
    Case("appfollow-reviews.csv", delimited([
        ("Date", date_as("%Y-%m-%d")), ("Store", fixed("as")), ("App ID", fixed("99112233")), ("Country", of("country")), ("Author", of("handle")),
        ("Rating", of("rating")), ("Version", fixed("4.2")), ("Title", of("title")), ("Review", of("text")), ("Reply text", of("reply")),
        ("Reply Date", lambda t: "2026-04-01" if t["reply"] else ""), ("Sentiment", fixed("negative")), ("Permalink", numbered("https://watch.example.io/r/{n}")),
        ("Review ID", numbered("88{n}")),
    ], REVIEWS), "review", REVIEWS,
        {**_TEXT, "date": day, "handle": of("handle"), "title": _title, "reply": of("reply"), "Country": of("country"),
         "url": numbered("https://watch.example.io/r/{n}")}),
    Case("appbot_export.csv", delimited([
        ("Store", fixed("iTunes")), ("Country Name", of("country")), ("Date", date_as("%d %b %Y")), ("Version", fixed("1.9")), ("Stars", of("rating")),
        ("Sentiment", fixed("Mixed")), ("Author", of("handle")), ("Subject", of("title")), ("Body", of("text")), ("Translated Subject", fixed("")),
        ("Translated Body", fixed("")), ("Topics", fixed("")),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": day, "handle": of("handle"), "title": _title}),
    Case("trustpilot_reviews_2026.csv", delimited([
        ("Domain Url", fixed("shop.example.com")), ("Webshop Name", fixed("Example Shop")), ("Business Unit Id", fixed("47783f490000640005020cf6")),
        ("Review Id", numbered("65a{n}")), ("Review Created (UTC)", date_as("%Y-%m-%d %H:%M:%S")), ("Review Consumer User Id", numbered("5f0{n}")),
        ("Review Username", of("name")), ("Review User Email", of("mail")), ("Review Title", of("title")), ("Review Content", of("text")),
        ("Review Stars", of("rating")), ("Source Of Review", fixed("Organic")), ("Reference Id", numbered("ORDER-10{n}")), ("Company Reply", of("reply")),
        ("Company Reply Date (UTC)", lambda t: "2026-04-01 10:00:00" if t["reply"] else ""), ("Tags", fixed("")), ("Review Language", fixed("en")),
        ("Location Name", fixed("")),
    ], REVIEWS), "review", REVIEWS,
        {**_TEXT, "date": utc, "name": of("name"), "mail": lambda t: t["mail"].lower(), "title": _title, "reply": of("reply")}),
    Case("judgeme-reviews.csv", delimited([
        ("title", of("title")), ("body", of("text")), ("rating", of("rating")), ("review_date", date_as("%Y-%m-%d %H:%M:%S UTC")), ("source", fixed("email")),
        ("curated", fixed("ok")), ("reviewer_name", of("name")), ("reviewer_email", of("mail")), ("product_id", numbered("70{n}")),
        ("product_handle", fixed("blue-lamp")), ("reply", of("reply")), ("reply_date", fixed("")), ("picture_urls", fixed("")),
        ("ip_address", numbered("81.2.3.{n}")), ("location", of("country")),
    ], REVIEWS), "review", REVIEWS,
        {**_TEXT, "date": utc, "name": of("name"), "mail": lambda t: t["mail"].lower(), "title": _title, "reply": of("reply")}),
    Case("yotpo.csv", delimited([
        ("Review ID", numbered("30{n}")), ("Review Status", fixed("Published")), ("Review Score", of("rating")), ("Review Creation Date", date_as("%Y-%m-%d")),
        ("Review Title", of("title")), ("Review Content", lambda t: html.escape(t["text"], quote=False)), ("Display Name", of("name")),
        ("Email", of("mail")), ("Order ID", numbered("#100{n}")), ("Product Title", fixed("Blue Lamp")), ("Merchant reply", of("reply")),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": day, "name": of("name"), "mail": lambda t: t["mail"].lower(), "reply": of("reply")}),
    Case("Guest reviews.csv", delimited([
        ("Review date", date_as("%Y-%m-%d %H:%M:%S")), ("Guest name", of("name")), ("Reservation number", numbered("39001{n}")), ("Review title", of("title")),
        ("Positive review", of("text")), ("Negative review", fixed("")), ("Review score", lambda t: int(t["rating"]) * 2), ("Staff", fixed("10")),
        ("Cleanliness", fixed("7.5")), ("Property reply", of("reply")),
    ], REVIEWS), "review", REVIEWS,
        {"text": of("text"), "rating": lambda t: rating(t) * 2, "date": of("date"), "name": of("name"), "reply": of("reply"),
         "question": fixed("Positive review")}),
    Case("outscraper-google-maps.csv", delimited([
        ("query", fixed("example shop")), ("name", fixed("Example Shop")), ("google_id", fixed("0x47a:0xb1")), ("reviews", fixed("812")), ("rating", fixed("4.4")),
        ("review_id", numbered("ChZ{n}")), ("author_link", numbered("https://maps.example/contrib/{n}")), ("author_title", of("name")), ("author_id", numbered("1055{n}")),
        ("review_text", of("text")), ("owner_answer", of("reply")), ("review_link", numbered("https://maps.example/reviews/{n}")), ("review_rating", of("rating")),
        ("review_datetime_utc", date_as("%m/%d/%Y %H:%M:%S")), ("review_likes", numbered("{n}")),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": utc, "name": of("name"), "reply": of("reply")}),
    Case("amazon_reviews_2014.json", json_lines([
        ("reviewerID", numbered("A2{n}")), ("asin", fixed("B00X")), ("reviewerName", of("name")), ("helpful", fixed([2, 3])), ("reviewText", of("text")),
        ("overall", rating), ("summary", of("title")), ("unixReviewTime", seconds), ("reviewTime", date_as("%m %d, %Y")),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": utc, "name": of("name"), "id": numbered("A2{n}"), "title": _title}),
    Case("All_Beauty.jsonl", json_lines([
        ("rating", rating), ("title", of("title")), ("text", lambda t: t["text"].replace("\n", "<br />")), ("images", fixed([])), ("asin", fixed("B00X")),
        ("parent_asin", fixed("B00X")), ("user_id", numbered("AGKH{n}")), ("timestamp", lambda t: seconds(t) * 1000), ("helpful_vote", numbered("{n}")),
        ("verified_purchase", fixed(True)),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": utc, "id": numbered("AGKH{n}"), "title": _title}),
    Case("yelp_academic_dataset_review.json", json_lines([
        ("review_id", numbered("KU{n}")), ("user_id", numbered("mh{n}")), ("business_id", fixed("XQ")), ("stars", rating), ("useful", numbered("{n}")),
        ("funny", fixed(0)), ("cool", fixed(0)), ("text", of("text")), ("date", date_as("%Y-%m-%d %H:%M:%S")),
    ], REVIEWS), "review", REVIEWS, {**_TEXT, "date": of("date"), "id": numbered("mh{n}")}),
    Case("steam_reviews.csv", delimited([
        ("", numbered("{n}")), ("app_id", fixed("292030")), ("app_name", fixed("The Game")), ("review_id", numbered("8518{n}")), ("language", fixed("english")),
        ("review", of("text")), ("timestamp_created", seconds), ("timestamp_updated", seconds), ("recommended", lambda t: str(int(t["rating"]) > 3)),
        ("votes_helpful", numbered("{n}")), ("votes_funny", fixed("0")), ("weighted_vote_score", fixed("0.5")), ("comment_count", fixed("0")),
        ("steam_purchase", fixed("True")), ("author.steamid", numbered("7656119{n}")), ("author.num_games_owned", fixed("6")), ("author.playtime_forever", numbered("19{n}")),
    ], REVIEWS), "review", REVIEWS,
        {"text": of("text"), "date": utc, "id": numbered("7656119{n}"), "language": fixed("en"), "recommended": lambda t: str(int(t["rating"]) > 3)}),
    Case("g2_reviews_export.csv", delimited([
        ("Submitted At", date_as("%b %d, %Y")), ("Reviewer", of("name")), ("Job Title", fixed("Manager")), ("Company Size", fixed("Small-Business (50 or fewer emp.)")),
        ("Industry", fixed("Retail")), ("Star Rating", of("rating")), ("Title", of("title")), ("What do you like best about Example?", of("text")),
        ("What do you dislike about Example?", fixed("")), ("What problems is Example solving and how is that benefiting you?", fixed("n/a")),
        ("URL", numbered("https://g2.example/r/{n}")),
    ], REVIEWS), "review", REVIEWS,
        {**_TEXT, "date": day, "name": of("name"), "question": fixed("What do you like best about Example?"), "Industry": fixed("Retail"),
         "Company Size": fixed("Small-Business (50 or fewer emp.)"), "Job Title": fixed("Manager")}),
    Case("capterra.xlsx", sheet([
        ("Review Date", lambda t: datetime.fromisoformat(t["date"])), ("Reviewer Name", of("name")), ("Company Size", fixed("11-50")), ("Overall Rating", rating),
        ("Ease of Use", rating), ("Customer Service", rating), ("Overall Comments", of("text")), ("Pros", fixed("")), ("Cons", fixed("none")),
    ], REVIEWS, above=[["Reviews of Example", None], []]), "review", REVIEWS,
        {**_TEXT, "date": of("date"), "name": of("name"), "question": fixed("Overall Comments")}),
    Case("bewertungen.csv", delimited([
        ("Bewertungs-ID", numbered("B-{n}")), ("Artikelnummer", numbered("4711{n}")), ("Kundenname", of("name")), ("Datum", date_as("%d.%m.%Y")), ("Sterne", of("rating")),
        ("Titel", of("title")), ("Bewertungstext", of("text")), ("Antwort des Händlers", of("reply")), ("Ort", of("city")),
    ], FOREIGN, by=";", encoding="cp1252"), "review", FOREIGN,
        {**_TEXT, "date": day, "name": of("name"), "title": _title, "reply": of("reply")}),
    Case("avis-clients.csv", delimited([
        ("Identifiant", numbered("{n}")), ("Date de publication", date_as("%d/%m/%Y")), ("Auteur", of("name")), ("Note", lambda t: f"{t['rating']}/5"), ("Titre", of("title")),
        ("Commentaire", of("text")), ("Réponse", of("reply")), ("Ville", of("city")),
    ], FOREIGN, by=";"), "review", FOREIGN, {**_TEXT, "date": day, "name": of("name"), "title": _title, "reply": of("reply")}),
    Case("opiniones.xlsx", sheet([
        ("Puntuación", lambda t: int(t["rating"])), ("Fecha", date_as("%d/%m/%Y")), ("Opinión", of("text")), ("Usuario", of("handle")),
        ("Correo electrónico", of("mail")), ("Producto", fixed("Lámpara azul")), ("Enlace", numbered("https://tienda.example/{n}")),
    ], FOREIGN), "review", FOREIGN, {**_TEXT, "date": day, "handle": of("handle"), "mail": of("mail")}),
    Case("tripadvisor.tsv", delimited([
        ("url", numbered("https://ta.example/{n}")), ("stayed", fixed("November 2025")), ("reviewed", date_as("%B %d, %Y")), ("traveller", of("name")),
        ("from", of("country")), ("bubbles", lambda t: f"{t['rating']} of 5 bubbles"), ("headline", of("title")), ("the_review", of("text")),
        ("helpful votes", numbered("{n}")), ("management response", of("reply")),
    ], REVIEWS, by="\t", lines="\n"), "review", REVIEWS, {**_TEXT, "date": day, "name": of("name"), "title": _title, "reply": of("reply")}),
    Case("feedback widget.csv", delimited([
        ("submission", numbered("sub_{n}")), ("when", lambda t: minute(t).replace("T", " ")[:16]), ("page", fixed("https://app.example/settings")),
        ("browser", fixed("Firefox 140")), ("emoji", fixed("😐")), ("how many stars", of("rating")), ("what they said", of("text")), ("account email", of("mail")),
        ("subscription", of("plan")),
    ], REVIEWS, by="|", encoding="utf-8-sig"), "review", REVIEWS,
        {**_TEXT, "date": minute, "mail": lambda t: t["mail"].lower(), "subscription": of("plan")}),
]  # fmt: skip
