"""What help desks share: a message becomes pieces, with quoted mail and signatures cut from evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from voc_engine.config import SourceConfig
from voc_engine.ingest.decoding import head_text, unify
from voc_engine.ingest.dialogues import dialogue
from voc_engine.ingest.identity import Identity
from voc_engine.ingest.jsonscan import Item, json_lines, looks_like_lines
from voc_engine.ingest.jsonstream import pages_opened, stream_items
from voc_engine.ingest.mail import split_mail
from voc_engine.ingest.markup import html_to_text, looks_like_html
from voc_engine.ingest.pieces import Piece, dialogue_pieces
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
    if author.role == "participant" and (talk := dialogue(plain)) is not None:
        return dialogue_pieces(talk, key, document_id)
    return [Piece(part, key, author.role, speaker, cut, created_at) for part, cut in split_mail(plain, who.name)]


def items_under(source: SourceFile, options: SourceConfig, keys: Sequence[str], what: str) -> Iterator[Item]:
    """Records of a help desk's export, streamed: JSON lines, an array, ``{"key": [...]}`` (pages of it too), one object.

    ``keys[0]`` names the list that the file is about, the others stand beside it; see ``stream_items``.
    """
    head = head_text(source.head(1 << 16))
    # One line alone may be a whole export, in which a damaged record costs only itself.
    if looks_like_lines(head) and len([line for line in head.split("\n") if line.strip()]) > 1:
        yield from pages_opened(json_lines(source, options), keys)
    else:
        yield from stream_items(source, options, keys, what)


def pick(record: Mapping[str, object], *names: str) -> str:
    """The first of the named fields that holds text."""
    for name in names:
        value = record.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""
