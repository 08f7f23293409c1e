"""Words of people who may not be quoted are known before words are chosen: others' words, or none, stand everywhere."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voc_engine.config import EmpathyConfig, InsightsConfig, PersonasConfig
from voc_engine.empathy.stage import run as draw_maps
from voc_engine.insights.stage import run as merge
from voc_engine.personas.stage import run as group
from voc_engine.privacy.unsaid import Unsaid, words_of
from voc_engine.privacy.withholding import MARK, for_readers, may_be_told, withheld_people, withhold
from voc_engine.records import (
    Batch,
    CountedLine,
    Decision,
    Disclosure,
    Document,
    EmpathyEntry,
    Insight,
    Membership,
    Mention,
    Persona,
    Segment,
    Skipped,
    Topic,
    TopicAssignment,
    Utterance,
    Vectors,
    stable_hash,
)

LOUD = "The turquoise export is broken: it never finishes before lunch"
SHARED = "The export does not work at all"
FREE = "The export is broken for all of us"


def study(*said: tuple[str, str], attribute: str = "") -> Batch:
    """What was read: one document per (person, sentence), one mention each, all of one topic and near each other."""
    documents, turns, segments, mentions, told = [], [], [], [], []
    for number, (person, text) in enumerate(said):
        key = f"d{number}"
        given = {"answer": attribute} if attribute else {}
        documents.append(Document(key, "review", "r.csv", f"row {number}", person, text, attributes=given))
        turns.append(Utterance(f"{key}-u0", key, 0, person, person, "participant", 0, len(text)))
        segments.append(
            Segment(f"{key}-s0", key, f"{key}-u0", 0, 0, len(text), text, stable_hash(text), person, "participant")
        )
        mentions.append(
            Mention(f"m{number}", f"{key}-s0", key, person, "pain_point", 0, len(text), text, 0.95 - number / 100,
                    "negative", -0.5, "anger", "high", 0.8, ("says", "thinks", "feels")[number % 3], "stated",
                    (f"says: {text}",), (f"loses: {text}",), stable_hash(text),
                    thing=" ".join(text.split()[1:3]), statement=text)
        )  # fmt: skip
        told.append(
            Disclosure(f"y{number}", f"{key}-s0", key, person, "uses", 0, len(text), text, 0.9, text.split()[1])
        )
    keys = tuple(dict.fromkeys(stable_hash(text) for _, text in said))
    rows = np.ones((len(keys), 8), np.float32) + np.eye(len(keys), 8, dtype=np.float32) / 10
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return Batch.make(
        (Document, documents), (Utterance, turns), (Segment, segments), (Mention, mentions), (Disclosure, told),
        (Topic, [Topic("T1", "Export", ("export",), len(said), len(said))]),
        (TopicAssignment, [TopicAssignment(one.segment_id, "T1", 0.9) for one in segments]),
        (Skipped, [Skipped("r.csv", "row 9", "copy", "", LOUD, "")]), vectors=Vectors(keys, rows),
    )  # fmt: skip


def published(batch: Batch, people: frozenset[str]) -> Batch:
    """What the stages make of it for readers to whom these people may not be quoted, without these people's words."""
    made = for_readers(batch, people)
    for stage, options in (
        (merge, InsightsConfig()), (group, PersonasConfig()), (draw_maps, EmpathyConfig(inferred_min_people=0)),
    ):  # fmt: skip
        made.tables.update(stage(made, options).tables)  # type: ignore[operator]
    given = {kind: batch.tables[kind] for kind in (Document, Segment, Mention, Disclosure)}
    return withhold(Batch({**made.tables, **given}, batch.vectors), people)


def texts(batch: Batch) -> list[str]:
    """Every text in every record."""
    found: list[str] = []
    for records in batch.tables.values():
        for one in records:
            for field in fields(one):
                value: Any = getattr(one, field.name)
                found += [part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, str)]
                found += value.values() if isinstance(value, dict) else ()
    return found


def test_who_is_withheld_from_whom() -> None:
    consents = {"P1": "none", "P2": "internal", "P3": "no analysis"}
    assert withheld_people(consents, "internal") == {"P1"}
    assert withheld_people(consents, "external") == {"P1", "P2"}


def test_nobody_withheld_changes_nothing() -> None:
    batch = study(("P1", LOUD), ("P2", FREE))
    assert withhold(batch, frozenset()) is batch
    assert for_readers(batch, frozenset()) is batch


def test_a_claim_is_worded_by_others() -> None:
    done = published(study(("P1", LOUD), ("P2", FREE)), frozenset({"P1"}))
    assert not any("turquoise" in text.casefold() for text in texts(done))
    (insight,) = done.of(Insight)
    assert (insight.statement, insight.medoid_mention_id, insight.n_people) == (FREE, "m1", 2)
    assert insight.severity_reasons == ("high for 2 of 2 people", f"loses: {FREE}")
    theirs, free = sorted(done.of(Persona), key=lambda one: one.name)
    assert (theirs.quotes, free.quotes) == ((), ("m1",))
    assert f"“{FREE}” (1 of 1)" in theirs.summary
    assert {one.reasons for one in done.of(Membership)} == {(f"shares: {FREE}",)}
    own = {one.statement for one in done.of(EmpathyEntry) if one.persona_id == theirs.persona_id}
    assert own == {FREE}, "the claim is theirs as well, in the words of who may be quoted"
    assert done.of(Skipped)[0].found == MARK


def test_a_claim_of_nobody_else_is_told_without_words() -> None:
    done = published(study(("P1", LOUD)), frozenset({"P1"}))
    (insight,) = done.of(Insight)
    assert insight.statement == "A pain point about Export"
    assert (insight.n_people, insight.thing, insight.medoid_mention_id) == (1, None, "m0")
    (mention,) = done.of(Mention)
    assert (mention.quote, mention.kind, mention.severity, mention.thing, mention.statement) == (
        MARK, "pain_point", "high", None, "",
    )  # fmt: skip
    (told,) = done.of(Disclosure)
    assert (told.quote, told.field, told.thing) == (MARK, "uses", None)
    assert not any("turquoise" in text.casefold() for text in texts(done))


def test_what_others_say_too_stays() -> None:
    done = published(study(("P1", SHARED), ("P2", SHARED)), frozenset({"P1"}))
    assert done.of(Insight)[0].statement == SHARED
    said = [one for one in done.of(EmpathyEntry) if one.quadrant == "says"]
    assert [one.mention_ids for one in said] == [("m1",)], "the quote itself is P1's"


def test_people_count_whoever_reads() -> None:
    batch = study(("P1", LOUD), ("P2", FREE), ("P3", SHARED))
    every, fewer = (published(batch, frozenset(people)) for people in ((), ("P1", "P3")))
    counted = [
        [(one.insight_id, one.n_people, one.n_mentions, one.priority, one.severity) for one in done.of(Insight)]
        for done in (every, fewer)
    ]
    assert counted[0] == counted[1]
    homes = [[(one.person_id, one.persona_id) for one in done.of(Membership)] for done in (every, fewer)]
    assert homes[0] == homes[1]


def test_an_answer_of_several_words_is_no_fact_of_a_card() -> None:
    batch = study(("P1", LOUD), attribute="Mostly the marzipan invoices")
    (card,) = published(batch, frozenset({"P1"})).of(Persona)
    assert card.facts == (CountedLine(MARK, 1, 1, of="answer"),)
    (card,) = published(batch, frozenset()).of(Persona)
    assert card.facts == (CountedLine("Mostly the marzipan invoices", 1, 1, of="answer"),)


@pytest.mark.parametrize(
    ("target", "name", "stays"),
    [
        ("insight", "Exports fail", True),
        ("insight", "Turquoise exports fail", True),
        ("insight", "It never finishes before lunch", False),
        ("persona", "Exports fail", True),
        ("persona", "Turquoise exporters", False),
        ("topic", "turquoise", False),
    ],
)
def test_a_name_that_somebody_decided_on_stays_unless_it_tells_their_words(target: str, name: str, stays: bool) -> None:
    batch = for_readers(study(("P1", LOUD), ("P2", FREE)), frozenset({"P1"}))
    decisions = [Decision(target, "x", "rename", name), Decision(target, "x", "merge", "turquoise")]
    assert (decisions[0] in may_be_told(decisions, batch)) is stays
    assert decisions[1] in may_be_told(decisions, batch), "an id is nobody's words"
    everybody = replace_quotable(batch)
    assert may_be_told(decisions, everybody) == decisions


def replace_quotable(batch: Batch) -> Batch:
    return Batch({**batch.tables, Segment: [replace(one, quotable="external") for one in batch.of(Segment)]})


WORDS = ["red", "blue", "green", "never", "export", "slow", "works", "list", "page", "login"]
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=4, max_size=9)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["P1", "P2", "P3"]), SENTENCE.map(" ".join)), min_size=2, max_size=6))
def test_no_four_words_of_theirs_are_left(said: list[tuple[str, str]]) -> None:
    batch = study(*said, attribute=said[0][1] if said[0][0] == "P1" else "")
    batch = Batch({**batch.tables, Document: [replace(one, attributes={} if one.person_id != "P1" else one.attributes)
                                              for one in batch.of(Document)]}, batch.vectors)  # fmt: skip
    done = published(batch, frozenset({"P1"}))
    free = [text for person, text in said if person != "P1"]
    unsaid = Unsaid.of([text for person, text in said if person == "P1"], free)
    runs = {run for run in unsaid.runs if len(run) == 4}
    for text in texts(done):
        words = words_of(text)
        assert not any(words[start : start + 4] in runs for start in range(len(words) - 3)), text
    for table, column in ((Segment, "text"), (Mention, "quote"), (Disclosure, "quote")):
        places = {one.document_id: one.text for one in done.of(Document)}
        assert all(places[one.document_id][one.start : one.end] == getattr(one, column) for one in done.of(table))
