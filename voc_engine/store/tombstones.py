"""Tombstones in the vault: keyed marks of whoever was forgotten, so that nobody brings them back by importing again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from voc_engine.store.identities import MIGRATIONS, compact, opened, setting, store_setting, words_of

_KEY = "tombstone key"


class Tombstones:
    """The marks of one vault. The random key with which they are made stays in the vault: without it they tell nothing,
    and with it only whether a name that somebody already has in mind is among them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> tuple[bytes, frozenset[str]]:
        """Key and marks; nothing, and no passphrase needed, where nobody was forgotten."""
        if not self.path.exists():
            return b"", frozenset()
        with opened(self.path, MIGRATIONS) as db:
            marks = frozenset(row[0] for row in db.execute("SELECT mark FROM tombstone"))
            stored = setting(db, _KEY)
            if not marks or stored is None:
                return b"", frozenset()
            return bytes.fromhex(words_of(db, self.path).readable(stored, _KEY)), marks

    def bury(self, marks: Callable[[bytes], Iterable[str]]) -> None:
        """Add marks, which are made with the vault's key; durable when this returns."""
        with opened(self.path, MIGRATIONS) as db:
            words = words_of(db, self.path)
            db.execute("BEGIN IMMEDIATE")
            stored = setting(db, _KEY)
            key = os.urandom(32) if stored is None else bytes.fromhex(words.readable(stored, _KEY))
            if stored is None:
                store_setting(db, _KEY, words.hidden(key.hex(), _KEY))
            db.executemany("INSERT OR IGNORE INTO tombstone VALUES (?)", sorted((mark,) for mark in marks(key)))
            db.execute("COMMIT")

    def begin(self, person_id: str, plan: str) -> None:
        """Keep what is to be done to forget a person until ``end``, hidden like the names; durable when this returns."""
        with opened(self.path, MIGRATIONS) as db:
            hidden = words_of(db, self.path).hidden(plan, person_id)
            db.execute("INSERT OR REPLACE INTO erasure VALUES (?, ?)", (person_id, hidden))

    def pending(self) -> dict[str, str]:
        """Pseudonym -> plan of everybody whose forgetting was begun and has not ended."""
        if not self.path.exists():
            return {}
        with opened(self.path, MIGRATIONS) as db:
            rows = db.execute("SELECT person_id, plan FROM erasure ORDER BY person_id").fetchall()
            words = words_of(db, self.path) if rows else None
            return {person_id: words.readable(plan, person_id) for person_id, plan in rows} if words else {}

    def end(self, person_id: str) -> None:
        """All is done: nothing of the plan stays."""
        with opened(self.path, MIGRATIONS) as db:
            db.execute("DELETE FROM erasure WHERE person_id = ?", (person_id,))
            compact(db)

    def erase(self, person_ids: Iterable[str]) -> None:
        """Remove people's names and keys; their numbers are never given again."""
        with opened(self.path, MIGRATIONS) as db:
            db.execute("BEGIN IMMEDIATE")
            for person_id in sorted(person_ids):
                db.execute(
                    "INSERT INTO retired SELECT prefix, number FROM person WHERE person_id = ?"
                    " ON CONFLICT (prefix) DO UPDATE SET number = max(number, excluded.number)", (person_id,),
                )  # fmt: skip
                db.execute("DELETE FROM identity WHERE person_id = ?", (person_id,))
                db.execute("DELETE FROM person WHERE person_id = ?", (person_id,))
            db.execute("COMMIT")
            compact(db)
