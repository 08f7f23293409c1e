"""Reading one file as a run would, without a study."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from voc_engine.config import SourceConfig
from voc_engine.errors import ConfigError
from voc_engine.ingest import SourceFile, explain, read_source
from voc_engine.records import Document, Skipped, Utterance
from voc_engine.store.frames import frame_of_records

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class FileReading:
    """What a file holds: ``documents``, their turns (``utterances``) and what was not used (``skipped``), as DataFrames.

    ``explanation`` says in words how the file was understood. Nothing is redacted: names stand as the file has them.
    """

    documents: pd.DataFrame
    utterances: pd.DataFrame
    skipped: pd.DataFrame
    explanation: str

    def __str__(self) -> str:
        return self.explanation

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.explanation)}</pre>"


def read(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    kind: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> FileReading:
    """The file's documents and turns, by the reader that knows it best or the one named in ``format`` ("zendesk.v1").

    ``kind`` is that of its documents; ``columns`` maps a meaning (text, id, person, date, rating, title, channel, url) to
    the name of a column. ``utterances`` have a column ``text`` with the exact words of each turn. Raises ConfigError for a
    file that is not there and SourceError for one that is not understood.
    """
    located = Path(path)
    if not located.is_file():
        raise ConfigError(f"There is no file {located}.", do="check the path")
    options = SourceConfig.model_validate(
        {"path": located.name, "format": format, "kind": kind, "columns": dict(columns or {})}
    )
    source = SourceFile(located, located.name)
    items = list(read_source(source, options))
    talks = [item for item in items if not isinstance(item, Skipped)]
    turns = [(turn, talk.document.text[turn.start : turn.end]) for talk in talks for turn in talk.utterances]
    utterances = frame_of_records(Utterance, [turn for turn, _ in turns])
    utterances["text"] = [text for _, text in turns]
    return FileReading(
        frame_of_records(Document, [talk.document for talk in talks]),
        utterances,
        frame_of_records(Skipped, [item for item in items if isinstance(item, Skipped)]),
        explain(source, options),
    )
