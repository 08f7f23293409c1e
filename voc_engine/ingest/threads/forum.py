"""Forums: topics and posts of Discourse as JSON. (Tables of phpBB and others are read as tables.)"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import Conversation, set_aside
from voc_engine.ingest.decoding import head_text, unify, whole_text
from voc_engine.ingest.identity import make_identity
from voc_engine.ingest.jsonscan import Item, arr, array_items, array_under, decode, obj, words
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.cells import without_codes
from voc_engine.ingest.tables.records import bad_item
from voc_engine.ingest.threads.posts import Post, conversation, html_parts, plain_parts
from voc_engine.ingest.threads.thread import moment
from voc_engine.records import Skipped

_MARKS = ('"cooked"', '"post_number"', '"username"', '"topic_id"', '"topic_slug"', '"raw"', '"post_type"')
_ROBOTS = frozenset(("system", "discobot"))
_DELETED = re.compile(
    r"^\W*(?:\(?(?:post|topic) (?:deleted|withdrawn) by author.*|this post was flagged.*)$", re.IGNORECASE
)
# What an author wrote is of type 1; 2 are notes of moderators, 3 "closed this topic", 4 whispers of the staff.
_REGULAR = (None, 1)
_FEWEST_MARKS = 5  # where the list of posts is not yet in the head


@dataclass(frozen=True)
class _Topic:
    title: str
    posts: int


class Discourse:
    """Each post is a document of its author; quotations are cut, staff are no evidence, deleted posts are set aside."""

    name = "discourse.v1"
    kind = "post"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if text.lstrip()[:1] not in ("{", "["):
            return 0.0
        marks = sum(mark in text for mark in _MARKS)
        return 0.97 if '"post_stream"' in text and marks > 1 else 0.93 if marks >= _FEWEST_MARKS else 0.0

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        text = whole_text(source, options)
        start = len(text) - len(text.lstrip())
        if text[start : start + 1] == "[":
            items = array_items(text, start, "post")
        else:
            items = array_under(text, "posts", "post") or array_under(text, "latest_posts", "post") or iter(())
        topic = _topic(text)
        n_posts = 0
        for item in items:
            if not isinstance(item.value, dict):
                yield bad_item(source, item)
            else:
                n_posts += 1
                yield _post(source, options, item, topic)
        if topic.posts > n_posts:
            missing = topic.posts - n_posts
            yield set_aside(
                source, "topic", "posts of the topic that the file does not hold (further pages)", "", missing
            )

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        return [
            "layout: Discourse topic or posts",
            "used: id, username, name, created_at, cooked or raw, topic title (with the first post), address",
            "no evidence: quotations, previews of links, staff; set aside: deleted and system posts",
        ]


def _topic(text: str) -> _Topic:
    """The topic's title, and how many posts it has; a damaged file tells neither."""
    try:
        record = obj(decode(text.lstrip())[0])
    except ValueError:
        return _Topic("", 0)
    return _Topic(words(record.get("title")), len(arr(obj(record.get("post_stream")).get("stream"))))


def _post(source: SourceFile, options: SourceConfig, item: Item, topic: _Topic) -> Conversation | Skipped:
    record: dict[str, Any] = item.value
    native = words(record.get("id")) or item.locator
    cooked, raw = words(record.get("cooked")), unify(words(record.get("raw"))).strip()
    parts = html_parts(cooked) if cooked else plain_parts(without_codes(raw))
    text = "\n".join(part for part, _ in parts)
    locator = f"post {native}"
    handle = words(record.get("username"))
    if record.get("post_type") not in _REGULAR or record.get("action_code") or handle in _ROBOTS:
        return set_aside(source, locator, "note of the system or of moderators", text or words(record))
    gone = record.get("user_deleted") is True or record.get("deleted_at") or record.get("hidden") is True
    if gone or _DELETED.match(text):
        return set_aside(source, locator, "deleted by its author or by moderators", text)
    staff = any(record.get(key) is True for key in ("staff", "admin", "moderator"))
    first = record.get("post_number") == 1
    post = Post(
        native,
        locator,
        make_identity(name=words(record.get("name")), handle=handle),
        parts,
        role="agent" if staff else "participant",
        title=(words(record.get("topic_title")) or topic.title) if first else "",
        created_at=moment(record.get("created_at")),
        channel="forum",
        url=words(record.get("post_url")) or _address(record),
        record=record,
    )
    return conversation(source, options, post)


def _address(record: dict[str, Any]) -> str | None:
    slug, topic, number = (words(record.get(key)) for key in ("topic_slug", "topic_id", "post_number"))
    return f"/t/{slug or '-'}/{topic}/{number}" if topic and number else None
