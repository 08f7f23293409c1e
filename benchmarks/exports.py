"""Seconds and memory of each way out over a made-up run of many mentions, each format in a process of its own.

python -m benchmarks.exports --mentions 100000
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence

from voc_engine.config import Config
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
from voc_engine.report.contract import Study
from voc_engine.statistics import wilson

PER_DOCUMENT, PER_FINDING, PERSONAS, TOPICS = 5, 20, 5, 40
MOST_S, MOST_MB = 60, 1000
KINDS = ("pain_point", "goal", "objection", "request", "delight", "trigger")
SAID = {
    "pain_point": "the export drops every second row of the table when the month is closed",
    "goal": "I want to send the whole month to my accountant in one go",
    "objection": "it costs more than what we have and does the same",
    "request": "please let me lock a month so that nobody changes it",
    "delight": "the reminders are lovely and people turn up",
    "trigger": "my accountant moved to another town and I had to look around",
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line per format; exit code 1 where one takes longer than a minute of processor time or more than 1 GB beyond
    what the run itself takes in memory."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exports", description=__doc__)
    parser.add_argument("--mentions", type=int, default=100_000, help="default: 100,000")
    parser.add_argument("--format", action="append", help="only this one; repeatable")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.one:
        print(json.dumps(_one(given.one, given.mentions)))
        return 0
    from voc_engine.registry import names

    failed = False
    print(f"{given.mentions:,} mentions; seconds of processor time, MB beyond the run in memory, size of the files")
    for name in given.format or names("export format"):
        command = [sys.executable, "-m", "benchmarks.exports", "--mentions", str(given.mentions), "--one", name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name:18} failed: {(done.stderr or 'killed').strip().splitlines()[-1]}")
            failed = True
            continue
        row = json.loads(done.stdout)
        slow = row["s"] > MOST_S or row["mb"] > MOST_MB
        failed = failed or slow
        print(
            f"{name:18} {row['s']:6.1f} s  {row['mb']:6.0f} MB of {row['peak']:,.0f}  {row['bytes'] / 1e6:7.1f} MB in"
            f" {row['files']} files{'  TOO MUCH' if slow else ''}",
            flush=True,
        )
    return int(failed)


def _one(name: str, mentions: int) -> dict[str, float]:
    from voc_engine.exchange.exporting import export_format
    from voc_engine.exchange.run_view import RunView

    view = RunView(made_up(mentions))
    before, started = _peak(), time.process_time()
    sizes = [len(content) for _, content in export_format(name).write(view, frozenset()).files]
    return {
        "s": time.process_time() - started, "mb": _peak() - before, "peak": _peak(), "bytes": sum(sizes),
        "files": len(sizes),
    }  # fmt: skip


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def made_up(mentions: int) -> Study:
    """A study of so many mentions, five to a document and person, about twenty to a finding, of no sense."""
    documents, turns, segments, found, members, homes, placed = [], [], [], [], [], [], []
    n_findings = max(mentions // PER_FINDING, 1)
    for number in range(max(mentions // PER_DOCUMENT, 1)):
        kinds = [KINDS[(number * PER_DOCUMENT + n) * 7919 % n_findings % len(KINDS)] for n in range(PER_DOCUMENT)]
        parts = [f"Well 😀, {SAID[kind]}, case {number} of {n}.\n" for n, kind in enumerate(kinds)]
        document = Document(
            f"d{number:06d}", "ticket", "dump.jsonl", f"line {number}", f"P{number:06d}", "".join(parts),
            created_at=f"2026-{number % 6 + 1:02d}-{number % 28 + 1:02d}T09:00:00",
            attributes={"plan": ("Solo", "Team", "Free")[number % 3]},
        )  # fmt: skip
        documents.append(document)
        homes.append(Membership(document.person_id, f"p-{number % PERSONAS}", 0.8))
        turns.append(Utterance(f"u{number}", document.document_id, 0, document.person_id, document.person_id,
                               "participant", 0, len(document.text), None, None))  # fmt: skip
        at = 0
        for n, (kind, part) in enumerate(zip(kinds, parts, strict=True)):
            key, finding = f"{number:06d}-{n}", (number * PER_DOCUMENT + n) * 7919 % n_findings
            end = at + len(part) - 1
            segments.append(Segment(f"s-{key}", document.document_id, f"u{number}", n, at, end, document.text[at:end], key,
                                    document.person_id, "participant"))  # fmt: skip
            found.append(_mention(key, kind, segments[-1], (number * 7 + n) % 97 / 97))
            members.append(InsightMember(f"m-{key}", f"i-{finding:06d}"))
            placed.append(TopicAssignment(f"s-{key}", f"t-{finding % TOPICS}", 0.9))
            at += len(part)
    insights = _insights(found, members, len(documents))
    tables = Batch.make(
        (Document, documents), (Utterance, turns), (Segment, segments), (Mention, found), (InsightMember, members),
        (Insight, insights), (Persona, _personas(insights, len(documents))), (Membership, homes), (Topic, _topics(mentions)),
        (TopicAssignment, placed),
    )  # fmt: skip
    return Study("run-made-up", "Made up", "How large may it be?", Config(), tables)


def _mention(key: str, kind: str, segment: Segment, probability: float) -> Mention:
    return Mention(
        mention_id=f"m-{key}", segment_id=segment.segment_id, document_id=segment.document_id,
        person_id=segment.person_id, kind=kind, start=segment.start, end=segment.end, quote=segment.text,
        probability=probability, sentiment="negative", sentiment_score=-0.4, emotion="anger", severity="medium",
        severity_score=0.5, quadrant="says", basis="stated", reasons=("made up",), statement=SAID[kind],
    )  # fmt: skip


def _insights(found: list[Mention], members: list[InsightMember], total: int) -> list[Insight]:
    inside: dict[str, list[Mention]] = {}
    for mention, member in zip(found, members, strict=True):
        inside.setdefault(member.insight_id, []).append(mention)
    made = []
    for key, several in sorted(inside.items()):
        people = len({one.person_id for one in several})
        low, high = wilson(people, total)
        made.append(
            Insight(
                insight_id=key,
                kind=several[0].kind,
                statement=f"{SAID[several[0].kind]} ({key})",
                n_people=people,
                n_mentions=len(several),
                share_low=low,
                share_high=high,
                sentiment_score=-0.4,
                severity="medium",
                priority=people / total,
                trend="steady",
                topic_id=f"t-{int(key[2:]) % TOPICS}",
                share=people / total,
                n_documents=people,
                severity_score=0.5,
                priority_low=low,
                priority_high=high,
                medoid_mention_id=several[0].mention_id,
            )
        )  # fmt: skip
    return made


def _personas(insights: list[Insight], total: int) -> list[Persona]:
    def of(kind: str, number: int) -> tuple[str, ...]:
        return tuple(one.insight_id for one in insights if one.kind == kind)[number * 6 : number * 6 + 6]

    return [
        Persona(
            f"p-{number}", f"Persona {number}", "secondary" if number else "primary", None, total // PERSONAS, 0.9,
            "They close the month.", "consensus", 0.15, 0.25, total // PERSONAS, total, 3,
            goals=of("goal", number), pains=of("pain_point", number), objections=of("objection", number),
            requests=of("request", number), delights=of("delight", number), triggers=of("trigger", number),
        )
        for number in range(PERSONAS)
    ]  # fmt: skip


def _topics(mentions: int) -> list[Topic]:
    each = mentions // TOPICS
    return [Topic(f"t-{n}", f"topic {n}", ("month", "export"), each, each, (), 0.9) for n in range(TOPICS)]


if __name__ == "__main__":
    raise SystemExit(main())
