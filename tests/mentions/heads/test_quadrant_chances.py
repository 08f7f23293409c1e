"""How surely a mention stands in its quadrant: probabilities that add up, and a file that fits its encoder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from voc_engine.errors import ConfigError
from voc_engine.mentions.heads import extractor as home
from voc_engine.mentions.heads.extractor import HeadsExtractor, shipped
from voc_engine.mentions.heads.linear import OUTPUTS
from voc_engine.mentions.heads.quadrant_chances import TOLD, load_chances, save_chances
from voc_engine.records import QUADRANTS


def test_each_text_has_probabilities_of_its_own() -> None:
    fit, odds = load_chances(shipped()), np.random.default_rng(3).normal(0, 3, (40, len(OUTPUTS)))
    chances = fit.chances(odds)
    assert np.allclose(chances.sum(1), 1)
    assert (chances > 0).all()
    assert np.array_equal(fit.chances(odds[7:8])[0], chances[7])


def test_more_for_a_quadrant_is_surer_of_it() -> None:
    fit = load_chances(shipped())
    for place in range(1, 4):
        column = OUTPUTS.index(("quadrant", QUADRANTS[place]))
        weak, strong = np.zeros((1, len(OUTPUTS))), np.zeros((1, len(OUTPUTS)))
        weak[0, column], strong[0, column] = 1.0, 6.0
        assert fit.chances(strong)[0, place] > fit.chances(weak)[0, place]


def test_the_same_fit_gives_the_same_bytes(tmp_path: Path) -> None:
    save_chances(load_chances(shipped()), tmp_path)
    assert (tmp_path / TOLD).read_bytes() == (shipped() / TOLD).read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        {"quadrants": ["says", "thinks"]},
        {"bias": [0.0]},
        {"weights": None},
        {"encoder": None, "bias": "x"},
        {"heads": []},
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    told = json.loads((shipped() / TOLD).read_text("utf-8"))
    (tmp_path / TOLD).write_text(json.dumps(told | change), "utf-8")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_chances(tmp_path)


def test_one_of_another_encoder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(shipped(), tmp_path, dirs_exist_ok=True)
    told = json.loads((tmp_path / TOLD).read_text("utf-8"))
    (tmp_path / TOLD).write_text(json.dumps(told | {"encoder": "0" * 16}), "utf-8")
    monkeypatch.setattr(home, "shipped", lambda: tmp_path)
    with pytest.raises(ConfigError, match="python -m training quadrants"):
        _ = HeadsExtractor().quadrants
