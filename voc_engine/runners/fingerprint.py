"""Names of parts: the hash of the input, the stage's code, its libraries and models, and the options that matter."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path
from typing import Any

import voc_engine
from voc_engine.encoder.word_pieces import MINILM
from voc_engine.language.english_model import ENGLISH_MODELS
from voc_engine.pipeline import STAGES
from voc_engine.records import stable_hash
from voc_engine.registry import GROUPS, modules_of, provenance
from voc_engine.runners.codebase import Codebase, Module

CODEBASE = Codebase(Path(voc_engine.__file__).parent)
# Models come as packages whose files are loaded by name, in which no import tells of them.
_MODELS = {*ENGLISH_MODELS, MINILM}
# What does the work beneath a library that is imported: another version of it gives other numbers.
_BENEATH = {
    "bertopic": ("sklearn",),
    MINILM: ("sentence_transformers",),
    "sentence_transformers": ("transformers", "torch"),
    "sklearn": ("numpy", "scipy"),
    "spacy": ("numpy", "thinc"),
    "transformers": ("tokenizers", "torch"),
}


@cache
def code_of_stage(name: str) -> list[Module]:
    """The modules that a stage's entry uses, with those of the components that it may choose from; for a room that is
    no stage, every module in it."""
    entries = [one.entry.partition(":")[0] for one in STAGES if one.name == name]
    modules = CODEBASE.reached(entries or CODEBASE.room(name))
    return CODEBASE.reached(
        [*(one.name for one in modules), *(m for kind in _kinds(modules) for m in modules_of(kind))]
    )


def _kinds(modules: Iterable[Module]) -> list[str]:
    """The kinds of component that these modules ask the registry for."""
    asking = [one.words for one in modules if "voc_engine.registry" in one.imports]
    return [kind for kind in GROUPS if any(kind in words for words in asking)]


@cache
def code_version(name: str) -> str:
    """Hash of the code, word lists and weights that a stage (or room) uses: changed code never meets old results."""
    return CODEBASE.version(code_of_stage(name))


@cache
def version_of_module(name: str) -> str:
    """Hash of the code and data that a module of this package uses, by its dotted name."""
    return CODEBASE.version(CODEBASE.reached([name]))


@cache
def libraries_of(name: str) -> dict[str, str]:
    """Library or model -> version, for those that a stage uses."""
    modules = code_of_stage(name)
    used = CODEBASE.libraries(modules) | {word for one in modules for word in one.words & _MODELS}
    waiting = sorted(used)
    while waiting:
        beneath = [one for one in _BENEATH.get(waiting.pop(), ()) if one not in used]
        used.update(beneath)
        waiting += beneath
    named = {one for top in used for one in distributions().get(top, ())}
    return {one: installed for one in sorted(named) if (installed := version_of(one)) is not None}


@cache
def distributions() -> dict[str, list[str]]:
    """Name as it is imported -> names of the distributions that bring it, sorted."""
    return {
        top: sorted({one.replace("_", "-") for one in brought}) for top, brought in packages_distributions().items()
    }


def version_of(name: str) -> str | None:
    """The installed version of a library, None where it is not there."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


@cache
def library_versions() -> dict[str, str]:
    """Versions of this program and of the libraries and models whose change may change a result."""
    every = {name: number for one in STAGES for name, number in libraries_of(one.name).items()}
    return {"voc_engine": voc_engine.__version__, **dict(sorted(every.items()))}


def fingerprint(room: str, options: Any, inputs: Iterable[str]) -> str:
    """Name (24 hex digits) of what the stage of that room gives for these inputs with these options."""
    chosen = json.dumps(options, sort_keys=True, ensure_ascii=False, default=str)
    plugins = {name: maker for kind in _kinds(code_of_stage(room)) for name, maker in provenance(kind).items()}
    return stable_hash(room, code_version(room), json.dumps([libraries_of(room), plugins]), chosen, *inputs, size=12)


def file_hash(path: Path) -> str:
    """sha256 of a file's bytes."""
    digest = sha256()
    with open(path, "rb") as source:
        while block := source.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
