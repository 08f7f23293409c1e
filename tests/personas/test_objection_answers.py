"""What may answer an objection: nothing unless the study asks for it, then each kind from where it belongs."""

from __future__ import annotations

from typing import Any

import numpy as np

from voc_engine.personas.answer_scorer import chance
from voc_engine.personas.objection_answers import Answers
from voc_engine.personas.profiles import Crowd, gather
from voc_engine.records import Batch, Document, InsightMember, Mention, Segment, Vectors

OBJECTION = "It is too expensive for a team of two"
ANSWER = "No, it is not too expensive: a team of two pays 5 a month"
BESIDE = "The colours are nice"


def mention(number: int, person: str, text: str, kind: str, document: str) -> Mention:
    side = "positive" if kind == "delight" else "negative"
    return Mention(
        f"m{number}", f"{document}-s0", document, person, kind, 0, len(text), text, 0.9, side, 0.5, "neutral", "low", 0.1,
        "says", "self", (), text_key=text,
    )  # fmt: skip


def segment(number: int, text: str, role: str, document: str, start: int) -> Segment:
    place = (start, start + len(text))
    return Segment(f"{document}-s{number}", document, f"{document}-u{number}", number, *place, text, text, role, role)


def crowd(*further: Any, product: str = "Till") -> Crowd:
    said = [mention(1, "P1", OBJECTION, "objection", "ticket"), *(one for one in further if isinstance(one, Mention))]
    segments = [one for one in further if isinstance(one, Segment)]
    documents = [
        Document(one.document_id, "review", "f.csv", "row", one.person_id, one.quote,
                 attributes={"product": "Till" if one.document_id == "ticket" else product})
        for one in said
    ]  # fmt: skip
    texts = sorted({one.text_key for one in [*said, *segments]})
    matrix = np.array([[1.0, 0.0] if BESIDE not in text else [0.0, 1.0] for text in texts], np.float32)
    batch = Batch.make(
        (Document, documents), (Mention, said), (Segment, segments), (InsightMember, [InsightMember("m1", "i1")])
    )
    batch.vectors = Vectors(tuple(texts), matrix)
    return gather(batch)


def test_nothing_answers_unless_the_study_asks_for_it() -> None:
    everybody = crowd(mention(2, "P2", ANSWER, "delight", "review"), segment(0, ANSWER, "proof", "help", 0))
    assert Answers(everybody).to(["i1"]) == ()


def test_a_reply_is_what_staff_said_next_until_the_customer_speaks_again() -> None:
    talk = [
        segment(0, "Good morning to you all", "agent", "ticket", -30),
        segment(1, "Two of us may share one seat", "agent", "ticket", 50),
        segment(2, "May I ask who is using it?", "agent", "ticket", 80),
        segment(3, "And the app is slow as well", "participant", "ticket", 110),
        segment(4, "The app was mended this week", "agent", "ticket", 140),
    ]
    (answer,) = Answers(crowd(*talk), ["reply"]).to(["i1"])
    assert (answer.kind, answer.segment_ids) == ("reply", ("ticket-s1",))


def test_proof_and_customers_are_ranked_by_the_scorer_and_keep_to_the_product() -> None:
    proof = [segment(0, BESIDE, "proof", "help", 0), segment(1, ANSWER, "proof", "help", 40)]
    words = [mention(2, "P2", ANSWER, "delight", "review"), mention(3, "P1", ANSWER, "delight", "other")]
    found = Answers(crowd(*proof, *words), ["customer", "proof"]).to(["i1"])
    assert [(one.kind, one.segment_ids, one.mention_ids) for one in found] == [
        ("proof", ("help-s1",), ()), ("customer", (), ("m2",)),
    ]  # fmt: skip
    assert Answers(crowd(*words, product="Scales"), ["customer"]).to(["i1"]) == ()


def test_texts_of_the_company_are_nobodys_evidence() -> None:
    assert [one.person_id for one in crowd(segment(0, ANSWER, "proof", "help", 0)).people] == ["P1"]


def test_the_scorer_tells_what_meets_the_argument_from_what_speaks_of_something_else() -> None:
    assert chance(OBJECTION, ANSWER, 0.8) > chance(OBJECTION, BESIDE, 0.1)
