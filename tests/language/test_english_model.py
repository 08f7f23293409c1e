"""Which English model is loaded, and what is told where there is none."""

from __future__ import annotations

import pytest
import spacy

from voc_engine.errors import StageError
from voc_engine.language.english_model import ENGLISH_MODELS, english_model, english_pipeline


def test_the_first_package_at_hand_is_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy.util, "is_package", lambda name: name in ENGLISH_MODELS)
    assert english_model() == ENGLISH_MODELS[0]
    monkeypatch.setattr(spacy.util, "is_package", lambda name: name == ENGLISH_MODELS[1])
    assert english_model() == ENGLISH_MODELS[1]


def test_without_a_package_it_is_said_why_one_is_needed_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy.util, "is_package", lambda name: False)
    with pytest.raises(StageError) as told:
        english_pipeline([], why="Names are looked for.", do="install it")
    for words in ("Names are looked for.", *ENGLISH_MODELS, "install it"):
        assert words in str(told.value)
