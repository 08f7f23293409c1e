"""Whether words are understood without what stood around them, and whether they can stand as the heading of a finding.

Two logistic fits of what the encoder's lower layers and its logits tell of the words. Clauses were read alone by people
(``corpora/gold/key_points.tsv``); how well the fits rank clauses of other sentences stands on the model card.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voc_engine.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from voc_engine.mentions.heads.encoder import Encoded

NUMBERS = "standing.safetensors"
UNDERSTOOD, STANDING = 0, 1
_QUESTIONS = 2
# As in the encoder: a matrix of few rows is multiplied in another way.
_BATCH = 32
_ARRAYS = ("mean", "scale", "weights", "bias")


@dataclass(frozen=True, slots=True)
class StandingHead:
    """``mean`` and ``scale`` (inputs,) bring inputs to one unit; ``weights`` (inputs, 2) and ``bias`` (2,) are the two
    fits, in the order UNDERSTOOD, STANDING. ``encoder`` is the hash of the encoder's weights."""

    mean: NDArray[Any]
    scale: NDArray[Any]
    weights: NDArray[Any]
    bias: NDArray[Any]
    encoder: str = ""

    def chances(self, encoded: Encoded) -> NDArray[Any]:
        """Probabilities (texts, 2), to four digits."""
        import numpy as np
        from scipy.special import expit

        looked = inputs(encoded)
        odds = np.zeros((len(looked), _QUESTIONS))
        for start in range(0, len(looked), _BATCH):
            filled = np.zeros((_BATCH, looked.shape[1]))
            rows = looked[start : start + _BATCH]
            filled[: len(rows)] = rows
            odds[start : start + _BATCH] = (((filled - self.mean) / self.scale) @ self.weights + self.bias)[: len(rows)]
        chances: NDArray[Any] = np.round(expit(odds), 4)
        return chances


def inputs(encoded: Encoded) -> NDArray[Any]:
    """What the head looks at, (texts, inputs)."""
    import numpy as np

    return np.hstack([encoded.lower, encoded.logits])


def save_standing(head: StandingHead, folder: Path) -> None:
    """One file; the same head gives the same bytes."""
    import numpy as np
    from safetensors.numpy import save

    arrays = {name: np.ascontiguousarray(getattr(head, name).astype(np.float32)) for name in _ARRAYS}
    (folder / NUMBERS).write_bytes(save(arrays, {"encoder": head.encoder}))


def load_standing(folder: Path) -> StandingHead:
    """Raises ConfigError where the file is missing or damaged."""
    import numpy as np
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(folder / NUMBERS, "np") as stored:
            arrays = {name: stored.get_tensor(name).astype(np.float64) for name in _ARRAYS}
            return StandingHead(**arrays, encoder=(stored.metadata() or {}).get("encoder", ""))
    except (OSError, SafetensorError) as error:
        raise ConfigError(
            "The head that tells which words can stand alone cannot be read.",
            found=f"{folder / NUMBERS}: {type(error).__name__} {error}",
            do="install the package again, or choose another extractor in [mentions]",
        ) from error
