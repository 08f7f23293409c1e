"""Reading in 8 bits: exact sums on every processor, answers that no company changes, and nearly what 32 bits say."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from voc_engine.encoder import layers
from voc_engine.encoder.layers import Copies, Product, ProductAfterGelu
from voc_engine.encoder.packing import packs_of
from voc_engine.encoder.reach import load_reach, reach_of, save_reach
from voc_engine.errors import ConfigError
from voc_engine.mentions.heads.encoder import VoiceEncoder
from voc_engine.mentions.heads.extractor import REACH, WEIGHTS, shipped
from voc_engine.mentions.heads.weights import load_network

TEXTS = [
    "It crashes.",
    "I waited two weeks for an answer and nobody ever called me back.",
    "",
    "We print everything on paper, because the staff hates the app and the export loses half of the rows.",
    "ok",
    "word " * 300,
    "The food was wonderful, but the service was terribly slow.",
]
BEFORE = ["interview: How is it?", "", "post", "ticket: " + "We said so before. " * 30, "", "", "review: Nice place."]


def some(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(3))


@pytest.fixture
def large() -> torch.Tensor:
    """States of which two columns are far larger than the rest, as an encoder's are."""
    rows = some(20, 384)
    rows[:, 5] *= 30
    rows[:, 77] -= 12
    return rows


def test_a_product_in_eight_bits_is_nearly_the_one_in_full() -> None:
    rows, weight, bias = some(9, 384), some(50, 384) / 20, some(50)
    full = rows @ weight.t() + bias
    assert float((Product.of(weight, bias)(rows.clone()) - full).abs().max()) < 0.05
    after = ProductAfterGelu.of(weight, bias)(rows.clone())
    assert float((after - torch.nn.functional.gelu(rows) @ weight.t() - bias).abs().max()) < 0.05


def test_columns_of_one_large_one_add_up_to_it_and_leave_the_others_their_levels(large: torch.Tensor) -> None:
    reach = torch.ones(384)
    reach[5], reach[77] = 29.3, 5.0
    whole = torch.arange(-127.0 * 5, 127.0 * 5 + 1).repeat(384, 1).t().contiguous()
    whole[:, reach == 1] = 3.0
    spread = Copies.by(reach).spread(whole.clone())
    assert spread.shape[1] == 384 + 29 + 4
    assert float(spread[:, [77, *range(384 + 29, 384 + 33)]].abs().max()) <= 127
    assert torch.equal(spread.sum(1), whole.sum(1))
    weight, bias = some(50, 384) / 20, some(50)
    full = large @ weight.t() + bias
    plain, split = Product.of(weight, bias)(large.clone()), Product.of(weight, bias, reach)(large.clone())
    assert float((split - full).std()) < 0.3 * float((plain - full).std())


@pytest.mark.parametrize("make", [Product.of, ProductAfterGelu.of], ids=["plain", "after GELU"])
def test_processors_without_eight_bits_give_the_same_bits(
    make: Callable[[torch.Tensor, torch.Tensor], Product], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The largest sums of all among them: 1,536 products of 127 and 127."""
    product = make(torch.cat([some(40, 1536), torch.ones(8, 1536), -torch.ones(8, 1536)]), some(56))
    rows = torch.cat([some(30, 1536), torch.ones(2, 1536), -torch.ones(2, 1536)])
    here = product(rows.clone())
    monkeypatch.setattr(layers, "exact_in_eight_bits", lambda: False)
    assert torch.equal(product(rows.clone()), here)


def test_each_text_is_in_one_pack_beside_those_of_its_length() -> None:
    lengths = [random.Random(1).choice([2, 7, 7, 30, 300, 900]) for _ in range(200)]
    packs = packs_of(lengths, 384)
    assert sorted(row for pack in packs for row in pack.rows) == list(range(200))
    for pack in packs:
        told = [length for many, length in pack.groups for _ in range(many)]
        assert told == [lengths[row] for row in pack.rows]
        assert sum(told) <= 384 or len(told) == 1
        assert len({length for _, length in pack.groups}) == len(pack.groups)
    assert packs_of([]) == []


def test_what_stands_beside_a_text_changes_no_bit_of_what_is_read() -> None:
    encoder = VoiceEncoder(shipped() / WEIGHTS, shipped() / REACH)
    together = encoder.encode(TEXTS, BEFORE)
    for row, (text, before) in enumerate(zip(TEXTS, BEFORE, strict=True)):
        alone = encoder.encode([text], [before])
        assert alone.seen[0].tobytes() == together.seen[row].tobytes()
        assert alone.lower[0].tobytes() == together.lower[row].tobytes()
        assert alone.logits[0].tobytes() == together.logits[row].tobytes()
        assert (alone.aspects[0], alone.things[0]) == (together.aspects[row], together.things[row])


def test_eight_bits_say_nearly_what_the_trained_network_says() -> None:
    network, encoder = load_network(shipped() / WEIGHTS), VoiceEncoder(shipped() / WEIGHTS, shipped() / REACH)
    found = encoder.encode(TEXTS)
    for row, one in enumerate(encoder._pieces(TEXTS, None)):
        ids = torch.tensor([one.ids])
        with torch.inference_mode():
            _, full, _ = network.look(ids, torch.ones_like(ids), torch.zeros_like(ids))
        near = np.dot(found.seen[row], full[0]) / np.linalg.norm(found.seen[row]) / np.linalg.norm(full[0])
        assert near > 0.99, TEXTS[row]


def test_how_far_columns_reach_comes_back_from_disk_and_anything_else_is_told(tmp_path: Path) -> None:
    sizes = torch.ones(6, 384)
    sizes[2, 9] = 13.0
    reach = reach_of(sizes)
    assert (float(reach[2, 9]), int((reach > 1).sum())) == (6.5, 1)
    save_reach({"asked": reach, "up": reach.clone()}, tmp_path / "reach.safetensors")
    assert torch.equal(load_reach(tmp_path / "reach.safetensors")["up"], reach)
    (tmp_path / "broken.safetensors").write_bytes(b"nothing")
    with pytest.raises(ConfigError, match="reach cannot be read"):
        load_reach(tmp_path / "broken.safetensors")
