"""ExportFormat and ImportFormat: what a format of another tool has to be, and what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from voc_engine.exchange.run_view import RunView
from voc_engine.records import Decision

File = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class NotCarried:
    """What of a run a format has no place for: ``what`` in the plural ("links between findings"), and how many."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody's words as an exported file shows them. ``mention_id`` is that of the mention, coding or sentence that leads
    to their source.

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


@runtime_checkable
class TakesOptions(Protocol):
    """An export format that may be told more than switches: ``options`` are name -> what it does, which the command line has
    as ``--name VALUE``."""

    options: Mapping[str, str]

    def given(self, options: Mapping[str, Sequence[str]]) -> ExportFormat:
        """The format as these values make it. Raises ConfigError for a value that it does not know."""
        ...


@dataclass(frozen=True)
class Brought:
    """What a file of another tool comes to. ``says`` is told before anything is stored.

    ``decisions`` are on the run that was given; ``files`` are laid below a folder of the workspace; ``settings`` are
    lines for the configuration, made for that folder. ``lines`` say what was understood and what was not taken.
    """

    says: str
    decisions: tuple[Decision, ...] = ()
    files: tuple[File, ...] = ()
    settings: str = ""
    lines: tuple[str, ...] = ()


@runtime_checkable
class ImportFormat(Protocol):
    """A way to read what another tool made: decisions on a run that was exported, or sources for a study."""

    name: str
    does: str

    def read(self, path: Path, view: RunView | None, folder: str) -> Brought:
        """What is in the file. ``view`` is the run that it is held against, None where none is there; ``folder`` is where
        its files would be laid, as the configuration names it. Raises SourceError for a file that it cannot read."""
        ...
