"""The shape of the code: sizes, names, documentation."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import voc_engine

PACKAGE = Path(voc_engine.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
NAMELESS = {"utils", "helpers", "common", "misc", "manager", "util", "helper"}
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE.parent).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def public(body: list[ast.stmt]) -> Iterator[FUNCTION | ast.ClassDef]:
    """Public functions and classes, and public methods of these."""
    for node in body:
        if isinstance(node, FUNCTION | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def test_the_package_was_found() -> None:
    assert len(MODULES) > 100


def test_no_module_is_over_400_lines() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}


def test_no_function_is_over_60_lines() -> None:
    lengths = {
        f"{name_of(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, FUNCTION)
    }
    assert {name: lines for name, lines in lengths.items() if lines > 60} == {}


def test_every_name_says_something() -> None:
    names = {part for path in MODULES for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert names & NAMELESS == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree(path))


def test_every_public_function_is_typed() -> None:
    bare = []
    for path in MODULES:
        for node in public(tree(path).body):
            if not isinstance(node, FUNCTION):
                continue
            given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            untyped = [one.arg for one in given if one.annotation is None and one.arg not in ("self", "cls")]
            if untyped or node.returns is None:
                bare.append(f"{name_of(path)}:{node.lineno} {node.name}")
    assert bare == []


def test_nothing_is_left_for_later() -> None:
    left = []
    for path in MODULES:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if any(mark in line for mark in ("TODO", "FIXME", "XXX", "raise NotImplementedError")):
                left.append(f"{name_of(path)}:{number}")
    assert left == []


def test_no_stage_knows_another(repository: Path) -> None:
    """Import-linter holds the layers; this holds between stages what a layer's line cannot say in one glance."""
    from voc_engine.pipeline import STAGES

    rooms = {one.name for one in STAGES} - {"report"}
    allowed = {"records", "errors", "config", "registry", "language", "statistics", "privacy", "encoder", "student"}
    wrong = []
    for room in sorted(rooms):
        for path in sorted((PACKAGE / room).rglob("*.py")):
            for node in ast.walk(tree(path)):
                found = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                found += [one.name for one in node.names] if isinstance(node, ast.Import) else []
                for module in found:
                    parts = module.split(".")
                    if parts[0] == "voc_engine" and len(parts) > 1 and parts[1] not in {room, *allowed}:
                        wrong.append(f"{name_of(path)} imports {module}")
    assert wrong == []
