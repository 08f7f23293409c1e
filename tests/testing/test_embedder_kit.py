"""The built-in embedders, held to the kit; and embedders with a fault, which the kit has to find."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from voc_engine.registry import component, names
from voc_engine.testing import EmbedderKit


class TestMiniLm(EmbedderKit):
    embedder = component("embedder", "minilm.v1")


class TestSameSense(EmbedderKit):
    embedder = component("embedder", "minilm.v2")


def test_no_embedder_is_without_its_kit() -> None:
    assert names("embedder") == [TestMiniLm.embedder.name, TestSameSense.embedder.name]


class Letters:
    """Counts letters; ``fault`` is put in on purpose."""

    name = "letters.v1"
    revision = "1"

    def __init__(self, fault: str = "") -> None:
        self.fault = fault

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        made = np.array([np.bincount([ord(c) % 64 for c in text], minlength=64) for text in texts], np.float64)
        made = made.reshape(len(texts), 64)
        if self.fault == "batch" and len(texts) > 1:
            made -= made.mean(axis=0)
        length = 1 if self.fault == "length" else np.linalg.norm(made, axis=1, keepdims=True)
        return (made / length).astype(np.float64 if self.fault == "type" else np.float32)


class TestLetters(EmbedderKit):
    embedder = Letters()


@pytest.mark.parametrize(
    ("fault", "test"),
    [
        ("batch", "test_a_text_has_the_same_vector_whatever_stands_beside_it"),
        ("length", "test_one_row_of_length_one_per_text"),
        ("type", "test_one_row_of_length_one_per_text"),
    ],
)
def test_the_kit_finds_the_fault(fault: str, test: str) -> None:
    kit = EmbedderKit()
    kit.embedder = Letters(fault)
    with pytest.raises(AssertionError):
        getattr(kit, test)()
