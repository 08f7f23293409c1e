"""The vault: identity key -> pseudonym, in a SQLite file that only its owner can read, under a passphrase if wanted."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from voc_engine.errors import ConfigError, EvidenceError, StoreError
from voc_engine.privacy.sealing import Seal, new_lock, open_lock, passphrase

Allocate = Callable[[Iterable[tuple[str, tuple[str, ...], str]]], dict[str, str]]
_MEMORY = Path(":memory:")
MIGRATIONS = (
    "CREATE TABLE person (person_id TEXT PRIMARY KEY, prefix TEXT NOT NULL, number INTEGER NOT NULL,"
    " display TEXT NOT NULL, UNIQUE (prefix, number))",
    "CREATE TABLE identity (key TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person(person_id))",
    "ALTER TABLE identity ADD COLUMN sealed BLOB",
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE TABLE retired (prefix TEXT PRIMARY KEY, number INTEGER NOT NULL)",
    "CREATE TABLE tombstone (mark TEXT PRIMARY KEY)",
    "CREATE TABLE erasure (person_id TEXT PRIMARY KEY, plan BLOB NOT NULL)",
)


def connect(path: Path, migrations: tuple[str, ...]) -> sqlite3.Connection:
    """A connection in WAL mode, synchronous FULL, with the numbered, append-only migrations applied."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path != _MEMORY and not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    elif path != _MEMORY and path.stat().st_mode & 0o077:
        path.chmod(0o600)  # a copy brought back from a backup; SQLite gives its -wal and -shm the same rights
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA secure_delete=ON")
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

    def __init__(self, path: Path, *, closed: bool = False) -> None:
        """A ``closed`` vault tells the pseudonyms that it knows, and gives and keeps no new ones."""
        self.path, self.closed = path, closed

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
        With ``keep`` False nothing is written: the answers tell what a run would allocate. Raises EvidenceError for
        somebody whom a closed vault does not know.
        """
        keep = keep and not self.closed
        database = self.path if keep or self.path.exists() else _MEMORY
        with opened(database, MIGRATIONS) as db:
            words = words_of(db, self.path)
            db.execute("BEGIN IMMEDIATE")
            numbers = "SELECT prefix, number FROM person UNION ALL SELECT prefix, number FROM retired"
            last: dict[str, int] = dict(db.execute(f"SELECT prefix, max(number) FROM ({numbers}) GROUP BY prefix"))
            yield partial(_allocated, db, words, None if self.closed else last)
            db.execute("COMMIT" if keep else "ROLLBACK")

    def lookup(self) -> dict[str, str]:
        """Every known key -> pseudonym."""
        if not self.path.exists():
            return {}
        with opened(self.path, MIGRATIONS) as db:
            words = words_of(db, self.path)
            rows = db.execute("SELECT key, person_id, sealed FROM identity")
            return {words.key(key, person_id, sealed): person_id for key, person_id, sealed in rows}

    def names(self) -> dict[str, str]:
        """Pseudonym -> name to display, for the owner of the workspace."""
        if not self.path.exists():
            return {}
        with opened(self.path, MIGRATIONS) as db:
            words = words_of(db, self.path)
            return {key: words.readable(name, key) for key, name in db.execute("SELECT person_id, display FROM person")}

    def is_retired(self, person_id: str) -> bool:
        """Whether a pseudonym was given once and is nobody's now: who it was has been forgotten."""
        prefix, number = person_id[:1].upper(), person_id[1:]
        if not self.path.exists() or not number.isdecimal():
            return False
        with opened(self.path, MIGRATIONS) as db:
            row = (prefix, int(number))
            current = db.execute("SELECT 1 FROM person WHERE prefix = ? AND number = ?", row).fetchone()
            retired = db.execute("SELECT 1 FROM retired WHERE prefix = ? AND number >= ?", row).fetchone()
            later = db.execute("SELECT 1 FROM person WHERE prefix = ? AND number > ?", row).fetchone()
        return current is None and (retired is not None or later is not None)

    def encrypt(self, passphrase: str) -> int:
        """Put the vault under a passphrase, or under another one; number of people in it. Pseudonyms stay."""
        return self._rewritten(lambda key: (Sealed(Seal(key)), new_lock(passphrase, key)))

    def decrypt(self) -> int:
        """Take the passphrase off; number of people in the vault. Raises ConfigError where it does not open."""
        return self._rewritten(lambda key: (Plain(), None))

    def _rewritten(self, into: Callable[[bytes], tuple[Words, bytes | None]]) -> int:
        """Every row in other words, in one transaction; then nothing of the old ones is left in the file."""
        if not self.path.exists():
            raise ConfigError(f"There is no vault at {self.path}.", do="run the study first, or name its workspace")
        with opened(self.path, MIGRATIONS) as db:
            before = words_of(db, self.path)
            after, lock = into(os.urandom(32))
            db.execute("BEGIN IMMEDIATE")
            people = db.execute("SELECT person_id, display FROM person").fetchall()
            for person_id, name in people:
                rewritten = after.hidden(before.readable(name, person_id), person_id)
                db.execute("UPDATE person SET display = ? WHERE person_id = ?", (rewritten, person_id))
            for old, person_id, sealed in db.execute("SELECT key, person_id, sealed FROM identity").fetchall():
                key = before.key(old, person_id, sealed)
                new = (after.lookup_key(key), after.sealed(key, person_id), old)
                db.execute("UPDATE identity SET key = ?, sealed = ? WHERE key = ?", new)
            for person_id, plan in db.execute("SELECT person_id, plan FROM erasure").fetchall():
                rewritten_plan = after.hidden(before.readable(plan, person_id), person_id)
                db.execute("UPDATE erasure SET plan = ? WHERE person_id = ?", (rewritten_plan, person_id))
            if stored := setting(db, "tombstone key"):
                store_setting(
                    db, "tombstone key", after.hidden(before.readable(stored, "tombstone key"), "tombstone key")
                )
            db.execute("DELETE FROM setting WHERE name = 'lock'")
            if lock is not None:
                store_setting(db, "lock", lock)
            db.execute("COMMIT")
            compact(db)
        return len(people)

    @property
    def encrypted(self) -> bool:
        """Whether a passphrase is needed."""
        if not self.path.exists():
            return False
        with opened(self.path, MIGRATIONS) as db:
            return setting(db, "lock") is not None


class Words(Protocol):
    """How names and keys are written in the file; ``person_id`` is the row to which they belong."""

    def lookup_key(self, key: str) -> str: ...
    def sealed(self, key: str, person_id: str) -> bytes | None: ...
    def key(self, mark: str, person_id: str, sealed: bytes | None) -> str: ...
    def hidden(self, value: str, person_id: str) -> str | bytes: ...
    def readable(self, value: str | bytes, person_id: str) -> str: ...


class Plain:
    """As they are."""

    def lookup_key(self, key: str) -> str:
        return key

    def sealed(self, key: str, person_id: str) -> bytes | None:
        return None

    def key(self, mark: str, person_id: str, sealed: bytes | None) -> str:
        return mark

    def hidden(self, value: str, person_id: str) -> str | bytes:
        return value

    def readable(self, value: str | bytes, person_id: str) -> str:
        return str(value)


@dataclass(frozen=True)
class Sealed:
    """Keys by their mark, with the key itself and names sealed."""

    seal: Seal

    def lookup_key(self, key: str) -> str:
        return self.seal.mark(key)

    def sealed(self, key: str, person_id: str) -> bytes | None:
        return self.seal.hide(key, person_id)

    def key(self, mark: str, person_id: str, sealed: bytes | None) -> str:
        return self._open(sealed or b"", person_id)

    def hidden(self, value: str, person_id: str) -> str | bytes:
        return self.seal.hide(value, person_id)

    def readable(self, value: str | bytes, person_id: str) -> str:
        return self._open(value if isinstance(value, bytes) else value.encode(), person_id)

    def _open(self, hidden: bytes, person_id: str) -> str:
        try:
            return self.seal.show(hidden, person_id)
        except ValueError as error:
            raise StoreError(
                "A row of the vault was altered.", found=person_id, do="restore the vault from a backup"
            ) from error


def words_of(db: sqlite3.Connection, path: Path) -> Words:
    """How this vault is written. Raises ConfigError where it is encrypted and the passphrase is missing or wrong."""
    lock = setting(db, "lock")
    return Plain() if lock is None else Sealed(open_lock(bytes(lock), passphrase(), str(path)))


def setting(db: sqlite3.Connection, name: str) -> Any:
    """A value of the table of settings, or None."""
    row = db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return None if row is None else row[0]


def store_setting(db: sqlite3.Connection, name: str, value: str | bytes) -> None:
    """Set a value of the table of settings."""
    db.execute(
        "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
    )


def compact(db: sqlite3.Connection) -> None:
    """Leave nothing of what was deleted: not in free pages, and not in the write-ahead log."""
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _allocated(
    db: sqlite3.Connection,
    words: Words,
    last: dict[str, int] | None,
    people: Iterable[tuple[str, tuple[str, ...], str]],
) -> dict[str, str]:
    result: dict[str, str] = {}
    for prefix, keys, display in people:
        marked = [f"{prefix}|{key}" for key in keys]
        person_ids = {key: result[key] if key in result else _person_of(db, words.lookup_key(key)) for key in marked}
        person_id = next((one for one in person_ids.values() if one is not None), None)
        if person_id is None:
            if last is None:
                raise EvidenceError(
                    "Somebody in the sources has no pseudonym.",
                    found="the vault does not know them",
                    do="put the vault back from a backup, or run the study again",
                )
            last[prefix] = last.get(prefix, 0) + 1
            person_id = f"{prefix}{last[prefix]:04d}"
            row = (person_id, prefix, last[prefix], words.hidden(display, person_id))
            db.execute("INSERT INTO person VALUES (?, ?, ?, ?)", row)
        for key, before in person_ids.items():
            if before is None:
                db.execute(
                    "INSERT INTO identity VALUES (?, ?, ?)",
                    (words.lookup_key(key), person_id, words.sealed(key, person_id)),
                )
            result[key] = before or person_id
    return result


def _person_of(db: sqlite3.Connection, key: str) -> str | None:
    row = db.execute("SELECT person_id FROM identity WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])
