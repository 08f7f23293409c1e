"""DuckDB over the result tables of a run, in process and read only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from voc_engine.errors import StoreError


@contextmanager
def open_run(report: Path) -> Iterator[Any]:
    """A DuckDB connection with one view per table of the run whose report folder is given."""
    import duckdb

    tables = sorted((report / "tables").glob("*.parquet"))
    if not tables:
        raise StoreError(
            f"{report} holds no result tables.", do="run the study again; a report folder is not to be changed by hand"
        )
    connection = duckdb.connect(":memory:")
    try:
        for path in tables:
            escaped = str(path).replace("'", "''")
            try:
                connection.execute(f"CREATE VIEW \"{path.stem}\" AS SELECT * FROM read_parquet('{escaped}')")
            except duckdb.Error as error:
                raise StoreError(
                    f"{path} is damaged.", found=str(error)[:200], do="delete the report folder and run again"
                ) from error
        yield connection
    finally:
        connection.close()
