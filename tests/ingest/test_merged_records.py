"""Faults found by reading files that nobody had prepared the readers for; each cost words or speakers in silence."""

from __future__ import annotations

import json
from pathlib import Path

from .reading import put, read, said


def test_two_sentences_merged_by_a_lost_piece_are_told(tmp_path: Path) -> None:
    text = (
        '{"segments": [{"start": 0, "text": "First one."}, {"start": 1, "text": "Second one.", '
        '"start": 2, "text": "Third one."}, {"start": 3, "text": "Fourth one."}]}'
    )
    (talk,), (told,) = read(put(tmp_path, "a.json", text))
    assert talk.document.text == "First one. Fourth one."
    assert told.quarantined
    assert "Second one." in told.found
    assert "Third one." in told.found
    assert "stands twice" in told.found


def test_a_key_that_says_the_same_twice_is_no_damage(tmp_path: Path) -> None:
    text = '{"segments": [{"start": 0, "text": "First one.", "text": "First one."}]}'
    (talk,), skipped = read(put(tmp_path, "a.json", text))
    assert (talk.document.text, skipped) == ("First one.", [])


def test_a_stray_bracket_between_segments_ends_nothing(tmp_path: Path) -> None:
    text = '{"segments": [{"start": 0, "text": "First one."}] {"start": 1, "text": "Second one."}]}'
    (talk,), _ = read(put(tmp_path, "a.json", text))
    assert talk.document.text == "First one. Second one."


def test_reviews_of_the_app_store_outlive_the_line_that_names_their_list(tmp_path: Path) -> None:
    reviews = [
        {
            "type": "customerReviews",
            "id": str(n),
            "attributes": {"rating": 2, "title": "", "body": f"It broke {n} times"},
        }
        for n in range(3)
    ]
    sound = json.dumps({"data": reviews, "links": {}}, indent=1)
    talks, skipped = read(put(tmp_path, "a.json", sound.replace(' "data": [\n', "")), format="app_store.v1")
    shown = " ".join([*(talk.document.text for talk in talks), *(one.found for one in skipped)])
    assert all(f"It broke {n} times" in shown for n in range(3))


def test_sounds_in_brackets_are_no_speakers(tmp_path: Path) -> None:
    cues = ["[Music] and we are back", "[Applause] thank you all", "[Music] so long", "[Applause] bye"]
    text = "\n\n".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{cue}" for n, cue in enumerate(cues))
    (talk,), _ = read(put(tmp_path, "a.srt", text))
    assert [(speaker, role) for speaker, role, _ in said(talk)] == [(None, "unknown")]


def test_fields_in_a_list_of_pros_and_cons_are_no_speakers(tmp_path: Path) -> None:
    (talk,), _ = read(put(tmp_path, "a.txt", "pros: cheap\ncons: loud\npros: small\ncons: heavy\n"))
    assert {speaker for speaker, _, _ in said(talk)} == {None}
