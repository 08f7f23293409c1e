"""The network's weights on disk: safetensors, matrices in 8 bits with one scale per row, no pickle.

Only what training changed is stored. The word embeddings are those of all-MiniLM-L6-v2 and come from its package.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from importlib.resources import files
from typing import TYPE_CHECKING

from voc_engine.encoder.eight_bits import shrunk, widened
from voc_engine.encoder.word_pieces import MINILM, published
from voc_engine.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor

    from voc_engine.encoder.layers import EightBitEncoder
    from voc_engine.mentions.heads.network import VoiceNetwork

_ENCODER = "encoder."
_EMBEDDINGS = "encoder.embeddings."
_UNUSED = ("encoder.pooler.", "encoder.embeddings.position_ids")


def save_network(network: VoiceNetwork, path: Path) -> None:
    """Write all weights but the word embeddings; each matrix row as round(127 x / max |x|)."""
    from safetensors.torch import save

    trained = {
        name: value for name, value in network.state_dict().items() if not name.startswith((_EMBEDDINGS, *_UNUSED))
    }
    path.write_bytes(save(shrunk(trained)))


def load_network(path: Path) -> VoiceNetwork:
    """The network in float32, as it is trained. Raises ConfigError where the file is missing or of another shape."""
    return _filled(empty_network(), _read(path), path)


def load_reader(path: Path, reach: Path | None = None) -> tuple[EightBitEncoder, VoiceNetwork]:
    """What reads: the encoder in 8 bits, with its states' ``reach`` where there is a file of it, and the heads without an
    encoder. Raises ConfigError where a file is missing or of another shape."""
    from voc_engine.encoder.layers import EightBitEncoder
    from voc_engine.encoder.reach import load_reach
    from voc_engine.mentions.heads.network import VoiceNetwork

    state = _read(path)
    heads = {name: value for name, value in state.items() if not name.startswith(_ENCODER)}
    network = _filled(VoiceNetwork(), heads, path)
    encoder = {name.removeprefix(_ENCODER): value for name, value in state.items() if name.startswith(_ENCODER)}
    try:
        return EightBitEncoder.of(encoder, None if reach is None else load_reach(reach)), network
    except (KeyError, ValueError) as error:
        raise _foreign(path, f"not found: {error}") from error


def _read(path: Path) -> dict[str, Tensor]:
    from safetensors import SafetensorError

    try:
        return stored_state(path)
    except (OSError, SafetensorError) as error:
        raise ConfigError(
            "The weights of the mention heads cannot be read.",
            found=f"{path.name}: {error}",
            do="install the package again, or choose another extractor in [mentions]",
        ) from error


def _filled(network: VoiceNetwork, state: Mapping[str, Tensor], path: Path) -> VoiceNetwork:
    missing, strange = network.load_state_dict(state, strict=False)
    if missing or strange:
        raise _foreign(path, f"{len(missing)} weights missing, {len(strange)} unknown")
    return network.eval()


def _foreign(path: Path, mismatch: str) -> ConfigError:
    return ConfigError(
        "The weights of the mention heads do not fit this version.",
        found=f"{path.name}: {mismatch}",
        do="install the package again, or make the weights anew with this version",
    )


def hash_of(path: Path) -> str:
    """Hash (16 hex digits) of a file of weights: heads belong to one encoder."""
    return blake2b(path.read_bytes(), digest_size=8).hexdigest()


def stored_state(path: Path) -> dict[str, Tensor]:
    """All weights of a stored network in float32, the word embeddings of the package beside them."""
    from safetensors.torch import load_file

    return _embeddings() | widened(load_file(path))


def empty_network() -> VoiceNetwork:
    """A network of the right shape with weights that mean nothing yet."""
    from transformers import BertConfig, BertModel

    from voc_engine.mentions.heads.network import VoiceNetwork

    shape = json.loads((files(MINILM) / "model" / "config.json").read_text("utf-8"))
    return VoiceNetwork(BertModel(BertConfig(**shape), add_pooling_layer=False))


def _embeddings() -> dict[str, Tensor]:
    tensors = {f"{_ENCODER}{name}": value for name, value in published().items()}
    return {name: value for name, value in tensors.items() if name.startswith(_EMBEDDINGS)}
