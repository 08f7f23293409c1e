"""Sentences of the public sources that labels refer to: a label names its source and the hash of its sentence.

The texts themselves stay where they are (the folder ``data`` below ``VOC_SHARED``); none is copied into the project.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from voc_engine.config import SegmentConfig, SourceConfig
from voc_engine.ingest import Conversation, SourceFile, read_source
from voc_engine.records import EVIDENCE_ROLES, Batch, Document, Segment, Utterance, stable_hash
from voc_engine.segment.stage import run as segment

INTERVIEWS = ("betty-and-earl", "dawn-of-the-monsters", "get-a-grip-chip", "gigasword-jack-breen")
_UNSPACE = re.compile(r" (?=[.,;:!?%)\]]|n't\b|'(?:s|m|re|ve|ll|d)\b|…)|(?<=[(\[$]) ")


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence: where it is from (a path below the data folder), the kind of document, and what it replies to."""

    source: str
    kind: str
    text: str
    question: str | None = None

    @property
    def key(self) -> str:
        return stable_hash(self.text, size=16)


def interviews(data: Path) -> Iterator[Told]:
    """What the participants say, sentence by sentence, with the question before it."""
    for name in INTERVIEWS:
        yield from _read(data, f"interviews/{name}.md", "interview")


def complaints(data: Path) -> Iterator[Told]:
    yield from _read(data, "tickets/cfpb-credit-card-complaints.csv", "ticket")


def _read(data: Path, source: str, kind: str) -> Iterator[Told]:
    options = SourceConfig.model_validate({"path": source, "kind": kind})
    for item in read_source(SourceFile(data / source, source), options):
        if not isinstance(item, Conversation):
            continue
        turns = Batch.make((Document, [item.document]), (Utterance, list(item.utterances)))
        for one in segment(turns, SegmentConfig()).of(Segment):
            if one.role in EVIDENCE_ROLES:
                yield Told(source, kind, one.text, one.question)


def product_reviews(data: Path) -> Iterator[Told]:
    source = "gold/product-review-features.csv"
    for row in _rows(data / source):
        yield Told(source, "review", row["sentence"])


def support_queries(data: Path) -> Iterator[Told]:
    source = "gold/banking77-train.csv"
    for row in _rows(data / source):
        yield Told(source, "ticket", row["text"].strip())


def customer_reviews(data: Path) -> Iterator[Told]:
    """STREUSLE's sentences, their multiword marks taken off and their punctuation joined to the words."""
    source = "gold/streusle-train.jsonl"
    with (data / source).open(encoding="utf-8") as stream:
        for line in stream:
            yield Told(source, "review", untokenised(json.loads(line)["words"]))


def comments(data: Path) -> Iterator[Told]:
    source = "gold/goemotions-ekman-train.tsv"
    with (data / source).open(encoding="utf-8") as stream:
        for line in stream:
            yield Told(source, "post", line.split("\t")[0])


def restaurant_reviews(data: Path) -> Iterator[Told]:
    source = "gold/mams-train.csv"
    texts = dict.fromkeys(row["text"] for row in _rows(data / source))
    yield from (Told(source, "review", text) for text in texts)


def pros_and_cons(data: Path) -> Iterator[Told]:
    source = "gold/pros-cons-train.csv"
    for row in _rows(data / source):
        yield Told(source, "survey", row["text"])


SOURCES = (
    interviews, complaints, product_reviews, support_queries, customer_reviews, comments, restaurant_reviews,
    pros_and_cons,
)  # fmt: skip


def untokenised(words: list[str]) -> str:
    """Words with multiword marks (``_``, ``~``) as a reader would write them."""
    plain = " ".join(word.replace("_", " ").replace("~", " ") for word in words)
    return _UNSPACE.sub("", " ".join(plain.split()))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
