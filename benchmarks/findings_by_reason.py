"""Findings against what people said the reason was: coverage and purity of the pain points of a finished run.

python -m benchmarks.findings_by_reason WORKSPACE [--reason negativereason] [--unknown "Can't Tell"]

``--reason`` is an attribute of the documents that a person gave. Of the pain points of documents with a reason: how
many stand in findings of two, three people and more, and how many of these have the reason that most of their finding
have.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from voc_engine.config import Config
from voc_engine.interface.study import Study
from voc_engine.store.workspace import Workspace


def main() -> None:
    """One line per number of people."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.findings_by_reason", description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--reason", default="negativereason")
    parser.add_argument("--unknown", default="Can't Tell")
    given = parser.parse_args()
    run = Study(Config(), given.workspace, Workspace(given.workspace))
    reasons = dict(zip(run.documents["document_id"], run.documents[given.reason], strict=True))
    people = dict(zip(run.insights["insight_id"], run.insights["n_people"], strict=True))
    pains = run.mentions[(run.mentions["kind"] == "pain_point") & (run.mentions["holder"] == "self")]
    pairs = [
        (insight, reasons[document])
        for insight, document in zip(pains["insight_id"], pains["document_id"], strict=True)
        if isinstance(reasons.get(document), str) and reasons[document] not in ("", given.unknown)
    ]
    for least in (2, 3):
        inside: dict[str, Counter[str]] = defaultdict(Counter)
        for insight, reason in pairs:
            if people.get(insight, 0) >= least:
                inside[insight][reason] += 1
        count = sum(own.total() for own in inside.values())
        pure = sum(max(own.values()) for own in inside.values())
        print(
            f"{len(pairs)} pain points with a reason; in findings of {least} people and more"
            f" {count / max(1, len(pairs)):.2f}, of one reason with most of their finding"
            f" {pure / max(1, count):.2f} ({len(inside)} findings)"
        )


if __name__ == "__main__":
    main()
