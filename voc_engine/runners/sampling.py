"""Before anything is read in full: where a study is sampled, choose whose words are.

A fast reader hashes every sentence once (``student.grams``). People are drawn at random; the extractor labels some of what
they say, a student learns these labels and looks at everything, and what is new or unsure to it is sought. All that is
costly is kept under ``.voc/parts/drawing`` by what it was made of, so that a killed run goes on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voc_engine.config import Config, MentionsConfig
from voc_engine.mentions.chosen import extractor_named
from voc_engine.mentions.contract import LabelReader
from voc_engine.mentions.stage import sentences_of
from voc_engine.records import EVIDENCE_ROLES, MENTION_KINDS, SOUGHT, Document, Drawn, Heard, Segment, stable_hash
from voc_engine.runners.fingerprint import fingerprint, version_of_module
from voc_engine.runners.pace import MOST_EXACT
from voc_engine.runners.state import RunContext
from voc_engine.sample.chance import Voice
from voc_engine.sample.chance import drawn as drawn_people
from voc_engine.sample.seek import Field, sought
from voc_engine.store.arrays import read_arrays, write_arrays
from voc_engine.store.parts import PartStore
from voc_engine.student.grams import hashed, matrix, rarity
from voc_engine.student.learner import taught

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FOLDER = "drawing"
# Sentences whose labels the student learns before it looks for what is rare; more of them hardly change where it looks.
_TAUGHT = 4_000
_EDGE = 1e-4


def wanted(config: Config) -> bool:
    """Whether the configuration asks for it, or would in a large study."""
    return config.run.effort != "exact"


def drawn(context: RunContext) -> GivenDrawn | None:
    """The pass: who is read in full, over the whole study; None where everything is. A plan finds out nothing that was not
    known before."""
    drawing = Drawing(context)
    auto = context.config.run.effort == "auto"
    if auto and (not context.dry or drawing.hashed) and drawing.distinct <= MOST_EXACT:
        return None
    if context.dry and not drawing.known:
        return GivenDrawn(drawing, None)
    return GivenDrawn(drawing, drawing.people())


class GivenDrawn:
    """Who is read in full of each part, by row."""

    def __init__(self, drawing: Drawing, people: dict[str, str] | None) -> None:
        self.drawing, self.people, self.known = drawing, people or {}, people is not None
        self.rows = drawing.by_part(self.people) if people is not None else []
        self.texts = [stable_hash(*(f"{person}={how}" for person, how in row.items())) for row in self.rows]

    def __getitem__(self, row: int) -> Drawn:
        return Drawn(self.rows[row])

    def whole(self) -> Drawn:
        """Everybody who is read, with all sentences of the study."""
        return Drawn(self.people, self.drawing.heard)


class Drawing:
    """The draw of one study. Memory: about 200 bytes for each sentence of the study, and no text."""

    def __init__(self, context: RunContext) -> None:
        state, config = context.state, context.config
        self.store, self.workers, self.options = context.workspace.parts, context.workers, config.sample
        self.extractor, self.named = state.chosen["mentions"]
        self.texts = (state.last(Document).name, state.parts[state.last(Document).name])
        self.said = (state.last(Segment).name, state.parts[state.last(Segment).name])
        hash_version = version_of_module(hashed.__module__)
        self.grams = [fingerprint("sample", "grams", (hash_version, part)) for part in self.said[1]]
        named = [version_of_module(__name__), *self.grams, *self.texts[1], fingerprint("mentions", self.named, ())]
        self.decided = self._path(fingerprint("sample", self.options.model_dump(), named), "people")

    def _path(self, name: str, kind: str) -> Path:
        return self.store.root / FOLDER / f"{name}.{kind}.parquet"

    @property
    def known(self) -> bool:
        """Whether it was found out before, so that nothing is computed."""
        return self.decided.exists()

    @property
    def hashed(self) -> bool:
        """Whether every part was hashed before."""
        return all(path.exists() for name in self.grams for path in self._hashes(name))

    def _hashes(self, name: str) -> tuple[Path, Path]:
        return self._path(name, "sentences"), self._path(name, "grams")

    @cached_property
    def heard(self) -> Heard:
        """Every sentence that may be evidence; hashed now where it was not before."""
        import numpy as np

        paths = [self._hashes(name) for name in self.grams]
        parts = zip(self.said[1], paths, strict=True)
        tasks = [
            (self.store.root, self.said[0], part, *both)
            for part, both in parts
            if not all(one.exists() for one in both)
        ]
        for _ in self.workers.map(gram_part, tasks):
            pass
        sentences = [first for first, _ in paths]
        segments, documents, people, keys = (read_arrays(sentences, name) for name in _IDS)
        ends, grams = np.cumsum(read_arrays(sentences, "grams")), read_arrays([second for _, second in paths], "gram")
        return Heard(segments, documents, people, keys, ends, grams)

    @cached_property
    def distinct(self) -> int:
        """Distinct sentences."""
        import numpy as np

        return len(np.unique(self.heard.keys))

    def by_part(self, people: dict[str, str]) -> list[dict[str, str]]:
        """Of each part the people who are read."""
        read_people = []
        for name in self.grams:
            part_people = set(read_arrays([self._path(name, "sentences")], "person").tolist())
            read_people.append(
                {one: people[one] for one in sorted(key.decode() for key in part_people) if one in people}
            )
        return read_people

    def people(self) -> dict[str, str]:
        """Person -> how they came to be read; found out once."""
        import numpy as np

        if not self.known:
            chosen = drawn_people(self._voices(), round(self.options.sentences * (1 - self.options.sought)))
            for person in self._sought(chosen) if len(chosen) < len(np.unique(self.heard.people)) else ():
                chosen.setdefault(person, SOUGHT)
            names = sorted(chosen)
            write_arrays(self.decided, {"person": _bytes(names), "how": _bytes([chosen[one] for one in names])})
        rows = (read_arrays([self.decided], name).tolist() for name in ("person", "how"))
        return {person.decode(): how.decode() for person, how in zip(*rows, strict=True)}

    @cached_property
    def _documents(self) -> dict[str, tuple[str, str, str]]:
        """Document id -> its date ("" for none), kind, and source with the month."""
        documents = {}
        for part in self.texts[1]:
            table = self.store.read_columns(
                self.texts[0], part, Document, ("document_id", "kind", "source", "created_at")
            )
            for key, kind, source, when in zip(*(column.to_pylist() for column in table.columns), strict=True):
                documents[key] = (when or "", kind, f"{source} {(when or '')[:7]}")
        return documents

    def _voices(self) -> list[Voice]:
        documents: dict[str, set[str]] = defaultdict(set)
        sentences: Counter[str] = Counter()
        for person, document in zip(self.heard.people.tolist(), self.heard.documents.tolist(), strict=True):
            documents[person.decode()].add(document.decode())
            sentences[document.decode()] += 1
        voices = []
        for person, own_documents in sorted(documents.items()):
            facts = sorted(self._documents[one] for one in own_documents)
            kinds = frozenset(kind for _, kind, _ in facts)
            voices.append(Voice(person, kinds, facts[0][2], sum(sentences[one] for one in own_documents)))
        return voices

    def _sought(self, chosen: dict[str, str]) -> list[str]:
        """People to be read beside those who were drawn."""
        import numpy as np
        from threadpoolctl import threadpool_limits

        sentences = self.heard
        people, person = np.unique(sentences.people, return_inverse=True)
        _, document = np.unique(sentences.documents, return_inverse=True)
        # Whose documents are read for somebody else's sake is not sought any more.
        drawn_row = np.array([one.decode() in chosen for one in people.tolist()])[person]
        read = np.isin(document, np.unique(document[drawn_row]))
        rows, labels = self._labels(drawn_row)
        with threadpool_limits(1, user_api="blas"):
            features = matrix(sentences.ends, sentences.grams, rarity(sentences.grams, len(sentences.ends)))
            odds = taught(features[rows], labels).foresees(features).astype(np.float64)
        chances = 1 / (1 + np.exp(-np.round(odds, 4)))
        marked = chances[:, : len(MENTION_KINDS)].max(axis=1) * chances[:, len(MENTION_KINDS)]
        budget = round(self.options.sentences * self.options.sought)
        chosen_rows = sought(Field(sentences, person, document, read, marked), budget)
        return [people[one].decode() for one in chosen_rows]

    def _labels(self, able: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Rows of some sentences of those who were drawn, and what the extractor says of them: the log-odds of each of
        MENTION_KINDS and of worth, (rows, kinds + 1)."""
        import numpy as np

        documents = self.heard.documents
        drawn = np.unique(documents[able])
        order = sorted(drawn.tolist(), key=lambda one: stable_hash("taught", one.decode()))
        sizes = dict(zip(*(each.tolist() for each in np.unique(documents, return_counts=True)), strict=True))
        few, amount = set(), 0
        for document in order:
            if amount >= _TAUGHT:
                break
            few.add(document)
            amount += sizes[document]
        starts = np.cumsum([0, *(len(read_arrays([self._path(n, "sentences")], "grams")) for n in self.grams)])
        tasks, parts = [], []
        for row, name in enumerate(self.grams):
            mine = sorted(few & set(documents[starts[row] : starts[row + 1]].tolist()))
            if mine:
                ids = [one.decode() for one in mine]
                path = self._path(fingerprint("mentions", self.named, (name, *ids)), "labels")
                parts.append((starts[row], path))
                if not path.exists():
                    inputs = ((self.texts[0], self.texts[1][row]), (self.said[0], self.said[1][row]))
                    tasks.append((self.store.root, inputs, ids, self.extractor, path))
        for _ in self.workers.map(label_part, tasks):
            pass
        rows = np.concatenate([start + read_arrays([path], "row") for start, path in parts])
        columns = [np.concatenate([read_arrays([path], name) for _, path in parts]) for name in _COLUMNS]
        return rows, np.stack(columns, axis=1).astype(np.float32)


_COLUMNS = (*MENTION_KINDS, "worth")
_IDS = {"segment": "segment_id", "document": "document_id", "person": "person_id", "key": "text_key"}


def gram_part(root: Path, folder: str, part: str, sentences: Path, grams: Path) -> int:
    """Hash the sentences of one part that may be evidence, in their order; number of them."""
    import numpy as np

    names = ("segment_id", "document_id", "person_id", "text_key", "text", "role")
    table = PartStore(root).read_columns(folder, part, Segment, names).to_pydict()
    rows = [row for row, role in enumerate(table["role"]) if role in EVIDENCE_ROLES]
    distinct = {table["text_key"][row]: table["text"][row] for row in rows}
    row_of = {key: row for row, key in enumerate(distinct)}
    ends, hashes = hashed(list(distinct.values()))
    starts = np.concatenate([[0], ends])
    of = [row_of[table["text_key"][row]] for row in rows]
    every = [hashes[starts[one] : starts[one + 1]] for one in of]
    columns = {key: _bytes([table[name][row] for row in rows]) for key, name in _IDS.items()}
    write_arrays(grams, {"gram": np.concatenate([np.zeros(0, np.int32), *every])})
    write_arrays(sentences, {**columns, "grams": np.array([len(one) for one in every], np.int64)})
    return len(rows)


def label_part(
    root: Path, inputs: Sequence[tuple[str, str]], documents: Sequence[str], options: MentionsConfig, path: Path
) -> int:
    """Write what the extractor says of every sentence of some documents of a part, with its place among the sentences that
    may be evidence; number of them."""
    import numpy as np

    store, ((folder, texts), (beside, segment_part)) = PartStore(root), inputs
    documents_by_id = {
        one.document_id: one for one in store.read_some(folder, texts, Document, "document_id", list(documents))
    }
    ids = store.read_columns(beside, segment_part, Segment, ("segment_id", "role")).to_pydict()
    evidence = [key for key, role in zip(ids["segment_id"], ids["role"], strict=True) if role in EVIDENCE_ROLES]
    row_of = {key: row for row, key in enumerate(evidence)}
    segments = store.read_some(beside, segment_part, Segment, "document_id", list(documents))
    segments.sort(key=lambda one: (one.document_id, one.index, one.start, one.segment_id))
    extractor = extractor_named(options.extractor, None if options.heads is None else Path(options.heads))
    sentences = sentences_of(segments, documents_by_id)
    readings = extractor.labels(sentences) if isinstance(extractor, LabelReader) else extractor.read(sentences, None)
    odds = np.array(
        [[_odds(one.probabilities[kind]) for kind in MENTION_KINDS] + [_odds(one.worth)] for one in readings]
    )
    rows = [row_of[one.segment_id] for one in segments if one.role in EVIDENCE_ROLES]
    shaped = odds.reshape(len(rows), len(_COLUMNS))
    columns: dict[str, npt.NDArray[Any]] = {name: shaped[:, at] for at, name in enumerate(_COLUMNS)}
    write_arrays(path, {"row": np.array(rows, np.int64), **columns})
    return len(rows)


def _bytes(words: Sequence[str]) -> npt.NDArray[Any]:
    import numpy as np

    return np.array([one.encode() for one in words], np.bytes_)


def _odds(chance: float) -> float:
    from math import log

    sure = min(1 - _EDGE, max(_EDGE, chance))
    return round(log(sure / (1 - sure)), 4)
