"""Intercom conversations: HTML bodies, epoch seconds, nested parts; contacts, admins and bots as authors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import Conversation, set_aside
from voc_engine.ingest.dates import from_epoch, parse_date
from voc_engine.ingest.decoding import head_text
from voc_engine.ingest.identity import Identity, make_identity
from voc_engine.ingest.jsonscan import Item, arr, first_record, obj, words
from voc_engine.ingest.markup import html_to_text
from voc_engine.ingest.pieces import Piece, adds_words, build, document_id
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.records import bad_item
from voc_engine.ingest.thread_roles import is_bot_name, is_bot_text, role_named
from voc_engine.ingest.threads.desk import raw_record
from voc_engine.ingest.threads.desk_messages import Author, items_under, message_pieces
from voc_engine.ingest.threads.thread import facts_of, title_of
from voc_engine.records import Document, Skipped


class Intercom:
    """One conversation is one document; parts without words (assigned, closed) are counted."""

    name = "intercom.v1"
    kind = "ticket"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if text.lstrip()[:1] not in ("{", "["):
            return 0.0
        record = first_record(text)
        inner = next((one for one in arr(record.get("conversations")) if isinstance(one, dict)), record)
        if "conversation_parts" in inner or "conversation_message" in inner:
            return 0.97
        return 0.85 if '"conversation_parts"' in text else 0.0

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        return _conversations(source, options)

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        return [
            "layout: Intercom conversations",
            "used: id, created_at, source (subject, body, author), conversation_parts, conversation_rating, tags, state",
        ]


def _conversations(source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
    for item in items_under(source, options, ("conversations",), "conversation"):
        if not isinstance(item.value, dict):
            yield bad_item(source, item)
        else:
            yield from _conversation(source, options, item)


def _conversation(source: SourceFile, options: SourceConfig, item: Item) -> Iterator[Conversation | Skipped]:
    record: dict[str, Any] = item.value
    native = words(record.get("id")) or item.locator
    kind = options.kind or "ticket"
    new_id = document_id(kind, source.name, native)
    opening = obj(record.get("source")) or obj(record.get("conversation_message"))
    holder = record.get("conversation_parts")
    parts = [obj(one) for one in (arr(obj(holder).get("conversation_parts")) or arr(holder))]
    pieces: list[Piece] = []
    silent = 0
    for message in [opening, *parts]:
        body = message.get("body")
        if not isinstance(body, str) or not html_to_text(body):
            silent += bool(message)
            continue
        created = _date(message.get("created_at") or record.get("created_at"))
        pieces += message_pieces(f"<div>{body}</div>", _author(message, body), new_id, created)
    locator = f"conversation {native}"
    if silent:
        yield set_aside(source, locator, "part without words (assigned, closed, snoozed ...)", "", silent)
    customer = _customer(record, opening, parts)
    key = customer.key(new_id)
    subject = html_to_text(words(opening.get("subject")) or words(record.get("title")))
    if subject and adds_words(subject, "\n".join(piece.text for piece in pieces)):
        who = _author(opening, "")
        pieces.insert(0, Piece(subject, who.identity.key(new_id), who.role, who.identity.name or None))
    if not pieces:
        yield set_aside(source, locator, "conversation without words", raw_record(record))
        return
    rating = obj(record.get("conversation_rating"))
    score = rating.get("rating")
    remark = words(rating.get("remark")).strip()
    if remark:
        pieces.append(Piece(remark, key, "participant", customer.name or None))
    frame = Document(
        new_id, kind, source.name, locator, key, "", title=subject or None, created_at=_date(record.get("created_at")),
        rating=float(score) if isinstance(score, (int, float)) else None,
        channel=options.channel or words(opening.get("type")) or None, url=words(opening.get("url")) or None,
        attributes={**_attributes(record), **customer.attributes()},
    )  # fmt: skip
    yield build(frame, pieces)


def _author(message: dict[str, Any], body: str) -> Author:
    author = obj(message.get("author"))
    role = role_named(words(author.get("type"))) if author.get("type") else "unknown"
    if message.get("part_type") == "note":
        role = "agent"  # notes are what staff write to each other
    who = _identity(author)
    if is_bot_name(who.name) or (role != "participant" and is_bot_text(html_to_text(body))):
        role = "bot"
    return Author(who, role)


def _identity(record: dict[str, Any]) -> Identity:
    return make_identity(
        name=words(record.get("name")), email=words(record.get("email")), id=words(record.get("id")), scope="intercom"
    )


def _customer(record: dict[str, Any], opening: dict[str, Any], parts: list[dict[str, Any]]) -> Identity:
    """The contact: who opened, else the first contact who wrote, else who is listed."""
    for message in [opening, *parts]:
        author = _author(message, "")
        if author.role == "participant":
            return author.identity
    contacts = arr(obj(record.get("contacts")).get("contacts"))
    return _identity(obj(contacts[0])) if contacts else make_identity()


def _date(value: object) -> str | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return from_epoch(value)
    return parse_date(words(value)) if value is not None else None


def _attributes(record: dict[str, Any]) -> dict[str, str]:
    tags = [words(obj(tag).get("name")) for tag in arr(obj(record.get("tags")).get("tags"))]
    company = obj(record.get("company")) or obj(next(iter(arr(obj(record.get("companies")).get("companies"))), {}))
    facts = {
        "state": words(record.get("state")), "priority": _priority(record.get("priority")), "tags": ", ".join(tags),
        "company": words(company.get("name")),
    }  # fmt: skip
    custom = facts_of(
        (title_of(name), value) for name, value in obj(record.get("custom_attributes")).items() if value is not False
    )
    return {**custom, **{name: value for name, value in facts.items() if value}}


def _priority(value: object) -> str:
    """Older exports say true or false, newer ones "priority" or "not_priority"."""
    return {"true": "priority", "false": "not_priority"}.get(words(value), words(value))
