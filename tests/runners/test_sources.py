"""From globs to files: each once, in a fixed order, never the engine's own output."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from voc_engine.config import Config
from voc_engine.errors import ConfigError
from voc_engine.runners.source_inputs import SourceInput, find_sources


def config(*paths: str | dict[str, Any], **given: Any) -> Config:
    sources = [{"path": one} if isinstance(one, str) else one for one in paths]
    return Config.model_validate({"sources": sources, **given})


def found(study: Config, folder: Path) -> list[SourceInput]:
    return find_sources(study, folder, folder)


def names(study: Config, folder: Path) -> list[str]:
    return [one.source for one in found(study, folder)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.csv", "a.csv", "deep/c.csv", "deep/er/d.vtt", ".hidden.csv", "~$talk.docx"):
        path = tmp_path / "study" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path / "study"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a.csv", ["a.csv"]),
        ("*.csv", ["a.csv", "b.csv"]),
        ("**/*.csv", ["a.csv", "b.csv", "deep/c.csv"]),
        ("deep", ["deep/c.csv", "deep/er/d.vtt"]),
        ("deep/", ["deep/c.csv", "deep/er/d.vtt"]),
        ("./deep/../[ab].csv", ["a.csv", "b.csv"]),
        (".", ["a.csv", "b.csv", "deep/c.csv", "deep/er/d.vtt"]),
    ],
)
def test_a_path_may_be_a_file_a_folder_or_a_pattern(folder: Path, pattern: str, expected: list[str]) -> None:
    assert names(config(pattern), folder) == expected


def test_sections_keep_their_order_and_files_come_once(folder: Path) -> None:
    assert names(config("b.csv", "*.csv", "deep"), folder) == ["b.csv", "a.csv", "deep/c.csv", "deep/er/d.vtt"]


def test_a_path_may_lead_out_of_the_folder(folder: Path) -> None:
    (folder.parent / "elsewhere.csv").write_text("x")
    assert names(config("../*.csv"), folder) == ["../elsewhere.csv"]
    assert names(config(str(folder / "*.csv")), folder) == ["a.csv", "b.csv"]


def test_brackets_in_the_names_of_folders_are_letters(folder: Path) -> None:
    """Regression: in a study folder such as "larkbook [2026]" no pattern found anything."""
    odd = folder.parent / "larkbook [2026]"
    shutil.copytree(folder, odd)
    shutil.copytree(folder / "deep", odd / "wave [1]")
    assert names(config("*.csv"), odd) == ["a.csv", "b.csv"]
    assert names(config("wave [1]"), odd) == ["wave [1]/c.csv", "wave [1]/er/d.vtt"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(folder: Path) -> None:
    (folder / "talk [1].vtt").write_text("x")
    assert names(config("talk [1].vtt"), folder) == ["talk [1].vtt"]


def test_what_the_engine_wrote_is_no_source(folder: Path) -> None:
    """Regression: **/*.csv read the tables of the run before, and every run was new."""
    for name in (".voc/parts/x.csv", "reports/run-1/tables/documents.csv"):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("x")
    assert names(config("**/*.csv"), folder) == ["a.csv", "b.csv", "deep/c.csv"]


def test_the_people_file_is_no_source(folder: Path) -> None:
    assert names(config("*.csv", people={"file": "./a.csv"}), folder) == ["b.csv"]


def test_a_section_that_names_nothing_is_an_error(folder: Path) -> None:
    with pytest.raises(ConfigError, match=r"No file matches the source 'c\*\.csv'") as raised:
        found(config("a.csv", "c*.csv"), folder)
    assert str(folder) in raised.value.found
    assert "relative to the configuration file" in raised.value.do


def test_a_configuration_without_sources_is_an_error(folder: Path) -> None:
    with pytest.raises(ConfigError, match="names no sources") as raised:
        found(config(), folder)
    assert "[[sources]]" in raised.value.do


def test_the_name_of_a_files_parts_follows_content_place_and_options(folder: Path) -> None:
    (first,) = found(config("a.csv"), folder)
    assert found(config("a.*"), folder)[0].name == first.name, "how the file was found does not matter"
    assert found(config({"path": "a.csv", "kind": "review"}), folder)[0].name != first.name
    (folder / "a.csv").write_text("changed")
    assert found(config("a.csv"), folder)[0].name != first.name
    assert found(config("a.csv"), folder)[0].sha256 != first.sha256
