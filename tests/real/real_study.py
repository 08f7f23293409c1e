"""A study of real input of every kind, and the command line as a user calls it.

Each file is read whole by ``tests/ingest/test_shared_data.py``. A run takes a talk with speakers and one without, and the
first rows of each table: more of the same costs minutes and shows nothing else.
"""

import csv
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

SHARED = Path(os.environ.get("VOC_SHARED", Path(__file__).parents[2].parent / "shared"))
TABLES = {
    "tickets": "tickets/cfpb-credit-card-complaints.csv",
    "reviews": "reviews/product-reviews.csv",
    "posts": "posts/us-airline-tweets.csv",
}
ROWS = {"tickets": 25, "reviews": 80, "posts": 120}
CONFIG = """
[study]
name = "Real input"

[[sources]]
path = "{data}/interviews/betty-and-earl.md"
kind = "interview"

[[sources]]
path = "{data}/interviews/goodboy-galaxy.vtt"
kind = "interview"

[[sources]]
path = "{tickets}"
kind = "ticket"

[[sources]]
path = "{reviews}"
kind = "review"

[[sources]]
path = "{posts}"
kind = "post"

[personas]
max_personas = 3
"""


def voc(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "voc_engine", *map(str, arguments)], capture_output=True, text=True, check=False
    )


def study(folder):
    """The configuration of such a study in a new folder."""
    folder.mkdir(parents=True)
    data = (SHARED / "data").resolve()
    files = {name: first_rows(data / path, folder / f"{name}.csv", ROWS[name]) for name, path in TABLES.items()}
    (folder / "voc.toml").write_text(CONFIG.format(data=data, **files), encoding="utf-8")
    return folder / "voc.toml"


def first_rows(path, place, rows):
    with path.open(encoding="utf-8", newline="") as lines, place.open("w", encoding="utf-8", newline="") as some:
        csv.writer(some).writerows(islice(csv.reader(lines), rows + 1))
    return place
