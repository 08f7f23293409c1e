"""A study as an object: its runs, tables, quotes, and what a notebook shows of it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from tiny_study import TinyStudy

import voc_engine
from voc_engine import Study
from voc_engine.errors import ConfigError
from voc_engine.store.results import CONTRACT


@pytest.fixture(scope="module")
def study(first_run: TinyStudy) -> Study:
    """Read only."""
    return Study.open(first_run.root)


def test_importing_the_package_loads_nothing_of_it() -> None:
    script = "import sys, voc_engine; print([name for name in sys.modules if name.startswith('voc_engine.')])"
    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == "[]"
    assert {"Study", "label", "read"} <= set(dir(voc_engine))
    with pytest.raises(AttributeError, match="no attribute 'Studio'"):
        _ = voc_engine.Studio


def test_before_the_first_run_everything_is_planned_and_nothing_is_there(tmp_path: Path) -> None:
    fresh = Study.open(TinyStudy.create(tmp_path / "new").root)
    assert not fresh.plan().done
    assert str(fresh.plan()).startswith("ingest")
    assert "no run has finished" in fresh._repr_html_()
    with pytest.raises(ConfigError, match="No run has finished"):
        _ = fresh.insights
    assert not (tmp_path / "new" / ".voc" / "parts").exists()


def test_a_run_that_is_done_is_done(first_run: TinyStudy, tmp_path: Path) -> None:
    again = Study.open(shutil.copytree(first_run.root, tmp_path / "copy") / "voc.toml")
    assert again.plan().done
    outcome = again.run(quiet=True)
    assert (outcome.run_id, outcome.new, outcome.counts.documents) == (first_run.run_id, False, 9)
    assert outcome.page.name == "index.html"
    assert outcome.page.is_file()
    assert again.report() == outcome.page


def test_after_new_data_the_tables_are_those_of_the_new_run(first_run: TinyStudy, tmp_path: Path) -> None:
    copy = TinyStudy(shutil.copytree(first_run.root, tmp_path / "copy"))
    study = Study.open(copy.root)
    before = len(study.documents)
    copy.add_reviews()
    with pytest.raises(ConfigError, match="has not been run with these sources"):
        study.report()
    study.run(quiet=True)
    assert len(study.documents) == before + 2
    assert study.run_id != first_run.run_id
    assert len(Study.open(copy.root, run_id=first_run.run_id).documents) == before


def test_workers_need_processes(study: Study) -> None:
    with pytest.raises(ConfigError, match="no meaning for the local runner"):
        study.run(workers=2)


@pytest.mark.parametrize("name", CONTRACT)
def test_every_table_of_the_contract_is_a_frame(study: Study, name: str) -> None:
    frame = getattr(study, name)
    assert tuple(frame.columns[: len(CONTRACT[name])]) == CONTRACT[name]
    assert frame is study.table(name)


def test_whole_numbers_stay_whole_where_some_are_missing(study: Study) -> None:
    assert study.segments["time_ms"].isna().any()
    assert str(study.segments["time_ms"].dtype) == "Int64"


def test_an_unknown_table_gets_the_nearest(study: Study) -> None:
    with pytest.raises(ConfigError) as raised:
        study.table("insight")
    assert raised.value.do == "did you mean 'insights'?"


def test_an_unknown_run_gets_the_nearest(first_run: TinyStudy) -> None:
    with pytest.raises(ConfigError) as raised:
        Study.open(first_run.root, run_id=first_run.run_id[:-1])
    assert raised.value.do == f"did you mean {first_run.run_id!r}?"


def test_quotes_are_exact_and_every_person_speaks_before_anybody_does_twice(study: Study) -> None:
    insight = study.insights.sort_values("n_people").iloc[-1]
    words = study.quotes(insight)
    assert len(words) == insight["n_mentions"]
    texts = study.documents.set_index("document_id")["text"]
    assert [texts[row.document_id][row.start : row.end] for row in words.itertuples()] == list(words["quote"])
    assert words["person_id"].head(insight["n_people"]).nunique() == insight["n_people"]
    pd.testing.assert_frame_equal(words, study.quotes(insight["insight_id"]))
    pd.testing.assert_frame_equal(words, study.quotes(study.insight(insight)))


def test_quotes_of_an_unknown_insight_are_none(study: Study) -> None:
    with pytest.raises(ConfigError, match="There is no insight_id 'i-none'"):
        study.quotes("i-none")


def test_fragments_hold_the_words_of_the_tables_and_fetch_nothing(study: Study) -> None:
    insight, persona = study.insights.iloc[0], study.personas.iloc[0]
    card, drawn = study.card(persona), study.empathy_map(persona["name"])
    for fragment in (study.insight(insight), card, drawn):
        assert not re.search(r"<script|<link|@import|url\((?!data:)|src=", fragment.html)
        assert f'<base href="{study.report_folder.as_uri()}/"' in fragment.html
        framed = re.fullmatch(r'<iframe srcdoc="([^"]*)" .*></iframe>', fragment._repr_html_(), re.DOTALL)
        assert framed
        assert unescape(framed[1]) == fragment.html
    assert insight["statement"] in unescape(study.insight(insight).html)
    entries = study.empathy[study.empathy["persona_id"] == persona["persona_id"]]
    assert len(entries)
    assert all(entry in unescape(drawn.html) and entry in unescape(card.html) for entry in entries["statement"])


def test_links_of_a_fragment_lead_to_the_report(study: Study) -> None:
    links = re.findall(r'href="([^"]+)"', study.card(study.personas.iloc[0]).html)[1:]
    pages = {link.partition("#")[0] for link in links}
    assert pages
    assert all((study.report_folder / page).is_file() for page in pages)


def test_texts_are_labelled_as_the_command_line_does(study: Study, tmp_path: Path) -> None:
    texts = pd.Series(["The export is broken and I hate it.", None, "Das ist leider sehr kaputt."], index=[7, 8, 9])
    labels = study.label(texts)
    assert list(labels.index) == [7, 8, 9]
    assert labels["pain_point"][7] > 0.5
    assert labels.loc[[8, 9], "pain_point"].isna().all()
    assert labels["language"][9] == "de"
    pd.testing.assert_frame_equal(labels, voc_engine.label(texts))


def test_a_file_is_read_with_its_words_and_speakers(first_run: TinyStudy) -> None:
    talk = voc_engine.read(first_run.root / "talk.vtt")
    assert list(talk.utterances["role"]) == ["interviewer", "participant"] * 2
    assert talk.utterances["text"][2] == "And what do you want instead?"
    assert talk.documents["kind"].tolist() == ["interview"]
    assert talk.skipped.empty
    assert "read as webvtt.v1" in talk.explanation


def test_a_file_is_read_as_it_is_told(first_run: TinyStudy, tmp_path: Path) -> None:
    talk = voc_engine.read(first_run.root / "reviews.csv", kind="survey", columns={"text": "plan"})
    assert set(talk.documents["kind"]) == {"survey"}
    assert set(talk.utterances["text"]) == {"Pro", "Free"}
    with pytest.raises(ConfigError, match="There is no file"):
        voc_engine.read(tmp_path / "missing.csv")
