"""Weights in eight bits, as they are stored: each row of a matrix as whole numbers with one scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

_SCALE = ".scale"
_LEVELS = 127  # of a signed byte, the same on both sides of 0
_NOTHING = 1e-12  # a row of zeros has a scale too
_MATRIX = 2  # dimensions


def shrunk(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Each row of each matrix as round(127 x / max |x|), its scale beside it under a name of its own; all else in full.

    Sorted by name, so that the same weights give the same file.
    """
    stored: dict[str, Tensor] = {}
    for name, value in sorted(state.items()):
        if value.dim() == _MATRIX and min(value.shape) > 1:
            scale = value.abs().amax(1, keepdim=True).clamp_min(_NOTHING) / _LEVELS
            stored[name] = (value / scale).round().char().contiguous()
            stored[name + _SCALE] = scale.contiguous()
        else:
            stored[name] = value.contiguous()
    return stored


def widened(stored: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights that ``shrunk`` stored, in float32."""
    weights = {}
    for name, value in stored.items():
        if not name.endswith(_SCALE):
            scale = stored.get(name + _SCALE)
            weights[name] = value if scale is None else value.float() * scale
    return weights
