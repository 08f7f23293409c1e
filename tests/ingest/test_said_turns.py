"""What people say of single turns: cut, joined, whose voice; found again when the file is exported anew."""

from __future__ import annotations

from itertools import pairwise

import pytest

from voc_engine.ingest.said_turns import SaidTurn, cut_in, edited, mark_of_turn
from voc_engine.records import Document, Utterance

TEXT = "Hello there. How are you? Fine, but the export fails. It always does."


def talk(*cuts: int, text: str = TEXT) -> tuple[Document, list[Utterance]]:
    document = Document("d", "interview", "a.vtt", "", "speaker:d:1", text)
    edges = [0, *cuts, len(text)]
    turns = []
    for n, (start, end) in enumerate(pairwise(edges)):
        who, key = f"speaker:d:{n % 2}", f"d-u{n:04d}"
        turns.append(Utterance(key, "d", n, None, who, "unknown", start, end, time_offsets=(start,), time_ms=(n,)))
    return document, turns


def words(document: Document, turns: list[Utterance]) -> list[str]:
    return [document.text[one.start : one.end].strip() for one in turns]


def test_a_turn_is_cut_joined_and_given_a_role_in_the_order_in_which_it_was_said() -> None:
    document, turns = talk(13, 26)
    mark = mark_of_turn(document, turns[2])
    at = TEXT.index("It always") - turns[2].start
    said = [
        SaidTurn("d-u0002", "part", str(at), mark), SaidTurn("d-u0002-1", "role", "interviewer", ""),
        SaidTurn("d-u0001", "join", "", ""),
    ]  # fmt: skip
    now, lost = edited(document, turns, said, {})
    assert words(document, now) == ["Hello there. How are you?", "Fine, but the export fails.", "It always does."]
    assert [one.utterance_id for one in now] == ["d-u0000", "d-u0002", "d-u0002-1"]
    assert now[2].role == "interviewer"
    assert lost == []
    assert [at for one in now for at in one.time_offsets] == [0, 13, 26]


def test_several_cuts_of_one_turn_count_from_its_beginning() -> None:
    document, turns = talk()
    said = [SaidTurn("d-u0000", "part", str(at)) for at in (26, 13)]
    now, lost = edited(document, turns, said, {})
    assert words(document, now) == ["Hello there.", "How are you?", "Fine, but the export fails. It always does."]
    assert (len({one.utterance_id for one in now}), lost) == (3, [])


def test_it_is_found_again_by_its_words_when_turns_are_counted_anew() -> None:
    document, turns = talk(13, 26)
    said = [SaidTurn("d-u0002", "part", "28", mark_of_turn(document, turns[2]))]
    later, again = talk(6, 19, 32, text="Well. " + TEXT)
    now, lost = edited(later, again, said, {})
    assert words(later, now)[-2:] == ["Fine, but the export fails.", "It always does."]
    assert lost == []
    changed, other = talk(13, 26, text=TEXT.replace("export", "import"))
    assert edited(changed, other, said, {}) == (other, said)


def test_a_voice_of_another_talk_takes_its_person_in_the_whole_talk() -> None:
    document, turns = talk(13, 26)
    said = [SaidTurn("d-u0000", "same", "e-u0001")]
    now, _ = edited(document, turns, said, {"d-u0000": "name:ida"})
    assert [one.person_id for one in now] == ["name:ida", "speaker:d:1", "name:ida"]
    assert edited(document, turns, said, {}) == (turns, said)


def test_what_cannot_be_done_is_told_and_changes_nothing() -> None:
    document, turns = talk(13)
    said = [SaidTurn("d-u0000", "join", ""), SaidTurn("d-u0009", "role", "agent"), SaidTurn("d-u0000", "part", "400")]
    assert edited(document, turns, said, {}) == (turns, said)


@pytest.mark.parametrize(
    ("shown", "before", "wanted"),
    [
        ("Ask [P0003] again. She knows it.", "She", "She"), ("Ask [P0003] again. She knows it.", "again", "again"),
        ("Ask Ida Lund again. She knows it.", "She", "She"), ("[P0003] [P0004]", "[P0004]", None),
    ],
)  # fmt: skip
def test_a_place_among_masks_is_found_in_the_words_as_they_were_read(
    shown: str, before: str, wanted: str | None
) -> None:
    text = "Ida Lund Tom Reed" if wanted is None else "Ask Ida Lund again. She knows it."
    place = cut_in(text, shown, shown.index(before))
    assert place == (None if wanted is None else text.index(wanted))
