import json
from pathlib import Path

import pytest

from .reading import put, read, said

SRT = """1
00:00:03,120 --> 00:00:07,160
Nadia Ferrante: Is that recording now?

2
00:00:07.220 --> 00:00:11.360
Do you see it?

3
00:00:12,000 --> 00:00:13,000
Ifeoma Mulcahy: I do.

It had a blank line.

4
Words that lost their time.

5
00:00:15,000 --> 00:00:16,000
Nadia Ferrante: Good?
"""


def test_srt_with_names_comma_and_dot_blank_lines_and_a_lost_time(tmp_path: Path) -> None:
    (talk,), skipped = read(put(tmp_path, "a.srt", SRT))
    assert said(talk) == [
        ("Nadia Ferrante", "interviewer", "Is that recording now? Do you see it?"),
        ("Ifeoma Mulcahy", "participant", "I do. It had a blank line."),
        ("Nadia Ferrante", "interviewer", "Good?"),
    ]
    assert [one.found for one in skipped] == ["4\nWords that lost their time."]


def test_srt_change_marks_are_not_words(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n>> Hello there.\n\n2\n00:00:02,000 --> 00:00:03,000\n>> Hi.\n"
    (talk,), _ = read(put(tmp_path, "a.srt", text))
    assert talk.document.text == "Hello there. Hi."
    assert {u.role for u in talk.utterances} == {"unknown"}


def test_sbv_times_are_no_words(tmp_path: Path) -> None:
    text = "0:00:00.378,0:00:11.378\nFirst line\nsecond line\n\n0:00:11.378,0:00:12.305\nThird\n"
    (talk,), _ = read(put(tmp_path, "a.sbv", text))
    assert talk.document.text == "First line second line Third"
    assert talk.utterances[0].time_ms == (378, 11378)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tsv", "start\tend\ttext\n43810\t47850\tHello everyone.\n48350\t54570\tI am here.\n"),
        ("a.txt", "[00:43.810 --> 00:47.850]  Hello everyone.\n[00:48.350 --> 00:54.570]  I am here.\n"),
        ("b.txt", "[00:00:43.810 --> 00:00:47.850]  Hello everyone.\n[00:00:48.350 --> 00:00:54.570]  I am here.\n"),
    ],
)
def test_recognisers_lines(tmp_path: Path, name: str, content: str) -> None:
    (talk,), skipped = read(put(tmp_path, name, content))
    assert talk.document.text == "Hello everyone. I am here."
    assert talk.utterances[0].time_ms == (43810, 48350)
    assert talk.document.kind == "interview"
    assert skipped == []


def test_a_recognisers_damaged_line_is_quarantined(tmp_path: Path) -> None:
    _, skipped = read(put(tmp_path, "a.tsv", "start\tend\ttext\n1\t2\tone\n3\tfour\tfive\n"))
    assert [(one.locator, one.found) for one in skipped] == [("line 3", "3\tfour\tfive")]


@pytest.mark.parametrize(
    "content",
    [
        {"text": "Why? It rained.", "segments": [
            {"id": 0, "start": 1.5, "end": 2, "text": " Why?", "speaker": "Ann Lee"},
            {"id": 1, "start": 2, "end": 3, "text": " It rained.", "speaker": "Bo Kim"}]},
        {"sentences": [
            {"index": 0, "start_time": "00:01.500", "text": "Why?", "raw_text": "Why?", "speaker_name": "Ann Lee"},
            {"index": 1, "start_time": "00:02", "text": "It rained.", "raw_text": "It rained.", "speaker_name": "Bo Kim"}]},
        {"monologues": [
            {"speaker": "Ann Lee", "elements": [{"value": "Why", "ts": 1.5}, {"value": "?"}]},
            {"speaker": "Bo Kim", "elements": [{"value": "It", "ts": 2.0}, {"value": " "}, {"value": "rained."}]}]},
    ],
    ids=["whisper", "fireflies", "rev"],
)  # fmt: skip
def test_json_of_recognisers(tmp_path: Path, content: dict[str, object]) -> None:
    (talk,), skipped = read(put(tmp_path, "a.json", json.dumps(content)))
    assert said(talk) == [("Ann Lee", "interviewer", "Why?"), ("Bo Kim", "participant", "It rained.")]
    assert [u.time_ms for u in talk.utterances] == [(1500,), (2000,)]
    assert skipped == []
