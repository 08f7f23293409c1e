"""Rows of a file that is read in ranges, until it is known in which part each of them stands: Arrow files beside the parts.

They are no parts: their names end in ".tmp", and what a killed run leaves of them is swept.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from voc_engine.records import Document, Skipped, Utterance
from voc_engine.store.arrow_tables import schema_of, to_table
from voc_engine.store.parts import private, writer_here

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

TABLES = (Document, Utterance, Skipped)
_ITEMS = pa.schema([("turns", pa.int64()), ("characters", pa.int64())])
_KEYS = pa.schema([("key", pa.uint64()), ("mark", pa.uint64())])
# In place of the number of turns: something that was set aside, and is no conversation.
_ASIDE = -1


class WaitingRows:
    """What was read of one file, by the number of its range, in the folder of its parts."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name

    def place(self, what: str) -> Path:
        """A file that waits."""
        return self.folder / f".{self.name}-range-{what}.tmp"

    def clear(self) -> None:
        for path in self.folder.glob(f".{self.name}-range-*.tmp"):
            path.unlink(missing_ok=True)

    def write(
        self, number: int, items: Iterator[Skipped | tuple[Document, Sequence[Utterance]]], rows: int,
        count: Callable[[Sequence[Document], Sequence[Skipped]], None],
    ) -> None:  # fmt: skip
        """Write what a range gives, ``rows`` items of it in memory at a time; ``count`` is shown all of them."""
        with ExitStack() as stack:
            sinks = {kind: stack.enter_context(self._sink(number, kind.table, schema_of(kind))) for kind in TABLES}
            sizes = stack.enter_context(self._sink(number, "items", _ITEMS))
            tables: dict[Any, list[Any]] = {kind: [] for kind in TABLES}
            turns, characters = list[int](), list[int]()

            def flush() -> None:
                count(tables[Document], tables[Skipped])
                for kind in TABLES:
                    sinks[kind].write_table(to_table(kind, tables[kind]))
                    tables[kind].clear()
                sizes.write_table(pa.table([turns, characters], schema=_ITEMS))
                turns.clear()
                characters.clear()

            for item in items:
                if isinstance(item, Skipped):
                    tables[Skipped].append(item)
                    turns.append(_ASIDE)
                    characters.append(0)
                else:
                    document, its_turns = item
                    tables[Document].append(document)
                    tables[Utterance].extend(its_turns)
                    turns.append(len(its_turns))
                    characters.append(len(document.text))
                if len(turns) >= rows:
                    flush()
            flush()

    def write_keys(self, number: int, keys: array[int], marks: array[int]) -> None:
        """Key and mark of each document of a range (``SeenRecords``)."""
        with self._sink(number, "keys", _KEYS) as sink:
            sink.write_table(pa.table([pa.array(keys, pa.uint64()), pa.array(marks, pa.uint64())], schema=_KEYS))

    def seen_before(self, number: int) -> dict[int, tuple[int, int]]:
        """Of the records of a range those that came in an earlier one: the first one's mark, and how many others were no
        copies of it."""
        import numpy as np

        tables = [self.table(one, "keys") for one in range(number + 1)]
        keys, marks = ([table.column(name).to_numpy() for table in tables] for name in ("key", "mark"))
        before, marks_before = (np.concatenate([one[:0] for one in each[-1:]] + each[:-1]) for each in (keys, marks))
        again = np.isin(before, keys[-1])
        seen: dict[int, tuple[int, int]] = {}
        for key, mark in zip(before[again].tolist(), marks_before[again].tolist(), strict=True):
            first, others = seen.get(key, (mark, 0))
            seen[key] = (first, others + (mark != first))
        return seen

    def table(self, number: int, what: str) -> pa.Table:
        """The rows of a range, as they lie in the file."""
        return pa.ipc.open_file(pa.memory_map(str(self.place(f"{number}.{what}")))).read_all()

    def part_ends(self, ranges: int, most: int, most_characters: int) -> list[list[int]]:
        """For each part the rows of each of ``TABLES`` up to its end: it ends with the item by which it holds ``most`` turns
        and things set aside, or ``most_characters`` of text."""
        import numpy as np

        items = pa.concat_tables([self.table(number, "items") for number in range(ranges)])
        turns, characters = (items.column(name).to_numpy() for name in _ITEMS.names)
        aside = turns == _ASIDE
        totals = [np.cumsum(~aside), np.cumsum(np.where(aside, 0, turns)), np.cumsum(aside)]
        size, text = np.cumsum(np.maximum(turns, 1)), np.cumsum(characters)
        ends: list[list[int]] = []
        start = rows_before = text_before = 0
        while start < len(turns):
            full = int(np.searchsorted(size, rows_before + most))
            long = int(np.searchsorted(text, text_before + most_characters))
            last = min(full, long, len(turns) - 1)
            ends.append([int(total[last]) for total in totals])
            start, rows_before, text_before = last + 1, int(size[last]), int(text[last])
        return ends

    def rows(self, kind: type[Any], sizes: list[int], start: int, end: int) -> pa.Table:
        """Rows ``start`` to ``end`` of a table over all ranges; ``sizes`` are those of each."""
        pieces, before = [], 0
        for number, size in enumerate(sizes):
            first, last = max(start - before, 0), min(end - before, size)
            if first < last:
                pieces.append(self.table(number, kind.table).slice(first, last - first))
            before += size
        return pa.concat_tables([schema_of(kind).empty_table(), *pieces]).combine_chunks()

    @contextmanager
    def _sink(self, number: int, what: str, schema: pa.Schema) -> Iterator[Any]:
        path = self.place(f"{number}.{what}")
        # A worker that was given up may still write: each under a name of its own.
        own = path.with_name(f"{path.name}.{writer_here()}.tmp")
        with open(own, "wb", opener=private) as file, pa.ipc.new_file(file, schema) as sink:
            yield sink
        os.replace(own, path)
