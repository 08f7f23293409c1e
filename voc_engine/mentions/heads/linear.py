"""Logistic heads over named features, the encoder's logits and hashed n-grams; each decision can name its reasons."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voc_engine.errors import ConfigError
from voc_engine.mentions.heads.labels import KINDS
from voc_engine.records import QUADRANTS, SENTIMENTS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Kinds are independent; of sentiments and quadrants one is chosen. Emotions come from the encoder alone.
GROUPS = {"kinds": KINDS, "sentiment": SENTIMENTS, "quadrant": QUADRANTS}
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

        place = {name: column for column, name in enumerate(self.names)}
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
        place = {name: column for column, name in enumerate(self.names)}
        slope = float(self.slope[output])
        own = [
            (slope * value * float(self.named[place[name], output]), name)
            for name, value in features.items()
            if name in place
        ]
        share = 1 / max(1.0, len(columns)) ** 0.5
        own += [(slope * share * float(self.grams[column, output]), f"'{gram}'") for gram, column in columns.items()]
        return sorted((pair for pair in own if pair[0] > 0), key=lambda pair: (-pair[0], pair[1]))


def save_heads(heads: LinearHeads, folder: Path) -> None:
    """Two files: heads.safetensors with the numbers, heads.json with the names. The same heads give the same bytes."""
    import numpy as np
    from safetensors.numpy import save_file

    arrays = {
        "named": heads.named.astype(np.float32),
        "grams": heads.grams.astype(np.float16),
        "bias": heads.bias.astype(np.float32),
        "slope": heads.slope.astype(np.float32),
        "scale": heads.scale.astype(np.float32),
    }
    save_file({name: np.ascontiguousarray(value) for name, value in arrays.items()}, folder / "heads.safetensors")
    told = {"names": heads.names, "outputs": OUTPUTS, "prior": dict(heads.prior)}
    (folder / "heads.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load_heads(folder: Path) -> LinearHeads:
    """Raises ConfigError where a file is missing, damaged, or made for other outputs."""
    import numpy as np
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        arrays = load_file(folder / "heads.safetensors")
        told = json.loads((folder / "heads.json").read_text("utf-8"))
    except (OSError, SafetensorError, ValueError) as error:
        raise ConfigError(
            "The mention heads cannot be read.",
            found=f"{folder}: {error}",
            do="make them with 'voc train', install the package again, or choose another extractor in [mentions]",
        ) from error
    if [tuple(one) for one in told["outputs"]] != list(OUTPUTS) or len(told["names"]) != len(arrays["named"]):
        raise ConfigError(
            "The mention heads were made for another version.",
            found=f"{folder}: {len(told['outputs'])} outputs, {len(told['names'])} names",
            do="make them again with 'voc train'",
        )
    wide = {name: value.astype(np.float64) for name, value in arrays.items()}
    return LinearHeads(tuple(told["names"]), **wide, prior=told["prior"])
