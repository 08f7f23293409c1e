"""The last layer: calibrated logistic heads over what the encoder says, one output each, with a prior per kind of source.

The encoder says how much a sentence speaks of a kind; how much is enough depends on how often the kind comes up, which
differs from interviews to reviews. So the last layer is fitted on sentences drawn at random, by kind of source.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from voc_engine.errors import ConfigError
from voc_engine.mentions.heads.features import COLUMNS, NAMES
from voc_engine.mentions.heads.labels import KINDS, WORTH
from voc_engine.records import QUADRANTS, SENTIMENTS

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Kinds are independent; of sentiments and quadrants one is chosen. The rest comes from the encoder as it is.
GROUPS = {"kinds": KINDS, "sentiment": SENTIMENTS, "quadrant": QUADRANTS, "worth": WORTH}
NUMBERS, SETTINGS = "heads.safetensors", "heads.json"
OUTPUTS = tuple((group, name) for group, names in GROUPS.items() for name in names)


@dataclass(frozen=True, slots=True)
class LinearHeads:
    """``named`` has shape (NAMES, outputs), ``grams`` (n-gram columns, outputs), ``bias`` and ``slope`` (outputs,).

    A head's log-odds are slope * (features @ weights) + bias: slope and bias carry the calibration. ``scale`` (NAMES,) is
    each feature's root mean square in training, the unit in which a change of its weight is measured. ``prior`` is
    each kind's share in the sentences drawn at random, by kind of source. ``off`` names, by kind, the kinds of source
    where its precision on sentences kept aside stayed under one in .6; ``doubted``, by kind and kind of source, the
    sentiments of a sentence beside which it did. ``severity`` holds the two cuts of the severity
    score, ``encoder`` the hash of the encoder's weights that the heads belong to.
    """

    named: NDArray[Any]
    grams: NDArray[Any]
    bias: NDArray[Any]
    slope: NDArray[Any]
    scale: NDArray[Any]
    prior: Mapping[str, Mapping[str, float]]
    off: Mapping[str, tuple[str, ...]]
    severity: tuple[float, float] = (1 / 3, 2 / 3)
    encoder: str = ""
    doubted: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def log_odds(self, features: NDArray[Any], grams: csr_matrix | None = None) -> NDArray[Any]:
        """Shape (sentences, outputs), in the order of OUTPUTS; ``features`` as ``head_features`` gives them."""
        import numpy as np

        raw = features.astype(np.float64) @ self.named
        if grams is not None and self.speaks_of_grams:
            raw = raw + np.asarray(grams @ self.grams)
        answer: NDArray[Any] = raw * self.slope + self.bias
        return answer

    def doubts(self, kind: str, source: str | None, sentiment: str) -> bool:
        """Whether too few of a kind were right where the sentence itself was read with this sentiment."""
        return source is not None and sentiment in self.doubted.get(kind, {}).get(source, ())

    @property
    def speaks_of_grams(self) -> bool:
        """Whether any n-gram weighs; not so in the shipped heads."""
        return bool(self.grams.any())


def save_heads(heads: LinearHeads, folder: Path) -> None:
    """Two files: heads.safetensors with the numbers, heads.json with the rest. The same heads give the same bytes."""
    import numpy as np
    from safetensors.numpy import save

    arrays = {
        "named": heads.named.astype(np.float32),
        "bias": heads.bias.astype(np.float32),
        "slope": heads.slope.astype(np.float32),
        "scale": heads.scale.astype(np.float32),
    }
    if heads.speaks_of_grams:
        arrays["grams"] = heads.grams.astype(np.float16)
    (folder / NUMBERS).write_bytes(save({name: np.ascontiguousarray(value) for name, value in arrays.items()}))
    settings = {
        "names": NAMES, "outputs": OUTPUTS, "encoder": heads.encoder, "severity": heads.severity,
        "off": {kind: list(sources) for kind, sources in heads.off.items()},
        "doubted": {
            kind: {source: list(sides) for source, sides in by_source.items()}
            for kind, by_source in heads.doubted.items()
        },
        "prior": {source: dict(shares) for source, shares in heads.prior.items()},
    }  # fmt: skip
    (folder / SETTINGS).write_text(json.dumps(settings, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load_heads(folder: Path) -> LinearHeads:
    """Raises ConfigError where a file is missing, damaged, or made for other inputs or outputs."""
    import numpy as np
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        arrays = load_file(folder / NUMBERS)
        settings = json.loads((folder / SETTINGS).read_text("utf-8"))
        shape = (tuple(settings["names"]), tuple(tuple(output) for output in settings["outputs"]))
        arrays.setdefault("grams", np.zeros((COLUMNS, len(OUTPUTS))))
        wide = {name: arrays[name].astype(np.float64) for name in _shapes()}
        heads = LinearHeads(
            **wide,
            prior=settings["prior"],
            off={kind: tuple(sources) for kind, sources in settings["off"].items()},
            severity=tuple(settings["severity"]),
            encoder=settings["encoder"],
            # Heads that were refitted before anything was doubted doubt nothing.
            doubted={
                kind: {source: tuple(sides) for source, sides in by_source.items()}
                for kind, by_source in settings.get("doubted", {}).items()
            },
        )
    except (OSError, SafetensorError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(
            "The mention heads cannot be read.",
            found=f"{folder}: {type(error).__name__} {error}",
            do="make them with 'voc train', install the package again, or choose another extractor in [mentions]",
        ) from error
    if shape != (NAMES, OUTPUTS) or {name: value.shape for name, value in wide.items()} != _shapes():
        raise ConfigError(
            "The mention heads were made for another version.",
            found=f"{folder}: {len(shape[0])} names, {len(shape[1])} outputs",
            do="make them again with 'voc train'",
        )
    return heads


def content_of(folder: Path) -> str:
    """Hash (16 hex digits) of the heads in ``folder``, wherever it lies. Raises ConfigError where there are none."""
    digest = blake2b(digest_size=8)
    try:
        for name in (NUMBERS, SETTINGS):
            digest.update(blake2b((folder / name).read_bytes()).digest())
    except OSError as error:
        raise ConfigError(
            f"There are no mention heads in {folder}.",
            found=str(error),
            do="name the folder that 'voc train FILE --out DIR' wrote, or leave the setting out",
        ) from error
    return digest.hexdigest()


def _shapes() -> dict[str, tuple[int, ...]]:
    outputs = len(OUTPUTS)
    return {
        "named": (len(NAMES), outputs),
        "grams": (COLUMNS, outputs),
        "bias": (outputs,),
        "slope": (outputs,),
        "scale": (len(NAMES),),
    }
