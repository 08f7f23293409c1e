"""Zendesk tickets: a list, an envelope with users, the incremental export, or JSON lines; comments inside or apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import Conversation, set_aside
from voc_engine.ingest.dates import parse_date
from voc_engine.ingest.decoding import head_text
from voc_engine.ingest.identity import Identity, make_identity
from voc_engine.ingest.jsonscan import Item, arr, first_record, obj, words
from voc_engine.ingest.pieces import Piece, adds_words, build, document_id
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.records import bad_item
from voc_engine.ingest.thread_roles import is_bot_name, is_bot_text, role_named
from voc_engine.ingest.threads.desk import SAMPLE, raw_record
from voc_engine.ingest.threads.desk_messages import Author, items_under, message_pieces, pick
from voc_engine.ingest.threads.thread import facts_of, title_of
from voc_engine.records import Document, Skipped

_TICKET_KEYS_WORDS = (
    "requester_id submitter_id assignee_id requester via priority satisfaction_rating ticket_form_id comments"
)
_TICKET_KEYS = frozenset(_TICKET_KEYS_WORDS.split())
_ATTRIBUTES = ("status", "priority", "type")
_USED = ("requester_id", "organization_id", "organization", "custom_fields", "fields")
# "tickets" is what the file is about; the others stand beside it ("side-loaded").
_LISTS = ("tickets", "users", "comments", "organizations", "ticket_fields")
_COMMENT_FIELDS = (
    "ticket_id", "author_id", "author", "plain_body", "body", "html_body", "created_at", "public", "via",
)  # fmt: skip
# A description of no more words may be the beginning of another message by chance ("Hello, thank you for").
_FEW_WORDS = 7
_FRESHDESK = re.compile(r'"(?:description_text|helpdesk_ticket|fr_escalated|fr_due_by|body_text)"\s*:')
_BODIES = ("plain_body", "body", "html_body", "value", "text")
_NO_RATING = frozenset(("offered", "unoffered"))
_FEWEST_KEYS = 3


@dataclass
class _Desk:
    """People, comments, organisations and names of custom fields that stand apart from the tickets."""

    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    comments: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    organizations: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)


class Zendesk:
    """The requester is the participant; staff, and whoever else has no user record, are agents; rules are bots."""

    name = "zendesk.v1"
    kind = "ticket"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if text.lstrip()[:1] not in ("{", "["):
            return 0.0
        if _FRESHDESK.search(text):
            return 0.0
        if text.lstrip().startswith("{") and '"tickets"' in text[:4000]:
            return 0.96
        record = first_record(text)
        record = next((one for one in arr(record.get("tickets")) if isinstance(one, dict)), record)
        record = obj(record.get("ticket")) or record
        if (
            "subject" in record
            and ("description" in record or "comments" in record)
            and len(_TICKET_KEYS & set(record)) >= 1
        ):
            return 0.95
        # A head that ends inside its first ticket still shows the field names.
        n_keys = sum(f'"{key}"' in text for key in ("subject", "description", "requester_id", "comments", "requester"))
        return 0.8 if not record and n_keys >= _FEWEST_KEYS else 0.0

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        return _tickets(source, options)

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        desk = _Desk()
        list(_apart(source, options, desk))
        used = "id, subject, description, comments, requester, created_at, via, url, satisfaction_rating, tags"
        items = islice(items_under(source, options, _LISTS[:1], "ticket"), SAMPLE)
        keys = sorted({key for item in items if isinstance(item.value, dict) for key in item.value})
        others = [key for key in keys if key not in used and key not in (*_USED, *_ATTRIBUTES)]
        return [
            "layout: Zendesk tickets, read as a stream",
            f"users known: {len(desk.users)}; comments kept apart from tickets: {sum(map(len, desk.comments.values()))}",
            f"organisations known: {len(desk.organizations)}; titles of custom fields: {len(desk.titles)}",
            f"fields used: {used}; attributes: {', '.join(_ATTRIBUTES)}, company, custom fields by their titles",
            f"fields not used: {', '.join(others) or 'none'} (name them in attributes to keep them)",
        ]


def _tickets(source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
    desk = _Desk()
    yield from _apart(source, options, desk)
    for item in items_under(source, options, _LISTS[:1], "ticket"):
        if not isinstance(item.value, dict):
            yield bad_item(source, item)
        elif "ticket_id" in item.value and "subject" not in item.value:
            continue
        else:
            yield from _conversation(source, options, item, desk)


def _apart(source: SourceFile, options: SourceConfig, desk: _Desk) -> Iterator[Skipped]:
    """Fills ``desk`` from the lists beside the tickets, or from comments among JSON lines.

    Kept in memory: what users, organisations and such comments need; the tickets stream.
    """
    comments: list[dict[str, Any]] = []
    enveloped = False
    for item in items_under(source, options, _LISTS, "ticket"):
        value = obj(item.value)
        enveloped = enveloped or item.key == "tickets"
        if item.key == "users" and "id" in value:
            desk.users[words(value["id"])] = value
        elif item.key in ("users", "organizations", "ticket_fields") and "id" not in value:
            yield bad_item(source, item)
        elif item.key == "organizations":
            desk.organizations[words(value["id"])] = words(value.get("name"))
        elif item.key == "ticket_fields":
            desk.titles[words(value["id"])] = words(value.get("title"))
        elif item.key in ("comments", "") and "ticket_id" in value and "subject" not in value:
            # Lists of comments beside the tickets name their tickets; lists inside tickets are read with them.
            comments.append({name: value[name] for name in _COMMENT_FIELDS if name in value} | {"#": item.key})
    for comment in comments:
        if enveloped or not comment["#"]:
            desk.comments.setdefault(words(comment["ticket_id"]), []).append(comment)


def _conversation(
    source: SourceFile, options: SourceConfig, item: Item, desk: _Desk
) -> Iterator[Conversation | Skipped]:
    ticket: dict[str, Any] = obj(item.value.get("ticket")) or item.value
    native = words(ticket.get("id")) or item.locator
    if ticket.get("status") == "deleted" or pick(ticket, "subject", "description") == "SCRUBBED":
        yield set_aside(source, f"ticket {native}", "deleted ticket", raw_record(ticket))
        return
    kind = options.kind or "ticket"
    new_id = document_id(kind, source.name, native)
    requester = _person(ticket.get("requester_id"), obj(ticket.get("requester")), desk)
    if not requester.key("").startswith(("mail", "id", "handle", "name")):
        requester = make_identity(
            name=words(ticket.get("requester")) if isinstance(ticket.get("requester"), str) else ""
        )
    beside = [] if ticket is item.value else arr(item.value.get("comments"))
    comments = [obj(one) for one in (*arr(ticket.get("comments")), *beside)] + desk.comments.get(native, [])
    pieces = _pieces(ticket, comments, requester, new_id, desk)
    for comment in comments:
        if comment and not pick(comment, *_BODIES):
            yield set_aside(source, f"ticket {native}", "comment without words", raw_record(comment))
    subject = pick(ticket, "subject", "raw_subject")
    key = requester.key(new_id)
    remark = pick(obj(ticket.get("satisfaction_rating")), "comment")
    if remark:
        pieces += message_pieces(remark, Author(requester, "participant"), new_id, None)
    if subject and adds_words(
        subject, "\n".join(one.text for one in pieces if one.role == "participant" and not one.cut)
    ):
        pieces.insert(0, Piece(subject.strip(), key, "participant", requester.name or None))
    locator = f"ticket {native}" if ticket.get("id") is not None else item.locator
    if not any(piece.text.strip() for piece in pieces):
        yield set_aside(source, locator, "ticket without words", raw_record(ticket))
        return
    frame = Document(
        new_id, kind, source.name, locator, key, "", title=subject or None, created_at=_date(ticket.get("created_at")),
        rating=_rating(ticket), channel=_channel(ticket, options), url=pick(ticket, "url") or None,
        attributes={**_attributes(ticket, options, desk), **requester.attributes()},
    )  # fmt: skip
    yield build(frame, pieces)


def _pieces(
    ticket: dict[str, Any], comments: list[dict[str, Any]], requester: Identity, new_id: str, desk: _Desk
) -> list[Piece]:  # fmt: skip
    description = pick(ticket, "description", "raw_description")
    bodies = [pick(one, *_BODIES) for one in comments]
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


def _same(description: str, comment: str) -> bool:
    """Whether a description is a comment's text, or lacks no more than its end, such as the signature."""
    opening, whole = description.split(), comment.split()
    return opening == whole or (len(opening) > _FEW_WORDS and whole[: len(opening)] == opening)


def _person(user_id: object, record: dict[str, Any], desk: _Desk) -> Identity:
    user = {**desk.users.get(words(user_id), {}), **record}
    name, email = words(user.get("name")), words(user.get("email"))
    return make_identity(
        name=name, email=email, id=words(user_id if user_id is not None else user.get("id")), scope="zendesk"
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
    # A private note is never a customer's, whatever is known of its author.
    role = "agent" if message.get("public") is False else role
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


def _attributes(ticket: dict[str, Any], options: SourceConfig, desk: _Desk) -> dict[str, str]:
    facts = {name: words(ticket.get(name)) for name in (*_ATTRIBUTES, *options.attributes)}
    score = obj(ticket.get("satisfaction_rating")).get("score") or ticket.get("satisfaction_rating")
    facts["satisfaction"] = score if isinstance(score, str) and score not in _NO_RATING else ""
    facts["tags"] = words(arr(ticket.get("tags")))
    user = desk.users.get(words(ticket.get("requester_id")), {})
    organization = obj(ticket.get("organization")).get("name")
    facts["company"] = words(organization) or next(
        (desk.organizations[one] for one in (words(ticket.get("organization_id")), words(user.get("organization_id")))
         if one in desk.organizations), ""
    )  # fmt: skip
    stated = {name: value for name, value in facts.items() if value}
    return {**_custom(ticket, user, desk), **stated}


def _custom(ticket: dict[str, Any], user: dict[str, Any], desk: _Desk) -> dict[str, str]:
    """Custom fields of the ticket by their titles, those of the requester by their keys; true boxes as "true"."""
    pairs: list[tuple[str, object]] = []
    for custom_field in map(obj, arr(ticket.get("custom_fields")) or arr(ticket.get("fields"))):
        native = words(custom_field.get("id"))
        title = desk.titles.get(native, words(custom_field.get("title"))) or f"field {native}"
        pairs.append((title_of(title), custom_field.get("value")))
    pairs += [(title_of(name), value) for name, value in obj(user.get("user_fields")).items()]
    return facts_of((name, value) for name, value in pairs if value is not False)
