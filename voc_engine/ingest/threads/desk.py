"""JsonDesk: what readers of help desks' JSON exports share; a subclass knows one system's fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.contract import Conversation, clean, set_aside
from voc_engine.ingest.decoding import head_text
from voc_engine.ingest.identity import Identity, make_identity
from voc_engine.ingest.jsonscan import Item, obj, words
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.cast import are_messages
from voc_engine.ingest.tables.headers import normal
from voc_engine.ingest.tables.nested import lists_in
from voc_engine.ingest.tables.records import bad_item
from voc_engine.ingest.threads.desk_messages import items_under
from voc_engine.ingest.threads.thread import Thread, conversation, number
from voc_engine.records import Skipped

_KEYWORDS = keywords("desk")

_KEY = re.compile(r'"([A-Za-z_][\w]*)"\s*:')
_RATING = re.compile(r"^(?:csat(?: score)?|customer satisfaction|satisfaction(?: rating| score)?|rating)$")
# Fields that say who somebody is, in the systems read here.
_NAMES = re.compile(_KEYWORDS.pattern("names"), re.I)
SURE = 0.98
# So many records are looked at to tell people which fields they have.
SAMPLE = 2_000
_SAYS = frozenset(("text", "body text", "message", "content", "stripped text", "plain body", "body"))
_FIRST_MESSAGES = 5
_FIRST_RECORDS = 20


@dataclass
class Beside:
    """Lists that stand beside the tickets, by name and id; ``notes`` are (what, found, count) to be told as set aside."""

    lists: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    children: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    notes: list[tuple[str, str, int]] = field(default_factory=list)

    def find(self, name: str, native: object) -> dict[str, Any]:
        """The record of that list and id; empty where there is none."""
        return self.lists.get(name, {}).get(words(native), {}) if native is not None else {}

    def note(self, what: str, details: str = "", count: int = 1) -> None:
        """Tells of a piece of the ticket that is not used."""
        self.notes.append((what, details, count))


class JsonDesk:
    """Subclasses give ``name``, ``lists`` (first the tickets', then those beside), ``what``, ``knows`` and ``thread``."""

    name = ""
    kind = "ticket"
    what = "ticket"
    lists: tuple[str, ...] = ()
    tickets_in: int = 1  # how many of the lists, from the first, hold tickets
    layout = ""
    used = ""

    def knows(self, keys: frozenset[str], head: str) -> bool:
        """Whether these field names, of the beginning of a file, are the system's own."""
        raise TypeError(f"{type(self).__name__} does not say how it knows its format")

    def thread(self, record: dict[str, Any], locator: str, beside: Beside) -> Thread | None:
        """One record as a thread; None for a record that is no ticket by itself."""
        raise TypeError(f"{type(self).__name__} does not say how it is read")

    def learn(self, item: Item, beside: Beside) -> None:
        """Keeps what stands beside the tickets; by its id where nothing else is said."""
        value = obj(item.value)
        if item.key in self.lists[self.tickets_in :] and "id" in value:
            beside.lists.setdefault(item.key, {})[words(value["id"])] = value

    def leftovers(self, beside: Beside) -> Iterator[Thread]:
        """Threads of what stands beside tickets that the file does not hold."""
        yield from ()

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if text.lstrip()[:1] not in ("{", "["):
            return 0.0
        is_known = self.knows(frozenset(_KEY.findall(text)), text)
        return SURE if is_known and self._reads_first(source) else 0.0

    def _reads_first(self, source: SourceFile) -> bool:
        """Whether the first tickets' words are among what this reader reads of them; field names alone may be another's."""
        options = SourceConfig(path=source.name)
        try:
            items = islice(items_under(source, options, self.lists[: self.tickets_in], self.what), _FIRST_RECORDS)
            records = [item.value for item in items if isinstance(item.value, dict)]
        except SourceError:
            return True
        threads = [(record, self.thread(record, "", Beside())) for record in records]
        spoken = [(record, thread) for record, thread in threads if thread is not None and _has_words(thread)]
        if not spoken:
            return any(thread is None for _, thread in threads)
        return all(_reads_all(record, thread) for record, thread in spoken[:_FIRST_MESSAGES])

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        return self._talks(source, options)

    def _talks(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        beside = self._beside(source, options)
        for item in items_under(source, options, self.lists[: self.tickets_in], self.what):
            if isinstance(item.value, dict):
                thread = self.thread(item.value, item.locator, beside)
                yield from _with_notes(source, options, thread, beside, item.value)
            else:
                yield bad_item(source, item)
        for thread in self.leftovers(beside):
            yield from _with_notes(source, options, thread, beside, {})

    def _beside(self, source: SourceFile, options: SourceConfig) -> Beside:
        beside = Beside()
        if self.reads_twice():
            for item in items_under(source, options, self.lists, self.what):
                self.learn(item, beside)
        return beside

    def reads_twice(self) -> bool:
        """Whether something beside the tickets is needed to understand them."""
        return len(self.lists) > 1

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        items = islice(items_under(source, options, self.lists[: self.tickets_in], self.what), SAMPLE)
        keys = sorted({key for item in items if isinstance(item.value, dict) for key in item.value})
        beside = {name: len(found) for name, found in self._beside(source, options).lists.items()}
        return [
            f"layout: {self.layout}",
            f"used: {self.used}; short custom fields become attributes by their titles",
            f"fields of a record: {', '.join(keys) or 'none'}",
            *(
                [f"known beside them: {', '.join(f'{n} {name}' for name, n in sorted(beside.items()))}"]
                if beside
                else []
            ),
        ]


def _with_notes(
    source: SourceFile, options: SourceConfig, thread: Thread | None, beside: Beside, record: dict[str, Any]
) -> Iterator[Conversation | Skipped]:
    notes, beside.notes = beside.notes, []
    where = thread.locator if thread else "record"
    for what, details, count in notes:
        yield set_aside(source, where, what, details, count)
    if thread is not None:
        talk = conversation(source, options, thread)
        yield replace(talk, found=raw_record(record)) if isinstance(talk, Skipped) else talk


def _has_words(thread: Thread) -> bool:
    return bool(thread.subject.strip()) or any(one.text.strip() for one in thread.messages)


def _reads_all(record: dict[str, Any], thread: Thread) -> bool:
    """Whether every message in the record's own lists of messages is one of the thread."""
    read = " ".join(word for one in thread.messages for word in re.findall(r"\w+", one.text))
    lists = (inner for key, inner in lists_in(record).items() if are_messages(key))
    return all(written in read for inner in lists for written in _written(inner))


def _written(messages: list[dict[str, Any]]) -> Iterator[str]:
    """The plain words of each message, by the longest of its fields that say text."""
    for message in messages[:_FIRST_MESSAGES]:
        texts = [
            value
            for name, value in message.items()
            if isinstance(value, str) and normal(name) in _SAYS and "<" not in value
        ]
        if texts:
            yield " ".join(re.findall(r"\w+", max(texts, key=len)))


def raw_record(record: dict[str, Any]) -> str:
    """A record as it stands but for who people are, for telling of one that is not used: nobody redacts by such keys."""
    return clean(json.dumps(_unnamed(record), ensure_ascii=False)) if record else ""


def _unnamed(value: Any) -> Any:
    if isinstance(value, dict):
        named = {key for key, one in value.items() if isinstance(one, str) and _NAMES.search(str(key))}
        return {key: "…" if key in named else _unnamed(one) for key, one in value.items()}
    return [_unnamed(one) for one in value] if isinstance(value, list) else value


def person(record: dict[str, Any], scope: str, *, id_key: str = "id") -> Identity:
    """Identity of a nested person; first and last name are joined where there is no whole one."""
    lower = {key.casefold().replace("_", ""): value for key, value in record.items()}
    both = " ".join(words(lower.get(key)) for key in ("firstname", "lastname")).strip()
    return make_identity(
        name=words(lower.get("name") or lower.get("displayname") or lower.get("fullname")) or both,
        email=words(lower.get("email") or lower.get("emailaddress")),
        id=words(record.get(id_key)), scope=scope,
    )  # fmt: skip


def rating_among(attributes: dict[str, str]) -> float | None:
    """The number of a field that is called a satisfaction rating; None where there is none."""
    ratings = [number(value) for name, value in attributes.items() if _RATING.match(name)]
    return next((one for one in ratings if one is not None), None)


def same_words(this: str, two: str) -> bool:
    """Whether two texts hold the same words in the same order."""
    return re.findall(r"\w+", this) == re.findall(r"\w+", two)
