"""A window that moves through a JSON text, so that no more of it is in memory than one value needs."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Protocol

from voc_engine.ingest.jsonscan import decode

CHUNK = 1 << 18  # characters read at a time; memory, no result
# A single record, or a single field outside the lists of records, may have this many characters.
RECORD_LIMIT = 1 << 25
FIELD_LIMIT = 1 << 23
_BLANKS = re.compile(r"[\s\ufeff]*")


class TextStream(Protocol):
    """What a window reads from: text files and io.StringIO."""

    def read(self, size: int = -1, /) -> str: ...


@dataclass
class Window:
    """The part of a text that is in memory: ``text[at:]`` is unread. What stands before ``held`` or ``at`` is dropped."""

    stream: TextStream
    chunk: int = CHUNK
    text: str = ""
    at: int = 0
    held: int | None = None
    ended: bool = False

    def grow(self) -> bool:
        """Reads on; False where the text has ended. Each time at least as much as is kept, so that retries stay cheap."""
        if self.ended:
            return False
        start = self.at if self.held is None else self.held
        more = self.stream.read(max(self.chunk, len(self.text) - start))
        if not more:
            self.ended = True
            return False
        self.text = self.text[start:] + more
        self.at -= start
        self.held = None if self.held is None else 0
        return True

    def peek(self) -> str:
        """The next character that is no blank, "" at the end; the window then stands at it."""
        while True:
            match = _BLANKS.match(self.text, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.grow():
                return ""

    def value(self, limit: int = RECORD_LIMIT) -> Any:
        """The JSON value at the window's place, which moves behind it. Raises ValueError for a damaged or huge one."""
        while True:
            try:
                value, end = decode(self.text, self.at)
            except ValueError as error:
                if self._may_go_on(error) and len(self.text) - self.at <= limit and self.grow():
                    continue
                raise
            if end == len(self.text) and isinstance(value, (int, float)) and self.grow():
                continue  # a number at the end of the window may be cut
            if end - self.at > limit:
                raise ValueError(f"a value of more than {limit:,} characters")
            self.at = end
            return value

    def _may_go_on(self, error: ValueError) -> bool:
        """Whether the fault may be nothing but the end of the window."""
        if not isinstance(error, json.JSONDecodeError):
            return False
        return error.msg.startswith("Unterminated string") or error.pos >= len(self.text) - 16
