"""What programs write around the words of a cell: formula guards, escapes of databases and of workbooks, typed values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

# Excel's guard against turning "00123" into a number, and the apostrophe that keeps a formula from running.
_GUARDED = re.compile(r'="(?P<inside>[^"]*(?:""[^"]*)*)"')
_APOSTROPHE = re.compile(r"'(?=[=+@-])")
# Office Open XML writes control characters so (ECMA-376, part 1, 22.4.2.4).
_OFFICE_ESCAPE = re.compile(r"_x(?P<code>00(?:0[9ADad]|1[Ff]))_")
_NULL = "\\N"
_ESCAPE = re.compile(r"\\(?P<what>[nrt'\"\\])")
_MEANS = {"n": "\n", "r": "\n", "t": "\t", "'": "'", '"': '"', "\\": "\\"}
_SURE_ESCAPE = re.compile(r"\\['\"]|\w\\n\w|\\n\\n|\\r\\n")
# A cell of JSON has escapes of its own.
_RECORD = ("{", "[")
_PATH = re.compile(r"\b[A-Za-z]:\\|\\\\\w")
# MongoDB's extended JSON, version 2: {"$oid": "..."}, {"$date": {"$numberLong": "..."}}.
_TYPED = frozenset(
    ("$oid", "$date", "$numberInt", "$numberLong", "$numberDouble", "$numberDecimal", "$uuid", "$symbol")
)


def unguarded(cell: str) -> str:
    """The cell without a spreadsheet's guards; a database's NULL is blank."""
    if cell == _NULL:
        return ""
    if cell[:1] == "=" and (match := _GUARDED.fullmatch(cell.strip())):
        return match["inside"].replace('""', '"')
    if cell[:1] == "'":
        return _APOSTROPHE.sub("", cell, count=1)
    if "_x00" in cell:
        return re.sub(r"\n+", "\n", _OFFICE_ESCAPE.sub("\n", cell)).strip("\n")
    return cell


def are_escaped(cells: Iterable[str]) -> bool:
    """Whether a table's backslashes are escapes (a database's dump): an escaped quote, a NULL or a line feed between two
    words says so, a path of Windows says no."""
    sure = False
    for cell in cells:
        if "\\" not in cell or cell.startswith(_RECORD):
            continue
        if _PATH.search(cell):
            return False
        sure = sure or cell == _NULL or bool(_SURE_ESCAPE.search(cell))
    return sure


def unescaped(cell: str) -> str:
    """The cell with a dump's escapes made what they stand for."""
    if "\\" not in cell or cell.startswith(_RECORD):
        return cell
    return _ESCAPE.sub(lambda match: _MEANS[match["what"]], cell)


def untyped(value: Any) -> Any:
    """A value of MongoDB's extended JSON as plain JSON; anything else as it is."""
    while isinstance(value, dict) and len(value) == 1 and next(iter(value)) in _TYPED:
        value = next(iter(value.values()))
    return value
