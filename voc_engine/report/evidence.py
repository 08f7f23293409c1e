"""The study's tables joined by id, once: who said what, which insight it went into, which persona says it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, TypeVar

from voc_engine.personas.disclosed import stage_fields, warnings
from voc_engine.personas.told_well import read_well
from voc_engine.privacy.withholding import MARK
from voc_engine.records import (
    EVIDENCE_ROLES,
    Disclosure,
    Document,
    EmpathyEntry,
    Estimate,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Persona,
    Sampling,
    Segment,
    Skipped,
    Topic,
    TopicAssignment,
    Utterance,
)
from voc_engine.records.persona import RANKS
from voc_engine.report.contract import Study

InDocument = TypeVar("InDocument", Utterance, Mention, Segment)


class Evidence:
    """Look-ups over one study. Lists are in a fixed order; nothing here depends on the order of dictionary keys."""

    def __init__(self, study: Study) -> None:
        tables = study.tables
        self.study = study
        self.documents = {one.document_id: one for one in tables.of(Document)}
        self.segments = {one.segment_id: one for one in tables.of(Segment)}
        self.mentions = {one.mention_id: one for one in tables.of(Mention) if one.document_id in self.documents}
        self.insights = {one.insight_id: one for one in sorted(tables.of(Insight), key=by_priority)}
        self.topics = {one.topic_id: one for one in sorted(tables.of(Topic), key=by_size)}
        self.personas = {one.persona_id: one for one in sorted(tables.of(Persona), key=by_rank)}
        self.memberships = sorted(tables.of(Membership), key=lambda one: one.person_id)
        self.disclosures = {one.disclosure_id: one for one in tables.of(Disclosure) if one.segment_id in self.segments}
        self.estimates = {(one.target, one.target_id): one for one in tables.of(Estimate)}
        self.sampling = next(iter(tables.of(Sampling)), None)
        self.skipped = sorted(tables.of(Skipped), key=lambda one: (not one.quarantined, one.source, one.locator))

    @cached_property
    def left_out(self) -> list[tuple[str, str, int]]:
        """(source, reason, how many) of what was skipped without being set aside. What stood there is not repeated:
        nobody has redacted it."""
        counted: Counter[tuple[str, str]] = Counter()
        for skipped in self.skipped:
            if not skipped.quarantined:
                counted[skipped.source, skipped.reason] += skipped.count
        return [(*key, amount) for key, amount in sorted(counted.items())]

    @cached_property
    def insight_of(self) -> dict[str, str]:
        """Mention id -> insight id, where both exist."""
        return {
            one.mention_id: one.insight_id
            for one in self.study.tables.of(InsightMember)
            if one.mention_id in self.mentions and one.insight_id in self.insights
        }

    @cached_property
    def members(self) -> dict[str, list[Mention]]:
        """Insight id -> its mentions, in the order of the mentions table."""
        members: dict[str, list[Mention]] = {key: [] for key in self.insights}
        for mention_id, mention in self.mentions.items():
            if mention_id in self.insight_of:
                members[self.insight_of[mention_id]].append(mention)
        return members

    @cached_property
    def themes(self) -> dict[str, list[Insight]]:
        """Theme -> its findings and single voices by priority; the theme of most people first.

        Only themes of two people or more that tell more than one of their findings does: a theme of which nobody speaks but
        the people of one finding would be that finding once more.
        """
        inside: dict[str, list[Insight]] = defaultdict(list)
        for insight in self.insights.values():
            if insight.theme:
                inside[insight.theme].append(insight)
        telling = {key: found for key, found in inside.items() if self._tells_more(key, found)}
        return dict(sorted(telling.items(), key=lambda item: (-len(self.theme_people[item[0]]), item[0])))

    def _tells_more(self, theme: str, inside: list[Insight]) -> bool:
        people = len(self.theme_people[theme])
        return people > 1 and people > max(one.n_people for one in inside)

    @cached_property
    def theme_people(self) -> dict[str, frozenset[str]]:
        """Theme -> everybody who says one of its findings, or something alone that belongs to it."""
        by_theme: dict[str, set[str]] = defaultdict(set)
        for key, members in self.members.items():
            theme = self.insights[key].theme
            if theme:
                by_theme[theme].update(one.person_id for one in members)
        return {key: frozenset(people) for key, people in by_theme.items()}

    @cached_property
    def utterances(self) -> dict[str, list[Utterance]]:
        return grouped(self.study.tables.of(Utterance), lambda one: (one.start, one.index))

    @cached_property
    def mentions_in(self) -> dict[str, list[Mention]]:
        return grouped(self.mentions.values(), lambda one: (one.start, -one.end, one.mention_id))

    @cached_property
    def mentions_by_segment(self) -> dict[str, list[Mention]]:
        """Segment id -> its mentions, in the order of the text."""
        by_segment: dict[str, list[Mention]] = defaultdict(list)
        for several in self.mentions_in.values():
            for mention in several:
                by_segment[mention.segment_id].append(mention)
        return dict(by_segment)

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Everybody whose words may be evidence; interviewers, agents and bots are not among them."""
        speakers = {one.person_id for one in self.segments.values() if one.role in EVIDENCE_ROLES}
        speakers |= {one.person_id for one in self.mentions.values()}
        return tuple(sorted(speakers or {one.person_id for one in self.documents.values()}))

    @cached_property
    def documents_of(self) -> dict[str, list[Document]]:
        """Person -> documents by that main author, in the order of the documents table."""
        by_person: dict[str, list[Document]] = defaultdict(list)
        for document in self.documents.values():
            by_person[document.person_id].append(document)
        return dict(by_person)

    @cached_property
    def persona_of(self) -> dict[str, str]:
        """Person -> persona, for people that were assigned to a persona that exists."""
        return {
            one.person_id: one.persona_id
            for one in self.memberships
            if one.persona_id is not None and one.persona_id in self.personas
        }

    @cached_property
    def persona_size(self) -> Counter[str]:
        return Counter(self.persona_of.values())

    @cached_property
    def persona_people(self) -> dict[str, dict[str, int]]:
        """Insight id -> persona id -> how many of the persona's people say it."""
        return {
            key: Counter(
                self.persona_of[person]
                for person in sorted({one.person_id for one in members})
                if person in self.persona_of
            )
            for key, members in self.members.items()
        }

    @cached_property
    def topic_of(self) -> dict[str, str]:
        """Segment id -> topic id, for segments that were assigned."""
        return {
            one.segment_id: one.topic_id
            for one in self.study.tables.of(TopicAssignment)
            if one.topic_id is not None and one.topic_id in self.topics
        }

    @cached_property
    def persona_mentions(self) -> dict[str, list[Mention]]:
        """Persona id -> its people's mentions, surest first."""
        by_persona: dict[str, list[Mention]] = {key: [] for key in self.personas}
        for mention in sorted(self.mentions.values(), key=lambda one: (-one.probability, one.mention_id)):
            if mention.person_id in self.persona_of:
                by_persona[self.persona_of[mention.person_id]].append(mention)
        return by_persona

    @cached_property
    def persona_things(self) -> dict[str, dict[str, list[Mention]]]:
        """Persona id -> thing in lower case -> one mention of each of its people who names it in that quote and may be
        quoted."""
        by_persona: dict[str, dict[str, dict[str, Mention]]] = {key: {} for key in self.personas}
        for key, mentions in self.persona_mentions.items():
            for mention in mentions:
                thing = (mention.own_thing or "").strip().lower()
                if thing and mention.quote != MARK:
                    by_persona[key].setdefault(thing, {}).setdefault(mention.person_id, mention)
        return {
            key: {thing: list(said.values()) for thing, said in things.items()} for key, things in by_persona.items()
        }

    @cached_property
    def things(self) -> Counter[str]:
        """Thing -> how many people of all personas name it."""
        counted: Counter[str] = Counter()
        for things in self.persona_things.values():
            counted.update({thing: len(said) for thing, said in things.items()})
        return counted

    @cached_property
    def fields_in(self) -> dict[str, frozenset[str]]:
        """Segment id -> the fields of which its speaker tells there, of those that a card counts in such a source; advice
        against a thing is no advocacy."""
        by_segment: dict[str, set[str]] = defaultdict(set)
        for disclosure in self.disclosures.values():
            if read_well(disclosure.field, self.documents[disclosure.document_id].kind):
                by_segment[disclosure.segment_id].add(disclosure.field)
        warned = warnings(self.mentions.values())
        return {key: stage_fields(fields, key, warned) for key, fields in by_segment.items()}

    @cached_property
    def channel_mentions(self) -> dict[tuple[str, str], list[Mention]]:
        """(persona id, channel) -> mentions in its documents, surest first; without a channel the kind of document."""
        by_channel: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        for key, mentions in self.persona_mentions.items():
            for mention in mentions:
                document = self.documents[mention.document_id]
                by_channel[key, document.channel or document.kind].append(mention)
        return dict(by_channel)

    @cached_property
    def channel_people(self) -> dict[tuple[str, str], int]:
        """(persona id, channel) -> how many of its people wrote or spoke there, whether or not they are quoted."""
        people_in: dict[tuple[str, str], set[str]] = defaultdict(set)
        for document in self.documents.values():
            if document.person_id in self.persona_of:
                people_in[self.persona_of[document.person_id], document.channel or document.kind].add(
                    document.person_id
                )
        return {key: len(people) for key, people in people_in.items()}

    @cached_property
    def topic_mentions(self) -> dict[str, list[Mention]]:
        by_topic: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions.values():
            if mention.segment_id in self.topic_of:
                by_topic[self.topic_of[mention.segment_id]].append(mention)
        return dict(by_topic)

    @cached_property
    def empathy(self) -> dict[tuple[str, str], list[EmpathyEntry]]:
        """(persona id, quadrant) -> entries in their order."""
        entries: dict[tuple[str, str], list[EmpathyEntry]] = defaultdict(list)
        for entry in sorted(
            self.study.tables.of(EmpathyEntry), key=lambda one: (one.persona_id, one.quadrant, one.index)
        ):
            entries[entry.persona_id, entry.quadrant].append(entry)
        return dict(entries)

    @cached_property
    def evidence_segments(self) -> list[Segment]:
        return [one for one in self.segments.values() if one.role in EVIDENCE_ROLES]

    def of_kind(self, *kinds: str) -> list[Insight]:
        """Insights of the kinds, strongest first."""
        return [one for one in self.insights.values() if one.kind in kinds]

    def named(self, mention_ids: Iterable[str]) -> list[Mention]:
        """The mentions of these ids that exist, in the order given, each once."""
        return [self.mentions[key] for key in dict.fromkeys(mention_ids) if key in self.mentions]

    def disclosures_named(self, disclosure_ids: Iterable[str]) -> list[Disclosure]:
        """The same for disclosures."""
        return [self.disclosures[key] for key in dict.fromkeys(disclosure_ids) if key in self.disclosures]


def by_priority(insight: Insight) -> tuple[float, int, str]:
    return (-insight.priority, -insight.n_people, insight.insight_id)


def by_size(topic: Topic) -> tuple[int, int, str]:
    return (-topic.n_people, -topic.n_segments, topic.topic_id)


def by_rank(persona: Persona) -> tuple[int, int, str]:
    return (RANKS.index(persona.rank) if persona.rank in RANKS else len(RANKS), -persona.n_people, persona.persona_id)


def grouped(records: Iterable[InDocument], order: Callable[[InDocument], Any]) -> dict[str, list[InDocument]]:
    """Document id -> its records in that order."""
    by_document: dict[str, list[InDocument]] = defaultdict(list)
    for record in records:
        by_document[record.document_id].append(record)
    for several in by_document.values():
        several.sort(key=order)
    return dict(by_document)
