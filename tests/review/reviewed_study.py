"""A study that is reviewed: twelve people, a talk with an interviewer, an emoji before every passage. Made without a run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from voc_engine.records import (
    Batch,
    Document,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Persona,
    Segment,
    Topic,
    TopicAssignment,
    Utterance,
)
from voc_engine.review.app import ReviewApp
from voc_engine.review.guard import Secrets
from voc_engine.review.material import Material
from voc_engine.review.sitting import Desk
from voc_engine.statistics import wilson
from voc_engine.store.workspace import Workspace

PORT = 4321
PAIN, GOAL = "the export fails", "I want it faster"


def mention(key: str, document: Document, segment: str, quote: str, kind: str, probability: float) -> Mention:
    start = document.text.index(quote)
    return Mention(
        key, segment, document.document_id, document.person_id, kind, start, start + len(quote), quote, probability,
        "negative", -0.4, "anger", "medium", 0.5, "says", "stated", ("because of a word",), statement=quote,
        text_key=segment, created_at=document.created_at,
    )  # fmt: skip


def insight(key: str, kind: str, statement: str, people: int, **more: Any) -> Insight:
    low, high = wilson(people, 12)
    values = {
        "n_people": people, "n_mentions": people, "share_low": low, "share_high": high, "sentiment_score": -0.4,
        "severity": "medium", "priority": 0.5, "trend": "steady", "topic_id": "t-1", "share": people / 12,
        "n_documents": people, "severity_score": 0.5, "priority_low": 0.1, "priority_high": 0.9, "medoid_mention_id": "m01a",
    }  # fmt: skip
    return Insight(insight_id=key, kind=kind, statement=statement, **{**values, **more})


def persona(key: str, name: str, rank: str, people: int) -> Persona:
    return Persona(key, name, rank, None, people, None, f"{name} who export.", "profile", 0.1, 0.9, people, people, 0)


def tables() -> Batch:
    documents, turns, segments, mentions, members, memberships, placed = [], [], [], [], [], [], []
    for number in range(1, 13):
        person, name = f"P{number:04d}", f"d{number:02d}"
        text = f"Ouch 😀, {PAIN} again. {GOAL}, said number {number}."
        document = Document(
            name, "review", "reviews.csv", f"row {number}", person, text, created_at=f"2026-01-{number:02d}",
            attributes={"plan": "Pro" if number % 2 else "Free"},
        )  # fmt: skip
        cut = text.index(GOAL)
        documents.append(document)
        turns.append(Utterance(f"{name}-u0000", name, 0, None, person, "participant", 0, len(text)))
        for n, (start, end) in enumerate(((0, cut - 1), (cut, len(text)))):
            key = f"s-{name}-{n}"
            segments.append(
                Segment(key, name, f"{name}-u0000", n, start, end, text[start:end], key, person, "participant")
            )
            placed.append(TopicAssignment(key, "t-1" if n == 0 else "t-2", 0.9))
        mentions.append(mention(f"m{number:02d}a", document, f"s-{name}-0", PAIN, "pain_point", 0.4 + number / 30))
        mentions.append(mention(f"m{number:02d}b", document, f"s-{name}-1", GOAL, "goal", 0.95))
        members.append(InsightMember(f"m{number:02d}a", "i-a" if number <= 7 else "i-b"))
        members.append(InsightMember(f"m{number:02d}b", "i-c"))
        home = None if number == 12 else "p-a" if number <= 6 else "p-b"
        memberships.append(Membership(person, home, 0.8))
    text = "What gets in the way?\nThe calendar 👩‍👧 never syncs, and I type it twice."
    talk = Document("talk", "interview", "talk.vtt", "", "P0001", text)
    ends = (0, text.index("\n"), text.index("\n") + 1, len(text))
    for n, (start, end, who, role) in enumerate(
        ((ends[0], ends[1], "I0001", "interviewer"), (ends[2], ends[3], "P0001", "participant"))
    ):
        turns.append(Utterance(f"talk-u{n:04d}", "talk", n, None, who, role, start, end))
        segments.append(
            Segment(f"s-talk-{n}", "talk", f"talk-u{n:04d}", n, start, end, text[start:end], f"s-talk-{n}", who, role)
        )
    insights = [
        insight("i-a", "pain_point", "The export fails", 7, suggested_merges=("i-b",)),
        insight("i-b", "pain_point", "Export is broken", 5, suggested_merges=("i-a",), medoid_mention_id="m08a"),
        insight("i-c", "goal", "Be faster", 12, medoid_mention_id="m01b"),
    ]
    return Batch.make(
        (Document, [*documents, talk]), (Utterance, turns), (Segment, segments), (Mention, mentions),
        (Topic, [Topic("t-1", "Export", ("export",), 12, 12), Topic("t-2", "Speed", ("fast",), 12, 12)]),
        (TopicAssignment, placed), (Insight, insights), (InsightMember, members),
        (Persona, [persona("p-a", "The clerks", "primary", 6), persona("p-b", "The owners", "secondary", 5)]),
        (Membership, memberships),
    )  # fmt: skip


def crowd(folder: Path, mentions: int) -> Desk:
    """A desk with so many mentions, twenty to a document and ten to a finding; nobody says anything of sense."""
    documents, segments, found, members, insights = [], [], [], [], []
    for number in range(mentions // 20):
        name, person = f"d{number:06d}", f"P{number:06d}"
        parts = [f"Ouch 😀, {PAIN} in case {number} of {n}. " for n in range(20)]
        document = Document(name, "ticket", "dump.jsonl", f"line {number}", person, "".join(parts))
        documents.append(document)
        at = 0
        for n, part in enumerate(parts):
            key = f"{name}-{n}"
            segments.append(
                Segment(f"s-{key}", name, f"{name}-u0000", n, at, at + len(part), part, key, person, "participant")
            )
            start = at + part.index(PAIN)
            made = mention(f"m-{key}", document, f"s-{key}", PAIN, "pain_point", (number * 7 + n) % 97 / 97)
            found.append(replace(made, start=start, end=start + len(PAIN)))
            members.append(InsightMember(f"m-{key}", f"i-{(number * 20 + n) * 7919 % (mentions // 10):06d}"))
            at += len(part)
    for number in range(mentions // 10):
        insights.append(insight(f"i-{number:06d}", "pain_point", f"Finding {number}", 10))
    made_of = Batch.make(
        (Document, documents), (Utterance, []), (Segment, segments), (Mention, found), (Insight, insights),
        (InsightMember, members), (Persona, []), (Membership, []), (Topic, []), (TopicAssignment, []),
    )  # fmt: skip
    return Desk(Workspace(folder), Material("run-1", "Crowd", made_of, manifest={"parts": {"ingest": []}}))


def desk(folder: Path, **more: Any) -> Desk:
    """A desk with nothing decided yet."""
    return Desk(Workspace(folder), Material("run-1", "Larkbook", tables(), manifest={"parts": {"ingest": []}}, **more))


class Browser:
    """A browser that was let in: it gets pages and posts what their buttons carry."""

    def __init__(self, place: Desk, blind: int = 0) -> None:
        self.desk, self.secrets = place, Secrets(PORT)
        self.app = ReviewApp(place, self.secrets, blind=blind)
        self.client = TestClient(self.app.asgi(), base_url=self.secrets.origin, follow_redirects=True)
        assert self.client.get(f"/?key={self.secrets.entry}").status_code == 200

    def get(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: Any) -> Any:
        fields = {"token": self.secrets.form, "back": "/history", **fields}
        return self.client.post(path, data=fields, headers={"origin": self.secrets.origin, **(headers or {})})
