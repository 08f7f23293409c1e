"""The format "label_studio.v1": documents as tasks with what was found as predictions. It counts UTF-16 units."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, ClassVar
from xml.sax.saxutils import quoteattr

from voc_engine.exchange.contract import Export, Shown
from voc_engine.exchange.drawing.shapes import hex_of
from voc_engine.exchange.plain_text import plain
from voc_engine.exchange.run_view import Quote, RunView
from voc_engine.records import MENTION_KINDS

_ASTRAL = 0xFFFF  # letters beyond it take two units
_FROM, _TO = "label", "text"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A span in code points of a document's text, half-open, with its kinds. ``author``: who drew it, or empty."""

    document_id: str
    start: int
    end: int
    kinds: tuple[str, ...]
    words: str
    author: str = ""


class LabelStudio:
    """``tasks.json`` is imported into a project whose labelling interface is ``config.xml``."""

    name = "label_studio.v1"
    does = (
        "tasks.json and config.xml for Label Studio: documents with what was found, to be checked and labelled further"
    )
    suffix = ""
    switches: ClassVar[Mapping[str, str]] = {}

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        of: dict[str, list[Quote]] = defaultdict(list)
        for quote in view.quotes:
            of[quote.document.document_id].append(quote)
        tasks = [_task(one.document_id, one.text, of[one.document_id], view.run_id) for one in view.documents]
        written = json.dumps(tasks, ensure_ascii=False, indent=1)
        return Export([("tasks.json", written.encode("utf-8")), ("config.xml", _config().encode("utf-8"))])

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        for task in tasks_of(content) if path.endswith(".json") else ():
            for prediction in task.get("predictions") or ():
                for result in prediction["result"]:
                    yield Shown(result["id"], result["value"]["text"])


def labelled(content: bytes) -> Iterator[Labelled]:
    """What people labelled, from a project's JSON export: spans in code points.

    Where the words that stand beside a span are not those that it covers, the span is not given: offsets of a text that
    was changed would lead anywhere.
    """
    for task in tasks_of(content):
        text, document = task["data"]["text"], str(task["data"].get("document_id", ""))
        points = code_points(text)
        for annotation in task.get("annotations") or ():
            for result in annotation.get("result") or ():
                span = _span(result, text, points, document, str(annotation.get("completed_by") or ""))
                if span is not None:
                    yield span


def _span(result: Any, text: str, points: list[int], document: str, author: str) -> Labelled | None:
    value = result.get("value") or {}
    kinds = tuple(one for one in value.get("labels") or () if one in MENTION_KINDS)
    first, last = value.get("start"), value.get("end")
    if not kinds or not (isinstance(first, int) and isinstance(last, int) and 0 <= first < last < len(points)):
        return None
    start, end = points[first], points[last]
    words = text[start:end]
    return Labelled(document, start, end, kinds, words, author) if words and words == value.get("text") else None


def units(text: str) -> list[int]:
    """For every code point, and for the end, how many UTF-16 units stand before it."""
    return list(accumulate((1 + (ord(one) > _ASTRAL) for one in text), initial=0))


def code_points(text: str) -> list[int]:
    """For every UTF-16 unit, and for the end, how many code points stand before it."""
    return [*(place for place, one in enumerate(text) for _ in range(1 + (ord(one) > _ASTRAL))), len(text)]


def _task(document_id: str, text: str, quotes: Iterable[Quote], run_id: str) -> dict[str, Any]:
    before = units(text)
    results = [_result(one, before) for one in quotes]
    surest = max((one["score"] for one in results), default=0.0)
    predictions = [{"model_version": run_id, "score": surest, "result": results}] if results else []
    return {"data": {"text": plain(text), "document_id": document_id}, "predictions": predictions}


def _result(quote: Quote, before: list[int]) -> dict[str, Any]:
    mention = quote.mention
    value = {
        "start": before[mention.start],
        "end": before[mention.end],
        "text": plain(mention.quote),
        "labels": [mention.kind],
    }
    return {"id": mention.mention_id, "from_name": _FROM, "to_name": _TO, "type": "labels", "value": value,
            "score": mention.probability}  # fmt: skip


def _config() -> str:
    labels = "\n".join(
        f"    <Label value={quoteattr(kind)} background={quoteattr('#' + hex_of(kind))}/>" for kind in MENTION_KINDS
    )
    lines = (
        "<View>",
        f'  <Labels name="{_FROM}" toName="{_TO}">',
        labels,
        "  </Labels>",
        f'  <Text name="{_TO}" value="$text"/>',
        "</View>",
    )
    return "\n".join(lines) + "\n"


def checked(content: bytes) -> bool:
    """Whether this is a list of tasks with a text each."""
    return next(tasks_of(content), None) is not None


def tasks_of(content: bytes) -> Iterator[dict[str, Any]]:
    """The tasks of a JSON export; nothing of any other file."""
    try:
        tasks = json.loads(content)
    except ValueError:
        return
    for task in tasks if isinstance(tasks, list) else ():
        if isinstance(task, dict) and isinstance(task.get("data"), dict) and isinstance(task["data"].get("text"), str):
            yield task
