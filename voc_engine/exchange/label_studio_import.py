"""The import format "label_studio.v1": what people labelled in tasks that went out from a run becomes decisions on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from voc_engine.errors import SourceError
from voc_engine.exchange.contract import Brought
from voc_engine.exchange.label_studio import Labelled, checked, labelled, tasks_of
from voc_engine.exchange.plain_text import plain
from voc_engine.exchange.run_view import RunView
from voc_engine.records import Decision, Document, Mention, Passage

_HALF = 0.5  # of what went out: where less came back, what is missing is no verdict


class LabelStudioImport:
    """Labels added, changed and taken away. Tasks that nobody annotated say nothing."""

    name = "label_studio.v1"
    does = "a JSON export of Label Studio: labels that people added, changed or removed become decisions"

    def read(self, path: Path, view: RunView | None, folder: str) -> Brought:
        """Raises SourceError for a file that is no such export, or where there is no run to hold it against."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise SourceError(f"{path} cannot be read.", found=str(error), do="check the path") from error
        if not checked(content):
            raise SourceError(
                f"{path.name} is no export of Label Studio.",
                found="not a JSON list of tasks with a text",
                do="export the project as JSON, not as JSON-MIN or CSV",
            )
        if view is None:
            raise SourceError("There is no run that these labels could be held against.", do="run the study first")
        return _compared(content, view)


def _compared(content: bytes, view: RunView) -> Brought:
    documents = {one.document_id: one for one in view.documents}
    by_document: dict[str, list[Labelled]] = defaultdict(list)
    for label in labelled(content):
        by_document[label.document_id].append(label)
    not_taken: Counter[str] = Counter()
    decisions: list[Decision] = []
    for key, text in sorted(_annotated(content)):
        document = documents.get(key)
        if document is None or plain(document.text) != text:
            not_taken["annotated tasks that are no documents of this run"] += 1
            continue
        decisions += _decided(document, by_document[key], view, not_taken)
    lines = tuple(f"not taken: {count:,} {what}" for what, count in sorted(not_taken.items()) if count)
    return Brought("Labels on tasks of this run: differences become decisions.", tuple(decisions), lines=lines)


def _annotated(content: bytes) -> Iterator[tuple[str, str]]:
    """(document id, text) of each task that somebody annotated and did not skip."""
    for task in tasks_of(content):
        if any(not one.get("was_cancelled") for one in task.get("annotations") or ()):
            yield str(task["data"].get("document_id", "")), task["data"]["text"]


def _decided(document: Document, labels: list[Labelled], view: RunView, not_taken: Counter[str]) -> Iterator[Decision]:
    ours: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for quote in view.quotes:
        if quote.document.document_id == document.document_id:
            ours[quote.mention.start, quote.mention.end].append(quote.mention)
    now: dict[tuple[int, int], list[Labelled]] = defaultdict(list)
    for label in labels:
        now[label.start, label.end].append(label)
    for span, here in sorted(now.items()):
        yield from _at_place(document, here, ours.get(span, []))
    gone = [place for place in ours if place not in now]
    if len(gone) > _HALF * len(ours):
        not_taken["mentions of documents of which less than half came back"] += len(gone)
        return
    author = labels[0].author or None if labels else None
    for span in sorted(gone):
        yield from (Decision("mention", one.mention_id, "reject", author=author) for one in ours[span])


def _at_place(document: Document, labels: list[Labelled], ours: list[Mention]) -> Iterator[Decision]:
    """Kinds that are new at a place: one takes the place of a kind that is gone, others are added."""
    kinds = dict.fromkeys(kind for one in labels for kind in one.kinds)
    author = labels[0].author or None
    free = [one for one in ours if one.kind not in kinds]
    for kind in kinds:
        if any(one.kind == kind for one in ours):
            continue
        if free:
            yield Decision("mention", free.pop(0).mention_id, "relabel", kind, author)
        else:
            label = labels[0]
            passage = Passage(label.start, label.end, kind, label.words)
            yield Decision("document", document.document_id, "add", passage.as_value(), author)
    yield from (Decision("mention", one.mention_id, "reject", author=author) for one in free)
