"""Mastodon: an account's archive (outbox.json, ActivityPub) and statuses as the API gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import Conversation, set_aside
from voc_engine.ingest.decoding import head_text
from voc_engine.ingest.identity import Identity
from voc_engine.ingest.jsonscan import Item, arr, first_record, json_lines, looks_like_lines, obj, words
from voc_engine.ingest.jsonstream import stream_items
from voc_engine.ingest.markup import html_to_text
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.records import bad_item
from voc_engine.ingest.threads.posts import Post, conversation, html_parts
from voc_engine.ingest.threads.thread import moment
from voc_engine.records import Skipped, language_code

_KEYS = ["orderedItems", "statuses", "descendants", "ancestors"]
_CHANNEL = "Mastodon"
_STATUS = ("account", "content", "spoiler_text", "visibility", "reblog", "favourites_count", "uri")
_FEWEST_KEYS = 5  # of a status's keys; a choice: posts of other networks share some of them


class Mastodon:
    """HTML made plain; boosts, bots and private messages are set aside; a content warning is the post's title."""

    name = "mastodon.v1"
    kind = "post"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if text.lstrip()[:1] not in ("{", "["):
            return 0.0
        if '"orderedItems"' in text and "OrderedCollection" in text:
            return 0.97
        record = first_record(text)
        inner = next((obj(one) for key in _KEYS for one in arr(record.get(key))), record)
        marks = sum(key in inner for key in _STATUS)
        return 0.96 if marks >= _FEWEST_KEYS else 0.9 if all(f'"{key}":' in text for key in _STATUS) else 0.0

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        head = head_text(source.head(1 << 16))
        lines = looks_like_lines(head) and {"account", "object"} & first_record(head).keys()
        items = json_lines(source, options) if lines else stream_items(source, options, _KEYS, "post")
        for item in items:
            if item.fault or not isinstance(item.value, dict):
                yield bad_item(source, item)
            elif "account" in item.value:
                yield _status(source, options, item)
            elif item.key or "object" in item.value:
                yield _activity(source, options, item)

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        return [
            "layout: Mastodon (an archive's outbox.json, or statuses of the API)",
            "used: id, author, time, content, content warning, language, address",
            "set aside: boosts, bots, private messages",
        ]


def _activity(source: SourceFile, options: SourceConfig, item: Item) -> Conversation | Skipped:
    record: dict[str, Any] = item.value
    note = obj(record.get("object"))
    native = words(note.get("id")) or words(record.get("id")) or item.locator
    if record.get("type") == "Announce":
        return set_aside(source, item.locator, "repost of somebody else's words (boost)", words(record.get("object")))
    if not note:
        return set_aside(source, item.locator, "activity without a post", words(record))
    content = words(note.get("content"))
    if _is_private(note):
        return set_aside(source, item.locator, "private message", html_to_text(content))
    languages = [language_code(key) for key in obj(note.get("contentMap"))]
    post = Post(
        native,
        item.locator,
        _account_of(words(note.get("attributedTo")) or words(record.get("actor"))),
        html_parts(content),
        title=words(note.get("summary")).strip(),
        created_at=moment(note.get("published") or record.get("published")),
        channel=_CHANNEL,
        url=words(note.get("url")) or None,
        language=languages[0] if languages else None,
        record=record,
    )
    return conversation(source, options, post)


def _is_private(note: dict[str, Any]) -> bool:
    """Neither to the public nor to followers: addressed to the people it names alone."""
    to = [words(one) for key in ("to", "cc") for one in (arr(note.get(key)) or [note.get(key)]) if one]
    return bool(to) and not any(one.endswith(("#Public", "as:Public", "/followers")) or one == "Public" for one in to)


def _account_of(address: str) -> Identity:
    """https://example.social/users/ann is the account ann@example.social on every server."""
    parts = urlsplit(address)
    name = parts.path.rstrip("/").rpartition("/")[2].lstrip("@")
    # An account is written like a mail address and is none.
    return Identity(handle=f"{name}@{parts.netloc}" if name and parts.netloc else name)


def _status(source: SourceFile, options: SourceConfig, item: Item) -> Conversation | Skipped:
    record: dict[str, Any] = item.value
    account = obj(record.get("account"))
    content = words(record.get("content"))
    if record.get("reblog"):
        return set_aside(source, item.locator, "repost of somebody else's words (boost)", html_to_text(content))
    if record.get("visibility") == "direct":
        return set_aside(source, item.locator, "private message", html_to_text(content))
    if account.get("bot") is True:
        return set_aside(source, item.locator, "written by a bot", html_to_text(content))
    native = words(record.get("uri")) or words(record.get("id")) or item.locator
    post = Post(
        native,
        item.locator,
        _author(account),
        html_parts(content),
        title=words(record.get("spoiler_text")).strip(),
        created_at=moment(record.get("created_at")),
        channel=_CHANNEL,
        url=words(record.get("url")) or None,
        language=language_code(words(record.get("language"))) if record.get("language") else None,
        record=record,
    )
    return conversation(source, options, post)


def _author(account: dict[str, Any]) -> Identity:
    """The full name of an account of the server that was asked lacks its domain; its address has it."""
    handle = words(account.get("acct"))
    domain = urlsplit(words(account.get("url"))).netloc
    if handle and "@" not in handle and domain:
        handle = f"{handle}@{domain}"
    name = re.sub(r":\w+:", "", words(account.get("display_name"))).strip()
    return Identity(name=name, handle=handle)
