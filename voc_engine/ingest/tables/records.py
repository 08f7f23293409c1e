"""Tables as JSON: an array of objects, an object that holds one, or JSON lines (streamed)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.contract import Conversation, quarantine, set_aside
from voc_engine.ingest.decoding import encoding_of, head_text, is_broken, unify, whole_text
from voc_engine.ingest.jsonscan import Item, arr, decode, json_lines, looks_like_lines, obj, words
from voc_engine.ingest.jsonstream import stream_items
from voc_engine.ingest.ranges import line_ranges
from voc_engine.ingest.source import FileRange, SourceFile
from voc_engine.ingest.tables.nested import Plan, account_of_records, lists_in, nested_documents, plan_of
from voc_engine.ingest.tables.one_talk import is_one_talk
from voc_engine.ingest.tables.record_shapes import answers_itself, reshaped
from voc_engine.ingest.tables.record_turns import chat_line, has_chat_lines
from voc_engine.ingest.tables.removed_rows import removed_columns, told_removed
from voc_engine.ingest.tables.row_documents import TableReading
from voc_engine.ingest.tables.table import SAMPLE_ROWS, Row, Table, with_sample
from voc_engine.ingest.tables.table_reader import TableReader
from voc_engine.ingest.tables.unread_prose import BESIDE, LOOKED_AT, texts_in, told_unread
from voc_engine.ingest.tables.unwrapped import unguarded, untyped
from voc_engine.records import Skipped

FLAT_DEPTH = 3  # a choice: "message.author.name" is a column; deeper ones are settings
# Keys of messages in the exports of Slack, Discord, Telegram, Messenger and Instagram.
_CHAT = frozenset(
    ("type", "subtype", "ts", "thread_ts", "client_msg_id", "bot_id", "author.isbot", "timestampedited", "ispinned",
     "date_unixtime", "from_id", "actor", "sender_name", "timestamp_ms", "is_geoblocked_for_viewer"),
)  # fmt: skip
_CHAT_KEYS = 2
_HEAD = 1 << 16
_LONGEST_TALK = 4 * 1024**2
_KEY_OF_LIST = re.compile(r'"(?P<key>[^"\\]{1,100})"\s*:\s*\[\s*\{')
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


class JsonRecords(TableReader):
    """What JSON tables share: lists inside the records become turns or answers. Subclasses give ``items``."""

    def items(self, source: SourceFile, options: SourceConfig) -> Iterator[Item]:
        """The records of the file."""
        raise TypeError(f"{type(self).__name__} does not say how it is read")

    def tables(self, source: SourceFile, options: SourceConfig) -> Iterator[Table]:
        yield table_of_items(source, self.items(source, options))

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        planned = self._plan(source, options)
        if planned is None:
            yield from super().read(source, options)
            return
        reading, plan = planned
        items = self.items(source, options)
        first = list(islice(items, SAMPLE_ROWS))
        chat = _is_chat(reading.table.columns, first)
        flagged = removed_columns(reading.table.columns)
        rows = (_with_record(source, item, chat, flagged) for item in chain(first, items))
        yield from nested_documents(reading, plan, rows, flat)
        yield from self._unread(reading, plan)

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        planned = self._plan(source, options)
        return [*super().describe(source, options), *(planned[1].notes if planned else ())]

    def _unread(self, reading: TableReading, plan: Plan | None = None) -> Iterator[Skipped]:
        """Words of the first records that no column and no list takes, and lists beside the one that holds the records."""
        source, options = reading.source, reading.options
        if "text" in options.columns:
            return
        first = [item.value for item in islice(self.items(source, options), LOOKED_AT) if isinstance(item.value, dict)]
        account = account_of_records(reading, plan, first, flat)
        beside = self.beside(source, options, first)
        account.add(((f"{BESIDE} {path.partition('.')[0]}", text) for path, text in texts_in(beside)), ())
        used = " + ".join(column for column, _ in reading.mapping.texts) if plan is None else ""
        yield from told_unread(source, reading.table.name, account, used)

    def beside(self, source: SourceFile, options: SourceConfig, records: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Texts and lists of objects of the file beside the list of ``records``, by key; {} where there is none."""
        return {}

    def _plan(self, source: SourceFile, options: SourceConfig) -> tuple[TableReading, Plan] | None:
        """How records with lists inside are to be read; None for plain records, and where the text's column is named."""
        if "text" in options.columns:
            return None
        first = [item.value for item in islice(self.items(source, options), LOOKED_AT) if isinstance(item.value, dict)]
        if not any(lists_in(record) for record in first):
            return None
        table = next(iter(self.tables(source, options)))
        table.columns = [column for column in table.columns if not _holds_records(table, column)]
        reading, _ = self.reading(source, options, table)
        plan = plan_of(reading, first, flat)
        if plan is None:
            return None
        kind = options.kind or ("survey" if plan.survey else _kind_of_talk(reading, plan))
        return replace(reading, kind=kind), plan


def _kind_of_talk(reading: TableReading, plan: Plan) -> str:
    """Messages that go in and out, or that staff remarks on, are a help desk's; else what the records are."""
    desk = any(one.holds == "notes" or one.flags for one in plan.lists)
    return "ticket" if desk and reading.kind == "post" else reading.kind


def _holds_records(table: Table, column: str) -> bool:
    cells = [cell for cell in (row.cells.get(column, "") for row in table.sample) if cell.strip()]
    return any(cell.startswith("[{") for cell in cells)


def _with_record(
    source: SourceFile, item: Item, chat: bool, flagged: Sequence[str]
) -> tuple[Row, dict[str, Any]] | Skipped:
    row = _row(source, item)
    row = _without_chat_lines(source, row) if chat else row
    row = row if isinstance(row, Skipped) else told_removed(source, row, flagged) or row
    return row if isinstance(row, Skipped) else (row, item.value)


class JsonLines(JsonRecords):
    """One object per line."""

    name = "jsonl.v1"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if not looks_like_lines(text):
            return 0.0
        several = len([line for line in text.split("\n") if line.strip()]) > 1
        return 0.5 if several or source.content_name.lower().endswith(("jsonl", "ndjson")) else 0.3

    def items(self, source: SourceFile, options: SourceConfig) -> Iterator[Item]:
        return map(in_shape, json_lines(source, options))

    def ranges(self, source: SourceFile, options: SourceConfig, size: int) -> list[FileRange]:
        # Lists inside the records are read by a plan of their own, and told of at the end of the file.
        encoding = encoding_of(source, options)
        return [] if self._plan(source, options) is not None else line_ranges(source, encoding, size)

    def records_in(self, source: SourceFile, options: SourceConfig) -> Iterator[Item]:
        return self.items(source, options)


class JsonArray(JsonRecords):
    """An array of objects, by itself or under a key of the outermost object."""

    name = "json.v1"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head).lstrip()
        if re.match(r"\[\s*\{", text):
            return 0.5
        return 0.35 if text.startswith("{") and re.search(r'"\w+"\s*:\s*\[\s*\{', text) else 0.0

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        owners = () if options.agents else _owners(head_text(source.head(_HEAD)))
        return super().read(source, options.model_copy(update={"agents": list(owners)}) if owners else options)

    def beside(self, source: SourceFile, options: SourceConfig, records: Sequence[dict[str, Any]]) -> dict[str, Any]:
        whole = _whole_object(source, options)
        lists = {key: [reshaped(one) for one in inner] for key, inner in lists_in(whole).items()}
        mine = [key for key, inner in lists.items() if records and inner[:1] == list(records[:1])]
        return (
            {**_without_lists(whole), **{key: inner[:LOOKED_AT] for key, inner in lists.items() if key not in mine}}
            if mine
            else {}
        )

    def items(self, source: SourceFile, options: SourceConfig) -> Iterator[Item]:
        talk = _one_talk(source, options)
        if talk is not None:
            return iter([talk])
        return map(in_shape, stream_items(source, options, wordiest_list(head_text(source.head(_HEAD))), "item"))


def in_shape(item: Item) -> Item:
    """The item with its record in one shape, see ``reshaped``."""
    if not isinstance(item.value, dict):
        return item
    return Item(reshaped(item.value), item.locator, item.raw, item.fault, item.key)


def _without_lists(value: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    """What stands in an object around its lists, such as the first message of a thread whose answers are the list."""
    return {
        key: _without_lists(inner, depth + 1) if isinstance(inner, dict) else inner
        for key, inner in value.items()
        if isinstance(inner, str) or (isinstance(inner, dict) and depth <= FLAT_DEPTH)
    }


def _whole_object(source: SourceFile, options: SourceConfig) -> dict[str, Any]:
    """The file's outermost object; {} for an array and for files too long to be one conversation."""
    if source.size > _LONGEST_TALK or not head_text(source.head(_HEAD)).lstrip().startswith("{"):
        return {}
    try:
        return obj(decode(whole_text(source, options, _LONGEST_TALK).lstrip())[0])
    except (ValueError, SourceError):
        return {}


def _one_talk(source: SourceFile, options: SourceConfig) -> Item | None:
    """The whole file as one record, where its outermost object is one conversation."""
    record = obj(reshaped(_whole_object(source, options)))
    one = is_one_talk(record, lists_in(record), flat) or answers_itself(record)
    return Item(record, "item 1") if one else None


def _owners(head: str) -> tuple[str, ...]:
    """Whose account an export of messages with one other person is: who takes part and is not its title (Messenger and
    Instagram name a talk by the other person)."""
    try:
        value, _ = decode(head.lstrip())
    except ValueError:
        return ()
    if not isinstance(value, dict) or not isinstance(value.get("title"), str):
        return ()
    names = [words(obj(one).get("name")) for one in arr(value.get("participants"))]
    return tuple(one for one in names if one != value["title"]) if value["title"] in names else ()


def wordiest_list(head: str) -> tuple[str, ...]:
    """The key of the list with the most words among those of the outermost object; () where one at most is seen."""
    text = head.lstrip()
    lists: dict[str, int] = {}
    if text.startswith("{"):
        for match in _KEY_OF_LIST.finditer(text):
            try:
                record, _ = decode(text, match.end() - 1)
            except ValueError:
                continue
            if isinstance(record, dict) and _depth(text, match.start()) == 1:
                lists[match["key"]] = sum(len(cell.split()) for cell in flat(record).values())
    most = max(lists, key=lambda key: lists[key], default="")
    return (most,) if len(lists) > 1 else ()


def _depth(text: str, end: int) -> int:
    """How many brackets are open before a place; those inside strings do not count."""
    bare = _STRING.sub("", text[:end])
    return sum(bare.count(one) for one in "{[") - sum(bare.count(one) for one in "}]")


def table_of_items(source: SourceFile, items: Iterator[Item]) -> Table:
    """A Table of objects; columns are all keys of the first 1,000, nested ones with dots.

    Raises SourceError where no object is among the first items.
    """
    first = list(islice(items, SAMPLE_ROWS))
    columns = list(dict.fromkeys(key for item in first if isinstance(item.value, dict) for key in flat(item.value)))
    if not columns:
        raise SourceError(
            f"{source.name} is JSON without records.",
            found=first[0].fault or f"{type(first[0].value).__name__} items" if first else "no items",
            do="give an array of objects, or one object per line",
        )
    chat = _is_chat(columns, first)

    def rows_of(part: SourceFile, items: Iterator[Item]) -> Iterator[Row | Skipped]:
        rows = (_row(part, item) for item in items)
        return (_without_chat_lines(part, row) for row in rows) if chat else rows

    return with_sample(source.content_name, columns, rows_of(source, chain(first, items)), [], rows_of)


def is_chat(columns: Sequence[str]) -> bool:
    """Whether records are a chat's messages, among which its program writes lines of its own (somebody joined)."""
    return len(_CHAT & {column.casefold() for column in columns}) >= _CHAT_KEYS


def _is_chat(columns: Sequence[str], items: Sequence[Item]) -> bool:
    cells = [flat(item.value) for item in items if isinstance(item.value, dict)]
    return is_chat(columns) or has_chat_lines(columns, cells)


def _without_chat_lines(source: SourceFile, row: Row | Skipped) -> Row | Skipped:
    reason = None if isinstance(row, Skipped) else chat_line(row)
    if reason is None or isinstance(row, Skipped):
        return row
    said = (row.cells.get(name, "") for name in ("text", "content", "message", "body", "content.body"))
    return set_aside(source, row.locator, reason, next(filter(None, said), ""))


def _row(source: SourceFile, item: Item) -> Row | Skipped:
    if not isinstance(item.value, dict):
        return bad_item(source, item)
    cells = flat(item.value)
    if any(is_broken(value) for value in cells.values()):
        return bad_item(source, Item(None, item.locator, str(item.value), "half a surrogate pair or undecodable bytes"))
    return Row(item.locator, {key: unguarded(unify(value)) for key, value in cells.items()})


def bad_item(source: SourceFile, item: Item) -> Skipped:
    """Skipped for an item that is no sound object."""
    return quarantine(
        source,
        item.locator,
        "damaged record" if item.fault else "record that is no object",
        expected="a JSON object",
        found=f"{item.fault}: {item.raw}" if item.fault else words(item.value),
        to_do="export the file again, or mend the record",
    )


def flat(value: dict[str, Any], prefix: str = "", depth: int = FLAT_DEPTH) -> dict[str, str]:
    """Cells by dotted key: {"user": {"name": "x"}} is {"user.name": "x"}."""
    cells: dict[str, str] = {}
    for key, typed in value.items():
        inner = untyped(typed) if isinstance(typed, dict) else typed
        if isinstance(inner, dict) and depth:
            cells.update(flat(inner, f"{prefix}{key}.", depth - 1))
        else:
            cells[f"{prefix}{key}"] = words(inner)
    return cells
