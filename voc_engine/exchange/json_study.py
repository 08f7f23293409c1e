"""The format "json.v1": everything of a run in one file, with a schema that is made from the records themselves."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from types import NoneType, UnionType
from typing import Any, ClassVar, get_args, get_origin

from voc_engine.exchange.contract import Export, Shown
from voc_engine.exchange.plain_text import plain
from voc_engine.exchange.result_sheets import overview_rows
from voc_engine.exchange.run_view import RunView
from voc_engine.privacy.withholding import MARK
from voc_engine.records import (
    Code,
    Coding,
    Disclosure,
    Document,
    EmpathyEntry,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Part,
    Persona,
    Record,
    Segment,
    Topic,
    TopicAssignment,
    Utterance,
    field_types,
)

VERSION = 1  # of the format: a change that older readers would misread makes it 2
TABLES: tuple[type[Record], ...] = (
    Document, Utterance, Segment, Topic, TopicAssignment, Mention, Disclosure, InsightMember, Insight, Code, Coding, Persona,
    Membership, EmpathyEntry,
)  # fmt: skip


class JsonStudy:
    """UTF-8. ``run`` says what it is, ``tables`` holds a list of records per table; docs/study.schema.json describes it."""

    name = "json.v1"
    does = "everything of the run in one JSON file, described by docs/study.schema.json"
    suffix = ".json"
    switches: ClassVar[Mapping[str, str]] = {}

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        sink = io.BytesIO()
        for chunk in _chunks(view):
            sink.write(chunk.encode("utf-8"))
        return Export([("study.json", sink.getvalue())])

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        try:
            study = json.loads(content)
            mentions = study["tables"]["mentions"] if study["format"] == "voc_engine.study" else []
        except (ValueError, KeyError, TypeError):
            return
        for mention in mentions:
            if mention["quote"] != MARK:
                yield Shown(mention["mention_id"], mention["quote"])


def _chunks(view: RunView) -> Iterator[str]:
    """The file piece by piece, a record a line: a large run is not held as one value."""
    head = {"format": "voc_engine.study", "version": VERSION, "run": dict(overview_rows(view)), "run_id": view.run_id}
    yield _json(_plain(head))[:-1] + ',\n"tables": {'
    for number, kind in enumerate(TABLES):
        yield f"{',' if number else ''}\n{_json(kind.table)}: ["
        for row, record in enumerate(view.study.tables.of(kind)):
            yield f"{',' if row else ''}\n{_json(_plain(asdict(record)))}"
        yield "]"
    yield "\n}}\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the file."""
    tables = {kind.table: {"type": "array", "items": _object(kind)} for kind in TABLES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A run of voc_engine",
        "type": "object",
        "required": ["format", "version", "run", "run_id", "tables"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": "voc_engine.study"},
            "version": {"const": VERSION},
            "run": {"type": "object", "additionalProperties": {"type": "string"}},
            "run_id": {"type": "string"},
            "tables": {
                "type": "object", "required": list(tables), "additionalProperties": False, "properties": tables,
            },
        },
    }  # fmt: skip


def _object(kind: type[Record] | type[Part]) -> dict[str, Any]:
    fields = {name: _schema(hint) for name, hint in field_types(kind).items()}
    return {"type": "object", "required": list(fields), "additionalProperties": False, "properties": fields}


def _schema(hint: Any) -> dict[str, Any]:
    if isinstance(hint, UnionType):
        return {"anyOf": [_schema(one) for one in get_args(hint)]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _schema(get_args(hint)[0])}
    if get_origin(hint) is dict:
        return {"type": "object", "additionalProperties": {"type": "string"}}
    if isinstance(hint, type) and issubclass(hint, Part):
        return _object(hint)
    return {"type": {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}[hint]}
