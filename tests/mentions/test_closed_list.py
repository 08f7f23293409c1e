"""Every word of a statement stands in its quote or in the published closed list: demo corpus, and real sentences."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from voc_engine.mentions.extractor import Sentence
from voc_engine.mentions.language import norm, parse
from voc_engine.mentions.rules import RuleExtractor
from voc_engine.mentions.statement import closed_list, unsupported
from voc_engine.mentions.wording import joined
from voc_engine.records import MENTION_KINDS

DEMO = Path(__file__).parents[2] / "corpora" / "demo"
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
ENDS = re.compile(r"(?<=[.!?])\s+|\n+")


def demo_sentences() -> Iterator[Sentence]:
    """All sentences of the demo's tables, tickets, posts and written interviews."""
    for ticket in json.loads((DEMO / "tickets.json").read_text("utf-8"))["tickets"]:
        yield from _split(ticket["description"], "ticket")
    for line in (DEMO / "posts.jsonl").read_text("utf-8").splitlines():
        yield from _split(" \n".join(str(json.loads(line).get(name) or "") for name in ("selftext", "body")), "post")
    for name, kind in (("reviews.csv", "review"), ("survey.csv", "survey")):
        with (DEMO / name).open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                for column, text in row.items():
                    yield from _split(text or "", kind, column if column and column.endswith("?") else None)
    for path in sorted((DEMO / "interviews").iterdir()):
        if path.suffix in (".md", ".txt", ".vtt", ".srt"):
            yield from _split(path.read_text("utf-8"), "interview")


def shared_sentences(shared: Path) -> Iterator[Sentence]:
    """A seeded 3,000 of the sources that may be learnt from: reviews, complaints, banking queries, STREUSLE."""
    texts = []
    for name, column, kind in (
        ("gold/product-review-features.csv", "sentence", "review"),
        ("tickets/cfpb-credit-card-complaints.csv", "Consumer complaint narrative", "ticket"),
        ("gold/banking77-train.csv", "text", "ticket"),
    ):
        with (shared / "data" / name).open(encoding="utf-8", newline="") as lines:
            found = [(part, kind) for row in csv.DictReader(lines) for part in ENDS.split(row[column]) if part]
        random.Random(7).shuffle(found)
        texts += found[:750]
    lines_of = (shared / "data" / "gold" / "streusle-train.jsonl").read_text("utf-8").splitlines()
    told = [(" ".join(json.loads(line)["words"]), "review") for line in lines_of]
    random.Random(7).shuffle(told)
    return (Sentence(text, None, kind) for text, kind in [*texts, *told[: 3000 - len(texts)]])


def _split(text: str, kind: str, question: str | None = None) -> Iterator[Sentence]:
    return (Sentence(part.strip(), question, kind) for part in ENDS.split(text) if re.search(r"[^\W\d_]", part))


def invented(sentences: Sequence[Sentence]) -> tuple[int, list[tuple[str, ...]]]:
    """How many statements there are, and (words, statement, quote) of those with words that are nobody's."""
    readings = RuleExtractor().read(sentences)
    made = [
        (sentence.text[f.start : f.end], f.statement)
        for sentence, reading in zip(sentences, readings, strict=True)
        for f in reading.findings
    ]
    quotes = list(dict.fromkeys(quote for quote, _ in made))
    known = {}
    for quote, doc in zip(quotes, parse(quotes), strict=True):
        said = [norm(token) for token in doc] + WORD.findall(quote) + WORD.findall(joined(" ".join(quote.split())))
        known[quote] = said, [token.lemma_ for token in doc]
    faults = [(*unsupported(line, *known[quote]), line, quote) for quote, line in made]
    return len(made), [fault for fault in faults if len(fault) > 2]


def test_demo_statements_say_nothing_of_their_own() -> None:
    count, faults = invented(list(dict.fromkeys(demo_sentences())))
    assert count > 500
    assert faults == []


@pytest.mark.shared
def test_statements_of_3000_real_sentences_say_nothing_of_their_own(shared: Path) -> None:
    count, faults = invented(list(shared_sentences(shared)))
    assert count > 1000
    assert faults == []


def test_the_closed_list_is_sorted_short_and_free_of_claims() -> None:
    path = Path(__file__).parents[2] / "voc_engine" / "mentions" / "closed_list.txt"
    words = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert words == sorted(set(words))
    assert len(words) < 100
    # Nothing that blames or praises may be put into people's mouths, "hard" and "easy" of the patterns excepted.
    assert not closed_list() & {"bad", "good", "broken", "fails", "expensive", "love", "hate", *MENTION_KINDS}
