"""Posts of platforms, in the layouts that their documentation gives."""

# ruff: noqa: E501
# Records of the platforms stand as they write them.

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from voc_engine.errors import SourceError

from .reading import put, read, said

# developers.google.com/youtube/v3/docs/commentThreads
OWNER = {"value": "UCowner"}


def comment(number: int, author: str, text: str, **more: Any) -> dict[str, Any]:
    snippet = {
        "channelId": "UCowner",
        "videoId": "dQw4w9WgXcQ",
        "textDisplay": text.replace("'", "&#39;"),
        "authorDisplayName": f"@{author}",
        "authorChannelId": {"value": f"UC{author}"},
        "likeCount": number,
        "publishedAt": f"2026-01-0{number}T10:00:00Z",
        "updatedAt": f"2026-01-0{number}T10:00:00Z",
        **more,
    }
    return {"kind": "youtube#comment", "id": f"Ug{number}", "snippet": snippet}


def thread(top: dict[str, Any], *replies: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": "youtube#commentThread",
        "id": top["id"],
        "snippet": {
            "channelId": "UCowner",
            "videoId": "dQw4w9WgXcQ",
            "topLevelComment": top,
            "totalReplyCount": len(replies),
        },
    }
    return {**found, "replies": {"comments": list(replies)}} if replies else found


THREADS = [
    thread(
        comment(1, "ann", "It doesn't import<br>my file"),
        comment(2, "owner", "We will look at it"),
        comment(3, "bo", "same here"),
    ),
    thread(comment(4, "cy", "lovely <b>video</b>", textOriginal="lovely *video*")),
]


@pytest.mark.parametrize("layout", ["one page", "pages", "lines"])
def test_youtube_threads_of_the_data_api(tmp_path: Path, layout: str) -> None:
    page = {"kind": "youtube#commentThreadListResponse", "pageInfo": {"totalResults": 2}, "items": THREADS}
    content = {
        "one page": json.dumps(page, indent=1),
        "pages": json.dumps([{**page, "items": [one]} for one in THREADS]),
        "lines": "\n".join(json.dumps(one) for one in THREADS),
    }[layout]
    talks, skipped = read(put(tmp_path, "comments.json", content))
    assert [said(talk) for talk in talks] == [
        [("ann", "participant", "It doesn't import\nmy file")],
        [("owner", "agent", "We will look at it")],
        [("bo", "participant", "same here")],
        [("cy", "participant", "lovely *video*")],
    ]
    first = talks[0].document
    assert (first.person_id, first.created_at, first.channel) == ("id:youtube:UCann", "2026-01-01T10:00:00Z", "YouTube")
    assert first.url == "https://www.youtube.com/watch?v=dQw4w9WgXcQ&lc=Ug1"
    assert skipped == []


INFO: dict[str, Any] = {
    "id": "dQw4w9WgXcQ",
    "title": "A video",
    "formats": [{"format_id": "sb3", "url": "https://i.example/x"}],
    "thumbnails": [],
    "channel_id": "UCowner",
    "uploader_id": "@owner",
    "webpage_url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
}


def test_youtube_comments_of_yt_dlp(tmp_path: Path) -> None:
    common = {"like_count": 0, "parent": "root", "author_is_verified": False}
    comments = [
        {"id": "Ug1", "text": "too loud", "timestamp": 1767261600, "author": "@ann", "author_id": "UCann", **common},
        {
            "id": "Ug1.9",
            "text": "Thanks!",
            "author": "@owner",
            "author_id": "UCowner",
            "author_is_uploader": True,
            **common,
        },
    ]
    talks, skipped = read(put(tmp_path, "A video [dQw4w9WgXcQ].info.json", json.dumps({**INFO, "comments": comments})))
    assert [said(talk) for talk in talks] == [[("ann", "participant", "too loud")], [("owner", "agent", "Thanks!")]]
    assert talks[0].document.created_at == "2026-01-01T10:00:00Z"
    assert skipped == []


def test_a_video_without_comments_says_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        read(put(tmp_path, "a.info.json", json.dumps(INFO)))
    assert "--write-comments" in error.value.do


def test_youtube_comments_of_takeout(tmp_path: Path) -> None:
    content = (
        "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment Text,Top-Level Comment ID\n"
        'C1,UCme,2023-09-19T17:42:53.434647+00:00,0,,,v1,"{""takeoutSegments"":[{""text"":""too ""},{""text"":""quiet, \\ud83d\\ude00""}]}",\n'
        'C2,UCme,2025-02-11T20:15:00Z,0,C1,,v1,"{""text"":""agreed""},{""text"":"" with that""}",C1\n'
    )
    talks, skipped = read(put(tmp_path, "comments.csv", content))
    assert [talk.document.text for talk in talks] == ["too quiet, 😀", "agreed with that"]
    assert {talk.document.person_id for talk in talks} == {"id:youtube:UCme"}
    assert [talk.document.created_at for talk in talks] == ["2023-09-19T17:42:53Z", "2025-02-11T20:15:00Z"]
    assert {talk.document.channel for talk in talks} == {"YouTube"}
    assert skipped == []


# docs.joinmastodon.org/user/moving ("archive") and /entities/Status
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ME = "https://example.social/users/ann"


def note(number: int, content: str, **more: Any) -> dict[str, Any]:
    body = {
        "id": f"{ME}/statuses/{number}",
        "type": "Note",
        "summary": None,
        "published": f"2026-02-0{number}T08:00:00Z",
        "url": f"https://example.social/@ann/{number}",
        "attributedTo": ME,
        "to": [PUBLIC],
        "cc": [f"{ME}/followers"],
        "content": content,
        "contentMap": {"en": content},
        **more,
    }
    return {
        "id": f"{ME}/statuses/{number}/activity",
        "type": "Create",
        "actor": ME,
        "published": body["published"],
        "object": body,
    }


def test_mastodon_archive(tmp_path: Path) -> None:
    box = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": "outbox.json",
        "type": "OrderedCollection",
        "totalItems": 4,
        "orderedItems": [
            note(1, "<p>The train was late &amp; full.<br />Again.</p>"),
            note(2, "<p>I cried</p>", summary="mental health", sensitive=True),
            note(3, "<p>see you at six</p>", to=["https://other.social/users/bo"], cc=[]),
            {"id": "x", "type": "Announce", "actor": ME, "object": "https://other.social/users/cy/statuses/9"},
        ],
    }
    talks, skipped = read(put(tmp_path, "outbox.json", json.dumps(box)))
    assert [talk.document.text for talk in talks] == ["The train was late & full.\nAgain.", "mental health\nI cried"]
    first = talks[0].document
    assert (first.person_id, first.created_at) == ("handle:ann@example.social", "2026-02-01T08:00:00Z")
    assert (first.channel, first.language, first.url) == ("Mastodon", "en", "https://example.social/@ann/1")
    assert talks[1].document.title == "mental health"
    assert [one.reason for one in skipped] == ["private message", "repost of somebody else's words (boost)"]
    assert not any(one.quarantined for one in skipped)


def status(number: int, content: str, **more: Any) -> dict[str, Any]:
    account = {"id": "7", "username": "ann", "acct": "ann", "display_name": "Ann :verified:", "bot": False,
               "url": "https://example.social/@ann"}  # fmt: skip
    return {
        "id": str(number), "created_at": "2026-02-01T08:00:00.000Z", "in_reply_to_id": None, "spoiler_text": "", "visibility": "public",
        "language": "de", "uri": f"{ME}/statuses/{number}", "url": f"https://example.social/@ann/{number}", "favourites_count": 1,
        "content": content, "reblog": None, "account": account, **more,
    }  # fmt: skip


@pytest.mark.parametrize("layout", ["array", "lines", "search"])
def test_mastodon_statuses(tmp_path: Path, layout: str) -> None:
    robot = {
        "username": "news",
        "acct": "news@x.org",
        "display_name": "News",
        "bot": True,
        "url": "https://x.org/@news",
    }
    statuses = [
        status(1, "<p>Der Zug kam nicht</p>"),
        status(2, "", reblog=status(3, "<p>other words</p>")),
        status(4, "<p>breaking</p>", account=robot),
    ]
    content = {
        "array": json.dumps(statuses),
        "lines": "\n".join(json.dumps(one) for one in statuses),
        "search": json.dumps({"accounts": [], "statuses": statuses, "hashtags": []}),
    }[layout]
    (talk,), skipped = read(put(tmp_path, "statuses.json", content))
    document = talk.document
    assert (document.text, document.person_id) == ("Der Zug kam nicht", "handle:ann@example.social")
    assert (document.attributes["identity.name"], document.language) == ("Ann", "de")
    assert [one.reason for one in skipped] == ["repost of somebody else's words (boost)", "written by a bot"]


# docs.discourse.org: GET /t/{id}.json
def discourse(number: int, username: str, cooked: str, **more: Any) -> dict[str, Any]:
    return {
        "id": 900 + number, "name": username.title(), "username": username, "created_at": f"2026-03-0{number}T12:00:00.000Z",
        "cooked": cooked, "post_number": number, "post_type": 1, "topic_id": 71, "topic_slug": "import", "reply_to_post_number": None,
        "moderator": False, "admin": False, "staff": False, "user_deleted": False, "hidden": False,
        "link_counts": [{"url": "https://x.org", "title": "Another title"}], **more,
    }  # fmt: skip


QUOTE = (
    '<aside class="quote no-group" data-username="ann" data-post="1" data-topic="71"><div class="title">\n'
    '<div class="quote-controls"></div>ann:</div>\n<blockquote>\n<p>It fails with large files</p>\n</blockquote>\n</aside>\n'
    "<p>Mine works if I <strong>split</strong> it</p>"
)


def test_discourse_topic(tmp_path: Path) -> None:
    topic = {
        "post_stream": {
            "posts": [
                discourse(1, "ann", "<p>It fails with large files</p>"),
                discourse(2, "bo", QUOTE),
                discourse(3, "kim", "<p>We are on it</p>", staff=True, moderator=True),
                discourse(4, "cy", "<p>(post deleted by author)</p>", user_deleted=True),
                discourse(5, "system", "", post_type=3, action_code="closed.enabled"),
            ],
            "stream": [901, 902, 903, 904, 905, 906, 907],
        },
        "id": 71,
        "title": "Import of CSV",
        "fancy_title": "Import of CSV",
        "slug": "import",
    }
    talks, skipped = read(put(tmp_path, "71.json", json.dumps(topic)))
    assert [said(talk) for talk in talks] == [
        [("ann", "participant", "Import of CSV"), ("ann", "participant", "It fails with large files")],
        [
            ("bo", "participant", "ann:\n\n> It fails with large files"),
            ("bo", "participant", "Mine works if I split it"),
        ],
        [("kim", "agent", "We are on it")],
    ]
    assert [u.cut for u in talks[1].utterances] == ["quoted text", None]
    assert (talks[0].document.url, talks[0].document.channel) == ("/t/import/71/1", "forum")
    assert {(one.reason, one.count) for one in skipped} == {
        ("deleted by its author or by moderators", 1),
        ("note of the system or of moderators", 1),
        ("posts of the topic that the file does not hold (further pages)", 2),
    }


def test_forum_tables_cut_what_is_quoted(tmp_path: Path) -> None:
    content = (
        "post_id,topic_id,poster_id,post_time,post_username,post_subject,post_text\n"
        '1,9,31,1767261600,ann,Import,"It [b]fails[/b] with large files"\n'
        '2,9,32,1767265200,bo,Re: Import,"[quote=ann]It fails with large files[/quote]\nMine works, see [url=https://x.org]here[/url]"\n'
    )
    talks, skipped = read(put(tmp_path, "phpbb.csv", content))
    assert [[(u.cut, talk.document.text[u.start : u.end]) for u in talk.utterances] for talk in talks] == [
        [(None, "Import"), (None, "It fails with large files")],
        [("quoted text", "> It fails with large files"), (None, "Mine works, see here")],
    ]  # fmt: skip
    assert [talk.document.person_id for talk in talks] == ["id:phpbb:31", "id:phpbb:32"]
    assert skipped == []


REDDIT = {"subreddit": "example", "created_utc": 1767261600, "link_id": "t3_x", "permalink": "/r/example/comments/x"}


def test_reddit_sets_aside_what_nobody_wrote_for_it(tmp_path: Path) -> None:
    records = [
        {**REDDIT, "id": "1", "author": "ann", "title": "A picture", "selftext": "", "url": "https://i.example/x.png"},
        {**REDDIT, "id": "2", "author": "[deleted]", "body": "[removed]"},
        {**REDDIT, "id": "3", "author": "AutoModerator", "body": "Your post was removed"},
        {
            **REDDIT,
            "id": "4",
            "author": "bo",
            "title": "same words as ever here",
            "selftext": "",
            "crosspost_parent": "t3_y",
        },
        {**REDDIT, "id": "5", "author": "cy", "body": "I waited two weeks for it"},
        {**REDDIT, "id": "6", "author": "cy", "body": "I waited two weeks for it"},
        {**REDDIT, "id": "7", "author": "dee", "title": "Gone", "selftext": "[deleted]"},
    ]
    talks, skipped = read(put(tmp_path, "r.jsonl", "\n".join(json.dumps(one) for one in records)))
    assert [talk.document.text for talk in talks] == ["A picture", "I waited two weeks for it", "Gone"]
    assert sorted(one.reason for one in skipped) == [
        "deleted by its author or by moderators",
        "repost (crosspost) of another submission",
        "repost of the same words by the same author (t1_5)",
        "written by a bot",
    ]


def test_x_archive_counts_reposts_and_empty_posts(tmp_path: Path) -> None:
    tweets = [
        {
            "tweet": {
                "id_str": "1",
                "full_text": "it is late &amp; cold",
                "created_at": "Thu Jan 01 10:00:00 +0000 2026",
                "lang": "en",
            }
        },
        {"tweet": {"id_str": "2", "full_text": "RT @bo: hello", "created_at": "Thu Jan 01 10:00:00 +0000 2026"}},
        {"tweet": {"id_str": "3", "full_text": "", "created_at": "Thu Jan 01 10:00:00 +0000 2026"}},
    ]
    (talk,), skipped = read(put(tmp_path, "tweets.js", f"window.YTD.tweets.part0 = {json.dumps(tweets)}"))
    assert (talk.document.text, talk.document.created_at) == ("it is late & cold", "2026-01-01T10:00:00Z")
    assert [one.reason for one in skipped] == ["repost of somebody else's words", "no text in the record"]
