from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from voc_engine.ingest import explain
from voc_engine.records import EVIDENCE_ROLES

from .reading import options, put, read, said

TICKET: dict[str, Any] = {
    "id": 70001,
    "created_at": "2026-01-05T14:22:41Z",
    "subject": "Saturday. Two brides, one chair",
    "description": "It happened again.\n\nSent from my phone",
    "requester_id": 40001,
    "via": {"channel": "email"},
    "tags": ["calendar", "double_booking"],
    "priority": "high",
    "status": "closed",
    "satisfaction_rating": {"score": "good"},
    "comments": [
        {"author_id": 40001, "created_at": "2026-01-05T14:22:41Z", "body": "It happened again.\n\nSent from my phone"},
        {"author_id": 9003, "created_at": "2026-01-05T14:22:58Z", "body": "This is an automatic reply. Please wait."},
        {
            "author_id": 9001,
            "created_at": "2026-01-06T09:40:22Z",
            "html_body": "<p>Hello <b>Ul</b>la,</p><p>we look.</p>",
        },
        {
            "author_id": 40001,
            "created_at": "2026-01-06T10:00:00Z",
            "body": "Thank you.\n\nOn Tue, 6 Jan 2026 at 09:40, Larkbook\n<help@x.org> wrote:\n> Hello Ulla,\n> we look.\n",
        },
    ],
}
USERS = [
    {"id": 40001, "name": "Ulla Quigley", "email": "Ulla.Quigley@Example.net", "role": "end-user"},
    {"id": 9001, "name": "Sam Agent", "email": "sam@x.org", "role": "agent"},
    {"id": 9003, "name": "Helpdesk Bot", "email": "", "role": "admin"},
]
EXPECTED = [
    ("participant", None, "Saturday. Two brides, one chair"),
    ("participant", None, "It happened again."),
    ("participant", "signature", "Sent from my phone"),
    ("bot", None, "This is an automatic reply. Please wait."),
    ("agent", None, "Hello Ulla,\n\nwe look."),
    ("participant", None, "Thank you."),
    (
        "participant",
        "quoted mail",
        "On Tue, 6 Jan 2026 at 09:40, Larkbook\n<help@x.org> wrote:\n> Hello Ulla,\n> we look.",
    ),
]


def apart(ticket: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    comments = [{**comment, "ticket_id": ticket["id"]} for comment in ticket["comments"]]
    return {key: value for key, value in ticket.items() if key != "comments"}, comments


@pytest.mark.parametrize("layout", ["envelope", "list", "one", "lines", "comments apart", "comment lines"])
def test_zendesk_layouts(tmp_path: Path, layout: str) -> None:
    bare, comments = apart(TICKET)
    content = {
        "envelope": json.dumps({"tickets": [TICKET], "users": USERS, "end_of_stream": True}, indent=1),
        "list": json.dumps([TICKET]),
        "one": json.dumps(TICKET, indent=2),
        "lines": json.dumps(TICKET) + "\n",
        "comments apart": json.dumps({"tickets": [bare], "comments": comments, "users": USERS}),
        "comment lines": "\n".join(json.dumps(one) for one in [bare, *comments]),
    }[layout]
    (talk,), skipped = read(put(tmp_path, "t.json", content))
    document = talk.document
    assert skipped == []
    turns = [(u.role, u.cut, document.text[u.start : u.end]) for u in talk.utterances]
    assert turns == EXPECTED
    assert (document.kind, document.locator, document.channel) == ("ticket", "ticket 70001", "email")
    assert document.attributes["tags"] == "calendar, double_booking"
    if "users" in content:
        assert document.person_id == "mail:ulla.quigley@example.net"
        assert document.attributes["identity.name"] == "Ulla Quigley"
    else:
        assert document.person_id == "id:zendesk:40001"
    evidence = {u.person_id for u in talk.utterances if u.role in EVIDENCE_ROLES}
    assert evidence == {document.person_id}


def test_a_truncated_export_gives_its_whole_tickets_and_quarantines_the_rest(tmp_path: Path) -> None:
    tickets = [{**TICKET, "id": n, "comments": []} for n in range(1, 4)]
    content = json.dumps({"tickets": tickets, "users": USERS})
    cut = content[: content.index('"id": 3') + 60]
    talks, skipped = read(put(tmp_path, "t.json", cut))
    assert [t.document.locator for t in talks] == ["ticket 1", "ticket 2"]
    assert [one.quarantined for one in skipped] == [True]


def test_via_rule_is_a_bot_and_an_agents_ticket_is_not_the_customers_words(tmp_path: Path) -> None:
    ticket = {
        "id": 1, "subject": "Hi", "requester_id": 5, "submitter_id": 9, "description": "Staff wrote this.",
        "comments": [{"author_id": 5, "body": "I wrote this."},
                     {"author_id": 7, "via": {"channel": "rule"}, "body": "Closed."}],
    }  # fmt: skip
    (talk,), _ = read(put(tmp_path, "t.json", json.dumps([ticket])))
    assert [role for _, role, _ in said(talk)] == ["participant", "agent", "participant", "bot"]


def test_zendesk_view_as_csv(tmp_path: Path) -> None:
    text = (
        "Id,Subject,Description,Requester,Requester email,Tags [list],Status,Created at\n"
        '17,Export,"The export is broken again.\n\n-- \nUlla\nHarbour Row",Ulla Quigley,ulla@x.org,a b,'
        "open,2026-01-05 10:11\n"
    )
    source = put(tmp_path, "view.csv", text)
    (talk,), _ = read(source)
    assert "zendesk_csv.v1" in explain(source, options())
    document = talk.document
    assert (document.kind, document.person_id) == ("ticket", "mail:ulla@x.org")
    assert [(u.cut, document.text[u.start : u.end]) for u in talk.utterances] == [
        (None, "The export is broken again."),
        ("signature", "-- \nUlla\nHarbour Row"),
    ]


def test_intercom(tmp_path: Path) -> None:
    conversation = {
        "type": "conversation",
        "id": "55",
        "created_at": 1767622961,
        "source": {
            "type": "email",
            "subject": "<p>Login code</p>",
            "body": "<p>The code never came &amp; I waited.</p><blockquote>old text</blockquote>",
            "author": {"type": "user", "id": "u1", "name": "Zeno Hart", "email": "zeno@x.org"},
        },
        "conversation_parts": {
            "conversation_parts": [
                {"part_type": "comment", "body": "<p>We are on it.</p>", "created_at": 1767623000,
                 "author": {"type": "admin", "id": "9", "name": "Sam"}},
                {"part_type": "comment", "body": "<p>Rate us!</p>", "author": {"type": "bot", "name": "Operator"}},
                {"part_type": "close", "body": None, "author": {"type": "admin", "id": "9"}},
                {"part_type": "comment", "body": "<p>Still no<br>code.</p>", "author": {"type": "user", "id": "u1",
                 "name": "Zeno Hart", "email": "zeno@x.org"}},
            ]
        },
        "conversation_rating": {"rating": 2, "remark": "Too slow"},
    }  # fmt: skip
    for content in (json.dumps({"conversations": [conversation]}), json.dumps(conversation)):
        (talk,), skipped = read(put(tmp_path, "i.json", content))
        document = talk.document
        assert [(u.role, u.cut, document.text[u.start : u.end]) for u in talk.utterances] == [
            ("participant", None, "Login code"),
            ("participant", None, "The code never came & I waited."),
            ("participant", "quoted mail", "> old text"),
            ("agent", None, "We are on it."),
            ("bot", None, "Rate us!"),
            ("participant", None, "Still no\ncode."),
            ("participant", None, "Too slow"),
        ]
        assert (document.created_at, document.rating) == ("2026-01-05T14:22:41Z", 2.0)
        assert document.person_id == "mail:zeno@x.org"
        assert [(one.count, one.quarantined) for one in skipped] == [(1, False)]


REDDIT = [
    {"id": "a", "author": "rosa93", "created_utc": 1767559510, "subreddit": "b", "title": "Year end",
     "selftext": "Off by 12."},
    {"id": "b", "author": "zolt", "created_utc": "1767568703", "subreddit": "b", "link_id": "t3_a",
     "body": "> Off by 12.\n\nMine too, every year.\n\n> which year\n\nAll."},
    {"id": "c", "author": "x", "created_utc": 1, "subreddit": "b", "link_id": "t3_a", "body": "[deleted]"},
    {"id": "d", "author": "AutoModerator", "created_utc": 1, "subreddit": "b",
     "link_id": "t3_a", "body": "Be kind."},
    {"id": "e", "author": "rosa93", "created_utc": 1, "subreddit": "b", "title": "Year end", "selftext": "Off  by 12."},
    {"id": "f", "author": "[deleted]", "created_utc": 1, "subreddit": "b", "link_id": "t3_a", "body": "It works for me."},
    {"id": "g", "author": "rosa93", "created_utc": 1, "subreddit": "b", "title": "Deleted below", "selftext": "[removed]"},
]  # fmt: skip


def test_reddit(tmp_path: Path) -> None:
    talks, skipped = read(put(tmp_path, "r.jsonl", "\n".join(json.dumps(record) for record in REDDIT)))
    assert [t.document.text for t in talks] == [
        "Year end\nOff by 12.",
        "> Off by 12.\nMine too, every year.\n> which year\nAll.",
        "It works for me.",
        "Deleted below",
    ]
    assert [u.cut for u in talks[1].utterances] == ["quoted text", None, "quoted text", None]
    assert talks[0].document.person_id == "handle:rosa93"
    assert talks[2].document.person_id == f"anonymous:{talks[2].document.document_id}"
    assert talks[1].document.created_at == "2026-01-04T23:18:23Z"
    assert [one.reason for one in skipped] == [
        "deleted by its author or by moderators",
        "written by a bot",
        "repost of the same words by the same author (t3_a)",
    ]


def test_x_archive_is_one_person_without_reposts(tmp_path: Path) -> None:
    tweets = [
        {"tweet": {"id_str": "1", "full_text": "Late &amp; cold", "created_at": "Tue Feb 24 11:35:52 +0000 2015"}},
        {"tweet": {"id_str": "2", "full_text": "RT @b: not mine"}},
        {"tweet": {"id_str": "3", "full_text": "Again late"}},
    ]
    talks, skipped = read(put(tmp_path, "tweets.js", "window.YTD.tweets.part0 = " + json.dumps(tweets, indent=2)))
    assert [t.document.text for t in talks] == ["Late & cold", "Again late"]
    assert talks[0].document.created_at == "2015-02-24T11:35:52Z"
    assert len({t.document.person_id for t in talks}) == 1
    assert [one.reason for one in skipped] == ["repost of somebody else's words"]


@pytest.mark.parametrize(
    ("text", "cuts"),
    [
        ("Hi\n\nFrom: Help <h@x.org>\nSent: Monday\nTo: me\n\nold words", [None, "quoted mail"]),
        ("Hi\n-----Original Message-----\nold words", [None, "quoted mail"]),
        ("Hi\n--\nUlla\n\nOn Monday Sam wrote:\n\nold words", [None, "signature", "quoted mail"]),
        ("From: where I sit it looks bad.\nSo fix it.", [None]),
        ("> old\nanswer one\n> older\nanswer two", ["quoted mail", None, "quoted mail", None]),
        ("Hi\n\nThis e-mail is confidential and\nmeant for you.\n\nBye", [None, "disclaimer", None]),
        ("On Friday I wrote to you. Nobody answered.", [None]),
        ("Get Outlook for iOS", ["signature"]),
    ],
)
def test_what_is_cut_from_a_mail(text: str, cuts: list[str | None]) -> None:
    from voc_engine.ingest.mail import split_mail

    parts = split_mail(text)
    assert [cut for _, cut in parts] == cuts
    assert " ".join(part for part, _ in parts).split() == text.split()


def test_a_description_without_the_first_comments_signature_is_its_copy(tmp_path: Path) -> None:
    """Regression: what the customer wrote stood twice in the ticket."""
    opening = "The export to my accountant fails again and again."
    ticket = {
        "id": 1, "subject": "Export", "requester_id": 5, "description": opening,
        "comments": [{"author_id": 5, "body": f"{opening}\n\nKind regards\nUlla"}],
    }  # fmt: skip
    (talk,), _ = read(put(tmp_path, "t.json", json.dumps([ticket])))
    assert talk.document.text.count(opening) == 1
    ticket["description"] = f"{opening} Please help me."
    (talk,), _ = read(put(tmp_path, "t.json", json.dumps([ticket])))
    assert "Please help me." in talk.document.text, "a description with more words is no copy"
