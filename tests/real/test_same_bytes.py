"""One process or several: the same bytes, on real input. Needs VOC_SHARED."""

import hashlib
from pathlib import Path

import pytest

from .real_study import study, voc

pytestmark = pytest.mark.shared


def test_local_and_processes_give_the_same_bytes(tmp_path):
    """On 100 reviews and 100 posts: two whole runs over all would take most of the time that checks may take."""
    hashes = []
    for runner in ("local", "processes"):
        done = voc("run", study(tmp_path / runner, 100), "--runner", runner, "--quiet")
        assert done.returncode == 1, done.stderr  # an interview whose captions name no speaker is told
        tables = Path(done.stdout.strip().splitlines()[-1]).parent / "tables"
        hashes.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(tables.glob("*"))})
    assert hashes[0] == hashes[1]
