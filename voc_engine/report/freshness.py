"""How old a study's words are: the day of the newest document, and the day on which its cards are due for review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from voc_engine.report.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Freshness:
    """ISO 8601 days; both are None where no document bears a date."""

    newest: str | None
    review: str | None


def freshness(evidence: Evidence) -> Freshness:
    """Of all documents of the study, by ``[personas] review_after_days``; nothing depends on today."""
    days = []
    for document in evidence.documents.values():
        try:
            days.append(date.fromisoformat((document.created_at or "")[:10]))
        except ValueError:
            continue
    if not days:
        return Freshness(None, None)
    newest = max(days)
    after = evidence.study.config.personas.review_after_days
    try:
        review: str | None = (newest + timedelta(days=after)).isoformat()
    except OverflowError:
        review = None
    return Freshness(newest.isoformat(), review)
