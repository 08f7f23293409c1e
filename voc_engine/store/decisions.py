"""People's decisions in SQLite: appended, never changed, durable before the command returns."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from voc_engine.records import Decision
from voc_engine.store.identities import connect

_MIGRATIONS = (
    "CREATE TABLE decision (number INTEGER PRIMARY KEY AUTOINCREMENT, decided_at TEXT NOT NULL DEFAULT"
    " (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), target TEXT NOT NULL, target_id TEXT NOT NULL, action TEXT NOT NULL,"
    " value TEXT, author TEXT, comment TEXT)",
    "ALTER TABLE decision ADD COLUMN evidence TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE decision ADD COLUMN value_evidence TEXT NOT NULL DEFAULT '[]'",
)
_COLUMNS = ("target", "target_id", "action", "value", "author", "comment", "evidence", "value_evidence")


class Decisions:
    """The decisions of one workspace."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, decisions: Iterable[Decision]) -> int:
        """Add decisions in one transaction; the number added."""
        rows = [_row(one) for one in decisions]
        holes = ", ".join("?" * len(_COLUMNS))
        with closing(connect(self.path, _MIGRATIONS)) as db:
            db.execute("BEGIN IMMEDIATE")
            db.executemany(f"INSERT INTO decision ({', '.join(_COLUMNS)}) VALUES ({holes})", rows)
            db.execute("COMMIT")
        return len(rows)

    def in_force(self) -> list[Decision]:
        """The latest decision on each target and action, in the order in which they were made."""
        if not self.path.exists():
            return []
        with closing(connect(self.path, _MIGRATIONS)) as db:
            rows = db.execute(f"SELECT {', '.join(_COLUMNS)} FROM decision ORDER BY number").fetchall()
        latest: dict[tuple[str, str, str], Decision] = {}
        for row in rows:
            latest.pop(row[:3], None)
            evidence, value_evidence = (tuple(json.loads(said)) for said in row[6:])
            plain = Decision(*row[:6])
            latest[row[:3]] = replace(plain, evidence=evidence, value_evidence=value_evidence)
        return list(latest.values())


def _row(one: Decision) -> tuple[str | None, ...]:
    plain = tuple(getattr(one, name) for name in _COLUMNS[:6])
    return (*plain, json.dumps(one.evidence), json.dumps(one.value_evidence))
