"""After 'voc forget' nothing in the workspace tells of the person, and the study runs and verifies without them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from planted import (
    AGAIN,
    CANARIES,
    COMMENT,
    GROUP,
    HANDLE,
    LATER,
    MAIL,
    NAME,
    NEEDLES,
    PLANTED,
    RENAME,
    found,
    planted_study,
    vectors_of,
)
from tiny_study import Outcome, TinyStudy

from voc_engine.store.parts import read_parquet
from voc_engine.store.workspace import Workspace


def rows(study: TinyStudy, name: str) -> list[dict[str, Any]]:
    return read_parquet(study.report / "tables" / f"{name}.parquet").to_pylist()


def pseudonym(study: TinyStudy) -> str:
    return next(key for key, name in Workspace(study.root).vault.names().items() if name == NAME)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> TinyStudy:
    """The planted study, run, with decisions that name the person, and run once more with them."""
    study = planted_study(tmp_path_factory.mktemp("forget") / "study")
    assert study.voc("run", "-q").code == 0
    person = pseudonym(study)
    mentions = [one for one in rows(study, "mentions") if one["person_id"] == person]
    insights = {one["insight_id"]: one for one in rows(study, "insights")}
    own = next(one["insight_id"] for one in mentions if insights[one["insight_id"]]["n_people"] == 1)
    other = next(one["insight_id"] for one in rows(study, "mentions") if "dark mode" in one["quote"])
    (study.root / "decisions.csv").write_text(
        "target,target_id,action,value,author,comment\n"
        f"insight,{own},rename,Freezing {RENAME} screens,Nadia,\n"
        f"mention,{mentions[0]['mention_id']},relabel,pain_point,Nadia,said {COMMENT} twice\n"
        f"insight,{other},rename,Dark mode is wished for,Nadia,{NAME} agrees\n",
        encoding="utf-8",
    )
    assert study.voc("import", "decisions", "decisions.csv").code == 0
    assert study.voc("run", "-q").code == 0
    runs = sorted(path.name for path in (study.root / "reports").glob("run-*"))
    assert len(runs) == 2
    assert study.voc("diff", *runs).code == 0
    return study


@pytest.fixture(scope="module")
def after(before: TinyStudy, tmp_path_factory: pytest.TempPathFactory) -> tuple[TinyStudy, Outcome, tuple[bytes, ...]]:
    root = tmp_path_factory.mktemp("forgotten") / "study"
    shutil.copytree(before.root, root)
    study = TinyStudy(root)
    vectors = vectors_of(root, pseudonym(study))
    return study, study.voc("forget", MAIL, "--yes"), vectors


def test_the_search_finds_what_is_there(before: TinyStudy) -> None:
    """Otherwise finding nothing would prove nothing."""
    hits = found(before.root, (*NEEDLES, *vectors_of(before.root, pseudonym(before))))
    needles = {needle for _, needle in hits}
    assert {repr(one)[:40] for one in NEEDLES if one != LATER} <= needles
    assert sum(one.startswith("b") for one in needles) >= 4, "vectors are found by their bytes"
    assert any(path.startswith("reports/") for path, _ in hits)


def test_nothing_of_the_person_is_left(after: tuple[TinyStudy, Outcome, tuple[bytes, ...]]) -> None:
    study, told, vectors = after
    assert told.code == 0, told.err
    assert len(vectors) >= 4
    assert found(study.root, (*NEEDLES, *vectors)) == []


def test_comparisons_of_runs_in_which_the_person_stood_go_too(
    before: TinyStudy, after: tuple[TinyStudy, Outcome, tuple[bytes, ...]]
) -> None:
    """Regression: the pages of 'voc diff' beside the reports kept the person's quotes and pseudonym."""
    assert len(list((before.root / "reports").glob("diff-*"))) == 1
    assert list((after[0].root / "reports").glob("diff-*")) == []


def test_the_study_runs_and_verifies(after: tuple[TinyStudy, Outcome, tuple[bytes, ...]]) -> None:
    study, _, _ = after
    told = study.voc("verify")
    assert told.code == 0, told.err
    again = study.voc("run")
    assert again.code == 0
    assert "redact    2 parts, nothing new" in again.err
    assert found(study.root, NEEDLES) == []


def test_counts_are_made_anew(before: TinyStudy, after: tuple[TinyStudy, Outcome, tuple[bytes, ...]]) -> None:
    study, _, _ = after
    person = pseudonym(before)
    assert person in {row["person_id"] for row in rows(before, "memberships")}
    assert person not in {row["person_id"] for row in rows(study, "memberships")}
    then, now = ({row["insight_id"]: row for row in rows(one, "insights")} for one in (before, study))
    theirs = {row["insight_id"] for row in rows(before, "mentions") if row["person_id"] == person}
    alone = {one for one in theirs if then[one]["n_people"] == 1}
    assert alone
    assert alone.isdisjoint(now), "an insight without evidence is withdrawn"
    shared = [one for one in theirs if then[one]["n_people"] > 1 and one in now]
    assert shared
    assert all(now[one]["n_people"] == then[one]["n_people"] - 1 for one in shared)


def test_what_is_gone_is_counted_and_others_stay(after: tuple[TinyStudy, Outcome, tuple[bytes, ...]]) -> None:
    study, told, _ = after
    counted = {(row["source"], row["reason"]): row for row in rows(study, "skipped")}
    whole = counted["reviews.csv", "forgotten on request"]
    assert (whole["count"], whole["found"], whole["locator"], whole["quarantined"]) == (3, "", "", False)
    assert counted["talk.vtt", "turns of somebody forgotten on request"]["count"] == 1
    texts = {row["locator"]: row["text"] for row in rows(study, "documents")}
    assert len(texts) == 10
    talk = next(text for text in texts.values() if "booking twice" in text)
    assert "[removed on request]" in talk
    assert "As [person] says, the search never finds anything." in talk
    assert texts["line 13"] == "[person] told me that the import is slow. Ask [email] or [person]."
    assert "3 documents removed, 2 of others rewritten" in told.out


def test_decisions_lose_the_person_and_stay_otherwise(after: tuple[TinyStudy, Outcome, tuple[bytes, ...]]) -> None:
    study, _, _ = after
    left = Workspace(study.root).decisions.in_force()
    assert [(one.action, one.value, one.comment) for one in left] == [("rename", "Dark mode is wished for", None)]
    assert "Dark mode is wished for" in {row["name"] for row in rows(study, "insights")}


def test_it_tells_what_it_cannot_reach(after: tuple[TinyStudy, Outcome, tuple[bytes, ...]]) -> None:
    study, told, _ = after
    for said in (str(study.root / "reviews.csv"), str(study.root / "talk.vtt"), "backups", "handed out", "voc label"):
        assert said in told.out


@pytest.mark.slow
def test_importing_again_is_refused(after: tuple[TinyStudy, Outcome, tuple[bytes, ...]], tmp_path: Path) -> None:
    """The same file anew, and another file: by mail, by name, by handle."""
    root = tmp_path / "again"
    shutil.copytree(after[0].root, root)
    study = TinyStudy(root)
    shutil.rmtree(root / ".voc" / "parts")
    (root / "reviews-2.csv").write_text(AGAIN, encoding="utf-8")
    assert study.voc("run", "-q").code == 0
    assert found(root, NEEDLES) == []
    counted = {row["source"]: row["count"] for row in rows(study, "skipped") if row["reason"] == "forgotten on request"}
    assert counted == {"reviews.csv": 3, "reviews-2.csv": 1}
    assert any("[person] agrees with me" in row["text"] for row in rows(study, "documents"))
    assert study.voc("verify").code == 0


@pytest.mark.slow
def test_reading_anew_gives_the_same_bytes(after: tuple[TinyStudy, Outcome, tuple[bytes, ...]], tmp_path: Path) -> None:
    """Whether the parts were rewritten or read from the sources: the same names, the same report."""
    root = tmp_path / "anew"
    shutil.copytree(after[0].root, root)
    study = TinyStudy(root)
    assert study.voc("run", "-q").code == 0
    published, parts = study.published(), set(study.parts())
    shutil.rmtree(root / ".voc" / "parts")
    shutil.rmtree(root / "reports")
    assert study.voc("run", "-q").code == 0
    assert study.published() == published
    ingested = {name for name in parts if name.startswith(("ingest/", "redact/", "segment/"))}
    assert ingested <= set(study.parts())


def test_a_number_is_never_given_again(after: tuple[TinyStudy, Outcome, tuple[bytes, ...]], before: TinyStudy) -> None:
    vault = Workspace(after[0].root).vault
    known = set(Workspace(before.root).vault.names())
    given = vault.allocate([("P", ("mail:new@example.org",), "New")], keep=False)
    assert given["P|mail:new@example.org"] not in known


@pytest.mark.parametrize("said", [MAIL, MAIL.upper(), HANDLE, "p0009"])
def test_a_person_is_found_by_what_is_known(before: TinyStudy, said: str) -> None:
    from voc_engine.cli.opening import open_study
    from voc_engine.runners.lookup import find_person

    settings, folder, place = open_study(str(before.root), None)
    person = find_person(place, settings, folder, said)
    assert person.person_id == pseudonym(before) == "P0009"
    assert person.also == {"P0012"}, "the speaker of the same name, of whom no more is known"


def test_somebody_unknown_is_told(before: TinyStudy) -> None:
    told = before.voc("forget", "nobody@example.org", "--yes")
    assert told.code == 2
    assert "Nobody in the vault is known by that." in told.err


def test_a_name_that_several_bear_is_told(before: TinyStudy) -> None:
    told = before.voc("forget", NAME.upper(), "--yes")
    assert told.code == 2
    assert "P0009, P0012" in told.err


@pytest.mark.slow
def test_another_person_of_the_same_name_stays(before: TinyStudy, tmp_path: Path) -> None:
    """Two with one name are told apart by their mail; who is known by the name alone cannot be."""
    root = tmp_path / "two"
    shutil.copytree(before.root, root)
    study = TinyStudy(root)
    text = PLANTED + f'40,{NAME},other@example.org,2026-03-09,2,Free,"The menu is too small for my fingers.",,,\n'
    (root / "reviews.csv").write_text(text, encoding="utf-8")
    assert study.voc("run", "-q").code == 0
    assert study.voc("forget", MAIL, "--yes", "-q").code == 0
    assert "The menu is too small for my fingers." in {row["text"] for row in rows(study, "documents")}
    assert found(root, (MAIL, *CANARIES)) == []
    assert study.voc("verify").code == 0
    assert study.voc("forget", NAME, "--yes", "-q").code == 0, "one is left of that name"
    assert "The menu is too small for my fingers." not in {row["text"] for row in rows(study, "documents")}


@pytest.mark.slow
def test_a_file_named_after_the_person_is_told_by_another_name(tmp_path: Path) -> None:
    """Transcripts are named after who speaks in them; the configuration may name the file too."""
    study = planted_study(tmp_path / "named")
    for name in (f"{NAME}.vtt", "wilhelmina okonkwo.vtt"):
        (study.root / name).write_text(GROUP.replace("Yusuf", name[:5]), encoding="utf-8")
    path = study.root / "voc.toml"
    said = f'\n[[sources]]\npath = "{NAME}.vtt"\nkind = "interview"\nparticipants = ["{NAME}"]\n'
    path.write_text(path.read_text(encoding="utf-8") + said, encoding="utf-8")
    own = f'\n[[sources]]\npath = "alone {NAME}.vtt"\nkind = "interview"\nparticipants = ["{NAME}"]\n'
    (study.root / f"alone {NAME}.vtt").write_text(
        f"WEBVTT\n\n00:01.000 --> 00:04.000\n<v {NAME}>The screen freezes every single morning.\n", encoding="utf-8"
    )
    path.write_text(path.read_text(encoding="utf-8") + own, encoding="utf-8")
    assert study.voc("run", "-q").code == 0
    before = len(rows(study, "documents"))
    told = study.voc("forget", MAIL, "--yes")
    assert told.code == 0, told.err
    gone = before - len(rows(study, "documents"))
    assert f"{gone} documents removed" in told.out, "a file named after the person counts too"
    assert found(study.root, NEEDLES) == []
    assert study.voc("verify").code == 0
    assert sum("[removed on request]" in row["text"] for row in rows(study, "documents")) == 3
    assert f"{NAME}.vtt" in told.out
    assert study.voc("run", "-q").code == 0
    assert found(study.root, NEEDLES) == []


@pytest.mark.slow
def test_an_encrypted_vault_forgets_too(before: TinyStudy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "sealed"
    shutil.copytree(before.root, root)
    study = TinyStudy(root)
    monkeypatch.setenv("VOC_VAULT_PASSPHRASE", "a long way to Tipperary")
    assert study.voc("vault", "encrypt").code == 0
    told = study.voc("forget", MAIL, "--yes", "-q")
    assert told.code == 0, told.err
    assert found(root, NEEDLES) == []
    assert study.voc("run", "-q").code == 0
    assert study.voc("verify", "-q").code == 0
    monkeypatch.delenv("VOC_VAULT_PASSPHRASE")
    told = study.voc("run", "-q")
    assert told.code == 2, "without the passphrase nobody can tell who is to be refused"
