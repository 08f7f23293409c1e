"""Rows below a table that are no rows of it: totals, averages, who made the report and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.source import SourceFile
from voc_engine.records import Skipped

_KEYWORDS = keywords("footers")

_SAYS = re.compile(_KEYWORDS.pattern("says"), re.IGNORECASE)
_NAMED_ID = re.compile(r"(?:^|[\W_])(?:id|number|nr|no|key|#)(?:$|[\W_])", re.IGNORECASE)
MOST_FOOTERS = 12  # a choice: totals of a few columns, filters and who made it; rows are held back until they are told
_FILLED = 0.95  # a choice: one empty cell in twenty may be a gap, more are usual in this column

Cells = dict[str, str]


def needed(columns: Sequence[str], rows: Sequence[Cells]) -> list[str]:
    """The columns that are filled in nearly every row; the last ones apart, which may be below the table."""
    body = rows[: -min(MOST_FOOTERS, len(rows) // 2)] if rows[2:] else rows
    return [c for c in columns if body and sum(bool(r.get(c, "").strip()) for r in body) >= _FILLED * len(body)]


def may_be_footer(cells: Cells, always: Sequence[str]) -> bool:
    """Whether a row leaves half or more of these columns blank and says what stands below tables, or has no id."""
    if len(always) <= 1 or sum(bool(cells.get(c, "").strip()) for c in always) > len(always) / 2:
        return False
    if any(_SAYS.match(cell) for cell in cells.values() if cell.strip()):
        return True
    ids = [c for c in always if _NAMED_ID.search(c)]
    return bool(always[2:]) and bool(ids) and not any(cells.get(c, "").strip() for c in ids)


def told_footer(source: SourceFile, locator: str, cells: Cells) -> Skipped:
    """Skipped: a line below the table, with what it says."""
    return set_aside(source, locator, "line below the table", " | ".join(one for one in cells.values() if one.strip()))
