"""Which records were read before: a table of two 64-bit numbers for each, where a dict of strings takes ten times that."""

from __future__ import annotations

from array import array

from voc_engine.records import stable_hash

_FIRST_SIZE = 1 << 10  # records; the table doubles when it fills


def record_key(record_id: str) -> int:
    """64 bits that stand for a record's id, never zero: that stands for an empty place."""
    return int(stable_hash(record_id), 16) or 1


class SeenRecords:
    """Record id -> mark of what it held when it first came; 32 to 64 bytes a record. Open addressing, linear probing."""

    def __init__(self) -> None:
        self.amount = 0
        self.keys = array("Q", bytes(8 * _FIRST_SIZE))
        self.marks = array("Q", bytes(8 * _FIRST_SIZE))

    def __len__(self) -> int:
        return self.amount

    def remember(self, key: int, mark: int) -> None:
        """As if a record with that key (not 0) and mark had come."""
        slot = self._slot(key)
        if not self.keys[slot]:
            self.keys[slot], self.marks[slot] = key, mark
            self.amount += 1
            if 2 * self.amount > len(self.keys):
                self._grow()

    def first_mark(self, record_id: str, mark: str) -> str | None:
        """The mark with which the id came first; None when it comes now. ``mark`` is 16 hex digits."""
        key = record_key(record_id)
        slot = self._slot(key)
        if self.keys[slot]:
            return f"{self.marks[slot]:016x}"
        self.remember(key, int(mark, 16))
        return None

    def _slot(self, key: int) -> int:
        last = len(self.keys) - 1
        slot = key & last
        while self.keys[slot] not in (0, key):
            slot = (slot + 1) & last
        return slot

    def _grow(self) -> None:
        keys, marks = self.keys, self.marks
        self.keys = array("Q", bytes(16 * len(keys)))
        self.marks = array("Q", bytes(16 * len(keys)))
        for key, mark in zip(keys, marks, strict=True):
            if key:
                slot = self._slot(key)
                self.keys[slot], self.marks[slot] = key, mark
