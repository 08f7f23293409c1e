"""Reviews of stores and review sites in their documented layouts."""

# ruff: noqa: E501
# Records stand as the stores write them.

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .reading import put, read, said

PLAY = (
    "Package Name,App Version Code,App Version Name,Reviewer Language,Device,Review Submit Date and Time,Review Submit Millis Since Epoch,"
    "Review Last Update Date and Time,Review Last Update Millis Since Epoch,Star Rating,Review Title,Review Text,Developer Reply Date and Time,"
    "Developer Reply Millis Since Epoch,Developer Reply Text,Review Link\n"
    "com.x,210,2.1,en,akita,2026-01-02T03:04:05Z,1767323045000,2026-01-02T03:04:05Z,1767323045000,2,,It crashes when I pay,2026-01-03T00:00:00Z,1767398400000,Sorry about that!,https://play/1\n"
    "com.x,210,2.1,de,akita,2026-01-02T03:04:05Z,1767323045000,2026-01-02T03:04:05Z,1767323045000,5,,,,,,https://play/2\n"
)


def test_google_play_replies_are_no_evidence_and_rows_without_text_are_counted(tmp_path: Path) -> None:
    (talk,), (aside,) = read(put(tmp_path, "reviews_com.x_202601.csv", PLAY.encode("utf-16")))
    assert said(talk) == [(None, "participant", "It crashes when I pay"), (None, "agent", "Sorry about that!")]
    assert talk.utterances[0].person_id != talk.utterances[1].person_id
    document = talk.document
    assert (document.kind, document.rating, document.created_at) == ("review", 2.0, "2026-01-02T03:04:05Z")
    assert (document.attributes["App Version Name"], document.language) == ("2.1", "en")
    assert (aside.reason, aside.quarantined) == ("no text in the row", False)


def review(number: int, body: str, reply: str | None = None) -> dict[str, Any]:
    attributes = {"rating": number, "title": f"Title {number}", "body": body, "reviewerNickname": f"nick{number}",
                  "createdDate": "2026-05-01T10:00:00-07:00", "territory": "GBR"}  # fmt: skip
    links: dict[str, Any] = {"response": {"links": {"self": "https://api.example/x"}}}
    if reply:
        links["response"]["data"] = {"type": "customerReviewResponses", "id": reply}
    return {"type": "customerReviews", "id": f"0000{number}", "attributes": attributes, "relationships": links}


def test_app_store_connect(tmp_path: Path) -> None:
    response = {
        "type": "customerReviewResponses",
        "id": "9",
        "attributes": {"responseBody": "We mend it.", "state": "PUBLISHED"},
    }
    content = {
        "data": [review(1, "It crashes"), review(4, "I like it", "9")],
        "included": [response],
        "links": {},
        "meta": {},
    }
    talks, skipped = read(put(tmp_path, "customerReviews.json", json.dumps(content)))
    assert [said(t) for t in talks] == [
        [(None, "participant", "Title 1"), (None, "participant", "It crashes")],
        [(None, "participant", "Title 4"), (None, "participant", "I like it"), (None, "agent", "We mend it.")],
    ]
    document = talks[0].document
    assert (document.person_id, document.rating, document.created_at) == ("handle:nick1", 1.0, "2026-05-01T17:00:00Z")
    assert (document.channel, document.attributes["territory"]) == ("App Store", "GBR")
    assert skipped == []


def entry(number: int, **more: Any) -> dict[str, Any]:
    return {
        "author": {"uri": {"label": "https://itunes.apple.com/gb/reviews/id1"}, "name": {"label": f"nick{number}"}, "label": ""},
        "updated": {"label": "2026-05-01T10:00:00-07:00"}, "im:rating": {"label": str(number)}, "im:version": {"label": "4.2"},
        "id": {"label": f"77{number}"}, "title": {"label": "Crash"}, "content": {"label": "It crashes & burns", "attributes": {"type": "text"}},
        "im:voteSum": {"label": "0"}, **more,
    }  # fmt: skip


@pytest.mark.parametrize("entries", ["several", "one"])
def test_app_store_feed(tmp_path: Path, entries: str) -> None:
    app = {
        "im:name": {"label": "The App"},
        "title": {"label": "The App - Maker"},
        "id": {"label": "https://itunes.apple.com/app"},
    }
    content = {
        "feed": {
            "author": {"name": {"label": "iTunes Store"}},
            "entry": [app, entry(2)] if entries == "several" else entry(2),
            "title": {"label": "iTunes Store: Customer Reviews"},
        }
    }
    (talk,), skipped = read(put(tmp_path, "feed.json", json.dumps(content)))
    document = talk.document
    assert (document.text, document.rating, document.created_at) == (
        "Crash\nIt crashes & burns",
        2.0,
        "2026-05-01T17:00:00Z",
    )
    assert (document.title, document.person_id, document.attributes["app version"]) == ("Crash", "handle:nick2", "4.2")
    assert [one.reason for one in skipped] == (["the entry that describes the app"] if entries == "several" else [])


STEAM = {
    "success": 1, "query_summary": {"num_reviews": 2, "review_score": 8}, "cursor": "AoJ",
    "reviews": [
        {"recommendationid": "85184605", "author": {"steamid": "76561199", "num_games_owned": 6, "num_reviews": 2, "playtime_forever": 1909},
         "language": "english", "review": "It stutters in every town", "timestamp_created": 1767323045, "timestamp_updated": 1767323045,
         "voted_up": False, "votes_up": 3, "votes_funny": 0, "weighted_vote_score": "0.5", "comment_count": 0, "steam_purchase": True,
         "developer_response": "A patch is coming"},
        {"recommendationid": "85184606", "author": {"steamid": "76561200"}, "language": "german", "review": "Sehr schöne Welt",
         "timestamp_created": 1767323045, "voted_up": True, "votes_up": 1},
    ],
}  # fmt: skip


def test_steam(tmp_path: Path) -> None:
    talks, skipped = read(put(tmp_path, "appreviews.json", json.dumps(STEAM)))
    assert [said(t) for t in talks] == [
        [(None, "participant", "It stutters in every town"), (None, "agent", "A patch is coming")],
        [(None, "participant", "Sehr schöne Welt")],
    ]
    document = talks[0].document
    assert (document.kind, document.rating, document.created_at) == ("review", None, "2026-01-02T03:04:05Z")
    assert (document.language, document.attributes["voted_up"]) == ("en", "false")
    assert document.person_id == "id:appreviews:76561199"
    assert skipped == []


def test_g2_and_capterra_ask_several_questions(tmp_path: Path) -> None:
    g2 = (
        "Date,Reviewer,Company Size,Industry,Role,Rating,What do you like best about X?,What do you dislike about X?,What problems is X solving and how is that benefiting you?\n"
        "2026-01-02,Jo Park,Mid-Market (51-1000 emp.),Retail,User,4.5,The calendar is quick,It is slow on Fridays,Planning shifts\n"
        "2026-01-03,Li Wu,Mid-Market (51-1000 emp.),Health,Admin,5,All of it is good,Nothing,We see who is late\n"
    )
    talks, skipped = read(put(tmp_path, "g2.csv", g2))
    assert [(t.document.kind, t.document.context.split()[2] if t.document.context else None) for t in talks] == [
        ("review", "you"), ("review", "you"), ("review", "is"), ("review", "you"), ("review", "is"),
    ]  # fmt: skip
    assert {"Company Size", "Industry", "Role"} <= talks[0].document.attributes.keys()
    assert [one.reason for one in skipped] == ["an answer that says nothing (n/a)"]
    capterra = "Reviewer,Overall Rating,Overall,Pros,Cons\nJo Park,4,We like it on the whole,quick to learn,price\nLi Wu,2,No fun at all,none,everything is slow\n"
    talks, _ = read(put(tmp_path, "capterra.csv", capterra))
    assert [(t.document.context, t.document.text) for t in talks] == [
        ("Overall", "We like it on the whole"), ("Pros", "quick to learn"), ("Cons", "price"),
        ("Overall", "No fun at all"), ("Cons", "everything is slow"),
    ]  # fmt: skip
    assert [t.document.rating for t in talks] == [4.0, 4.0, 4.0, 2.0, 2.0]


def test_a_reply_column_alone_is_no_reply(tmp_path: Path) -> None:
    """A column called "Answer" beside nothing else is what people wrote."""
    talks, _ = read(put(tmp_path, "t.csv", "id,reply\n1,I was never called back\n2,nobody came to the door\n"))
    assert [said(t)[0][1:] for t in talks] == [
        ("participant", "I was never called back"),
        ("participant", "nobody came to the door"),
    ]


def test_columns_can_be_mapped(tmp_path: Path) -> None:
    content = "a,b,c,d,e\nx1,It is fine for us,Thank you Ann!,ann,4\nx2,It is not for us,,bo,2\n"
    columns = {"id": "a", "text": "b", "reply": "c", "handle": "d", "rating": "e"}
    talks, _ = read(put(tmp_path, "t.csv", content), columns=columns, kind="review")
    assert said(talks[0]) == [(None, "participant", "It is fine for us"), (None, "agent", "Thank you Ann!")]
    assert [(t.document.person_id, t.document.rating) for t in talks] == [("handle:ann", 4.0), ("handle:bo", 2.0)]
