"""Hand-made studies. In the texts ``[[kind:insight|words]]`` marks a mention; marks may nest and overlap by nesting."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from voc_engine.config import Config, ReportConfig
from voc_engine.records import (
    EVIDENCE_ROLES,
    Answer,
    Batch,
    CountedLine,
    Disclosure,
    Document,
    EmpathyEntry,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Note,
    Part,
    Period,
    Persona,
    Record,
    Segment,
    Skipped,
    Topic,
    TopicAssignment,
    Utterance,
)
from voc_engine.report.contract import SourceInfo, Study
from voc_engine.statistics import wilson

MARK = re.compile(r"\[\[(\w+):(\w+)\|")
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
SCORES = {"pain_point": ("negative", -0.6, "anger"), "objection": ("negative", -0.3, "fear")}
SCORES |= {"delight": ("positive", 0.7, "joy")}


R = TypeVar("R", bound=Record)


@dataclass
class Made:
    """Collects records; ``tables()`` gives them as a batch."""

    records: dict[type[Record], list[Record]] = field(default_factory=dict)
    claims: dict[str, list[Mention]] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)

    def add(self, *records: Record) -> None:
        for one in records:
            self.records.setdefault(type(one), []).append(one)

    def of(self, kind: type[R]) -> list[R]:
        return cast("list[R]", self.records.get(kind, []))

    def tables(self) -> Batch:
        return Batch.make(*self.records.items())

    def document(self, key: str, kind: str, source: str, turns: list[tuple[str, str, str]], **more: object) -> Document:
        """``turns``: (person, role, marked text). Turns are joined by a line break."""
        text, spans, places = "", [], []
        for person, role, marked in turns:
            plain, found = unmarked(marked)
            start = len(text)
            spans += [(kind_, insight, start + left, start + right) for kind_, insight, left, right in found]
            places.append((person, role, start, start + len(plain)))
            text += plain + "\n"
        author = next((person for person, role, _ in turns if role in EVIDENCE_ROLES), turns[0][0])
        locator = str(more.pop("locator", f"row {key}"))
        document = Document(key, kind, source, locator, author, text.rstrip("\n"), **more)  # type: ignore[arg-type]
        self.add(document)
        for index, (person, role, start, end) in enumerate(places):
            times = ((start,), (index * 23_000 + 4_000,)) if kind == "interview" else ((), ())
            turn = Utterance(f"{key}-u{index}", key, index, person, person, role, start, end, None, None, *times)
            self.add(turn)
            self.heard |= {person} if role == "participant" else set()
            self._segments(document, turn)
        for number, (kind_, insight, start, end) in enumerate(spans):
            self._mention(document, f"{key}-m{number}", kind_, insight, start, end)
        return document

    def _segments(self, document: Document, turn: Utterance) -> None:
        for found in SENTENCE.finditer(document.text, turn.start, turn.end):
            left = found.start() + len(found[0]) - len(found[0].lstrip())
            if left < found.end():
                index = len(self.of(Segment))
                key, text = f"s{index}", document.text[left : found.end()]
                self.add(
                    Segment(key, document.document_id, turn.utterance_id, index, left, found.end(), text, key,
                            turn.person_id, turn.role)
                )  # fmt: skip

    def _mention(self, document: Document, key: str, kind: str, insight: str, start: int, end: int) -> None:
        place = document.document_id
        segments = reversed(self.of(Segment))  # the document that was added last is found at once
        segment = next(one for one in segments if one.document_id == place and one.start <= start < one.end)
        sentiment, score, emotion = SCORES.get(kind, ("neutral", 0.0, "neutral"))
        mention = Mention(
            key, segment.segment_id, document.document_id, segment.person_id, kind, start, end,
            document.text[start:end], 0.9, sentiment, score, emotion, "medium", 0.5, "says", "stated", ("by hand",),
            created_at=document.created_at,
        )  # fmt: skip
        self.add(mention)
        self.claims.setdefault(insight, []).append(mention)

    def insight(
        self, key: str, statement: str, severity: str = "medium", reasons: tuple[str, ...] = (), **more: object
    ) -> Insight:
        """The insight over everything marked with ``key``; shares are of the people heard so far."""
        members = self.claims[key]
        n_people, total = len({one.person_id for one in members}), len(self.heard)
        low, high = wilson(n_people, total)
        score = {"low": 0.2, "medium": 0.5, "high": 0.85}[severity]
        values: dict[str, object] = {
            "insight_id": key, "kind": members[0].kind, "statement": statement, "n_people": n_people,
            "n_mentions": len(members), "share_low": low, "share_high": high,
            "sentiment_score": members[0].sentiment_score, "severity": severity, "priority": n_people / total * score,
            "trend": "too little data", "topic_id": None, "share": n_people / total,
            "n_documents": len({one.document_id for one in members}), "severity_score": score,
            "priority_low": low * score, "priority_high": high * score, "medoid_mention_id": members[0].mention_id,
            "divergent_mention_id": members[-1].mention_id if len(members) > 2 else None, "severity_reasons": reasons,
        }  # fmt: skip
        insight = Insight(**(values | more))  # type: ignore[arg-type]
        self.add(insight, *(InsightMember(one.mention_id, key) for one in members))
        return insight


def unmarked(marked: str) -> tuple[str, list[tuple[str, str, int, int]]]:
    """The plain text and its marks as (kind, insight, start, end)."""
    plain, found, open_marks, at = "", [], [], 0
    while at < len(marked):
        opening = MARK.match(marked, at)
        if opening:
            open_marks.append((opening[1], opening[2], len(plain)))
            at = opening.end()
        elif marked.startswith("]]", at) and open_marks:
            found.append((*open_marks.pop(), len(plain)))
            at += 2
        else:
            plain += marked[at]
            at += 1
    return plain, sorted(found, key=lambda one: (one[2], -one[3]))


def empty_study() -> Study:
    return Study("r0", "An empty study", "", Config(), Batch())


def small_study(definition: dict[str, Any] | None = None) -> Study:
    """Eleven people on an invented meal-planning app (tidewell.toml)."""
    found = definition or tomllib.loads((Path(__file__).parent / "tidewell.toml").read_text(encoding="utf-8"))
    made = Made()
    for one in found["documents"]:
        made.document(**one)
    _topics(made, found["topics"])
    for one in found["insights"]:
        made.insight(
            one.pop("key"), one.pop("statement"), one.pop("severity"), tuple(one.pop("reasons")), **frozen(one)
        )
    made.add(*(_disclosure(made, **one) for one in found["disclosures"]))
    for persona, people in found["members"].items():
        made.add(*(Membership(person, persona or None, 0.9 if persona else 0.3) for person in people))
    made.add(*(Persona(**({"role_type": None} | frozen(one))) for one in found["personas"]))
    for one in found["empathy"]:
        voices = {mention.person_id for mention in made.of(Mention) if mention.mention_id in one["mention_ids"]}
        made.add(EmpathyEntry(n_people=len(voices), **frozen(one)))
    made.add(*(Skipped(**one) for one in found["skipped"]))
    return Study(
        run_id="2026-07-01-a1b2c3",
        title="Tidewell: planning the week's meals",
        question="Why do families stop using the planner after the first month, and what would make them stay?",
        config=Config(report=ReportConfig(formats=["html.v1", "tables.v1"], frame="marketing")),
        tables=made.tables(),
        sources=tuple(SourceInfo(**one) for one in found["sources"]),
        versions={"voc_engine": "0.1.0", "spacy": "3.8.18", "all-MiniLM-L6-v2": "0.1.0"},
        method=found["method"],
    )


def _topics(made: Made, topics: list[dict[str, Any]]) -> None:
    """A sentence belongs to the first topic of which it holds a keyword."""
    home: dict[str, str | None] = {}
    for one in made.of(Segment):
        words = one.text.lower()
        fit = (topic["topic_id"] for topic in topics if any(word in words for word in topic["keywords"]))
        home[one.segment_id] = next(fit, None) if one.role == "participant" else None
    made.add(*(TopicAssignment(key, topic, 0.8 if topic else 0.1) for key, topic in home.items()))
    for topic in topics:
        inside = [one for one in made.of(Segment) if home[one.segment_id] == topic["topic_id"]]
        people, leading = {one.person_id for one in inside}, tuple(one.segment_id for one in inside[:3])
        made.add(
            Topic(n_segments=len(inside), n_people=len(people), representative_segment_ids=leading, **frozen(topic))
        )


def _disclosure(made: Made, key: str, document: str, field: str, quote: str) -> Disclosure:
    text = next(one for one in made.of(Document) if one.document_id == document).text
    start = text.index(quote)
    near = (one for one in made.of(Segment) if one.document_id == document)
    home = next(one for one in near if one.start <= start < one.end)
    return Disclosure(
        key, home.segment_id, document, home.person_id, field, start, start + len(quote), quote, 0.9,
    )  # fmt: skip


PARTS = {"periods": Period, "answers": Answer, "notes": Note}


def frozen(values: dict[str, Any]) -> dict[str, Any]:
    """Lists as tuples; what stands in them as a table as the part that the field holds."""
    return {
        key: tuple(PARTS.get(key, CountedLine)(**frozen(one)) if isinstance(one, dict) else one for one in value)
        if isinstance(value, list)
        else value
        for key, value in values.items()
    }


def hostile_study(payloads: list[str]) -> Study:
    """The small study with a payload in every text, quote, id, name, label, path and reason, in turn."""
    definition = tomllib.loads((Path(__file__).parent / "tidewell.toml").read_text(encoding="utf-8"))
    places = iter(range(10**6))
    for document in definition["documents"]:
        for turn in document["turns"]:
            parts = turn[2].split("]]")
            turn[2] = "".join(
                f"{part}{payloads[next(places) % len(payloads)]}{']]' if number < len(parts) - 1 else ''}"
                for number, part in enumerate(parts)
            )
    study, changed = small_study(definition), dict[str, str]()

    def poisoned(value: str) -> str:
        """The same value is changed alike everywhere, so that records still join by their ids."""
        return changed.setdefault(value, f"{value}{payloads[len(changed) % len(payloads)]}")

    tables = {kind: [_poisoned(one, poisoned) for one in rows] for kind, rows in study.tables.tables.items()}
    return replace(
        study,
        title=poisoned(study.title),
        question=poisoned(study.question),
        run_id=poisoned(study.run_id),
        tables=Batch(tables),
        sources=tuple(replace(one, name=poisoned(one.name), format=poisoned(one.format)) for one in study.sources),
        versions={poisoned(key): poisoned(value) for key, value in study.versions.items()},
        method={poisoned(key): poisoned(value) for key, value in study.method.items()},
    )


# Closed lists that the stages hold their records to; and texts, which are poisoned before their spans are measured.
CLOSED = frozenset(
    [
        "text",
        "quote",
        "text_key",
        "kind",
        "field",
        "role",
        "rank",
        "quadrant",
        "sentiment",
        "emotion",
        "severity",
        "basis",
        "created_at",
    ]
)


def _poisoned(record: Any, poisoned: Callable[[str], str]) -> Any:
    """The record, or part of one, with every text that is of no closed list changed."""
    changes: dict[str, Any] = {}
    for name in (one.name for one in fields(record)):
        value = getattr(record, name)
        if name in CLOSED:
            continue
        if isinstance(value, str):
            changes[name] = poisoned(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], str):
            changes[name] = tuple(poisoned(one) for one in value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Part):
            changes[name] = tuple(_poisoned(one, poisoned) for one in value)
        elif isinstance(value, dict):
            changes[name] = {poisoned(key): poisoned(one) for key, one in value.items()}
    if "statement" in changes and isinstance(record, Mention):
        changes["statement"] = record.quote
    if isinstance(record, Mention):
        changes["statement"] = record.quote
    return replace(record, **changes)


def large_study(people: int = 420, insights: int = 330) -> Study:
    """Reviews by many people, each with one pain point; the first insights have several people, the rest one."""
    made = Made()
    several = people - insights
    for number in range(people):
        key = f"p{number % insights if number < insights else number % max(several // 8, 1)}"
        text = f"[[pain_point:{key}|The sync failed {number} times on my phone]]. Otherwise all right."
        made.document(f"d{number}", "review", "reviews.csv", [(f"P{number:04}", "participant", text)])
    for key in list(made.claims):
        made.insight(key, f"Sync fails, case {key}")
    return Study("r9", "A large study", "", Config(), made.tables())
