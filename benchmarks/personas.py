"""Personas for many people: seconds, peak memory and how well the groups are found, beside k-means with k given.

python -m benchmarks.personas [--people 10000 50000 200000] [--groups 4]

Made-up people: five mentions each, 85% of them claims of the person's own group, 15% of the others'. A claim has a
direction and words of its own; each of its wordings is that direction with noise. No model is used. Every size runs in
a fresh process; the inputs (mentions, segments, documents, vectors) are made before the clock starts and stay in memory,
so that the peak counts them. Cost is compared with n log n of the smallest size.

The alternative by name is scikit-learn's KMeans with the true number of groups, on each person's mean vector.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

import numpy as np

from voc_engine.config.sections import PersonasConfig
from voc_engine.records import Batch, Document, Insight, InsightMember, Membership, Mention, Persona, Segment, Vectors

SAID = 5
CLAIMS, WORDINGS = 40, 400  # per group; per claim
DIMENSIONS = 384
OWN = 0.85


def main() -> None:
    """Measure each size in a process of its own and print one table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.personas", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 50_000, 200_000])
    parser.add_argument("--groups", type=int, default=4)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.people[0], given.groups)))
        return
    first: tuple[int, float] | None = None
    print("people   mentions   personas s   peak MB   k   ARI    KMeans s   KMeans ARI   times n log n")
    for people in given.people:
        command = [sys.executable, "-m", "benchmarks.personas", "--one", "--people", str(people)]
        done = subprocess.run([*command, "--groups", str(given.groups)], capture_output=True, text=True, check=True)
        one = json.loads(done.stdout)
        first = first or (people, one["s"])
        growth = one["s"] / first[1] / (people * math.log(people) / (first[0] * math.log(first[0])))
        print(
            f"{people:>7,}  {people * SAID:>9,}   {one['s']:>10.1f}   {one['mb']:>7,.0f}   {one['k']}   {one['ari']:.2f}"
            f"   {one['other_s']:>8.1f}   {one['other_ari']:>10.2f}   {growth:>13.2f}"
        )


def measure(people: int, groups: int) -> dict[str, Any]:
    """Seconds, peak megabytes with the inputs, number of personas and adjusted Rand index; and those of KMeans."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_rand_score

    from voc_engine.personas.stage import run

    truth, batch = study(people, groups)
    started = time.perf_counter()
    result = run(batch, PersonasConfig())
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    home = [one.persona_id or "none" for one in result.of(Membership)]
    personas = [one for one in result.of(Persona) if one.method != "no stable segmentation"]
    matrix = _mean_vectors(batch, people)
    started = time.perf_counter()
    labels = KMeans(groups, n_init=10, random_state=0).fit(matrix).labels_
    other = time.perf_counter() - started
    return {
        "s": seconds, "mb": peak, "k": len(personas), "ari": adjusted_rand_score(truth, home),
        "other_s": other, "other_ari": adjusted_rand_score(truth, labels),
    }  # fmt: skip


def study(people: int, groups: int) -> tuple[list[int], Batch]:
    """(true group per person, everything that the personas stage reads)."""
    random = np.random.default_rng(0)
    texts, vectors = _wordings(random, groups * CLAIMS)
    truth = [number % groups for number in range(people)]
    claims, wording = _drawn(random, truth, groups), random.integers(WORDINGS, size=(people, SAID))
    mentions, segments, members = [], [], []
    for person in range(people):
        name = f"P{person:06d}"
        for place in range(SAID):
            claim, number = int(claims[person, place]), len(mentions)
            text = texts[claim * WORDINGS + int(wording[person, place])]
            mentions.append(_mention(number, name, text))
            segments.append(
                Segment(f"s{number}", f"d{person}", f"u{person}", place, 0, len(text), text, text, name, "participant")
            )
            members.append(InsightMember(f"m{number:07d}", f"i{claim:04d}"))
    documents = [Document(f"d{n}", "ticket", "tickets.csv", f"row {n}", f"P{n:06d}", "") for n in range(people)]
    insights = [_insight(claim, int((claims == claim).any(axis=1).sum()), people) for claim in range(groups * CLAIMS)]
    return truth, Batch.make(
        (Mention, mentions), (Segment, segments), (Document, documents), (Insight, insights), (InsightMember, members),
        vectors=vectors,
    )  # fmt: skip


def _wordings(random: np.random.Generator, claims: int) -> tuple[Sequence[str], Vectors]:
    centres = random.normal(size=(claims, DIMENSIONS))
    matrix = np.repeat(centres, WORDINGS, axis=0).astype(np.float32)
    matrix += random.normal(size=matrix.shape).astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    letters = np.array(list("abcdefghijklmnoprstuvw"))
    words = ["".join(random.choice(letters, 6)) for _ in range(3 * claims + 500)]
    texts = []
    for claim in range(claims):
        for number in range(WORDINGS):
            common = words[3 * claims + int(random.integers(500))]
            texts.append(f"the {words[3 * claim]} is {common} for my {words[3 * claim + 1 + number % 2]} {number}")
    return texts, Vectors(tuple(texts), matrix)


def _drawn(random: np.random.Generator, truth: Sequence[int], groups: int) -> Any:
    own = random.random((len(truth), SAID)) < OWN
    group = np.where(own, np.array(truth)[:, None], random.integers(groups, size=own.shape))
    return group * CLAIMS + random.integers(CLAIMS, size=own.shape)


def _mention(number: int, person: str, text: str) -> Mention:
    return Mention(
        f"m{number:07d}", f"s{number}", f"d{int(person[1:])}", person, "pain_point", 0, len(text), text, 0.9, "negative",
        -0.4, "anger", "medium", 0.5, "thinks", "stated", (), text_key=text, thing=text.split()[1],
    )  # fmt: skip


def _insight(claim: int, count: int, people: int) -> Insight:
    return Insight(
        f"i{claim:04d}", "pain_point", f"Claim {claim} matters", count, count, 0.0, 0.1, -0.4, "medium", 0.1, "steady",
        None, count / people, count, 0.5, 0.1, 0.2, "m0000000",
    )  # fmt: skip


def _mean_vectors(batch: Batch, people: int) -> Any:
    vectors = batch.vectors
    if vectors is None:
        raise ValueError("the study has no vectors")
    matrix = np.zeros((people, DIMENSIONS), dtype=np.float32)
    for start in range(0, people, 10_000):
        part = batch.of(Mention)[start * SAID : (start + 10_000) * SAID]
        matrix[start : start + 10_000] = vectors.rows([m.text_key for m in part]).reshape(-1, SAID, DIMENSIONS).mean(1)
    return matrix


if __name__ == "__main__":
    main()
