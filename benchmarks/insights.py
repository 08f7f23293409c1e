"""Insights at scale: seconds, peak memory and recovery of known claims, against k-means on the same vectors.

python -m benchmarks.insights [--people 10000 50000 200000] [--each 5] [--claims 2000] [--lone 0.1]
[--distinct 0.6] [--rival]

Mentions are made, not read: every claim has a direction, a kind and words of its own; how many people say it falls off
as 1 / rank (Zipf); a share of mentions (``--lone``) says what nobody else says; a share of sentences (``--distinct``)
is worded as none before, the others repeat one of the same claim, the oftener the more had said it. The same claim said
in two wordings has a cosine of 0.65, unlike claims 0.2, as in real studies. Each size runs in a process of its own, so
that its peak memory is its own; the records themselves are part of the peak ("made MB" is the peak before the stage
began). Growth is told of processor seconds, which other work on the machine does not lengthen.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voc_engine.records import Batch, Document, Mention, Segment, Vectors

KINDS = ("pain_point", "request", "delight", "goal", "objection", "trigger")
MOOD = {"pain_point": "negative", "objection": "negative", "delight": "positive"}
SHARES = (0.45, 0.2, 0.15, 0.1, 0.07, 0.03)
DIMENSIONS = 384
COMMON, OWN, NOISE = 0.5, 1.0, 0.77  # lengths: what all share, the claim, the wording
HEADS, TAILS = "b br d dr f fl g gl k kr l m n p pl r s st t tr v z", "am ep ib ok uv ard ent ill orn ust"
TEMPLATES = ("{0} {1}", "the {0} {1} {2}", "{1} {0} {2} {3}", "our {0} and its {1} {2}", "{2} {0} {1} {3} {4}",
             "when {2} the {0} {1}", "{3} {4} {0} {1}")  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A study whose claims are known: ``claims`` holds the claim of each mention, in the order of the batch."""

    batch: Batch
    claims: npt.NDArray[np.int64]


def words(count: int, random: np.random.Generator) -> list[str]:
    """Distinct made-up words of two or three syllables, never an English function word."""
    heads, tails = HEADS.split(), TAILS.split()
    found: dict[str, None] = {}
    while len(found) < count:
        parts = [str(random.choice(heads)) + str(random.choice(tails)) for _ in range(int(random.integers(2, 4)))]
        found["".join(parts)] = None
    return list(found)


def make(people: int, each: int, claims: int, lone: float, distinct: float = 1.0, seed: int = 0) -> Made:
    """``people`` x ``each`` mentions, one document a person, one segment a mention.

    ``distinct``: share of sentences with a vector of their own.
    """
    random = np.random.default_rng(seed)
    total = people * each
    lexicon = words(6_000, random)
    named = random.integers(0, 3_000, size=(claims, 2))
    kind_of = random.choice(len(KINDS), size=claims, p=SHARES)
    weight = 1 / np.arange(1, claims + 1)
    said = random.choice(claims, size=total, p=weight / weight.sum())
    alone = random.random(total) < lone
    lone_kind = random.choice(len(KINDS), size=total, p=SHARES)
    lone_words = random.integers(0, 3_000, size=(total, 2))
    filler = random.integers(3_000, 6_000, size=(total, 3))
    form = random.integers(0, len(TEMPLATES), size=total)
    days = random.integers(0, 365, size=people)
    source = _sources(said, alone, distinct, random)
    texts: list[str] = []
    kinds: list[str] = []
    heard: set[str] = set()
    for row in range(total):
        if source[row] < row:
            texts.append(texts[source[row]])
            kinds.append(kinds[source[row]])
            continue
        own = lone_words[row] if alone[row] else named[said[row]]
        spoken = [lexicon[number] for number in (*own, *filler[row])]
        texts.append(_unheard(TEMPLATES[form[row]].format(*spoken), spoken[2:], heard))
        kinds.append(KINDS[lone_kind[row] if alone[row] else kind_of[said[row]]])
    vectors = _vectors(source, said, alone, claims, random)
    truth = np.where(alone, claims + np.arange(total), said)
    documents, segments, mentions = [], [], []
    for person in range(people):
        rows = range(person * each, (person + 1) * each)
        name, day = f"P{person:06d}", str(np.datetime64("2025-01-01") + int(days[person]))
        text = ". ".join(texts[row] for row in rows)
        documents.append(Document(f"d-{person:015x}", "review", "made.csv", f"row {person}", name, text, created_at=day,
                                  rating=float(1 + person % 5)))  # fmt: skip
        at = 0
        for row in rows:
            end = at + len(texts[row])
            key = f"{source[row]:016x}"
            segments.append(Segment(f"s-{row:016x}", documents[-1].document_id, "u", row % each, at, end, texts[row],
                                    key, name, "participant"))  # fmt: skip
            mentions.append(_mention(row, documents[-1], kinds[row], texts[row], at, key))
            at = end + 2
    batch = Batch.make((Document, documents), (Segment, segments), (Mention, mentions), vectors=vectors)
    return Made(batch, truth)


def _mention(row: int, document: Document, kind: str, text: str, at: int, key: str) -> Mention:
    mood = MOOD.get(kind, "neutral")
    score = {"negative": -0.5, "positive": 0.5}.get(mood, 0.0)
    return Mention(f"m-{row:016x}", f"s-{row:016x}", document.document_id, document.person_id, kind, at, at + len(text),
                   text, 0.9, mood, score, "neutral", ("low", "medium", "high")[row % 7 % 3], row % 10 / 10, "says",
                   "stated", ("made",), ("made",), key, statement=text, created_at=document.created_at)  # fmt: skip


def _unheard(text: str, more: list[str], heard: set[str]) -> str:
    """The text, with further words where it was said before: one sentence has one vector."""
    number = 0
    while text in heard:
        text += f" {more[number % len(more)]}"
        number += 1
    heard.add(text)
    return text


def _sources(
    said: npt.NDArray[np.int64], alone: npt.NDArray[np.bool_], distinct: float, random: np.random.Generator
) -> npt.NDArray[np.int64]:
    """For every row the first row with the same sentence."""
    source = np.arange(len(said))
    if distinct >= 1:
        return source
    common = np.flatnonzero(~alone)
    order = common[np.argsort(said[common], kind="stable")]
    starts = np.searchsorted(said[order], said[order])  # place of the claim's first row
    earlier = starts + (random.random(len(order)) * (np.arange(len(order)) - starts)).astype(np.int64)
    repeats = random.random(len(order)) < (1 - distinct) * len(said) / len(order)
    repeats &= np.arange(len(order)) > starts
    source[order[repeats]] = order[earlier[repeats]]
    while (source[source] != source).any():
        source = source[source]
    return source


def _vectors(
    source: npt.NDArray[np.int64], said: npt.NDArray[np.int64], alone: npt.NDArray[np.bool_], claims: int,
    random: np.random.Generator,
) -> Vectors:  # fmt: skip
    def directions(count: int) -> npt.NDArray[np.float32]:
        rows = random.standard_normal((count, DIMENSIONS), dtype=np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    common, centres = directions(1), directions(claims)
    first = np.flatnonzero(source == np.arange(len(source)))
    matrix = np.empty((len(first), DIMENSIONS), dtype=np.float32)
    for start in range(0, len(first), 20_000):
        rows = first[start : start + 20_000]
        own = np.where(alone[rows, None], directions(len(rows)), centres[said[rows]])
        block = COMMON * common + OWN * own + NOISE * directions(len(rows))
        matrix[start : start + len(rows)] = block / np.linalg.norm(block, axis=1, keepdims=True)
    return Vectors(tuple(f"{row:016x}" for row in first), matrix)


def main() -> None:
    """One process per size and method; one line each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.insights", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[10_000, 50_000, 200_000])
    parser.add_argument("--each", type=int, default=5)
    parser.add_argument("--claims", type=int, default=2_000)
    parser.add_argument("--lone", type=float, default=0.1)
    parser.add_argument("--distinct", type=float, default=0.6)
    parser.add_argument("--rival", action="store_true", help="MiniBatchKMeans as well")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(_measure(given.one, given.people[0], given)))
        return
    print("method        people   mentions  sentences  seconds   CPU s  made MB  peak MB    ARI  clusters")
    for method in ("insights", "k-means") if given.rival else ("insights",):
        before = None
        for people in given.people:
            row = _in_its_own_process(method, people, given)
            line = f"{method:<10}{people:>10,}{people * given.each:>11,}{row['sentences']:>11,}"
            line += f"{row['s']:>9.1f}{row['cpu_s']:>8.1f}"
            line += f"{row['made_mb']:>9,.0f}{row['mb']:>9,.0f}{row['ari']:>7.3f}{row['clusters']:>10,}"
            print(line + _growth(before, (people, row["cpu_s"])), flush=True)
            before = (people, row["cpu_s"])


def _growth(before: tuple[int, float] | None, now: tuple[int, float]) -> str:
    """Processor seconds against the size before, and what n log n would give."""
    if before is None:
        return ""
    expected = now[0] * np.log(now[0]) / (before[0] * np.log(before[0]))
    per_doubling = (now[1] / before[1]) ** (1 / np.log2(now[0] / before[0]))
    return f"   x{now[1] / before[1]:.2f} (n log n: x{expected:.2f}; per doubling x{per_doubling:.2f})"


def _in_its_own_process(method: str, people: int, given: argparse.Namespace) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.insights", "--one", method, "--people", str(people),
               "--each", str(given.each), "--claims", str(given.claims), "--lone", str(given.lone),
               "--distinct", str(given.distinct)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{method} with {people:,} people failed:\n{done.stderr}")
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def _measure(method: str, people: int, given: argparse.Namespace) -> dict[str, float]:
    made = make(people, given.each, given.claims, given.lone, given.distinct)
    before = _peak()
    started, worked = time.monotonic(), time.process_time()
    labels = _insights(made) if method == "insights" else _rival(made, given.claims)
    seconds, worked = time.monotonic() - started, time.process_time() - worked
    peak = _peak()
    from sklearn.metrics import adjusted_rand_score

    ari = float(adjusted_rand_score(made.claims, labels))
    return {
        "s": seconds,
        "cpu_s": worked,
        "made_mb": before,
        "mb": peak,
        "ari": ari,
        "sentences": len(made.batch.vectors.keys) if made.batch.vectors else 0,
        "clusters": len(np.unique(labels)),
    }


def _insights(made: Made) -> npt.NDArray[np.int64]:
    from voc_engine.config.sections import InsightsConfig
    from voc_engine.insights.stage import run
    from voc_engine.records import InsightMember

    result = run(made.batch, InsightsConfig())
    number: dict[str, int] = {}
    # Mention ids ascend with the rows, and so do the members.
    return np.array([number.setdefault(one.insight_id, len(number)) for one in result.of(InsightMember)])


def _rival(made: Made, claims: int) -> npt.NDArray[np.int64]:
    """scikit-learn's MiniBatchKMeans, told the true number of claims."""
    from sklearn.cluster import MiniBatchKMeans

    assert made.batch.vectors is not None
    model = MiniBatchKMeans(claims, batch_size=8_192, n_init=1, random_state=0)
    found = model.fit_predict(made.batch.vectors.matrix)
    rows = made.batch.vectors.places(mention.text_key for mention in made.batch.of(Mention))
    labels: npt.NDArray[np.int64] = found[rows]
    return labels


def _peak() -> float:
    """Largest resident size so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
