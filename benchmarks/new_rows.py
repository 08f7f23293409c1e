"""New rows on the tree of a finished run: how many go where the full run has them, by the floor of the placing.

python -m benchmarks.new_rows WORKSPACE [--parts 5] [--split 0] [--floors 0.4 0.5 0.6 0.7]

The people of the workspace's latest run are dealt into parts. Findings are found again without each part, and what
its people say is placed on them. Right is the finding that holds most of what the full run's finding of that mention
holds; a mention should be placed where there is such a finding. Told are precision (of what is placed) and recall (of
what should be).
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from voc_engine.config.sections import InsightsConfig
from voc_engine.insights import finding_assigner
from voc_engine.insights.stage import run
from voc_engine.records import (
    Batch,
    Document,
    Insight,
    InsightMember,
    Mention,
    Segment,
    Topic,
    TopicAssignment,
    stable_hash,
)
from voc_engine.store.results import records_of
from voc_engine.store.workspace import Workspace

_READ = (Document, Segment, Topic, TopicAssignment, Mention, Insight, InsightMember)
_OTHERS = 2  # a finding that one person alone says is none to be placed on


def main() -> None:
    """One line per floor."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.new_rows", description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--parts", type=int, default=5)
    parser.add_argument("--split", default="0", help="another one deals people otherwise")
    parser.add_argument("--floors", type=float, nargs="+", default=[0.4, 0.5, 0.6, 0.7])
    given = parser.parse_args()
    found = list(placed(given.workspace, given.parts, given.split))
    should = sum(wanted for _, _, wanted in found)
    print(f"{len(found)} mentions, of {should} the finding is there; the floor that ships is {finding_assigner.FLOOR}")
    for floor in given.floors:
        said = [right for chance, right, _ in found if chance >= floor]
        precision, recall = sum(said) / max(1, len(said)), sum(said) / max(1, should)
        print(f"floor {floor:.2f}: {len(said)} placed, precision {precision:.2f}, recall {recall:.2f}")


def placed(workspace: Path, parts: int, split: str) -> Iterator[tuple[float, bool, bool]]:
    """Of each mention of people kept out: probability of its likeliest finding, whether that is right, whether one is."""
    place = Workspace(workspace)
    manifest = place.manifest(place.latest()) or {}
    options = InsightsConfig(**manifest["config"]["insights"])
    whole = Batch.make(*records_of(place.parts, manifest["parts"], _READ))
    whole.vectors = place.parts.read_vectors("embed", manifest["parts"]["embed"])
    home = {one.mention_id: one.insight_id for one in whole.of(InsightMember)}
    mentions = [one for one in whole.of(Mention) if one.holder == "self"]
    finding_assigner.FLOOR = 0.0
    for part in range(parts):
        out = {one.person_id for one in mentions if int(stable_hash(split, one.person_id), 16) % parts == part}
        kept = _without(whole, out)
        made = run(kept, options)
        stands = Batch({**made.tables, Mention: kept.of(Mention)}, whole.vectors)
        assigner = finding_assigner.FindingAssigner(stands, options)
        means = _meant(made.of(InsightMember), home)
        there = {means[one.insight_id] for one in assigner.findings}
        new = [one for one in mentions if one.person_id in out]
        for one, where in zip(new, assigner.place(new, whole.vectors), strict=True):
            wanted = home.get(one.mention_id)
            right = where.insight is not None and means[where.insight.insight_id] == wanted
            yield (where.probability if where.insight is not None else 0.0), right, wanted in there


def _without(batch: Batch, people: set[str]) -> Batch:
    """What the stage reads, without what these people say."""
    tables = {kind: rows for kind, rows in batch.tables.items() if kind not in (Insight, InsightMember)}
    return Batch(
        {kind: [one for one in rows if getattr(one, "person_id", None) not in people] for kind, rows in tables.items()},
        batch.vectors,
    )


def _meant(members: Sequence[InsightMember], home: dict[str, str]) -> dict[str, str]:
    """Finding of the smaller run -> the full run's finding that holds most of it."""
    held: dict[str, Counter[str]] = defaultdict(Counter)
    for one in members:
        if one.mention_id in home:
            held[one.insight_id][home[one.mention_id]] += 1
    return {key: counts.most_common(1)[0][0] for key, counts in held.items()}


if __name__ == "__main__":
    main()
