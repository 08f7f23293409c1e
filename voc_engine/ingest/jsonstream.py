"""JSON larger than memory: the records of arrays and envelopes one by one, over a window that moves through the text.

Written here because event parsers (ijson) give up at the first damaged byte, while a damaged record may cost only itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.ingest.decoding import encoding_of, open_text, unify
from voc_engine.ingest.jsonscan import Item, decode
from voc_engine.ingest.jsonwindow import FIELD_LIMIT, Window
from voc_engine.ingest.source import SourceFile

# Among the keys it asks for what stands beside the lists of an envelope, as one record.
ENVELOPE = "(envelope)"
_RAW_KEPT = 8_000
_OVERLAP = 512
_NEXT = re.compile(r"\}\s*+,?\s*+(?=\{)")
_FIRST_KEY = re.compile(r'\{\s*"([^"\\]{0,200})"')
_CANDIDATES = 200
# Objects that services and command-line tools wrap around their answers.
_WRAPPERS = frozenset(("result", "data", "response", "body", "export"))
_WRAP_DEPTH = 3


@dataclass
class _Raw:
    """Text that was not understood: its beginning, and how many words more."""

    kept: str = ""
    more: int = 0

    def add(self, text: str) -> None:
        room = _RAW_KEPT - len(self.kept)
        if room > 0:
            # A word is not cut in two: one half would be shown and the other counted.
            end = len(text) if len(text) <= room else max(room, text.find(" ", room))
            self.kept += text[:end]
            text = text[end:]
        self.more += len(text.split())

    def result(self) -> str:
        return unify(self.kept.strip()) + (f" … ({self.more} more words)" if self.more else "")


@dataclass
class _Shape:
    """Which keys records have, so that after a damaged one the next record is told from objects inside it."""

    keys: frozenset[str] = frozenset()

    def learn(self, value: Any) -> None:
        if isinstance(value, dict) and not self.keys:
            self.keys = frozenset(value)

    def fits(self, value: Any) -> bool:
        if not isinstance(value, dict) or not self.keys:
            return isinstance(value, dict)
        return len(self.keys & set(value)) >= 0.5 * len(self.keys | set(value))


@dataclass
class _Walk:
    """What is sought in a text, and what was counted on the way."""

    keys: Sequence[str]
    what: str
    numbers: dict[str, int] = field(default_factory=dict)
    shapes: dict[str, _Shape] = field(default_factory=dict)
    chosen: str | None = None

    def wants(self, key: str, window: Window) -> bool:
        """Whether the array at the window holds records: named, or with no names the first one of objects."""
        if self.keys:
            return key in self.keys
        window.held = window.at
        window.at += 1
        first = window.peek()
        window.at, window.held = window.held, None
        if first == "{" and self.chosen in (None, key):
            self.chosen = key
            return True
        return False

    def next_locator(self, key: str) -> str:
        self.numbers[key] = self.numbers.get(key, 0) + 1
        return f"{self.label(key)} {self.numbers[key]}"

    def last_locator(self, key: str) -> str:
        return f"after {self.label(key)} {self.numbers.get(key, 0)}"

    def label(self, key: str) -> str:
        # The first key names what the file is about; the others stand beside it ("users").
        return self.what if key in ("", *self.keys[:1]) or not self.keys else key.rstrip("s")


def stream_items(source: SourceFile, options: SourceConfig, keys: Sequence[str], what: str) -> Iterator[Item]:
    """Records of a JSON file in bounded memory: of the outermost array, or of arrays under ``keys`` (none named: of the
    first array of objects), else each outermost object is one. ``Item.key`` names the array, "" outside any.

    A damaged record is given with its text and the next sound one follows.
    """
    with open_text(source, encoding_of(source, options)) as stream:
        yield from walk(Window(stream), keys, what)


def walk(window: Window, keys: Sequence[str], what: str) -> Iterator[Item]:
    """The records of a text, see ``stream_items``."""
    state = _Walk(keys, what)
    while (first := window.peek()) != "":
        if first == "[":
            yield from _array(window, state, "")
        elif first == "{":
            yield from _outer_object(window, state)
        elif first == ",":
            window.at += 1
        else:
            raw = _Raw()
            _drain(window, raw)
            yield Item(None, state.last_locator(""), raw.result(), "text that is no JSON")


def _array(window: Window, state: _Walk, key: str) -> Iterator[Item]:
    """Items of the array at whose "[" the window stands; pages among them ({"tickets": [...]}) are opened."""
    window.at += 1
    shape = state.shapes.setdefault(key, _Shape())
    unsure = False
    while True:
        mark = _past_commas(window)
        if mark == "":
            yield Item(None, state.last_locator(key), "", "the array is not closed: the file ends too early", key)
            return
        if mark == "]":
            window.at += 1
            if not unsure:
                return
            # It may close a list inside a damaged record.
            raw = _Raw()
            unsure = not _seek(window, raw, shape)
            if re.search(r"\w", raw.result()):
                yield Item(None, state.last_locator(key), raw.result(), "the rest of a damaged record", key)
            continue
        value, fault = _next_value(window)
        if fault:
            raw = _Raw()
            unsure = not _seek(window, raw, shape)
            yield Item(None, state.next_locator(key), raw.result(), fault, key)
            if window.peek() == "":
                return  # the damage goes to the end of the file, which is told already
            continue
        page = _page(value, state.keys) if not key else None
        if page is not None:
            for inner, record in page:
                yield Item(record, state.next_locator(inner), key=inner)
            continue
        shape.learn(value)
        unsure = unsure and not shape.fits(value)
        yield Item(value, state.next_locator(key), key=key)


def _next_value(window: Window) -> tuple[Any, str]:
    """(value, "") of the item at the window, or (None, fault) with the window where it was."""
    window.held = window.at
    try:
        value = window.value()
        if window.peek() not in (",", "]", ""):
            raise ValueError("something stands between two items")
    except ValueError as error:
        window.at, window.held = window.held, None
        return None, str(error)
    window.held = None
    return value, ""


def _page(value: Any, keys: Sequence[str]) -> list[tuple[str, Any]] | None:
    """(key, record) of a whole page of an export; None for a record."""
    if not isinstance(value, dict):
        return None
    if not keys or not isinstance(value.get(keys[0]), list):
        return None
    rest = {name: inner for name, inner in value.items() if name not in keys}
    records = [(key, one) for key in keys if isinstance(value.get(key), list) for one in value[key]]
    return [*records, *([(ENVELOPE, rest)] if ENVELOPE in keys else [])]


def pages_opened(items: Iterator[Item], keys: Sequence[str]) -> Iterator[Item]:
    """Records with whole pages among them opened, as when each line is one page of an export."""
    for item in items:
        page = _page(item.value, keys)
        if page is None:
            yield item
        else:
            yield from (replace(item, value=one, key=key) for key, one in page)


def _seek(window: Window, raw: _Raw, shape: _Shape) -> bool:
    """Moves the window to the next record, or to the end; what is passed goes into ``raw``.

    Whether it is surely a record and no object inside one is returned.
    """
    if not shape.keys:
        shape.learn(_richest(window))
    while True:
        match = _NEXT.search(window.text, window.at)
        if match is None:
            stop = max(window.at, len(window.text) - _OVERLAP)
            raw.add(window.text[window.at : stop])
            window.at = stop
            if not window.grow():
                raw.add(window.text[window.at :])
                window.at = len(window.text)
                return True
            continue
        raw.add(window.text[window.at : match.start() + 1] + " ")
        window.at = match.end()
        starts, sure = _starts_record(window, shape)
        if starts:
            return sure


def _richest(window: Window) -> Any:
    """The object with the most keys among those ahead: records have more than the objects inside them."""
    best: dict[str, Any] = {}
    for match in islice(_NEXT.finditer(window.text, window.at), _CANDIDATES):
        try:
            value, _ = decode(window.text, match.end())
        except ValueError:
            continue
        best = max(best, value, key=len) if isinstance(value, dict) else best
    return best or None


def _starts_record(window: Window, shape: _Shape) -> tuple[bool, bool]:
    """(whether the object at the window is a record, whether that is sure); a damaged one is where its first key fits."""
    window.held = window.at
    try:
        fits = sure = shape.fits(window.value(FIELD_LIMIT))
    except ValueError:
        first = _FIRST_KEY.match(window.text, window.held)
        fits, sure = not shape.keys or (first is not None and first[1] in shape.keys), False
    window.at, window.held = window.held, None
    return fits, sure


def _outer_object(window: Window, state: _Walk) -> Iterator[Item]:
    """The object at the window as a record, or the records of the lists in it."""
    record, opened = yield from _members(window, state, 0)
    if not opened and record:
        state.shapes.setdefault("", _Shape()).learn(record)
        yield Item(record, state.next_locator(""))
    elif ENVELOPE in state.keys:
        yield Item(record, ENVELOPE, key=ENVELOPE)


def _members(window: Window, state: _Walk, depth: int) -> Generator[Item, None, tuple[dict[str, Any], bool]]:
    """Goes through an object; returns its fields and whether a list of records was opened in it."""
    record: dict[str, Any] = {}
    opened = False
    window.at += 1
    while True:
        mark = _past_commas(window)
        if mark == "}" or (mark == "" and opened):
            window.at += bool(mark)
            return record, opened
        try:
            key = _new_key(window, mark, record)
            mark = window.peek()
            if mark == "[" and state.wants(key, window):
                opened = True
                yield from _array(window, state, key)
            elif mark == "{" and depth < _WRAP_DEPTH and (key in _WRAPPERS or not state.keys):
                record[key], inner = yield from _members(window, state, depth + 1)
                opened = opened or inner
            elif mark == "[" and opened:
                _skip_array(window)
            else:
                record[key] = window.value(FIELD_LIMIT)
        except ValueError as error:
            if _resumed(window, state, record, raw := _Raw()):
                yield from _fault(state, raw, error)
                yield from _array(window, state, state.keys[0])
                opened = True
                continue
            yield from _fault(state, raw, error)
            return {}, True


def _past_commas(window: Window) -> str:
    """The first character behind the commas at the window; "" at the end of the text."""
    while (mark := window.peek()) == ",":
        window.at += 1
    return mark


def _new_key(window: Window, mark: str, record: dict[str, Any]) -> str:
    """Passes a key and its colon; ``mark`` is the character at the window. Raises ValueError where none stands there, or
    one that the record has.
    """
    if mark != '"':
        raise ValueError("the file ends inside an object" if mark == "" else "no key where one should stand")
    key = str(window.value())
    if key in record:
        raise ValueError(f"the key {key!r} stands twice: a piece between two records is lost")
    if window.peek() != ":":
        raise ValueError("no colon after a key")
    window.at += 1
    return key


def _fault(state: _Walk, raw: _Raw, error: ValueError) -> Iterator[Item]:
    if raw.result():
        yield Item(None, state.last_locator(""), raw.result(), str(error))


def _resumed(window: Window, state: _Walk, record: dict[str, Any], raw: _Raw) -> bool:
    """After a fault between fields: moves to the list of records, where its name stands near ahead, and says True.

    Else to the next object, or to the end.
    """
    if record:
        raw.add(json.dumps(record, ensure_ascii=False) + " ")
    named = re.compile(rf'"{re.escape(state.keys[0])}"\s*:\s*(?=\[)') if state.keys else None
    window.held = window.at
    match = named.search(window.text, window.at) if named else None
    while named and match is None and len(window.text) - window.at <= FIELD_LIMIT and window.grow():
        match = named.search(window.text, window.at)
    window.held = None
    if match:
        raw.add(window.text[window.at : match.start()])
        window.at = match.end()
        return True
    _seek(window, raw, state.shapes.setdefault("", _Shape()))
    return False


def _skip_array(window: Window) -> None:
    """Passes an array that nobody asked for, item by item. Raises ValueError where it is damaged."""
    window.at += 1
    while (mark := window.peek()) != "]":
        if mark == "":
            raise ValueError("the file ends inside an array")
        if mark == ",":
            window.at += 1
        else:
            window.value()
    window.at += 1


def _drain(window: Window, raw: _Raw) -> None:
    while True:
        raw.add(window.text[window.at :])
        window.at = len(window.text)
        if not window.grow():
            return
