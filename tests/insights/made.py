"""Hand-made mentions, vectors placed on purpose, and batches of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from voc_engine.config.sections import InsightsConfig
from voc_engine.records import Batch, Document, Insight, InsightMember, Mention, Segment, TopicAssignment, Vectors

# Words made by hand are short: whether they can be understood is a test of its own.
OPTIONS = InsightsConfig(clear=0)
EXPORT = ["The export button is hidden", "I could not see where export is", "Export took me ages", "Where is export?"]
PRICE = ["The price went up", "It costs too much for us", "Pricey for what it gives"]


def mention(number: int, person: str, quote: str, **given: object) -> Mention:
    fields: dict[str, object] = {
        "mention_id": f"m{number:04d}",
        "segment_id": f"s{number:04d}",
        "document_id": f"d-{person}",
        "person_id": person,
        "kind": "pain_point",
        "start": 0,
        "end": len(quote),
        "quote": quote,
        "probability": 0.9,
        "sentiment": "negative",
        "sentiment_score": -0.5,
        "emotion": "anger",
        "severity": "medium",
        "severity_score": 0.5,
        "quadrant": "thinks",
        "basis": "stated",
        "reasons": (),
        "text_key": quote,
    }
    return Mention(**(fields | given))  # type: ignore[arg-type]


def plain() -> list[Mention]:
    """Two matters that seven people speak of, one of which goes by one word and the other by none."""
    texts = [*EXPORT, *PRICE]
    return [mention(n, f"P{n}", text, statement=text) for n, text in enumerate(texts)]


def vectors(groups: Sequence[Sequence[str]], spread: float = 0.2, dimensions: int = 64) -> Vectors:
    """Texts of one group lie about one random direction; ``spread`` is the length of the noise."""
    random = np.random.default_rng(7)
    rows, keys = [], []
    for texts in groups:
        centre = random.normal(size=dimensions)
        centre /= np.linalg.norm(centre)
        for text in texts:
            noise = random.normal(size=dimensions)
            row = centre + spread * noise / np.linalg.norm(noise)
            rows.append(row / np.linalg.norm(row))
            keys.append(text)
    return Vectors(tuple(keys), np.array(rows, dtype=np.float32))


def study(
    mentions: Sequence[Mention],
    vecs: Vectors,
    silent: Sequence[str] = (),
    documents: Sequence[Document] = (),
    topics: Sequence[TopicAssignment] = (),
) -> Batch:
    segments = [
        Segment(m.segment_id, m.document_id, "u", 0, 0, m.end, m.quote, m.text_key, m.person_id, "participant")
        for m in mentions
    ]
    segments += [Segment(f"x{p}", f"d-{p}", "u", 0, 0, 2, "hm", "hm", p, "participant") for p in silent]
    segments.append(Segment("ask", "d", "u", 0, 0, 2, "hm", "hm", "the interviewer", "interviewer"))
    return Batch.make(
        (Mention, mentions),
        (Segment, segments),
        (Document, documents),
        (TopicAssignment, topics),
        vectors=vecs,
    )


def by_member(result: Batch) -> dict[str, Insight]:
    insights = {insight.insight_id: insight for insight in result.of(Insight)}
    return {member.mention_id: insights[member.insight_id] for member in result.of(InsightMember)}


def document(person: str, created_at: str | None = None, rating: float | None = None) -> Document:
    return Document(f"d-{person}", "review", "a.csv", "row", person, "text", created_at=created_at, rating=rating)
