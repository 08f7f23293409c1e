"""The head that reads what people tell of themselves: one small network beside the encoder's pass, with a point per field.

Log-odds are those of one hidden layer over what the encoder sees, and of a logistic fit of the same with hashed words, half
each: the words say what the trade or the tool is, the encoder whether it is the speaker's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voc_engine.errors import ConfigError
from voc_engine.mentions.heads.features import WORD_COLUMNS, head_features, word_grams
from voc_engine.records import DISCLOSURES

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from voc_engine.mentions.heads.encoder import Encoded

NUMBERS, SETTINGS = "telling.safetensors", "telling.json"
# As in the encoder: a matrix of few rows is multiplied in another way.
_BATCH = 32
Telling = tuple[str, float]


@dataclass(frozen=True, slots=True)
class TellingHead:
    """``mean`` and ``scale`` (inputs,) bring inputs to one unit; ``inner`` (inputs, hidden), ``inner_bias``, ``outer``
    (hidden, fields) and ``outer_bias`` are the network; ``direct`` (inputs, fields), ``grams`` (WORD_COLUMNS, fields) and
    ``bias`` the logistic fit; ``slope`` and ``shift`` (fields,) calibrate. ``points`` is the probability from which a field
    counts, by field; a field without one is off: too few of those read on documents kept aside were right. ``encoder``
    is the hash of the encoder's weights."""

    mean: NDArray[Any]
    scale: NDArray[Any]
    inner: NDArray[Any]
    inner_bias: NDArray[Any]
    outer: NDArray[Any]
    outer_bias: NDArray[Any]
    direct: NDArray[Any]
    grams: NDArray[Any]
    bias: NDArray[Any]
    slope: NDArray[Any]
    shift: NDArray[Any]
    points: Mapping[str, float]
    encoder: str = ""

    def disclosed(self, encoded: Encoded, kinds: Sequence[str], texts: Sequence[str]) -> list[tuple[Telling, ...]]:
        """Per text the fields that are told in it, with their probability, in the order of DISCLOSURES."""
        chances = self.chances(inputs(encoded, kinds), word_grams(texts))
        disclosed = []
        for row in chances.tolist():
            sure = zip(DISCLOSURES, row, strict=True)
            disclosed.append(tuple((field, chance) for field, chance in sure if chance >= self.points.get(field, 2.0)))
        return disclosed

    def chances(self, looked: NDArray[Any], grams: csr_matrix) -> NDArray[Any]:
        """Probabilities (texts, fields), to four digits."""
        import numpy as np
        from scipy.special import expit

        odds = self.odds(looked, grams) * self.slope + self.shift
        chances: NDArray[Any] = np.round(expit(odds), 4)
        return chances

    def odds(self, looked: NDArray[Any], grams: csr_matrix) -> NDArray[Any]:
        """Log-odds before they are calibrated (texts, fields); ``looked`` as ``inputs`` gives it."""
        import numpy as np

        odds = np.zeros((len(looked), len(self.bias)))
        for rows, filled in _batches(looked):
            even = (filled - self.mean) / self.scale
            hidden = _gelu(even @ self.inner + self.inner_bias) @ self.outer + self.outer_bias
            odds[rows] = ((hidden + even @ self.direct + self.bias) / 2)[: rows.stop - rows.start]
        return odds + np.asarray(grams @ self.grams) / 2


def inputs(encoded: Encoded, kinds: Sequence[str]) -> NDArray[Any]:
    """What the head looks at: what the encoder's heads see, lower layers, the logits, and the kind of document."""
    import numpy as np

    return np.hstack([encoded.seen, encoded.lower, head_features(encoded.logits, kinds)])


def _batches(looked: NDArray[Any]) -> Iterator[tuple[slice, NDArray[Any]]]:
    import numpy as np

    for start in range(0, len(looked), _BATCH):
        rows = slice(start, min(start + _BATCH, len(looked)))
        filled = np.zeros((_BATCH, looked.shape[1]))
        filled[: rows.stop - rows.start] = looked[rows]
        yield rows, filled


def _gelu(values: NDArray[Any]) -> NDArray[Any]:
    from scipy.special import ndtr

    activated: NDArray[Any] = values * ndtr(values)
    return activated


def save_telling(head: TellingHead, folder: Path) -> None:
    """Two files; the same head gives the same bytes."""
    import numpy as np
    from safetensors.numpy import save

    wide = {name: np.float16 if name in ("inner", "outer", "direct", "grams") else np.float32 for name in _shapes(1, 1)}
    arrays = {name: np.ascontiguousarray(getattr(head, name).astype(kind)) for name, kind in wide.items()}
    (folder / NUMBERS).write_bytes(save(arrays))
    settings = {"fields": DISCLOSURES, "points": dict(head.points), "encoder": head.encoder}
    (folder / SETTINGS).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")


def load_telling(folder: Path) -> TellingHead:
    """Raises ConfigError where a file is missing, damaged, or made for other fields."""
    import numpy as np
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        arrays = {name: value.astype(np.float64) for name, value in load_file(folder / NUMBERS).items()}
        settings = json.loads((folder / SETTINGS).read_text("utf-8"))
        head = TellingHead(**arrays, points=settings["points"], encoder=settings["encoder"])
        fits = tuple(settings["fields"]) == DISCLOSURES and _shapes(*head.inner.shape) == {
            name: value.shape for name, value in arrays.items()
        }
    except (OSError, SafetensorError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(
            "The head for what people tell of themselves cannot be read.",
            found=f"{folder}: {type(error).__name__} {error}",
            do="install the package again, or choose another extractor in [mentions]",
        ) from error
    if not fits:
        raise ConfigError(
            "The head for what people tell of themselves was made for another version.",
            found=f"{folder}: {len(settings['fields'])} fields, {len(DISCLOSURES)} are known",
            do="install the package again, or make the weights anew with this version",
        )
    return head


def _shapes(width: int, hidden: int) -> dict[str, tuple[int, ...]]:
    fields = len(DISCLOSURES)
    return {
        "mean": (width,), "scale": (width,), "inner": (width, hidden), "inner_bias": (hidden,), "outer": (hidden, fields),
        "outer_bias": (fields,), "direct": (width, fields), "grams": (WORD_COLUMNS, fields), "bias": (fields,),
        "slope": (fields,), "shift": (fields,),
    }  # fmt: skip
