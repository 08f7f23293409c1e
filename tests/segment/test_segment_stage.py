"""Segments: the turn's words with their place, person, role, time and the question before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc_engine.config import SegmentConfig
from voc_engine.records import Batch, Document, Segment, Skipped, Utterance
from voc_engine.segment.stage import run

OPTIONS = SegmentConfig()


def conversation(turns: Sequence[tuple[str, str]], name: str = "d1", **given: Any) -> tuple[Document, list[Utterance]]:
    """Turns are (role, text); their words stand one per line in the document."""
    document = Document(name, "interview", "a.vtt", "all", "P0001", "\n".join(text for _, text in turns), **given)
    utterances, at = [], 0
    for index, (role, text) in enumerate(turns):
        person = f"{role[0].upper()}0001"
        utterances.append(Utterance(f"{name}-u{index}", name, index, person, person, role, at, at + len(text)))
        at += len(text) + 1
    return document, utterances


def segments(*conversations: tuple[Document, list[Utterance]], options: SegmentConfig = OPTIONS) -> list[Segment]:
    documents = [document for document, _ in conversations]
    utterances = [turn for _, turns in conversations for turn in turns]
    return run(Batch.make((Document, documents), (Utterance, utterances)), options).of(Segment)


TALK = (
    ("interviewer", "Hello. How do you plan? Take your time."),
    ("participant", "On paper. It is slow."),
    ("participant", "Very slow."),
    ("interviewer", "I see."),
    ("participant", "Yes."),
)


def test_segments_are_exact_ordered_and_numbered() -> None:
    document, turns = conversation(TALK)
    found = segments((document, turns))
    assert [one.text for one in found] == [
        "Hello.", "How do you plan?", "Take your time.", "On paper.", "It is slow.", "Very slow.", "I see.", "Yes.",
    ]  # fmt: skip
    assert all(document.text[one.start : one.end] == one.text for one in found)
    assert [one.index for one in found] == list(range(8))
    assert [one.segment_id for one in found] == [f"d1-s{number:04d}" for number in range(8)]


def test_role_person_and_turn_are_kept() -> None:
    found = segments(conversation(TALK))
    assert {(one.role, one.person_id) for one in found} == {("interviewer", "I0001"), ("participant", "P0001")}
    assert [one.utterance_id for one in found if one.text == "Very slow."] == ["d1-u2"]


def test_the_question_is_the_interviewers_last() -> None:
    found = {one.text: one.question for one in segments(conversation(TALK))}
    assert found["On paper."] == found["Very slow."] == "How do you plan?"
    assert found["Yes."] == "How do you plan?", "a sign of listening asks nothing"
    assert found["How do you plan?"] is None, "an interviewer answers nothing"


def test_signs_of_listening_leave_the_question_open() -> None:
    """Found in real interviews: "Mm-hmm." stood as the question of every second answer."""
    talk = (
        ("interviewer", "How do you plan?"),
        ("participant", "On paper."),
        ("interviewer", "Mm-hmm."),
        ("participant", "With a pencil."),
        ("interviewer", "Right, okay."),
        ("participant", "It works."),
        ("interviewer", "And why."),
        ("participant", "Habit."),
        ("interviewer", "You said that it is slow."),
        ("participant", "It is."),
        ("interviewer", "Really?"),
        ("participant", "Very."),
    )
    found = {one.text: one.question for one in segments(conversation(talk)) if one.role == "participant"}
    assert found == {
        "On paper.": "How do you plan?",
        "With a pencil.": "How do you plan?",
        "It works.": "How do you plan?",
        "Habit.": "And why.",
        "It is.": "You said that it is slow.",
        "Very.": "Really?",
    }


def test_a_survey_answer_has_its_question() -> None:
    found = segments(conversation([("participant", "Too slow.")], context="What annoys you?"))
    assert [one.question for one in found] == ["What annoys you?"]


def test_a_question_does_not_reach_into_the_next_document() -> None:
    one = conversation([("interviewer", "Why?"), ("participant", "So.")], "d1")
    other = conversation([("participant", "Indeed.")], "d2")
    found = segments(one, other)
    assert [(part.text, part.question, part.index) for part in found] == [
        ("Why?", None, 0), ("So.", "Why?", 1), ("Indeed.", None, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["agent", "bot"])
def test_what_an_agent_asks_is_no_interview_question(role: str) -> None:
    found = segments(conversation([("participant", "Broken."), (role, "Which one?"), ("participant", "This.")]))
    assert [one.question for one in found] == [None, None, None]


def test_a_cut_turn_gives_no_segment_and_asks_nothing() -> None:
    document, turns = conversation([("interviewer", "Why?"), ("participant", "Quoted mail."), ("participant", "New.")])
    turns[0], turns[1] = replace(turns[0], cut="quoted mail"), replace(turns[1], cut="signature")
    found = segments((document, turns))
    assert [(one.text, one.question, one.index) for one in found] == [("New.", None, 0)]


def test_a_very_long_question_is_shortened() -> None:
    asked = "Why " + "very " * 100 + "late?"
    found = segments(conversation([("interviewer", asked), ("participant", "Traffic.")]), options=SegmentConfig())
    assert found[-1].question == asked[:300]


def test_times_are_those_at_which_a_sentence_begins() -> None:
    document, (turn,) = conversation([("participant", "First one. Second one. Third.")])
    timed = replace(turn, time_offsets=(0, 5, 12), time_ms=(1000, 2000, 3000))
    assert [one.time_ms for one in segments((document, [timed]))] == [1000, 2000, 3000]
    late = replace(turn, time_offsets=(11,), time_ms=(1000,))
    assert [one.time_ms for one in segments((document, [late]))] == [None, 1000, 1000]
    assert {one.time_ms for one in segments((document, [turn]))} == {None}


def test_equal_sentences_share_a_key_and_others_do_not() -> None:
    found = segments(conversation([("participant", "Same. Same. Other.")]))
    assert found[0].text_key == found[1].text_key != found[2].text_key


@given(st.lists(st.tuples(st.sampled_from(["participant", "interviewer"]), st.text(max_size=30)), max_size=4))
def test_segments_never_leave_their_turn(turns: list[tuple[str, str]]) -> None:
    document, utterances = conversation(turns)
    places = {turn.utterance_id: turn for turn in utterances}
    for one in segments((document, utterances)):
        turn = places[one.utterance_id]
        assert turn.start <= one.start < one.end <= turn.end
        assert document.text[one.start : one.end] == one.text


def test_a_document_in_another_language_gets_no_segment_and_is_counted() -> None:
    batch = Batch.make(
        (Document, []), (Utterance, []), (Skipped, [Skipped("a.csv", "row 9", "no text in the row", "", "", "", 1, False)])
    )  # fmt: skip
    for name, language, text in (("d1", "de", "Es geht nicht."), ("d2", "en", "It fails."), ("d3", None, "Ok.")):
        document, turns = conversation([("participant", text)], name, language=language)
        batch.of(Document).append(document)
        batch.of(Utterance).extend(turns)
    made = run(batch, OPTIONS)
    assert [one.document_id for one in made.of(Segment)] == ["d2", "d3"]
    before, set_aside = made.of(Skipped)
    assert before.reason == "no text in the row"
    assert (set_aside.source, set_aside.locator, set_aside.found) == ("a.vtt", "all", "Es geht nicht.")
    assert (set_aside.reason, set_aside.quarantined) == ("written in German (de); this run reads English", False)


@pytest.mark.parametrize("who", ["author", "speaker"])
def test_a_document_set_aside_is_not_shown_where_somebody_may_not_be_quoted(who: str) -> None:
    document, turns = conversation([("participant", "Der Export geht nicht.")], language="de")
    if who == "author":
        document = replace(document, quotable="internal")
    else:
        turns = [replace(turn, quotable="none") for turn in turns]
    (skipped,) = run(Batch.make((Document, [document]), (Utterance, turns)), OPTIONS).of(Skipped)
    assert skipped.found == ""
    assert "German" in skipped.reason


@pytest.mark.parametrize(("languages", "read"), [([], 3), (["de"], 2), (["de", "en"], 3), (["fr"], 1)])
def test_which_languages_are_read_is_a_setting(languages: list[str], read: int) -> None:
    talks = [
        conversation([("participant", "Ach so.")], f"d{n}", language=code) for n, code in enumerate(("de", "en", None))
    ]
    assert len(segments(*talks, options=SegmentConfig(languages=languages))) == read


def test_a_language_is_set_by_its_code_or_name() -> None:
    assert SegmentConfig(languages=["German", "pt-BR"]).languages == ["de", "pt"]
    with pytest.raises(ValueError, match="'Englisch' is no language"):
        SegmentConfig(languages=["de", "Englisch"])
