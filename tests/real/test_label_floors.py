"""voc label on public gold sets: figures may not fall below these floors. Needs VOC_SHARED; never a place to tune."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("VOC_SHARED", Path(__file__).parents[2].parent / "shared"))
pytestmark = pytest.mark.shared


def labelled(source, text_column, folder):
    out = folder / "out.csv"
    done = subprocess.run(
        [sys.executable, "-m", "voc_engine", "label", source, "--text-column", text_column, "--out", out, "--quiet"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with open(out, encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def f1(pairs):
    """F1 of the positive class over (truth, guess) pairs."""
    both = sum(truth and guess for truth, guess in pairs)
    said, true = sum(guess for _, guess in pairs), sum(truth for truth, _ in pairs)
    return 2 * both / (said + true)


def test_requests_among_forum_sentences(tmp_path):
    rows = labelled(SHARED / "data/gold/suggestions-A-trial.csv", "sentence", tmp_path)
    assert len(rows) == 592
    figure = f1([(row["label"] == "1", float(row["request"]) >= 0.5) for row in rows])
    print(f"suggestions A trial, F1 of request: {figure:.3f}")
    assert figure >= 0.65


def test_pain_points_and_delights_among_mixed_sentences(tmp_path):
    source = tmp_path / "voc-dev.csv"
    with open(SHARED / "data/gold/voc-dev.tsv", encoding="utf-8", newline="") as lines:
        given = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    with open(source, "w", encoding="utf-8", newline="") as sink:
        writer = csv.DictWriter(sink, ["id", "labels", "gold_quadrant", "text"])
        writer.writeheader()
        writer.writerows(
            {"id": row["id"], "labels": row["labels"], "gold_quadrant": row["quadrant"], "text": row["text"]}
            for row in given
        )
    rows = labelled(source, "text", tmp_path)
    assert len(rows) == 370
    for kind, letter in (("pain_point", "P"), ("delight", "D")):
        figure = f1([(letter in row["labels"].split(","), float(row[kind]) >= 0.5) for row in rows])
        print(f"voc-dev, F1 of {kind}: {figure:.3f}")
        assert figure >= 0.6
    same = sum(row["quadrant"] == row["gold_quadrant"] for row in rows) / len(rows)
    print(f"voc-dev, quadrant agreement: {same:.3f}")
    assert same >= 0.55
    assert all(
        0 <= float(row[kind]) <= 1 for row in rows for kind in ("pain_point", "goal", "objection", "request", "delight")
    )
