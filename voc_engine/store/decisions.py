"""People's decisions in SQLite: appended, never changed, durable before the command returns."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from voc_engine.records import Decision
from voc_engine.store.identities import connect

_MIGRATIONS = (
    "CREATE TABLE decision (number INTEGER PRIMARY KEY AUTOINCREMENT, decided_at TEXT NOT NULL DEFAULT"
    " (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), target TEXT NOT NULL, target_id TEXT NOT NULL, action TEXT NOT NULL,"
    " value TEXT, author TEXT, comment TEXT)",
)
_COLUMNS = "target, target_id, action, value, author, comment"


class Decisions:
    """The decisions of one workspace."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, decisions: Iterable[Decision]) -> int:
        """Add decisions in one transaction; the number added."""
        rows = [tuple(getattr(one, name) for name in _COLUMNS.split(", ")) for one in decisions]
        with closing(connect(self.path, _MIGRATIONS)) as db:
            db.execute("BEGIN IMMEDIATE")
            db.executemany(f"INSERT INTO decision ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", rows)
            db.execute("COMMIT")
        return len(rows)

    def in_force(self) -> list[Decision]:
        """The latest decision on each target and action, in the order in which they were made."""
        if not self.path.exists():
            return []
        with closing(connect(self.path, _MIGRATIONS)) as db:
            rows = db.execute(f"SELECT {_COLUMNS} FROM decision ORDER BY number").fetchall()
        latest = {(row[0], row[1], row[2]): Decision(*row) for row in rows}
        return list(latest.values())
