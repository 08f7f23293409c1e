"""Reddit archives: JSON lines of submissions and comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import Conversation, set_aside
from voc_engine.ingest.dates import from_epoch
from voc_engine.ingest.decoding import head_text, unify
from voc_engine.ingest.identity import make_identity
from voc_engine.ingest.jsonscan import Item, first_record, json_lines, words
from voc_engine.ingest.mail import split_quotes
from voc_engine.ingest.pieces import Piece, adds_words, build, document_id
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.records import bad_item
from voc_engine.ingest.thread_roles import is_bot_name, is_bot_text
from voc_engine.records import Document, Skipped, stable_hash

_GONE = frozenset(("[deleted]", "[removed]", "[deleted by user]", "[ removed by reddit ]"))
_FEWEST_KEYS = 3  # of Reddit's own keys; a choice: one or two are found elsewhere
_FEWEST_WORDS = 4  # of a post; shorter ones ("Same here.") are written twice by chance


class Reddit:
    """Deleted bodies, bots and reposts are set aside with the reason; quoted lines are cut from evidence."""

    name = "reddit.v1"
    kind = "post"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        record = first_record(head_text(head))
        marks = sum(
            key in record for key in ("subreddit", "author", "created_utc", "link_id", "permalink", "subreddit_id")
        )
        return (
            0.97 if marks >= _FEWEST_KEYS and ("body" in record or "selftext" in record or "title" in record) else 0.0
        )

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        first_of: dict[str, str] = {}
        for item in json_lines(source, options):
            if isinstance(item.value, dict):
                yield _post(source, options, item, first_of)
            else:
                yield bad_item(source, item)

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        return [
            "layout: Reddit archive, one submission or comment per line",
            "used: id, author, created_utc, title, selftext or body, subreddit, permalink",
            "set aside: deleted bodies, bots, reposts; lines that quote others are kept but are no evidence",
        ]


def _post(source: SourceFile, options: SourceConfig, item: Item, first_of: dict[str, str]) -> Conversation | Skipped:
    record: dict[str, Any] = item.value
    native = words(record.get("name")) or _full_name(record) or item.locator
    author = words(record.get("author"))
    body = unify(words(record.get("body")) or words(record.get("selftext"))).strip()
    title = unify(words(record.get("title"))).strip()
    gone = body.casefold() in _GONE
    body = "" if gone else body
    locator = f"{item.locator} ({native})"
    reason = _why_not(record, author, title, body, gone, first_of, native)
    if reason:
        rest = "; ".join(f"{name}: {words(value)}" for name, value in record.items())
        return set_aside(source, locator, reason, f"{title}\n{body}".strip() or rest)
    kind = options.kind or "post"
    new_id = document_id(kind, source.name, native)
    who = make_identity(handle=author)
    key = who.key(new_id)
    pieces = [Piece(title, key, "participant", author or None)] if title and adds_words(title, body) else []
    pieces += [Piece(part, key, "participant", author or None, cut) for part, cut in split_quotes(body)]
    created = record.get("created_utc")
    link = words(record.get("permalink"))
    subreddit = words(record.get("subreddit"))
    frame = Document(
        new_id, kind, source.name, locator, key, "", title=title or None, created_at=_date(created),
        channel=options.channel or (f"r/{subreddit}" if subreddit else None), url=link or None,
        attributes=who.attributes(),
    )  # fmt: skip
    return build(frame, pieces)


def _full_name(record: dict[str, Any]) -> str:
    """Comments and submissions count their ids apart; the prefix keeps them so."""
    native = words(record.get("id"))
    return f"{'t1' if 'body' in record else 't3'}_{native}" if native else ""


def _date(value: object) -> str | None:
    try:
        return from_epoch(float(words(value)))
    except (ValueError, OverflowError):
        return None


def _why_not(
    record: dict[str, Any], author: str, title: str, body: str, gone: bool, first_of: dict[str, str], native: str
) -> str | None:  # fmt: skip
    if gone and not title:
        return "deleted by its author or by moderators"
    if is_bot_name(author) or is_bot_text(body):
        return "written by a bot"
    if record.get("crosspost_parent"):
        return "repost (crosspost) of another submission"
    if not title and not body:
        return "no text in the record"
    mark = stable_hash(author.casefold(), " ".join(f"{title} {body}".casefold().split()))
    if (
        len(body.split()) + len(title.split()) >= _FEWEST_WORDS
        and author.casefold() not in ("[deleted]", "")
        and first_of.setdefault(mark, native) != native
    ):
        return f"repost of the same words by the same author ({first_of[mark]})"
    return None
