"""Retention: which documents have been kept for as long as was agreed. The day of today is given, never read here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from voc_engine.config import Config
from voc_engine.privacy.expiry import EVERYTHING, Expiry, agreed_time, before_of, is_expired
from voc_engine.records import Document
from voc_engine.runners.source_inputs import SourceInput
from voc_engine.runners.tasks import FileIndex, index_path
from voc_engine.store.workspace import Workspace


def expiries(workspace: Workspace, config: Config, files: Iterable[SourceInput], today: date) -> list[Expiry]:
    """Each source for which a time was agreed, in the order of the configuration; ``files`` are those of the run."""
    listed = []
    for options in config.sources:
        if options.retention_days is None and options.keep_until is None:
            continue
        before = before_of(options, today)
        undated = options.collected.isoformat() if options.collected else ""
        dates = [day for item in files if item.options == options for day in _dates(workspace, item)]
        expired = sum(is_expired(day, before, undated) for day in dates)
        unknown = 0 if before == EVERYTHING or undated else sum(not day for day in dates)
        listed.append(Expiry(options.path, agreed_time(options), before, len(dates) - expired, expired, unknown))
    return listed


def _dates(workspace: Workspace, item: SourceInput) -> list[str | None]:
    store = workspace.parts
    path = index_path(store, item.name)
    parts = FileIndex.load(path).parts if path.exists() else ()
    tables = (store.read_columns("ingest", part, Document, ("created_at",)) for part in parts)
    return [day for table in tables for day in table.column("created_at").to_pylist()]
