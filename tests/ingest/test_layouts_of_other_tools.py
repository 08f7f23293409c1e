"""Layouts of tools that no reader was written for: the turns come out right, or the file says that it was not taken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from voc_engine.errors import SourceError

from .reading import put, read, said

TALK = [
    ("asks", "Could you tell me how you plan the harvest on your farm?"),
    ("tells", "I draw the fields on paper, and then I ring up everybody."),
    ("asks", "And what happens when it rains?"),
    ("tells", "The plan is waste paper, because nobody sees what I change."),
    ("asks", "What would you change first?"),
    ("tells", "I want one sheet that all of us can see in the field."),
]
ASKED = [words for who, words in TALK if who == "asks"]
TOLD = [words for who, words in TALK if who == "tells"]
NAMES = {"asks": "Ruth Amsel", "tells": "Jonas Feld"}


def _clock(number: int) -> str:
    return f"00:{number:02d}:07"


def _by_two_sounds() -> str:
    sounds = {"asks": "microphone", "tells": "system"}
    stretches = [
        {
            "start_timestamp": f"2026-03-02T09:{n:02d}:05.1Z",
            "end_timestamp": f"2026-03-02T09:{n:02d}:25.3Z",
            "text": words,
            "source": sounds[who],
        }
        for n, (who, words) in enumerate(TALK)
    ]
    return json.dumps(stretches)


def _call_of_a_machine(words_under: str) -> dict[str, object]:
    sides = {"asks": "agent", "tells": "user"}
    turns = [
        {"role": sides[who], words_under: words, "time_in_call_secs": n * 9} for n, (who, words) in enumerate(TALK)
    ]
    return {"agent_id": "a1", "status": "done", "transcript": turns, "analysis": {"summary": "Rain is a trouble."}}


def _calls_with_their_words_twice() -> str:
    sides = {"asks": "agent", "tells": "user"}
    whole = "\n".join(f"{sides[who].title()}: {words}" for who, words in TALK)
    turns = [{"role": sides[who], "content": words, "words": []} for who, words in TALK]
    return json.dumps([{"call_id": f"c{n}", "transcript": whole, "transcript_object": turns} for n in range(2)])


FILES = {
    "two_sounds.json": _by_two_sounds(),
    "call.json": json.dumps({"type": "post_call", "data": _call_of_a_machine("message")}),
    "calls.json": _calls_with_their_words_twice(),
    "tiers.txt": "".join(
        f"{NAMES[who]}\t\t{_clock(n)}.120\t{n * 60 + 7.12}\t{_clock(n)}.900\t{n * 60 + 7.9}\t00:00:00.780\t0.78\t{words}\n"
        for n, (who, words) in enumerate(TALK)
    ),
    "editor.otr": json.dumps(
        {
            "text": "".join(
                f"<p><span>{n}:07</span> {NAMES[who][0]}F: {words}</p>" for n, (who, words) in enumerate(TALK)
            ),
            "media": "talk.mp3",
        }
    ),
    "bullets.md": "# Jonas\n\n## Transcript\n\n"
    + "\n".join(
        f"- [{_clock(n)}](https://rec.example/v?t={n}) **{NAMES[who]}** — {w}" for n, (who, w) in enumerate(TALK)
    ),
    "copied.txt": "\n\n".join(f"{n}:07 - {NAMES[who]}\n  {words}" for n, (who, words) in enumerate(TALK)),
    "talk_in_a_cell.csv": 'call,date,transcript\n7,2026-01-02,"'
    + "\n".join(f"{NAMES[who]}: {words}" for who, words in TALK)
    + '"\n8,2026-01-03,"'
    + "\n".join(f"{NAMES[who]}: {words}" for who, words in TALK)
    + '"\n',
}


@pytest.mark.parametrize("name", FILES)
def test_what_the_other_asks_is_no_evidence(name: str, tmp_path: Path) -> None:
    talks, _ = read(put(tmp_path, name, FILES[name]))
    for talk in talks:
        assert [words for _, role, words in said(talk) if role == "participant"] == TOLD
        assert [words for _, role, words in said(talk) if role != "participant"] == ASKED
    assert len(talks) == (2 if name in ("calls.json", "talk_in_a_cell.csv") else 1)


def test_they_of_two_calls_are_two_people(tmp_path: Path) -> None:
    text = "\n".join(f"{'Me' if who == 'asks' else 'Them'}: {words}" for who, words in TALK)
    (first,), _ = read(put(tmp_path, "one.txt", text))
    (second,), _ = read(put(tmp_path, "two.txt", text))
    assert first.document.person_id != second.document.person_id


WISHES = (
    "The export stops halfway.",
    "Please add a dark mode for the night.",
    "I love how the search finds old bills.",
)


@pytest.mark.parametrize(
    "header", ["Internal Comment", "AI Summary", "Q2: AI Summary", "Admin Note", "Assigned Themes"]
)
def test_what_staff_or_a_machine_wrote_beside_is_nobodys_words(header: str, tmp_path: Path) -> None:
    rows = "".join(
        f"v{n},{wish},ask the farm number {n} whether they would pay for this\n" for n, wish in enumerate(WISHES)
    )
    talks, _ = read(put(tmp_path, "answers.csv", f"Visitor ID,Response,{header}\n{rows}"))
    assert [words for talk in talks for _, _, words in said(talk)] == list(WISHES)
    assert len({talk.document.person_id for talk in talks}) == 3


@pytest.mark.parametrize(
    "header",
    ["id,document,tag,content", "Highlight id,Note title,Tags,Highlight", "Number,Document,Codes,Quotation Content"],
)
def test_passages_that_somebody_marked_are_asked_about(header: str, tmp_path: Path) -> None:
    rows = "".join(f"{n},talk {n},pain,{wish}\n" for n, wish in enumerate(WISHES))
    with pytest.raises(SourceError, match=r"kind = |take the source out"):
        read(put(tmp_path, "marked.csv", f"{header}\n{rows}"))
