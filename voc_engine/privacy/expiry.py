"""Until when the documents of a source may be kept. The day of today is given, never read here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from voc_engine.config import SourceConfig

EVERYTHING = "9999-12-31"  # the day before which a source that is over as a whole goes


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


def before_of(options: SourceConfig, today: date) -> str:
    """The day before which documents of the source are over; the stricter of both keys holds."""
    if options.keep_until is not None and today > options.keep_until:
        return EVERYTHING
    if options.retention_days is None:
        return ""
    return (today - timedelta(days=options.retention_days)).isoformat()


def agreed_time(options: SourceConfig) -> str:
    """How long a source may be kept, as its section says it."""
    days = [f"{options.retention_days} days"] if options.retention_days is not None else []
    until = [f"until {options.keep_until.isoformat()}"] if options.keep_until is not None else []
    return " and ".join([*days, *until])


def is_expired(created_at: str | None, before: str, undated: str) -> bool:
    """Whether a document of that date (else of the day ``undated``) goes; without either it goes with its whole source
    only. Days are ISO 8601, empty where there is none."""
    day = (created_at or "")[:10] or undated
    return before == EVERYTHING or bool(before and day and day < before)
