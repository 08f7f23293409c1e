"""A codebook of one's own in a whole run: applied, corrected, learned from, taken back, and applied to new rows."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from tiny_study import TinyStudy

from voc_engine.records import CodedWords, GivenCode
from voc_engine.store.parts import read_parquet

CODES = """[[codes]]
name = "Export"
definition = "Getting data out of the program: export and copies of it"
examples = ["I cannot export my data."]

[[codes]]
name = "Money"

[[codes]]
name = "Expensive"
above = "Money"
definition = "What it costs, too expensive"
examples = ["It is too expensive for us."]
"""


def rows(study: TinyStudy, table: str) -> list[dict[str, Any]]:
    return read_parquet(study.report / "tables" / f"{table}.parquet").to_pylist()  # type: ignore[no-any-return]


def run(study: TinyStudy, *decisions: tuple[str, ...]) -> str:
    if decisions:
        fields = ("target", "target_id", "action", "value")
        told = [dict(zip(fields, (*one, "")[:4], strict=True)) for one in decisions]
        (study.root / "decisions.json").write_text(json.dumps(told), encoding="utf-8")
        taken = study.voc("import", "decisions", "decisions.json")
        assert taken.code == 0, taken.err
    done = study.voc("run", "-q")
    assert done.code == 0, done.err
    return done.err


@pytest.fixture
def coded(study: TinyStudy) -> TinyStudy:
    (study.root / "codes.toml").write_text(CODES, encoding="utf-8")
    study.configure("codebook", 'file = "codes.toml"')
    run(study)
    return study


def said(study: TinyStudy) -> dict[str, set[str]]:
    """Code's name -> texts that are of it."""
    texts = {one["document_id"]: one["text"] for one in rows(study, "documents")}
    names = {one["code_id"]: one["name"] for one in rows(study, "codes")}
    found: dict[str, set[str]] = {name: set() for name in names.values()}
    for one in rows(study, "codings"):
        found[names[one["code_id"]]].add(texts[one["document_id"]][one["start"] : one["end"]])
    return found


def test_codes_are_applied_corrected_learned_from_and_taken_back(coded: TinyStudy) -> None:
    found = said(coded)
    assert "Export is broken again." in found["Export"]
    assert any("too expensive" in text for text in found["Expensive"])
    assert found["Money"] == set()
    code = {one["name"]: one for one in rows(coded, "codes")}
    assert code["Money"]["n_people"] == code["Expensive"]["n_people"] > 0
    before = {
        name: (coded.report / "tables" / name).read_bytes() for name in ("codes.csv", "codings.csv", "insights.csv")
    }

    wrong = next(one for one in rows(coded, "codings") if one["code_id"] == code["Export"]["code_id"])
    calendar = next(one for one in rows(coded, "documents") if "calendar view" in one["text"])
    start = calendar["text"].index("calendar view")
    words = CodedWords("c-week", start, start + len("calendar view"), "calendar view")
    steps = [
        ("coding", wrong["coding_id"], "reject"),
        ("code", "c-week", "define", GivenCode("c-week", "The week", "Planning a week").as_value()),
        ("document", calendar["document_id"], "code", words.as_value()),
        ("coding", f"{code['Expensive']['code_id']}:nowhere", "accept"),
    ]
    told = run(coded, *steps)
    assert "accept coding" in told
    assert told.count("hold on to") == 1
    assert coded.voc("verify").code == 0
    after = {one["name"]: one for one in rows(coded, "codes")}
    assert wrong["coding_id"] not in {one["coding_id"] for one in rows(coded, "codings")}
    assert (after["Export"]["n_rejected"], after["Export"]["n_machine"]) == (1, code["Export"]["n_codings"])
    assert after["Export"]["shift"] < 0
    assert "calendar view" in said(coded)["The week"]
    assert after["The week"]["n_added"] == 1
    assert set(after["Export"]["near_segments"]).isdisjoint(
        one["segment_id"] for one in rows(coded, "codings") if one["code_id"] == code["Export"]["code_id"]
    )
    topics = (coded.report / "topics.html").read_text(encoding="utf-8")
    assert 'data-code="c-week"' in topics
    assert "too expensive" in topics
    withdrawn = [(target, key, "withdraw", action) for target, key, action, *_ in steps]
    run(coded, *withdrawn)
    assert {name: (coded.report / "tables" / name).read_bytes() for name in before} == before


def test_new_rows_are_put_under_the_codes_of_a_run(coded: TinyStudy, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("text\nI cannot export anything.\nThe sky is blue today.\n", encoding="utf-8")
    done = coded.voc("label", str(tmp_path / "new.csv"), "--text-column", "text", "--kind", "review", "--workspace", ".",
                     "--out", str(tmp_path / "out.csv"))  # fmt: skip
    assert done.code == 0, done.err
    first, second = csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8"))
    assert first["codes"] == "Export"
    assert float(first["code_probability"]) >= 0.5
    assert (second["codes"], second["code_ids"]) == ("none", "")


def test_a_run_without_codes_has_the_tables_and_nothing_in_them(first_run: TinyStudy) -> None:
    assert rows(first_run, "codes") == rows(first_run, "codings") == []


def test_without_codes_a_study_is_not_read_once_more(tmp_path: Path) -> None:
    from voc_engine.codebook.stage import settled, unread
    from voc_engine.config import CodebookConfig
    from voc_engine.pipeline import stage

    without, _ = settled(CodebookConfig(), tmp_path)
    assert set(unread(without)) == set(stage("codebook").reads)
    (tmp_path / "codes.toml").write_text(CODES, encoding="utf-8")
    with_codes, _ = settled(CodebookConfig(file="codes.toml"), tmp_path)
    assert unread(with_codes) == ()
