"""What REFI-QDA tools know things by: guids that are the same on every export, names that none of them loses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from uuid import NAMESPACE_URL, UUID, uuid5

from voc_engine.exchange.plain_text import one_line, plain, shortened

# MAXQDA cuts code names here, and codings of names that are then equal are lost.
CODE_NAME = 63
SOURCE_NAME = 120
_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|]+')


@dataclass(frozen=True)
class Guids:
    """Guids of one study: UUID 5 of a record's id in a namespace made of the study's title."""

    title: str

    def of(self, *key: str) -> str:
        """The guid of a thing, such as ("source", document id)."""
        return str(uuid5(self._space, plain("\x1f".join(key))))

    @cached_property
    def _space(self) -> UUID:
        return uuid5(NAMESPACE_URL, plain(f"urn:voc_engine:{self.title}"))


@dataclass
class Names:
    """Names that differ from each other in more than capitals, each of at most ``length`` characters."""

    length: int = CODE_NAME
    taken: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def unique(self, wanted: str) -> str:
        """The name on one line, cut, and numbered where it was given before: "Export (2)"."""
        base = one_line(wanted) or "unnamed"
        name = shortened(base, self.length)
        first, number = name.casefold(), self.numbers.get(name.casefold(), 1)
        while name.casefold() in self.taken:
            number += 1
            tail = f" ({number})"
            name = shortened(base, self.length - len(tail)) + tail
        # Many equal names: counting on from the last number, not from the first.
        self.numbers[first] = number
        self.taken.add(name.casefold())
        return name


def file_like(name: str) -> str:
    """A name of a source without what a file name cannot hold: some tools write sources out under it."""
    return _IN_FILE_NAMES.sub("-", name)
