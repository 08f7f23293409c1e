"""What stands before a sentence: the question that governs and two lines, nothing of another document."""

from __future__ import annotations

from voc_engine.config.sections import MentionsConfig
from voc_engine.mentions import stage
from voc_engine.mentions.context import Line, context_of, second_segment
from voc_engine.mentions.contract import Reading, Sentence
from voc_engine.records import MENTION_KINDS, Batch, Document, Segment


def test_the_last_question_and_two_lines_stand_before() -> None:
    before = [Line("What gets in your way?", asks=True), Line("One."), Line("Two."), Line("Three.")]
    assert context_of(before) == "What gets in your way? One. Two. Three."
    assert context_of([Line("One.")], "Asked?") == "Asked? One."
    assert context_of([]) == ""


def test_a_question_among_the_lines_is_told_once() -> None:
    before = [Line("One."), Line("And then? What did you do?", asks=True)]
    assert context_of(before, "And then? What did you do?") == "One. And then? What did you do?"


def test_the_kind_of_document_leads_the_second_segment() -> None:
    assert second_segment("interview", "Why?") == "interview: Why?"
    assert second_segment("review", "") == "review:"
    assert second_segment(None, "Why?") == "Why?"


class Listening:
    """Remembers what it is asked and finds nothing."""

    name, needs_vectors = "listening.v0", False

    def __init__(self) -> None:
        self.asked: list[Sentence] = []

    def read(self, sentences, vectors=None):  # type: ignore[no-untyped-def]
        self.asked += sentences
        nothing = dict.fromkeys(MENTION_KINDS, 0.0)
        return [
            Reading((), "neutral", 0.0, "neutral", "low", 0.0, (), "says", 1.0, "stated", "self", nothing)
            for _ in sentences
        ]


def test_the_stage_hands_on_what_was_said_before_in_the_same_document(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    listening = Listening()
    monkeypatch.setattr(stage, "extractor_named", lambda name, heads: listening)
    text = "What gets in your way? It crashes. Every day."
    spans = [(0, 22, "interviewer"), (23, 34, "participant"), (35, 45, "participant")]
    segments = [
        Segment(f"{doc}-{n}", doc, "u", n, start, end, text[start:end], text[start:end], "P0001", role)
        for doc in ("d1", "d2")
        for n, (start, end, role) in enumerate(spans)
    ]
    documents = [Document(doc, "interview", "a.txt", "1", "P0001", text) for doc in ("d1", "d2")]
    stage.run(Batch.make((Document, documents), (Segment, segments)), MentionsConfig())
    assert listening.asked == 2 * [
        Sentence("It crashes.", "What gets in your way?", "interview"),
        Sentence("Every day.", "What gets in your way? It crashes.", "interview"),
    ]
