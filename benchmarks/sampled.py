"""A sampled run against an exact one over the same tickets: time, and how near its numbers come.

python -m benchmarks.sampled [--tickets 5000] [--sentences 2000] [--planted 4] [--keep FOLDER] [--no-exact]

Tickets are made of real sentences (``benchmarks.real_tickets``). The sampled run goes to its report, the exact one to its
findings, behind which nothing is compared. Told are processor seconds and peak memory of both;
how many true counts of people (the exact run's) lie in the sampled run's intervals; how many of the exact run's leading
findings the sampled one has; how well the student alone tells what the full reading marks in what was not read; and whether
somebody with the planted problem was read.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.real_tickets import PLANTED, write_tickets
from voc_engine.records import MENTION_KINDS, Estimate, Insight, InsightMember, Mention, Sampling, Segment
from voc_engine.store.results import records_of
from voc_engine.store.workspace import Workspace

SHARED = Path(os.environ.get("VOC_SHARED", Path(__file__).parent.parent.parent / "shared"))
LEADING, WIDE = 50, 10
# A finding of one run is that of the other where they share so much of what both runs read (Jaccard).
SAME = 0.8
Tables = Mapping[type, list[Any]]


def main() -> None:
    """Make the tickets, run both ways, compare."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sampled", description=__doc__)
    parser.add_argument("--tickets", type=int, default=5_000)
    parser.add_argument("--sentences", type=int, default=2_000, help="sentences that the sampled run reads in full")
    parser.add_argument("--planted", type=int, default=4, help="people with a problem that nobody else has")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder to work in and to leave; a temporary one when absent")
    parser.add_argument("--no-exact", action="store_true", help="only the sampled run")
    parser.add_argument("--findings", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.findings:
        _findings(given.findings)
        return
    with tempfile.TemporaryDirectory(prefix="voc-sampled-") as temporary:
        folder = given.keep or Path(temporary)
        found = {}
        for effort in ("sampled",) if given.no_exact else ("sampled", "exact"):
            own = folder / effort
            if not own.exists():
                write_tickets(own, SHARED, given.tickets, seed=given.seed, planted=given.planted)
                with open(own / "voc.toml", "a", encoding="utf-8") as config:
                    config.write(f'\n[run]\neffort = "{effort}"\n\n[sample]\nsentences = {given.sentences}\n')
            _run(own, effort)
            found[effort] = _tables(own)
        _told(found["sampled"])
        if "exact" in found:
            _compare(found["sampled"], found["exact"])


def _findings(folder: Path) -> None:
    """Run a study up to its findings, and keep the names of its parts."""
    from voc_engine.config import load_config
    from voc_engine.runners.engine import Engine
    from voc_engine.runners.progress import PlainProgress

    config = load_config(folder / "voc.toml")
    state = Engine(config, folder, Workspace(folder), None, PlainProgress()).execute("codebook")
    (folder / "parts.json").write_text(json.dumps(state.parts), encoding="utf-8")


def _run(folder: Path, effort: str) -> None:
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    findings = ("benchmarks.sampled", "--findings", str(folder))
    command = findings if effort == "exact" else ("voc_engine", "run", str(folder / "voc.toml"))
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    passed, most = time.monotonic() - began, after.ru_maxrss / 1024
    print(f"\n{folder.name}: {spent:.0f} s of processor time, {passed:.0f} s, {most:,.0f} MB")
    print(done.stderr)


def _tables(folder: Path) -> Tables:
    place = Workspace(folder)
    own = folder / "parts.json"
    parts = json.loads((own if own.exists() else place.manifest_path(place.latest())).read_text(encoding="utf-8"))
    parts = parts.get("parts", parts)
    return dict(records_of(place.parts, parts, (Segment, Mention, Insight, InsightMember, Estimate, Sampling)))


def _told(own: Tables) -> None:
    print(own[Sampling][0])
    ill = {one.segment_id for one in own[Segment] if any(text in one.text for text in PLANTED)}
    said = [one for one in own[Mention] if one.segment_id in ill]
    of = {one.mention_id: one.insight_id for one in own[InsightMember]}
    together = Counter(of[one.mention_id] for one in said if one.mention_id in of)
    print(
        f"planted problem: {len({one.person_id for one in own[Segment] if one.segment_id in ill})} people with it were read,"
        f" {len({one.person_id for one in said})} are marked, {max(together.values(), default=0)} of them in one finding"
    )


def _compare(own: Tables, exact: Tables) -> None:
    everybody = len({one.person_id for one in exact[Segment] if one.role == "participant"})
    true = Counter(kind for kind, _ in {(one.kind, one.person_id) for one in exact[Mention] if one.holder == "self"})
    _inside("kinds of mention", own, "kind", dict(true))
    groups = _people(exact, _theme)
    themes = {key: len(groups[twin]) for key, twin in _twins(own, exact, _theme).items()}
    _inside(f"themes of {WIDE} people and more", own, "theme", {key: n for key, n in themes.items() if n >= WIDE})
    people, twins = _people(exact, _id), _twins(own, exact, _id)
    shared = {key: len(people[twin]) for key, twin in twins.items()}
    several = {one.insight_id for one in own[Insight] if one.n_people > 1}
    _inside("findings of several people", own, "insight", {key: n for key, n in shared.items() if key in several})
    leading = sorted(exact[Insight], key=lambda one: (-one.n_people, one.insight_id))[:LEADING]
    ranked = sorted((-one.n_people, one.target_id) for one in own[Estimate] if one.target == "insight")
    first = {twins.get(key) for _, key in ranked[:LEADING]}
    found, ahead = (sum(one.insight_id in some for one in leading) for some in (set(twins.values()), first))
    print(
        f"of the exact run's {LEADING} findings of most people {found} are found, {ahead} among the sampled first {LEADING}"
    )
    print(f"(exact: {everybody:,} people, {len(exact[Insight]):,} findings; sampled: {len(own[Insight]):,})")
    _student(own, exact)


def _people(tables: Tables, key: Callable[[Insight], str | None]) -> dict[str, set[str]]:
    name = {one.insight_id: key(one) for one in tables[Insight]}
    person = {one.mention_id: one.person_id for one in tables[Mention]}
    found: dict[str, set[str]] = {}
    for one in tables[InsightMember]:
        if own := name.get(one.insight_id):
            found.setdefault(own, set()).add(person[one.mention_id])
    return found


def _inside(what: str, own: Tables, target: str, true: Mapping[str, int]) -> None:
    """How many of the true counts lie in their intervals, and how wide these are."""
    rows = [(one, true[one.target_id]) for one in own[Estimate] if one.target == target and one.target_id in true]
    right = sum(one.low <= n <= one.high for one, n in rows)
    width = sum((one.high - one.low) / max(n, 1) for one, n in rows) / max(1, len(rows))
    off = sum(abs(one.n_people - n) / max(n, 1) for one, n in rows) / max(1, len(rows))
    print(
        f"{what}: {right} of {len(rows)} true counts inside; mean width {width:.2f} of the count, mean error {off:.2f}"
    )
    for one, n in [row for row in rows if not row[0].low <= row[1] <= row[0].high][:8]:
        print(
            f"   outside: {one.target_id}: {n} true, {one.low} to {one.high} ({one.n_read} read, {one.n_drawn} drawn)"
        )


def _theme(insight: Insight) -> str | None:
    return insight.theme


def _id(insight: Insight) -> str | None:
    return insight.insight_id


def _twins(own: Tables, exact: Tables, key: Callable[[Insight], str | None]) -> dict[str, str]:
    """Sampled finding (or theme) -> the exact run's that it is, by the mentions of what both runs read."""
    read = {one.segment_id for one in own[Segment]}
    both = {one.mention_id for one in exact[Mention] if one.segment_id in read} & {
        one.mention_id for one in own[Mention]
    }
    theirs, ours = _homes(exact, both, key), _homes(own, both, key)
    sizes = Counter(theirs.values())
    mine: dict[str, list[str]] = {}
    for mention, home in ours.items():
        if mention in theirs:
            mine.setdefault(home, []).append(mention)
    found = {}
    for home, mentions in mine.items():
        twin, shared = Counter(theirs[one] for one in mentions).most_common(1)[0]
        if shared / (len(mentions) + sizes[twin] - shared) >= SAME:
            found[home] = twin
    return found


def _homes(tables: Tables, mentions: set[str], key: Callable[[Insight], str | None]) -> dict[str, str]:
    names = {one.insight_id: key(one) for one in tables[Insight]}
    rows = [(one.mention_id, names.get(one.insight_id)) for one in tables[InsightMember] if one.mention_id in mentions]
    return {mention: name for mention, name in rows if name}


def _student(own: Tables, exact: Tables) -> None:
    """What the student alone would mark of what was not read, against the full reading of the exact run."""
    import numpy as np

    from voc_engine.student.grams import hashed, matrix, rarity
    from voc_engine.student.learner import taught

    said = [one for one in exact[Segment] if one.role == "participant"]
    began = time.process_time()
    ends, grams = hashed([one.text for one in said])
    rows = matrix(ends, grams, rarity(grams, len(said)))
    hashing = time.process_time() - began
    kinds = {(one.segment_id, one.kind) for one in exact[Mention]}
    told = np.array([[float((one.segment_id, kind) in kinds) for kind in MENTION_KINDS] for one in said])
    read_ids = {one.segment_id for one in own[Segment]}
    read = np.array([one.segment_id in read_ids for one in said])
    student = taught(rows[read], told[read])
    began = time.process_time()
    sees = student.foresees(rows)
    spent = hashing + time.process_time() - began
    print(f"student: {len(said) / spent:,.0f} sentences a second; F1 against the full reading of what was not read:")
    for place, kind in enumerate(MENTION_KINDS):
        wanted = told[~read, place].sum()
        cut = np.quantile(sees[~read, place], 1 - told[read, place].mean())
        marked = sees[~read, place] > cut
        right = (marked & (told[~read, place] == 1)).sum()
        print(f"   {kind}: {2 * right / max(1, marked.sum() + wanted):.3f} ({int(wanted)} marked by the full reading)")


if __name__ == "__main__":
    main()
