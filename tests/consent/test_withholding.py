"""Claims that rest on words which are withheld: others' words, or none; and nothing that only they said anywhere."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from voc_engine.privacy.unsaid import Unsaid, words_of
from voc_engine.privacy.withholding import MARK, withheld_people
from voc_engine.records import (
    Batch,
    Document,
    EmpathyEntry,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Persona,
    Segment,
    Skipped,
    Topic,
    Utterance,
)
from voc_engine.report.rewording import withhold

LOUD = "The turquoise export never finishes before lunch"
SHARED = "The export does not work"
FREE = "The export is broken for all of us"


def study(*said: tuple[str, str], statement: str = LOUD, label: str = "Turquoise export") -> Batch:
    """One document per (person, sentence), all in one insight, topic and persona."""
    documents, turns, segments, mentions = [], [], [], []
    for number, (person, text) in enumerate(said):
        key = f"d{number}"
        documents.append(Document(key, "review", "r.csv", f"row {number}", person, text))
        turns.append(Utterance(f"{key}-u0", key, 0, person, person, "participant", 0, len(text)))
        segments.append(
            Segment(f"{key}-s0", key, f"{key}-u0", 0, 0, len(text), text, f"k{number}", person, "participant")
        )
        mentions.append(
            Mention(f"m{number}", f"{key}-s0", key, person, "pain_point", 0, len(text), text, 0.9 - number / 100,
                    "negative", -0.5, "anger", "high", 0.8, "says", "stated", (f"says: {text}",),
                    object=text.split()[1], statement=text)
        )  # fmt: skip
    people = tuple(sorted({person for person, _ in said}))
    insight = Insight("i1", "pain_point", statement, len(people), len(said), 0.1, 0.9, -0.5, "high", 0.5, "steady", "T1",
                      0.5, len(said), 0.8, 0.4, 0.6, "m0", severity_reasons=(LOUD,), object="turquoise export")  # fmt: skip
    persona = Persona("p1", "Turquoise export", "primary", None, len(people), None, f"They say “{statement}” (1 of 2).",
                      "profile", 0.1, 0.9, len(said), len(said), 0, pains=("i1",), quotes=("m0", "m1"),
                      notes=(f"one said: {LOUD}",))  # fmt: skip
    says = EmpathyEntry("p1", "says", said[0][1], "stated", 1, ("m0",), contradicts=None)
    thinks = EmpathyEntry("p1", "thinks", said[0][1], "stated", len(people), tuple(m.mention_id for m in mentions))
    return Batch.make(
        (Document, documents), (Utterance, turns), (Segment, segments), (Mention, mentions), (Insight, [insight]),
        (InsightMember, [InsightMember(m.mention_id, "i1") for m in mentions]),
        (Topic, [Topic("T1", label, ("turquoise", "export"), len(said), len(people), ("d0-s0", "d1-s0"))]),
        (Persona, [persona]), (Membership, [Membership(one, "p1", 1.0, (f"shares: {statement}",)) for one in people]),
        (EmpathyEntry, [says, thinks]), (Skipped, [Skipped("r.csv", "row 9", "copy", "", LOUD, "")]),
    )  # fmt: skip


def texts(batch: Batch) -> list[str]:
    """Every text in every record."""
    found: list[str] = []
    for records in batch.tables.values():
        for one in records:
            for field in fields(one):
                value: Any = getattr(one, field.name)
                found += [part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, str)]
    return found


def test_who_is_withheld_from_whom() -> None:
    consents = {"P1": "none", "P2": "internal", "P3": "no analysis"}
    assert withheld_people(consents, "internal") == {"P1"}
    assert withheld_people(consents, "external") == {"P1", "P2"}


def test_nobody_withheld_changes_nothing() -> None:
    batch = study(("P1", LOUD), ("P2", FREE))
    assert withhold(batch, frozenset()) is batch


def test_a_claim_is_worded_by_others() -> None:
    done = withhold(study(("P1", LOUD), ("P2", FREE)), frozenset({"P1"}))
    assert not any("turquoise" in text.casefold() for text in texts(done))
    (insight,) = done.of(Insight)
    assert (insight.statement, insight.medoid_mention_id, insight.n_people) == (FREE, "m1", 2)
    (persona,) = done.of(Persona)
    assert persona.quotes == ("m1",)
    assert persona.summary == f"They say “{FREE}” (1 of 2)."
    assert persona.name == "The group of P1"
    assert persona.notes == (f"one said: {FREE}",)
    (topic,) = done.of(Topic)
    assert (topic.label, topic.keywords, topic.representative_segment_ids) == ("Export", ("export",), ("d1-s0",))
    says, thinks = done.of(EmpathyEntry)
    assert (says.statement, says.mention_ids, says.n_people) == (MARK, ("m0",), 1)
    assert thinks.statement == FREE
    assert [one.reasons for one in done.of(Membership)] == [(f"shares: {FREE}",)] * 2
    assert done.of(Skipped)[0].found == MARK


def test_a_claim_of_nobody_else_is_told_without_words() -> None:
    done = withhold(study(("P1", LOUD), label="Export"), frozenset({"P1"}))
    (insight,) = done.of(Insight)
    assert insight.statement == "A pain point of people who may not be quoted"
    assert (insight.n_people, insight.object, insight.medoid_mention_id) == (1, None, "m0")
    (mention,) = done.of(Mention)
    assert (mention.quote, mention.kind, mention.severity, mention.object, mention.statement) == (
        MARK, "pain_point", "high", None, "",
    )  # fmt: skip
    (persona,) = done.of(Persona)
    assert persona.name == "Person P1"


def test_what_others_say_too_stays() -> None:
    batch = study(("P1", SHARED), ("P2", SHARED), statement=SHARED, label="Export")
    done = withhold(batch, frozenset({"P1"}))
    assert done.of(Insight)[0].statement == SHARED
    assert done.of(EmpathyEntry)[0].statement == MARK, "the quote itself is P1's"
    assert done.of(EmpathyEntry)[1].statement == SHARED


def test_a_wording_that_somebody_decided_on_stays() -> None:
    batch = study(("P1", LOUD), ("P2", FREE), statement="Exports fail")
    assert withhold(batch, frozenset({"P1"})).of(Insight)[0].statement == "Exports fail"


WORDS = ["red", "blue", "green", "never", "export", "slow", "works", "list", "page", "login"]
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=4, max_size=9)


@given(st.lists(st.tuples(st.sampled_from(["P1", "P2", "P3"]), SENTENCE.map(" ".join)), min_size=2, max_size=6))
def test_no_four_words_of_theirs_are_left(said: list[tuple[str, str]]) -> None:
    batch = study(*said, statement=said[0][1], label=said[0][1])
    done = withhold(batch, frozenset({"P1"}))
    free = [text for person, text in said if person != "P1"]
    # What the study itself puts into records stands for no person's words here.
    unsaid = Unsaid.of([text for person, text in said if person == "P1"], free)
    runs = {run for run in unsaid.runs if len(run) == 4}
    for text in texts(done):
        words = words_of(text)
        assert not any(words[start : start + 4] in runs for start in range(len(words) - 3)), text
    for table, column in ((Segment, "text"), (Mention, "quote")):
        places = {one.document_id: one.text for one in done.of(Document)}
        assert all(places[one.document_id][one.start : one.end] == getattr(one, column) for one in done.of(table))
