"""Posts, tickets and nested records in the layouts of platforms and their exporters."""

# ruff: noqa: E501
# One line of a case is one stretch of its header.

from __future__ import annotations

import html
import io
import json
from datetime import datetime

from .kept_aside import (
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
    seconds,
    sheet,
    utc,
)


def _paragraph(truth: Truth) -> str:
    return "<p>" + html.escape(str(truth["text"]), quote=False).replace("\n", "<br>") + "</p>"


def _parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [
        {
            "post_id": f"p{row['n']}",
            "author": {"id": 900 + row["n"], "display_name": row["name"], "username": row["handle"]},
            "posted": datetime.fromisoformat(row["date"]),
            "message": row["text"],
            "likes": row["n"],
            "forum": row["board"],
        }
        for row in POSTS
    ]
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), stream)
    return stream.getvalue()


CASES = [
    Case("r_example_comments.csv", delimited([
        ("id", numbered("k1{n}")), ("author", of("handle")), ("created_utc", seconds), ("score", of("votes")), ("body", of("text")),
        ("subreddit", fixed("example")), ("permalink", numbered("/r/example/comments/x/k1{n}")), ("distinguished", fixed("")),
    ], POSTS), "post", POSTS,
        {"text": of("text"), "handle": of("handle"), "date": utc, "rating": fixed(None), "url": numbered("/r/example/comments/x/k1{n}")}),
    Case("tweets_scraped.csv", delimited([
        ("id", numbered("14{n}")), ("conversation_id", fixed("14")), ("created_at", date_as("%Y-%m-%d %H:%M:%S UTC")), ("timezone", fixed("0")),
        ("user_id", numbered("99{n}")), ("username", of("handle")), ("name", of("name")), ("place", fixed("")), ("tweet", of("text")), ("language", fixed("en")),
        ("mentions", fixed("[]")), ("replies_count", fixed("3")), ("retweets_count", fixed("1")), ("likes_count", of("votes")),
        ("link", numbered("https://x.example/i/14{n}")), ("retweet", fixed("False")),
    ], POSTS), "post", POSTS,
        {"text": of("text"), "handle": of("handle"), "name": of("name"), "date": utc, "rating": fixed(None), "language": fixed("en")}),
    Case("discourse-posts.csv", delimited([
        ("topic_id", fixed("71")), ("topic_title", fixed("Import of large files")), ("post_number", numbered("{n}")), ("username", of("handle")),
        ("created_at", date_as("%Y-%m-%d %H:%M:%S UTC")), ("raw", of("text")), ("like_count", of("votes")), ("category", of("board")), ("score", of("votes")),
    ], POSTS), "post", POSTS, {"text": of("text"), "handle": of("handle"), "date": utc, "rating": fixed(None)}),
    Case("phpbb_posts.csv", delimited([
        ("post_id", numbered("55{n}")), ("topic_id", fixed("9")), ("forum_id", fixed("2")), ("poster_id", numbered("31{n}")), ("post_time", seconds),
        ("post_username", of("handle")), ("post_subject", fixed("Re: Import")), ("post_text", of("text")), ("post_approved", fixed("1")),
    ], POSTS, by=";"), "post", POSTS, {"text": of("text"), "handle": of("handle"), "date": utc, "rating": fixed(None)}),
    Case("facebook-comments.xlsx", sheet([
        ("#", numbered("{n}")), ("Name", of("name")), ("Profile ID", numbered("1000{n}")), ("Date", lambda t: datetime.fromisoformat(t["date"])), ("Likes", of("votes")),
        ("Comment", of("text")), ("Comment Link", numbered("https://fb.example/c/{n}")),
    ], POSTS, above=[["Comments of the post", "https://fb.example/p/1"], ["Exported", "2026-04-01"], []]), "post", POSTS,
        {"text": of("text"), "name": of("name"), "date": of("date"), "rating": fixed(None)}),
    Case("hn_comments.jsonl", json_lines([
        ("by", of("handle")), ("id", numbered("41{n}")), ("parent", fixed("41")), ("text", _paragraph), ("time", seconds), ("type", fixed("comment")), ("score", of("votes")),
    ], POSTS), "post", POSTS, {"text": of("text"), "handle": of("handle"), "date": utc, "rating": fixed(None)}),
    Case("youtube-comments.csv", delimited([
        ("videoId", fixed("dQw4w9WgXcQ")), ("commentId", numbered("Ug{n}")), ("authorDisplayName", lambda t: "@" + t["handle"]), ("authorChannelId", numbered("UC{n}")),
        ("textDisplay", of("text")), ("likeCount", of("votes")), ("publishedAt", utc), ("updatedAt", utc), ("totalReplyCount", fixed("0")),
    ], POSTS), "post", POSTS, {"text": of("text"), "handle": of("handle"), "date": utc, "rating": fixed(None)}),
    Case("canny-posts.csv", delimited([
        ("postURL", numbered("https://canny.example/p/{n}")), ("title", of("title")), ("details", of("text")), ("author", of("name")), ("email", of("mail")),
        ("score", numbered("{n}")), ("status", fixed("open")), ("created", date_as("%a, %d %b %Y %H:%M:%S GMT")), ("category", of("device")),
    ], REVIEWS), "post", REVIEWS,
        {"text": of("text"), "name": of("name"), "mail": lambda t: t["mail"].lower(), "date": utc, "title": of("title"), "rating": fixed(None)}),
    Case("community.json", json.dumps({"count": len(POSTS), "posts": objects([
        ("id", numbered("{n}")), ("author.name", of("name")), ("author.username", of("handle")), ("board.name", of("board")), ("created_at", lambda t: t["date"] + "+00:00"),
        ("content.text", of("text")), ("stats.upvotes", of("votes")),
    ], POSTS)}, indent=1).encode(), "post", POSTS,
        {"text": of("text"), "handle": of("handle"), "name": of("name"), "date": utc, "rating": fixed(None)}),
    Case("posts.parquet", _parquet(), "post", POSTS, {"text": of("text"), "name": of("name"), "handle": of("handle"), "date": of("date"), "rating": fixed(None)}),
    Case("forum-beitraege.csv", delimited([
        ("Beitrag-Nr", numbered("{n}")), ("Benutzername", of("handle")), ("Erstellt am", lambda t: datetime.fromisoformat(t["date"]).strftime("%d.%m.%Y %H:%M")),
        ("Beitrag", of("text")), ("Forum", fixed("Hilfe")),
    ], [{**row, "date": row["date"] + "T08:05:00"} for row in FOREIGN], by=";", encoding="utf-8-sig"), "post",
        [{**row, "date": row["date"] + "T08:05:00"} for row in FOREIGN],
        {"text": of("text"), "handle": of("handle"), "date": minute, "rating": fixed(None)}),
    Case("freshdesk-tickets.csv", delimited([
        ("Ticket ID", numbered("40{n}")), ("Subject", of("title")), ("Description", of("text")), ("Status", fixed("Closed")), ("Priority", fixed("Low")),
        ("Source", fixed("Email")), ("Agent", fixed("Pat Agent")), ("Group", fixed("Support")), ("Created time", date_as("%Y-%m-%d %H:%M:%S")),
        ("Resolved time", fixed("2026-04-02 10:00:00")), ("Full name", of("name")), ("Email", of("mail")), ("Company", fixed("Acme")), ("Tags", fixed("")),
    ], REVIEWS), "ticket", REVIEWS,
        {"text": of("text"), "title": of("title"), "date": of("date"), "name": of("name"), "mail": lambda t: t["mail"].lower(), "channel": fixed("Email"), "rating": fixed(None)}),
    Case("jira-export.csv", delimited([
        ("Summary", of("title")), ("Issue key", numbered("SUP-{n}")), ("Issue id", numbered("1000{n}")), ("Issue Type", fixed("Support")), ("Status", fixed("Open")),
        ("Reporter", of("name")), ("Assignee", fixed("Pat Agent")), ("Created", date_as("%d/%b/%y %I:%M %p")), ("Description", of("text")),
    ], REVIEWS), "ticket", REVIEWS, {"text": of("text"), "title": of("title"), "date": minute, "name": of("name"), "rating": fixed(None)}),
    Case("anfragen.csv", delimited([
        ("Ticketnummer", numbered("T-{n}")), ("Betreff", of("title")), ("Nachricht", of("text")), ("Absender", of("name")), ("E-Mail", of("mail")),
        ("Erstellt", date_as("%d.%m.%Y")), ("Priorität", fixed("hoch")),
    ], FOREIGN, by="\t", encoding="utf-16"), "ticket", FOREIGN,
        {"text": of("text"), "title": of("title"), "date": day, "name": of("name"), "mail": of("mail"), "rating": fixed(None)}),
]  # fmt: skip
