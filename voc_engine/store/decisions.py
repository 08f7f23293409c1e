"""People's decisions in SQLite: appended, never changed, durable before the command returns; any step can be undone."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from voc_engine.records import Decision, in_force
from voc_engine.store.identities import compact, connect

_MIGRATIONS = (
    "CREATE TABLE decision (number INTEGER PRIMARY KEY AUTOINCREMENT, decided_at TEXT NOT NULL DEFAULT"
    " (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')), target TEXT NOT NULL, target_id TEXT NOT NULL, action TEXT NOT NULL,"
    " value TEXT, author TEXT, comment TEXT)",
    "ALTER TABLE decision ADD COLUMN evidence TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE decision ADD COLUMN value_evidence TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE decision ADD COLUMN session TEXT",
    "ALTER TABLE decision ADD COLUMN step INTEGER",
    "ALTER TABLE decision ADD COLUMN undo_of INTEGER",
)
_COLUMNS = ("target", "target_id", "action", "value", "author", "comment", "evidence", "value_evidence")
# What an undo is on the log: a row that decides nothing itself.
_UNDO = Decision("log", "step", "undo")


@dataclass(frozen=True, slots=True)
class Logged:
    """A row of the log. ``step`` is the number of the first of the decisions that were made together; ``undo_of`` the step
    that this row takes back, and ``holds`` whether it is not itself taken back."""

    number: int
    step: int
    decided_at: str
    session: str | None
    undo_of: int | None
    holds: bool
    decision: Decision


class Decisions:
    """The decisions of one workspace."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, decisions: Iterable[Decision], session: str | None = None) -> int:
        """Add decisions as one step, in one transaction that is on disk when this returns; the step's number, 0 for none.

        ``session`` names the sitting in which they were made, within which "undo" goes back.
        """
        return self._append([_row(one) for one in decisions], session, None)

    def undo(self, step: int, session: str | None = None, author: str | None = None) -> int:
        """Take a step back, or do again what an undo took back: the number of the row that says so."""
        return self._append([_row(replace(_UNDO, author=author))], session, step)

    def _append(self, rows: Sequence[tuple[str | None, ...]], session: str | None, undo_of: int | None) -> int:
        names = ", ".join((*_COLUMNS, "session", "undo_of", "step"))
        holes = ", ".join("?" * (len(_COLUMNS) + 3))
        step = 0
        with closing(connect(self.path, _MIGRATIONS)) as db:
            db.execute("BEGIN IMMEDIATE")
            for row in rows:
                cursor = db.execute(f"INSERT INTO decision ({names}) VALUES ({holes})", (*row, session, undo_of, step))
                if not step:
                    step = int(cursor.lastrowid or 0)
                    db.execute("UPDATE decision SET step = ? WHERE number = ?", (step, step))
            db.execute("COMMIT")
        return step

    def last(self) -> int:
        """The number of the decision that was made last, 0 where there is none."""
        if not self.path.exists():
            return 0
        with closing(connect(self.path, _MIGRATIONS)) as db:
            return int(db.execute("SELECT coalesce(max(number), 0) FROM decision").fetchone()[0])

    def log(self, until: int | None = None) -> list[Logged]:
        """Every row in the order in which it was written; ``until``: as it was when that number was the last."""
        if not self.path.exists():
            return []
        with closing(connect(self.path, _MIGRATIONS)) as db:
            rows = db.execute(
                "SELECT number, coalesce(step, number), decided_at, session, undo_of,"
                f" {', '.join(_COLUMNS)} FROM decision WHERE number <= ? ORDER BY number",
                (sys.maxsize if until is None else until,),
            ).fetchall()
        return _with_holds(rows)

    def in_force(self, until: int | None = None) -> list[Decision]:
        """What holds, in the order in which it was decided: no step that was undone, nothing that was withdrawn, of each
        target and action the latest; ``until``: as it was when the decision of that number was the last."""
        return in_force(one.decision for one in self.log(until) if one.holds and one.undo_of is None)

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


def undoable(log: Sequence[Logged], session: str) -> int | None:
    """The step that "undo" takes back: of this sitting the last that holds and is no undo itself."""
    mine = (row for row in reversed(log) if row.session == session and row.undo_of is None and row.holds)
    return next((row.step for row in mine), None)


def redoable(log: Sequence[Logged], session: str) -> int | None:
    """The row that "redo" takes back: the last undo of this sitting since which nothing else was decided in it."""
    decided = {row.step for row in log if row.session == session and row.undo_of is None}
    latest = max(decided, default=0)
    mine = (row for row in reversed(log) if row.session == session and row.undo_of in decided and row.holds)
    return next((row.step for row in mine if row.number > latest), None)


def _with_holds(rows: Iterable[sqlite3.Row | tuple[Any, ...]]) -> list[Logged]:
    """From the last row to the first: what a row that holds takes back does not hold."""
    taken_back: set[int] = set()
    logged = []
    for number, step, at, session, undo_of, *row in reversed(list(rows)):
        holds = step not in taken_back
        if holds and undo_of is not None:
            taken_back.add(undo_of)
        logged.append(Logged(number, step, at, session, undo_of, holds, _decision(row)))
    return logged[::-1]


def _decision(row: Sequence[Any]) -> Decision:
    evidence, value_evidence = (tuple(json.loads(said)) for said in row[6:])
    return replace(Decision(*row[:6]), evidence=evidence, value_evidence=value_evidence)


def _row(decision: Decision) -> tuple[str | None, ...]:
    plain = tuple(getattr(decision, name) for name in _COLUMNS[:6])
    return (*plain, json.dumps(decision.evidence), json.dumps(decision.value_evidence))
