"""The promise on which equal bytes rest: a sentence's vector does not depend on its company."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from voc_engine.config import EmbedConfig
from voc_engine.embed.contract import Embedder
from voc_engine.embed.same_sense import SameSenseEmbedder, load_layers, save_layers
from voc_engine.embed.stage import run
from voc_engine.errors import ConfigError
from voc_engine.registry import component

STARTS = (
    "The export",
    "My invoice",
    "A booking that I made last week in a hurry",
    "It",
    "The calendar of my colleague",
)
ENDS = (
    "crashes.",
    "is lost again, and nobody answers!",
    "works",
    "takes two hours every evening because I type each row twice",
    "is great 😀",
    "ist zu langsam – schade",
    "costs 12.50 € more than the one that we had before, which did the same and did it faster",
)
SENTENCES = [f"{start} {end}" for start in STARTS for end in ENDS] + ["", ".", "word " * 400, "Ok", "ok", "Ok "]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    found: Embedder = component("embedder", EmbedConfig().model)
    return found


@pytest.fixture(scope="module")
def matrix(embedder: Embedder) -> npt.NDArray[np.float32]:
    return embedder.encode(SENTENCES)


def test_vectors_have_unit_length_and_384_dimensions(matrix: npt.NDArray[np.float32]) -> None:
    assert matrix.shape == (len(SENTENCES), 384)
    assert matrix.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(matrix, axis=1), 1.0, atol=1e-5)


def bits(matrix: npt.NDArray[np.float32], rows: Sequence[int]) -> list[bytes]:
    return [matrix[row].tobytes() for row in rows]


def test_one_by_one_gives_the_same_bits(embedder: Embedder, matrix: npt.NDArray[np.float32]) -> None:
    """Regression: sentences of one word ("ok") had other last bits alone than beside another one."""
    alone = [embedder.encode([text])[0].tobytes() for text in SENTENCES]
    assert alone == bits(matrix, range(len(SENTENCES)))


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_and_grouping_gives_the_same_bits(
    embedder: Embedder, matrix: npt.NDArray[np.float32], seed: int
) -> None:
    rng = random.Random(seed)
    rows = list(range(len(SENTENCES)))
    rng.shuffle(rows)
    while rows:
        size = rng.randint(1, 17)
        group, rows = rows[:size], rows[size:]
        again = embedder.encode([SENTENCES[row] for row in group])
        assert bits(again, range(len(group))) == bits(matrix, group)


def test_many_equal_lengths_give_the_same_bits(embedder: Embedder, matrix: npt.NDArray[np.float32]) -> None:
    """More texts of one length than one batch of the model holds."""
    again = embedder.encode([SENTENCES[0]] * 70)
    assert {again[row].tobytes() for row in range(70)} == {matrix[0].tobytes()}


def test_the_number_of_threads_does_not_count(embedder: Embedder, matrix: npt.NDArray[np.float32]) -> None:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        assert bits(embedder.encode(SENTENCES[:9]), range(9)) == bits(matrix, range(9))
        assert torch.get_num_threads() == 2, "what others set is given back"
    finally:
        torch.set_num_threads(before)


def test_a_paraphrase_is_nearer_than_another_matter(embedder: Embedder) -> None:
    near, same, far = embedder.encode(["The app keeps crashing.", "It crashes all the time.", "I love the colours."])
    assert near @ same > near @ far + 0.2


def test_nothing_to_embed(embedder: Embedder) -> None:
    assert embedder.encode([]).shape == (0, 384)


def test_the_stage_keeps_keys_beside_their_vectors(matrix: npt.NDArray[np.float32]) -> None:
    vectors = run(["b", "a"], [SENTENCES[1], SENTENCES[0]], EmbedConfig()).vectors
    assert vectors is not None
    assert vectors.keys == ("b", "a")
    assert bits(vectors.matrix, (0, 1)) == bits(matrix, (1, 0))


def test_whom_a_post_addresses_is_no_part_of_its_vector() -> None:
    """Regression: topics of posts were those of the accounts that they were sent to."""
    said = "where is my bag since Monday"
    texts = [f"@oneair {said}", f"@otherair @oneair {said}", said, "@oneair"]
    vectors = run(["a", "b", "c", "d"], texts, EmbedConfig()).vectors
    assert vectors is not None
    one, two, bare, alone = vectors.rows(["a", "b", "c", "d"])
    assert (one == bare).all()
    assert (two == bare).all()
    assert float(alone @ alone) == pytest.approx(1)


def test_what_says_the_same_lies_nearer_than_what_only_speaks_of_the_same_thing() -> None:
    """What the tuning is for; the published model puts the second pair nearer."""
    texts = ["The export drops half of the rows", "Rows are missing in the export", "The export is fast and easy"]
    tuned, published = (component("embedder", name).encode(texts) for name in (EmbedConfig().model, "minilm.v1"))
    gain = [float(one[0] @ one[1] - one[0] @ one[2]) for one in (tuned, published)]
    assert gain[0] > gain[1]


def test_weights_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    broken = tmp_path / "same_sense.safetensors"
    broken.write_bytes(b"no weights")
    with pytest.raises(ConfigError, match="weights of the embedder"):
        SameSenseEmbedder(broken).encode(["a"])


def test_layers_come_back_from_eight_bits_as_near_as_a_level(tmp_path: Path) -> None:
    import torch

    layers = {"0.weight": torch.linspace(-2, 3, 12).reshape(3, 4), "0.bias": torch.tensor([0.25, -0.5, 1.0])}
    save_layers(layers, tmp_path / "same_sense.safetensors")
    again = load_layers(tmp_path / "same_sense.safetensors")
    assert again.keys() == layers.keys()
    assert torch.equal(again["0.bias"], layers["0.bias"])
    assert float((again["0.weight"] - layers["0.weight"]).abs().max()) <= 3 / 127
