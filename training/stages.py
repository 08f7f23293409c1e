"""The three stages, from files to files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from training.calibrate import Sought, calibrated, doubted
from training.labels_encoder import further, started_from, tuned
from training.public_encoder import RECIPE as PUBLIC_RECIPE
from training.public_encoder import fresh_network, public_examples
from training.quadrants import fitted_chances, quadrant_agreement, quadrant_figures, read_quadrants
from training.report import window_figures
from training.windows import Read, by_part, windows_of
from voc_engine.encoder.word_pieces import tokenizer
from voc_engine.language.handles import without_handles
from voc_engine.mentions.context import second_segment
from voc_engine.mentions.heads.encoder import VoiceEncoder
from voc_engine.mentions.heads.extractor import REACH, WEIGHTS, reader_hash
from voc_engine.mentions.heads.features import head_features
from voc_engine.mentions.heads.linear import load_heads, save_heads
from voc_engine.mentions.heads.quadrant_chances import save_chances
from voc_engine.mentions.heads.second_head import SecondHead, load_second
from voc_engine.mentions.heads.weights import hash_of, save_network

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray


def public_stage(data: Path, build: Path) -> None:
    """Write build/public.safetensors, all of the network in full precision."""
    from safetensors.torch import save_file

    from training.batches import encode
    from training.fit import fit

    network, _ = fresh_network()
    fit(network, encode(public_examples(data), tokenizer(), 0), PUBLIC_RECIPE)
    save_file({name: value.contiguous() for name, value in network.state_dict().items()}, build / "public.safetensors")


def labels_stage(data: Path, gold: Path, start: Path, model: Path) -> None:
    """Write the shipped encoder, trained on from ``start``: build/public.safetensors, or shipped weights of a version
    before."""
    network = tuned(started_from(start), data, gold, tokenizer())
    save_network(network, model / WEIGHTS)


def further_stage(data: Path, gold: Path, start: Path, model: Path) -> None:
    """Write the shipped encoder, gone on with from shipped weights by the last labels."""
    save_network(further(started_from(start), data, gold, tokenizer()), model / WEIGHTS)


def heads_stage(data: Path, gold: Path, model: Path) -> str:
    """Write the heads, calibrated on both parts that taught nothing; return their figures, in which each part is answered
    by heads that the other part calibrated."""
    import numpy as np

    encoder, second, own_hash = VoiceEncoder(model / WEIGHTS, model / REACH), load_second(model), reader_hash(model)
    by_name = {part: rows for part, rows in by_part(windows_of(data, gold)) if part != "teach"}
    parts = {part: [row for row in rows if row.natural] for part, rows in by_name.items()}
    looked = {part: features_of(encoder, second, rows) for part, rows in parts.items()}
    both = [*parts["calibrate"], *parts["measure"]]
    sought = {
        part: Sought(features_of(encoder, second, found), found)
        for part, found in ((part, [row for row in rows if row.sample != "random"]) for part, rows in by_name.items())
    }
    crossed = [
        calibrated(looked[other], parts[other], own_hash, sought[other]).log_odds(looked[part])
        for part, other in (("calibrate", "measure"), ("measure", "calibrate"))
    ]
    every = [sought["calibrate"], sought["measure"]]
    all_sought = Sought(np.vstack([one.features for one in every]), [row for one in every for row in one.rows])
    heads = calibrated(np.vstack([looked["calibrate"], looked["measure"]]), both, own_hash, all_sought)
    answered = np.vstack(crossed)
    heads = replace(heads, doubted=doubted(answered, both, heads.off))
    save_heads(heads, model)
    return window_figures(heads, answered, both)


def quadrants_stage(data: Path, gold: Path, model: Path) -> str:
    """Write how surely mentions stand in their quadrants, by the heads that ship; return its figures."""
    read, quadrants, samples = read_quadrants(data, gold)
    features = features_of(VoiceEncoder(model / WEIGHTS, model / REACH), load_second(model), read)
    odds = load_heads(model).log_odds(features)
    save_chances(fitted_chances(odds, quadrants, hash_of(model / WEIGHTS)), model)
    return f"{quadrant_figures(odds, quadrants, [row.document for row in read], samples)}\n\n{quadrant_agreement(gold)}"


def features_of(encoder: VoiceEncoder, second: SecondHead, rows: list[Read]) -> NDArray[Any]:
    """(rows, NAMES) of sentences in their windows, as the product reads them."""
    texts = [without_handles(row.text) for row in rows]
    encoded = encoder.encode(texts, [second_segment(row.kind, row.context) for row in rows])
    return head_features(second.mixed(encoded), [row.kind for row in rows])
