"""Tickets made of real sentences: what customers wrote of one matter, told by people of whom some write often; seeded.

Sentences come from sets that may be trained on: support chats, requests to banks and insurers, product reviews, survey
answers. A ticket holds one to four of one matter, drawn with real repetition: few sentences are said by many. One ticket
in fifty is sent twice. A problem that nobody else has may be planted with some people, each in their own words.
"""

from __future__ import annotations

import csv
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

TICKETS_PER_PERSON = 2.5
# Said by nobody in the sets; each who has the problem says one of these.
PLANTED = (
    "The parcel locker gave my package to a stranger because two of us had the same pickup code.",
    "Somebody else opened the locker with my pickup code and took my parcel.",
    "I got a pickup code for the parcel locker that another person had already used.",
    "The parcel locker was empty since my pickup code had been sent to two people.",
    "Two customers get the same pickup code, and my parcel was gone from the locker.",
    "My pickup code opened a parcel locker with a stranger's package in it.",
    "The locker says my pickup code was used, but I never collected the parcel.",
    "Your parcel lockers send one pickup code twice, so a stranger has my package.",
)
_START = datetime(2025, 7, 1, tzinfo=UTC)
_DAYS = 365
_FEWEST_WORDS = 4
_FEWEST_SENTENCES = 10
_SENT_TWICE = 0.02


def pools(shared: Path) -> dict[str, list[str]]:
    """Matter -> sentences, the same in the same order for the same files."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in ("support-multidogo-customer", "support-dstc11-utterances", "survey-answers-otel"):
        for line in (shared / f"data/train/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[f"{row['source']} {row.get('intent', '')}"].append(row["text"])
    with open(shared / "data/gold/banking77-train.csv", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found[f"bank {row['category']}"].append(row["text"])
    with open(shared / "data/gold/product-review-features.csv", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found[f"review {row['review_id'].rpartition('-')[0]}"].append(row["sentence"])
    kept = {
        matter: [
            one for one in dict.fromkeys(" ".join(text.split()) for text in texts) if len(one.split()) >= _FEWEST_WORDS
        ]
        for matter, texts in sorted(found.items())
    }
    return {matter: texts for matter, texts in kept.items() if len(texts) >= _FEWEST_SENTENCES}


def tickets(shared: Path, rows: int, *, seed: int = 1, planted: int = 0) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Each ticket with its sentences; ``planted`` people of their own have the planted problem."""
    draw, matters = random.Random(seed), list(pools(shared).items())
    draw.shuffle(matters)
    people = max(1, round(rows / TICKETS_PER_PERSON))
    weight = [1 / (place + 5) for place in range(len(matters))]
    rank: dict[str, list[float]] = {name: [1 / (place + 3) for place in range(len(texts))] for name, texts in matters}
    ill = {row: number for number, row in enumerate(draw.sample(range(rows), planted))}
    before: list[str] = []
    for row in range(rows):
        person = people + row if row in ill else draw.randrange(people)
        name, texts = draw.choices(matters, weight)[0]
        said = list(dict.fromkeys(draw.choices(texts, rank[name], k=draw.randint(1, 4))))
        if row in ill:
            said.insert(draw.randint(0, len(said)), PLANTED[ill[row] % len(PLANTED)])
        elif before and draw.random() < _SENT_TWICE:
            said = before
        when = _START + timedelta(days=draw.random() * _DAYS)
        yield {
            "id": row, "created_at": when.strftime("%Y-%m-%dT%H:%M:%SZ"), "requester": f"c{person}",
            "channel": draw.choice(("email", "web", "chat")), "description": " ".join(map(_ended, said)),
        }, said  # fmt: skip
        before = said


def write_tickets(folder: Path, shared: Path, rows: int, *, seed: int = 1, planted: int = 0) -> None:
    """Write tickets.jsonl and voc.toml into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "tickets.jsonl", "w", encoding="utf-8") as sink:
        for ticket, _ in tickets(shared, rows, seed=seed, planted=planted):
            sink.write(json.dumps(ticket) + "\n")
    config = '[[sources]]\npath = "tickets.jsonl"\nkind = "ticket"\ncolumns = { id = "id", text = "description",'
    config += ' person = "requester", date = "created_at" }\n\n[redact]\nnames = "list"\n'
    (folder / "voc.toml").write_text(config, encoding="utf-8")


def _ended(sentence: str) -> str:
    return sentence if sentence[-1] in ".!?" else sentence + "."
