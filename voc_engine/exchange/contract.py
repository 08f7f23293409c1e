"""ExportFormat and ImportFormat: what a format of another tool has to be, and what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from voc_engine.exchange.run_view import RunView

File = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class NotCarried:
    """What of a run a format has no place for: ``what`` in the plural ("links between findings"), and how many."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody's words as an exported file shows them, with the id that leads to their source.

    A format with narrow cells may cut them (ending in "…") and may put a blank for a line break; nothing else.
    """

    mention_id: str
    words: str


@dataclass(frozen=True)
class Export:
    """``files`` are pairs of a relative path (with forward slashes) and the content, in a fixed order.

    ``n_quotes`` tells how many quotes went along; None where all did.
    """

    files: Iterable[File]
    not_carried: tuple[NotCarried, ...] = ()
    n_quotes: int | None = None


@runtime_checkable
class ExportFormat(Protocol):
    """A way to write a run down for another tool. The same run gives the same bytes in the same order.

    ``does`` says in one line who opens it. ``suffix`` is that of the one file that is written (".xlsx"), or "" for a
    folder of files. ``switches`` are what may be asked for beyond the usual: name -> what it does.
    """

    name: str
    does: str
    suffix: str
    switches: Mapping[str, str]

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        """Every file of the export. ``switches`` are those asked for, of this format's own."""
        ...

    def shown(self, path: str, content: bytes) -> Iterable[Shown]:
        """Read one written file again: every quote in it, for 'voc verify'. Nothing for a file of another format."""
        ...
