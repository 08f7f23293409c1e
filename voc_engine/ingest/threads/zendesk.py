"""Zendesk tickets: a list, an envelope with users, the incremental export, or JSON lines; comments inside or apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.ingest.dates import parse_date
from voc_engine.ingest.decoding import head_text
from voc_engine.ingest.identity import Identity, make_identity
from voc_engine.ingest.jsonscan import Item, arr, array_under, first_record, obj, words
from voc_engine.ingest.pieces import Piece, adds_words, build, document_id
from voc_engine.ingest.reader import Conversation, set_aside
from voc_engine.ingest.roles import is_bot_name, is_bot_text, role_named
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.records import bad_item
from voc_engine.ingest.threads.messages import Author, items_under, message_pieces, pick
from voc_engine.records import Document, Skipped

_TICKET_KEYS_WORDS = (
    "requester_id submitter_id assignee_id requester via priority satisfaction_rating ticket_form_id comments"
)
_TICKET_KEYS = frozenset(_TICKET_KEYS_WORDS.split())
_ATTRIBUTES = ("status", "priority", "type")


@dataclass
class _Desk:
    """People and comments that stand apart from the tickets."""

    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    comments: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


class Zendesk:
    """The requester is the participant; staff, and whoever else has no user record, are agents; rules are bots."""

    name = "zendesk.v1"
    kind = "ticket"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if text.lstrip()[:1] not in ("{", "["):
            return 0.0
        if text.lstrip().startswith("{") and '"tickets"' in text[:4000]:
            return 0.96
        record = first_record(text)
        record = next((one for one in arr(record.get("tickets")) if isinstance(one, dict)), record)
        if (
            "subject" in record
            and ("description" in record or "comments" in record)
            and len(_TICKET_KEYS & set(record)) >= 1
        ):
            return 0.95
        # A head that ends inside its first ticket still shows the field names.
        shown = sum(f'"{key}"' in text for key in ("subject", "description", "requester_id", "comments", "requester"))
        return 0.8 if not record and shown >= 3 else 0.0

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        items, envelope = items_under(source, options, "tickets", "ticket")
        desk = _Desk()
        lines = list(_apart(source, options, envelope, desk))
        yield from lines
        for item in items:
            if not isinstance(item.value, dict):
                yield bad_item(source, item)
            elif "ticket_id" in item.value and "subject" not in item.value:
                continue
            else:
                yield _conversation(source, options, item, desk)

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        items, envelope = items_under(source, options, "tickets", "ticket")
        desk = _Desk()
        list(_apart(source, options, envelope, desk))
        used = "id, subject, description, comments, requester, created_at, via, url, satisfaction_rating, tags"
        keys = sorted({key for item in items if isinstance(item.value, dict) for key in item.value})
        others = [key for key in keys if key not in used and key not in ("requester_id", *_ATTRIBUTES)]
        return [
            "layout: Zendesk tickets" + (" as one JSON text" if envelope else " as JSON lines"),
            f"users known: {len(desk.users)}; comments kept apart from tickets: {sum(map(len, desk.comments.values()))}",
            f"fields used: {used}; attributes: {', '.join(_ATTRIBUTES)}",
            f"fields not used: {', '.join(others) or 'none'} (name them in attributes to keep them)",
        ]


def _apart(source: SourceFile, options: SourceConfig, envelope: str, desk: _Desk) -> Iterator[Skipped]:
    """Fills ``desk`` from the envelope, or from comment lines among JSON lines."""
    if envelope:
        for item in array_under(envelope, "users", "user") or ():
            if isinstance(item.value, dict) and "id" in item.value:
                desk.users[words(item.value["id"])] = item.value
            else:
                yield bad_item(source, item)
        # A list of comments beside the tickets names its tickets; lists inside tickets do not.
        for item in array_under(envelope, "comments", "comment") or ():
            if isinstance(item.value, dict) and "ticket_id" in item.value:
                desk.comments.setdefault(words(item.value["ticket_id"]), []).append(item.value)
    else:
        for item in items_under(source, options, "tickets", "ticket")[0]:
            if isinstance(item.value, dict) and "ticket_id" in item.value and "subject" not in item.value:
                desk.comments.setdefault(words(item.value["ticket_id"]), []).append(item.value)


def _conversation(source: SourceFile, options: SourceConfig, item: Item, desk: _Desk) -> Conversation | Skipped:
    ticket: dict[str, Any] = obj(item.value.get("ticket")) or item.value
    native = words(ticket.get("id")) or item.locator
    kind = options.kind or "ticket"
    new_id = document_id(kind, source.name, native)
    requester = _person(ticket.get("requester_id"), obj(ticket.get("requester")), desk)
    if not requester.key("").startswith(("mail", "id", "handle", "name")):
        requester = make_identity(
            name=words(ticket.get("requester")) if isinstance(ticket.get("requester"), str) else ""
        )
    comments = [obj(one) for one in arr(ticket.get("comments"))] + desk.comments.get(native, [])
    pieces = _pieces(ticket, comments, requester, new_id, desk)
    subject = pick(ticket, "subject", "raw_subject")
    key = requester.key(new_id)
    if subject and adds_words(subject, "\n".join(piece.text for piece in pieces if piece.role == "participant")):
        pieces.insert(0, Piece(subject.strip(), key, "participant", requester.name or None))
    locator = f"ticket {native}" if ticket.get("id") is not None else item.locator
    if not any(piece.text.strip() for piece in pieces):
        return set_aside(source, locator, "ticket without words", "")
    frame = Document(
        new_id, kind, source.name, locator, key, "", title=subject or None, created_at=_date(ticket.get("created_at")),
        rating=_rating(ticket), channel=_channel(ticket, options), url=pick(ticket, "url") or None,
        attributes={**_attributes(ticket, options), **requester.attributes()},
    )  # fmt: skip
    return build(frame, pieces)


def _pieces(
    ticket: dict[str, Any], comments: list[dict[str, Any]], requester: Identity, new_id: str, desk: _Desk
) -> list[Piece]:  # fmt: skip
    description = pick(ticket, "description", "raw_description")
    bodies = [pick(one, "plain_body", "body", "html_body", "value", "text") for one in comments]
    pieces: list[Piece] = []
    # Zendesk's description is a copy of the first comment.
    if description and not any(_same(description, body) for body in bodies):
        author = _author(ticket.get("submitter_id") or ticket.get("requester_id"), {}, ticket, requester, desk)
        author = Author(author.identity, "bot") if _automatic(ticket, description, author) else author
        pieces += message_pieces(description, author, new_id, _date(ticket.get("created_at")))
    for comment, body in zip(comments, bodies, strict=True):
        author = _author(comment.get("author_id"), comment, ticket, requester, desk)
        author = Author(author.identity, "bot") if _automatic(comment, body, author) else author
        pieces += message_pieces(body, author, new_id, _date(comment.get("created_at")))
    return pieces


def _same(one: str, two: str) -> bool:
    return one.split() == two.split()


def _person(user_id: object, record: dict[str, Any], desk: _Desk) -> Identity:
    known = {**desk.users.get(words(user_id), {}), **record}
    name, email = words(known.get("name")), words(known.get("email"))
    return make_identity(
        name=name, email=email, id=words(user_id if user_id is not None else known.get("id")), scope="zendesk"
    )


def _author(
    user_id: object, message: dict[str, Any], ticket: dict[str, Any], requester: Identity, desk: _Desk
) -> Author:  # fmt: skip
    record = obj(message.get("author"))
    user_id = user_id if user_id is not None else record.get("id")
    requester_id = ticket.get("requester_id", obj(ticket.get("requester")).get("id"))
    named = words(message.get("author")) if isinstance(message.get("author"), str) else ""
    is_requester = (user_id is not None and words(user_id) == words(requester_id)) or (
        user_id is None and (not message or (named or words(record.get("email"))) in (requester.name, requester.email))
    )
    role = pick({**desk.users.get(words(user_id), {}), **record, **message}, "role", "author_role", "author_type")
    if is_requester:
        return Author(requester, "participant")
    who = _person(user_id, record or ({"name": named} if named else {}), desk)
    return Author(who, role_named(role) if role else "agent")


def _automatic(message: dict[str, Any], body: str, author: Author) -> bool:
    via = obj(message.get("via"))
    by_rule = words(via.get("channel")) in ("rule", "system") or words(obj(via.get("source")).get("rel")) in (
        "trigger",
        "automation",
    )
    return by_rule or is_bot_name(author.identity.name) or is_bot_text(body)


def _date(value: object) -> str | None:
    return parse_date(words(value)) if value is not None else None


def _channel(ticket: dict[str, Any], options: SourceConfig) -> str | None:
    via = ticket.get("via")
    return options.channel or words(obj(via).get("channel")) or (via if isinstance(via, str) else None) or None


def _rating(ticket: dict[str, Any]) -> float | None:
    score = obj(ticket.get("satisfaction_rating")).get("score")
    return float(score) if isinstance(score, (int, float)) and not isinstance(score, bool) else None


def _attributes(ticket: dict[str, Any], options: SourceConfig) -> dict[str, str]:
    found = {name: words(ticket.get(name)) for name in (*_ATTRIBUTES, *options.attributes)}
    score = obj(ticket.get("satisfaction_rating")).get("score") or ticket.get("satisfaction_rating")
    found["satisfaction"] = words(score) if isinstance(score, str) else ""
    found["tags"] = words(arr(ticket.get("tags")))
    return {name: value for name, value in found.items() if value}
