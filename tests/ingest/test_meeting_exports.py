"""Meeting programs' and transcription services' exports, after their publicly documented layouts, with their traps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .documents import as_docx
from .reading import put, read, said

MEET = """Mar 3, 2026

Visit 4 - Transcript

Attendees
Dana Wells, Tom Reed, Tom Reed's Presentation

00:00:00

Dana Wells: How do you plan
the week?
Tom Reed: On paper.

00:05:00

Tom Reed: It is 10:30 now: late.
Dana Wells: Why?
Tom Reed: The oven.


Transcription ended after 00:26:31


This editable transcript was computer generated and might contain errors. People can change the text.
"""
MEET_TURNS = [
    ("Dana Wells", "interviewer", "How do you plan\nthe week?"),
    ("Tom Reed", "participant", "On paper.\nIt is 10:30 now: late."),
    ("Dana Wells", "interviewer", "Why?"),
    ("Tom Reed", "participant", "The oven."),
]


def test_google_meet_with_attendees_time_headings_and_footer(tmp_path: Path) -> None:
    (talk,), skipped = read(put(tmp_path, "a.txt", MEET))
    assert said(talk) == MEET_TURNS
    assert talk.utterances[0].time_ms == (0,)
    assert talk.utterances[1].time_ms == (300_000,)
    assert [one.reason for one in skipped] == [
        "heading and details before the talk",
        "the transcriber's notice",
        "the transcriber's notice",
    ]


def test_google_meet_as_markdown_with_notes_above(tmp_path: Path) -> None:
    text = (
        "# 📝 Notes\n\nMar 3, 2026\n\n## Visit 4\n\nInvited Dana Wells Tom Reed\n\n### Summary\n\nTom plans on paper.\n\n"
        "### Next steps\n\n- [ ] Dana Wells: send the pictures.\n- [ ] Dana Wells: call again.\n\n"
        "# 📖 Transcript\n\nMar 3, 2026\n\n## Visit 4 - Transcript\n\n### 00:00:00\n\n"
        "**Dana Wells:** How do you plan\nthe week?  \n**Tom Reed:** On paper.  \n\n### 00:05:00\n\n"
        "**Tom Reed:** It is 10:30 now: late.  \n**Dana Wells:** Why?  \n**Tom Reed:** The oven.  \n\n"
        "### Transcription ended after 00:26:31\n\n*This editable transcript was computer generated and might contain"
        " errors. People can also change the text after it was created.*\n"
    )
    (talk,), skipped = read(put(tmp_path, "a.md", text))
    assert said(talk) == MEET_TURNS
    assert talk.utterances[1].time_ms == (300_000,)
    assert "send the pictures" in skipped[0].found


def test_google_meet_as_a_document(tmp_path: Path) -> None:
    (talk,), _ = read(put(tmp_path, "a.docx", as_docx(MEET.split("\n"))))
    assert said(talk) == MEET_TURNS


def test_zoom_text_counts_times_of_day_from_the_first_past_midnight(tmp_path: Path) -> None:
    text = (
        "[Dana Wells] 23:59:50\nHow do you plan\n\n[Dana Wells] 23:59:53\nthe week?\n\n"
        "[Tom Reed (Bakery)] 00:00:05\nOn paper: a wall.\n\n[Dana Wells] 00:01:00\nWhy?\n"
    )
    (talk,), skipped = read(put(tmp_path, "meeting_saved_closed_caption.txt", text))
    assert said(talk) == [
        ("Dana Wells", "interviewer", "How do you plan the week?"),
        ("Tom Reed (Bakery)", "participant", "On paper: a wall."),
        ("Dana Wells", "interviewer", "Why?"),
    ]
    assert [u.time_ms for u in talk.utterances] == [(0, 3000), (15_000,), (70_000,)]
    assert skipped == []


@pytest.mark.parametrize(
    "layout",
    ["{time}\t{name}\t{text}", "{time}\t{name}:\t{text}", "{time}\t{name}\n{text}", "{time}\t From {name} : {text}"],
)
def test_zoom_text_with_tabs(tmp_path: Path, layout: str) -> None:
    turns = [("00:00:03", "Dana Wells", "Why paper?"), ("00:00:07", "Tom Reed", "10:30 Meeting: the bank.")]
    turns += [("00:00:12", "Dana Wells", "And then?"), ("01:00:02", "Tom Reed", "Then nothing.")]
    text = "\n".join(layout.format(time=time, name=name, text=text) for time, name, text in turns)
    (talk,), skipped = read(put(tmp_path, "a.txt", text))
    roles = {"Dana Wells": "interviewer", "Tom Reed": "participant"}
    assert said(talk) == [(name, roles[name], words) for _, name, words in turns]
    assert talk.utterances[3].time_ms == (3_602_000,)
    assert skipped == []


TEAMS = ["Visit 4", "March 3, 2026, 10:00AM", "30m 5s", "Dana Wells started transcription"]
TEAMS += ["Dana Wells   0:03\nHow do you plan?", "Tom Reed   0:07\nOn paper: a wall.", "Dana Wells   1:00:12\nWhy?"]
TEAMS += ["Tom Reed   1:00:15\nThe oven.", "Dana Wells stopped transcription"]


def test_teams_document_with_its_heading_and_closing_line(tmp_path: Path) -> None:
    (talk,), skipped = read(put(tmp_path, "a.docx", as_docx(TEAMS)))
    assert [(u.speaker, u.role, u.time_ms) for u in talk.utterances] == [
        ("Dana Wells", "interviewer", (3000,)),
        ("Tom Reed", "participant", (7000,)),
        ("Dana Wells", "interviewer", (3_612_000,)),
        ("Tom Reed", "participant", (3_615_000,)),
    ]
    assert [one.reason for one in skipped] == ["heading and details before the talk", "the transcriber's notice"]


def test_older_teams_document_with_times_without_zeros(tmp_path: Path) -> None:
    turns = ["0:0:0.0 --> 0:0:5.100\nDana Wells\nHow do you plan?", "0:0:5.910 --> 0:0:8.250\nTom Reed\nOn paper."]
    turns += ["0:0:8.5 --> 0:0:10.300\nTom Reed\nA wall.", "0:1:0.0 --> 0:1:2.0\nDana Wells\nWhy?"]
    (talk,), skipped = read(put(tmp_path, "a.docx", as_docx(turns)))
    assert said(talk) == [
        ("Dana Wells", "interviewer", "How do you plan?"),
        ("Tom Reed", "participant", "On paper. A wall."),
        ("Dana Wells", "interviewer", "Why?"),
    ]
    assert [u.time_ms for u in talk.utterances] == [(0,), (5910, 8500), (60_000,)]
    assert skipped == []


@pytest.mark.parametrize(
    "layout",
    [
        "{name} ({time}):\n{text}",
        "{name} ({time}): {text}",
        "{name} {time}\n{text}",
        "{time} {name}\n{text}",
        "[{time}] {name}: {text}",
        "[{time}] **{name}:** {text}",
        "**{name}:** [{time}] {text}",
        "**{name}** [{time}]\n{text}",
    ],
)
def test_rev_plaud_and_descript(tmp_path: Path, layout: str) -> None:
    turns = [("00:03", "Speaker 1", "Why paper?"), ("00:07", "Speaker 2", "It is cheap, and it stays: always.")]
    turns += [("00:12", "Speaker 1", "And then?"), ("01:00:02", "Speaker 2", "Then nothing.")]
    text = "\n\n".join(layout.format(time=time, name=name, text=text) for time, name, text in turns)
    (talk,), skipped = read(put(tmp_path, "a.md", text))
    roles = {"Speaker 1": "interviewer", "Speaker 2": "participant"}
    assert said(talk) == [(name, roles[name], words) for _, name, words in turns]
    assert [u.time_ms for u in talk.utterances] == [(3000,), (7000,), (12_000,), (3_602_000,)]
    assert skipped == []


REV = {
    "speakers": [{"id": 0, "name": "Dana Wells"}, {"id": 1, "name": "Tom Reed"}],
    "monologues": [
        {"speaker": 0, "elements": [
            {"type": "text", "value": "Why", "timestamp": "00:00:01,230", "end_timestamp": "00:00:01,500"},
            {"type": "punct", "value": "?"}]},
        {"speaker": 1, "elements": [
            {"type": "text", "value": "It", "timestamp": "01:00:02,000", "end_timestamp": "01:00:02,100"},
            {"type": "punct", "value": " "}, {"type": "text", "value": "rained", "timestamp": "01:00:03,000"},
            {"type": "punct", "value": "."}]},
    ],
}  # fmt: skip


def test_rev_json_names_its_speakers_in_a_list(tmp_path: Path) -> None:
    (talk,), skipped = read(put(tmp_path, "a.json", json.dumps(REV)))
    assert said(talk) == [("Dana Wells", "interviewer", "Why?"), ("Tom Reed", "participant", "It rained.")]
    assert [u.time_ms for u in talk.utterances] == [(1230,), (3_602_000,)]
    assert skipped == []


def test_rev_json_with_speakers_as_objects(tmp_path: Path) -> None:
    content = {"monologues": [
        {"speaker": {"id": "s1", "name": "Dana Wells"}, "start": 0.5, "elements": [{"value": "Why?"}]},
        {"speaker": {"id": "s2", "name": "Tom Reed"}, "start": 2, "elements": [{"value": "Rain."}]},
    ]}  # fmt: skip
    (talk,), _ = read(put(tmp_path, "a.json", json.dumps(content)))
    assert said(talk) == [("Dana Wells", "interviewer", "Why?"), ("Tom Reed", "participant", "Rain.")]


@pytest.mark.parametrize("wrap", ["{}", '{{"data": {{"transcript": {}}}}}', "list"])
def test_fireflies_json_as_the_service_sends_it(tmp_path: Path, wrap: str) -> None:
    sentences = [
        {"index": 0, "speaker_name": "Dana Wells", "speaker_id": 0, "raw_text": "Why?", "start_time": "0.5"},
        {"index": 1, "speaker_name": None, "speaker_id": 1, "text": "It rained.", "start_time": 2.25},
        {"index": 2, "speaker_name": "Dana Wells", "speaker_id": 0, "text": "And?", "raw_text": "And?", "start_time": 4},
    ]  # fmt: skip
    content = {"id": "x", "title": "Visit", "sentences": sentences}
    text = json.dumps(sentences) if wrap == "list" else wrap.format(json.dumps(content))
    (talk,), skipped = read(put(tmp_path, "a.json", text))
    assert said(talk) == [
        ("Dana Wells", "interviewer", "Why?"),
        ("Speaker 1", "participant", "It rained."),
        ("Dana Wells", "interviewer", "And?"),
    ]
    assert [u.time_ms for u in talk.utterances] == [(500,), (2250,), (4000,)]
    assert skipped == []


def test_otter_unknown_speaker_time_only_lines_and_trailer(tmp_path: Path) -> None:
    text = (
        "Jonas Berg  0:22\nHow was it?\n\nUnknown Speaker  0:30\nCoffee's ready.\n\n"
        "Mara Lind  59:58\nIt was long.\n\n1:00:04\nVery long.\n\nJonas Berg  1:02:03\nWhy?\n\nTranscribed by https://otter.ai\n"
    )
    (talk,), skipped = read(put(tmp_path, "a.txt", text))
    assert [(u.speaker, u.role, u.time_ms) for u in talk.utterances] == [
        ("Jonas Berg", "interviewer", (22_000,)),
        ("Unknown Speaker", "unknown", (30_000,)),
        ("Mara Lind", "participant", (3_598_000, 3_604_000)),
        ("Jonas Berg", "interviewer", (3_723_000,)),
    ]
    assert [one.found for one in skipped] == ["Transcribed by https://otter.ai"]


def test_a_line_that_ends_in_a_time_is_speech(tmp_path: Path) -> None:
    text = "Jonas Berg  0:22\nWhen do you open?\n\nMara Lind  0:30\nWe open at 7:30\n\nJonas Berg  0:40\nAnd close?\n"
    (talk,), _ = read(put(tmp_path, "a.txt", text))
    assert [text for _, _, text in said(talk)] == ["When do you open?", "We open at 7:30", "And close?"]
