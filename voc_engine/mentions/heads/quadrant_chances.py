"""How surely a mention stands in each quadrant of an empathy map, from the log-odds of all heads.

The quadrant's head learned from sentences that were read alone; of mentions in their windows it takes too many facts for
thoughts and deeds. A multinomial logistic fit says how sure it may be ("matrix scaling", Guo et al. 2017), of its four
log-odds and of what the others say: a pain point is seldom a thought, a goal seldom a deed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voc_engine.errors import ConfigError
from voc_engine.mentions.heads.linear import OUTPUTS
from voc_engine.records import QUADRANTS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

TOLD = "quadrants.json"
_DIGITS = 4  # of what is stored; finer, the last digits would follow the fit's processor
_OWN = [OUTPUTS.index(("quadrant", name)) for name in QUADRANTS]


@dataclass(frozen=True, slots=True)
class QuadrantChances:
    """``weights`` (OUTPUTS, QUADRANTS) and ``bias`` (QUADRANTS,), float64; ``encoder`` is the hash of the encoder's
    weights."""

    weights: NDArray[Any]
    bias: NDArray[Any]
    encoder: str = ""

    def chances(self, odds: NDArray[Any]) -> NDArray[Any]:
        """Probabilities (texts, QUADRANTS) for log-odds (texts, OUTPUTS). Each text by itself: what
        stands beside it does not move the last bits."""
        import numpy as np
        from scipy.special import softmax

        found = np.zeros((len(odds), len(QUADRANTS)))
        for row, own in enumerate(odds.astype(np.float64)):
            found[row] = softmax((own[:, None] * self.weights).sum(0) + self.bias)
        return found

    def likeliest(self, odds: NDArray[Any]) -> list[tuple[str, float]]:
        """The quadrant with the highest log-odds of each text (texts, OUTPUTS), and how sure it may be."""
        places, chances = odds[:, _OWN].argmax(1), self.chances(odds)
        return [(QUADRANTS[place], round(float(own[place]), 4)) for place, own in zip(places, chances, strict=True)]


def save_chances(fit: QuadrantChances, folder: Path) -> None:
    """One file; the same fit gives the same bytes."""
    told = {
        "encoder": fit.encoder,
        "quadrants": QUADRANTS,
        "heads": [name for _, name in OUTPUTS],
        "weights": fit.weights.round(_DIGITS).tolist(),
        "bias": fit.bias.round(_DIGITS).tolist(),
    }
    (folder / TOLD).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def load_chances(folder: Path) -> QuadrantChances:
    """Raises ConfigError where the file is missing, damaged, or made for other quadrants."""
    import numpy as np

    try:
        told = json.loads((folder / TOLD).read_text("utf-8"))
        weights, bias = (np.array(told[name], np.float64) for name in ("weights", "bias"))
        made = (weights.shape, bias.shape, tuple(told["quadrants"]), tuple(told["heads"]))
        encoder = str(told["encoder"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(folder, f"{type(error).__name__} {error}") from error
    heads, many = tuple(name for _, name in OUTPUTS), len(QUADRANTS)
    if made != ((len(heads), many), (many,), QUADRANTS, heads):
        raise _unreadable(folder, f"made for {', '.join(made[2])} from {', '.join(made[3])}")
    return QuadrantChances(weights, bias, encoder)


def _unreadable(folder: Path, found: str) -> ConfigError:
    return ConfigError(
        "How surely mentions stand in their quadrants cannot be read.",
        found=f"{folder / TOLD}: {found}",
        do="install the package again, or choose another extractor in [mentions]",
    )
