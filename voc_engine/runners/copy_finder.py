"""Before segmenting: sign every part, decide over the whole study which documents are copies and which phrases are
boilerplate, hand each part its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voc_engine.config import SegmentConfig
from voc_engine.records import BOILERPLATE, COPY, REPOST, Copies, Document, Utterance
from voc_engine.runners.allocate import said_of
from voc_engine.runners.fingerprint import fingerprint
from voc_engine.runners.shingles import ShingleFile
from voc_engine.runners.state import RunContext
from voc_engine.runners.workers import Workers
from voc_engine.segment.boilerplate import Said, boilerplate, turns_with_forms, units_of
from voc_engine.segment.repeats import firsts
from voc_engine.segment.signatures import BANDS, PERMUTATIONS, evidence_texts, folded, shingles, signatures
from voc_engine.store.arrays import read_arrays, write_arrays
from voc_engine.store.parts import PartStore

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]

_FOLDER = "copies"
# Columns of phrases; counts of words are at most those of a line.
_PHRASE_COLUMNS = {"key": "uint64", "row": "int64", "words": "int32", "line": "int8", "alone": "int8"}


def copies(context: RunContext) -> GivenCopies:
    """The pass: each part's copies, found over the whole study. A plan finds out nothing that was not known before."""
    state = context.state
    finder = CopyFinder(context.workspace.parts, state.parts[state.last(Document).name], context.config.segment)
    if context.dry and not finder.known:
        return GivenCopies((), known=False)
    return GivenCopies(finder.by_part(context.workers))


class GivenCopies:
    """The copies of each part, by row."""

    def __init__(self, rows: Sequence[Copies | None], *, known: bool = True) -> None:
        self.rows, self.known = rows, known
        self.texts = [said_of(row) for row in rows]

    def __getitem__(self, row: int) -> Copies | None:
        return self.rows[row]


class CopyFinder:
    """Signatures and decisions of one study, kept under ``.voc/parts/copies`` by what they were made of.

    Memory: about 250 bytes for each document of the study, and no text.
    """

    def __init__(self, store: PartStore, parts: Sequence[str], options: SegmentConfig) -> None:
        self.store, self.parts, self.options = store, parts, options
        names = [fingerprint("segment", "signatures", (part,)) for part in parts]
        self.signed, self.phrased = ([self._path(name, kind) for name in names] for kind in ("signatures", "phrases"))
        chosen = options.model_dump(include={"set_copies_aside", "copy_likeness", "repost_words", "boilerplate_people"})
        name = fingerprint("segment", chosen, [path.name for path in self.signed])
        self.decided, self.alike = self._path(name, "decided"), self._path(name, "boilerplate")

    def _path(self, name: str, kind: str) -> Path:
        return self.store.root / _FOLDER / f"{name}.{kind}.parquet"

    @property
    def known(self) -> bool:
        """Whether the decision was made before, so that ``by_part`` computes nothing."""
        return not self._wanted or (self.decided.exists() and self.alike.exists())

    @property
    def _wanted(self) -> bool:
        return bool(self.options.set_copies_aside or self.options.boilerplate_people)

    def by_part(self, workers: Workers) -> list[Copies | None]:
        """The copies of each part, None for a part without any."""
        if not self._wanted or not self.parts:
            return [None] * len(self.parts)
        if not self.known:
            paths = list(zip(self.parts, self.signed, self.phrased, strict=True))
            tasks = [(self.store.root, part, *both) for part, *both in paths if not all(path.exists() for path in both)]
            for _ in workers.map(sign_part, tasks):
                pass
            self._decide()
        return self._read()

    def _decide(self) -> None:
        import numpy as np

        ids = self._column("document_id")
        none = np.zeros(0, np.int64)
        wanted = self.options.set_copies_aside
        aside, stays = firsts(self._column, self._shingled, self.options) if wanted else (none, none)
        person = self._column("person")
        ends = self._ends()
        self._decide_phrases(aside, person, ends)
        write_arrays(
            self.decided,
            {
                "part": np.searchsorted(ends, aside, side="right").astype(np.int32),
                "document_id": ids[aside],
                "first": ids[stays],
                "repost": (person[aside] != person[stays]).astype(np.uint8),
            },
        )

    def _decide_phrases(
        self, aside: npt.NDArray[np.int64], person: Hashes, ends: npt.NDArray[np.int64]
    ) -> None:  # fmt: skip
        """Which phrases of which part are boilerplate; what copies say is said once."""
        import numpy as np

        def phrases() -> Iterator[Said]:
            for path, start in zip(self.phrased, [0, *ends.tolist()], strict=False):
                part_phrases = Said(*(read_arrays([path], name).astype(kind) for name, kind in _PHRASE_COLUMNS.items()))
                staying = ~np.isin(part_phrases.row + start, aside)
                columns = {name: getattr(part_phrases, name)[staying] for name in _PHRASE_COLUMNS}
                yield Said(**{**columns, "row": columns["row"] + start})

        fewest = self.options.boilerplate_people
        keys = boilerplate(phrases, person, fewest) if fewest else np.zeros(0, np.uint64)
        mine = [np.intersect1d(read_arrays([path], "key"), keys) for path in self.phrased]
        parts = np.repeat(np.arange(len(mine), dtype=np.int32), [len(one) for one in mine])
        write_arrays(self.alike, {"part": parts, "key": np.concatenate(mine)})

    def _column(self, name: str) -> npt.NDArray[Any]:
        return read_arrays(self.signed, name)

    def _ends(self) -> npt.NDArray[np.int64]:
        """The row after the last one of each part."""
        import numpy as np

        return np.cumsum([len(read_arrays([path], "words")) for path in self.signed])

    def _read(self) -> list[Copies | None]:
        by_part: dict[int, tuple[dict[str, str], dict[str, str]]] = {}
        columns = (read_arrays([self.decided], name).tolist() for name in ("part", "document_id", "first", "repost"))
        for part, copy, first, repost in zip(*columns, strict=True):
            reasons, named = by_part.setdefault(part, ({}, {}))
            reasons[copy.decode()] = REPOST if repost else COPY
            named[copy.decode()] = first.decode()
        alike: dict[int, dict[str, str]] = {}
        columns = (read_arrays([self.alike], name).tolist() for name in ("part", "key"))
        for part, key in zip(*columns, strict=True):
            alike.setdefault(part, {})[f"{key:016x}"] = BOILERPLATE
        every = range(len(self.parts))
        copies = [Copies(*by_part.get(part, ({}, {})), alike.get(part, {})) for part in every]
        return [one if one.reasons or one.phrases else None for one in copies]

    def _shingled(self, rows: npt.NDArray[np.int64]) -> Callable[[int], Hashes]:
        import numpy as np

        rows = np.sort(rows)
        return ShingleFile(self.store.root, rows, self._shingles_of(rows)).read

    def _shingles_of(self, rows: npt.NDArray[np.int64]) -> Iterator[Hashes]:
        ids = self._column("document_id")
        for part, (start, end) in enumerate(pairwise([0, *self._ends().tolist()])):
            keys = [key.decode() for key in ids[rows[(rows >= start) & (rows < end)]].tolist()]
            if keys:
                documents = self.store.read_some("redact", self.parts[part], Document, "document_id", keys)
                turns = self.store.read_some("redact", self.parts[part], Utterance, "document_id", keys)
                texts = evidence_texts(documents, turns)
                yield from (shingles(folded(texts[key])) for key in keys)


def sign_part(root: Path, part: str, path: Path, phrases: Path) -> int:
    """Write the signatures and the phrases of one redacted part; number of documents that were signed."""
    import numpy as np

    store = PartStore(root)
    documents, turns = store.read("redact", part, Document), store.read("redact", part, Utterance)
    signed = signatures(documents, turns)
    rows = {one.document_id: row for row, one in enumerate(signed)}
    phrase_rows = [
        (unit.key, rows[name], *unit[1:])
        for name, text in turns_with_forms(documents, turns)
        if name in rows
        for unit in units_of(text)
    ]
    by_column = zip(*phrase_rows, strict=True) if phrase_rows else ((),) * len(_PHRASE_COLUMNS)
    write_arrays(
        phrases,
        {name: np.array(one, _PHRASE_COLUMNS[name]) for name, one in zip(_PHRASE_COLUMNS, by_column, strict=True)},
    )
    no_bands, no_sketch = np.zeros(BANDS, np.uint64), np.zeros(PERMUTATIONS, np.uint8)
    bands = np.stack([no_bands, *(no_bands if one.bands is None else one.bands for one in signed)])[1:]
    sketch = np.stack([no_sketch, *(no_sketch if one.sketch is None else one.sketch for one in signed)])[1:]
    columns: dict[str, npt.NDArray[Any]] = {
        "document_id": np.array([one.document_id.encode() for one in signed], np.bytes_),
        "when": np.array([one.when for one in signed], np.int64),
        "person": np.array([one.person for one in signed], np.uint64),
        "words": np.array([one.words for one in signed], np.int32),
        "exact": np.array([one.exact for one in signed], np.uint64),
        "sketch": sketch,
    }
    write_arrays(path, columns | {f"band {number}": bands[:, number] for number in range(BANDS)})
    return len(signed)
