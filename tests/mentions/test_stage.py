"""The mentions stage: exact quotes, evidence roles only, order, questions as context, missing input named."""

from __future__ import annotations

import numpy as np
import pytest

from voc_engine.config.sections import MentionsConfig
from voc_engine.errors import StageError
from voc_engine.mentions import stage
from voc_engine.mentions.extractor import Sentence
from voc_engine.mentions.rules import RuleExtractor
from voc_engine.records import Batch, Document, Mention, Segment, Vectors

TEXT = "Hello there.  I can't export 😀 the report. What do you do? It crashes."
OPTIONS = MentionsConfig()


def segment(index: int, words: str, role: str = "participant", question: str | None = None) -> Segment:
    start = TEXT.index(words)
    return Segment(f"s{index}", "d1", "u1", index, start, start + len(words), words, words, "P0001", role, question)


def batch(*segments: Segment, kind: str = "interview", context: str | None = None) -> Batch:
    document = Document("d1", kind, "a.txt", "row 1", "P0001", TEXT, context=context, created_at="2024-03-01")
    return Batch.make((Document, [document]), (Segment, segments))


def test_quotes_are_exact_and_mentions_follow_the_segments() -> None:
    given = batch(segment(1, "I can't export 😀 the report."), segment(3, "It crashes."))
    mentions = stage.run(given, OPTIONS).of(Mention)
    assert [mention.segment_id for mention in mentions] == ["s1", "s3"]
    for mention in mentions:
        assert TEXT[mention.start : mention.end] == mention.quote
        assert mention.created_at == "2024-03-01"
        assert mention.person_id == "P0001"
    assert len({mention.mention_id for mention in mentions}) == 2


def test_the_same_words_of_an_agent_or_interviewer_are_no_evidence() -> None:
    for role in ("interviewer", "agent", "bot"):
        assert stage.run(batch(segment(3, "It crashes.", role)), OPTIONS).of(Mention) == []


def test_a_survey_answer_is_read_with_its_question() -> None:
    answer = segment(3, "It crashes.")
    asked = stage.run(batch(answer, kind="survey", context="What almost stopped you from buying?"), OPTIONS)
    assert {mention.kind for mention in asked.of(Mention)} == {"pain_point", "objection"}
    assert {mention.kind for mention in stage.run(batch(answer, kind="survey"), OPTIONS).of(Mention)} == {"pain_point"}


def test_the_threshold_keeps_weaker_mentions_out() -> None:
    given = batch(segment(3, "It crashes."))
    assert stage.run(given, MentionsConfig(min_probability=0.99)).of(Mention) == []


def test_a_segment_without_its_document_is_named() -> None:
    lone = Batch.make((Segment, [segment(3, "It crashes.")]))
    with pytest.raises(StageError) as error:
        stage.run(lone, OPTIONS)
    assert "s3" in error.value.found


class VectorExtractor(RuleExtractor):
    name = "vectors.v0"
    needs_vectors = True
    seen: tuple[int, ...] = ()

    def read(self, sentences, vectors=None):  # type: ignore[no-untyped-def]
        self.seen = vectors.shape
        return super().read(sentences, vectors)


def test_an_extractor_that_needs_vectors_gets_one_row_per_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    extractor = VectorExtractor()
    monkeypatch.setattr(stage, "extractor_named", lambda name, heads: extractor)
    given = batch(segment(1, "I can't export 😀 the report."), segment(3, "It crashes."))
    with pytest.raises(StageError, match="needs sentence vectors"):
        stage.run(given, OPTIONS)
    keys = tuple(one.text_key for one in given.of(Segment))
    given.vectors = Vectors(keys, np.ones((2, 4), dtype=np.float32))
    assert stage.run(given, OPTIONS).of(Mention)
    assert extractor.seen == (2, 4)


def test_an_extractor_that_loses_a_sentence_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Short(RuleExtractor):
        def read(self, sentences: list[Sentence], vectors: object = None) -> list:  # type: ignore[override, type-arg]
            return []

    monkeypatch.setattr(stage, "extractor_named", lambda name, heads: Short())
    with pytest.raises(StageError, match="every sentence"):
        stage.run(batch(segment(3, "It crashes.")), OPTIONS)


def test_what_is_liked_or_asked_for_has_no_severity() -> None:
    text = "I can't export, so please add an export."
    document = Document("d1", "ticket", "a.txt", "row 1", "P0001", text)
    given = Batch.make(
        (Document, [document]),
        (Segment, [Segment("s1", "d1", "u1", 1, 0, len(text), text, text, "P0001", "participant")]),
    )
    found = {mention.kind: mention for mention in stage.run(given, OPTIONS).of(Mention)}
    assert found["pain_point"].severity_reasons
    assert (found["request"].severity, found["request"].severity_score, found["request"].severity_reasons) == (
        "low",
        0.0,
        (),
    )
