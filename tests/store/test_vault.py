"""The vault: numbers once given stay given, and nobody else can read it."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from voc_engine.errors import StoreError
from voc_engine.store.identities import Vault, connect

ANNA = ("P", ("mail:anna@x.org",), "Anna")
BEN = ("P", ("handle:ben",), "Ben")
NADIA = ("I", ("name:nadia",), "Nadia")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / ".voc" / "vault.sqlite")


def test_numbers_follow_the_order_given(vault: Vault) -> None:
    assert vault.allocate([BEN, NADIA, ANNA]) == {
        "P|handle:ben": "P0001",
        "I|name:nadia": "I0001",
        "P|mail:anna@x.org": "P0002",
    }


def test_who_was_first_keeps_the_number(vault: Vault) -> None:
    vault.allocate([ANNA])
    assert Vault(vault.path).allocate([BEN, ANNA])["P|mail:anna@x.org"] == "P0001"
    assert Vault(vault.path).lookup() == {"P|mail:anna@x.org": "P0001", "P|handle:ben": "P0002"}
    assert Vault(vault.path).names() == {"P0001": "Anna", "P0002": "Ben"}


def test_more_numbers_than_four_digits_hold(vault: Vault) -> None:
    given = vault.allocate(("P", (f"id:{number}",), "") for number in range(10_001))
    assert given["P|id:9999"] == "P10000"
    assert vault.allocate([BEN])["P|handle:ben"] == "P10002"


def test_a_shared_key_makes_one_person(vault: Vault) -> None:
    given = vault.allocate(
        [("P", ("id:zendesk:7", "mail:anna@x.org"), "Anna"), ("P", ("id:shop:9", "mail:anna@x.org"), "A.")]
    )
    assert set(given.values()) == {"P0001"}
    assert vault.allocate([("P", ("id:shop:9",), "A.")]) == {"P|id:shop:9": "P0001"}
    assert vault.names() == {"P0001": "Anna"}


def test_a_role_is_part_of_the_identity(vault: Vault) -> None:
    given = vault.allocate([("P", ("name:nadia",), "Nadia"), NADIA])
    assert given == {"P|name:nadia": "P0001", "I|name:nadia": "I0001"}


def test_only_the_owner_can_read_it(vault: Vault) -> None:
    vault.allocate([ANNA])
    with closing(connect(vault.path, ())) as db:
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO person VALUES ('P0009', 'P', 9, 'Somebody')")
        db.execute("COMMIT")
        files = sorted(vault.path.parent.iterdir())
        assert [path.name for path in files] == ["vault.sqlite", "vault.sqlite-shm", "vault.sqlite-wal"]
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_what_is_written_survives_a_power_cut(vault: Vault) -> None:
    vault.allocate([ANNA])
    with closing(connect(vault.path, ())) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA synchronous").fetchone() == (2,), "2 is FULL"


def test_a_plan_tells_the_numbers_and_keeps_none(vault: Vault) -> None:
    assert vault.allocate([BEN, ANNA], keep=False) == {"P|handle:ben": "P0001", "P|mail:anna@x.org": "P0002"}
    assert not vault.path.parent.exists()
    vault.allocate([ANNA])
    assert vault.allocate([BEN, ANNA], keep=False) == {"P|handle:ben": "P0002", "P|mail:anna@x.org": "P0001"}
    assert vault.lookup() == {"P|mail:anna@x.org": "P0001"}


def test_killed_amid_a_transaction_nothing_is_left(vault: Vault) -> None:
    vault.allocate([ANNA])
    script = f"""
import os, signal
from pathlib import Path
from voc_engine.store.identities import Vault

def people():
    yield from (("P", (f"id:{{number}}",), "x" * 1000) for number in range(5000))
    os.kill(os.getpid(), signal.SIGKILL)

Vault(Path({str(vault.path)!r})).allocate(people())
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == -9
    assert vault.lookup() == {"P|mail:anna@x.org": "P0001"}
    assert vault.allocate([BEN])["P|handle:ben"] == "P0002"


def test_an_empty_vault_is_not_made_by_looking(vault: Vault) -> None:
    assert vault.lookup() == {}
    assert vault.names() == {}
    assert not vault.path.exists()


@pytest.mark.parametrize("place", [0, 4096], ids=["header", "first table"])
def test_a_damaged_vault_is_told(vault: Vault, place: int) -> None:
    """Regression: damage behind the header came out as a bare sqlite3 error."""
    vault.allocate([ANNA])
    with open(vault.path, "r+b") as file:
        file.seek(place)
        file.write(b"\xff" * 4096)
    with pytest.raises(StoreError, match="damaged or cannot be used") as raised:
        vault.allocate([BEN])
    assert "backup" in raised.value.do


def test_a_vault_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot be used"):
        Vault(tmp_path / "file" / "vault.sqlite").allocate([ANNA])


def test_migrations_are_applied_once_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    first = ("CREATE TABLE a (x)",)
    connect(path, first).close()
    with closing(connect(path, (*first, "CREATE TABLE b (x)"))) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (2,)
        assert [row[0] for row in db.execute("SELECT name FROM sqlite_master ORDER BY name")] == ["a", "b"]


def test_a_failing_caller_leaves_nothing(vault: Vault) -> None:
    def broken() -> object:
        yield ANNA
        raise KeyError("no such column")

    with pytest.raises(KeyError):
        vault.allocate(broken())  # type: ignore[arg-type]
    assert vault.lookup() == {}


def test_two_writers_wait_for_each_other(vault: Vault) -> None:
    vault.allocate([ANNA])
    with closing(connect(vault.path, ())) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM person").fetchone() == (1,)
        vault.allocate([BEN])
        assert reader.execute("SELECT count(*) FROM person").fetchone() == (1,), "a reader keeps its picture"
    assert os.path.exists(vault.path)
    assert sqlite3.connect(vault.path).execute("SELECT count(*) FROM person").fetchone() == (2,)
