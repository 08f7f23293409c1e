"""Redaction of documents: pseudonyms for people, and spans that still hold the right words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc_engine.config import RedactConfig
from voc_engine.privacy.pseudonyms import Pseudonyms
from voc_engine.records import Batch, Document, Utterance
from voc_engine.redact.stage import run

ON, OFF = RedactConfig(), RedactConfig(enabled=False)
IDS = {"P|name:maren vos": "P0001", "I|name:nadia": "I0001", "A|name:sam": "A0001"}
GIVEN = Pseudonyms(IDS, {"P0001": {"plan": "Pro"}}, {"P0001": "Maren Vos"})


def conversation(turns: Sequence[tuple[str, str, str]], **given: Any) -> Batch:
    """Turns are (role, speaker, text); the key of a speaker is the lower-case name."""
    text = "\n".join(said for _, _, said in turns)
    document = Document("d1", "interview", "a.vtt", "all", "name:maren vos", text, **given)
    utterances, at = [], 0
    for index, (role, speaker, said) in enumerate(turns):
        key = f"name:{speaker.casefold()}"
        place = range(at, at + len(said))
        utterances.append(
            Utterance(f"u{index}", "d1", index, speaker, key, role, at, at + len(said),
                      time_offsets=tuple(place), time_ms=tuple(1000 * one for one in place))
        )  # fmt: skip
        at += len(said) + 1
    return Batch.make((Document, [document]), (Utterance, utterances))


TURNS = (
    ("interviewer", "Nadia", "Hello Maren, may I call you on +49 30 1234567?"),
    ("participant", "Maren Vos", "Call me, Nadia. Or write to maren@example.org, it is faster."),
    ("agent", "Sam", "Maren Vos wrote to Sam."),
)


def result(batch: Batch, options: RedactConfig = ON) -> tuple[Document, list[Utterance]]:
    done = run(batch, options, GIVEN)
    return done.of(Document)[0], done.of(Utterance)


def test_people_get_pseudonyms_and_text_gets_masks() -> None:
    document, turns = result(conversation(TURNS))
    assert document.text.splitlines() == [
        "Hello [P0001], may I call you on [phone]?",
        "Call me, [I0001]. Or write to [email], it is faster.",
        "[P0001] wrote to [A0001].",
    ]
    assert document.person_id == "P0001"
    assert [(turn.person_id, turn.speaker) for turn in turns] == [(one, one) for one in ("I0001", "P0001", "A0001")]


def test_turns_still_hold_their_words() -> None:
    document, turns = result(conversation(TURNS))
    assert [document.text[turn.start : turn.end] for turn in turns] == document.text.splitlines()


def test_times_still_point_at_their_words() -> None:
    before = conversation(TURNS).of(Document)[0].text
    document, turns = result(conversation(TURNS))
    for turn in turns:
        assert list(turn.time_offsets) == sorted(turn.time_offsets)
        assert all(turn.start <= offset <= turn.end for offset in turn.time_offsets)
    for word in ("call you", "faster", "wrote to"):
        times = {ms: offset for turn in turns for offset, ms in zip(turn.time_offsets, turn.time_ms, strict=True)}
        assert document.text[times[1000 * before.index(word)] :].startswith(word)


def test_redaction_off_leaves_every_character() -> None:
    batch = conversation(TURNS, title="Maren", context="maren@example.org?", attributes={"note": "+49 30 1234567"})
    document, turns = result(batch, OFF)
    given = batch.of(Document)[0]
    assert (document.text, document.title, document.context) == (given.text, given.title, given.context)
    assert document.attributes["note"] == "+49 30 1234567"
    assert [(turn.start, turn.end) for turn in turns] == [(one.start, one.end) for one in batch.of(Utterance)]
    assert document.person_id == "P0001", "people are pseudonyms also then"


def test_title_question_and_attributes_are_masked() -> None:
    """Regression: the answer to a closed question ("your mail address?") became an attribute as it was."""
    given = {"Your mail address": "maren@example.org", "identity.name": "Maren Vos", "identity.email": "m@x.org"}
    document, _ = result(conversation(TURNS, title="Maren's call", context="Is it Maren Vos?", attributes=given))
    assert document.title == "[P0001]'s call"
    assert document.context == "Is it [P0001]?"
    assert document.attributes == {"Your mail address": "[email]", "plan": "Pro"}


def test_a_title_that_is_absent_stays_absent() -> None:
    document, _ = result(conversation(TURNS))
    assert (document.title, document.context) == (None, None)


def test_a_generic_label_is_no_name() -> None:
    turn = Utterance("u0", "d1", 0, "Speaker", "speaker:d1:speaker", "participant", 0, 21)
    document = Document("d1", "interview", "a.txt", "all", "speaker:d1:speaker", "The Speaker was quiet")
    ids = {"P|speaker:d1:speaker": "P0003"}
    done = run(Batch.make((Document, [document]), (Utterance, [turn])), ON, Pseudonyms(ids))
    assert done.of(Document)[0].text == "The Speaker was quiet"


def test_an_identity_without_pseudonym_is_an_error() -> None:
    with pytest.raises(KeyError):
        run(conversation(TURNS), ON, Pseudonyms({}))


SAID = st.text(min_size=1, max_size=30) | st.sampled_from(
    ["Maren", "a@b.co 😀", "+49 30 1234567 Vos", "Maren Vos\u2028x"]
)


@given(st.lists(st.tuples(st.sampled_from(["participant", "interviewer"]), SAID), min_size=1, max_size=5))
def test_spans_stay_ordered_and_whole(said: list[tuple[str, str]]) -> None:
    names = {"participant": "Maren Vos", "interviewer": "Nadia"}
    batch = conversation([(role, names[role], text) for role, text in said])
    document, turns = result(batch)
    before, at = batch.of(Document)[0].text, 0
    for old, new in zip(batch.of(Utterance), turns, strict=True):
        assert new.start == at
        words = document.text[new.start : new.end]
        if "[" not in words:
            assert words == before[old.start : old.end]
        assert "Maren" not in words.split()
        at = new.end + 1
    assert at == len(document.text) + 1


def test_a_strange_word_is_a_name_where_somebody_may_have_asked_for_it() -> None:
    """Regression: who writes alone gives no name in answer; "whyyyy" of a review was masked."""
    asked = ("agent", "Sam", "May I have the name on the account, please?")
    answer = ("participant", "Maren Vos", "tamsin fitzgerald")
    document, _ = result(conversation((asked, answer), language="en"))
    assert document.text.endswith("\n[person 1]")
    document, _ = result(conversation((("participant", "Maren Vos", "whyyyy"),), language="en"))
    assert document.text == "whyyyy"
