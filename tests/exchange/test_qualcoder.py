"""There and back with QualCoder's own code, which is no dependency: where QUALCODER_SRC names the src folder of a checkout.

QUALCODER_PYTHON may name an interpreter that has PyQt6, pymupdf and Pillow; this one is taken otherwise.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from voc_engine.exchange.refi.project_writer import stored_text
from voc_engine.exchange.refi.qdpx import RefiQda
from voc_engine.exchange.refi.refi_import import RefiImport
from voc_engine.exchange.run_view import RunView
from voc_engine.testing import example_study

SRC = os.environ.get("QUALCODER_SRC")
pytestmark = pytest.mark.skipif(not SRC, reason="QUALCODER_SRC names no checkout of QualCoder")
DRIVER = Path(__file__).with_name("qualcoder_round_trip.py")


@pytest.mark.parametrize("switches", [(), ("people-as-codes",)], ids=["plain", "people"])
def test_every_coding_arrives_word_for_word_and_comes_back(tmp_path: Path, switches: tuple[str, ...]) -> None:
    view = RunView(example_study())
    ((_, content),) = RefiQda().write(view, frozenset(switches)).files
    (tmp_path / "ours.qdpx").write_bytes(content)
    folder = tmp_path / "qualcoder"
    folder.mkdir()
    python = os.environ.get("QUALCODER_PYTHON", sys.executable)
    done = subprocess.run(
        [python, str(DRIVER), str(SRC), str(tmp_path / "ours.qdpx"), str(folder)],
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    held = json.loads(done.stdout.splitlines()[-1])
    said = sorted(stored_text(one.words) for one in view.quotes)
    assert sorted(one["words"] for one in held["codings"]) == said
    assert all(one["words"] == one["slice"] for one in held["codings"])
    assert (held["sources"], held["cases"]) == (len(view.documents), len(view.people))
    assert (held["case_text"] > 0) == bool(switches)
    (back,) = held["out"]
    brought = RefiImport().read(Path(back), view, "imports/back")
    assert brought.decisions == ()
