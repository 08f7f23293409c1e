"""Sentences written as the files of stores, platforms and office programs, for the tests that hold for every format."""

from __future__ import annotations

import html
import io
import json
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape


def as_app_store(sentences: list[str]) -> bytes:
    data = [
        {"type": "customerReviews", "id": str(n),
         "attributes": {"rating": 1 + n % 5, "title": "", "body": text, "reviewerNickname": f"w{n}"}}
        for n, text in enumerate(sentences)
    ]  # fmt: skip
    return json.dumps({"data": data, "links": {}}, indent=1).encode()


def as_discourse(sentences: list[str]) -> bytes:
    posts = [
        {"id": n, "username": f"w{n}", "cooked": f"<p>{html.escape(text)}</p>", "post_number": n + 2, "post_type": 1,
         "topic_id": 7}
        for n, text in enumerate(sentences)
    ]  # fmt: skip
    return json.dumps({"post_stream": {"posts": posts, "stream": list(range(len(posts)))}, "title": ""}).encode()


def as_mastodon(sentences: list[str]) -> bytes:
    public = "https://www.w3.org/ns/activitystreams#Public"
    items = [
        {"type": "Create", "actor": f"https://x.org/users/w{n}",
         "object": {"id": f"https://x.org/{n}", "type": "Note", "to": [public], "content": f"<p>{html.escape(text)}</p>"}}
        for n, text in enumerate(sentences)
    ]  # fmt: skip
    return json.dumps({"id": "outbox.json", "type": "OrderedCollection", "orderedItems": items}).encode()


def as_youtube(sentences: list[str]) -> bytes:
    items = [
        {"kind": "youtube#commentThread", "snippet": {"topLevelComment": {
            "id": f"Ug{n}", "snippet": {"textOriginal": text, "authorChannelId": {"value": f"UC{n}"}}}}}
        for n, text in enumerate(sentences)
    ]  # fmt: skip
    return json.dumps({"kind": "youtube#commentThreadListResponse", "items": items}).encode()


def as_takeout(sentences: list[str]) -> bytes:
    head = "Comment ID,Channel ID,Comment Create Timestamp,Price,Video ID,Comment Text\n"
    rows = []
    for n, text in enumerate(sentences):
        cell = json.dumps({"takeoutSegments": [{"text": text}]}).replace('"', '""')
        rows.append(f'C{n},UC1,2026-01-01T00:00:00Z,0,v,"{cell}"\n')
    return (head + "".join(rows)).encode()


def as_ods(sentences: list[str]) -> bytes:
    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'

    rows = [("review_id", "review"), *((f"r{n}", text) for n, text in enumerate(sentences))]
    body = "".join(f"<table:table-row>{cell(one)}{cell(two)}</table:table-row>" for one, two in rows)
    return ods(f'<table:table table:name="S">{body}</table:table>')


def ods(tables: str) -> bytes:
    """An OpenDocument spreadsheet of these tables."""
    names = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return packed.getvalue()


POST_FORMATS: dict[str, tuple[str, Callable[[list[str]], bytes]]] = {
    "app_store.v1": ("a.json", as_app_store),
    "discourse.v1": ("a.json", as_discourse),
    "mastodon.v1": ("a.json", as_mastodon),
    "ods.v1": ("a.ods", as_ods),
    "youtube.v1": ("a.json", as_youtube),
    "youtube_takeout.v1": ("a.csv", as_takeout),
}
