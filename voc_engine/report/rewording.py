"""Statements, labels, names and map entries that rest on words which are withheld: said in others' words, or in none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from voc_engine.empathy.quadrants import shown
from voc_engine.insights.wording import best_wording, tidied
from voc_engine.privacy.unsaid import LONGEST, Unsaid, words_of
from voc_engine.privacy.withholding import MARK, unsaid_in, without_quotes
from voc_engine.records import (
    Batch,
    EmpathyEntry,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Persona,
    Record,
    Segment,
    Topic,
    field_types,
)

R = TypeVar("R", bound=Record)
_KINDS = {
    "pain_point": "A pain point", "goal": "A goal", "objection": "An objection", "request": "A request",
    "delight": "A delight", "trigger": "A trigger",
}  # fmt: skip
_TERMS = re.compile(r" ?More than others they talk about [^.]*\.")


def withhold(tables: Batch, people: frozenset[str]) -> Batch:
    """The records of a run without any words of these people; the records themselves where there are none."""
    if not people:
        return tables
    return reworded(without_quotes(tables, people), tables, people, unsaid_in(tables, people), MARK)


def reworded(published: Batch, true: Batch, people: frozenset[str], unsaid: Unsaid, mark: str) -> Batch:
    """``published`` with its claims reworded. ``true`` holds the records as the stages gave them, with all words.

    What a claim says is kept where somebody who may be quoted says it; else it is told in the words of such a person
    among its evidence; else its kind and topic are told, and no words.
    """
    mentions = {one.mention_id: one for one in true.of(Mention)}
    theirs = {one.segment_id for one in true.of(Segment) if one.person_id in people}
    topics = [_topic(one, theirs, unsaid) for one in true.of(Topic)]
    told = {new.topic_id for new, old in zip(topics, true.of(Topic), strict=True) if not unsaid.names(old.label)}
    labels = {one.topic_id: one.label for one in topics if one.topic_id in told}
    members: dict[str, list[Mention]] = defaultdict(list)
    for member in true.of(InsightMember):
        if member.mention_id in mentions:
            members[member.insight_id].append(mentions[member.mention_id])
    insights = [_insight(one, members[one.insight_id], people, unsaid, labels) for one in true.of(Insight)]
    changed = {
        old.statement: new.statement
        for old, new in zip(true.of(Insight), insights, strict=True)
        if old.statement != new.statement
    }
    homes = _homes(true.of(Membership))
    tables: dict[type[Record], list[Any]] = {
        **published.tables,
        Topic: topics,
        Insight: insights,
        Persona: [_persona(one, homes, mentions, people, unsaid, changed) for one in true.of(Persona)],
        Membership: true.of(Membership),
        EmpathyEntry: _empathy(true.of(EmpathyEntry), mentions, people, changed, mark),
    }
    for kind in (Topic, Insight, Persona, Membership, EmpathyEntry):
        tables[kind] = [_swept(one, unsaid, changed, mark) for one in tables[kind]]
    return Batch(tables, published.vectors)


def _swept(one: R, unsaid: Unsaid, changed: Mapping[str, str], mark: str) -> R:
    """The record with no run of words of theirs in any of its fields, whichever room wrote it."""

    def clean(text: str) -> str:
        text = _swapped(text, changed)
        return mark if len(words_of(text)) >= LONGEST and unsaid.holds(text) else text

    found: dict[str, Any] = {}
    for name in field_types(type(one)):
        value = getattr(one, name)
        if isinstance(value, str):
            found[name] = clean(value)
        elif isinstance(value, tuple):
            found[name] = tuple(clean(part) if isinstance(part, str) else part for part in value)
    changes = {name: value for name, value in found.items() if value != getattr(one, name)}
    return replace(one, **changes) if changes else one


def _insight(
    one: Insight, members: Sequence[Mention], people: frozenset[str], unsaid: Unsaid, labels: Mapping[str, str]
) -> Insight:
    able = sorted((m for m in members if m.person_id not in people), key=_fitness)
    if len(able) == len(members):
        return one
    reasons = tuple(reason for reason in one.severity_reasons if not unsaid.holds(reason))
    kept = replace(one, severity_reasons=reasons)
    by_id = {m.mention_id: m for m in members}
    if one.divergent_mention_id and by_id[one.divergent_mention_id].person_id in people:
        kept = replace(kept, divergent_mention_id=None)
    if by_id[one.medoid_mention_id].person_id in people and able:
        divergent = kept.divergent_mention_id if kept.divergent_mention_id != able[0].mention_id else None
        kept = replace(kept, medoid_mention_id=able[0].mention_id, divergent_mention_id=divergent)
    if one.statement in _wordings(able):
        return kept
    if one.statement not in _wordings(members) and not unsaid.holds(one.statement):
        return kept  # somebody's own wording, given in a decision
    if able:
        statement, lender = best_wording([(m, 1.0) for m in able])
        return replace(kept, statement=statement, action=lender.action, object=lender.object)
    topic = labels.get(one.topic_id or "")
    about = f"about {topic}" if topic else "of people who may not be quoted"
    return replace(kept, statement=f"{_KINDS.get(one.kind, 'A claim')} {about}", action=None, object=None)


def _fitness(mention: Mention) -> tuple[bool, float, str]:
    return bool(mention.review), -mention.probability, mention.mention_id


def _wordings(members: Iterable[Mention]) -> set[str]:
    return {tidied(text).rstrip(" .!") for m in members for text in (m.statement or m.quote, m.quote)}


def _topic(one: Topic, theirs: set[str], unsaid: Unsaid) -> Topic:
    kept = tuple(key for key in one.representative_segment_ids if key not in theirs)
    keywords = tuple(word for word in one.keywords if not unsaid.names(word))
    label = one.label
    if unsaid.names(label) or unsaid.holds(label):
        label = keywords[0].capitalize() if keywords else f"Topic {one.topic_id}"
    return replace(one, label=label, keywords=keywords, representative_segment_ids=kept)


def _homes(memberships: Iterable[Membership]) -> dict[str, list[str]]:
    homes: dict[str, list[str]] = defaultdict(list)
    for one in sorted(memberships, key=lambda one: one.person_id):
        if one.persona_id is not None:
            homes[one.persona_id].append(one.person_id)
    return homes


def _persona(
    one: Persona, homes: Mapping[str, Sequence[str]], mentions: Mapping[str, Mention], people: frozenset[str],
    unsaid: Unsaid, changed: Mapping[str, str],
) -> Persona:  # fmt: skip
    quotes = tuple(key for key in one.quotes if key in mentions and mentions[key].person_id not in people)
    name, summary = one.name, _swapped(one.summary, changed)
    if unsaid.names(name) or unsaid.holds(name):
        first = next(iter(homes.get(one.persona_id, ())), one.persona_id)
        name = f"Person {first}" if one.n_people == 1 else f"The group of {first}"
    terms = _TERMS.search(summary)
    if terms and (unsaid.names(terms.group()) or unsaid.holds(terms.group())):
        summary = summary.replace(terms.group(), "")
    return replace(one, quotes=quotes, name=name, summary=summary)


def _swapped(text: str, changed: Mapping[str, str]) -> str:
    for old in sorted(changed, key=lambda one: (-len(one), one)):
        text = text.replace(old, changed[old])
    return text


def _empathy(
    entries: Sequence[EmpathyEntry], mentions: Mapping[str, Mention], people: frozenset[str],
    changed: Mapping[str, str], mark: str,
) -> list[EmpathyEntry]:  # fmt: skip
    statements = [_entry(one, mentions, people, changed, mark) for one in entries]
    said = {(one.persona_id, one.statement): new for one, new in zip(entries, statements, strict=True)}
    return [
        replace(one, statement=new, contradicts=one.contradicts and said.get((one.persona_id, one.contradicts), mark))
        for one, new in zip(entries, statements, strict=True)
    ]


def _entry(
    one: EmpathyEntry, mentions: Mapping[str, Mention], people: frozenset[str], changed: Mapping[str, str], mark: str
) -> str:
    found = [mentions[key] for key in one.mention_ids if key in mentions]
    able = [m for m in found if m.person_id not in people]
    if len(able) == len(found):
        return changed.get(one.statement, one.statement)
    if one.quadrant == "says":
        return one.statement if one.statement in {m.quote for m in able} else mark
    if one.statement in changed:
        return changed[one.statement]
    own = one.statement.partition(": ")[2] if one.quadrant == "feels" else one.statement
    if _said_by(own, able) or not _said_by(own, found):
        return one.statement
    return shown(able[0]) if able else mark


def _said_by(statement: str, mentions: Iterable[Mention]) -> bool:
    wanted = " ".join(words_of(statement))
    return any(wanted in " ".join(words_of(text)) for m in mentions for text in (m.quote, m.statement))
