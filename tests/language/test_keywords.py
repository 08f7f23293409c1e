"""Words and patterns as data: each file says what it is about, each entry is asked for, each pattern can be read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import voc_engine
from voc_engine.language.keywords import Keywords, keywords

PACKAGE = Path(voc_engine.__file__).parent
FILES = {
    path.relative_to(PACKAGE).as_posix(): table
    for path in sorted(PACKAGE.rglob("*.toml"))
    if "keywords" in (table := tomllib.loads(path.read_text("utf-8")))
}
_READER = re.compile(r'keywords\((?:__package__, )?"(\w+)"\)')
_ENTRY = re.compile(r"""_KEYWORDS\.(?:pattern|words)\(["'](\w+)["']\)""")


def _readers() -> dict[str, set[str]]:
    """By the name of a file, the entries that the module which reads it names."""
    readers = {}
    for path in PACKAGE.rglob("*.py"):
        code = path.read_text("utf-8")
        for name in _READER.findall(code):
            # Names of columns are asked for in a loop over their meanings.
            loops = re.findall(r'"(\w+)"', code[code.find("for key in (") :][:200]) if "pattern(key)" in code else []
            readers[name] = {*_ENTRY.findall(code), *loops}
    return readers


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_what_it_is_about(name: str) -> None:
    assert set(FILES[name]) == {"about", "keywords"}
    assert FILES[name]["about"].endswith(".")


@pytest.mark.parametrize("name", FILES)
def test_every_entry_is_asked_for_and_every_one_that_is_asked_for_is_there(name: str) -> None:
    assert set(FILES[name]["keywords"]) == _readers()[Path(name).stem]


@pytest.mark.parametrize("name", FILES)
def test_no_word_stands_twice_in_an_entry(name: str) -> None:
    for entry, text in FILES[name]["keywords"].items():
        words = text if isinstance(text, list) else text.replace("\n", "").split("|") if "(" not in text else []
        assert sorted(set(words)) == sorted(words), entry


def test_lines_of_a_pattern_are_joined_as_they_stand_and_words_are_parted_at_blanks() -> None:
    some = Keywords({"ends": "\nby the|\nin the", "parts": "mail\ntitle text", "phrases": ["sent mail", "sent"]})
    assert some.pattern("ends") == "by the|in the"
    assert some.words("parts") == {"mail", "title", "text"}
    assert some.words("phrases") == {"sent mail", "sent"}


def test_an_unknown_file_or_entry_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        keywords("voc_engine.segment", "answers")
    with pytest.raises(KeyError):
        keywords("voc_engine.segment", "questions").pattern("answers")
