"""A file name means one thing in the whole tree, and a name in the code says what it holds."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

# Every room has these, and they mean the same in each.
IN_EVERY_ROOM = {"__init__.py", "__main__.py", "conftest.py", "contract.py", "replay.py", "stage.py"}
# A verb's module is named as the verb, whatever the room that does it is called.
VERBS = Path("voc_engine", "cli")
FOLDERS = ("voc_engine", "tests", "benchmarks", "training", "docs")


def test_a_file_name_stands_once_in_the_tree(repository: Path) -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for folder in FOLDERS:
        for path in sorted((repository / folder).rglob("*.py")):
            place = path.relative_to(repository)
            if place.parent != VERBS and place.name not in IN_EVERY_ROOM:
                places[place.name].append(place.as_posix())
    assert {name: several for name, several in places.items() if len(several) > 1} == {}


# Words that say nothing of what a variable, a parameter or a function holds: the field has a term for each.
SAYING_NOTHING = {
    *("asked", "found", "given", "got", "heard", "held", "kept", "known", "made", "meant"),
    *("one", "own", "place", "put", "said", "seen", "shown", "taken", "told"),
}
MOST = 7  # of 1,000 bound names of a room; model code bases have 2 to 7
FEW = 3  # in a room of a few hundred names one method's name is more than that


def bound_names(tree: ast.Module) -> Iterator[str]:
    """Variables, parameters and functions, each once in its scope; no comprehensions, no lambdas, no fields of a class."""
    left: list[tuple[ast.AST, ast.AST]] = [(tree, tree)]
    names: set[tuple[int, str]] = set()
    while left:
        node, scope = left.pop()
        if isinstance(node, ast.comprehension):
            left += [(inner, scope) for inner in (node.iter, *node.ifs)]
            continue
        if isinstance(node, ast.Lambda):
            left.append((node.body, scope))
            continue
        field = isinstance(scope, ast.ClassDef) and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        name = getattr(node, "name", None) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else None
        if isinstance(node, ast.arg):
            name = node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            name = node.id
        if name is not None and not field:
            names.add((id(scope), name))
        inside = node if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) else scope
        left += [(inner, inside) for inner in ast.iter_child_nodes(node)]
    yield from (name for _, name in names)


def test_names_say_what_they_hold(repository: Path) -> None:
    every, nothing = Counter[str](), Counter[str]()
    package = repository / "voc_engine"
    for path in sorted(package.rglob("*.py")):
        room = path.relative_to(package).parts[0]
        names = list(bound_names(ast.parse(path.read_text(encoding="utf-8"))))
        every[room] += len(names)
        nothing[room] += sum(name.strip("_").lower() in SAYING_NOTHING for name in names)
    shares = {room: round(1000 * nothing[room] / every[room], 1) for room in every if nothing[room] > FEW}
    assert {room: share for room, share in shares.items() if share > MOST} == {}


def test_what_is_bound_is_counted() -> None:
    code = "def told(one, *own):\n found: int = 1\n return [said for said in own if (kept := said)]\nclass A:\n made: int\n"
    assert sorted(bound_names(ast.parse(code))) == ["found", "kept", "one", "own", "told"]
