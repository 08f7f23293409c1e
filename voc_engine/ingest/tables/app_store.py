"""Reviews of Apple's App Store: App Store Connect's API (``data[].attributes``) and the public RSS feed as JSON."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.decoding import head_text, is_broken, unify, whole_text
from voc_engine.ingest.jsonscan import Item, arr, array_items, array_under, obj, words
from voc_engine.ingest.jsonstream import walk
from voc_engine.ingest.jsonwindow import Window
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.records import bad_item
from voc_engine.ingest.tables.table import Row, Table, with_sample
from voc_engine.ingest.tables.table_reader import TableReader
from voc_engine.records import Skipped

_COLUMNS = ["id", "date", "nickname", "rating", "title", "body", "reply", "territory", "app version", "channel", "url"]
_BESIDE = "included"
_CONNECT = re.compile(r'"type"\s*:\s*"customerReviews"|"reviewerNickname"\s*:')
_FEED = re.compile(r'"im:rating"\s*:|itunes\.apple\.com[^"]*customerreviews', re.IGNORECASE)


class AppStore(TableReader):
    """The developer's response is context; the entry that describes the app in older feeds is set aside."""

    name = "app_store.v1"
    kind = "review"
    fixed_kind = "review"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if text.lstrip()[:1] not in ("{", "["):
            return 0.0
        connect = _CONNECT.search(text) and '"attributes"' in text
        return 0.96 if connect or (_FEED.search(text) and '"feed"' in text) else 0.0

    def tables(self, source: SourceFile, options: SourceConfig) -> Iterator[Table]:
        text = whole_text(source, options)
        feed = _FEED.search(text) is not None and '"feed"' in text
        rows = _feed_rows(source, text) if feed else _connect_rows(source, text)
        layout = "RSS feed of customer reviews" if feed else "App Store Connect, customerReviews"
        yield with_sample(source.content_name, _COLUMNS, rows, [f"layout: {layout}"])


def _connect_rows(source: SourceFile, text: str) -> Iterator[Row | Skipped]:
    replies = _replies(text)
    for item in _connect_items(text):
        record = obj(item.value)
        if item.key == _BESIDE and not item.fault:
            continue
        attributes = obj(record.get("attributes"))
        # A record without the field for words may have them under a damaged name.
        if not isinstance(attributes.get("body"), str):
            yield bad_item(source, item)
            continue
        response = obj(obj(obj(record.get("relationships")).get("response")).get("data"))
        yield _row(
            source,
            item,
            {
                "id": record.get("id"),
                "date": attributes.get("createdDate"),
                "nickname": attributes.get("reviewerNickname"),
                "rating": attributes.get("rating"),
                "title": attributes.get("title"),
                "body": attributes.get("body"),
                "reply": replies.get(words(response.get("id"))),
                "territory": attributes.get("territory"),
            },
        )


def _connect_items(text: str) -> Iterator[Item]:
    """The reviews, and what is included with them; also where the line that names the list is lost."""
    return walk(Window(io.StringIO(text)), ("data", _BESIDE), "item")


def _replies(text: str) -> dict[str, str]:
    """Developers' responses by id, from what the API calls "included"."""
    replies = {}
    for item in _connect_items(text):
        record = obj(item.value)
        if record.get("type") == "customerReviewResponses":
            replies[words(record.get("id"))] = words(obj(record.get("attributes")).get("responseBody"))
    return replies


def _feed_rows(source: SourceFile, text: str) -> Iterator[Row | Skipped]:
    single = re.search(r'"entry"\s*:\s*(?=\{)', text)
    items = array_items(f"[{text[single.end() :]}", 0) if single else array_under(text, "entry")
    for item in items or ():
        entry = obj(item.value)
        if single and not entry:
            return
        if entry and not _label(entry, "im:rating"):
            yield set_aside(source, item.locator, "the entry that describes the app", _label(entry, "title"))
            continue
        if not entry:
            yield bad_item(source, item)
            continue
        yield _row(
            source,
            item,
            {
                "id": _label(entry, "id"),
                "date": _label(entry, "updated"),
                "nickname": _label(obj(entry.get("author")), "name"),
                "rating": _label(entry, "im:rating"),
                "title": _label(entry, "title"),
                "body": _label(entry, "content"),
                "app version": _label(entry, "im:version"),
            },
        )
        if single:
            return


def _label(record: dict[str, Any], key: str) -> str:
    """Apple's feed writes each value as {"label": value}; content may stand twice, as text and as HTML."""
    value = record.get(key)
    if isinstance(value, list):
        plain = [obj(one) for one in arr(value) if obj(obj(one).get("attributes")).get("type") != "html"]
        value = plain[0] if plain else None
    return words(obj(value).get("label"))


def _row(source: SourceFile, item: Item, values: dict[str, object]) -> Row | Skipped:
    cells = {name: unify(words(values.get(name))) for name in _COLUMNS} | {"channel": "App Store"}
    if any(is_broken(cell) for cell in cells.values()):
        return bad_item(source, Item(None, item.locator, str(item.value), "half a surrogate pair or undecodable bytes"))
    return Row(item.locator, cells)
