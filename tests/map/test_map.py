"""The map and what follows it: rooms, configuration, entries, the README."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import voc_engine
from voc_engine.config import Config
from voc_engine.passes import Pass, Stage
from voc_engine.pipeline import FLOW, PASSES, STAGES, stage
from voc_engine.records import Decision, Given, Record, Vectors

PACKAGE = Path(voc_engine.__file__).parent
NAMES = [one.name for one in STAGES]
BESIDE = ["study", "run", "sources", "people"]


def test_every_stage_is_a_room() -> None:
    assert [name for name in NAMES if not (PACKAGE / name / "__init__.py").is_file()] == []


def test_configuration_sections_follow_the_map() -> None:
    """The section of ingest is called sources, since users name sources and not a stage. A pass may have a section."""
    sections = [name for name in Config.model_fields if name not in BESIDE]
    assert ["ingest", *sections] == [one.name for one in FLOW if one.name in (*NAMES, *sections)]
    assert list(Config.model_fields)[: len(BESIDE)] == BESIDE


@pytest.mark.parametrize("one", STAGES, ids=lambda one: one.name)
def test_every_entry_loads_from_its_own_room(one: Stage) -> None:
    assert callable(one.load())
    assert one.entry.startswith(f"voc_engine.{one.name}.")


def test_a_stage_loads_its_libraries_when_it_works_and_not_when_it_is_found() -> None:
    """BERTopic alone costs nine seconds, which only fitting topics may pay."""
    heavy = ("bertopic", "distributed", "jinja2", "pandas", "sklearn", "spacy", "torch", "transformers")
    script = (
        "import sys; from voc_engine.pipeline import FLOW; [one.load() for one in FLOW];"
        f" print([name for name in {heavy} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize("one", STAGES, ids=lambda one: one.name)
def test_what_a_stage_reads_was_written_before(one: Stage) -> None:
    before = {table for earlier in FLOW[: FLOW.index(one)] for table in earlier.writes}
    assert set(one.reads) <= before
    assert all(table is Vectors or issubclass(table, Record | Given) for table in one.reads)
    assert all(table is Vectors or issubclass(table, Record) for table in one.writes)


@pytest.mark.parametrize("one", PASSES, ids=lambda one: one.name)
def test_every_pass_reads_what_stages_write_and_gives_it_changed_or_to_a_stage(one: Pass) -> None:
    written = {table for stage in STAGES for table in stage.writes}
    assert callable(one.load())
    assert set(one.reads) - {Decision} <= written
    if one.kind == "give":
        later = FLOW[FLOW.index(one) :]
        assert all(issubclass(table, Given) and any(table in stage.reads for stage in later) for table in one.writes)
    else:
        assert set(one.writes) <= set(one.reads)


def test_the_passes_of_a_run_are_on_the_map() -> None:
    kinds = {one.name: one.kind for one in PASSES}
    assert kinds == {
        "removal": "remove", "speakers": "settle", "pseudonyms": "give", "copies": "give", "drawing": "give",
        "withholding": "withhold",
        "assistant": "ask", "decisions": "replay",
    }  # fmt: skip


def test_the_engine_knows_no_stage_by_name() -> None:
    """A string or name in it that is a stage's would make the map a picture of the flow and not the flow."""
    tree = ast.parse((PACKAGE / "runners" / "engine.py").read_text(encoding="utf-8"))
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    named = {one.name for one in FLOW} - {STAGES[-1].name}
    assert [text for text in strings if text in named] == []


def test_the_first_stage_reads_files_and_the_last_writes_the_report() -> None:
    assert (STAGES[0].kind, STAGES[0].reads) == ("files", ())
    assert (STAGES[-1].kind, STAGES[-1].writes) == ("report", ())
    assert all(one.writes for one in STAGES[:-1])


def test_every_table_has_one_writer_but_for_redaction_sampling_and_what_is_not_used() -> None:
    """Redaction replaces what ingest wrote; a sample is some of it; segment adds to what was not used."""
    writers: dict[str, list[str]] = {}
    for one in STAGES:
        for table in one.writes:
            writers.setdefault(table.__name__, []).append(one.name)
    assert {name: found for name, found in writers.items() if len(found) > 1} == {
        "Document": ["ingest", "redact", "sample"],
        "Utterance": ["ingest", "redact", "sample"],
        "Segment": ["segment", "sample"],
        "Skipped": ["ingest", "redact", "segment"],
    }


def test_every_stage_says_what_it_does() -> None:
    assert all(one.does and one.does[0].islower() and not one.does.endswith(".") for one in STAGES)


def test_a_stage_is_found_by_name() -> None:
    assert [stage(name) for name in NAMES] == list(STAGES)
    with pytest.raises(KeyError):
        stage("persona")


def test_the_map_fits_on_a_page() -> None:
    assert len((PACKAGE / "pipeline.py").read_text(encoding="utf-8").splitlines()) < 100


def test_the_readme_shows_the_stages_in_order(repository: Path) -> None:
    """One picture or table names them all, each at most some lines after the one before."""
    flow = r"\b.{1,400}?\b".join(map(re.escape, NAMES))
    assert re.search(rf"\b{flow}\b", (repository / "README.md").read_text(encoding="utf-8"), re.DOTALL)
