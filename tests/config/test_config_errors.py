"""A typing error in a configuration is told with file, line and the nearest known key."""

from __future__ import annotations

from pathlib import Path

import pytest

from voc_engine.config import Config, load_config
from voc_engine.config.load import parse_config
from voc_engine.errors import ConfigError

SOURCES = '[[sources]]\npath = "a.csv"\n'


def error(text: str) -> ConfigError:
    with pytest.raises(ConfigError) as raised:
        parse_config(text, "voc.toml")
    assert raised.value.exit_code == 2
    return raised.value


def test_a_key_that_older_versions_had_is_told_with_what_to_do() -> None:
    told = str(error("[insights]\npair = 0.5\n"))
    assert "line 2: 'insights.pair' is no longer a key" in told
    assert "member" in told


@pytest.mark.parametrize(
    ("text", "line", "key", "near"),
    [
        ('[study]\nnmae = "x"\n', 2, "study.nmae", "name"),
        ("\n\n[segmnt]\nmax_words = 50\n", 3, "segmnt", "segment"),
        ("[segment]\n# max_wrds = 3\nmax_wrds = 50\n", 3, "segment.max_wrds", "max_words"),
        ('studdy = "x"\n', 1, "studdy", "study"),
        (f'{SOURCES}\n[[sources]]\npath = "b.csv"\nkidn = "review"\n', 6, "sources.1.kidn", "kind"),
        (f'{SOURCES}kidn = "review"\n\n[[sources]]\npath = "b.csv"\n', 3, "sources.0.kidn", "kind"),
        (f'{SOURCES}[people]\nflie = "p.csv"\n', 4, "people.flie", "file"),
        ("[topics]\nmin_size = 5\n[personas]\nmin_sizes = 5\nmin_member = 4\n", 4, "personas.min_sizes", "min_members"),
        ('[embed]\n"modle" = "minilm.v1"\n', 2, "embed.modle", "model"),
        ('study.nmae = "x"\n', 1, "study.nmae", "name"),
        ('study = { nmae = "x" }\n', 1, "study.nmae", "name"),
        ('[report]\r\nformat = ["html.v1"]\r\n', 2, "report.format", "formats"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest(text: str, line: int, key: str, near: str) -> None:
    found = error(text)
    assert found.happened == f"voc.toml, line {line}: unknown key {key!r}."
    assert found.do == f"did you mean {near!r}?"


def test_without_a_near_key_all_are_told() -> None:
    assert error("[redact]\nzzz = 1\n").do == "known are: companies, enabled, keep, names"


@pytest.mark.parametrize(
    ("text", "line", "key", "value", "why"),
    [
        ('[segment]\nmax_words = "many"\n', 2, "segment.max_words", "'many'", "integer"),
        ("[segment]\n\nmax_words = 3\n", 3, "segment.max_words", "3", "greater than or equal to 10"),
        ("[insights]\njoin = 1.5\n", 2, "insights.join", "1.5", "less than 1"),
        ("[insights]\njoin = nan\n", 2, "insights.join", "nan", "less than 1"),
        ("[redact]\nenabled = 7\n", 2, "redact.enabled", "7", "boolean"),
        ('[report]\nformats = "html.v1"\n', 2, "report.formats", "'html.v1'", "list"),
        (f'{SOURCES}kind = "reviews"\n', 3, "sources.0.kind", "'reviews'", "'review'"),
        (f"{SOURCES}columns = {{ text = 1 }}\n", 3, "sources.0.columns.text", "1", "string"),
        (f"{SOURCES}[sources.columns]\ntext = 1\n", 4, "sources.0.columns.text", "1", "string"),
        ('segment = "x"\n', 1, "segment", "'x'", "[segment]"),
        ('[sources]\npath = "a.csv"\n', 1, "sources", "{'path': 'a.csv'}", "[[sources]]"),
        ("[[study]]\n", 1, "study", "[{}]", "[study]"),
    ],
)
def test_a_bad_value_is_told_with_what_was_expected(text: str, line: int, key: str, value: str, why: str) -> None:
    found = error(text)
    assert found.happened == f"voc.toml, line {line}: {key} cannot be used."
    assert value in found.found
    assert why in found.do


def test_a_missing_key_names_its_section() -> None:
    found = error(f'{SOURCES}\n[[sources]]\nkind = "review"\n')
    assert found.happened == "voc.toml, line 4: sources.1.path cannot be used."
    assert "required" in found.do


def test_what_is_not_toml_is_told_with_its_line() -> None:
    found = error("[study]\nname = Larkbook\n")
    assert found.happened == "voc.toml is not valid TOML."
    assert "line 2" in found.found
    assert found.do


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="There is no configuration at") as raised:
        load_config(tmp_path / "voc.toml")
    assert "voc init" in raised.value.do


@pytest.mark.parametrize("data", [b'[study]\nname = "caf\xe9"\n', b"\x89PNG\r\n\x1a\n\x00"])
def test_a_file_that_is_not_text_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "voc.toml").write_bytes(data)
    with pytest.raises(ConfigError, match="cannot be read as UTF-8 text"):
        load_config(tmp_path / "voc.toml")


def test_a_folder_is_no_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "voc.toml").write_bytes(b'\xef\xbb\xbf[study]\r\nname = "Caf\xc3\xa9"\r\n')
    assert load_config(tmp_path / "voc.toml").study.name == "Café"


def test_an_empty_file_is_the_default() -> None:
    assert parse_config("") == Config()
