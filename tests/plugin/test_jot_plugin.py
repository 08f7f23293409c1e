"""A third party's plug-in: held to the kits by its author, found by the registry, used by ``voc run``."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from voc_jot import JotReader, TrigramEmbedder

from voc_engine.testing import EmbedderKit, ReaderKit

HERE = Path(__file__).parent
NOTE = """jot 1
2026-03-02 Maren Holt
? What did you hope for?
! I want to close the month in a day. I can't export the invoices, it crashes every time.
? And otherwise?
! I love the calendar. Maren is what my desk calls me; write to maren@example.com.
"""


class TestJotReader(ReaderKit):
    reader = JotReader()
    said = " ".join(line[2:] for line in NOTE.splitlines()[2:])

    def sample(self, folder: Path) -> Path:
        path = folder / "maren.jot"
        path.write_text(NOTE, encoding="utf-8")
        return path


class TestTrigramEmbedder(EmbedderKit):
    embedder = TrigramEmbedder()


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with one jot note, and the plug-in's dist-info beside it as pip would have laid it down."""
    folder = tmp_path_factory.mktemp("jot")
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = folder / "site" / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    metadata = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(metadata, encoding="utf-8")
    lines = []
    for group, points in project["entry-points"].items():
        lines += [f"[{group}]", *(f"{name} = {value}" for name, value in points.items()), ""]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    (folder / "maren.jot").write_text(NOTE, encoding="utf-8")
    (folder / "voc.toml").write_text(
        '[[sources]]\npath = "*.jot"\n\n[embed]\nmodel = "trigrams.v1"\n', encoding="utf-8"
    )
    return folder


def voc(study: Path, *arguments: str, plugin: bool = True) -> subprocess.CompletedProcess[str]:
    path = [str(HERE.parents[1]), *([str(study / "site"), str(HERE)] if plugin else [])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
    code = "from voc_engine.cli import main; main()"
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=study, env=environment, capture_output=True, text=True, timeout=300)


def test_explain_finds_the_reader_by_content(study: Path) -> None:
    done = voc(study, "ingest", "--explain", "maren.jot")
    assert done.returncode == 0, done.stderr
    assert "read as jot.v1" in done.stdout
    assert "layout: jot note of 4 lines" in done.stdout


def test_without_the_plugin_nobody_claims_to_know_jot(study: Path) -> None:
    done = voc(study, "ingest", "--explain", "--format", "jot.v1", "maren.jot", plugin=False)
    assert done.returncode == 2
    assert "There is no reader named 'jot.v1'" in done.stderr


def test_a_run_reads_and_embeds_with_the_plugin_and_verifies(study: Path) -> None:
    done = voc(study, "run", "--quiet")
    assert done.returncode == 0, done.stderr
    report = Path(done.stdout.strip().splitlines()[-1]).parent
    assert report.is_relative_to(study.resolve())
    mentions = (report / "tables" / "mentions.csv").read_text(encoding="utf-8")
    assert "I can't export the invoices" in mentions
    documents = (report / "tables" / "documents.csv").read_text(encoding="utf-8")
    assert "maren@example.com" not in documents
    assert "What did you hope for?" not in mentions
    checked = voc(study, "verify")
    assert checked.returncode == 0, checked.stderr
    assert "every check passed" in checked.stdout
