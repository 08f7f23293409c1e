"""The redaction gold set, its floors, and the figures that the report quotes."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest
from tiny_study import run_voc

from voc_engine.config import RedactConfig
from voc_engine.errors import ConfigError
from voc_engine.evaluation.redaction_measures import FIGURES, measure, plain, write
from voc_engine.evaluation.sets.gold_file import Source
from voc_engine.evaluation.sets.planted_names import KINDS, Planted, read

GOLD = Path(__file__).parents[2] / "corpora" / "redaction" / "gold.tsv"


def rows() -> tuple[Planted, ...]:
    return read(Source(GOLD, GOLD.parent))


def test_the_set_is_as_its_readme_says() -> None:
    found = rows()
    assert len(found) >= 400
    assert {one.style for one in found} == {"interview", "ticket", "review", "post"}
    assert sum(any(kind == "person" for *_, kind in one.spans) for one in found) >= 60
    assert sum(not one.spans for one in found) >= 80
    assert {kind for one in found for *_, kind in one.spans} == set(KINDS)
    assert 0.4 < sum(one.is_held for one in found) / len(found) < 0.6


@pytest.mark.parametrize("names", ["model", "cues"])
def test_every_floor_is_reached(names: str) -> None:
    sheet = measure(rows(), RedactConfig.model_validate({"names": names}))
    assert sheet.missed == [], plain(sheet)


def test_the_figures_that_the_report_quotes_are_those_of_this_code(tmp_path: Path) -> None:
    made = write(measure(rows(), RedactConfig()), tmp_path).read_text(encoding="utf-8")
    shipped = (resources.files("voc_engine.report") / FIGURES).read_text(encoding="utf-8")
    assert json.loads(made) == json.loads(shipped), "run: voc evaluate --only redaction --out voc_engine/report"


def test_a_miss_is_counted_and_named() -> None:
    planted = Planted("Call Zzyx at 7.", "ticket", (), (), ((5, 9, "person"),))
    sheet = measure([planted], RedactConfig(names="list"))
    assert sheet.missed == ["person"]
    assert "Below the floor: person." in plain(sheet)


def test_the_verb_needs_no_shared_data() -> None:
    told = run_voc("evaluate", "--only", "redaction", "--floors")
    assert told.code == 0
    assert "Every floor is reached." in told.out


def test_a_span_outside_its_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text("id\tkind\tknown\ttext\tspans\nR1\tpost\t\thello\tperson:0-9\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"gold\.tsv, row 2"):
        read(Source(path, tmp_path))


def test_another_program_stands_beside_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = Planted("Ask Anna Berg at 7.", "ticket", (), (), ((4, 13, "person"),))
    assert "by Presidio" not in plain(measure([planted], RedactConfig(names="list")))
    monkeypatch.setattr(
        "voc_engine.evaluation.redaction_measures.presidio_people", lambda: lambda _: [(4, 8, "[person]")]
    )
    sheet = measure([planted], RedactConfig(names="list"))
    assert (sheet.beside["all"].found, sheet.beside["all"].right, sheet.beside["all"].said) == (0, 1, 1)
    assert "by Presidio" in plain(sheet)
