"""Wall time, rows per second and peak memory per stage, for posts and for ten copies of them with changed ids.

python -m benchmarks [--data ../shared/data/posts/us-airline-tweets.csv] [--copies 10]
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
TOO_SHORT = 0.05  # seconds below which a rate is chance
SHARED = Path(os.environ.get("VOC_SHARED", HERE.parent.parent / "shared"))


def main() -> None:
    """Run the scenarios, each in a fresh process, and print one table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED / "data/posts/us-airline-tweets.csv")
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--runner", default="local")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="voc-bench-") as folder:
        once, many = Path(folder) / "once", Path(folder) / "many"
        _study(once, given.data, 1)
        _study(many, given.data, given.copies)
        results = {
            "first run": _measure(once, given.runner),
            "repeated run": _measure(once, given.runner),
            f"{given.copies} copies": _measure(many, given.runner),
        }
    for name, result in results.items():
        _print(name, result)
    ratio = results[f"{given.copies} copies"]["wall_s"] / results["first run"]["wall_s"]
    print(f"\n{given.copies} copies take {ratio:.2f} times the first run (aim: under 2.5)")


def _study(folder: Path, data: Path, copies: int) -> None:
    """A study of the posts; each copy has its own ids, so no post is taken for another."""
    folder.mkdir()
    with open(data, encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    with open(folder / "posts.csv", "w", encoding="utf-8", newline="") as sink:
        writer = csv.DictWriter(sink, rows[0].keys())
        writer.writeheader()
        for copy in range(copies):
            for row in rows:
                extra = f"-{copy}" if copy else ""
                writer.writerow({**row, "tweet_id": row["tweet_id"] + extra, "name": row["name"] + extra})
    (folder / "voc.toml").write_text('[[sources]]\npath = "posts.csv"\nkind = "post"\n', encoding="utf-8")


def _measure(folder: Path, runner: str) -> dict[str, object]:
    command = [sys.executable, "-m", "benchmarks.measure", str(folder), runner]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"the run failed:\n{done.stderr}")
    result: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return result


def _print(name: str, result: dict[str, object]) -> None:
    print(f"\n{name}: {result['wall_s']:.1f} s, peak memory {result['peak_mb']:,.0f} MB")
    print(f"  {'stage':<10}{'seconds':>9}{'rows':>11}{'rows/s':>10}{'peak MB so far':>16}")
    for row in result["stages"]:  # type: ignore[attr-defined]
        rate = row["rows"] / row["s"] if row["s"] > TOO_SHORT else float("nan")
        print(f"  {row['stage']:<10}{row['s']:>9.1f}{row['rows']:>11,}{rate:>10,.0f}{row['mb']:>16,.0f}")


if __name__ == "__main__":
    main()
