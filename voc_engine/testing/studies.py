"""Two studies for report formats: a small one made by hand, with characters that trip formats up, and an empty one."""

from __future__ import annotations

from voc_engine.config import Config
from voc_engine.records import (
    Batch,
    Document,
    EmpathyEntry,
    Insight,
    InsightMember,
    Membership,
    Mention,
    Persona,
    Segment,
    Skipped,
    Topic,
    TopicAssignment,
    Utterance,
)
from voc_engine.report.contract import SourceInfo, Study

_TALK = (
    ("I0001", "interviewer", "How do you end the month?"),
    ("P0001", "participant", "I want to close it in a day. The <export> drops the last row & nobody tells me."),
)
_REVIEWS = (
    ("P0002", 'The export "drops" rows again, 😀 very funny.'),
    ("P0003", "=SUM(A1) is what my export shows; rows are gone.\nI love the calendar."),
    ("P0004", "The calendar is lovely, naïve and all."),
)
# Insight, kind, statement, and its quotes as (document, words).
_CLAIMS = (
    ("i-goal", "goal", "close the month in a day", (("d-talk", "I want to close it in a day."),)),
    (
        "i-export",
        "pain_point",
        "export drops rows",
        (
            ("d-talk", "The <export> drops the last row & nobody tells me."),
            ("d-0", 'The export "drops" rows again, 😀 very funny.'),
            ("d-1", "=SUM(A1) is what my export shows; rows are gone."),
        ),
    ),
    (
        "i-love",
        "delight",
        "love the calendar",
        (("d-1", "I love the calendar."), ("d-2", "The calendar is lovely, naïve and all.")),
    ),
)  # fmt: skip
_LEANING = {"pain_point": ("negative", -0.6, "anger", "feels"), "delight": ("positive", 0.8, "joy", "feels")}
_INTERVALS = {1: (0.045587, 0.699358), 2: (0.150036, 0.849964), 3: (0.300642, 0.954413)}  # Wilson, of four people


def no_study() -> Study:
    """A run in which no source held anything."""
    return Study("run-000000000000", "Nothing", "", Config(), Batch())


def example_study() -> Study:
    """Four people and an interviewer: one interview, three reviews, three insights, one persona with its map."""
    documents, utterances = _documents()
    segments = [_segment(one, utterances) for _, _, _, quotes in _CLAIMS for one in quotes]
    mentions = [_mention(insight, kind, quote, segments) for insight, kind, _, quotes in _CLAIMS for quote in quotes]
    mentions_of = {
        insight: [one for one in mentions if one.mention_id.startswith(f"m-{insight}-")] for insight, *_ in _CLAIMS
    }
    insights = [_insight(insight, kind, statement, mentions_of[insight]) for insight, kind, statement, _ in _CLAIMS]
    persona, entries = _persona(mentions_of)
    people = ("P0001", "P0002", "P0003", "P0004")
    return Study(
        run_id="run-4e5a3b1c0d2f",
        title="Closing the month <at> Tidewell & Sons",
        question="Why does closing the month take so long?",
        config=Config(),
        tables=Batch.make(
            (Document, documents),
            (Utterance, utterances),
            (Segment, segments),
            (Topic, [Topic("t-export", "export", ("export", "rows"), 3, 3, (segments[1].segment_id,), 0.8)]),
            (TopicAssignment, [_placed(one) for one in segments]),
            (Mention, mentions),
            (Insight, insights),
            (InsightMember, [InsightMember(one.mention_id, key) for key, found in mentions_of.items() for one in found]),
            (Persona, [persona]),
            (Membership, [Membership(one, persona.persona_id, 1.0) for one in people]),
            (EmpathyEntry, entries),
            (Skipped, [Skipped("reviews.csv", "row 9", "row with damaged quotes", "7 cells", "3 cells: =x,\"", "mend it")]),
        ),
        sources=(SourceInfo("talks/one.vtt", "0" * 64, "interview", "webvtt.v1", 1, 22),),
        versions={"voc_engine": "0.1.0"},
        method={"seed": "0"},
    )  # fmt: skip


def _documents() -> tuple[list[Document], list[Utterance]]:
    text = "\n".join(said for _, _, said in _TALK)
    documents = [Document("d-talk", "interview", "talks/one.vtt", "whole file", "P0001", text, created_at="2026-03-04")]
    utterances, at = [], 0
    for index, (person, role, words) in enumerate(_TALK):
        utterances.append(
            Utterance(f"d-talk-u{index:04d}", "d-talk", index, person, person, role, at, at + len(words), None, None,
                      (at,), (index * 4_000,))
        )  # fmt: skip
        at += len(words) + 1
    for row, (person, words) in enumerate(_REVIEWS):
        name = f"d-{row}"
        documents.append(
            Document(
                name, "review", "reviews.csv", f"row {row + 2}", person, words, created_at="2026-04-01", rating=3.0
            )
        )
        utterances.append(Utterance(f"{name}-u0000", name, 0, None, person, "participant", 0, len(words)))
    return documents, utterances


def _segment(quote: tuple[str, str], utterances: list[Utterance]) -> Segment:
    document, words = quote
    text = "\n".join(said for _, _, said in _TALK) if document == "d-talk" else _REVIEWS[int(document[2:])][1]
    start = text.index(words)
    turn = next(one for one in utterances if one.document_id == document and one.start <= start < one.end)
    return Segment(f"s-{document}-{start}", document, turn.utterance_id, start, start, start + len(words), words,
                   f"k-{document}-{start}", turn.person_id, turn.role)  # fmt: skip


def _placed(segment: Segment) -> TopicAssignment:
    home = "t-export" if "export" in segment.text else None
    return TopicAssignment(segment.segment_id, home, 0.9 if home else 0.2)


def _mention(insight: str, kind: str, quote: tuple[str, str], segments: list[Segment]) -> Mention:
    segment = next(segment for segment in segments if (segment.document_id, segment.text) == quote)
    sentiment, score, emotion, quadrant = _LEANING.get(kind, ("neutral", 0.0, "neutral", "thinks"))
    return Mention(
        f"m-{insight}-{segment.document_id}",
        segment.segment_id,
        segment.document_id,
        segment.person_id,
        kind,
        segment.start,
        segment.end,
        segment.text,
        0.9,
        sentiment,
        score,
        emotion,
        "medium",
        0.5,
        quadrant,
        "stated",
        ("made by hand",),
        text_key=segment.text_key,
    )


def _insight(key: str, kind: str, statement: str, members: list[Mention]) -> Insight:
    people = len({one.person_id for one in members})
    low, high = _INTERVALS[people]
    return Insight(
        insight_id=key, kind=kind, statement=statement, n_people=people, n_mentions=len(members), share_low=low,
        share_high=high, sentiment_score=members[0].sentiment_score, severity="medium", priority=people / 8,
        trend="too little data", topic_id="t-export" if key == "i-export" else None, share=people / 4,
        n_documents=people, severity_score=0.5, priority_low=low / 2, priority_high=high / 2,
        medoid_mention_id=members[0].mention_id,
    )  # fmt: skip


def _persona(mentions_of: dict[str, list[Mention]]) -> tuple[Persona, list[EmpathyEntry]]:
    quotes = tuple(found[0].mention_id for found in mentions_of.values())
    persona = Persona(
        "p-everyone", "Everyone in the study", "primary", None, 4, None, "All 4 people of the study.", "profile",
        0.51, 1.0, 4, 6, 0, goals=("i-goal",), pains=("i-export",), delights=("i-love",), quotes=quotes,
    )  # fmt: skip
    export = mentions_of["i-export"]
    entries = [
        EmpathyEntry("p-everyone", "says", export[0].quote, "stated", 1, (export[0].mention_id,)),
        EmpathyEntry("p-everyone", "pains", "export drops rows", "stated", 3, tuple(one.mention_id for one in export)),
    ]
    return persona, entries
