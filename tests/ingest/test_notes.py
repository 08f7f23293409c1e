from pathlib import Path

import pytest

from voc_engine.ingest import explain

from .reading import options, put, read, said

OTTER = """# Transcript of a talk with Mara Lind

## Details

Interview took place on March 30, 2022. Interviewer is Jonas Berg and Rita W Holm.
Transcription is provided by https://otter.ai.

## Transcript

Jonas Berg  0:22  
Hello. Please introduce yourself.

Mara Lind  0:46  
I am Mara.

I have two shops.

Rita Holm  1:02:03  
Two.

Unknown Speaker  1:02:09  
Coffee's ready.

Transcribed by https://otter.ai
"""


def test_otter_turns_interviewers_date_and_what_is_no_speech(tmp_path: Path) -> None:
    (talk,), skipped = read(put(tmp_path, "a.md", OTTER))
    assert said(talk) == [
        ("Jonas Berg", "interviewer", "Hello. Please introduce yourself."),
        ("Mara Lind", "participant", "I am Mara.\nI have two shops."),
        ("Rita Holm", "interviewer", "Two."),
        ("Unknown Speaker", "unknown", "Coffee's ready."),
    ]
    assert talk.document.created_at == "2022-03-30"
    assert talk.document.title == "Transcript of a talk with Mara Lind"
    assert talk.document.person_id == "name:mara lind"
    assert talk.utterances[2].time_ms == (3_723_000,)
    assert [one.reason for one in skipped] == ["heading and details before the talk", "the transcriber's notice"]


def test_otter_names_without_times(tmp_path: Path) -> None:
    text = (
        "Jonas Berg  \nHow was it?\n\nMara Lind  \nGood. Quite good.\n\nJonas Berg  \nWhy?\n\nMara Lind  \nIt rained.\n"
    )
    (talk,), _ = read(put(tmp_path, "a.txt", text))
    assert [speaker for speaker, _, _ in said(talk)] == ["Jonas Berg", "Mara Lind"] * 2
    assert [role for _, role, _ in said(talk)] == ["interviewer", "participant"] * 2


@pytest.mark.parametrize(
    "layout",
    [
        "{name}: {text}",
        "**{name}:** {text}",
        "**{name}**: {text}",
        "[00:00:03] {name}: {text}",
        "{name} (00:03): {text}",
        "{name} (00:03):\n{text}",
        "**{name}:** [00:00:03] {text}",
        "00:00:03\t{name}: {text}",
    ],
)
def test_layouts_with_labels(tmp_path: Path, layout: str) -> None:
    turns = [
        ("Dana Wells", "How do you plan?"),
        ("Tom Reed", "On paper: a wall calendar."),
        ("Dana Wells", "Does it work?"),
        ("Tom Reed", "Mostly. Warning: it fell down once."),
    ]
    text = "\n\n".join(layout.format(name=name, text=text) for name, text in turns)
    (talk,), skipped = read(put(tmp_path, "a.txt", text))
    roles = {"Dana Wells": "interviewer", "Tom Reed": "participant"}
    assert said(talk) == [(name, roles[name], words) for name, words in turns]
    assert skipped == []
    if "00" in layout:
        assert talk.utterances[0].time_ms == (3000,)


def test_generic_labels_are_bound_to_their_document(tmp_path: Path) -> None:
    text = "Speaker 1: Why is that?\nSpeaker 2: It just is, and I am tired of it.\nSpeaker 1: Since when?\nSpeaker 2: May.\n"
    (talk,), _ = read(put(tmp_path, "a.txt", text))
    assert talk.document.person_id == f"speaker:{talk.document.document_id}:speaker 2"


def test_a_first_name_is_completed_from_the_heading(tmp_path: Path) -> None:
    text = "Interview 4: Yusuf Marin, workshop manager\nDate: 2026-04-02\n\n"
    text += "Nadia: How are you?\nYusuf: Busy.\nNadia: Why?\nYusuf: Spring.\n"
    source = put(tmp_path, "a.txt", text)
    (talk,), skipped = read(source)
    assert talk.document.person_id == "name:yusuf marin"
    assert talk.document.created_at == "2026-04-02"
    assert [one.found for one in skipped] == ["Interview 4: Yusuf Marin, workshop manager\nDate: 2026-04-02"]
    assert "Yusuf is taken to be Yusuf Marin" in explain(source, options())


def test_an_interviewer_named_above_the_talk_is_believed(tmp_path: Path) -> None:
    text = "Interviewer: Tom Reed\n\nDana Wells: I ask a lot, don't I? Do I?\n"
    text += "Tom Reed: You do.\nDana Wells: Well?\nTom Reed: Go on.\n"
    (talk,), _ = read(put(tmp_path, "a.txt", text))
    assert {(speaker, role) for speaker, role, _ in said(talk)} == {
        ("Tom Reed", "interviewer"),
        ("Dana Wells", "participant"),
    }


def test_configured_names_win(tmp_path: Path) -> None:
    text = "Ann: Why?\nBo: Because.\nAnn: And then?\nBo: Then nothing.\n"
    (talk,), _ = read(put(tmp_path, "a.txt", text), interviewers=["Bo"], participants=["Ann Lee"])
    assert {(speaker, role) for speaker, role, _ in said(talk)} == {("Bo", "interviewer"), ("Ann", "participant")}
    assert talk.document.person_id == "name:ann lee"


def test_where_nobody_asks_explain_asks_who_does(tmp_path: Path) -> None:
    source = put(tmp_path, "a.txt", "Ann: I walk.\nBo: I drive.\nAnn: I like it.\nBo: I do not.\n")
    (talk,), _ = read(source)
    assert {role for _, role, _ in said(talk)} == {"participant"}
    assert "nobody stands out as the interviewer" in explain(source, options())


def test_prose_is_one_unknown_voice_and_says_so(tmp_path: Path) -> None:
    source = put(tmp_path, "a.md", "# Diary\n\nIt rained. One thing: the roof leaks.\n\nI called twice.\n")
    (talk,), skipped = read(source)
    assert said(talk) == [(None, "unknown", "It rained. One thing: the roof leaks.\nI called twice.")]
    assert [one.found for one in skipped] == ["# Diary"]
    assert "takes its words as context" in explain(source, options())
