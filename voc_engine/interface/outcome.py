"""What a run gave: where its report is, how much is in it, and what a person should know of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from voc_engine.interface.new_findings import NewFinding
from voc_engine.privacy.consent import NO_CONSENT
from voc_engine.privacy.expiry import Expiry
from voc_engine.records import BOILERPLATE, Decision, Skipped
from voc_engine.runners.targets import Found
from voc_engine.store.query import open_run


@dataclass(frozen=True)
class RunCounts:
    """``largest_topic`` and ``not_assigned`` are counts of segments out of ``assignments``; ``other_languages`` are
    (code, documents) that were set aside for their language, most first; ``refused`` those without consent;
    ``boilerplate`` lines that several people sent alike."""

    documents: int
    people: int
    insights: int
    personas: int
    topics: int
    assignments: int
    largest_topic: int
    not_assigned: int
    other_languages: tuple[tuple[str, int], ...]
    refused: int
    boilerplate: int


@dataclass(frozen=True)
class RunOutcome:
    """``page`` is the page to open first and ``new`` whether this run wrote it; ``set_aside`` what was not understood.

    ``moved``: decisions whose item has another id than when it was decided on. ``lost``: those that find nothing to hold on
    to. ``expired``: sources with documents that were kept longer than agreed. ``unfinished``: pseudonyms of people whom
    'voc forget' began to remove. ``fresh``: findings of three people and more that the run before had not. ``unanswered``:
    what is to be known of a language model that did not answer.
    """

    run_id: str
    page: Path
    new: bool
    counts: RunCounts
    set_aside: tuple[Skipped, ...] = ()
    moved: tuple[Found, ...] = ()
    lost: tuple[Decision, ...] = ()
    expired: tuple[Expiry, ...] = ()
    unfinished: tuple[str, ...] = ()
    fresh: tuple[NewFinding, ...] = ()
    unanswered: str = ""

    def __str__(self) -> str:
        counts = self.counts
        return (
            f"{self.run_id}: {counts.documents:,} documents, {counts.people:,} people, {counts.insights:,} insights, "
            f"{counts.personas:,} personas; {sum(piece.count for piece in self.set_aside):,} pieces set aside; {self.page}"
        )

    def _repr_html_(self) -> str:
        return f"<p>{escape(str(self))}</p>"


def count_run(report: Path, languages: list[str]) -> RunCounts:
    """The counts of the run whose report folder is given; ``languages`` are those that the study reads."""
    with open_run(report) as db:
        people, documents, insights, personas, topics = db.execute(
            "SELECT (SELECT count(*) FROM memberships), (SELECT count(*) FROM documents),"
            " (SELECT count(*) FROM insights), (SELECT count(*) FROM personas), (SELECT count(*) FROM topics)"
        ).fetchone()
        assignments, not_assigned, largest = db.execute(
            "SELECT count(*), count(*) FILTER (topic_id IS NULL), coalesce((SELECT max(n_segments) FROM topics), 0)"
            " FROM topic_assignments"
        ).fetchone()
        other = db.execute(
            "SELECT language, count(*) FROM documents WHERE language IS NOT NULL AND NOT list_contains($1, language)"
            " GROUP BY language ORDER BY count(*) DESC, language", [languages],
        ).fetchall() if languages else []  # fmt: skip
        refused, alike = (
            int(db.execute("SELECT coalesce(sum(count), 0) FROM skipped WHERE reason = $1", [reason]).fetchone()[0])
            for reason in (NO_CONSENT, BOILERPLATE)
        )
    return RunCounts(
        documents, people, insights, personas, topics, assignments, largest, not_assigned, tuple(other), refused, alike
    )
