"""A second opinion on kinds, worth and sentiment, beside the heads that were trained together with the encoder.

One hidden layer over the last layer's states and the means of two lower layers, taught by all labels on what the
encoder says in 8 bits. The lower layers tell more of the words and less of the labels that the encoder learned from, so
the two err differently. Their logits are averaged, but for kinds that are rare, or unsaid, in the labels that came after
the encoder's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from voc_engine.errors import ConfigError
from voc_engine.mentions.heads.labels import SENTENCE_HEADS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from voc_engine.mentions.heads.encoder import Encoded

NUMBERS = "second.safetensors"
# The heads that it answers for, in the order of its outputs.
ANSWERED = ("kinds", "worth", "sentiment")
# How much of the average is its own, and what is left to the encoder's own head.
SHARE = 0.3
LEFT = ("objection", "trigger", "advice")
# As in the encoder: a matrix of few rows is multiplied in another way.
_BATCH = 32
_ARRAYS = ("inner", "inner_bias", "outer", "outer_bias")


@dataclass(frozen=True, slots=True)
class SecondHead:
    """``inner`` (inputs, hidden) and ``inner_bias`` (hidden,), ``outer`` (hidden, outputs) and ``outer_bias`` (outputs,),
    float32, with GELU between them. ``encoder`` is the hash of the encoder's weights."""

    inner: NDArray[Any]
    inner_bias: NDArray[Any]
    outer: NDArray[Any]
    outer_bias: NDArray[Any]
    encoder: str = ""

    def odds(self, looked: NDArray[Any]) -> NDArray[Any]:
        """Logits (texts, outputs) for ``looked`` as ``inputs`` gives it."""
        import numpy as np
        from scipy.special import ndtr

        logits = np.zeros((len(looked), len(self.outer_bias)), np.float32)
        for start in range(0, len(looked), _BATCH):
            rows = looked[start : start + _BATCH]
            filled = np.zeros((_BATCH, looked.shape[1]), np.float32)
            filled[: len(rows)] = rows
            hidden = filled @ self.inner + self.inner_bias
            logits[start : start + _BATCH] = ((hidden * ndtr(hidden)) @ self.outer + self.outer_bias)[: len(rows)]
        return logits

    def mixed(self, encoded: Encoded) -> NDArray[Any]:
        """The encoder's logits (texts, LOGITS), those of ANSWERED but LEFT averaged with its own."""
        logits: NDArray[Any] = encoded.logits.copy()
        of_second = self.odds(inputs(encoded))
        for output, column in _columns():
            logits[:, column] = (1 - SHARE) * logits[:, column] + SHARE * of_second[:, output]
        return logits


def inputs(encoded: Encoded) -> NDArray[Any]:
    """What the head looks at, (texts, inputs), float32."""
    import numpy as np

    return np.hstack([encoded.seen, encoded.lower])


@cache
def _columns() -> tuple[tuple[int, int], ...]:
    """The outputs that count, each with its column among the encoder's logits."""
    among = [(head, name) for head, classes in SENTENCE_HEADS.items() for name in classes]
    outputs = [(head, name) for head in ANSWERED for name in SENTENCE_HEADS[head]]
    return tuple((at, among.index(one)) for at, one in enumerate(outputs) if one[1] not in LEFT)


def save_second(head: SecondHead, folder: Path) -> None:
    """One file, matrices in 16 bits; the same head gives the same bytes."""
    import numpy as np
    from safetensors.numpy import save

    kinds = {"inner": np.float16, "inner_bias": np.float32, "outer": np.float16, "outer_bias": np.float32}
    arrays = {name: np.ascontiguousarray(getattr(head, name).astype(kinds[name])) for name in _ARRAYS}
    (folder / NUMBERS).write_bytes(save(arrays, {"encoder": head.encoder}))


def load_second(folder: Path) -> SecondHead:
    """Raises ConfigError where the file is missing or damaged."""
    import numpy as np
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(folder / NUMBERS, "np") as stored:
            arrays = {name: stored.get_tensor(name).astype(np.float32) for name in _ARRAYS}
            return SecondHead(**arrays, encoder=(stored.metadata() or {}).get("encoder", ""))
    except (OSError, SafetensorError) as error:
        raise ConfigError(
            "The second head of mentions cannot be read.",
            found=f"{folder / NUMBERS}: {type(error).__name__} {error}",
            do="install the package again, or choose another extractor in [mentions]",
        ) from error
