"""A vault under a passphrase: nothing readable in its files, the same pseudonyms, and clear words without the passphrase."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from tiny_study import TinyStudy

from voc_engine.errors import ConfigError, StoreError
from voc_engine.privacy.sealing import Seal
from voc_engine.store.identities import Vault, connect
from voc_engine.store.tombstones import Tombstones

ANNA = ("P", ("mail:anna@x.org", "person:anna-k"), "Anna Kowalczyk")
BEN = ("P", ("handle:benbuilds",), "Ben Adeyemi")
READABLE = (b"anna@x.org", b"anna-k", b"Kowalczyk", b"benbuilds", b"Adeyemi")


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    made = Vault(tmp_path / ".voc" / "vault.sqlite")
    made.allocate([ANNA, BEN])
    monkeypatch.setenv("VOC_VAULT_PASSPHRASE", "a long way to Tipperary")
    made.encrypt("a long way to Tipperary")
    return made


def on_disk(vault: Vault) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(vault.path.parent.iterdir()))


def test_names_and_keys_cannot_be_read_on_disk(vault: Vault) -> None:
    assert [word for word in READABLE if word in on_disk(vault)] == []
    vault.allocate([("P", ("mail:cleo@x.org",), "Cleopatra Ionescu")])
    assert b"cleo@x.org" not in on_disk(vault)
    assert b"Ionescu" not in on_disk(vault)


def test_before_and_in_the_log_they_could(tmp_path: Path) -> None:
    """Otherwise the test above would prove nothing."""
    plain = Vault(tmp_path / "vault.sqlite")
    plain.allocate([ANNA, BEN])
    assert all(word in on_disk(plain) for word in READABLE)


def test_pseudonyms_stay(vault: Vault) -> None:
    assert vault.allocate([BEN, ANNA, ("P", ("id:9",), "New")]) == {
        "P|handle:benbuilds": "P0002", "P|mail:anna@x.org": "P0001", "P|person:anna-k": "P0001", "P|id:9": "P0003",
    }  # fmt: skip
    assert vault.names() == {"P0001": "Anna Kowalczyk", "P0002": "Ben Adeyemi", "P0003": "New"}
    before = vault.lookup()
    vault.decrypt()
    assert vault.lookup() == before
    assert vault.names()["P0001"] == "Anna Kowalczyk"
    assert b"Kowalczyk" in on_disk(vault)


def test_without_the_passphrase_nothing_opens(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VOC_VAULT_PASSPHRASE")
    for act in (vault.names, vault.lookup, vault.decrypt, lambda: vault.allocate([ANNA])):
        with pytest.raises(ConfigError, match="is encrypted and there is no passphrase") as raised:
            act()
        assert "VOC_VAULT_PASSPHRASE" in raised.value.do


def test_a_wrong_passphrase_is_told(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOC_VAULT_PASSPHRASE", "a short way to Tipperary")
    before = on_disk(vault)
    with pytest.raises(ConfigError, match="does not open the vault"):
        vault.allocate([("P", ("id:77",), "Nobody")])
    assert on_disk(vault) == before


def test_the_passphrase_can_be_changed(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.encrypt("another one")
    with pytest.raises(ConfigError, match="does not open"):
        vault.names()
    monkeypatch.setenv("VOC_VAULT_PASSPHRASE", "another one")
    assert vault.names()["P0002"] == "Ben Adeyemi"


def test_a_name_moved_to_another_row_does_not_open(vault: Vault) -> None:
    with closing(connect(vault.path, ())) as db:
        db.execute("UPDATE person SET display = (SELECT display FROM person WHERE person_id = 'P0001')")
    with pytest.raises(StoreError, match="altered"):
        vault.names()


def test_tombstones_outlive_a_change_of_passphrase(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    stones = Tombstones(vault.path)
    stones.bury(lambda key: [Seal(key).mark("mail:anna@x.org")])
    key, marks = stones.read()
    vault.encrypt("another one")
    monkeypatch.setenv("VOC_VAULT_PASSPHRASE", "another one")
    assert stones.read() == (key, marks)
    vault.decrypt()
    assert stones.read() == (key, marks)


def test_forgetting_leaves_no_byte_in_the_file(tmp_path: Path) -> None:
    plain = Vault(tmp_path / "vault.sqlite")
    plain.allocate([ANNA, BEN])
    Tombstones(plain.path).erase(["P0001"])
    assert [word for word in READABLE if word in on_disk(plain)] == [b"benbuilds", b"Adeyemi"]
    assert plain.allocate([ANNA])["P|mail:anna@x.org"] == "P0003", "P0001 is not given again"


def test_the_last_number_is_not_given_again(tmp_path: Path) -> None:
    plain = Vault(tmp_path / "vault.sqlite")
    plain.allocate([ANNA, BEN])
    Tombstones(plain.path).erase(["P0002"])
    assert plain.allocate([BEN])["P|handle:benbuilds"] == "P0003"


def test_a_vault_that_others_can_read_is_closed_to_them(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault.sqlite")
    vault.allocate([ANNA])
    vault.path.chmod(0o644)  # as a backup brings it back
    with closing(connect(vault.path, ())) as db:
        db.execute("CREATE TABLE x (y)")
        modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
        assert len(list(tmp_path.iterdir())) == 3
    assert modes == {0o600}


def test_a_vault_of_an_older_version_opens(tmp_path: Path) -> None:
    path = tmp_path / "vault.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(
            "CREATE TABLE person (person_id TEXT PRIMARY KEY, prefix TEXT NOT NULL, number INTEGER NOT NULL,"
            " display TEXT NOT NULL, UNIQUE (prefix, number));"
            "CREATE TABLE identity (key TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person(person_id));"
            "INSERT INTO person VALUES ('P0001', 'P', 1, 'Anna'); INSERT INTO identity VALUES ('P|mail:a@x.org', 'P0001');"
            "PRAGMA user_version = 2;"
        )
    vault = Vault(path)
    assert vault.allocate([BEN]) == {"P|handle:benbuilds": "P0002"}
    assert vault.lookup()["P|mail:a@x.org"] == "P0001"
    assert not vault.encrypted


def test_the_verbs_do_it(study: TinyStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VOC_VAULT_PASSPHRASE", raising=False)
    assert study.voc("run", "-q").code == 0
    before = study.voc("vault", "show").out
    assert "Maren Vos" in before
    monkeypatch.setenv("VOC_VAULT_PASSPHRASE", "open sesame")
    assert study.voc("vault", "encrypt").code == 0
    assert study.voc("vault", "show").out == before
    assert study.voc("run", "-q").code == 0
    assert study.voc("verify", "-q").code == 0
    assert b"Maren" not in (study.root / ".voc" / "vault.sqlite").read_bytes()
    monkeypatch.delenv("VOC_VAULT_PASSPHRASE")
    told = study.voc("run")
    assert told.code == 2
    assert "is encrypted and there is no passphrase" in told.err
    assert "VOC_VAULT_PASSPHRASE" in told.err
    monkeypatch.setenv("VOC_VAULT_PASSPHRASE", "open wheat")
    assert study.voc("run").code == 2
    monkeypatch.setenv("VOC_VAULT_PASSPHRASE", "open sesame")
    monkeypatch.setenv("VOC_VAULT_NEW_PASSPHRASE", "open barley")
    assert study.voc("vault", "encrypt").code == 0
    monkeypatch.setenv("VOC_VAULT_PASSPHRASE", "open barley")
    assert study.voc("vault", "decrypt").code == 0
    monkeypatch.delenv("VOC_VAULT_PASSPHRASE")
    assert study.voc("vault", "show").out == before


def test_an_empty_passphrase_is_refused(study: TinyStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOC_VAULT_PASSPHRASE", "open sesame")
    assert study.voc("vault", "encrypt").code == 0
    monkeypatch.setenv("VOC_VAULT_NEW_PASSPHRASE", " ")
    told = study.voc("vault", "encrypt")
    assert told.code == 2
    assert "An empty passphrase protects nothing." in told.err


def test_only_the_owner_can_read_what_is_below_voc(fresh: TinyStudy) -> None:
    old = os.umask(0o022)
    try:
        assert fresh.voc("run", "-q").code == 0
    finally:
        os.umask(old)
    private = fresh.root / ".voc"
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    parts = [path for path in (private / "parts").rglob("*") if path.is_file()]
    assert parts
    assert {stat.S_IMODE(path.stat().st_mode) for path in parts} == {0o600}
