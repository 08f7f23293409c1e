"""Whole studies: who is known beyond one document, companies, names of files, and that verify comes to the same text."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tiny_study import TinyStudy

REVIEWS = """id,author,email,date,rating,company,review
1,Maren Vos,,2026-01-04,2,Acme Dairy,"The export does not work. Ida knows, and so does Gareth from support."
2,Ida Lund,ida@example.org,2026-01-05,1,,"At acme dairy we copy every row by hand. Maren Vos told me so."
3,Omar Sy,,2026-01-06,1,Acme Dairy GmbH,"I cannot log in. Ask Priya Raman about order #AB-12345."
"""
TALK = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Nadia Ferrante>What gets in the way, Yusuf?

00:00:05.000 --> 00:00:12.000
<v Yusuf Marchetti>I type every booking twice. Maren said the same.
"""
CONFIG = """[study]
name = "Names"

[[sources]]
path = "reviews.csv"
kind = "review"
attributes = ["company"]
participants = ["Priya Raman"]

[[sources]]
path = "*.vtt"
kind = "interview"
interviewers = ["Nadia Ferrante"]

[redact]
names = "cues"
"""


def made(root: Path) -> TinyStudy:
    root.mkdir()
    files = {"reviews.csv": REVIEWS, "yusuf_marchetti 2026-01.vtt": TALK, "voc.toml": CONFIG}
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    return TinyStudy(root)


@pytest.fixture
def study(tmp_path: Path) -> TinyStudy:
    """Before its first run."""
    return made(tmp_path / "study")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> TinyStudy:
    """The study as it is, run once; read only."""
    study = made(tmp_path_factory.mktemp("redaction") / "study")
    assert study.voc("run", "voc.toml", "-q").code == 0
    return study


def documents(study: TinyStudy) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = pq.read_table(study.report / "tables" / "documents.parquet").to_pylist()
    return rows


def test_everybody_whom_the_study_knows_has_one_pseudonym_everywhere(once: TinyStudy) -> None:
    first, second, third, talk = documents(once)
    assert first["text"] == "The export does not work. [P0002] knows, and so does [person 1] from support."
    assert second["text"] == "At [C01] we copy every row by hand. [P0001] told me so."
    assert third["text"] == "I cannot log in. Ask [P0005] about order [id]."
    assert talk["text"].startswith("What gets in the way, [P0004]?")
    assert [one["company"] for one in (first, second, third)] == ["C01", None, "C02"]
    assert once.voc("verify").code == 0


def test_a_file_named_after_a_participant_is_shown_by_pseudonym(once: TinyStudy) -> None:
    assert documents(once)[3]["source"] == "[P0004] 2026-01.vtt"
    for path, content in once.published().items():
        assert b"archetti" not in content, path
        assert b"yusuf" not in content.lower(), path


def test_the_number_of_processes_changes_nothing(once: TinyStudy, study: TinyStudy) -> None:
    assert study.voc("run", "voc.toml", "-q", "--runner", "processes", "--workers", "2").code == 0
    assert study.run_id == once.run_id
    assert study.published() == once.published()


def test_a_new_person_touches_only_the_parts_that_name_them(once: TinyStudy, tmp_path: Path) -> None:
    study = TinyStudy(tmp_path / "grown")
    shutil.copytree(once.root, study.root)
    before = study.parts()
    (study.root / "zoe.vtt").write_text(TALK.replace("Yusuf Marchetti", "Zoe Park").replace("Yusuf", "Zoe"))
    assert study.voc("run", "voc.toml", "-q").code == 0
    after = study.parts()
    kept = [name for name in before if name.startswith("redact/")]
    assert kept
    assert all(after.get(name) == before[name] for name in kept)
    assert study.voc("verify").code == 0


def test_companies_can_stay(study: TinyStudy) -> None:
    study.configure("redact", "companies = false")
    study.voc("run", "voc.toml", "-q")
    assert [one["company"] for one in documents(study)[:3]] == ["Acme Dairy", None, "Acme Dairy GmbH"]
    assert "At acme dairy we copy" in documents(study)[1]["text"]
    assert study.voc("verify").code == 0


def test_without_redaction_everything_says_so(study: TinyStudy) -> None:
    told = study.voc("run", "voc.toml", "-q", "--no-redact")
    assert "Redaction is OFF" in told.err
    assert documents(study)[3]["source"] == "yusuf_marchetti 2026-01.vtt"
    pages = {name: text.decode() for name, text in study.published().items() if name.endswith(".html")}
    assert pages
    assert all("Redaction is OFF" in text for text in pages.values())
    manifest = json.loads((study.root / ".voc" / "runs" / f"{study.run_id}.json").read_text())
    assert manifest["redaction"].startswith("OFF")
    assert study.voc("verify").code == 0


def test_the_method_page_tells_what_was_masked_and_how_well_it_works(once: TinyStudy) -> None:
    page = once.published()["method.html"].decode()
    assert "Assisted redaction" in page
    assert "voc evaluate --only redaction" in page
    assert "names of known people 4, names of other people 2" in page
    assert "companies 1" in page
    assert "Redaction is OFF" not in page


def test_what_is_set_aside_is_masked_like_what_is_kept(study: TinyStudy) -> None:
    """Regression: names of known people stood in clear in the table of what was set aside where no document said them."""
    (study.root / "later.vtt").write_text(
        TALK.replace("WEBVTT\n", "WEBVTT\n\nNOTE\nTaken by Ottilie Brandtner with Ida Lund and Maren Vos of Acme Dairy\n")
        .replace("Maren said", "Everybody said"),
        encoding="utf-8",
    )  # fmt: skip
    (study.root / "reviews.csv").write_text(REVIEWS + "Asked by Yusuf Marchetti,,,,,,\n", encoding="utf-8")
    assert study.voc("run", "-q").code in (0, 1)
    aside = pq.read_table(study.report / "tables" / "skipped.parquet").to_pylist()
    told = " ".join(str(value) for row in aside for value in row.values())
    assert "NOTE" in told
    assert "Asked by [P" in told
    names = ("Ottilie", "Brandtner", "Ida", "Lund", "Maren", "Vos", "Yusuf", "Marchetti", "Acme")
    assert [name for name in names if name in told] == []
    assert study.voc("verify").code == 0


def test_somebody_of_another_section_is_known_by_the_full_name_only(study: TinyStudy) -> None:
    (study.root / "yusuf_marchetti 2026-01.vtt").write_text(
        TALK.replace("Maren said the same", "Maren Vos said the same. The omar is a small lobster"), encoding="utf-8"
    )
    assert study.voc("run", "-q").code == 0
    first, *_, talk = documents(study)
    assert f"[{first['person_id']}] said the same. The omar is" in talk["text"]
    assert study.voc("verify").code == 0
