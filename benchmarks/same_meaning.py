"""How well what says the same is told from what does not, on sets that people labelled.

python -m benchmarks.same_meaning [--data ../shared/data]

Pairs are ranked by the cosine of their vectors less the mean of their set (of their domain, of their topic); told is
the average precision of "the same". "banking": customers' queries of the 39 intents of Banking77 that taught the
embedder nothing, grouped as findings are (adjusted Rand index, B-cubed F1); as many queries of each of four draws.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.metrics import adjusted_rand_score, average_precision_score

from training.upper_layers import public_sets
from voc_engine.config.sections import InsightsConfig
from voc_engine.embed.same_sense import SameSenseEmbedder
from voc_engine.insights.likeness import unit_features
from voc_engine.insights.meaning import meaning
from voc_engine.insights.theme_finding import Limits, grouped
from voc_engine.insights.units import make_units
from voc_engine.records import Mention, Vectors

SHARED = Path(os.environ.get("VOC_SHARED", Path(__file__).parents[2] / "shared"))
QUERIES, DRAWS = 390, 4
Labelled = tuple[str, str, bool]


def main() -> None:
    """One line per set."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.same_meaning", description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED / "data")
    given = parser.parse_args()
    embedder = SameSenseEmbedder()
    same = given.data / "gold" / "same"
    demo = list(_rows(same / "demo_labels" / "demo_pairs_labelled.csv"))
    _tell("demo pairs", embedder, [("demo", [(one["qa"], one["qb"], one["label"] == "S") for one in demo])])
    near: dict[str, list[Labelled]] = defaultdict(list)
    for one in _rows(same / "pairs.tsv", "\t"):
        near[one["domain"]].append((one["text_1"], one["text_2"], one["label"] == "S"))
    _tell("near pairs, by domain", embedder, sorted(near.items()))
    _tell("ArgKP, dev topics", embedder, _arguments(same / "argkp2021"))
    for draw in range(DRAWS):
        print(_banking(given.data, embedder, draw), flush=True)


def _rows(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else 0)


def _arguments(folder: Path) -> list[tuple[str, list[Labelled]]]:
    """Argument and key point, topic and stance by topic and stance."""
    said = {one["arg_id"]: one for one in _rows(folder / "arguments_dev.csv")}
    points = {one["key_point_id"]: one for one in _rows(folder / "key_points_dev.csv")}
    found: dict[str, list[Labelled]] = defaultdict(list)
    for one in _rows(folder / "labels_dev.csv"):
        argument, point = said[one["arg_id"]], points[one["key_point_id"]]
        where = f"{argument['topic']} {argument['stance']}"
        found[where].append((argument["argument"], point["key_point"], one["label"] == "1"))
    return sorted(found.items())


def _tell(name: str, embedder: SameSenseEmbedder, groups: Sequence[tuple[str, Sequence[Labelled]]]) -> None:
    near: list[float] = []
    right: list[bool] = []
    for _, pairs in groups:
        texts = sorted({text for first, second, _ in pairs for text in (first, second)})
        vectors = embedder.encode(texts)
        vectors = vectors - vectors.mean(axis=0)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        place = {text: at for at, text in enumerate(texts)}
        near += [float(vectors[place[first]] @ vectors[place[second]]) for first, second, _ in pairs]
        right += [one for _, _, one in pairs]
    found = average_precision_score(right, near)
    print(f"{name}: {len(right)} pairs, {sum(right)} the same; average precision {found:.3f}", flush=True)


def _banking(data: Path, embedder: SameSenseEmbedder, draw: int) -> str:
    given, labels = banking_groups(data, embedder, draw)
    rand, cubed = adjusted_rand_score(given, labels), b_cubed(given, labels)
    return f"banking, draw {draw}: {len(given)} queries of {len(set(given))} intents; ARI {rand:.3f}, B-cubed F1 {cubed:.3f}"


def banking_groups(data: Path, embedder: SameSenseEmbedder, draw: int) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The intent that people gave to each distinct query of the draw, and the group that it falls into; intents that taught
    the embedder take no part."""
    taught = {intent for pool in public_sets(data).groups["queries"] for intent, _ in pool}
    rows = [one for one in _rows(data / "gold" / "banking77-train.csv") if one["category"] not in taught]
    random.Random(draw).shuffle(rows)
    chosen = {one["text"].strip(): one["category"] for one in rows[:QUERIES]}
    mentions = list(_complaints(chosen))
    units = make_units(mentions)
    vectors = Vectors(tuple(chosen), embedder.encode(list(chosen)))
    options = InsightsConfig()
    labels = grouped(unit_features(mentions, units, meaning(units, vectors)), Limits(options.join, options.stay))
    alone = labels < 0
    labels[alone] = labels.max() + 1 + np.arange(alone.sum())
    return [chosen[mentions[unit.rows[0]].quote] for unit in units], labels


def _complaints(texts: Iterable[str]) -> Iterator[Mention]:
    """As the complaints and questions that they are, whatever the heads say of them: only the grouping is looked at."""
    for number, text in enumerate(texts):
        yield Mention(
            f"m{number:04d}", f"s{number}", f"d{number}", f"P{number}", "pain_point", 0, len(text), text, 0.9, "negative",
            -0.5, "neutral", "low", 0.1, "says", "stated", (), text_key=text,
        )  # fmt: skip


def b_cubed(given: Sequence[str], found: npt.NDArray[np.int64]) -> float:
    """B-cubed F1 (Bagga & Baldwin 1998)."""
    both = Counter(zip(given, found.tolist(), strict=True))
    classes, groups = Counter(given), Counter(found.tolist())
    precision = sum(count * count / groups[group] for (_, group), count in both.items()) / len(given)
    recall = sum(count * count / classes[name] for (name, _), count in both.items()) / len(given)
    return 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    main()
