"""X (Twitter) archives: ``window.YTD.tweets.part0 = [...]``; all posts are of the archive's owner."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import Conversation, set_aside
from voc_engine.ingest.dates import parse_date
from voc_engine.ingest.decoding import head_text, whole_text
from voc_engine.ingest.identity import make_identity
from voc_engine.ingest.jsonscan import array_items, obj, words
from voc_engine.ingest.language import enough
from voc_engine.ingest.pieces import Piece, build, document_id
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.records import bad_item
from voc_engine.ingest.threads.desk import raw_record
from voc_engine.records import Document, Skipped, language_code

_PREFIX = re.compile(r"^\s*window\.YTD\.(?P<what>\w+)\.part\d+\s*=\s*")


class XArchive:
    """Reposts ("RT @") are others' words and set aside."""

    name = "x_archive.v1"
    kind = "post"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        match = _PREFIX.match(head_text(head))
        return 1.0 if match and "tweet" in match["what"].lower() else 0.0

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        text = whole_text(source, options)
        match = _PREFIX.match(text)
        for item in array_items(text, match.end() if match else 0, "post"):
            if not isinstance(item.value, dict):
                yield bad_item(source, item)
                continue
            post = obj(item.value.get("tweet")) or item.value
            body = html.unescape(words(post.get("full_text")) or words(post.get("text"))).strip()
            native = words(post.get("id_str")) or words(post.get("id")) or item.locator
            if not body:
                yield set_aside(source, f"post {native}", "no text in the record", raw_record(item.value))
            elif body.startswith("RT @"):
                yield set_aside(source, f"post {native}", "repost of somebody else's words", body)
            else:
                yield _post(source, options, post, native, body)

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        return ["layout: X archive, one owner", "used: id_str, full_text, created_at, lang; reposts are set aside"]


def _language(post: dict[str, object], body: str) -> str | None:
    """What X made of the post. It guesses for "lol" as well, so a post of few words is in no language."""
    return language_code(words(post.get("lang"))) if enough(body) else None


def _post(
    source: SourceFile, options: SourceConfig, post: dict[str, object], native: str, body: str
) -> Conversation:  # fmt: skip
    kind = options.kind or "post"
    new_id = document_id(kind, source.name, native)
    user = obj(post.get("user"))
    handle = words(user.get("screen_name")) or (options.participants[0] if options.participants else "")
    # The file does not say whose archive it is; all its posts are one person's all the same.
    who = make_identity(handle=handle, id="" if handle else source.name, scope="x archive")
    key = who.key(new_id)
    frame = Document(
        new_id, kind, source.name, f"post {native}", key, "", created_at=parse_date(words(post.get("created_at"))),
        language=_language(post, body), channel=options.channel or "X", attributes=who.attributes(),
    )  # fmt: skip
    return build(frame, [Piece(body, key, "participant", handle or None)])
