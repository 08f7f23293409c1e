"""'voc forget' killed at any step, then given again: the person is gone, and the report of what was done is whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from planted import COMMENT, MAIL, NAME, NEEDLES, RENAME, TEXT, TURN, found, planted_study
from tiny_study import Outcome, TinyStudy

from voc_engine.privacy.erasure import Erasure, Person
from voc_engine.store.parts import read_parquet
from voc_engine.store.workspace import Workspace

STEPS = (
    "voc_engine.store.tombstones:Tombstones.begin",
    "voc_engine.runners.erase:_bury",
    "voc_engine.runners.erase:_rewrite_decisions",
    "voc_engine.runners.purge:_prune_vectors",
    "voc_engine.runners.purge:_remove_runs",
    "voc_engine.runners.erase:_purge",
    "voc_engine.runners.erase:_strike_off",
    "voc_engine.runners.engine:Engine.execute",
    "voc_engine.report.publish:publish",
    "voc_engine.runners.purge:remove_unused",
    "voc_engine.store.tombstones:Tombstones.end",
)
QUICK = ("voc_engine.runners.erase:_purge", "voc_engine.runners.erase:_strike_off")
# What changes files while a person is purged, by the number of the change.
CHANGES = ("pathlib:Path.unlink", "os:replace", "shutil:rmtree")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> TinyStudy:
    study = planted_study(tmp_path_factory.mktemp("killed") / "study")
    assert study.voc("run", "-q").code == 0
    tables = study.report / "tables"
    mentions = read_parquet(tables / "mentions.parquet").to_pylist()
    own = [one for one in mentions if one["person_id"] == "P0009"]
    (study.root / "decisions.csv").write_text(
        "target,target_id,action,value,author,comment\n"
        f"insight,{own[0]['insight_id']},rename,Freezing {RENAME} screens,Nadia,\n"
        f"mention,{own[0]['mention_id']},relabel,pain_point,Nadia,said {COMMENT} twice\n"
        f"persona,p-none,rename,Those who wait,Nadia,{NAME} agrees\n",
        encoding="utf-8",
    )
    assert study.voc("import", "decisions", "decisions.csv").code == 0
    assert study.voc("run", "-q").code == 0
    return study


@pytest.fixture(scope="module")
def undisturbed(before: TinyStudy, tmp_path_factory: pytest.TempPathFactory) -> tuple[TinyStudy, Outcome]:
    study = copied(before, tmp_path_factory.mktemp("undisturbed") / "study")
    told = study.voc("forget", MAIL, "--yes")
    assert told.code == 0, told.err
    return study, told


def copied(study: TinyStudy, root: Path) -> TinyStudy:
    shutil.copytree(study.root, root)
    return TinyStudy(root)


class Killed:
    """Stands in for a function: ends the process before, or after, its n-th call."""

    def __init__(self, real: Callable[..., Any], when: str, number: int = 1) -> None:
        self.real, self.when, self.number, self.calls = real, when, number, 0

    def __get__(self, owner: Any, kind: Any = None) -> Callable[..., Any]:
        return (lambda *given, **named: self(owner, *given, **named)) if owner is not None else self

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.calls += 1
        if self.calls == self.number and self.when == "before":
            raise KeyboardInterrupt
        result = self.real(*given, **named)
        if self.calls == self.number:
            raise KeyboardInterrupt
        return result


def placed(step: str) -> tuple[Any, str]:
    module, _, path = step.partition(":")
    *owners, name = path.split(".")
    owner = import_module(module)
    for one in owners:
        owner = getattr(owner, one)
    return owner, name


def killed(study: TinyStudy, patch: pytest.MonkeyPatch, step: str, when: str, number: int = 1) -> bool:
    """Whether the command was: False where it makes fewer changes."""
    owner, name = placed(step)
    stand_in = Killed(getattr(owner, name), when, number)
    with patch.context() as patched:
        patched.setattr(owner, name, stand_in)
        told = study.voc("forget", MAIL, "--yes")
    assert told.code == (3 if stand_in.calls >= number else 0), told.err
    return stand_in.calls >= number


def assert_finished(study: TinyStudy, undisturbed: tuple[TinyStudy, Outcome], *, said: str = MAIL) -> None:
    """The same command ends in the report of one that nobody disturbed, and leaves what that one left."""
    other, whole = undisturbed
    told = study.voc("forget", said, "--yes")
    assert told.code == 0, told.err
    assert told.out.replace(str(study.root), "") == whole.out.replace(str(other.root), "")
    assert found(study.root, NEEDLES) == []
    assert Workspace(study.root).decisions.in_force() == Workspace(other.root).decisions.in_force()
    assert Workspace(study.root).vault.names() == Workspace(other.root).vault.names()
    assert Workspace(study.root).tombstones.pending() == {}
    assert study.published() == other.published()
    assert TEXT in (study.root / "reviews.csv").read_text(encoding="utf-8"), "sources are never changed"
    assert TURN in (study.root / "talk.vtt").read_text(encoding="utf-8")


@pytest.mark.parametrize("step", QUICK)
def test_killed_after_a_step(
    before: TinyStudy, undisturbed: tuple[TinyStudy, Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:  # fmt: skip
    study = copied(before, tmp_path / "study")
    assert killed(study, monkeypatch, step, "after")
    assert_finished(study, undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_each_step(
    before: TinyStudy, undisturbed: tuple[TinyStudy, Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str,
    when: str,
) -> None:  # fmt: skip
    study = copied(before, tmp_path / "study")
    assert killed(study, monkeypatch, step, when)
    if (step, when) == (STEPS[-1], "after"):
        told = study.voc("forget", MAIL, "--yes")
        assert told.code == 0, told.err
        assert f"{MAIL} was forgotten before" in told.out, "all was done and told"
        assert found(study.root, NEEDLES) == []
        return
    assert_finished(study, undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2, 5, 9, 14, 20])
@pytest.mark.parametrize("change", CHANGES)
def test_killed_between_two_files(
    before: TinyStudy, undisturbed: tuple[TinyStudy, Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    change: str, number: int,
) -> None:  # fmt: skip
    study = copied(before, tmp_path / "study")
    if killed(study, monkeypatch, change, "before", number):
        assert_finished(study, undisturbed)


@pytest.mark.slow
def test_killed_twice(
    before: TinyStudy, undisturbed: tuple[TinyStudy, Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By pseudonym and by mail: it is one command. A run between them tells what is left to do."""
    study = copied(before, tmp_path / "study")
    assert killed(study, monkeypatch, "voc_engine.runners.erase:_strike_off", "before")
    assert killed(study, monkeypatch, "voc_engine.report.publish:publish", "before")
    told = study.voc("run")
    assert told.code == 0
    assert "Forgetting P0009 was not finished: give 'voc forget P0009' again." in told.err
    assert_finished(study, undisturbed, said="p0009")


def test_what_is_left_to_do_is_hidden_like_the_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And it is the same whether or not the vault was put under a passphrase meanwhile."""
    place = Workspace(tmp_path)
    place.vault.allocate([("P", (f"mail:{MAIL}",), NAME)])
    plan = Erasure(Person("P0001", {f"mail:{MAIL}"}, {NAME}, {"P0002"}), frozenset({"d1"}), changed=2)
    place.tombstones.begin("P0001", plan.dumped())
    assert MAIL.encode() in (tmp_path / ".voc" / "vault.sqlite").read_bytes() + wal(tmp_path)
    monkeypatch.setenv("VOC_VAULT_PASSPHRASE", "a long way to Tipperary")
    place.vault.encrypt("a long way to Tipperary")
    assert MAIL.encode() not in (tmp_path / ".voc" / "vault.sqlite").read_bytes() + wal(tmp_path)
    ((key, told),) = place.tombstones.pending().items()
    assert (key, Erasure.loaded(told)) == ("P0001", plan)
    assert [plan.means(one) for one in ("p0001", "P0002", MAIL.upper(), f" {NAME} ", "P0003")] == [True] * 4 + [False]
    place.tombstones.end("P0001")
    assert place.tombstones.pending() == {}


def wal(root: Path) -> bytes:
    path = root / ".voc" / "vault.sqlite-wal"
    return path.read_bytes() if path.exists() else b""


def test_somebody_forgotten_before_is_told_so(undisturbed: tuple[TinyStudy, Outcome], tmp_path: Path) -> None:
    study = copied(undisturbed[0], tmp_path / "study")
    for said in (MAIL, NAME, "P0009"):
        told = study.voc("forget", said, "--yes")
        assert told.code == 0, told.err
        assert f"{said} was forgotten before; nothing of theirs is in the workspace." in told.out
    told = study.voc("forget", "P0099", "--yes")
    assert told.code == 2
    assert "Nobody in the vault is known by that." in told.err
