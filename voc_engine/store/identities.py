"""The vault: identity key -> pseudonym, in a SQLite file that only its owner can read."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from voc_engine.errors import StoreError

Allocate = Callable[[Iterable[tuple[str, tuple[str, ...], str]]], dict[str, str]]
_MEMORY = Path(":memory:")
_MIGRATIONS = (
    "CREATE TABLE person (person_id TEXT PRIMARY KEY, prefix TEXT NOT NULL, number INTEGER NOT NULL,"
    " display TEXT NOT NULL, UNIQUE (prefix, number))",
    "CREATE TABLE identity (key TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person(person_id))",
)


def connect(path: Path, migrations: tuple[str, ...]) -> sqlite3.Connection:
    """A connection in WAL mode, synchronous FULL, with the numbered, append-only migrations applied."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path != _MEMORY and not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    for number, statement in enumerate(migrations[version:], version + 1):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(statement)
        connection.execute(f"PRAGMA user_version={number}")
        connection.execute("COMMIT")
    return connection


@contextmanager
def opened(path: Path, migrations: tuple[str, ...]) -> Iterator[sqlite3.Connection]:
    """``connect`` for the length of a block. Raises StoreError when the file is damaged or cannot be used."""
    try:
        with closing(connect(path, migrations)) as db:
            yield db
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"{path} is damaged or cannot be used.",
            found=str(error),
            do="see to disk space and rights, or restore the file from a backup",
        ) from error


class Vault:
    """Allocates pseudonyms P0001, P0002 ... in the order in which identities are given, once and for ever."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def allocate(self, people: Iterable[tuple[str, tuple[str, ...], str]], *, keep: bool = True) -> dict[str, str]:
        """``people`` are (prefix, identity keys of one person, name to display) in document order.

        Returns "<prefix>|<key>" -> pseudonym for every key given; see ``allocating``.
        """
        with self.allocating(keep=keep) as allocate:
            return allocate(people)

    @contextmanager
    def allocating(self, *, keep: bool = True) -> Iterator[Allocate]:
        """``allocate`` for many batches of people, in memory that does not grow with their number.

        One transaction: a killed run leaves either all pseudonyms or none, and both give the same numbers on rerun.
        With ``keep`` False nothing is written: the answers tell what a run would allocate.
        """
        place = self.path if keep or self.path.exists() else _MEMORY
        with opened(place, _MIGRATIONS) as db:
            db.execute("BEGIN IMMEDIATE")
            last: dict[str, int] = dict(db.execute("SELECT prefix, max(number) FROM person GROUP BY prefix"))
            yield partial(_allocated, db, last)
            db.execute("COMMIT" if keep else "ROLLBACK")

    def lookup(self) -> dict[str, str]:
        """Every known key -> pseudonym."""
        if not self.path.exists():
            return {}
        with opened(self.path, _MIGRATIONS) as db:
            return dict(db.execute("SELECT key, person_id FROM identity"))

    def names(self) -> dict[str, str]:
        """Pseudonym -> name to display, for the owner of the workspace."""
        if not self.path.exists():
            return {}
        with opened(self.path, _MIGRATIONS) as db:
            return dict(db.execute("SELECT person_id, display FROM person"))


def _allocated(
    db: sqlite3.Connection, last: dict[str, int], people: Iterable[tuple[str, tuple[str, ...], str]]
) -> dict[str, str]:
    result: dict[str, str] = {}
    for prefix, keys, display in people:
        marked = [f"{prefix}|{key}" for key in keys]
        known = {key: result[key] if key in result else _known(db, key) for key in marked}
        person_id = next((one for one in known.values() if one is not None), None)
        if person_id is None:
            last[prefix] = last.get(prefix, 0) + 1
            person_id = f"{prefix}{last[prefix]:04d}"
            db.execute("INSERT INTO person VALUES (?, ?, ?, ?)", (person_id, prefix, last[prefix], display))
        for key, before in known.items():
            if before is None:
                db.execute("INSERT INTO identity VALUES (?, ?)", (key, person_id))
            result[key] = before or person_id
    return result


def _known(db: sqlite3.Connection, key: str) -> str | None:
    row = db.execute("SELECT person_id FROM identity WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])
