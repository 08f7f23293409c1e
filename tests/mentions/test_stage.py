"""The mentions stage: exact quotes, evidence roles only, order, questions as context, missing input named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from voc_engine.config.sections import MentionsConfig
from voc_engine.errors import StageError
from voc_engine.mentions import stage
from voc_engine.mentions.contract import Disclosed, Sentence
from voc_engine.mentions.heads.extractor import HeadsExtractor
from voc_engine.records import Batch, Disclosure, Document, Mention, Segment, Vectors

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


def test_an_answer_is_read_with_its_question() -> None:
    """What a document answers stands before its sentences (tests/mentions/test_context.py holds what is handed on)."""
    answer = segment(3, "It crashes.")
    asked = stage.run(batch(answer, kind="survey", context="What did you not like?"), OPTIONS)
    assert {mention.kind for mention in asked.of(Mention)} == {"pain_point"}


def test_the_threshold_keeps_weaker_mentions_out() -> None:
    given = batch(segment(3, "It crashes."))
    assert stage.run(given, MentionsConfig(min_probability=0.99)).of(Mention) == []


def test_a_segment_without_its_document_is_named() -> None:
    lone = Batch.make((Segment, [segment(3, "It crashes.")]))
    with pytest.raises(StageError) as error:
        stage.run(lone, OPTIONS)
    assert "s3" in error.value.found


class VectorExtractor(HeadsExtractor):
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
    class Short(HeadsExtractor):
        def read(self, sentences: list[Sentence], vectors: object = None) -> list:  # type: ignore[override, type-arg]
            return []

    monkeypatch.setattr(stage, "extractor_named", lambda name, heads: Short())
    with pytest.raises(StageError, match="every sentence"):
        stage.run(batch(segment(3, "It crashes.")), OPTIONS)


def test_what_is_liked_or_asked_for_has_no_severity() -> None:
    text = "I can't export my report at all, please add an export button."
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


def test_a_statement_is_a_slice_of_the_quote() -> None:
    given = batch(segment(1, "I can't export 😀 the report."), segment(3, "It crashes."))
    for mention in stage.run(given, OPTIONS).of(Mention):
        assert mention.statement
        assert mention.statement in mention.quote


def test_what_somebody_tells_of_themselves_is_kept_with_its_place_and_what_others_are_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Telling(HeadsExtractor):
        holder = "self"

        def read(self, sentences, vectors=None):  # type: ignore[no-untyped-def]
            told = (Disclosed("uses", 8, 14, 0.9), Disclosed("tools", 0, 14, 0.8, "export"))
            return [replace(one, holder=self.holder, disclosures=told) for one in super().read(sentences, vectors)]

    telling = Telling()
    monkeypatch.setattr(stage, "extractor_named", lambda name, heads: telling)
    given = batch(segment(1, "I can't export 😀 the report."))
    uses, tools = stage.run(given, OPTIONS).of(Disclosure)
    assert (uses.field, uses.quote, uses.thing, tools.quote, tools.thing) == (
        "uses", "export", None, "I can't export", "export",
    )  # fmt: skip
    assert TEXT[uses.start : uses.end] == uses.quote
    assert (uses.person_id, uses.created_at, uses.segment_id) == ("P0001", "2024-03-01", "s1")
    telling.holder = "other"
    assert stage.run(given, OPTIONS).of(Disclosure) == []


@pytest.mark.parametrize("field", ["off", "doubted"])
def test_kinds_that_are_off_or_doubted_can_be_switched_on(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    class Quiet(HeadsExtractor):
        def read(self, sentences, vectors=None):  # type: ignore[no-untyped-def]
            return [replace(one, **{field: ("pain_point",)}) for one in super().read(sentences, vectors)]

    quiet = Quiet()
    monkeypatch.setattr(stage, "extractor_named", lambda name, heads: quiet)
    given = batch(segment(1, "I can't export 😀 the report."))
    assert "pain_point" not in {one.kind for one in stage.run(given, OPTIONS).of(Mention)}
    every = MentionsConfig(every_kind=True)
    assert "pain_point" in {one.kind for one in stage.run(given, every).of(Mention)}


@pytest.mark.parametrize(("holder", "kept"), [("self", True), ("story", False), ("hypothetical", False)])
def test_plots_and_what_might_happen_are_no_pain(monkeypatch: pytest.MonkeyPatch, holder: str, kept: bool) -> None:
    class Held(HeadsExtractor):
        def read(self, sentences, vectors=None):  # type: ignore[no-untyped-def]
            return [replace(one, holder=holder) for one in super().read(sentences, vectors)]

    held = Held()
    monkeypatch.setattr(stage, "extractor_named", lambda name, heads: held)
    mentions = stage.run(batch(segment(1, "I can't export 😀 the report.")), OPTIONS).of(Mention)
    assert any(one.kind == "pain_point" for one in mentions) is kept
