"""Lists inside JSON records: messages, replies, notes and answers become turns and answers, or are told as not read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from voc_engine.errors import SourceError
from voc_engine.ingest import explain

from .reading import options, put, read, said, turns


def test_a_desk_with_messages_and_notes(tmp_path: Path) -> None:
    record = {
        "number": 4, "subject": "Kiln", "customer": {"email": "ilse@example.org", "first": "Ilse"},
        "threads": [
            {"direction": "incoming", "createdAt": "2026-02-01T10:00:00Z", "body": "<p>The kiln stops at 900.</p>"},
            {"direction": "outgoing", "createdAt": "2026-02-01T11:00:00Z", "body": "<p>What a hateful fault.</p>"},
        ],
        "notes": [{"author": "Sam", "text": "He is always angry with us"}],
    }  # fmt: skip
    (talk,), _ = read(put(tmp_path, "desk.json", json.dumps({"conversations": [record]})))
    assert [(role, text) for _, role, text in said(talk)] == [
        ("participant", "The kiln stops at 900."),
        ("agent", "What a hateful fault."),
        ("agent", "He is always angry with us"),
    ]
    assert [turn.cut for turn in talk.utterances] == [None, None, "private note"]
    assert talk.utterances[0].person_id == "mail:ilse@example.org"
    assert talk.document.kind == "ticket"


def test_an_issue_with_comments_of_others(tmp_path: Path) -> None:
    record = {
        "id": 9, "title": "Save fails", "user": {"login": "ilse"}, "body": "I lose an hour each day",
        "comments": [{"user": {"login": "omar"}, "body": "Same on my laptop"},
                     {"user": {"login": "x-support"}, "body": "We look"}],
        "labels": [{"name": "bug"}],
    }  # fmt: skip
    lines = "".join(json.dumps(one) + "\n" for one in (record, record | {"id": 10}))
    talks, skipped = read(put(tmp_path, "issues.jsonl", lines), format="jsonl.v1")
    talk = talks[0]
    assert [role for _, role, _ in said(talk)] == ["participant", "participant", "participant", "agent"]
    assert {one.locator for one in skipped} == {"list labels"}
    assert len({turn.person_id for turn in talk.utterances if turn.role == "participant"}) == 2


def test_a_list_that_is_not_read_is_told(tmp_path: Path) -> None:
    rows = [
        {"id": n, "text": f"The lens fogs after {n} minutes", "replies": [{"author": "omar", "text": "Mine too"}],
         "photos": [{"url": "https://a.example/1.jpg"}]}
        for n in range(3)
    ]  # fmt: skip
    source = put(tmp_path, "lens.json", json.dumps(rows))
    talks, skipped = read(source)
    assert len(talks) == 3
    assert [(one.locator, one.count) for one in skipped] == [("list photos", 3)]
    assert "list photos: not read" in explain(source, options())


def test_answers_of_a_survey_api(tmp_path: Path) -> None:
    rows = [
        {"token": f"t{n}", "submitted": "2026-02-01T10:00:00Z",
         "responses": [{"title": "How likely are you to recommend us?", "value": 9 - n},
                       {"title": "What slowed you down?", "value": text}, {"title": "Your team", "value": "Sales"}]}
        for n, text in enumerate(["The lift was shut again", "-99", "Nobody at the desk"])
    ]  # fmt: skip
    talks, _ = read(put(tmp_path, "api.json", json.dumps({"meta": {"count": 3}, "items": rows})))
    assert [(t.document.context, t.document.text, t.document.rating) for t in talks] == [
        ("What slowed you down?", "The lift was shut again", 9),
        ("What slowed you down?", "Nobody at the desk", 7),
    ]
    assert {talk.document.kind for talk in talks} == {"survey"}
    assert talks[0].document.attributes["Your team"] == "Sales"


def test_of_several_lists_the_one_with_words_is_read(tmp_path: Path) -> None:
    made = {
        "participants": [{"name": "Ilse B"}, {"name": "Acme Shop"}], "title": "Ilse B",
        "messages": [
            {"sender_name": "Acme Shop", "timestamp_ms": 1772460309000, "content": "So sorry for the wait"},
            {"sender_name": "Ilse B", "timestamp_ms": 1772460300000, "content": "It didn\u00e2\u0080\u0099t come"},
        ],
    }  # fmt: skip
    talks, skipped = read(put(tmp_path, "message_1.json", json.dumps(made)))
    roles = {turn.role: talk.document.text for talk in talks for turn in talk.utterances}
    assert roles == {"agent": "So sorry for the wait", "participant": "It didn’t come"}
    assert any(one.reason.startswith("note: letters that were garbled") for one in skipped)


def test_lines_of_a_chat_program_are_nobodys_words(tmp_path: Path) -> None:
    rows = [
        {
            "type": "message",
            "user": "U1",
            "ts": "1772460309.0001",
            "text": "The <https://a.example|export> hangs, <@U2>",
        },
        {
            "type": "message",
            "subtype": "channel_leave",
            "user": "U2",
            "ts": "1772460310.0001",
            "text": "<@U2> has left",
        },
    ]
    talks, skipped = read(put(tmp_path, "2026-03-02.json", json.dumps(rows)))
    assert [talk.document.text for talk in talks] == ["The export hangs,"]
    assert [one.reason for one in skipped] == ["line of the chat program"]


def test_a_chat_in_one_field_is_told_apart(tmp_path: Path) -> None:
    text = "Kunde: Der Drucker zieht kein Papier\n10:04 Agent Kim: Wie schlimm!\nKunde: Seit Montag schon\nund immer nachts"
    rows = [
        {"ticket": 1, "subject": "Chat", "description": text},
        {"ticket": 2, "subject": "Mail", "description": "Zu laut"},
    ]
    talks, _ = read(put(tmp_path, "chats.json", json.dumps(rows)))
    assert [(role, words) for _, role, words in said(talks[0])][-3:] == [
        ("participant", "Der Drucker zieht kein Papier"),
        ("agent", "Wie schlimm!"),
        ("participant", "Seit Montag schon\nund immer nachts"),
    ]


def test_an_error_report_with_labels_is_no_chat(tmp_path: Path) -> None:
    text = "Version: 4.2\nSystem: Linux\nThe window stays black"
    (talk,), _ = read(put(tmp_path, "one.json", json.dumps([{"id": 1, "subject": "Black", "description": text}])))
    assert all(role == "participant" for _, role, _ in said(talk))


def test_lines_of_a_call_are_no_posts_although_nobody_says_which_side_is_whose(tmp_path: Path) -> None:
    """Regression: lines under a call's id, each with a name and words, were texts of customers, one by one."""
    said_ = [("Robin", "Thanks for calling, this is Robin."), ("Casey", "My dashboard shows the numbers of last year."),
             ("Robin", "Could you clear the cache?"), ("Casey", "I did that twice and it never helps.")]  # fmt: skip
    lines = [
        {"name": name, "content": words, "time": f"2026-03-02T10:00:0{n}Z"} for n, (name, words) in enumerate(said_)
    ]
    source = put(tmp_path, "call.json", json.dumps({"call_id": "57", "lines": lines}))
    with pytest.raises(SourceError, match="who answers for the company"):
        read(source)
    (talk,), _ = read(source, agents=["Robin"])
    assert [text for role, _, text in turns(talk) if role == "participant"] == [
        words for name, words in said_ if name == "Casey"
    ]
