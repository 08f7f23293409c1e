"""Document: one person's piece of text, or one conversation, exactly as stored; and Skipped: what was not used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from voc_engine.records.record import Record

DOCUMENT_KINDS = ("interview", "review", "post", "ticket", "survey")
QUOTABLE = ("none", "internal", "external")


@dataclass(frozen=True, slots=True)
class Document(Record):
    """The text that every span points into.

    ``text`` holds code points; every later offset is a half-open range into it. ``source`` is the file's path
    relative to the workspace, ``locator`` the row, line or record in it ("row 12", "ticket 70001"). ``person_id`` is
    the main author: an identity key until the redact stage, a pseudonym (P0001) after it. ``context`` is the question
    that a survey answer replies to. ``created_at`` is ISO 8601 or None. ``rating`` is on the scale of its source.
    ``quotable`` is what the author consented to: "external" (may be quoted to anybody), "internal" (inside the
    organisation) or "none" (counts, and appears verbatim nowhere). Set by the redact stage.
    """

    table: ClassVar[str] = "documents"

    document_id: str
    kind: str
    source: str
    locator: str
    person_id: str
    text: str
    title: str | None = None
    context: str | None = None
    created_at: str | None = None
    language: str | None = None
    rating: float | None = None
    channel: str | None = None
    url: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    quotable: str = "external"


@dataclass(frozen=True, slots=True)
class Skipped(Record):
    """A row, line, block or whole file that was not used, with the reason. ``count`` of like things in one record."""

    table: ClassVar[str] = "skipped"

    source: str
    locator: str
    reason: str
    expected: str
    found: str
    to_do: str
    count: int = 1
    quarantined: bool = True
