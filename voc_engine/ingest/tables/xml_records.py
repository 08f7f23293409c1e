"""XML as a table: the element that comes again and again with the most words is the record (a Stack Exchange dump, SMS
backups, feeds, exports of shops and forums); attributes and elements inside are its columns."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.decoding import head_text, whole_text
from voc_engine.ingest.jsonscan import Item, words
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.source import WHOLE_FILE_LIMIT, SourceFile
from voc_engine.ingest.tables.records import JsonRecords, in_shape
from voc_engine.ingest.tables.unread_prose import LOOKED_AT

_KEYWORDS = keywords("xml_records")

_HEAD = 1 << 16  # bytes, as HEAD_BYTES of the stage
_DEEPEST = 40  # a choice: elements inside elements; no export goes half as deep, and a hostile file may
_FEWEST = 2  # records: what stands once may be anything
# Marked-up text and drawings: their elements are no records, and readers of their own or nobody know them.
_NO_RECORDS = re.compile(_KEYWORDS.pattern("no_records"))
# RSS 2.0 with Dublin Core and content, Atom (RFC 4287); SMS Backup & Restore counts received messages 1 and sent ones 2.
_FEEDS = ("rss", "rdf", "feed")
_FEEDS_HEADERS = {"creator": "author", "author name": "author", "description": "text", "content": "text", "summary": "text",
                  "encoded": "content encoded"}  # fmt: skip
_PHONE, _SENT = ("smses", "sms"), "2"
_BEGINS = re.compile(r"\s*<(?:\?xml\b|!--|[A-Za-z_])")
_SPACE = re.compile(r"\{[^{}]*\}")
# How much else than the records is looked at for words that nobody reads.
_BESIDE_CHARS = 200_000

_SOUGHT = 64 * 1024**2  # a choice: bytes of a file in which sound records are sought behind a damaged one
_TAGS = re.compile(r"</?[A-Za-z_][^<>]{0,200}>")
_LETTERS = re.compile(r"[^\W\d_]{2}")

Path = tuple[str, ...]


def begins_xml(text: str) -> bool:
    """Whether a head may be XML and is no web page."""
    return _BEGINS.match(text) is not None and not re.match(r"\s*(?:<!doctype\s+html|<html)", text, re.IGNORECASE)


@dataclass
class Walk:
    """Elements as they end, with the path of tags that leads to them; ``within`` are those that are still open."""

    stream: BinaryIO
    fault: str = ""
    damaged: bool = False
    path: list[str] = field(default_factory=list)
    within: list[Element] = field(default_factory=list)

    def ends(self) -> Iterator[tuple[Path, Element]]:
        """(path, element) of each element that ends; ``fault`` says afterwards what ended the walk before its time."""
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import iterparse

        try:
            for event, element in iterparse(self.stream, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    self.path.append(bare(element.tag))
                    self.within.append(element)
                    if len(self.path) > _DEEPEST:
                        self.fault = f"more than {_DEEPEST} elements inside each other"
                        return
                    continue
                self.within.pop()
                yield tuple(self.path), element
                self.path.pop()
        except DefusedXmlException as error:
            self.fault = f"a document type or an entity ({type(error).__name__})"
        except ParseError as error:
            self.fault, self.damaged = str(error), True

    def forget(self) -> None:
        """Drop what ended inside the element that is open, so that a dump is never in memory."""
        if self.within:
            del self.within[-1][:]


def bare(tag: str) -> str:
    """A tag without its namespace."""
    return _SPACE.sub("", tag)


@dataclass(frozen=True)
class Shape:
    """``path`` leads to the record; ``lists`` are the paths inside a record of what stands several times in some."""

    path: Path
    lists: frozenset[Path]


def shape_of(head: bytes, fewest: int = _FEWEST) -> Shape | None:
    """The element that stands ``fewest`` times under one parent and holds the most words; None where none does."""
    walk = Walk(io.BytesIO(head))
    most: Counter[Path] = Counter()
    held: Counter[Path] = Counter()
    inside: dict[int, Counter[str]] = {}
    for path, element in walk.ends():
        own = len(f"{element.text or ''} {' '.join(element.attrib.values())}".split())
        held.update({path[:depth]: own for depth in range(1, len(path) + 1)})
        for tag, count in inside.pop(len(path) + 1, Counter()).items():
            most[(*path, tag)] = max(most[(*path, tag)], count)
        inside.setdefault(len(path), Counter())[path[-1]] += 1
    # The head ends somewhere inside: what is open there has ended elements too.
    for depth, tags in inside.items():
        for tag, count in tags.items():
            path = (*walk.path[: depth - 1], tag)
            most[path] = max(most[path], count)
    returning = [path for path, count in most.items() if count >= fewest and len(path) > 1 and held[path]]
    path = max(returning, key=lambda path: (held[path], -len(path)), default=())
    inside_it = (other for other, count in most.items() if count >= _FEWEST and other[: len(path)] == path != other)
    return Shape(path, frozenset(other[len(path) :] for other in inside_it)) if path else None


def as_value(element: Element, lists: frozenset[Path] = frozenset(), at: Path = ()) -> Any:
    """An element as JSON has it: a text, or an object of its attributes and elements; several of one tag are a list, and
    one of a tag that stands several times elsewhere (``lists``, by their path from the record ``at`` () on)."""
    inside = list(element)
    value: dict[str, Any] = {bare(name): _cell(text) for name, text in element.attrib.items()}
    if len(at) > _DEEPEST or any((child.tail or "").strip() for child in inside):
        # Elements between words are mark-up of a text.
        text = " ".join("".join(element.itertext()).split())
        return {**value, "text": text} if value else text
    times = Counter(bare(child.tag) for child in inside)
    for child in inside:
        tag = bare(child.tag)
        inner = as_value(child, lists, (*at, tag))
        if times[tag] > 1 or (*at, tag) in lists:
            before = value.get(tag, [])
            value[tag] = [*(before if isinstance(before, list) else [before]), inner]
        elif isinstance(inner, dict) and not len(child):
            # <from type="customer">Jonas</from> is the column "from" beside the column "from type".
            value |= {tag if name == "text" else f"{tag} {name}": text for name, text in inner.items()}
        else:
            value[tag] = inner
    own = _cell((element.text or "").strip())
    if not value:
        return own
    value |= {"text": own} if own and "text" not in value else {}
    inner_list = next(iter(value.values()))
    if (
        len(value) == 1
        and inside
        and (isinstance(inner_list, list) or _is_plural(bare(element.tag), next(iter(value))))
    ):
        # <messages><message/><message/></messages> is the list; with one message inside it would else be none.
        return inner_list if isinstance(inner_list, list) else [inner_list]
    return value


def _cell(text: str) -> str:
    return "" if text == "null" else text


def _is_plural(tag: str, inner: str) -> bool:
    return tag.casefold() in (f"{inner}s".casefold(), f"{inner}es".casefold(), f"{inner.rstrip('y')}ies".casefold())


def _renamed(path: Path, record: dict[str, Any]) -> dict[str, Any]:
    """A record under the headers that other tables have: a feed's entry, a message of a phone's backup."""
    if path[-1] in ("item", "entry") and path[0].casefold() in _FEEDS:
        named = {_FEEDS_HEADERS.get(key, key): value for key, value in record.items()}
        named |= {"text": record["encoded"]} if record.get("encoded") else {}
        # Beside comments of others an entry is the page's own.
        return {**named, "role": "staff"} if isinstance(record.get("comment"), list) else named
    if path == _PHONE:
        return {**record, "thread id": record.get("address", ""), "from_me": str(record.get("type") == _SENT)}
    return record


class XmlRecords(JsonRecords):
    """A record per element that returns, streamed: a dump of any size."""

    name = "xml.v1"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        text = head_text(head)
        if not begins_xml(text):
            return 0.0
        shape = shape_of(head)
        return 0.0 if shape is None or _NO_RECORDS.fullmatch(shape.path[0].casefold()) else 0.5

    def items(self, source: SourceFile, options: SourceConfig) -> Iterator[Item]:
        shape = _shape(source)
        path = shape.path
        with source.open() as stream:
            walk, number = Walk(stream), 0
            for at, element in walk.ends():
                if at == path:
                    number += 1
                    value = as_value(element, shape.lists)
                    record = value if isinstance(value, dict) else {"text": words(value)}
                    yield in_shape(Item(_renamed(path, record), f"{path[-1]} {number}"))
                if len(at) <= len(path):
                    walk.forget()
        if walk.damaged and source.size <= _SOUGHT:
            yield from _after_damage(whole_text(source, options, WHOLE_FILE_LIMIT), shape, number, walk.fault)
        elif walk.fault:
            yield Item(None, f"after {path[-1]} {number}", "", walk.fault)

    def beside(self, source: SourceFile, options: SourceConfig, records: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Texts of the first elements that are no part of a record, by tag."""
        path, texts, held = _shape(source).path, dict[str, list[str]](), 0
        with source.open() as stream:
            for number, (at, element) in enumerate(Walk(stream).ends()):
                if at[: len(path)] != path and len(at) <= len(path) + 1:
                    text = " ".join((element.text or "").split())
                    held += len(text)
                    texts.setdefault(at[-1], []).extend([text] if text else [])
                if held > _BESIDE_CHARS or number > LOOKED_AT * _DEEPEST:
                    break
        return dict(texts)


def _after_damage(text: str, shape: Shape, number: int, fault: str) -> Iterator[Item]:
    """The records behind a fault, each parsed by itself: it costs one of them. ``number``: those that were read before."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    path = shape.path
    tag = re.escape(path[-1])
    starts = [match.start() for match in re.finditer(rf"<(?:[\w.-]{{1,60}}:)?{tag}(?=[\s/>])", text)]
    closing = re.compile(rf"</(?:[\w.-]{{1,60}}:)?{tag}\s*>|/>(?=[^<]*(?:<|$))")
    # What stands between the last sound record and the next may be one whose beginning was damaged.
    begins = [starts[number - 1] if number and starts[number - 1 :] else 0, *starts[number:]]
    for place, (start, end) in enumerate(zip(begins, [*begins[1:], len(text)], strict=True), number):
        piece = text[start:end]
        ends = [match.end() for match in closing.finditer(piece)]
        stop = ends[-1] if ends and (place > number or number) else 0
        if place > number:
            try:
                value = as_value(fromstring(piece[:stop], forbid_dtd=True), shape.lists)
                record = value if isinstance(value, dict) else {"text": words(value)}
                yield in_shape(Item(_renamed(path, record), f"{path[-1]} {place}"))
            except (ParseError, DefusedXmlException, ValueError) as error:
                yield Item(None, f"{path[-1]} {place}", piece, str(error))
                continue
        if _LETTERS.search(_TAGS.sub(" ", piece[stop:])):
            yield Item(None, f"after {path[-1]} {place}", piece[stop:], fault)


def _shape(source: SourceFile) -> Shape:
    head = source.head(_HEAD)
    shape = shape_of(head) or shape_of(head, fewest=1)
    if shape is None:
        raise SourceError(
            f"{source.name} is XML without a record.",
            found=head_text(head)[:100],
            do="export it as CSV or JSON, with a row per text",
        )
    return shape
