"""The main job on real input: interviews, complaints, reviews and posts in one run. Needs VOC_SHARED."""

import csv
import hashlib
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from voc_engine.store.query import open_run

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

pytestmark = pytest.mark.shared


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


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Report folder of the whole study."""
    config = study(tmp_path_factory.mktemp("whole") / "study")
    done = voc("run", config, "--runner", "processes", "--quiet")
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip().splitlines()[-1]).parent


def test_the_run_verifies(whole):
    done = voc("verify", "--workspace", whole.parents[1])
    assert done.returncode == 0, done.stderr


def test_the_interviewers_words_are_evidence_nowhere(whole):
    with open_run(whole) as db:
        roles = db.execute("SELECT DISTINCT role FROM mentions JOIN segments USING (segment_id)").fetchall()
        interviewer = db.execute(
            "SELECT count(*) FROM segments WHERE role = 'interviewer' AND text LIKE '%yet another Indie Game Preservation%'"
        ).fetchone()[0]
        assigned = db.execute(
            "SELECT count(*) FROM topic_assignments JOIN segments USING (segment_id) WHERE role = 'interviewer'"
        ).fetchone()[0]
    assert {role for (role,) in roles} <= {"participant", "unknown"}
    assert interviewer >= 1, "the interviewer's greeting is told apart"
    assert assigned == 0


def test_people_are_the_authors_and_every_row_is_accounted_for(whole):
    with open_run(whole) as db:
        documents = dict(db.execute("SELECT kind, count(*) FROM documents GROUP BY kind").fetchall())
        # Copies stay in the tables as documents without evidence; all else that is set aside is in none.
        posts = db.execute(
            "SELECT coalesce(sum(count), 0) FROM skipped WHERE source LIKE '%tweets.csv'"
            " AND expected NOT LIKE 'the first is %'"
        ).fetchone()[0]
    assert documents["interview"] == 5
    assert documents["ticket"] == 50
    assert documents["review"] == 313
    assert documents["post"] + posts == 7_339, "every post is a document or set aside with its reason"


def test_topics_keep_their_promise_of_size(whole):
    with open_run(whole) as db:
        total, unassigned = db.execute(
            "SELECT count(*), count(*) FILTER (topic_id IS NULL) FROM topic_assignments"
        ).fetchone()
        largest = db.execute("SELECT max(n_segments) FROM topics").fetchone()[0]
    assert largest / total < 0.25
    assert unassigned / total < 0.5


def test_local_and_processes_give_the_same_bytes(tmp_path):
    """On 100 reviews and 100 posts: two whole runs over all would take most of the time that checks may take."""
    hashes = []
    for runner in ("local", "processes"):
        done = voc("run", study(tmp_path / runner, 100), "--runner", runner, "--quiet")
        assert done.returncode == 0, done.stderr
        tables = Path(done.stdout.strip().splitlines()[-1]).parent / "tables"
        hashes.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(tables.glob("*"))})
    assert hashes[0] == hashes[1]
