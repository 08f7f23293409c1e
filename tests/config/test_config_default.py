"""The documented default cannot go stale, and every preset can be used."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import voc_engine.config
from voc_engine.config import Config, SourceConfig, load_config
from voc_engine.config.default import PRESETS as PRESET_OPTIONS
from voc_engine.config.default import render_default
from voc_engine.config.load import parse_config

DEFAULT = Path(voc_engine.config.__file__).parent / "default.toml"
PRESETS = sorted((Path(__file__).resolve().parents[2] / "configs").glob("*.toml"))
SECTIONS = {name: SourceConfig if name == "sources" else info.annotation for name, info in Config.model_fields.items()}
KEYS = [
    (section, key)
    for section, model in SECTIONS.items()
    if isinstance(model, type) and issubclass(model, BaseModel)
    for key in model.model_fields
]


def test_the_packaged_default_is_the_generated_one() -> None:
    assert DEFAULT.read_text(encoding="utf-8") == render_default(), (
        "the sections have changed; write the file anew: python -c 'from pathlib import Path; from"
        ' voc_engine.config.default import render_default; Path("voc_engine/config/default.toml")'
        ".write_text(render_default())'"
    )


def test_the_default_is_valid_by_itself() -> None:
    assert parse_config(render_default()) == Config()


def test_sections_stand_in_flow_order() -> None:
    headers = re.findall(r"^(?:# )?\[+(\w+)\]+$", render_default(), re.MULTILINE)
    assert headers == list(Config.model_fields)


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_every_key_is_documented(section: str, key: str) -> None:
    _, _, rest = render_default().partition(f"[{section}]")
    block = rest.partition("\n\n")[0]
    lines = block.splitlines()
    place = next(row for row, line in enumerate(lines) if re.match(rf"# {key}(?: =|:)", line))
    assert re.match(r"# \w+", lines[place - 1]), "a description stands above the key"


def test_defaults_shown_are_the_defaults() -> None:
    there = "\n".join(line for line in render_default().splitlines() if not line.endswith("# absent by default"))
    shown = re.sub(r"^# (\[|\w+ = )", r"\1", there, flags=re.MULTILINE)
    assert parse_config(shown.replace('path = "interviews/*.vtt"', 'path = "x"')) == Config(
        sources=[SourceConfig(path="x")]
    )


def test_given_sources_and_name_are_written_out() -> None:
    text = render_default(name='The "best" study', sources=[{"path": "a b.csv", "kind": "review"}, {"path": "c.vtt"}])
    config = parse_config(text)
    assert config.study.name == 'The "best" study'
    assert [(one.path, one.kind) for one in config.sources] == [("a b.csv", "review"), ("c.vtt", None)]
    assert tomllib.loads(text).keys() >= {"study", "sources"}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_name_and_path_can_be_written(name: str) -> None:
    config = parse_config(render_default(name=name, sources=[{"path": name}]))
    assert (config.study.name, config.sources[0].path) == (name, name)


@pytest.mark.parametrize("path", PRESETS, ids=lambda one: one.stem)
def test_every_preset_parses_and_names_sources(path: Path) -> None:
    config = load_config(path)
    assert config.sources
    assert config.study.name != Config().study.name


def test_the_promised_presets_are_there() -> None:
    assert {path.stem for path in PRESETS} >= {"demo", "interviews", "posts", "reviews", "survey", "tickets"}


def test_a_configuration_is_frozen() -> None:
    with pytest.raises(ValidationError):
        Config().study.name = "other"  # type: ignore[misc]


@pytest.mark.parametrize("name", PRESET_OPTIONS)
def test_init_starts_from_what_the_preset_file_says(name: str) -> None:
    preset = PRESET_OPTIONS[name]
    file = load_config(Path(__file__).parents[2] / "configs" / f"{name}.toml")
    made = parse_config(render_default(name="x", sources=[{"path": "x", "kind": preset.kind}], options=preset.options))
    assert made.model_copy(update={"study": file.study, "sources": file.sources}) == file
    assert {one.kind for one in file.sources} == {preset.kind}


def test_every_key_of_a_source_is_explained_once() -> None:
    """Regression: a study of nine files repeated the same forty lines nine times."""
    text = render_default(name="x", sources=[{"path": f"{one}.vtt", "kind": "interview"} for one in "abc"])
    assert text.partition("[[sources]]")[2].count("# interviewers = []") == 1
    assert [one.path for one in parse_config(text).sources] == ["a.vtt", "b.vtt", "c.vtt"]
    assert {one.kind for one in parse_config(text).sources} == {"interview"}
