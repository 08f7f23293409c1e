"""How far the columns of an encoder's states reach, on disk: of how many columns the large ones become sums (``layers``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voc_engine.encoder.layers import REACHES, WIDTH
from voc_engine.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor

# A column of up to so many times the middle column's size is left as it is.
_FREE = 2.0
_DIGITS = 2


def reach_of(largest: Tensor) -> Tensor:
    """From the size that each column hardly ever exceeds, (layers, WIDTH), its factor of at least 1, to two digits."""
    middle = largest.median(1, keepdim=True).values
    return (largest / (_FREE * middle)).clamp_min(1.0).round(decimals=_DIGITS)


def save_reach(reach: Mapping[str, Tensor], path: Path) -> None:
    """Write the factors of REACHES, (layers, WIDTH) each; the same factors give the same bytes."""
    from safetensors.torch import save

    path.write_bytes(save({name: reach[name].contiguous() for name in REACHES}))


def load_reach(path: Path) -> dict[str, Tensor]:
    """The factors by the names REACHES. Raises ConfigError where the file cannot be read or holds others."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        factors = load_file(path)
    except (OSError, SafetensorError) as error:
        raise _unfit(f"{path.name}: {error}") from error
    if set(factors) != set(REACHES) or any(one.shape[1:] != (WIDTH,) for one in factors.values()):
        raise _unfit(f"{path.name}: {', '.join(sorted(factors))}")
    return factors


def _unfit(details: str) -> ConfigError:
    return ConfigError(
        "How far an encoder's states reach cannot be read.",
        found=details,
        do="install the package again, or make the file anew with 'python -m training reach'",
    )
