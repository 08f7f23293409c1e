"""What counts as a stage's code: what its entry reaches, and of that what can change a result."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tiny_study import TinyStudy

import voc_engine
from voc_engine.runners import codebase, fingerprint
from voc_engine.runners.codebase import Codebase
from voc_engine.store.workspace import write_bytes

FILES = {
    "__init__.py": "",
    "config/__init__.py": "LEVEL = 1\n",
    "records/__init__.py": "from kit.records.base import Row\n",
    "records/base.py": '"""Rows."""\n\nWIDTH = 3\n\n\nclass Row:\n    """A row."""\n\n    width = WIDTH\n',
    "words/__init__.py": "",
    "words/lists.py": "from importlib.resources import files\n\n\n"
    'def words(name):\n    return files(__package__).joinpath(f"{name}.toml").read_text()\n',
    "words/feelings.toml": 'feelings = ["sad"]\n',
    "words/places.toml": 'places = ["Rome"]\n',
    "words/cities.py": 'from kit.words.lists import words\n\nCITIES = words("places")\n',
    "cut/__init__.py": "",
    "cut/stage.py": "from typing import TYPE_CHECKING\n\nfrom kit.config import LEVEL\nfrom kit.records import Row\n"
    "if TYPE_CHECKING:\n    import torch\n    from kit.feel import stage\n\n\ndef run(row=Row, level=LEVEL):\n"
    '    """Cut it."""\n    return row  # as it is\n',
    "feel/__init__.py": "",
    "feel/stage.py": "def run():\n    import numpy\n    from ..words.lists import words\n"
    '    return numpy.array(words("feelings")), "child.py"\n',
    "feel/child.py": "import pypdf\n",
    "feel/idle.py": "import docx\n",
}


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A small package: two stages, the second with a list and a child process."""
    for name, text in FILES.items():
        path = tmp_path / "kit" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "kit"


def versions(kit: Path) -> dict[str, str]:
    code = Codebase(kit)
    return {room: code.version(code.reached([f"kit.{room}.stage"])) for room in ("cut", "feel")}


@pytest.mark.parametrize(
    ("file", "old", "new", "renamed"),
    [
        ("records/base.py", "WIDTH = 3", "WIDTH = 3  # columns", set()),
        ("records/base.py", '"""Rows."""', '"""Rows of a table."""', set()),
        ("records/base.py", '    """A row."""\n', "", set()),
        ("records/base.py", "WIDTH = 3", "WIDTH = (\n    3\n)", set()),
        ("records/base.py", "WIDTH = 3", "WIDTH = 4", {"cut"}),
        ("cut/stage.py", '"""Cut it."""', '"""Cut it up."""', set()),
        ("cut/stage.py", "return row", "return None", {"cut"}),
        ("config/__init__.py", "LEVEL = 1", "LEVEL = 2", set()),
        ("words/feelings.toml", "sad", "glad", {"feel"}),
        ("words/places.toml", "Rome", "Oslo", set()),
        ("words/lists.py", "read_text()", "read_bytes()", {"feel"}),
        ("feel/child.py", "import pypdf", "import pypdf as reader", {"feel"}),
        ("feel/idle.py", "import docx", "import docx as reader", set()),
    ],
)
def test_a_change_renames_what_it_can_change(kit: Path, file: str, old: str, new: str, renamed: set[str]) -> None:
    before = versions(kit)
    path = kit / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    after = versions(kit)
    assert {room for room in before if before[room] != after[room]} == renamed


def test_a_list_that_nobody_names_belongs_to_the_whole_room(kit: Path) -> None:
    (kit / "cut" / "pool.txt").write_text("a\n")
    before = versions(kit)
    (kit / "cut" / "pool.txt").write_text("b\n")
    assert {room for room, version in versions(kit).items() if version != before[room]} == {"cut"}


def test_the_lists_of_a_folder_that_is_gone_over_belong_to_who_goes_over_it(kit: Path) -> None:
    path = kit / "feel" / "stage.py"
    path.write_text('from pathlib import Path\nrun = sorted(Path(__file__).with_name("cues").iterdir())\n')
    (kit / "feel" / "cues").mkdir()
    before = versions(kit)
    (kit / "feel" / "cues" / "first.toml").write_text("a = 1\n")
    assert {room for room, version in versions(kit).items() if version != before[room]} == {"feel"}


def test_libraries_are_those_that_run(kit: Path) -> None:
    """Not what only a type checker imports, and not those of modules that nothing reaches."""
    code = Codebase(kit)
    assert code.libraries(code.reached(["kit.cut.stage"])) == set()
    assert code.libraries(code.reached(["kit.feel.stage"])) == {"numpy", "pypdf"}


def test_a_comment_in_the_records_renames_nothing_and_a_constant_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole package with one changed file, as an upgrade would bring it."""
    from shutil import copytree, ignore_patterns

    package = Path(voc_engine.__file__).parent
    copytree(package, tmp_path / "voc_engine", ignore=ignore_patterns("*.pyc", "*.safetensors"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    record = tmp_path / "voc_engine" / "records" / "record.py"
    text = record.read_text(encoding="utf-8")
    found = []
    for changed in (text, f"# A comment.\n{text}", text.replace("size: int = 8", "size: int = 9")):
        record.write_text(changed, encoding="utf-8")
        code = Codebase(tmp_path / "voc_engine")
        monkeypatch.setattr(fingerprint, "CODEBASE", code)
        for cached in (fingerprint.code_of_stage, fingerprint.code_version, fingerprint.libraries_of):
            cached.cache_clear()
        found.append(fingerprint.fingerprint("topics", {}, ()))
        code.keep()
    assert found[0] == found[1] != found[2]
    monkeypatch.undo()
    for cached in (fingerprint.code_of_stage, fingerprint.code_version, fingerprint.libraries_of):
        cached.cache_clear()


def test_what_was_parsed_is_kept_and_holds_for_the_same_bytes_alone(kit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    first = Codebase(kit)
    before = first.version(first.reached(["kit.cut.stage"]))
    first.keep()
    second = Codebase(kit)
    monkeypatch.setattr(second, "_parsed", None)  # parsing would fail
    assert second.version(second.reached(["kit.cut.stage"])) == before
    path = kit / "cut" / "stage.py"
    path.write_text(path.read_text(encoding="utf-8") + "\nCHANGED = 1\n", encoding="utf-8")
    third = Codebase(kit)
    assert third.version(third.reached(["kit.cut.stage"])) != before


def test_a_run_keeps_all_that_it_parsed(fresh: TinyStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Regression: what the report reads of the code came after the keeping, and each command parsed it anew."""
    written: list[Path] = []

    def noted(path: Path, content: bytes) -> None:
        written.append(path)
        write_bytes(path, content)

    monkeypatch.setattr(codebase, "write_bytes", noted)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert fresh.voc("run", "-q").code == 0
    written.clear()
    fingerprint.CODEBASE.keep()
    assert written == []


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"by": "another", "modules": {}}'])
def test_a_kept_file_that_cannot_be_used_is_left(kit: Path, damage: bytes) -> None:
    before = versions(kit)
    (kit / "__pycache__").mkdir(exist_ok=True)
    (kit / "__pycache__" / "code.cache").write_bytes(damage)
    assert versions(kit) == before
