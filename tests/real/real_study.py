"""A study of all real input that is at hand, and the command line as a user calls it."""

import csv
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

SHARED = Path(os.environ.get("VOC_SHARED", Path(__file__).parents[2].parent / "shared"))
CONFIG = """
[study]
name = "Real input"

[[sources]]
path = "{data}/interviews/*.md"
kind = "interview"

[[sources]]
path = "{data}/interviews/goodboy-galaxy.vtt"
kind = "interview"

[[sources]]
path = "{data}/tickets/cfpb-credit-card-complaints.csv"
kind = "ticket"

[[sources]]
path = "{reviews}"
kind = "review"

[[sources]]
path = "{posts}"
kind = "post"
"""


def voc(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "voc_engine", *map(str, arguments)], capture_output=True, text=True, check=False
    )


def study(folder, rows=None):
    """A study of everything, or of everything with so many rows of reviews and posts each."""
    folder.mkdir(parents=True)
    data = (SHARED / "data").resolve()
    files = {"reviews": data / "reviews/product-reviews.csv", "posts": data / "posts/us-airline-tweets.csv"}
    if rows is not None:
        files = {name: first_rows(path, folder / f"{name}.csv", rows) for name, path in files.items()}
    (folder / "voc.toml").write_text(CONFIG.format(data=data, **files), encoding="utf-8")
    return folder / "voc.toml"


def first_rows(path, place, rows):
    with path.open(encoding="utf-8", newline="") as lines, place.open("w", encoding="utf-8", newline="") as some:
        csv.writer(some).writerows(islice(csv.reader(lines), rows + 1))
    return place
