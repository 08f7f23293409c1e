"""Material: what a run gave before people's decisions, turned around once so that every page is a look-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from voc_engine.errors import ConfigError
from voc_engine.pipeline import STAGES
from voc_engine.privacy.withholding import withheld_in, withhold
from voc_engine.records import (
    EVIDENCE_ROLES,
    Batch,
    Code,
    Coding,
    Document,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Persona,
    Segment,
    Texts,
    Topic,
    TopicAssignment,
    Utterance,
)
from voc_engine.report.guide_grid import Guide, guide_in
from voc_engine.store.parts import before_decisions
from voc_engine.store.results import records_of
from voc_engine.store.workspace import Workspace

InDocument = TypeVar("InDocument", Utterance, Mention, Segment)
_DECIDED = ("topics", "mentions", "insights", "personas")
_KINDS = (
    Document, Utterance, Segment, Topic, TopicAssignment, Mention, Insight, InsightMember, Code, Coding, Persona, Membership,
)  # fmt: skip


@dataclass(frozen=True)
class Material:
    """The records of one run as its stages gave them. ``tables`` are for the store alone; ``shown`` is what its readers
    may see, without the words of people in ``withheld``. Given codes are as the run learned them from decisions,
    ``before`` holds them as the stage gave them."""

    run_id: str
    title: str
    tables: Batch
    withheld: frozenset[str] = frozenset()
    audience: str = "internal"
    manifest: Mapping[str, Any] = field(default_factory=dict)
    before: Batch = field(default_factory=Batch)

    @classmethod
    def load(cls, workspace: Workspace, run_id: str) -> Material:
        """Of a finished run. Raises ConfigError for one that is not there."""
        manifest = workspace.manifest(run_id)
        if manifest is None:
            raise ConfigError(f"There is no run {run_id!r} in {workspace.root}.", do="run the study first")
        parts = {
            name: _undecided_parts(workspace, name, named) if name in _DECIDED else list(named)
            for name, named in manifest["parts"].items()
        }
        tables = Batch.make(*records_of(workspace.parts, parts, _KINDS))
        config = manifest["config"]
        (codes,) = (one for one in STAGES if Code in one.writes)
        first = {codes.name: _undecided_parts(workspace, codes.name, manifest["parts"].get(codes.name, ()))}
        before = Batch.make(*records_of(workspace.parts, first, (Code, Coding)))
        return cls(
            run_id,
            config["study"]["name"],
            tables,
            withheld_in(manifest),
            config["report"]["audience"],
            manifest,
            before,
        )

    @cached_property
    def counted(self) -> dict[str, Any]:
        """What the overlay counts of a run once and for all."""
        return {}

    @cached_property
    def folded(self) -> list[tuple[str, Segment]]:
        """Every sentence, and its words in small letters, to search in."""
        return [(one.text.casefold(), one) for one in self.readable.of(Segment)]

    @cached_property
    def guide(self) -> Guide:
        """The questions that talks share, that a survey asks, or that the study gives."""
        questions = self.manifest.get("config", {}).get("study", {}).get("guide", [])
        documents = {one.document_id: one for one in self.readable.of(Document)}
        return guide_in(documents, self.readable.of(Segment), questions)

    @cached_property
    def readable(self) -> Batch:
        """What may be read: masked texts, and no words of who may not be quoted."""
        return withhold(self.tables, self.withheld)

    @cached_property
    def texts(self) -> Texts:
        """The documents and sentences in which decisions place words."""
        return Texts.of(self.tables)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """By id, as they may be read."""
        return {one.document_id: one for one in self.readable.of(Document)}

    @cached_property
    def silenced(self) -> frozenset[str]:
        """Documents that are shown with other places than they are stored with, since words are withheld in them."""
        stored = self.texts.documents
        return frozenset(key for key, one in self.documents.items() if stored[key].text != one.text)

    @cached_property
    def mentions(self) -> dict[str, Mention]:
        """By id, as the stage gave them and as they may be read."""
        return {one.mention_id: one for one in self.readable.of(Mention)}

    @cached_property
    def stored_mentions(self) -> dict[str, Mention]:
        """By id, with their places in the stored texts."""
        return {one.mention_id: one for one in self.tables.of(Mention)}

    @cached_property
    def stored_segments(self) -> dict[str, Segment]:
        """By id, with the words that are in the store."""
        return {one.segment_id: one for one in self.tables.of(Segment)}

    @cached_property
    def mentions_in(self) -> dict[str, list[str]]:
        """Document id -> ids of its mentions."""
        return _listed((one.document_id, one.mention_id) for one in self.readable.of(Mention))

    @cached_property
    def utterances(self) -> dict[str, list[Utterance]]:
        """Document id -> its turns in the order of the text."""
        return _in_order(self.readable.of(Utterance))

    @cached_property
    def segments(self) -> dict[str, list[Segment]]:
        """Document id -> its sentences in the order of the text."""
        return _in_order(self.readable.of(Segment))

    @cached_property
    def segment(self) -> dict[str, Segment]:
        """By id, as they may be read."""
        return {one.segment_id: one for one in self.readable.of(Segment)}

    @cached_property
    def home(self) -> dict[str, str | None]:
        """Mention id -> insight id, of those that are in one."""
        return {one.mention_id: one.insight_id for one in self.tables.of(InsightMember)}

    @cached_property
    def members(self) -> dict[str | None, set[str]]:
        """Insight id -> ids of its mentions."""
        return _turned(self.home)

    @cached_property
    def insights(self) -> dict[str, Insight]:
        """By id, strongest first."""
        ranked = sorted(self.tables.of(Insight), key=lambda one: (-one.priority, -one.n_people, one.insight_id))
        return {one.insight_id: one for one in ranked}

    @cached_property
    def people(self) -> frozenset[str]:
        """Everybody whose words may be evidence: what every share is a share of."""
        speakers = {one.person_id for one in self.tables.of(Segment) if one.role in EVIDENCE_ROLES}
        return frozenset(speakers | {one.person_id for one in self.tables.of(Mention) if one.holder == "self"})

    @cached_property
    def people_of(self) -> dict[str, int]:
        """Insight id -> how many people are behind it as the stage gave it."""
        return {key: one.n_people for key, one in self.insights.items()}

    @cached_property
    def personas(self) -> dict[str, Persona]:
        """By id, in the order of the run."""
        return {one.persona_id: one for one in self.tables.of(Persona)}

    @cached_property
    def member_of(self) -> dict[str, str | None]:
        """Person -> persona id, None for who is in none."""
        return {one.person_id: one.persona_id for one in self.tables.of(Membership)}

    @cached_property
    def memberships(self) -> dict[str, Membership]:
        """By person."""
        return {one.person_id: one for one in self.tables.of(Membership)}

    @cached_property
    def crowds(self) -> dict[str | None, set[str]]:
        """Persona id -> its people."""
        return _turned(self.member_of)

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """By id, the largest first."""
        return {
            one.topic_id: one for one in sorted(self.tables.of(Topic), key=lambda one: (-one.n_people, one.topic_id))
        }

    @cached_property
    def topic_of(self) -> dict[str, str | None]:
        """Segment id -> topic id."""
        return {one.segment_id: one.topic_id for one in self.tables.of(TopicAssignment)}

    @cached_property
    def topic_segments(self) -> dict[str | None, set[str]]:
        """Topic id -> its segments."""
        return _turned(self.topic_of)

    @cached_property
    def documents_of(self) -> dict[str, list[str]]:
        """Person -> ids of documents in which they are heard."""
        pairs = {(one.person_id, one.document_id): None for one in self.readable.of(Document)}
        pairs |= {
            (one.person_id, one.document_id): None for one in self.readable.of(Segment) if one.role in EVIDENCE_ROLES
        }
        return _listed(pairs)


def _undecided_parts(workspace: Workspace, stage: str, parts: Sequence[str]) -> list[str]:
    """The parts as the stage gave them, where decisions were replayed on them and the others still lie beside them."""
    writes = next(one.writes for one in STAGES if one.name == stage)
    pairs = ((part, before_decisions(part)) for part in parts)
    return [before if workspace.parts.has(stage, before, writes) else part for part, before in pairs]


def _turned(home: Mapping[str, str | None]) -> dict[str | None, set[str]]:
    members: dict[str | None, set[str]] = defaultdict(set)
    for member, item in home.items():
        members[item].add(member)
    return dict(members)


def _listed(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return dict(grouped)


def _in_order(records: Iterable[InDocument]) -> dict[str, list[InDocument]]:
    by_document: dict[str, list[InDocument]] = defaultdict(list)
    for record in records:
        by_document[record.document_id].append(record)
    return {key: sorted(several, key=lambda one: (one.start, one.end)) for key, several in by_document.items()}
