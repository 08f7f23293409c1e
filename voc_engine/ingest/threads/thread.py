"""Thread: a ticket or mail exchange as every help desk has it, and its way into a Conversation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import Conversation, set_aside
from voc_engine.ingest.dates import from_epoch, parse_date
from voc_engine.ingest.decoding import unify
from voc_engine.ingest.identity import Identity, holds_mail
from voc_engine.ingest.jsonscan import words
from voc_engine.ingest.pieces import Piece, adds_words, build, document_id
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.identity_columns import is_phone_like
from voc_engine.ingest.thread_roles import is_bot_name, is_bot_text
from voc_engine.ingest.threads.desk_messages import Author, message_pieces
from voc_engine.records import Document, Skipped

# Columns that the table of documents has already; a custom field of that name would hide one.
_COLUMNS = frozenset(one.name for one in fields(Document))
# An attribute is a fact about somebody, not something they said.
_ATTRIBUTE_WORDS = 8
_ATTRIBUTE_CHARS = 80


@dataclass(frozen=True)
class Message:
    """One message as its source has it (plain or HTML). ``cut`` where all of it is known to be no evidence."""

    text: str
    author: Author
    created_at: str | None = None
    cut: str | None = None


@dataclass(frozen=True)
class Thread:
    """``customer`` is the person whose ticket it is; ``messages`` are in the order of time."""

    native: str
    locator: str
    customer: Identity
    messages: Sequence[Message]
    subject: str = ""
    created_at: str | None = None
    rating: float | None = None
    channel: str | None = None
    url: str | None = None
    language: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


def conversation(source: SourceFile, options: SourceConfig, thread: Thread) -> Conversation | Skipped:
    """The thread as a document with its turns; Skipped where nobody says a word in it.

    A subject that adds words is the first piece, said by whoever wrote first; a welcoming machine is nobody.
    """
    kind = options.kind or "ticket"
    new_id = document_id(kind, source.name, thread.native)
    pieces = [piece for message in thread.messages for piece in _pieces(message, new_id)]
    subject = " ".join(unify(thread.subject).split())
    people = [message.author for message in thread.messages if message.author.role != "bot"]
    first = next(
        iter([*people, *(message.author for message in thread.messages)]), Author(thread.customer, "participant")
    )
    # What is cut counts for nothing: a quoted "Subject: Export" does not say it.
    spoken = [piece.text for piece in pieces if piece.role == first.role and piece.cut is None]
    if subject and adds_words(subject, "\n".join(spoken)):
        pieces.insert(0, _piece(subject, first, new_id))
    if not any(piece.text.strip() for piece in pieces):
        return set_aside(source, thread.locator, "ticket without words", "")
    frame = Document(
        new_id, kind, source.name, thread.locator, thread.customer.key(new_id), "", title=subject or None,
        created_at=thread.created_at, rating=thread.rating, channel=options.channel or thread.channel, url=thread.url,
        language=thread.language, attributes={**thread.attributes, **thread.customer.attributes()},
    )  # fmt: skip
    return build(frame, pieces)


def _pieces(message: Message, new_id: str) -> list[Piece]:
    author = message.author
    if author.role != "bot" and (is_bot_name(author.identity.name) or _automatic(message)):
        author = Author(author.identity, "bot")
    message_parts = message_pieces(message.text, author, new_id, message.created_at)
    return [Piece(one.text, one.person_id, one.role, one.speaker, message.cut, one.created_at) for one in message_parts] \
        if message.cut else message_parts  # fmt: skip


def _automatic(message: Message) -> bool:
    """A customer who quotes an automatic reply is no machine: only staff's and unknown authors' words tell."""
    return message.author.role != "participant" and is_bot_text(message.text)


def _piece(text: str, author: Author, new_id: str) -> Piece:
    return message_pieces(text, author, new_id, None)[0] if text else Piece(text, "", author.role)


def moment(value: object, day_first: bool = False) -> str | None:
    """ISO 8601 of a source's date: text, or seconds and milliseconds since 1970; None where it is no date."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return from_epoch(value)
    text = words(value).strip() if value is not None else ""
    # Jira and Salesforce write zones as +0000, which ISO 8601 in its extended form does not know.
    text = re.sub(r"([+-]\d{2})(\d{2})$", r"\1:\2", text) if "T" in text else text
    return parse_date(text, day_first) if text else None


def number(value: object) -> float | None:
    """A rating's number, from a number or its digits; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value)
    match = re.fullmatch(r"\s*(-?\d{1,3}(?:[.,]\d{1,3})?)\s*", words(value))
    return float(match[1].replace(",", ".")) if match else None


def facts_of(pairs: Iterable[tuple[str, object]]) -> dict[str, str]:
    """Attributes that say something: no blanks, no contact data, nothing as long as a statement."""
    facts: dict[str, str] = {}
    for name, value in pairs:
        text = " ".join(words(value).split()) if not isinstance(value, dict) else words(_label(value))
        if text and name and is_fact(text):
            facts.setdefault(f"{name} field" if name in _COLUMNS else name, text)
    return facts


def is_fact(text: str) -> bool:
    """Whether a field's value is short and no mail address or telephone number."""
    short = len(text) <= _ATTRIBUTE_CHARS and len(text.split()) <= _ATTRIBUTE_WORDS
    return short and not holds_mail(text) and not is_phone_like(text)


def _label(value: dict[str, Any]) -> object:
    """What an option is called: {"value": "Team"}, {"name": "Team"}."""
    return next((value[key] for key in ("value", "name", "label", "displayName") if value.get(key)), "")


def tags(value: object) -> str:
    """Tags as one text, "a, b", from a list of names or of objects with a name, or from text."""
    if isinstance(value, list):
        names = [words(_label(one)) if isinstance(one, dict) else words(one) for one in value]
        return ", ".join(name for name in names if name)
    return ", ".join(part.strip() for part in re.split(r"[,;]", words(value)) if part.strip())


def title_of(field_name: str) -> str:
    """A custom field's name in plain words: "cf_plan_name" is "plan name", "Account_Tier__c" is "account tier"."""
    name = re.sub(r"^cf_|__c$|(?<=[^\W\d])_\d{3,}$", "", field_name)
    return re.sub(r"[_\s]+", " ", name).strip().lower()
