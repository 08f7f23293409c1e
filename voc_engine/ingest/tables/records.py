"""Tables as JSON: an array of objects, an object that holds one, or JSON lines (streamed)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.decoding import head_text, is_broken, unify
from voc_engine.ingest.jsonscan import Item, json_lines, looks_like_lines, words
from voc_engine.ingest.jsonstream import stream_items
from voc_engine.ingest.reader import quarantine
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.base import TableReader
from voc_engine.ingest.tables.table import SAMPLE_ROWS, Row, Table, with_sample
from voc_engine.ingest.tables.unwrapped import unguarded, untyped
from voc_engine.records import Skipped

FLAT_DEPTH = 3


class JsonLines(TableReader):
    """One object per line."""

    name = "jsonl.v1"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if not looks_like_lines(text):
            return 0.0
        several = len([line for line in text.split("\n") if line.strip()]) > 1
        return 0.5 if several or source.content_name.lower().endswith(("jsonl", "ndjson")) else 0.3

    def tables(self, source: SourceFile, options: SourceConfig) -> Iterator[Table]:
        yield table_of_items(source, json_lines(source, options))


class JsonArray(TableReader):
    """An array of objects, by itself or under a key of the outermost object."""

    name = "json.v1"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head).lstrip()
        if re.match(r"\[\s*\{", text):
            return 0.5
        return 0.35 if text.startswith("{") and re.search(r'"\w+"\s*:\s*\[\s*\{', text) else 0.0

    def tables(self, source: SourceFile, options: SourceConfig) -> Iterator[Table]:
        yield table_of_items(source, stream_items(source, options, (), "item"))


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
    rows = (_row(source, item) for item in chain(first, items))
    return with_sample(source.content_name, columns, rows, [])


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
