"""Post: what somebody wrote in public, on any platform, and its way into a Conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import Conversation, set_aside
from voc_engine.ingest.decoding import unify
from voc_engine.ingest.identity import Identity
from voc_engine.ingest.jsonscan import words
from voc_engine.ingest.mail import split_quotes
from voc_engine.ingest.markup import html_to_text
from voc_engine.ingest.pieces import Piece, adds_words, build, document_id
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.thread_roles import is_bot_name, is_bot_text
from voc_engine.records import Document, Skipped

# Discourse quotes other posts in an aside and shows linked pages in another.
_ASIDE = re.compile(r"<aside\b(?P<tag>[^>]*)>(?P<inside>.*?)</aside>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Post:
    """``parts`` are (plain text, why it is no evidence or None) in order; ``native`` is the platform's own id, ``record``
    what the platform wrote, to be shown where no words were found in it."""

    native: str
    locator: str
    author: Identity
    parts: tuple[tuple[str, str | None], ...]
    role: str = "participant"
    title: str = ""
    created_at: str | None = None
    channel: str | None = None
    url: str | None = None
    language: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    record: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All parts, a line each."""
        return "\n".join(part for part, _ in self.parts)


def conversation(source: SourceFile, options: SourceConfig, post: Post) -> Conversation | Skipped:
    """The post as a document; Skipped for one without words and for one that a bot wrote."""
    if not post.text.strip() and not post.title:
        return set_aside(source, post.locator, "no text in the record", words(dict(post.record)) if post.record else "")
    written = "\n".join(part for part, cut in post.parts if cut is None)
    if is_bot_name(post.author.name) or is_bot_name(post.author.handle) or is_bot_text(written):
        return set_aside(source, post.locator, "written by a bot", f"{post.title}\n{post.text}".strip())
    kind = options.kind or "post"
    new_id = document_id(kind, source.name, post.native)
    key = post.author.key(new_id)
    speaker = post.author.handle or post.author.name or None
    pieces = [Piece(text, key, post.role, speaker, cut) for text, cut in post.parts]
    if post.title and adds_words(post.title, post.text):
        pieces.insert(0, Piece(post.title, key, post.role, speaker))
    frame = Document(
        new_id, kind, source.name, post.locator, key, "", title=post.title or None, created_at=post.created_at,
        channel=options.channel or post.channel, url=post.url, language=post.language,
        attributes={**post.attributes, **post.author.attributes()},
    )  # fmt: skip
    return build(frame, pieces)


def plain_parts(text: str) -> tuple[tuple[str, str | None], ...]:
    """The parts of a plain text: lines that quote others are cut."""
    return tuple(split_quotes(unify(text).strip()))


def html_parts(html: str) -> tuple[tuple[str, str | None], ...]:
    """The parts of an HTML body: quotations and previews of linked pages are cut."""
    parts: list[tuple[str, str | None]] = []
    at = 0
    for match in _ASIDE.finditer(html):
        parts += split_quotes(html_to_text(html[at : match.start()]))
        what = "quoted text" if "quote" in match["tag"] else "preview of a linked page"
        parts.append((html_to_text(match["inside"]), what))
        at = match.end()
    parts += split_quotes(html_to_text(html[at:]))
    return tuple((text, cut) for text, cut in parts if text.strip())
