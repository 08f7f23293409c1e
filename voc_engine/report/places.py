"""Where things are in the report: page names that hold no name of a person or file, and safe anchors for ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from voc_engine.records import Document, Insight, stable_hash
from voc_engine.records.document import DOCUMENT_KINDS
from voc_engine.report.evidence import Evidence
from voc_engine.report.report_frame import TEAMS, Frame, frame_of

PAGE_DOCUMENTS = 200  # a choice: tickets of a page that a browser paints at once
PAGE_CHARACTERS = 400_000  # a choice: about a megabyte of page with its marks
INSIGHTS_SHOWN = 300  # a choice: pages of their own; the rest stands in the tables
SINGLES_SHOWN = 400  # insights of one person, each a line or two
THEMES_SHOWN = 200  # a choice, as of findings
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:~-]{0,119}")


def anchor(key: str) -> str:
    """The id itself where it can stand in ``id`` and behind ``#`` as it is, else a hash of it."""
    return key if _SAFE.fullmatch(key) else f"x{stable_hash(key)}"


def slug(name: str, length: int = 40) -> str:
    """Lower-case ASCII words joined by hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:length].strip("-")


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A page of documents of one source. ``first`` and ``last`` number its documents within the source, from 1."""

    path: str
    source: str
    kind: str
    documents: tuple[Document, ...]
    first: int
    last: int


class Places:
    """Links, relative to the report's folder."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.pages = list(_pages(evidence))
        self._page_of = {one.document_id: page.path for page in self.pages for one in page.documents}
        self._persona = {
            key: f"persona-{number}{'-' if slug(one.name) else ''}{slug(one.name)}.html"
            for number, (key, one) in enumerate(evidence.personas.items(), 1)
        }

    @cached_property
    def frame(self) -> Frame:
        """Whom the report is made for."""
        return frame_of(self.evidence.study.config.report.frame, self.evidence.documents.values())

    @cached_property
    def shown_insights(self) -> tuple[Insight, ...]:
        """Insights with an entry on the insights page, by priority: those that several people share, then those of one
        person; at most 300 and 400 of them."""
        ranked = list(self.evidence.insights.values())
        shared = [one for one in ranked if one.n_people > 1]
        alone = [one for one in ranked if one.n_people <= 1]
        return (*shared[:INSIGHTS_SHOWN], *alone[:SINGLES_SHOWN])

    @cached_property
    def _shown_ids(self) -> frozenset[str]:
        return frozenset(one.insight_id for one in self.shown_insights)

    def document(self, document_id: str) -> str:
        return f"{self._page_of[document_id]}#{anchor(document_id)}"

    def mention(self, mention_id: str) -> str:
        return f"{self._page_of[self.evidence.mentions[mention_id].document_id]}#{anchor(mention_id)}"

    def segment(self, segment_id: str) -> str:
        return f"{self._page_of[self.evidence.segments[segment_id].document_id]}#{anchor(segment_id)}"

    def insight(self, insight_id: str) -> str | None:
        """None for an insight that stands only in the tables."""
        return f"insights.html#{anchor(insight_id)}" if insight_id in self._shown_ids else None

    @cached_property
    def shown_themes(self) -> tuple[str, ...]:
        """Themes with an entry on the insights page, those of most people first."""
        return tuple(self.evidence.themes)[:THEMES_SHOWN]

    @cached_property
    def _shown_themes(self) -> frozenset[str]:
        return frozenset(self.shown_themes)

    def theme(self, name: str | None) -> str:
        """Empty for a theme that has no entry."""
        return f"insights.html#{anchor(f'theme-{name}')}" if name in self._shown_themes else ""

    def topic(self, topic_id: str) -> str:
        return f"topics.html#{anchor(topic_id)}"

    def persona(self, persona_id: str) -> str:
        return self._persona[persona_id]

    def canvas(self, persona_id: str) -> str:
        """The empathy map in XPLANE's layout."""
        return f"canvas-{self._persona[persona_id].removeprefix('persona-')}"

    def sheet(self, persona_id: str, team: str = "sales") -> str:
        """The one-page sheet for a team; empty where the frame has none for it, and for those who are to win a negative
        persona: nobody is to win it."""
        assert team in TEAMS
        negative = self.evidence.personas[persona_id].rank == "negative"
        if team not in self.frame.sheets or (negative and team != "support"):
            return ""
        return f"{team}-{self._persona[persona_id].removeprefix('persona-')}"

    def walk(self, persona_id: str) -> str:
        """The walkthrough of a persona."""
        return f"walk-{self._persona[persona_id].removeprefix('persona-')}"

    def messages(self, persona_id: str) -> str:
        """Where the persona stands on the page of messages; empty where the frame has none."""
        return f"messages.html#message-{anchor(persona_id)}" if self.frame.has("messages.html") else ""


def _pages(evidence: Evidence) -> Iterator[DocumentPage]:
    """Each interview by itself; shorter documents up to 200, or 400,000 characters, a page and source."""
    used: dict[str, int] = {}
    by_source = sorted(evidence.documents.values(), key=lambda one: (one.source, one.kind))
    for (source, kind), group in groupby(by_source, key=lambda one: (one.source, one.kind)):
        number = 1
        for batch in _batches(list(group), 1 if kind == "interview" else PAGE_DOCUMENTS):
            name = kind if kind in DOCUMENT_KINDS else "document"
            used[name] = used.get(name, 0) + 1
            path = f"docs/{name}-{used[name]:03}.html"
            yield DocumentPage(path, source, kind, tuple(batch), number, number + len(batch) - 1)
            number += len(batch)


def _batches(documents: list[Document], most: int) -> Iterator[list[Document]]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        if batch and (len(batch) >= most or size + len(document.text) > PAGE_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += len(document.text)
    if batch:
        yield batch
