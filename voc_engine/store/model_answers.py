"""What a language model answered, by what it was asked: kept so that a run comes out again without asking."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Set
from contextlib import closing
from pathlib import Path

from voc_engine.records import Question
from voc_engine.store.identities import compact, connect

_MIGRATIONS = (
    "CREATE TABLE answer (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, said TEXT NOT NULL,"
    " documents TEXT NOT NULL, people TEXT NOT NULL)",
)


class Answers:
    """The answers of one workspace; appended, and removed only with the words that they are about."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def stored(self, until: int | None = None) -> dict[str, str]:
        """Key of the question -> what was said; ``until``: as it was when the answer of that number was the last."""
        if not self.path.exists():
            return {}
        with closing(connect(self.path, _MIGRATIONS)) as db:
            last = sys.maxsize if until is None else until
            return dict(
                db.execute("SELECT key, said FROM answer WHERE number <= ? ORDER BY number", (last,)).fetchall()
            )

    def keep(self, key: str, answer: str, question: Question) -> None:
        """Add an answer; it is on disk when this returns. The first that was given to a question stays."""
        about = (json.dumps(sorted(question.documents)), json.dumps(sorted(question.people)))
        with closing(connect(self.path, _MIGRATIONS)) as db:
            db.execute(
                "INSERT OR IGNORE INTO answer (key, said, documents, people) VALUES (?, ?, ?, ?)", (key, answer, *about)
            )

    def last(self) -> int:
        """The number of the answer that was given last, 0 where there is none."""
        if not self.path.exists():
            return 0
        with closing(connect(self.path, _MIGRATIONS)) as db:
            return int(db.execute("SELECT coalesce(max(number), 0) FROM answer").fetchone()[0])

    def forget(self, documents: Set[str], people: Set[str]) -> int:
        """Remove every answer to a question that held words of these documents or people, or that names one of them; how
        many. Nothing of them stays."""
        if not self.path.exists():
            return 0
        with closing(connect(self.path, _MIGRATIONS)) as db:
            gone = [
                row[0] for row in db.execute("SELECT number, said, documents, people FROM answer").fetchall()
                if _tells_of(row, documents, people)
            ]  # fmt: skip
            db.executemany("DELETE FROM answer WHERE number = ?", [(number,) for number in gone])
            compact(db)
        return len(gone)


def _tells_of(row: sqlite3.Row | tuple[int, str, str, str], documents: Set[str], people: Set[str]) -> bool:
    return (
        not documents.isdisjoint(json.loads(row[2]))
        or not people.isdisjoint(json.loads(row[3]))
        or any(person in row[1] for person in people)
    )
