"""Comments on YouTube: the Data API's comment threads with replies, yt-dlp's info.json, and Google Takeout's CSV."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.contract import Conversation
from voc_engine.ingest.decoding import head_text, whole_text
from voc_engine.ingest.identity import make_identity
from voc_engine.ingest.jsonscan import Item, arr, array_under, first_record, json_lines, looks_like_lines, obj, words
from voc_engine.ingest.jsonstream import pages_opened, stream_items
from voc_engine.ingest.markup import html_to_text
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.delimited import Delimited
from voc_engine.ingest.tables.records import bad_item
from voc_engine.ingest.tables.row_documents import TableReading
from voc_engine.ingest.tables.table import Row, Table
from voc_engine.ingest.threads.posts import Post, conversation, plain_parts
from voc_engine.ingest.threads.thread import moment
from voc_engine.records import Skipped

_CHANNEL = "YouTube"
_API = re.compile(r'"youtube#comment(?:Thread)?(?:ListResponse)?"|"topLevelComment"\s*:')
_TAKEOUT = re.compile(
    r"^\ufeff?(?:Comment|Live Chat) ID,Channel ID,(?:Comment|Live Chat) create timestamp,", re.IGNORECASE
)


class YouTube:
    """Each comment and each reply is a document of its commenter; what the video's own channel writes is no evidence."""

    name = "youtube.v1"
    kind = "post"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if text.lstrip()[:1] not in ("{", "["):
            return 0.0
        return 0.97 if _API.search(text) else 0.96 if _is_info(text) else 0.0

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        head = head_text(source.head(1 << 16))
        if _is_info(head) and not _API.search(head):
            yield from _info_comments(source, options)
            return
        lines = looks_like_lines(head)
        items = (
            pages_opened(json_lines(source, options), ["items"])
            if lines
            else stream_items(source, options, ["items"], "thread")
        )
        for item in items:
            if item.fault or not isinstance(item.value, dict):
                yield bad_item(source, item)
            elif not item.key and "items" in item.value and "snippet" not in item.value:
                continue
            else:
                for comment in _of_thread(item):
                    yield conversation(source, options, comment)

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        return [
            "layout: YouTube comments (Data API threads, or yt-dlp's info.json with comments)",
            "used: id, author and channel id of the commenter, text, time, likes; replies are comments of their own",
            "no evidence: what the video's own channel writes",
        ]


def _is_info(text: str) -> bool:
    """Whether the head is that of a video's metadata as yt-dlp writes it; its comments may stand far behind."""
    keys = sum(
        f'"{key}":' in text
        for key in ("formats", "thumbnails", "channel_id", "webpage_url", "extractor", "uploader_id")
    )
    return text.lstrip()[:1] == "{" and '"id":' in text and '"title":' in text and keys > 1


def _of_thread(item: Item) -> Iterator[Post]:
    record: dict[str, Any] = item.value
    snippet = obj(record.get("snippet"))
    top = obj(snippet.get("topLevelComment"))
    replies = [obj(one) for one in arr(obj(record.get("replies")).get("comments"))]
    for comment in [top or record, *replies]:
        yield _api_comment(comment, item.locator, words(obj((top or record).get("snippet")).get("channelId")))


def _api_comment(comment: dict[str, Any], locator: str, owner: str) -> Post:
    snippet = obj(comment.get("snippet"))
    native = words(comment.get("id")) or locator
    author = words(obj(snippet.get("authorChannelId")).get("value"))
    # textDisplay is HTML, textOriginal is what was typed; the API gives the latter to authorised authors only.
    text = words(snippet.get("textOriginal")) or html_to_text(words(snippet.get("textDisplay")))
    name = words(snippet.get("authorDisplayName"))
    return Post(
        native,
        f"comment {native}",
        make_identity(name=name, id=author, scope="youtube"),
        plain_parts(text),
        role="agent" if author and author == owner else "participant",
        created_at=moment(snippet.get("publishedAt")),
        channel=_CHANNEL,
        url=_link(words(snippet.get("videoId")), native),
        record=comment,
    )


def _link(video: str, comment: str) -> str | None:
    return f"https://www.youtube.com/watch?v={video}&lc={comment}" if video else None


def _info_comments(source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
    text = whole_text(source, options)
    items = array_under(text, "comments", "comment")
    if items is None:
        raise SourceError(
            f"{source.name} describes a video and holds no comments.",
            found="no list of comments",
            do="download it again with yt-dlp --write-comments",
        )
    video = words(first_record(text).get("id")) or _first_id(text)
    for item in items:
        if not isinstance(item.value, dict):
            yield bad_item(source, item)
        else:
            yield conversation(source, options, _info_comment(item, video))


def _first_id(text: str) -> str:
    match = re.search(r'"id"\s*:\s*"([\w-]{6,20})"', text)
    return match[1] if match else ""


def _info_comment(item: Item, video: str) -> Post:
    record: dict[str, Any] = item.value
    native = words(record.get("id")) or item.locator
    who = make_identity(name=words(record.get("author")), id=words(record.get("author_id")), scope="youtube")
    return Post(
        native,
        f"comment {native}",
        who,
        plain_parts(words(record.get("text"))),
        role="agent" if record.get("author_is_uploader") is True else "participant",
        created_at=moment(record.get("timestamp")),
        channel=_CHANNEL,
        url=_link(video, native),
        record=record,
    )


class YouTubeTakeout(Delimited):
    """Google Takeout's comments.csv and live chats: one account's comments; texts are lists of segments in JSON."""

    name = "youtube_takeout.v1"
    kind = "post"
    fixed_kind = "post"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        return 0.97 if _TAKEOUT.match(head_text(head)) else 0.0

    def tables(self, source: SourceFile, options: SourceConfig) -> Iterator[Table]:
        for table in super().tables(source, options):
            # The channel is that of the commenter, not a place.
            names = {name: "Author ID" if name == "Channel ID" else name for name in table.columns}
            rows = (row if isinstance(row, Skipped) else _row(row, names) for row in table.rows)
            sample = [_row(row, names) for row in table.sample]
            yield replace(table, columns=list(names.values()), rows=rows, sample=sample)

    def reading(self, source: SourceFile, options: SourceConfig, table: Table) -> tuple[TableReading, str]:
        return super().reading(source, options.model_copy(update={"channel": options.channel or _CHANNEL}), table)


def _row(row: Row, names: dict[str, str]) -> Row:
    cells = {names[name]: cell for name, cell in row.cells.items()}
    for name, cell in cells.items():
        if name.casefold() in ("comment text", "live chat text"):
            cells[name] = segments_text(cell)
    return Row(row.locator, cells)


def segments_text(cell: str) -> str:
    """The words of {"takeoutSegments": [{"text": ...}]}, {"text": ...} and {"text": ...},{"text": ...}; else the cell."""
    if not cell.lstrip().startswith("{"):
        return cell
    try:
        values = json.loads(f"[{cell}]")
    except ValueError:
        return cell
    segments = [one for value in values for one in (arr(obj(value).get("takeoutSegments")) or [value])]
    return "".join(words(obj(one).get("text")) for one in segments) or cell
