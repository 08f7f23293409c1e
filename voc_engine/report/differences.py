"""Where two files of a report first differ, in words that lead to the place."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from voc_engine.errors import EvidenceError, StoreError
from voc_engine.store.parts import read_bytes_as_table, read_parquet

_EXCERPT = 40  # characters; a choice: enough to find the place with a search


def difference(path: Path, name: str, wanted: bytes) -> EvidenceError | None:
    """The error for a file of a report that is not what the run gives again, None where it is."""
    if not path.is_file():
        return _error(f"The file {name} of the report is gone.", f"no file at {path}")
    content = path.read_bytes()
    if content == wanted:
        return None
    if name.endswith(".parquet"):
        return _in_table(path, Path(name).stem, wanted)
    position = first_difference(content, wanted)
    line = content.count(b"\n", 0, position) + 1
    actual, expected = (_excerpt(text, position) for text in (content, wanted))
    return _error(
        f"The file {name} is not what the run gives again.", f"line {line}: {actual} where {expected} belongs"
    )


def first_difference(this: bytes | str, other: bytes | str) -> int:
    """The place of the first byte or character that differs; the end of the shorter one where there is none."""
    pairs = enumerate(zip(this, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(this), len(other)))


def _excerpt(text: bytes, position: int) -> str:
    return repr(text[max(0, position - _EXCERPT // 2) : position + _EXCERPT // 2].decode("utf-8", "replace"))


def _in_table(path: Path, name: str, wanted: bytes) -> EvidenceError:
    try:
        table, again = read_parquet(path), read_bytes_as_table(io.BytesIO(wanted))
    except StoreError as error:
        return _error(f"The table {name} cannot be read.", error.found)
    if table.column_names != again.column_names:
        return _error(f"The table {name} has other columns.", _list_difference(table.column_names, again.column_names))
    rows, wanted_rows = table.to_pylist(), again.to_pylist()
    for number, (row, other) in enumerate(zip(rows, wanted_rows, strict=False)):
        for column in table.column_names:
            if not _same(row[column], other[column]):
                actual = f"{row[column]!r}"[: 2 * _EXCERPT]
                expected = f"{other[column]!r}"[: 2 * _EXCERPT]
                key = next(iter(row.values()))
                cell = f"row {number + 1} ({key}), column {column}"
                return _error(f"The table {name} is not what the run gives again.", f"{cell}: {actual}, not {expected}")
    if len(rows) != len(wanted_rows):
        return _error(f"The table {name} has {len(rows):,} rows.", f"the run gives {len(wanted_rows):,}")
    return _error(
        f"The file tables/{name}.parquet is not what the run gives again.", "its cells are, its bytes are not"
    )


def _same(this: Any, other: Any) -> bool:
    """NaN is itself here; 1 and 1.0, and 0.0 and -0.0 are not the same cell."""
    return repr(this) == repr(other)


def _list_difference(this: list[str], other: list[str]) -> str:
    added, lost = [name for name in this if name not in other], [name for name in other if name not in this]
    parts = [f"added: {', '.join(added)}"] if added else []
    return "; ".join([*parts, *([f"lost: {', '.join(lost)}"] if lost else [])]) or "another order"


def _error(happened: str, details: str) -> EvidenceError:
    return EvidenceError(
        happened, found=details, do="'voc report --again' writes the report anew; if the fault comes back, report it"
    )
