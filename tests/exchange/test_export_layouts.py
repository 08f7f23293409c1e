"""The layout of every format: held to a golden file, and the same whatever anybody wrote."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from export_outline import outline
from hostile_run import hostile_view
from hostile_text import PAYLOADS

from voc_engine.exchange.exporting import told_name
from voc_engine.exchange.run_view import RunView
from voc_engine.registry import component, names
from voc_engine.testing import example_study

LAYOUTS = Path(__file__).parent / "layouts"
HARMLESS = ("plain words", "x" * 300, "line\nbreak")
DRAWN = ("docx.v1", "pdf.v1", "persona_cards.v1", "pptx.v1", "svg.v1")  # a second or more each


def written(name: str, view: RunView) -> dict[str, bytes]:
    return dict(component("export format", name).write(view, frozenset()).files)


@pytest.mark.parametrize("name", [one for one in names("export format") if one != "json.v1"])
def test_the_layout_is_the_one_that_is_written_down(name: str) -> None:
    """That of "json" is docs/study.schema.json. VOC_WRITE_LAYOUTS=1 writes the files anew: look at what changed."""
    lines = []
    for path, content in written(name, RunView(example_study())).items():
        lines += [f"# {path}", *outline(path, content), ""]
    found = "\n".join(lines)
    place = LAYOUTS / f"{told_name(name)}.txt"
    if os.environ.get("VOC_WRITE_LAYOUTS"):
        place.parent.mkdir(exist_ok=True)
        place.write_text(found, encoding="utf-8")
    assert found == place.read_text(encoding="utf-8")


@cache
def harmless(name: str) -> frozenset[str]:
    """What files of the format are made of where nobody wrote anything odd."""
    views = [RunView(example_study()), *map(hostile_view, HARMLESS)]
    return frozenset(
        line for view in views for path, content in written(name, view).items() for line in outline(path, content)
    )


def _hold(name: str, payload: str) -> None:
    for path, content in written(name, hostile_view(payload)).items():
        odd = set(outline(path, content)) - harmless(name)
        assert not odd, (path, odd)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("name", [one for one in names("export format") if one not in DRAWN])
def test_what_anybody_wrote_is_text_and_nothing_else(name: str, payload: str) -> None:
    _hold(name, payload)


@pytest.mark.slow
@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("name", DRAWN)
def test_what_anybody_wrote_is_text_in_what_is_drawn(name: str, payload: str) -> None:
    _hold(name, payload)
