"""People's decisions in SQLite: appended, never changed, durable before the command returns."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from voc_engine.records import Decision
from voc_engine.store.identities import compact, connect

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

    def last(self) -> int:
        """The number of the decision that was made last, 0 where there is none."""
        if not self.path.exists():
            return 0
        with closing(connect(self.path, _MIGRATIONS)) as db:
            return int(db.execute("SELECT coalesce(max(number), 0) FROM decision").fetchone()[0])

    def in_force(self, until: int | None = None) -> list[Decision]:
        """The latest decision on each target and action, in the order in which they were made; ``until``: as it was when
        the decision of that number was the last."""
        if not self.path.exists():
            return []
        with closing(connect(self.path, _MIGRATIONS)) as db:
            rows = db.execute(
                f"SELECT {', '.join(_COLUMNS)} FROM decision WHERE number <= ? ORDER BY number",
                (sys.maxsize if until is None else until,),
            ).fetchall()
        latest: dict[tuple[str, str, str], Decision] = {}
        for row in rows:
            latest.pop(row[:3], None)
            latest[row[:3]] = _decision(row)
        return list(latest.values())

    def rewrite(self, change: Callable[[Decision], Decision | None], *, keep: bool = True) -> tuple[int, int]:
        """Every decision ever made, changed or removed (None): how many of each. Nothing of the old words stays.

        With ``keep`` False it is only counted.
        """
        if not self.path.exists():
            return 0, 0
        changed = removed = 0
        with closing(connect(self.path, _MIGRATIONS)) as db:
            db.execute("BEGIN IMMEDIATE")
            for number, *row in db.execute(f"SELECT number, {', '.join(_COLUMNS)} FROM decision").fetchall():
                old = _decision(row)
                new = change(old)
                if new is None:
                    db.execute("DELETE FROM decision WHERE number = ?", (number,))
                    removed += 1
                elif new != old:
                    holes = ", ".join(f"{name} = ?" for name in _COLUMNS)
                    db.execute(f"UPDATE decision SET {holes} WHERE number = ?", (*_row(new), number))
                    changed += 1
            db.execute("COMMIT" if keep else "ROLLBACK")
            if keep:
                compact(db)
        return changed, removed


def _decision(row: Sequence[Any]) -> Decision:
    evidence, value_evidence = (tuple(json.loads(said)) for said in row[6:])
    return replace(Decision(*row[:6]), evidence=evidence, value_evidence=value_evidence)


def _row(one: Decision) -> tuple[str | None, ...]:
    plain = tuple(getattr(one, name) for name in _COLUMNS[:6])
    return (*plain, json.dumps(one.evidence), json.dumps(one.value_evidence))
