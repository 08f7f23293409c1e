"""Cells for a spreadsheet: what it would run as a formula is made harmless by an apostrophe (OWASP, CSV injection)."""

from __future__ import annotations

import re

# What begins a formula, also in full width.
_SURE = "=+@\uff1d\uff0b\uff20"
_DASH = "\\-\uff0d"
# What no reader sees before it, and quotation marks, which a program may take for its own.
_UNSEEN = '\\s\\x00-\\x1f"\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff'
# Where a cell ends for a program that takes another mark than the comma for the separator.
_ENDS = ",;|\t\r\n"
# Behind a separator dashes and a blank begin an item of a list.
_BEHIND = re.compile(f"(?<![{_UNSEEN}{_ENDS}])[{_UNSEEN}{_ENDS}]++(?=[{_SURE}]|[{_DASH}]++\\S)")
_BEGINS = re.compile(f"[{_UNSEEN}]*+[{_SURE}{_DASH}]|[\t\r\n]")
_NUMBER = re.compile(r"[-+]?[\d .,:()/%-]*")
# In RE2's syntax, which has no look-around: whether a cell may have to be guarded.
SUSPECT = f"^[{_UNSEEN}\\p{{Z}}]*[{_SURE}{_DASH}]|[\t\r\n]|[{_ENDS}][{_UNSEEN}\\p{{Z}}]*[{_SURE}{_DASH}]"


def guarded(cell: str) -> str:
    """The cell with an apostrophe before whatever a spreadsheet would run: at its beginning and behind separators.

    Invisible marks and quotation marks before a formula hide nothing. A number with its sign stays as it is; so does a
    cell that is guarded.
    """
    if _NUMBER.fullmatch(cell):
        return cell
    safe = _BEHIND.sub(_marked, cell)
    return f"'{safe}" if _BEGINS.match(safe) else safe


def _marked(run: re.Match[str]) -> str:
    return f"{run.group()}'" if set(_ENDS) & set(run.group()) else run.group()
