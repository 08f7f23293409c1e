"""Sessions in which somebody thinks aloud: who asks himself, reads tasks aloud and says most is no interviewer."""

from __future__ import annotations

from pathlib import Path

import pytest

from voc_engine.ingest.study_speakers import CROSSED, NO_INTERVIEWER, Census
from voc_engine.records import EVIDENCE_ROLES

from .reading import options, put, read

ALOUD = (
    "{m} 00:02\nThanks for joining. Please go ahead and share your screen.\n"
    "{t} 00:10\nSure. So, where do I click? Is it this one? Do I need an account for that? Can I skip it?\n"
    "{m} 00:40\nWhat would you expect to happen next?\n"
    "{t} 00:47\nI would expect a price before I give an address. Why would you hide it? Who does that?\n"
    "{m} 01:10\nGreat, take your time with the next one.\n"
    "{t} 01:15\nThe button is grey, does that mean it is broken? Should I scroll? Ah, I had to scroll.\n"
)
READS_TASKS = (
    "{m} 00:02\nOkay, we can start.\n"
    "{t} 00:05\nSo the first task says imagine you want to book a table. Where would you click first? And then?\n"
    "{t} 00:21\nHmm, where is the search? Is it at the top? Would you see that? I would not. I would expect a price.\n"
    "{t} 01:00\nNext task. How easy was it to find the page? I would say a four. What did you like least? The grey button.\n"
    "{m} 01:40\nGreat, take your time, that was the last one. Thanks for joining.\n"
)


@pytest.mark.parametrize(
    ("moderator", "tester"),
    [
        ("Moderator", "Contributor"),
        ("Dana Wolf", "bluebird77"),
        ("Dana Wolf", "Pete Marsh"),
        ("Speaker 2", "Speaker 1"),
    ],
)
def test_who_thinks_aloud_takes_part(tmp_path: Path, moderator: str, tester: str) -> None:
    (talk,), _ = read(put(tmp_path, "s.txt", ALOUD.format(m=moderator, t=tester)))
    assert {u.speaker: u.role for u in talk.utterances} == {moderator: "interviewer", tester: "participant"}


def change_of(files: dict[str, str], folder: Path, name: str) -> tuple[dict[str, str], str]:
    """(role of each speaker, why it is unclear) of one file once the study has settled it."""
    census, talks = Census(), {}
    for file, content in files.items():
        (talk,), _ = read(put(folder, file, content))
        census.add([talk.document], talk.utterances, options())
        talks[file] = talk
    document = talks[name].document
    change = census.changes().get(document.document_id)
    roles = {u.speaker or "": (change.roles if change else {}).get(u.person_id, u.role) for u in talks[name].utterances}
    return roles, change.unclear if change else ""


def test_a_session_in_which_nobody_stands_out_is_asked_about(tmp_path: Path) -> None:
    _, unclear = change_of({"s.txt": READS_TASKS.format(m="Dana Wolf", t="bluebird77")}, tmp_path, "s.txt")
    assert unclear == NO_INTERVIEWER


def test_what_another_session_tells_settles_it(tmp_path: Path) -> None:
    files = {
        "a.txt": ALOUD.format(m="Dana Wolf", t="Pete Marsh"),
        "b.txt": READS_TASKS.format(m="Dana Wolf", t="bluebird77"),
    }
    roles, unclear = change_of(files, tmp_path, "b.txt")
    assert roles == {"Dana Wolf": "interviewer", "bluebird77": "participant"}
    assert not unclear


def test_who_was_only_guessed_to_ask_answers_where_the_study_tells_who_asks(tmp_path: Path) -> None:
    swapped = "Dana Wolf: It is on paper.\nKim Ost: How do you plan?\nDana Wolf: By week.\nKim Ost: And then?\n"
    clear = "Dana Wolf: How do you plan?\nPete Marsh: On paper.\nDana Wolf: And then?\nPete Marsh: I ring up all.\n"
    files = {"a.txt": clear, "b.txt": clear.replace("Pete Marsh", "Rosa Lim"), "c.txt": swapped}
    roles, unclear = change_of(files, tmp_path, "c.txt")
    assert roles == {"Dana Wolf": "interviewer", "Kim Ost": "participant"}
    assert not unclear


def test_one_who_is_asked_in_every_talk_by_somebody_else_is_asked_about(tmp_path: Path) -> None:
    talk = "{t}: How do you plan?\nDana Wolf: On paper, at the oven.\n{t}: And then?\nDana Wolf: I ring up all.\n"
    files = {f"{n}.txt": talk.format(t=name) for n, name in enumerate(["Kim Ost", "Pete Marsh", "Rosa Lim"])}
    _, unclear = change_of(files, tmp_path, "0.txt")
    assert unclear == CROSSED


def test_fields_below_the_talk_are_nobodys_words(tmp_path: Path) -> None:
    below = "\nTotal duration: 12:44\nWord count: 84\nSentiment summary: mostly negative\n"
    labelled = "[00:00:12] AI: How did it go?\n[00:00:15] Participant: I gave up, twice.\n[00:00:18] AI: Why?\n"
    labelled += "[00:00:21] Participant: It was too slow for me.\n"
    for name, content in {"a.txt": labelled, "b.txt": ALOUD.format(m="Moderator", t="Contributor")}.items():
        (talk,), skipped = read(put(tmp_path, name, content + below))
        said = [talk.document.text[u.start : u.end] for u in talk.utterances if u.role in EVIDENCE_ROLES]
        assert "negative" not in "\n".join(said)
        assert any(one.reason == "details after the talk" for one in skipped)
