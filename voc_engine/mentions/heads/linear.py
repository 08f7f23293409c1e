"""Logistic heads over named features, the encoder's logits and hashed n-grams; each decision can name its reasons."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from voc_engine.errors import ConfigError
from voc_engine.mentions.heads.features import COLUMNS
from voc_engine.mentions.heads.labels import KINDS
from voc_engine.records import QUADRANTS, SENTIMENTS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Kinds are independent; of sentiments and quadrants one is chosen. Emotions come from the encoder alone.
GROUPS = {"kinds": KINDS, "sentiment": SENTIMENTS, "quadrant": QUADRANTS}
NUMBERS, NAMES = "heads.safetensors", "heads.json"
OUTPUTS = tuple((group, name) for group, names in GROUPS.items() for name in names)


@dataclass(frozen=True, slots=True)
class LinearHeads:
    """``named`` has shape (names, outputs), ``grams`` (n-gram columns, outputs), ``bias`` and ``slope`` (outputs,).

    A head's log-odds are slope * (features @ weights) + bias: slope and bias carry the calibration. ``prior`` is each
    kind's share in the labelled sentences that were drawn at random; ``scale`` (names,) is each named feature's root
    mean square in training, the unit in which a change of its weight is measured.
    """

    names: tuple[str, ...]
    named: NDArray[Any]
    grams: NDArray[Any]
    bias: NDArray[Any]
    slope: NDArray[Any]
    scale: NDArray[Any]
    prior: Mapping[str, float]

    def matrix(self, features: Sequence[Mapping[str, float]]) -> NDArray[Any]:
        """Named features in the order of ``names``, (sentences, names); others are left out."""
        import numpy as np

        place = _columns(self.names)
        found = np.zeros((len(features), len(self.names)), np.float32)
        for row, values in enumerate(features):
            for name, value in values.items():
                if name in place:
                    found[row, place[name]] = value
        return found

    def log_odds(self, features: NDArray[Any], grams: csr_matrix) -> NDArray[Any]:
        """Shape (sentences, outputs), in the order of OUTPUTS."""
        import numpy as np

        raw = features.astype(np.float64) @ self.named + np.asarray(grams @ self.grams)
        answer: NDArray[Any] = raw * self.slope + self.bias
        return answer

    def contributions(
        self, output: int, features: Mapping[str, float], columns: Mapping[str, int]
    ) -> list[tuple[float, str]]:
        """What spoke for an output: (log-odds, name) of named features and of word n-grams, the strongest first.

        ``columns`` maps the sentence's word n-grams to their columns.
        """
        place = _columns(self.names)
        slope = float(self.slope[output])
        own = [
            (slope * value * float(self.named[place[name], output]), name)
            for name, value in features.items()
            if name in place
        ]
        share = 1 / max(1.0, len(columns)) ** 0.5
        own += [(slope * share * float(self.grams[column, output]), f"'{gram}'") for gram, column in columns.items()]
        return sorted((pair for pair in own if pair[0] > 0), key=lambda pair: (-pair[0], pair[1]))


@lru_cache(maxsize=8)
def _columns(names: tuple[str, ...]) -> dict[str, int]:
    return {name: column for column, name in enumerate(names)}


def save_heads(heads: LinearHeads, folder: Path, encoder: str = "") -> None:
    """Two files: heads.safetensors with the numbers, heads.json with the names. The same heads give the same bytes.

    ``encoder`` is the hash of the encoder's weights that the heads belong to, where they are not shipped beside it.
    """
    import numpy as np
    from safetensors.numpy import save

    arrays = {
        "named": heads.named.astype(np.float32),
        "grams": heads.grams.astype(np.float16),
        "bias": heads.bias.astype(np.float32),
        "slope": heads.slope.astype(np.float32),
        "scale": heads.scale.astype(np.float32),
    }
    (folder / NUMBERS).write_bytes(save({name: np.ascontiguousarray(value) for name, value in arrays.items()}))
    told = {"names": heads.names, "outputs": OUTPUTS, "prior": dict(heads.prior)}
    if encoder:
        told["encoder"] = encoder
    (folder / NAMES).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load_heads(folder: Path) -> LinearHeads:
    """Raises ConfigError where a file is missing, damaged, or made for other outputs."""
    import numpy as np
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        arrays = load_file(folder / NUMBERS)
        told = json.loads((folder / NAMES).read_text("utf-8"))
        outputs, names, prior = [tuple(one) for one in told["outputs"]], tuple(told["names"]), dict(told["prior"])
        wide = {name: arrays[name].astype(np.float64) for name in _shapes(0)}
    except (OSError, SafetensorError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            "The mention heads cannot be read.",
            found=f"{folder}: {type(error).__name__} {error}",
            do="make them with 'voc train', install the package again, or choose another extractor in [mentions]",
        ) from error
    shapes = {name: value.shape for name, value in wide.items()}
    if outputs != list(OUTPUTS) or shapes != _shapes(len(names)):
        raise ConfigError(
            "The mention heads were made for another version.",
            found=f"{folder}: {len(outputs)} outputs, {len(names)} names",
            do="make them again with 'voc train'",
        )
    return LinearHeads(names, **wide, prior=prior)


def encoder_of(folder: Path) -> str:
    """The hash of the encoder's weights that the heads in ``folder`` belong to; empty where they do not say."""
    told = json.loads((folder / NAMES).read_text("utf-8"))
    return str(told.get("encoder", ""))


def content_of(folder: Path) -> str:
    """Hash (16 hex digits) of the heads in ``folder``, wherever it lies. Raises ConfigError where there are none."""
    digest = blake2b(digest_size=8)
    try:
        for name in (NUMBERS, NAMES):
            digest.update(blake2b((folder / name).read_bytes()).digest())
    except OSError as error:
        raise ConfigError(
            f"There are no mention heads in {folder}.",
            found=str(error),
            do="name the folder that 'voc train FILE --out DIR' wrote, or leave the setting out",
        ) from error
    return digest.hexdigest()


def _shapes(names: int) -> dict[str, tuple[int, ...]]:
    """The shape of each array, by the number of named features."""
    return {
        "named": (names, len(OUTPUTS)),
        "grams": (COLUMNS, len(OUTPUTS)),
        "bias": (len(OUTPUTS),),
        "slope": (len(OUTPUTS),),
        "scale": (names,),
    }
