"""A figure that decides says why it is what it is, and words that decide stand as data and not in the code."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
_SETTING = re.compile(r"#\s*(?:fmt|noqa|type|mypy|pragma)\b")
# Nothing, one or the whole of something, its half and its double, and percent need no source.
PLAIN = {0, 1, 2, 100}


def _is_figure(node: ast.expr) -> bool:
    """Whether a value is a number, reckoned from numbers, or several of them."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int | float) and not isinstance(node.value, bool)
    if isinstance(node, ast.UnaryOp):
        return _is_figure(node.operand)
    if isinstance(node, ast.BinOp):
        return _is_figure(node.left) and _is_figure(node.right)
    return isinstance(node, ast.Tuple) and bool(node.elts) and all(map(_is_figure, node.elts))


def _assigned(statement: ast.stmt) -> tuple[list[str], ast.expr | None]:
    if isinstance(statement, ast.Assign):
        names = [one for target in statement.targets for one in ast.walk(target)]
        return [one.id for one in names if isinstance(one, ast.Name)], statement.value
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id], statement.value
    return [], None


def _comments(code: str) -> tuple[dict[int, str], set[int]]:
    """Comments by line, and the lines that hold nothing else."""
    comments, alone = {}, set()
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT and not _SETTING.match(token.string):
            comments[token.start[0]] = token.string.lstrip("# ")
            if not token.line[: token.start[1]].strip():
                alone.add(token.start[0])
    return comments, alone


def unreasoned(code: str) -> Iterator[str]:
    """Constants of a module with a figure that decides and no comment beside it or above the block that it stands in."""
    comments, alone = _comments(code)
    end, above = 0, ""
    for statement in ast.parse(code).body:
        names, value = _assigned(statement)
        if not names or value is None:
            continue
        first = statement.lineno
        if end != first - 1 or first - 1 in alone:
            above = comments[first - 1] if first - 1 in alone else ""
        end = statement.end_lineno or first
        reason = " ".join([above, *(comments.get(line, "") for line in range(first, end + 1))])
        if not all(map(_CONSTANT.fullmatch, names)) or not _is_figure(value):
            continue
        figures = {one.value for one in ast.walk(value) if isinstance(one, ast.Constant)}
        parts = {part for name in names for part in name.lower().split("_")}
        if not figures <= PLAIN and not set(re.findall(r"[^\W_]+", reason.lower())) - parts:
            yield ", ".join(names)


def test_a_figure_that_decides_says_why(repository: Path) -> None:
    package = repository / "voc_engine"
    bare = {
        path.relative_to(package).as_posix(): names
        for path in sorted(package.rglob("*.py"))
        if (names := list(unreasoned(path.read_text(encoding="utf-8"))))
    }
    assert bare == {}


@pytest.mark.parametrize(
    ("code", "bare"),
    [
        ("LEAST = 5\n", ["LEAST"]),
        ("LEAST = 5  # people: fewer are chance\n", []),
        ("# Fewer are chance.\nLEAST = 5\nMOST: int = 7\n", []),
        ("# Fewer are chance.\nLEAST = 5\n\nMOST = 7\n", ["MOST"]),
        ("LEAST = 5  # fewer are chance\nMOST = 7\n", ["MOST"]),
        ("LEAST_PEOPLE = 5  # least people\n", ["LEAST_PEOPLE"]),
        ("SIZE, SHARE = 64 * 1024, -0.5  # noqa: RUF\n", ["SIZE, SHARE"]),
        ("NONE, HALF = 0.0, 100 / 2\n", []),
        ("limit = 5\nNAMES = ('a', 5)\n", []),
    ],
)
def test_what_counts_as_a_reason(code: str, bare: list[str]) -> None:
    assert list(unreasoned(code)) == bare


# So many words in one pattern or set are a list: it stands as data, where a reader finds it and a test reads it.
LIST = 8
_ALTERNATIVES = re.compile(r"[^\W\d_][^\W\d_' ]+(?:\|[^|()\[\]]*[^\W\d_]{2,}[^|()\[\]]*){3,}")
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?: [^\W\d_]+){0,3}")
# Names that programs give (keys of an export, tags of HTML, parts of speech), and rooms in which others are at work.
LEFT = {
    "empathy/entry_words.py": 1, "empathy/legibility.py": 2, "evaluation/sets/aspects.py": 1, "ingest/dates.py": 1,
    "ingest/markup.py": 1, "ingest/tables/cells.py": 1, "ingest/tables/column_meanings.py": 1, "ingest/tables/headers.py": 2,
    "ingest/threads/adf.py": 1, "ingest/threads/desk_exports.py": 5, "ingest/transcripts/html.py": 1,
    "language/matters.py": 1, "report/redaction.py": 1, "segment/sentences.py": 1, "topics/name_grammar.py": 1,
    "topics/words.py": 1,
}  # fmt: skip


def _elements(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Set):
        return node.elts
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("frozenset", "set"):
        return [one for inner in node.args if isinstance(inner, ast.Tuple | ast.List) for one in inner.elts]
    return []


def word_lists(code: str) -> int:
    """How many patterns of words, sets of words and texts that are split into words stand in a module, of LIST and more."""
    count = 0
    for node in ast.walk(ast.parse(code)):
        texts = [one.value for one in _elements(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        words = sum(_WORD.fullmatch(text) is not None for text in texts)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = sum(len(found.group().split("|")) for found in _ALTERNATIVES.finditer(node.value))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            words = (
                len(node.func.value.value.split()) if isinstance(getattr(node.func.value, "value", None), str) else 0
            )
        count += words >= LIST
    return count


def test_lists_of_words_stand_as_data(repository: Path) -> None:
    package = repository / "voc_engine"
    counts = Counter(
        {
            path.relative_to(package).as_posix(): word_lists(path.read_text(encoding="utf-8"))
            for path in package.rglob("*.py")
        }
    )
    assert {name: count for name, count in sorted(counts.items()) if count > LEFT.get(name, 0)} == {}


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("re.compile(r'\\b(?:one|two|three|four|five|six|seven|eight)\\b')", 1),
        ("re.compile(r'(?:one|two|three|four)')", 0),
        ("rf'{A}(?:one|two|three|four|five|six|seven|eight) {B}'", 1),
        ("W = frozenset(('one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'))", 1),
        ("W = {'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'}", 1),
        ("W = 'one two three four five six seven eight'.split()", 1),
        ("W = keywords('things').words('eight')", 0),
        ("W = ('one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight')", 0),
    ],
)
def test_what_counts_as_a_list_of_words(code: str, count: int) -> None:
    assert word_lists(code) == count
