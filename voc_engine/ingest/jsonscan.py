"""Reading JSON that may be damaged: items of an array one by one, the next sound one sought after a fault."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.ingest.decoding import encoding_of, open_text
from voc_engine.ingest.source import SourceFile

_MOST_EXACT = 1e15  # digits of a float that are sure


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once, or say the same each time.

    Where a piece between two records is lost, they merge into one: the later text would take the earlier one's place.
    """
    record = dict(pairs)
    if len(record) != len(pairs):
        for key, value in pairs:
            if record[key] != value:
                raise ValueError(f"the key {key!r} stands twice: a piece between two records is lost")
    return record


_DECODER = json.JSONDecoder(object_pairs_hook=_without_doubles)
_BLANK = re.compile(r"[\s]*")
# A sound array is followed by another key or by the end: a bracket with records behind it came by damage.
_AFTER_STRAY = re.compile(r"\s*+,?\s*+\{")
_NEXT_ITEM = re.compile(r"\}\s*,\s*(?=\{)")


@dataclass(frozen=True)
class Item:
    """One element. ``fault`` is empty where it was understood, else ``value`` is None and ``raw`` the text as it stands.

    ``key`` names the list that it stood in, where a file has several.
    """

    value: Any
    locator: str
    raw: str = ""
    fault: str = ""
    key: str = ""


def decode(text: str, at: int = 0) -> tuple[Any, int]:
    """(value, place after it). Raises ValueError for anything that is no JSON, however it fails."""
    try:
        return _DECODER.raw_decode(text, at)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def array_items(text: str, start: int, what: str = "item") -> Iterator[Item]:
    """Items of the array whose "[" is at ``start``. A damaged item is given with its text, the next sound one follows."""
    at, number = start + 1, 0
    while True:
        at = _skip(text, at)
        while text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        if text[at : at + 1] == "]":
            if not _AFTER_STRAY.match(text, at + 1):
                return
            at = _skip(text, at + 1)
            continue
        if at >= len(text):
            yield Item(None, f"after {what} {number}", "", "the array is not closed: the file ends too early")
            return
        number += 1
        try:
            value, end = decode(text, at)
            stop = _skip(text, end)
            if text[stop : stop + 1] not in (",", "]", ""):
                raise ValueError("something stands between two items")
            yield Item(value, f"{what} {number}")
            at = end
        except ValueError as error:
            match = _NEXT_ITEM.search(text, at)
            end = match.start() + 1 if match else len(text)
            yield Item(None, f"{what} {number}", text[at:end], str(error))
            at = end
            if not match:
                return


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def array_under(text: str, key: str, what: str = "item") -> Iterator[Item] | None:
    """Items of ``"key": [...]`` wherever it stands in a JSON text; None where it does not."""
    match = re.search(rf'"{re.escape(key)}"\s*:\s*\[', text)
    return array_items(text, match.end() - 1, what) if match else None


def json_lines(source: SourceFile, options: SourceConfig) -> Iterator[Item]:
    """One item per line that is not blank, streamed."""
    before, until = (source.part.before, source.part.until) if source.part else (0, None)
    with open_text(source, encoding_of(source, options)) as stream:
        for number, line in enumerate(stream, before + 1):
            if number - 1 == until:
                return
            line = line.removeprefix("\ufeff").strip() if number == 1 else line.strip()
            if not line:
                continue
            try:
                value, end = decode(line)
                if line[end:].strip():
                    raise ValueError("something stands after the record")
                yield Item(value, f"line {number}")
            except ValueError as error:
                yield Item(None, f"line {number}", line, str(error))


def looks_like_lines(text: str) -> bool:
    """Whether the head of a file is JSON lines: its first line is one whole object (or its second is)."""
    whole = 0
    for line in [line for line in text.split("\n")[:5] if line.strip()]:
        try:
            value, end = decode(line.strip())
            whole += isinstance(value, dict) and not line.strip()[end:].strip()
        except ValueError:
            continue
    return whole >= 1 and text.lstrip("\ufeff \n")[:1] == "{"


def first_record(text: str) -> dict[str, Any]:
    """The first JSON object that can be made out in a head, for sniffing; empty where there is none."""
    for match in list(re.finditer(r"\{", text))[:3]:
        try:
            value, _ = decode(text, match.start())
        except ValueError:
            continue
        if isinstance(value, dict):
            return value
    return {}


def words(value: Any) -> str:
    """A JSON scalar as the text of a cell; None is ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < _MOST_EXACT:
        return str(int(value))
    if isinstance(value, (str, int, float)):
        return str(value)
    if isinstance(value, list) and not any(isinstance(one, (dict, list)) for one in value):
        return ", ".join(words(one) for one in value)
    return json.dumps(value, ensure_ascii=False)


def obj(value: Any) -> dict[str, Any]:
    """The value where it is an object, else an empty one: sources leave out what they do not have."""
    return value if isinstance(value, dict) else {}


def arr(value: Any) -> list[Any]:
    """The value where it is an array, else an empty one."""
    return value if isinstance(value, list) else []
