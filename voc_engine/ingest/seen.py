"""Which records were read before: a table of two 64-bit numbers for each, where a dict of strings takes ten times that."""

from __future__ import annotations

from array import array

from voc_engine.records import stable_hash

_FIRST_SIZE = 1 << 10


class SeenRecords:
    """Record id -> mark of what it held when it first came; 32 to 64 bytes a record. Open addressing, linear probing."""

    def __init__(self) -> None:
        self.amount = 0
        self.keys = array("Q", bytes(8 * _FIRST_SIZE))
        self.marks = array("Q", bytes(8 * _FIRST_SIZE))

    def __len__(self) -> int:
        return self.amount

    def first_mark(self, record_id: str, mark: str) -> str | None:
        """The mark with which the id came first; None when it comes now. ``mark`` is 16 hex digits."""
        # Zero stands for an empty place.
        key = int(stable_hash(record_id), 16) or 1
        place = self._place(key)
        if self.keys[place]:
            return f"{self.marks[place]:016x}"
        self.keys[place], self.marks[place] = key, int(mark, 16)
        self.amount += 1
        if 2 * self.amount > len(self.keys):
            self._grow()
        return None

    def _place(self, key: int) -> int:
        last = len(self.keys) - 1
        place = key & last
        while self.keys[place] not in (0, key):
            place = (place + 1) & last
        return place

    def _grow(self) -> None:
        keys, marks = self.keys, self.marks
        self.keys = array("Q", bytes(16 * len(keys)))
        self.marks = array("Q", bytes(16 * len(keys)))
        for key, mark in zip(keys, marks, strict=True):
            if key:
                place = self._place(key)
                self.keys[place], self.marks[place] = key, mark
