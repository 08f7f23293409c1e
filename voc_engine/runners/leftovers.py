"""After forgetting: which files still name the person, read byte by byte and, where they are packed, unpacked."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from voc_engine.config import Config
from voc_engine.errors import ConfigError, StoreError
from voc_engine.runners.source_inputs import find_sources
from voc_engine.store.results import strings_of

_FEWEST = 4  # letters; shorter words stand in every file
_BLOCK = 1 << 20  # bytes read at a time; memory, no result


def leftovers(root: Path, words: Sequence[str]) -> list[Path]:
    """Files under ``.voc`` and ``reports`` in which one of the words stands, whatever its capitals; sorted."""
    paths = [path for folder in (".voc", "reports") for path in sorted((root / folder).rglob("*")) if path.is_file()]
    return [path for path in paths if holds(path, words)]


def sources_with(config: Config, folder: Path, workspace: Path, words: Sequence[str]) -> list[Path]:
    """Source files, and files beside the configuration (people, decisions, the configuration itself), in which one of
    the words stands."""
    try:
        paths = [item.path for item in find_sources(config, folder, workspace)]
    except ConfigError:
        paths = []
    if config.people.file is not None:
        paths.append((folder / config.people.file).resolve())
    paths += sorted(path for path in folder.iterdir() if path.is_file())
    return [path for path in dict.fromkeys(paths) if path.is_file() and holds(path, words)]


def holds(path: Path, words: Sequence[str]) -> bool:
    """Whether the file has one of the words in its bytes, its unpacked members or the cells of its tables."""
    wanted = [word.casefold().encode() for word in words if len(word) >= _FEWEST]
    return any(word in text for text in _readings(path, max(map(len, wanted), default=0)) for word in wanted)


def _readings(path: Path, overlap: int) -> Iterator[bytes]:
    if path.suffix == ".parquet":
        try:
            yield "\n".join(strings_of(path)).casefold().encode("utf-8", "surrogatepass")
        except StoreError:
            return
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for name in sorted(packed.namelist()):
                yield _folded(packed.read(name))
    else:
        end = b""
        with open(path, "rb") as raw:
            is_gzip = raw.read(2) == b"\x1f\x8b"
        with gzip.open(path) if is_gzip else open(path, "rb") as file:
            while block := file.read(_BLOCK):
                yield _folded(end + block)
                end = block[-overlap:] if overlap else b""


def _folded(data: bytes) -> bytes:
    return data.decode("utf-8", "replace").casefold().encode()
