"""What the verbs do for a user, one after the other."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_study import REVIEWS, TALK, Outcome, TinyStudy, run_voc

from voc_engine.config import load_config

Voc = Callable[..., Outcome]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "reviews [new].csv").write_text(REVIEWS, encoding="utf-8")
    (tmp_path / "talk.vtt").write_text(TALK, encoding="utf-8")
    return tmp_path


def test_init_and_then_run(files: Path, voc: Voc) -> None:
    told = voc("init", "my-study", "reviews [new].csv", "talk.vtt", folder=files)
    assert told.code == 0
    assert told.out.splitlines() == [
        "my-study/voc.toml written. To see first how the files are understood: voc ingest --explain FILES",
        "Next: voc run my-study/voc.toml",
    ]
    config = load_config(files / "my-study" / "voc.toml")
    assert config.study.name == "My study"
    assert [one.path for one in config.sources] == ["../reviews [new].csv", "../talk.vtt"]
    told = voc("run", "-q", "my-study", folder=files)
    assert told.code == 0
    assert Path(told.out.strip()).is_relative_to(files / "my-study" / "reports")
    assert voc("verify", "-q", "--workspace", "my-study", folder=files).code == 0


def test_init_takes_a_name_and_a_preset(files: Path, voc: Voc) -> None:
    assert voc("init", "s", "talk.vtt", "--name", "Talks", "--preset", "interviews", folder=files).code == 0
    config = load_config(files / "s" / "voc.toml")
    assert config.study.name == "Talks"
    assert [one.kind for one in config.sources] == ["interview"]


def test_init_of_a_folder_that_holds_the_files_reads_them(files: Path, voc: Voc) -> None:
    talks = files / "talks"
    talks.mkdir()
    (files / "talk.vtt").rename(talks / "talk.vtt")
    (talks / ".DS_Store").write_bytes(b"\x00")
    assert voc("init", "talks", folder=files).code == 0
    assert [one.path for one in load_config(talks / "voc.toml").sources] == ["talk.vtt"]


def test_init_overwrites_nothing(files: Path, voc: Voc) -> None:
    (files / "voc.toml").write_text("mine")
    told = voc("init", ".", "talk.vtt", folder=files)
    assert told.code == 2
    assert "is there already" in told.err
    assert (files / "voc.toml").read_text() == "mine"


def test_init_says_what_is_not_clear_before_the_first_run(files: Path, voc: Voc) -> None:
    (files / "mute.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nIt rains.\n", "utf-8")
    (files / "peers.txt").write_text("Ann: I walk.\nBo: I drive.\nAnn: I like it.\nBo: I do not.\n", "utf-8")
    told = voc("init", "unclear", "talk.vtt", "mute.srt", "peers.txt", folder=files)
    assert told.code == 0
    assert "1 file in which no speaker is named" in told.err
    assert "1 file in which nobody asks" in told.err
    assert "talk.vtt" not in told.err


def test_init_takes_a_table_of_people_for_what_it_is(files: Path, voc: Voc) -> None:
    rows = "person,email,plan,consent_analyse\nAnn,ann@example.org,pro,yes\nBo,bo@example.org,free,no\n"
    (files / "people.csv").write_text(rows, "utf-8")
    (files / "crm.csv").write_text(rows.replace("person,", "contact,"), "utf-8")
    (files / "costs.csv").write_text("month,costs\n2026-01,300\n2026-02,20\n", "utf-8")
    told = voc("init", "s", "people.csv", "talk.vtt", "costs.csv", folder=files)
    config = load_config(files / "s" / "voc.toml")
    assert (config.people.file, [one.path for one in config.sources]) == (
        "../people.csv",
        ["../talk.vtt", "../costs.csv"],
    )
    assert "people.csv tells who people are" in told.err
    assert "costs.csv cannot be used" in told.err
    assert "has no column 'person'" in voc("init", "t", "crm.csv", folder=files).err


def test_init_without_files_is_told_by_run(tmp_path: Path, voc: Voc) -> None:
    assert voc("init", "s", folder=tmp_path).code == 0
    told = voc("run", "s", folder=tmp_path)
    assert told.code == 2
    assert "add a [[sources]] section" in told.err


def test_explain_shows_how_files_are_understood(files: Path, voc: Voc) -> None:
    told = voc("ingest", "--explain", "talk.vtt", "reviews [new].csv", folder=files)
    assert told.code == 0
    assert "webvtt.v1" in told.out
    assert "Nadia Ferrante" in told.out
    assert "csv.v1" in told.out
    assert not (files / ".voc").exists()


def test_explain_of_a_bad_file_is_exit_code_1(files: Path, voc: Voc) -> None:
    (files / "bad.vtt").write_bytes(b"\x00\x01\x02" * 40)
    told = voc("ingest", "--explain", "bad.vtt", "talk.vtt", folder=files)
    assert told.code == 1
    assert "bad.vtt" in told.err
    assert "webvtt.v1" in told.out
    told = voc("ingest", "--explain", "talk.vtt", "--column", "text", folder=files)
    assert told.code == 2
    assert "MEANING=NAME" in told.err


def test_report_tells_the_place_and_writes_again(study: TinyStudy) -> None:
    page = study.report / "index.html"
    assert study.voc("report").out == f"{page}\n"
    before = study.published()
    page.unlink()
    assert study.voc("report", "--again").code == 0
    assert study.published() == before


def test_report_of_what_has_not_run_is_exit_code_2(fresh: TinyStudy) -> None:
    told = fresh.voc("report")
    assert told.code == 2
    assert "has not been run" in told.err
    assert "voc run" in told.err


def test_doctor_finds_everything_in_place(study: TinyStudy) -> None:
    told = study.voc("doctor")
    assert told.code == 0, told.out
    assert told.out.splitlines()[-1] == "Everything is in place."


def test_doctor_names_what_is_broken(study: TinyStudy) -> None:
    (study.root / ".voc" / "vault.sqlite").chmod(0o644)
    told = study.voc("doctor", "--workspace", str(study.root))
    assert told.code == 3
    assert "BROKEN  workspace" in told.out
    assert "chmod 600" in told.out
    assert "1 of " in told.out.splitlines()[-1]


def test_label_gives_each_row_its_labels(files: Path, voc: Voc) -> None:
    (files / "in.csv").write_text(
        'id,text\n1,"The export crashes every day."\n2,"I love how fast the search is."\n', encoding="utf-8"
    )
    assert voc("label", "in.csv", "--text-column", "text", "--out", "out.csv", "-q", folder=files).code == 0
    with open(files / "out.csv", newline="", encoding="utf-8") as stream:
        first, second = csv.DictReader(stream)
    assert float(first["pain_point"]) > 0.5 > float(second["pain_point"])
    assert float(second["delight"]) > 0.5
    assert (first["id"], first["sentiment"], second["sentiment"]) == ("1", "negative", "positive")


def test_label_of_a_row_without_text_is_exit_code_1(files: Path, voc: Voc) -> None:
    (files / "in.csv").write_text('id,text\n1,"It crashes."\n2,""\n', encoding="utf-8")
    told = voc("label", "in.csv", "--text-column", "text", "--out", "out.csv", folder=files)
    assert told.code == 1
    assert "line 3" in told.err
    assert len((files / "out.csv").read_text().splitlines()) == 3


def test_label_with_an_unknown_column_is_exit_code_2(files: Path, voc: Voc) -> None:
    told = voc("label", "reviews [new].csv", "--text-column", "reviw", folder=files)
    assert told.code == 2
    assert "did you mean 'review'?" in told.err


def test_workers_without_processes_are_refused_rather_than_ignored(tmp_path: Path) -> None:
    (tmp_path / "voc.toml").write_text('[[sources]]\npath = "x.csv"\n', encoding="utf-8")
    done = run_voc("run", str(tmp_path / "voc.toml"), "--workers", "2")
    assert done.code == 2
    assert "--runner processes" in done.err
