"""Who did not agree is not analysed; who may not be quoted counts, and is quoted nowhere."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from consenting import INSIDE, NO_ANALYSIS, NOBODY, PEOPLE, REVIEWS, consenting_study
from tiny_study import TinyStudy

from voc_engine.privacy.consent import is_consent_column, stated_consent
from voc_engine.privacy.withholding import MARK
from voc_engine.records import Document
from voc_engine.report.publish import published_records
from voc_engine.store.parts import read_parquet
from voc_engine.store.workspace import Workspace


@pytest.fixture(scope="module")
def internal(tmp_path_factory: pytest.TempPathFactory) -> TinyStudy:
    study = consenting_study(tmp_path_factory.mktemp("consent") / "internal")
    told = study.voc("run", "-q")
    assert told.code == 0, told.err
    return study


@pytest.fixture(scope="module")
def external(tmp_path_factory: pytest.TempPathFactory) -> TinyStudy:
    study = consenting_study(tmp_path_factory.mktemp("consent") / "external", "external")
    assert study.voc("run", "-q").code == 0
    return study


def rows(study: TinyStudy, name: str) -> list[dict[str, Any]]:
    return read_parquet(study.report / "tables" / f"{name}.parquet").to_pylist()


def readable(study: TinyStudy) -> bytes:
    """All bytes of the report folder, Parquet and zip files unpacked."""
    found = []
    for path in sorted(one for one in study.report.rglob("*") if one.is_file()):
        found.append(path.read_bytes())
        if path.suffix == ".parquet":
            found.append(repr(read_parquet(path).to_pydict()).encode())
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                found += [packed.read(name) for name in packed.namelist()]
    return b"\n".join(found).lower()


def test_words_are_found_nowhere_in_the_report(internal: TinyStudy) -> None:
    text = readable(internal)
    assert [word for word in (*NO_ANALYSIS, *NOBODY) if word.encode() in text] == []
    assert b"velvet" in text, "who may be quoted inside is quoted inside"


def test_for_readers_outside_more_is_withheld(external: TinyStudy) -> None:
    text = readable(external)
    assert [word for word in (*NO_ANALYSIS, *NOBODY, *INSIDE) if word.encode() in text] == []
    assert b"two hours" in text


def test_other_programs_are_given_the_same_words(internal: TinyStudy) -> None:
    told = published_records(Workspace(internal.root), internal.run_id)
    assert [one.text for one in told.of(Document)] == [row["text"] for row in rows(internal, "documents")]
    assert not any(word in repr(told.tables) for word in (*NO_ANALYSIS, *NOBODY))


def test_who_may_not_be_quoted_counts(internal: TinyStudy) -> None:
    people = {row["person_id"]: row for row in rows(internal, "memberships")}
    withheld = [row for row in rows(internal, "documents") if row["quotable"] == "none"]
    assert [row["text"] for row in withheld] == [MARK]
    kofi = withheld[0]["person_id"]
    assert kofi in people
    mentions = [row for row in rows(internal, "mentions") if row["person_id"] == kofi]
    assert mentions
    assert {row["quote"] for row in mentions} == {MARK}
    shared = {row["insight_id"] for row in mentions}
    counted = {row["insight_id"]: row["n_people"] for row in rows(internal, "insights")}
    assert max(counted[one] for one in shared) >= 2, "the export is broken for Kofi too"


def test_every_span_of_the_published_tables_resolves(internal: TinyStudy) -> None:
    texts = {row["document_id"]: row["text"] for row in rows(internal, "documents")}
    for name, column in (("segments", "text"), ("mentions", "quote")):
        for row in rows(internal, name):
            assert texts[row["document_id"]][row["start"] : row["end"]] == row[column]


def test_no_analysis_is_set_aside_and_counted(internal: TinyStudy) -> None:
    skipped = {row["reason"]: row for row in rows(internal, "skipped")}
    one = skipped["no consent to analyse"]
    assert (one["source"], one["locator"], one["count"]) == ("reviews.csv", "line 6", 1)
    assert one["found"] == ""
    assert not one["quarantined"]
    turns = skipped["turns of a person without consent to analyse"]
    assert (turns["source"], turns["count"], turns["found"]) == ("talk.vtt", 1, "")
    assert len(rows(internal, "documents")) == 8
    assert b"no consent to analyse" in readable(internal), "the method page tells it"


def test_the_terminal_tells_what_was_refused(internal: TinyStudy) -> None:
    """Regression: a refused ticket was missing from the counts of 'voc run' without a word."""
    count = sum(one["count"] for one in rows(internal, "skipped") if one["reason"] == "no consent to analyse")
    assert count > 0
    assert f"set aside: {count} for want of consent to analyse" in internal.voc("run").err


def test_consent_in_a_talk_is_per_speaker(internal: TinyStudy) -> None:
    talk = next(row for row in rows(internal, "documents") if row["kind"] == "interview")
    said = [row["text"] for row in rows(internal, "segments") if row["document_id"] == talk["document_id"]]
    assert "I have to type every booking twice." in said
    assert said.count(MARK) == 1
    assert "[left out: no consent to analyse]" in talk["text"]
    assert not any("left out" in text for text in said), "what was left out is no evidence"


def test_statements_are_worded_by_who_may_be_quoted(internal: TinyStudy) -> None:
    mentions = {row["mention_id"]: row for row in rows(internal, "mentions")}
    for insight in rows(internal, "insights"):
        members = [row for row in mentions.values() if row["insight_id"] == insight["insight_id"]]
        if any(row["quotable"] != "none" for row in members):
            assert mentions[insight["medoid_mention_id"]]["quotable"] != "none"
        else:
            assert insight["statement"].startswith(("A ", "An "))


@pytest.mark.parametrize("study", ["internal", "external"])
def test_the_run_verifies(study: str, request: pytest.FixtureRequest) -> None:
    told = request.getfixturevalue(study).voc("verify")
    assert told.code == 0, told.err
    counts = {line.split(maxsplit=2)[2]: int(line.split()[1]) for line in told.out.splitlines()[:-1]}
    assert counts["people whose words are withheld"] == {"internal": 2, "external": 3}[study]
    assert counts["documents equal to their sources"] == 8


def copied(study: TinyStudy, tmp_path: Path) -> TinyStudy:
    import shutil

    shutil.copytree(study.root, tmp_path / "copy")
    moved = TinyStudy(tmp_path / "copy")
    assert moved.voc("run", "-q").code == 0
    return moved


def test_readers_are_an_input_of_what_is_chosen_for_them(internal: TinyStudy, tmp_path: Path) -> None:
    """Another audience names the parts whose words are chosen for it, and no others; both stay at hand."""
    study = copied(internal, tmp_path)
    first = parts_of(study)
    path = study.root / "voc.toml"
    said = path.read_text(encoding="utf-8")
    path.write_text(said.replace('audience = "internal"', 'audience = "external"'), encoding="utf-8")
    assert study.voc("run", "-q").code == 0
    assert b"velvet" not in readable(study)
    assert study.voc("verify").code == 0
    other = parts_of(study)
    changed = {stage for stage in first if first[stage] != other[stage]}
    assert changed == {"topics", "insights", "codebook", "personas", "empathy"}
    path.write_text(said, encoding="utf-8")
    assert "nothing new" in study.voc("run").err
    assert parts_of(study) == first
    path.write_text(said.replace("[report]", "[report]\nformats = []"), encoding="utf-8")
    (study.root / "people.csv").write_text(PEOPLE.replace("yes,no,no", "yes,yes,yes"), encoding="utf-8")
    everybody = REVIEWS.replace("yes,ja,no", "yes,ja,yes").replace("yes,no,yes", "yes,yes,yes")
    (study.root / "reviews.csv").write_text(everybody, encoding="utf-8")
    assert study.voc("run", "-q").code == 0
    nobody = parts_of(study)
    path.write_text(path.read_text(encoding="utf-8").replace('"internal"', '"external"'), encoding="utf-8")
    assert study.voc("run", "-q").code == 0
    assert parts_of(study) == nobody, "where nobody is withheld the readers make no difference"


def parts_of(study: TinyStudy) -> dict[str, list[str]]:
    manifest = Workspace(study.root).manifest(study.run_id)
    assert manifest is not None
    return dict(manifest["parts"])


@pytest.mark.parametrize(
    "form",
    [
        "The app crashes every time I open the pelican page.",
        "the <b>app</b> crashes every   time i open the peli<i>can</i> page!",
    ],
)
def test_verify_finds_a_sentence_that_leaked(internal: TinyStudy, tmp_path: Path, form: str) -> None:
    study = copied(internal, tmp_path)
    (study.report / "notes.txt").write_text(f"One said: {form} So there.", encoding="utf-8")
    told = study.voc("verify")
    assert told.code == 3
    assert "notes.txt repeats words that are to be withheld" in told.err
    assert "pelican" not in told.err


def test_a_consent_withdrawn_later_is_heeded(internal: TinyStudy, tmp_path: Path) -> None:
    """The people file says what a column allowed; and the strictest holds whoever says it."""
    study = copied(internal, tmp_path)
    (study.root / "people.csv").write_text(PEOPLE + "maren,Maren Vos,,nein,\n", encoding="utf-8")
    assert study.voc("verify").code == 3, "the old report quotes her"
    assert study.voc("run", "-q").code == 0
    assert b"two hours" not in readable(study)
    assert study.voc("verify").code == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("reviews.csv", "yes,ja,no", "yes,maybe,no", "reviews.csv, line 3: the consent 'quote_internal'"),
        ("people.csv", "greta,Greta Solberg,no", "greta,Greta Solberg,perhaps", "people.csv, greta: the consent 'analyse'"),
    ],
)  # fmt: skip
def test_an_answer_that_is_neither_is_refused(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    study = consenting_study(tmp_path / "study")
    path = study.root / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    outcome = study.voc("run", "-q")
    assert outcome.code == 2
    assert told in outcome.err
    assert "write yes or no" in outcome.err


def test_columns_may_have_other_names(tmp_path: Path) -> None:
    study = consenting_study(tmp_path / "study")
    text = REVIEWS.replace("consent_quote_internal", "May we quote you?")
    (study.root / "reviews.csv").write_text(text, encoding="utf-8")
    study.configure("study", "")
    path = study.root / "voc.toml"
    said = path.read_text(encoding="utf-8").replace(
        'kind = "review"\n', 'kind = "review"\nconsent = { quote_internal = "May we quote you?" }\n'
    )
    path.write_text(said, encoding="utf-8")
    assert study.voc("run", "-q").code == 0
    assert b"pelican" not in readable(study)
    path.write_text(said.replace("May we quote you?", "May we quote?"), encoding="utf-8")
    outcome = study.voc("run", "-q")
    assert outcome.code == 2
    assert "did you mean 'May we quote you?'" in outcome.err


@pytest.mark.parametrize("header", ["consent_analyse", "Consent: analyze", "consentAnalyse", "CONSENT ANALYSE"])
def test_a_column_is_known_however_its_words_are_joined(header: str) -> None:
    assert is_consent_column(header)
    assert stated_consent({header: "no", "consent_quote_external": "yes"}, "row 2") == "no analysis"
    assert stated_consent({header: ""}, "row 2") is None
    assert stated_consent({"May we?": "nein"}, "row 2", {"quote_internal": "May we?"}) == "none"


@pytest.mark.parametrize("header", ["consent", "consent date", "analyse", "do consent quote external"])
def test_other_columns_state_no_consent(header: str) -> None:
    assert not is_consent_column(header)
    assert stated_consent({header: "no"}, "row 2") is None
