"""Where a gold set's file lies, and its rows as cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from voc_engine.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Source:
    """``path`` is the set's own file, ``folder`` holds files that go with it (label names, training parts).

    ``whole`` is true where a user named the file: then all its rows are measured. A file found under its public name
    that also trains is measured only on what is set aside.
    """

    path: Path
    folder: Path
    whole: bool = False


def text_of(path: Path) -> str:
    """The file's text: UTF-8, else Windows-1252 as spreadsheets write it (a byte that is in neither becomes U+FFFD)."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def table(path: Path, needed: Sequence[str], *, tabs: bool = False) -> list[dict[str, str]]:
    """Rows by column name; tab-separated files have no quotes. Raises ConfigError for a column that is not there."""
    lines = io.StringIO(text_of(path), newline="")
    if tabs:
        reader = csv.DictReader(lines, restval="", delimiter="\t", quoting=csv.QUOTE_NONE)
    else:
        reader = csv.DictReader(lines, restval="")
    columns = list(reader.fieldnames or ())
    if lacking := [name for name in needed if name not in columns]:
        raise ConfigError(
            f"{path.name} has no column {', '.join(map(repr, lacking))}.",
            found=f"columns {', '.join(map(repr, columns))}" if columns else "no columns",
            do=f"give a file with the columns {', '.join(needed)}",
        )
    return list(reader)


def wrong(path: Path, line: int, details: str, do: str) -> ConfigError:
    """The error for a line that cannot be understood."""
    return ConfigError(f"{path.name}, row {line}, cannot be understood.", found=details, do=do)
