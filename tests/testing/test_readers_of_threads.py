"""Every built-in reader of tickets, mail and posts, held to the kit with a small sound file of its format."""

from __future__ import annotations

import json
from pathlib import Path

from ingest.desk_files import DESK_FORMATS
from ingest.post_files import POST_FORMATS

from voc_engine.registry import component
from voc_engine.testing import ReaderKit

from .sample_lines import ALL, LINES, NAMES, put, table


class TestZendesk(ReaderKit):
    reader, said = component("reader", "zendesk.v1"), ALL
    textual = False  # a comment that is cut out of its ticket is quarantined with the ticket's raw text

    def sample(self, folder: Path) -> Path:
        comments = [{"author_id": 1 + n % 2, "body": text} for n, text in enumerate(LINES)]
        ticket = {"id": 1, "subject": "", "requester_id": 1, "description": LINES[0], "comments": comments}
        return put(folder, "a.json", json.dumps({"tickets": [ticket], "users": []}))


class TestZendeskView(ReaderKit):
    reader, said = component("reader", "zendesk_csv.v1"), ALL

    def sample(self, folder: Path) -> Path:
        rows = [[str(n), "", text, NAMES[n % 2], "vip"] for n, text in enumerate(LINES)]
        return put(folder, "a.csv", table(["Id", "Subject", "Description", "Requester", "Tags [list]"], rows))


class TestIntercom(ReaderKit):
    reader, said = component("reader", "intercom.v1"), ALL
    textual = False

    def sample(self, folder: Path) -> Path:
        parts = [
            {"part_type": "comment", "body": f"<p>{text}</p>", "author": {"type": "user", "id": "7"}} for text in LINES
        ]
        record = {"id": "1", "source": {}, "conversation_parts": {"conversation_parts": parts}}
        return put(folder, "a.json", json.dumps([record]))


class TestReddit(ReaderKit):
    reader, said = component("reader", "reddit.v1"), ALL

    def sample(self, folder: Path) -> Path:
        shared = {"subreddit": "s", "created_utc": 1767225600, "link_id": "t3_x"}
        rows = [{**shared, "id": f"c{n}", "author": f"writer{n}", "body": text} for n, text in enumerate(LINES)]
        return put(folder, "a.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n")


class TestXArchive(ReaderKit):
    reader, said = component("reader", "x_archive.v1"), ALL
    textual = False

    def sample(self, folder: Path) -> Path:
        posts = [{"tweet": {"id_str": str(n), "full_text": text}} for n, text in enumerate(LINES)]
        return put(folder, "tweets.js", "window.YTD.tweets.part0 = " + json.dumps(posts, indent=1))


class DeskKit(ReaderKit):
    """Help desks and mail: the files are written by tests/ingest/desk_files.py."""

    __test__ = False
    said = ALL

    def __init_subclass__(cls) -> None:
        cls.__test__ = True

    def sample(self, folder: Path) -> Path:
        name, write = DESK_FORMATS[self.reader.name]
        return put(folder, name, write(list(LINES)))


class TestFreshdesk(DeskKit):
    reader = component("reader", "freshdesk.v1")
    textual = False


class TestFreshdeskTable(DeskKit):
    reader = component("reader", "freshdesk_csv.v1")


class TestHubSpot(DeskKit):
    reader = component("reader", "hubspot.v1")


class TestHubSpotTable(DeskKit):
    reader = component("reader", "hubspot_csv.v1")


class TestHubSpotThreads(DeskKit):
    reader = component("reader", "hubspot_threads.v1")
    textual = False


class TestSalesforce(DeskKit):
    reader = component("reader", "salesforce.v1")
    textual = False


class TestSalesforceTable(DeskKit):
    reader = component("reader", "salesforce_csv.v1")


class TestJira(DeskKit):
    reader = component("reader", "jira.v1")
    textual = False


class TestJiraTable(DeskKit):
    reader = component("reader", "jira_csv.v1")


class TestEml(DeskKit):
    reader = component("reader", "eml.v1")


class TestMbox(DeskKit):
    reader = component("reader", "mbox.v1")


class PostKit(ReaderKit):
    """Reviews, posts and sheets: the files are written by tests/ingest/post_files.py."""

    __test__ = False
    said = ALL

    def __init_subclass__(cls) -> None:
        cls.__test__ = True

    def sample(self, folder: Path) -> Path:
        name, write = POST_FORMATS[self.reader.name]
        return put(folder, name, write(list(LINES)))


class TestAppStore(PostKit):
    reader = component("reader", "app_store.v1")


class TestDiscourse(PostKit):
    reader = component("reader", "discourse.v1")


class TestMastodon(PostKit):
    reader = component("reader", "mastodon.v1")


class TestOpenSheet(PostKit):
    reader = component("reader", "ods.v1")
    textual = False


class TestYouTube(PostKit):
    reader = component("reader", "youtube.v1")


class TestYouTubeTakeout(PostKit):
    reader = component("reader", "youtube_takeout.v1")
