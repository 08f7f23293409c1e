"""RunView: one finished run as a format sees it: masked, without withheld words, joined by id, in a fixed order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from voc_engine.privacy.withholding import MARK
from voc_engine.records import (
    Batch,
    Disclosure,
    Document,
    EmpathyEntry,
    Insight,
    Membership,
    Mention,
    Persona,
    Record,
    Topic,
    Utterance,
)
from voc_engine.records.given_attributes import Given, settled
from voc_engine.report import wording
from voc_engine.report.contract import Study
from voc_engine.report.diff.compare import Difference
from voc_engine.report.estimated import reach_of
from voc_engine.report.evidence import Evidence
from voc_engine.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Quote:
    """A mention whose words may be shown, with where they stand and what they went into."""

    mention: Mention
    document: Document
    insight: Insight | None
    topic: Topic | None
    persona: Persona | None

    @property
    def words(self) -> str:
        """Exactly what was said: ``document.text[start:end]``."""
        return self.mention.quote

    @property
    def location(self) -> str:
        """Where it stands, for a reader: "reviews.csv, row 12"."""
        return f"{self.document.source}, {self.document.locator}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose words may be evidence. ``attributes`` are settled to one value each, the newest that was stated."""

    person_id: str
    persona: Persona | None
    probability: float | None
    attributes: dict[str, str]
    documents: tuple[Document, ...]
    n_mentions: int


class RunView:
    """One run. Names are pseudonyms, texts are masked; words that its readers may not see are the mark that says so.

    Lists are in the order in which the report shows them, strongest first; ``documents`` and ``quotes`` by id.
    ``left_out`` counts what a choice of documents or kinds took away; ``since`` holds the run against the one before.
    ``workspace`` is where the run lies, for a format that tells what people decided after it; None for a study in memory.
    """

    def __init__(
        self,
        study: Study,
        left_out: tuple[tuple[str, int], ...] = (),
        since: Callable[[], Difference | None] | None = None,
        workspace: Workspace | None = None,
    ) -> None:
        self.study = study
        self._since = since
        self.workspace = workspace
        self.evidence = Evidence(study)
        self.run_id, self.title, self.question = study.run_id, study.title, study.question
        self.audience = study.config.report.audience
        self.left_out = left_out

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        return tuple(sorted(self.evidence.documents.values(), key=lambda one: one.document_id))

    @cached_property
    def turns(self) -> dict[str, list[Utterance]]:
        """Document id -> who said what in it, in the order of the text."""
        return self.evidence.utterances

    @cached_property
    def people(self) -> tuple[Person, ...]:
        of = {one.person_id: one for one in self.evidence.memberships}
        n_mentions: dict[str, int] = defaultdict(int)
        for mention in self.evidence.mentions.values():
            n_mentions[mention.person_id] += 1
        return tuple(self._person(key, of.get(key), n_mentions[key]) for key in self.evidence.people)

    @cached_property
    def attribute_names(self) -> tuple[str, ...]:
        """Every attribute that is stated of anybody, sorted."""
        return tuple(sorted({name for one in self.people for name in one.attributes}))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Every mention whose words may be shown."""
        quotable = (one for one in self.evidence.mentions.values() if one.quote != MARK)
        return tuple(self.quote(one) for one in sorted(quotable, key=lambda one: one.mention_id))

    @cached_property
    def n_withheld(self) -> int:
        """Mentions of people who did not consent to be quoted to these readers."""
        return len(self.evidence.mentions) - len(self.quotes)

    @cached_property
    def insights(self) -> tuple[Insight, ...]:
        return tuple(self.evidence.insights.values())

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        return tuple(self.evidence.topics.values())

    @cached_property
    def personas(self) -> tuple[Persona, ...]:
        return tuple(self.evidence.personas.values())

    @cached_property
    def quotes_of(self) -> dict[str, tuple[Quote, ...]]:
        """Insight id -> its quotes: the one that represents it, then every person's surest, then second ones."""
        quotes: dict[str, list[Quote]] = {one.insight_id: [] for one in self.insights}
        for quote in self.quotes:
            if quote.insight is not None:
                quotes[quote.insight.insight_id].append(quote)
        return {key: _in_turn(self.evidence.insights[key], several) for key, several in quotes.items()}

    def empathy(self, persona_id: str, quadrant: str) -> tuple[EmpathyEntry, ...]:
        """The entries of one quadrant of a persona's empathy map."""
        return tuple(self.evidence.empathy.get((persona_id, quadrant), ()))

    def quote(self, mention: Mention) -> Quote:
        """A mention with what it belongs to."""
        evidence = self.evidence
        return Quote(
            mention,
            evidence.documents[mention.document_id],
            evidence.insights.get(evidence.insight_of.get(mention.mention_id, "")),
            evidence.topics.get(evidence.topic_of.get(mention.segment_id, "")),
            evidence.personas.get(evidence.persona_of.get(mention.person_id, "")),
        )

    def named(self, mention_ids: tuple[str, ...]) -> tuple[Quote, ...]:
        """The quotes of these mentions that may be shown, in the order given."""
        return tuple(self.quote(one) for one in self.evidence.named(mention_ids) if one.quote != MARK)

    def heading(self, insight: Insight) -> str:
        """What an insight is called."""
        return insight.title

    def reach(self, insight: Insight) -> str:
        """How many people say it, in the report's words: "4 of 11 people"."""
        shares = (insight.share_low, insight.share_high)
        return reach_of(self.evidence, "insight", insight.insight_id, insight.n_people, self.n_people, *shares).words

    @property
    def n_people(self) -> int:
        return len(self.evidence.people)

    @cached_property
    def changes(self) -> Difference | None:
        """The run held against the one that was finished before it; None where there is none."""
        return self._since() if self._since else None

    @cached_property
    def dates(self) -> str:
        """ "3 Jan to 9 Jun 2026"; empty where nothing is dated."""
        return wording.date_range([one.created_at for one in self.documents if one.created_at])

    @cached_property
    def newest(self) -> str:
        """The newest date of a document, ISO 8601, or that of no day at all: what stands where a format wants a time."""
        return max((one.created_at for one in self.documents if one.created_at), default="1980-01-01T00:00:00")

    def narrowed(self, document_kinds: frozenset[str] = frozenset(), kinds: frozenset[str] = frozenset()) -> RunView:
        """The view with these kinds of documents and of mentions alone (all where empty). Counts of findings stay those of
        the whole run; what is left out is counted."""
        if not document_kinds and not kinds:
            return self
        tables = self.study.tables
        documents = [one for one in tables.of(Document) if not document_kinds or one.kind in document_kinds]
        ids = {one.document_id for one in documents}
        mentions = [
            one for one in tables.of(Mention) if one.document_id in ids and (not kinds or one.kind in kinds)
        ]  # fmt: skip
        insights = [one for one in tables.of(Insight) if not kinds or one.kind in kinds]
        disclosures = [one for one in tables.of(Disclosure) if one.document_id in ids]
        changed: dict[type[Record], list[Any]] = {
            Document: documents, Mention: mentions, Disclosure: disclosures, Insight: insights,
        }  # fmt: skip
        narrowed: tuple[tuple[str, type[Record]], ...] = (
            ("documents", Document), ("mentions", Mention), ("insights", Insight),
        )  # fmt: skip
        dropped = tuple((what, len(tables.of(kind)) - len(changed[kind])) for what, kind in narrowed)
        study = replace(self.study, tables=Batch({**tables.tables, **changed}, tables.vectors))
        left_out = tuple((f"{what} of kinds that were not asked for", n) for what, n in dropped if n)
        return RunView(study, left_out, self._since, self.workspace)

    def _person(self, person_id: str, membership: Membership | None, n_mentions: int) -> Person:
        documents = tuple(self.evidence.documents_of.get(person_id, ()))
        persona = self.evidence.persona_of.get(person_id)
        return Person(
            person_id,
            self.evidence.personas[persona] if persona else None,
            membership.probability if membership and persona else None,
            _attributes(documents),
            documents,
            n_mentions,
        )


def _attributes(documents: tuple[Document, ...]) -> dict[str, str]:
    stated: dict[str, list[Given]] = defaultdict(list)
    for document in documents:
        for name, value in document.attributes.items():
            if value.strip():
                stated[name].append(Given(value, document.source, document.created_at, document.document_id))
    return {name: settled(stated[name]) for name in sorted(stated)}


def _in_turn(insight: Insight, quotes: list[Quote]) -> tuple[Quote, ...]:
    first = insight.medoid_mention_id
    ordered = sorted(
        quotes, key=lambda one: (one.mention.mention_id != first, -one.mention.probability, one.mention.mention_id)
    )
    turn: dict[str, int] = defaultdict(int)
    placed = []
    for rank, quote in enumerate(ordered):
        placed.append((turn[quote.mention.person_id], rank, quote))
        turn[quote.mention.person_id] += 1
    return tuple(one for _, _, one in sorted(placed, key=lambda row: row[:2]))
