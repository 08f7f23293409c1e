"""Whole documents go on, those of people who are read."""

from __future__ import annotations

from voc_engine.config.sections import SampleConfig
from voc_engine.records import Batch, Document, Drawn, Segment, Utterance
from voc_engine.sample.stage import run


def said(number: int, person: str, role: str = "participant", document: str | None = None) -> Segment:
    own = document or f"d{number}"
    return Segment(f"s{number}", own, f"u{number}", number, 0, 4, "text", "k", person, role)


def test_documents_of_the_chosen_stay_whole_and_own_texts_too() -> None:
    segments = [
        said(1, "P1"), said(2, "A1", "agent", "d1"), said(3, "P2", document="d1"),
        said(4, "P2"), said(5, "A1", "agent"), said(6, "", "proof"),
    ]  # fmt: skip
    documents = [Document(key, "ticket", "t", "1", "P", "text") for key in ("d1", "d4", "d5", "d6")]
    turns = [Utterance(f"u{key}", key, 0, 0, 4, "A", "P", "participant") for key in ("d1", "d4")]
    batch = Batch.make((Document, documents), (Utterance, turns), (Segment, segments))
    found = run(batch, SampleConfig(), Drawn({"P1": "drawn"}))
    assert [one.document_id for one in found.of(Document)] == ["d1", "d6"]
    assert [one.segment_id for one in found.of(Segment)] == ["s1", "s2", "s3", "s6"]
    assert [one.document_id for one in found.of(Utterance)] == ["d1"]
