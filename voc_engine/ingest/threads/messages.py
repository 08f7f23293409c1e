"""What help desks share: a message becomes pieces, with quoted mail and signatures cut from evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voc_engine.config import SourceConfig
from voc_engine.ingest.decoding import head_text, unify, whole_text
from voc_engine.ingest.identity import Identity
from voc_engine.ingest.jsonscan import Item, array_items, array_under, json_lines, looks_like_lines
from voc_engine.ingest.mail import split_mail
from voc_engine.ingest.markup import html_to_text, looks_like_html
from voc_engine.ingest.pieces import Piece
from voc_engine.ingest.source import SourceFile


@dataclass(frozen=True)
class Author:
    """Who wrote a message and in which part ("participant", "agent", "bot", "unknown")."""

    identity: Identity
    role: str


def message_pieces(text: str, author: Author, document_id: str, created_at: str | None) -> list[Piece]:
    """Pieces of one message, HTML made plain."""
    plain = html_to_text(text) if looks_like_html(text) else unify(text).strip()
    who = author.identity
    speaker = who.name or who.handle or who.email or None
    key = who.key(document_id)
    if key.startswith("anonymous:") and author.role in ("agent", "bot"):
        # A nameless agent must not be the same person as a nameless customer.
        key = f"speaker:{document_id}:{author.role}"
    return [Piece(part, key, author.role, speaker, cut, created_at) for part, cut in split_mail(plain)]


def items_under(source: SourceFile, options: SourceConfig, key: str, what: str) -> tuple[Iterator[Item], str]:
    """(records, text of the envelope) of a help desk's export: JSON lines, an array, ``{"key": [...]}`` or one object.

    The envelope's text is "" for JSON lines, which are streamed.
    """
    if looks_like_lines(head_text(source.head(1 << 16))) and not _is_envelope(source, key):
        return json_lines(source, options), ""
    text = whole_text(source, options)
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] == "[":
        return array_items(text, start, what), text
    return array_under(text, key, what) or array_items(f"[{text.strip()}]", 0, what), text


def _is_envelope(source: SourceFile, key: str) -> bool:
    head = head_text(source.head(1 << 16))
    return f'"{key}"' in head and len([line for line in head.split("\n") if line.strip()]) == 1


def pick(record: Mapping[str, object], *names: str) -> str:
    """The first of the named fields that holds text."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""
