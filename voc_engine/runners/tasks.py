"""The work on one part, as plain functions that any process can run: read parts, call the pure stage, write parts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError, StageError, VocError
from voc_engine.passes import Stage
from voc_engine.pipeline import STAGES, stage
from voc_engine.privacy.removal import FileRemoval, Removed, mark_of, without_found
from voc_engine.privacy.withholding import for_readers
from voc_engine.records import Batch, Document, Segment, Skipped, Utterance, Vectors
from voc_engine.store.parts import PartStore
from voc_engine.store.workspace import read_json, write_json

# A part ends at the study's number of rows or at so many characters for each of them, whichever comes first: many short
# posts, or fewer long tickets. A process holds one part at a time, as objects of ten times its size.
CHARACTERS_PER_ROW = 500
(_FILES,) = (one for one in STAGES if one.kind == "files")
(_DISTINCT,) = (one for one in STAGES if one.kind == "distinct")


@dataclass(frozen=True)
class FileIndex:
    """What one source file became: names of its parts, counts, and how it was understood."""

    source: str
    sha256: str
    parts: tuple[str, ...]
    documents: int
    words: int
    kinds: tuple[str, ...]
    skipped: int
    quarantined: int
    format: str = ""
    error: str = ""

    @classmethod
    def load(cls, path: Path) -> FileIndex:
        """The index written by ``ingest_file``."""
        data = read_json(path)
        return cls(**{**data, "parts": tuple(data["parts"]), "kinds": tuple(data["kinds"])})


@dataclass
class Counts:
    """What a ``FileIndex`` counts."""

    documents: int = 0
    words: int = 0
    kinds: set[str] = field(default_factory=set)
    skipped: int = 0
    quarantined: int = 0

    def add(self, documents: Sequence[Document], aside: Sequence[Skipped]) -> None:
        self.documents += len(documents)
        self.words += sum(len(document.text.split()) for document in documents)
        self.kinds |= {document.kind for document in documents}
        self.skipped += sum(one.count for one in aside)
        self.quarantined += sum(one.count for one in aside if one.quarantined)

    def join(self, other: Counts) -> None:
        self.documents += other.documents
        self.words += other.words
        self.kinds |= other.kinds
        self.skipped += other.skipped
        self.quarantined += other.quarantined

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {**vars(self), "kinds": sorted(self.kinds)}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Counts:
        """What ``plain`` gave."""
        return cls(**{**plain, "kinds": set(plain["kinds"])})


def index_path(store: PartStore, name: str) -> Path:
    """Where the index of an ingested file lies; it is written last, so its presence means the file is done."""
    return store.root / _FILES.name / f"{name}.index.json"


def ingest_file(
    root: Path, name: str, path: Path, source: str, sha256: str, options: SourceConfig, rows: int,
    removal: FileRemoval | None = None,
) -> int:  # fmt: skip
    """Read one source file into parts of about ``rows`` turns, without what may not stay; number of documents. A file that
    cannot be read becomes one Skipped."""
    from voc_engine.ingest.source import SourceFile

    store = PartStore(root)
    problems: list[str] = []

    def batches() -> Iterator[Batch]:
        for batch, problem in read_batches(SourceFile(path, source), options, rows):
            problems.append(problem)
            yield batch

    index = write_parts(store, FileIndex(source, sha256, (), 0, 0, (), 0, 0), name, batches(), removal)
    error = next(filter(None, problems), "")
    index = replace(index, format="" if error else format_of(path, source, options), error=error)
    write_json(index_path(store, name), asdict(index))
    return index.documents


def write_parts(
    store: PartStore, index: FileIndex, name: str, batches: Iterable[Batch], removal: FileRemoval | None
) -> FileIndex:
    """The batches of one file as parts; the index with their names and counts.

    Where something was removed each part's name ends in a mark of what is left: nothing that was made of the part
    before is then taken for done.
    """
    writes = _FILES.writes
    parts: list[str] = []
    removed, counts = Removed(), Counts()
    for batch in batches:
        if removal is not None:
            batch, taken_out = removal.applied(batch)
            removed.join(taken_out)
        parts.append(f"{name}-{len(parts):04d}" + ("-new" if removal else ""))
        store.write(_FILES.name, parts[-1], writes, batch)
        counts.add(batch.of(Document), batch.of(Skipped))
    if removal is not None:
        parts = [_settled(store, part, bool(removed)) for part in parts]
    return replace(index, parts=tuple(parts), **{**counts.plain(), "kinds": tuple(sorted(counts.kinds))})


def _settled(store: PartStore, part: str, marked: bool) -> str:
    """The name of a new part when its whole file has been seen."""
    writes, name = _FILES.writes, part.removesuffix("-new")
    if marked:
        batch = without_found(store.read_batch(_FILES.name, part, (Document, Utterance, Skipped)))
        name = f"{name}-{mark_of(batch)}"
        store.write(_FILES.name, part, writes, batch)
    store.rename(_FILES.name, part, name, writes)
    return name


def format_of(path: Path, source: str, options: SourceConfig) -> str:
    """The name of the reader that understands a file."""
    from voc_engine.ingest.archive import archive_members
    from voc_engine.ingest.source import SourceFile
    from voc_engine.ingest.stage import choose_reader, unpacked

    file = SourceFile(path, source)
    members = archive_members(file)
    return f"zip of {len(members)} files" if members else choose_reader(unpacked(file), options).name


def read_batches(source: Any, options: SourceConfig, most: int) -> Iterator[tuple[Batch, str]]:
    """Chunks of a file of about ``most`` rows, at least one, so that an empty file is seen to be done as well."""
    batch, rows, problem, yielded = Batch.make((Document, ()), (Utterance, ()), (Skipped, ())), 0, "", False
    characters = 0
    read = _FILES.load()
    try:
        for item in read(source, options):
            if isinstance(item, Skipped):
                batch.tables[Skipped].append(item)
                rows += 1
            else:
                batch.tables[Document].append(item.document)
                batch.tables[Utterance].extend(item.utterances)
                rows += max(1, len(item.utterances))
                characters += len(item.document.text)
            if rows >= most or characters >= most * CHARACTERS_PER_ROW:
                yield batch, problem
                batch, rows, yielded = Batch.make((Document, ()), (Utterance, ()), (Skipped, ())), 0, True
                characters = 0
    except SourceError as error:
        problem = error.happened
        batch.tables[Skipped].append(
            Skipped(source.name, "whole file" if not rows and not yielded else "rest of the file", error.happened,
                    "a file that a reader understands", error.found, error.do)
        )  # fmt: skip
    if rows or problem or not yielded:
        yield batch, problem


def map_part(
    root: Path, name: str, which: str, inputs: Sequence[tuple[str, str]], options: Any,
    gives: tuple[Any, ...] = (), withheld: frozenset[str] = frozenset(),
) -> int:  # fmt: skip
    """Run a map stage on one part. ``inputs`` are (stage, part) to read from, later ones over earlier ones; ``gives``:
    what passes hand to the part; ``withheld``: people who may not be quoted to the readers of this run.

    Returns the number of rows written.
    """
    store, step = PartStore(root), stage(which)
    batch = for_readers(read_inputs(store, step, inputs), withheld)
    result = _call(step, name, batch, options, gives)
    store.write(which, name, step.writes, result)
    return sum(len(rows) for rows in result.tables.values())


def _call(step: Stage, name: str, batch: Batch, options: Any, gives: tuple[Any, ...]) -> Batch:
    """The stage on its part. A component that breaks is told with the stage and the part on which it did."""
    try:
        result: Batch = step.load()(batch, options, *gives)
    except (VocError, MemoryError):
        raise
    except Exception as error:
        if os.environ.get("VOC_DEBUG"):
            raise
        raise StageError(
            f"The stage {step.name} failed on its part {name}.",
            found=f"{type(error).__name__}: {error}",
            do="run it with VOC_DEBUG=1 for the place of the fault, and report it to the component's author",
        ) from error
    return result


def read_inputs(store: PartStore, step: Stage, inputs: Sequence[tuple[str, str]]) -> Batch:
    """The tables that a stage reads, gathered from the parts named; vectors of the segments read, and no others."""
    batch = Batch({kind: [] for kind in step.reads if kind is not Vectors})  # type: ignore[misc]
    for folder, part in inputs:
        for kind in batch.tables:
            if kind in stage(folder).writes:
                batch.tables[kind].extend(store.read(folder, part, kind))
    embedded = [part for folder, part in inputs if folder == _DISTINCT.name]
    if embedded:
        batch.vectors = _vectors_of(batch, store.read_vectors(_DISTINCT.name, embedded))
    return batch


def _vectors_of(batch: Batch, vectors: Vectors) -> Vectors:
    """Vectors in the order in which the segments first name them: no fit may depend on how they were stored."""
    keys = dict.fromkeys(one.text_key for one in batch.of(Segment) if one.text_key in vectors)
    return Vectors(tuple(keys), vectors.rows(list(keys)))


def embed_chunk(root: Path, name: str, keys: Sequence[str], texts: Sequence[str], options: Any) -> int:
    """Embed some distinct sentences and write them as one part; number of sentences."""
    result: Batch = _DISTINCT.load()(keys, texts, options)
    PartStore(root).write(_DISTINCT.name, name, _DISTINCT.writes, result)
    return len(keys)
