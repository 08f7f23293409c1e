"""Windows for readers of labels: consecutive lines of the sources marked "train", drawn with a seed.

A line is told by its source, row and place in the row (code points), so that the labels in ``corpora/gold/windows.tsv``
can be kept without the texts. Nothing here proposes a label.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from training.public import HELD_PRODUCT
from training.sources import untokenised
from voc_engine.config import SourceConfig
from voc_engine.evaluation.split import held_out
from voc_engine.ingest import Conversation, SourceFile, read_source
from voc_engine.records import stable_hash
from voc_engine.segment.sentences import sentence_spans

WINDOW = 12
_MAX_WORDS = 40
_ASKERS = frozenset({"agent", "assistant", "persuader", "question", "action", "interviewer"})
_CHUNK = re.compile(r"-raw(\d+)$")


@dataclass(frozen=True, slots=True)
class Row:
    """One turn, answer, review sentence or post, whole. ``talk`` names what it stands in: lines of one talk follow
    each other. ``asks`` is true where somebody asks who is no evidence."""

    source: str
    row: str
    talk: str
    speaker: str
    text: str
    kind: str

    @property
    def asks(self) -> bool:
        return self.speaker in _ASKERS


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a row, at its half-open span of code points."""

    row: Row
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.row.text[self.start : self.end]

    @property
    def key(self) -> str:
        return stable_hash(self.text, size=16)


def rows_of(data: Path, source: str) -> list[Row]:
    """All rows of a source (a path below the data folder), in its order; raises KeyError for another source."""
    return list(_READERS[source](data / source, source))


def lines_of(row: Row) -> Iterator[Line]:
    """Its sentences, as the product cuts them."""
    for start, end in sentence_spans(row.text, _MAX_WORDS):
        yield Line(row, start, end)


def windows(rows: Iterable[Row], length: int = WINDOW) -> list[list[Line]]:
    """Runs of at most ``length`` consecutive lines of one talk, in order."""
    found = []
    for _, talk in groupby(rows, key=lambda row: row.talk):
        lines = [line for row in talk for line in lines_of(row)]
        found.extend(lines[at : at + length] for at in range(0, len(lines), length))
    return found


def drawn(found: list[list[Line]], lines: int, seed: str) -> list[list[Line]]:
    """Windows at random until they hold so many lines to label."""
    order, taken, count = random.Random(seed).sample(found, len(found)), [], 0
    for window in order:
        if count >= lines:
            break
        taken.append(window)
        count += sum(not line.row.asks for line in window)
    return taken


def write_windows(data: Path, source: str, lines: int, folder: Path) -> Path:
    """Two files beside each other: what a reader reads (id, tag A or Q, speaker, sentence), and the key that leads each id
    to its place in the source. The same source and number give the same windows. Returns the first file's path."""
    chosen = drawn(windows(rows_of(data, source)), lines, f"{source} {lines}")
    name = source.replace("/", "-")
    reading, number = [], 0
    with (folder / f"{name}.key.tsv").open("w", encoding="utf-8", newline="") as sink:
        key = csv.writer(sink, delimiter="\t", lineterminator="\n")
        key.writerow(("id", "window", "source", "row", "start", "end", "key", "speaker", "kind", "asks"))
        for place, window in enumerate(chosen, start=1):
            reading.append(f"# window {place}")
            for line in window:
                number += 1
                own, text = line.row, " ".join(line.text.split())
                reading.append("\t".join((str(number), "Q" if own.asks else "A", own.speaker, text)))
                where = (source, own.row, line.start, line.end, line.key)
                key.writerow((number, place, *where, own.speaker, own.kind, int(own.asks)))
    path = folder / f"{name}.tsv"
    path.write_text("\n".join(reading) + "\n", encoding="utf-8")
    return path


def _turns(path: Path, source: str) -> Iterator[Row]:
    kind = "interview" if any(word in source for word in ("meetings", "interviews")) else "ticket"
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            turn = json.loads(line)
            talk = _CHUNK.sub("", turn["id"]) if _CHUNK.search(turn["id"]) else turn["id"].rpartition("-")[0]
            if "dstc11" in source:
                talk = turn["id"]
            yield Row(source, turn["id"], talk, turn["role"], turn["text"], kind)


def _answers(path: Path, source: str) -> Iterator[Row]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            answer = json.loads(line)
            yield Row(source, f"{answer['id']} question", answer["id"], "question", answer["context"], "survey")
            yield Row(source, answer["id"], answer["id"], "respondent", answer["text"], "survey")


def _pros_and_cons(path: Path, source: str) -> Iterator[Row]:
    for at, row in _numbered(path):
        if held_out(row["text"]):
            continue
        question = "What did you like?" if row["label"] == "pro" else "What did you not like?"
        yield Row(source, f"{at} question", f"{at}", "question", question, "survey")
        yield Row(source, f"{at}", f"{at}", "respondent", row["text"], "survey")


def _reviews_by_sentence(path: Path, source: str) -> Iterator[Row]:
    for at, row in _numbered(path):
        if not row["review_id"].startswith(HELD_PRODUCT) and not held_out(row["sentence"]):
            yield Row(source, f"{at}", row["review_id"], "reviewer", row["sentence"], "review")


def _customer_reviews(path: Path, source: str) -> Iterator[Row]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            one = json.loads(line)
            talk = one["sent_id"].rpartition("-")[0]
            yield Row(source, one["sent_id"], talk, "reviewer", untokenised(one["words"]), "review")


def _restaurant_reviews(path: Path, source: str) -> Iterator[Row]:
    for at, row in _numbered(path):
        if not held_out(row["text"]):
            yield Row(source, f"{at}", f"{at}", "reviewer", row["text"], "review")


def _complaints(path: Path, source: str) -> Iterator[Row]:
    for at, row in _numbered(path):
        yield Row(source, f"{at}", f"{at}", "customer", row["Consumer complaint narrative"], "ticket")


def _queries(path: Path, source: str) -> Iterator[Row]:
    for at, row in _numbered(path):
        yield Row(source, f"{at}", f"{at}", "customer", row["text"].strip(), "ticket")


def _comments(path: Path, source: str) -> Iterator[Row]:
    with path.open(encoding="utf-8") as stream:
        for at, line in enumerate(stream):
            yield Row(source, f"{at}", f"{at}", "author", line.split("\t")[0], "post")


def _talk(path: Path, source: str) -> Iterator[Row]:
    """An interview in Markdown, by turn."""
    options = SourceConfig.model_validate({"path": source, "kind": "interview"})
    for item in read_source(SourceFile(path, source), options):
        if isinstance(item, Conversation):
            for turn in item.utterances:
                text = item.document.text[turn.start : turn.end]
                yield Row(source, str(turn.index), path.name, turn.role, text, "interview")


def _numbered(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from enumerate(csv.DictReader(stream))


_READERS = {
    **{
        f"train/{name}.jsonl": _turns
        for name in (
            "interviews-otel-raw", "meetings-ami-product", "meetings-icsi-academic", "negotiation-casino",
            "persuasion-p4g", "support-abcd-sample", "dialogue-taskmaster4-part", "support-dstc11-utterances",
            "support-multidogo-customer",
        )
    },
    "interviews/get-a-grip-chip.md": _talk,
    "interviews/gigasword-jack-breen.md": _talk,
    "train/survey-answers-otel.jsonl": _answers,
    "gold/pros-cons-train.csv": _pros_and_cons,
    "gold/product-review-features.csv": _reviews_by_sentence,
    "gold/streusle-train.jsonl": _customer_reviews,
    "gold/mams-train.csv": _restaurant_reviews,
    "gold/banking77-train.csv": _queries,
    "gold/goemotions-ekman-train.tsv": _comments,
    "tickets/cfpb-credit-card-complaints.csv": _complaints,
}  # fmt: skip
