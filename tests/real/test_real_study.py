"""The main job on real input: interviews, complaints, reviews and posts in one run. Needs VOC_SHARED."""

import hashlib
from pathlib import Path

import pytest

from voc_engine.store.query import open_run

from .real_study import ROWS, study, voc

pytestmark = pytest.mark.shared


def run(config, runner):
    """Report folder of a run."""
    done = voc("run", config, "--runner", runner, "--quiet")
    # One interview has captions without speakers: it is told, and is context until somebody says who speaks.
    assert done.returncode == 1, done.stderr
    assert "goodboy-galaxy.vtt" in done.stderr
    return Path(done.stdout.strip().splitlines()[-1]).parent


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Report folder of a run on several processes."""
    return run(study(tmp_path_factory.mktemp("whole") / "study"), "processes")


def test_one_process_gives_the_same_bytes(whole, tmp_path):
    def tables(report):
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((report / "tables").glob("*"))
        }

    assert tables(run(study(tmp_path / "local"), "local")) == tables(whole)


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
            "SELECT coalesce(sum(count), 0) FROM skipped WHERE source LIKE '%posts.csv'"
            " AND expected NOT LIKE 'the first is %'"
        ).fetchone()[0]
    assert documents["interview"] == 2
    assert documents["ticket"] == ROWS["tickets"]
    assert documents["review"] == ROWS["reviews"]
    assert documents["post"] + posts == ROWS["posts"], "every post is a document or set aside with its reason"


def test_topics_keep_their_promise_of_size(whole):
    with open_run(whole) as db:
        total, unassigned = db.execute(
            "SELECT count(*), count(*) FILTER (topic_id IS NULL) FROM topic_assignments"
        ).fetchone()
        largest = db.execute("SELECT max(n_segments) FROM topics").fetchone()[0]
    assert largest / total < 0.25
    assert unassigned / total < 0.5
