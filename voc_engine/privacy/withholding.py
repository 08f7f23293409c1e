"""Words of people who may not be quoted to the readers: taken out of every record before anything is published.

Rows, ids, kinds and counts stay. A withheld turn becomes one marker in its document's text, and what points into it
points at the marker, so that every published span still resolves. What the words were is known to the store alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from voc_engine.privacy.masks import moved
from voc_engine.privacy.silenced import without_words
from voc_engine.privacy.unsaid import LONGEST, Unsaid
from voc_engine.records import (
    Batch,
    Coding,
    Decision,
    Disclosure,
    Document,
    Mention,
    Record,
    Segment,
    Skipped,
    Utterance,
)

MARK = "[withheld: no consent to quote]"
_WITHHELD = {"internal": ("none",), "external": ("none", "internal")}


def withheld_people(consents: Mapping[str, str], audience: str) -> frozenset[str]:
    """Pseudonyms of those who may not be quoted to the audience ("internal" or "external")."""
    return frozenset(person for person, consent in consents.items() if consent in _WITHHELD[audience])


def withheld_in(manifest: Mapping[str, Any]) -> frozenset[str]:
    """Pseudonyms of those whose words a finished run keeps from its readers, by its manifest."""
    readers = manifest.get("config", {}).get("report", {}).get("audience", "internal")
    return withheld_people(manifest.get("consents", {}), readers)


def for_readers(batch: Batch, people: frozenset[str]) -> Batch:
    """What a stage chooses its words from: ``quotable`` is "none" in every record of these people.

    The words stay, since everybody counts; statements, labels and names are taken from records that may be quoted.
    """
    if not people:
        return batch
    tables: dict[type[Record], list[Any]] = dict(batch.tables)
    for kind in (Document, Segment, Mention, Disclosure):
        if kind in tables:
            tables[kind] = [replace(one, quotable="none") if one.person_id in people else one for one in tables[kind]]
    return Batch(tables, batch.vectors)


def may_be_told(decisions: Sequence[Decision], batch: Batch) -> Sequence[Decision]:
    """The decisions without names that repeat what only people who may not be quoted said.

    ``batch`` as ``for_readers`` gives it. What somebody calls an insight may share words with them, a short name of a
    persona or topic may not.
    """
    segments = batch.of(Segment)
    theirs = [one.text for one in segments if one.quotable == "none"]
    if not theirs or not any(one.action == "rename" for one in decisions):
        return decisions
    unsaid = Unsaid.of(theirs, (one.text for one in segments if one.quotable != "none"))

    def tells(decision: Decision) -> bool:
        name = decision.value or ""
        return unsaid.holds(name) or (decision.target != "insight" and unsaid.names(name))

    return [one for one in decisions if one.action != "rename" or not tells(one)]


def withhold(tables: Batch, people: frozenset[str]) -> Batch:
    """The records of a run without what these people said: their documents, turns, segments, mentions
    and disclosures.

    What the stages made of them (``for_readers``) has none of these words. The records themselves where nobody is
    withheld.
    """
    if not people:
        return tables
    turns = by_document(tables.of(Utterance))
    places = {
        one.document_id: Place.of(one, turns.get(one.document_id, ()), people)
        for one in tables.of(Document)
        if one.person_id in people or any(turn.person_id in people for turn in turns.get(one.document_id, ()))
    }
    silent = {one.source for one in tables.of(Document) if one.document_id in places}
    changed: dict[type[Record], list[Record]] = {
        Document: [places[one.document_id].document if one.document_id in places else one for one in tables.of(Document)],
        Utterance: _turns(tables.of(Utterance), places),
        Segment: [_segment(one, places, people) for one in tables.of(Segment)],
        Mention: [_mention(one, places, people) for one in tables.of(Mention)],
        Disclosure: [_disclosure(one, places, people) for one in tables.of(Disclosure)],
        Coding: [_coding(one, places, people) for one in tables.of(Coding)],
        Skipped: [replace(one, found=MARK) if one.found and one.source in silent else one for one in tables.of(Skipped)],
    }  # fmt: skip
    return Batch({**tables.tables, **changed}, tables.vectors)


@dataclass(frozen=True)
class Place:
    """A document without the words of some of its people: itself, its turns by id, and the edits that led there."""

    document: Document
    turns: Mapping[str, Utterance]
    edits: Sequence[tuple[int, int, int]]

    @classmethod
    def of(cls, document: Document, turns: Sequence[Utterance], people: frozenset[str]) -> Place:
        """``turns`` in the order of the text."""
        text, placed = without_words(document.text, turns, set(people), MARK)
        edits = [(turn.start, turn.end, len(MARK)) for turn in turns if turn.person_id in people]
        if document.person_id not in people:
            return cls(replace(document, text=text), {one.utterance_id: one for one in placed}, edits)
        attributes = {key: told_attribute(value) for key, value in document.attributes.items()}
        silenced = replace(
            document, text=text if turns else MARK, title=document.title and MARK, url=None, attributes=attributes
        )
        return cls(silenced, {one.utterance_id: one for one in placed}, edits)


def by_document(turns: Iterable[Utterance]) -> dict[str, list[Utterance]]:
    """Document id -> its turns in the order of the text."""
    turns_of: dict[str, list[Utterance]] = defaultdict(list)
    for turn in turns:
        turns_of[turn.document_id].append(turn)
    return {key: sorted(turns_of[key], key=lambda one: (one.start, one.index)) for key in turns_of}


def told_attribute(value: str) -> str:
    """What may be told of an attribute of somebody who may not be quoted: a plan or a country is no quote, an answer of
    several words is."""
    return MARK if len(value.split()) >= LONGEST else value


def _turns(turns: Iterable[Utterance], places: Mapping[str, Place]) -> list[Record]:
    return [
        places[one.document_id].turns[one.utterance_id] if one.document_id in places else one for one in turns
    ]  # fmt: skip


def _segment(segment: Segment, places: Mapping[str, Place], people: frozenset[str]) -> Segment:
    marked = places.get(segment.document_id)
    if marked is None:
        return segment
    if segment.person_id in people:
        turn = marked.turns[segment.utterance_id]
        return replace(
            segment, start=turn.start, end=turn.end, text=MARK, question=_question_shown(segment, marked, people)
        )
    start, end = moved(segment.start, marked.edits), moved(segment.end, marked.edits)
    return replace(segment, start=start, end=end, question=_question_shown(segment, marked, people))


def _question_shown(segment: Segment, marked: Place, people: frozenset[str]) -> str | None:
    """A question is the words of whoever asked it."""
    asking = any(turn.role == "interviewer" and turn.person_id in people for turn in marked.turns.values())
    return MARK if segment.question and segment.question != marked.document.context and asking else segment.question


def _mention(mention: Mention, places: Mapping[str, Place], people: frozenset[str]) -> Mention:
    if (bounds := _bounds(mention, places, people)) is None:
        return mention
    start, end = bounds
    if mention.person_id not in people:
        # A thing that is named before the quote may be in the words of somebody who is withheld.
        return replace(mention, start=start, end=end, thing=mention.own_thing)
    return replace(
        mention,
        start=start,
        end=end,
        quote=MARK,
        statement="",
        reasons=(MARK,),
        severity_reasons=(),
        thing=None,
        nouns=(),
    )


def _coding(coding: Coding, places: Mapping[str, Place], people: frozenset[str]) -> Coding:
    if (bounds := _bounds(coding, places, people)) is None:
        return coding
    return replace(coding, start=bounds[0], end=bounds[1])


def _disclosure(disclosure: Disclosure, places: Mapping[str, Place], people: frozenset[str]) -> Disclosure:
    if (bounds := _bounds(disclosure, places, people)) is None:
        return disclosure
    start, end = bounds
    if disclosure.person_id not in people:
        return replace(disclosure, start=start, end=end)
    return replace(disclosure, start=start, end=end, quote=MARK, thing=None)


def _bounds(
    passage: Mention | Coding | Disclosure, places: Mapping[str, Place], people: frozenset[str]
) -> tuple[int, int] | None:
    """Where a passage stands after withholding, as long as the mark where its person is withheld; None in a document in
    which nothing is."""
    marked = places.get(passage.document_id)
    if marked is None:
        return None
    start = moved(passage.start, marked.edits)
    return start, start + len(MARK) if passage.person_id in people else moved(passage.end, marked.edits)
