"""What the ingest tests share: writing a file, reading it, and the promises that every reading keeps."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.ingest import Conversation, SourceFile, read_source
from voc_engine.records import ROLES, Skipped

WORD = re.compile(r"\w+")
ULLA = "mail:ulla@example.net"  # who writes the tickets of the help desks


def options(**given: Any) -> SourceConfig:
    return SourceConfig(path="x", **given)


def put(folder: Path, name: str, content: str | bytes) -> SourceFile:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return SourceFile(path, name)


def read(source: SourceFile, **given: Any) -> tuple[list[Conversation], list[Skipped]]:
    items = list(read_source(source, options(**given)))
    talks = [item for item in items if isinstance(item, Conversation)]
    for talk in talks:
        check(talk)
    return talks, [item for item in items if isinstance(item, Skipped)]


def check(talk: Conversation) -> None:
    """Places are exact, turns cover the text, ids and roles are as the records say."""
    document = talk.document
    assert talk.utterances
    assert "\n".join(document.text[u.start : u.end] for u in talk.utterances) == document.text
    for index, utterance in enumerate(talk.utterances):
        assert utterance.utterance_id == f"{document.document_id}-u{index:04d}"
        assert utterance.document_id == document.document_id
        assert utterance.role in ROLES
        assert utterance.person_id
        assert len(utterance.time_offsets) == len(utterance.time_ms)
        assert all(utterance.start <= offset < utterance.end for offset in utterance.time_offsets)
    assert "\r" not in document.text
    document.text.encode("utf-8")


def said(talk: Conversation) -> list[tuple[str | None, str, str]]:
    """(speaker, role, text) of each turn."""
    return [(u.speaker, u.role, talk.document.text[u.start : u.end]) for u in talk.utterances]


def turns(talk: Conversation) -> list[tuple[str, str | None, str]]:
    """(role, why it is no evidence, text) of each turn."""
    return [(u.role, u.cut, talk.document.text[u.start : u.end]) for u in talk.utterances]


def facts(talk: Conversation) -> dict[str, Any]:
    """What a help desk tells of a ticket beside its words."""
    document = talk.document
    names = ("priority", "tags", "status", "company", "plan")
    return {
        "person": document.person_id, "date": document.created_at, "subject": document.title, "channel": document.channel,
        "rating": document.rating, **{name: document.attributes.get(name) for name in names},
    }  # fmt: skip


def words(*texts: str) -> Counter[str]:
    return Counter(word for text in texts for word in WORD.findall(text))
