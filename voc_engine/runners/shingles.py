"""Shingles of the documents that may be copies, in a nameless file beside the parts: they may be all of a study."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class ShingleFile:
    """Given once in the order of ``rows``, read by row in any order. The file goes with the object."""

    def __init__(self, folder: Path, rows: npt.NDArray[np.int64], shingled: Iterable[npt.NDArray[np.uint64]]) -> None:
        import numpy as np

        self.rows = rows
        self.file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        sizes = [0, *(self.file.write(one.tobytes()) for one in shingled)]
        self.file.flush()
        self.starts = np.cumsum(sizes)

    def read(self, row: int) -> npt.NDArray[np.uint64]:
        """The shingles of a row. Raises KeyError for a row that was not given."""
        import numpy as np

        number = int(np.searchsorted(self.rows, row))
        if number >= len(self.rows) or self.rows[number] != row:
            raise KeyError(row)
        start, end = int(self.starts[number]), int(self.starts[number + 1])
        return np.frombuffer(os.pread(self.file.fileno(), end - start, start), np.uint64)
