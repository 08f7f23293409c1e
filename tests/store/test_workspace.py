"""The study's folder: one run at a time, and a run is the latest only when it has finished."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from voc_engine.errors import ConfigError, StoreError
from voc_engine.store.workspace import Workspace

HOLD = """
import os, signal, sys
from pathlib import Path
from voc_engine.store.workspace import Workspace
with Workspace(Path(sys.argv[1])).lock():
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_second_run_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    place = Workspace(tmp_path)
    with place.lock():
        with pytest.raises(StoreError, match="Another run is working") as raised, place.lock():
            pass
        assert "wait until it ends" in raised.value.do
    with place.lock():
        pass


def test_the_lock_goes_with_a_killed_process(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(StoreError), Workspace(tmp_path).lock():
        pass
    holder.kill()
    holder.communicate()
    with Workspace(tmp_path).lock():
        pass


def test_a_workspace_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot be written"), Workspace(tmp_path / "file").lock():
        pass


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    place = Workspace(tmp_path)
    assert place.manifest("run-1") is None
    with pytest.raises(ConfigError, match="No run has finished") as raised:
        place.latest()
    assert "voc run" in raised.value.do
    assert list(tmp_path.iterdir()) == []


def test_the_latest_run_is_the_one_written_or_named_last(tmp_path: Path) -> None:
    place = Workspace(tmp_path)
    place.write_manifest("run-1", {"inputs": ["ä"]})
    place.write_manifest("run-2", {})
    assert place.latest() == "run-2"
    assert place.manifest("run-1") == {"inputs": ["ä"]}
    place.remember("run-1")
    assert place.latest() == "run-1"


def test_a_damaged_manifest_is_told(tmp_path: Path) -> None:
    place = Workspace(tmp_path)
    place.write_manifest("run-1", {})
    (place.runs / "run-1.json").write_text("{")
    with pytest.raises(StoreError, match="damaged"):
        place.manifest("run-1")
