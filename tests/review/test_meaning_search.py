"""Search by meaning finds what says something like it, and never what is withheld."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from voc_engine.records import Batch, Segment, Vectors
from voc_engine.review import meaning_search
from voc_engine.review.material import Material
from voc_engine.review.sitting import Desk
from voc_engine.store.workspace import Workspace

from .reviewed_study import GOAL, PAIN, Browser, tables


class ByFirstWord:
    """What wants something points one way, what fails another."""

    def encode(self, texts: list[str]) -> np.ndarray:
        return np.array([[1, 0] if "fail" in text or "broken" in text else [0, 1] for text in texts], np.float32)


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Browser:
    monkeypatch.setattr(meaning_search, "component", lambda kind, name: ByFirstWord())
    segments = tables().of(Segment)
    keys = tuple(one.text_key for one in segments)
    place = Workspace(tmp_path)
    place.parts.write(
        "embed", "m-1", (Vectors,), Batch(vectors=Vectors(keys, ByFirstWord().encode([s.text for s in segments])))
    )
    manifest = {"parts": {"ingest": [], "embed": ["m-1"]}, "config": {"embed": {"model": "minilm.v2"}}}
    return Browser(Desk(place, Material("run-1", "Larkbook", tables(), frozenset({"P0003"}), manifest=manifest)))


def test_other_words_for_the_same_are_found_and_withheld_words_are_not(browser: Browser) -> None:
    assert "Nothing was found" in browser.get("/search?words=broken+thing")
    page = browser.get("/search?words=broken+thing&by=meaning")
    assert page.count(PAIN) == 11, "twelve people say it, and one may not be quoted"
    assert GOAL not in page
    assert "withheld" not in page.split("Near in meaning")[1]


def test_a_run_that_kept_no_vectors_says_that_nothing_is_near(tmp_path: Path) -> None:
    from .reviewed_study import desk

    assert "Nothing near" in Browser(desk(tmp_path)).get("/search?words=export&by=meaning")
