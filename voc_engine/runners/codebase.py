"""What a part of the code really uses: modules, the data files that these name, libraries. Read from the syntax trees;
nothing is imported."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from voc_engine.errors import StoreError
from voc_engine.store.workspace import write_bytes

DATA = {".txt", ".toml", ".json", ".safetensors", ".html", ".css", ".js"}
# What a user chose stands in a part's name as options; the text that explains an option changes no result.
_NOT_COUNTED = "config"
_LISTING = {"iterdir", "glob", "rglob", "PackageLoader"}
_NAMING = {"find_spec", "files", "load", "import_module"}
_DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """``code`` is the hash of the syntax tree as text, without comments and docstrings. ``words`` are the string constants,
    in which a module names its data, modules that it starts and kinds of component; ``lists`` tells that it goes over
    folders."""

    name: str
    code: str
    imports: frozenset[str]
    words: frozenset[str]
    lists: bool


class Codebase:
    """The modules and data files of the package in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.package = folder, folder.name
        self._read, self._words_of = cache(self._module), cache(self._words_in)
        self._new = False

    @cached_property
    def _paths(self) -> dict[str, Path]:
        paths: dict[str, Path] = {}
        for path in sorted(self.folder.rglob("*.py")):
            parts = path.relative_to(self.folder.parent).with_suffix("").parts
            paths[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
        return paths

    @cached_property
    def _data(self) -> list[Path]:
        return [path for path in sorted(self.folder.rglob("*")) if path.suffix in DATA and path.is_file()]

    @property
    def _cache_path(self) -> Path:
        return self.folder / "__pycache__" / "code.cache"

    @cached_property
    def _cache(self) -> dict[str, list[Any]]:
        """What was parsed, by a module's name, the hash of its bytes first. What cannot be read, or was made by another
        version of Python or of this module, is left."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            cached = json.loads(self._cache_path.read_bytes())
            if cached["by"] == self._by:
                return dict(cached["modules"])
        return {}

    def keep(self) -> None:
        """Keep what was parsed beside what Python compiled, where there is anything new and Python may write there: to parse
        all modules anew takes seconds of each command."""
        if self._new and not sys.dont_write_bytecode:
            self._new = False
            with suppress(StoreError, OSError):
                write_bytes(self._cache_path, json.dumps({"by": self._by, "modules": self._cache}).encode())

    @cached_property
    def _by(self) -> str:
        """What a parsed file depends on beside its bytes: Python, this module, which modules there are."""
        digest = blake2b(f"{sys.version} {sorted(self._paths)}".encode(), digest_size=16)
        digest.update(Path(__file__).read_bytes())
        return digest.hexdigest()

    def _module(self, name: str) -> Module:
        content = self._paths[name].read_bytes()
        digest = blake2b(content, digest_size=16).hexdigest()
        if self._cache.get(name, [None])[0] != digest:
            module = self._parsed(name, content)
            self._cache[name] = [digest, module.code, sorted(module.imports), sorted(module.words), module.lists]
            self._new = True
        _, code, imports, words, lists = self._cache[name]
        return Module(name, code, frozenset(imports), frozenset(words), bool(lists))

    def module(self, name: str) -> Module:
        """A module by its dotted name. Raises KeyError for one that is not there."""
        return self._read(name)

    def room(self, name: str) -> list[str]:
        """Every module of a folder of the package."""
        wanted = f"{self.package}.{name}"
        return [one for one in self._paths if one == wanted or one.startswith(f"{wanted}.")]

    def reached(self, roots: Iterable[str]) -> list[Module]:
        """The modules that these import, and so on, with the packages they lie in; sorted by name.

        Also those that are named in a string: the module of an entry point, the file of a child process.
        """
        waiting, visited = list(roots), set[str]()
        while waiting:
            name = waiting.pop()
            if name in visited or not self._counts(name):
                continue
            visited.add(name)
            waiting += [name.rpartition(".")[0], *self._inner(self._read(name))]
        return [self._read(name) for name in sorted(visited)]

    def _counts(self, name: str) -> bool:
        parts = name.split(".")
        # The package's own face imports what it shows, and uses none of it.
        return name in self._paths and len(parts) > 1 and parts[1] != _NOT_COUNTED

    def _inner(self, module: Module) -> Iterator[str]:
        yield from module.imports
        home = self._paths[module.name].parent
        for word in module.words:
            if word.startswith(f"{self.package}."):
                yield word.partition(":")[0]
            elif word.endswith(".py") and (home / word).is_file():
                yield ".".join((home / word).relative_to(self.folder.parent).with_suffix("").parts)

    def data(self, modules: Iterable[Module]) -> list[Path]:
        """The data files of these modules' rooms that they use.

        A file is used where one of them, in the file's room or importing from it, names the file or its stem, and where
        it goes over the folder. A file that no module of the room names goes with its folder, and a folder that none
        names with the room.
        """
        reached = list(modules)
        words: dict[str, set[str]] = {}
        for module in reached:
            for room in {_room(module.name), *(_room(name) for name in module.imports if self._counts(name))}:
                words.setdefault(room, set()).update(module.words)
        rooms = {_room(one.name) for one in reached}
        listed = {self._paths[one.name].parent for one in reached if one.lists}
        return [path for path in self._data if self._used(path, words, listed) and self._room_of(path) in rooms]

    def _used(self, path: Path, words: Mapping[str, set[str]], listed: set[Path]) -> bool:
        room, folders = self._room_of(path), path.relative_to(self.folder).parent.parts
        if not listed.isdisjoint(path.parents):
            return True
        for names in ({path.name, path.stem}, {*folders[1:], ".".join((self.package, *folders))}):
            if not names.isdisjoint(self._words_of(room)):
                return not names.isdisjoint(words.get(room, ()))
        return True

    def _room_of(self, path: Path) -> str:
        return path.relative_to(self.folder).parts[0]

    def _words_in(self, room: str) -> frozenset[str]:
        return frozenset[str]().union(*(self._read(name).words for name in self.room(room)))

    def libraries(self, modules: Iterable[Module]) -> set[str]:
        """Top-level names that these modules import from outside the package and the standard library."""
        tops = {name.partition(".")[0] for one in modules for name in one.imports}
        return {name for name in tops if name != self.package and name not in sys.stdlib_module_names}

    def version(self, modules: Iterable[Module]) -> str:
        """Hash (16 hex digits) of the modules' code and of the data that they use."""
        digest, reached = blake2b(digest_size=8), list(modules)
        for module in reached:
            digest.update(f"{module.name}\n{module.code}\n".encode())
        for path in self.data(reached):
            digest.update(path.relative_to(self.folder).as_posix().encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def _parsed(self, name: str, content: bytes) -> Module:
        tree = ast.parse(content)
        nodes = list(_running(tree))
        words = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        used = {node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "") for node in nodes}
        imports = frozenset(one for node in nodes for one in self._imports(node, name))
        code = blake2b(code_of(tree).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return Module(name, code, imports, frozenset(words), not used.isdisjoint(_LISTING))

    def _imports(self, node: ast.AST, name: str) -> Iterator[str]:
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                home = name if self._paths[name].name == "__init__.py" else name.rpartition(".")[0]
                module = ".".join(filter(None, [*home.split(".")[: len(home.split(".")) + 1 - node.level], module]))
            yield module
            yield from (f"{module}.{one.name}" for one in node.names if f"{module}.{one.name}" in self._paths)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in _NAMING and isinstance(node.args[0].value, str):
                yield node.args[0].value.partition(":")[0]


def _room(module: str) -> str:
    return module.split(".")[1]


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but what only a type checker reads, and docstrings."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        inner = list(ast.iter_child_nodes(node))
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            inner.remove(node.body[0])
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            inner = list(node.orelse)
        waiting += inner


def code_of(node: object) -> str:
    """A syntax tree as text, the same whatever its layout, comments and docstrings, on every version of Python.

    What is empty is left out: later versions of Python add fields to their trees.
    """
    if isinstance(node, list):
        return f"[{','.join(map(code_of, node))}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = dict(ast.iter_fields(node))
    if isinstance(node, _DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
        fields["body"] = node.body[1:]
    filled = (f"{name}={code_of(value)}" for name, value in fields.items() if value is not None and value != [])
    constant = isinstance(node, ast.Constant)
    return f"{type(node).__name__}({repr(node.value) if constant else ','.join(filled)})"  # type: ignore[attr-defined]
