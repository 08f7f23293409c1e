"""Arrays by column name as one Parquet file: what is kept of every document beside its records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from voc_engine.store.parts import read_parquet, write_parquet

if TYPE_CHECKING:
    import numpy.typing as npt

_MATRIX = 2  # dimensions


def write_arrays(path: Path, columns: Mapping[str, npt.NDArray[Any]]) -> None:
    """Columns of one length: numbers of shape (n,), text as numpy's "S", bytes (uint8) of shape (n, width).

    Atomic and durable. Raises StoreError.
    """
    write_parquet(pa.table({name: _arrow(array) for name, array in columns.items()}), path)


def _arrow(array: npt.NDArray[Any]) -> pa.Array:
    if array.ndim == _MATRIX:
        return pa.FixedSizeBinaryArray.from_buffers(
            pa.binary(array.shape[1]), len(array), [None, pa.py_buffer(array.tobytes())]
        )
    return pa.array(array.tolist(), pa.binary()) if array.dtype.kind == "S" else pa.array(array)


def read_arrays(paths: Sequence[Path], column: str) -> npt.NDArray[Any]:
    """One column of several files, one after the other. Raises StoreError for a file that is missing or damaged."""
    import numpy as np

    columns = [_numpy(read_parquet(path, (column,)).column(column)) for path in paths]
    filled = [one for one in columns if len(one)] or columns[:1]
    return np.concatenate(filled)


def _numpy(column: pa.ChunkedArray) -> npt.NDArray[Any]:
    import numpy as np

    if pa.types.is_fixed_size_binary(column.type):
        data = b"".join(column.to_pylist())
        return np.frombuffer(data, np.uint8).reshape(len(column), column.type.byte_width)
    if pa.types.is_binary(column.type):
        return np.array(column.to_pylist(), dtype=np.bytes_)
    return column.to_numpy()  # type: ignore[no-any-return]
