"""What a reader is and what it gives; readers are found by name in the entry-point group ``voc_engine.readers``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from voc_engine.config import SourceConfig
from voc_engine.ingest.source import SourceFile
from voc_engine.records import Document, Skipped, Utterance

FOUND_LIMIT = 4_000  # characters; a choice: enough to see what was found, in a message or a table


@dataclass(frozen=True)
class Conversation:
    """One document with its turns: ``document.text[u.start:u.end]`` is what utterance ``u`` says."""

    document: Document
    utterances: tuple[Utterance, ...]


class Reader(Protocol):
    """Understands one source format.

    ``name`` is the registered name ("zendesk.v1"), ``kind`` the kind of its documents where the configuration names none.
    """

    name: str
    kind: str

    def sniff(self, source: SourceFile, head: bytes) -> float:
        """How sure the reader is, 0 to 1, that it knows the content; the file's ending may only break ties."""
        ...

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        """Documents and what was set aside, in the file's order. Raises SourceError for a file it cannot understand."""
        ...

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        """Lines for ``voc ingest --explain``: how the file is understood (encoding, delimiter, columns ...)."""
        ...


def clean(text: str, limit: int = FOUND_LIMIT) -> str:
    """Text that can be stored and shown: broken code points escaped, over-long ends counted instead of kept."""
    if len(text) > limit:
        text = f"{text[:limit]} … ({len(text[limit:].split())} more words)"
    return text.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")


def set_aside(source: SourceFile, locator: str, reason: str, found: str, count: int = 1) -> Skipped:
    """Skipped: something that is rightly not used (a heading, an empty row, a repost)."""
    return Skipped(source.name, locator, reason, "", clean(found), "", count, quarantined=False)


def quarantine(source: SourceFile, locator: str, reason: str, *, expected: str, found: str, to_do: str) -> Skipped:
    """Skipped: something that should have been used and could not be understood."""
    return quarantine_at(source.name, locator, reason, expected=expected, found=found, to_do=to_do)


def quarantine_at(source: str, locator: str, reason: str, *, expected: str, found: str, to_do: str) -> Skipped:
    """The same where the file itself is no longer at hand; ``source`` is its name."""
    return Skipped(source, locator, reason, expected, clean(found), to_do, 1, quarantined=True)
