"""Result tables and records as pandas DataFrames, for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa

from voc_engine.records import Record
from voc_engine.store.arrow_tables import to_table
from voc_engine.store.parts import read_parquet

# A whole number that may be missing stays whole, and a column's type does not depend on whether one is missing.
_WHOLE = {pa.int64(): pd.Int64Dtype()}


def table_names(report: Path) -> list[str]:
    """Names of the result tables in a run's report folder, sorted."""
    return sorted(path.stem for path in (report / "tables").glob("*.parquet"))


def frame_of_table(report: Path, name: str) -> pd.DataFrame:
    """A result table of the run whose report folder is given. Raises StoreError where it is missing or damaged."""
    return _frame(read_parquet(report / "tables" / f"{name}.parquet"))


def frame_of_records(kind: type[Record], records: Sequence[Record]) -> pd.DataFrame:
    """One row per record, one column per field."""
    return _frame(to_table(kind, records))


def _frame(table: pa.Table) -> pd.DataFrame:
    return table.to_pandas(types_mapper=_WHOLE.get)  # type: ignore[no-any-return]
