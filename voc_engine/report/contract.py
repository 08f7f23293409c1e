"""Study: everything that a report format is given; ReportFormat: what a format has to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from voc_engine.config import Config
from voc_engine.records import Batch, Decision


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """One source file: ``sha256`` of its bytes, and what was understood in it."""

    name: str
    sha256: str
    kind: str
    format: str
    n_documents: int
    n_words: int


@dataclass(frozen=True)
class Study:
    """One run's results. ``tables`` holds every record class of the run; ``method`` says in words how it was made.

    ``versions`` maps a program or model to its version; ``method`` holds lines such as {"seed": "0"}.
    ``decisions`` are people's, with the ids that hold in this run; ``labelled`` maps a mention that people decided on to
    the kind that the program gave it.
    """

    run_id: str
    title: str
    question: str
    config: Config
    tables: Batch
    sources: tuple[SourceInfo, ...] = ()
    versions: dict[str, str] = field(default_factory=dict)
    method: dict[str, str] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    labelled: dict[str, str] = field(default_factory=dict)


@runtime_checkable
class ReportFormat(Protocol):
    """A way to write a study down. The same study gives the same bytes in the same order."""

    name: str

    def write(self, study: Study) -> Iterator[tuple[str, bytes]]:
        """Pairs of a path inside the report folder (with forward slashes) and the file's content."""
        ...
