"""Retention: which documents have been kept for as long as was agreed. The day of today is given, never read here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from voc_engine.config import Config, SourceConfig
from voc_engine.records import Document
from voc_engine.runners.removal import EVERYTHING, is_expired
from voc_engine.runners.sources import SourceInput
from voc_engine.runners.tasks import FileIndex, index_path
from voc_engine.store.workspace import Workspace


@dataclass(frozen=True)
class Expiry:
    """One source with an agreed time. ``before``: day (ISO 8601) before which its documents are over, "" for none.

    ``kept``, ``expired`` and ``undated`` count documents that are read already; an undated one never expires by days.
    """

    source: str
    agreed: str
    before: str
    kept: int
    expired: int
    undated: int


def expiries(workspace: Workspace, config: Config, files: Iterable[SourceInput], today: date) -> list[Expiry]:
    """Each source for which a time was agreed, in the order of the configuration; ``files`` are those of the run."""
    found = []
    for options in config.sources:
        if options.retention_days is None and options.keep_until is None:
            continue
        before = before_of(options, today)
        undated = options.collected.isoformat() if options.collected else ""
        dates = [day for item in files if item.options == options for day in _dates(workspace, item)]
        expired = sum(is_expired(day, before, undated) for day in dates)
        unknown = 0 if before == EVERYTHING or undated else sum(not day for day in dates)
        found.append(Expiry(options.path, _agreed(options), before, len(dates) - expired, expired, unknown))
    return found


def before_of(options: SourceConfig, today: date) -> str:
    """The day before which documents of the source are over; the stricter of both keys holds."""
    if options.keep_until is not None and today > options.keep_until:
        return EVERYTHING
    if options.retention_days is None:
        return ""
    return (today - timedelta(days=options.retention_days)).isoformat()


def _agreed(options: SourceConfig) -> str:
    days = [f"{options.retention_days} days"] if options.retention_days is not None else []
    until = [f"until {options.keep_until.isoformat()}"] if options.keep_until is not None else []
    return " and ".join([*days, *until])


def _dates(workspace: Workspace, item: SourceInput) -> list[str | None]:
    store = workspace.parts
    path = index_path(store, item.name)
    parts = FileIndex.load(path).parts if path.exists() else ()
    tables = (store.read_columns("ingest", part, Document, ("created_at",)) for part in parts)
    return [day for table in tables for day in table.column("created_at").to_pylist()]
