"""What an embedder is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class Embedder(Protocol):
    """Turns texts into unit-length vectors. A text's vector must not depend on the other texts of the call: parts
    are embedded in any order and grouping, and the promise of equal bytes rests on this."""

    name: str
    revision: str

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Matrix of shape (len(texts), dimensions), float32, rows of length 1."""
        ...
