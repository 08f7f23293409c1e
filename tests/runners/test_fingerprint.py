"""Names of parts: they change with whatever changes a result, and with nothing else."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from voc_engine.pipeline import STAGES
from voc_engine.runners import fingerprint as module
from voc_engine.runners.fingerprint import code_version, file_hash, fingerprint


def test_options_inputs_and_room_count() -> None:
    one = fingerprint("segment", {"max_words": 60}, ("a", "b"))
    others = [
        fingerprint("segment", {"max_words": 61}, ("a", "b")),
        fingerprint("segment", {"max_words": 60}, ("b", "a")),
        fingerprint("segment", {"max_words": 60}, ("a",)),
        fingerprint("embed", {"max_words": 60}, ("a", "b")),
    ]
    assert len({one, *others}) == 5
    assert fingerprint("segment", {"max_words": 60}, ("a", "b")) == one
    assert len(one) == 24


def test_the_order_of_options_does_not_count() -> None:
    assert fingerprint("report", {"a": 1, "b": 2}, ()) == fingerprint("report", {"b": 2, "a": 1}, ())


def test_the_same_on_every_process() -> None:
    script = "from voc_engine.runners.fingerprint import fingerprint; print(fingerprint('topics', {'ä': None}, ('x',)))"
    found = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {fingerprint("topics", {"ä": None}, ("x",)) + "\n"}


@pytest.mark.parametrize("name", [one.name for one in STAGES])
def test_every_stage_has_code_that_counts(name: str) -> None:
    assert code_version(name) != code_version("records"), "the hash of the records alone"


@pytest.mark.parametrize("name", ["stage.py", "words.txt", "deep/cues.toml"])
def test_changed_code_or_word_lists_give_new_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for folder in ("records", "segment/deep"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(module, "_ROOT", tmp_path)
    code_version.cache_clear()
    before = code_version("segment")
    (tmp_path / "segment" / name).write_text("changed")
    code_version.cache_clear()
    after = code_version("segment")
    (tmp_path / "segment" / "__pycache__").mkdir()
    (tmp_path / "segment" / "__pycache__" / "stage.pyc").write_text("compiled")
    code_version.cache_clear()
    assert before != after == code_version("segment")
    code_version.cache_clear()


def test_versions_of_libraries_count(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint("segment", {}, ())
    monkeypatch.setattr(module, "library_versions", lambda: {"spacy": "99"})
    assert fingerprint("segment", {}, ()) != before


def test_a_file_is_hashed_by_its_bytes(tmp_path: Path) -> None:
    data = b"x" * 3_000_000
    (tmp_path / "f").write_bytes(data)
    assert file_hash(tmp_path / "f") == sha256(data).hexdigest()


def test_every_library_that_counts_is_looked_up() -> None:
    """Regression: another version of the library that guesses encodings or reads Word files met old results."""
    counted = {name for libraries in module._LIBRARIES.values() for name in libraries}
    assert counted <= set(module.library_versions())
    assert {"charset-normalizer", "openpyxl", "python-docx"} <= set(module._LIBRARIES["ingest"])
