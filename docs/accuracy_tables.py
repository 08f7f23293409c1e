"""Renews the tables of docs/accuracy.md from what was measured: python -m docs.accuracy_tables FOLDER.

FOLDER is what ``voc evaluate --out FOLDER`` wrote. What people wrote round the tables stays.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

PAGE = Path(__file__).parent / "accuracy.md"
BEGIN, END = (
    "<!-- Figures of 'voc evaluate': renewed by 'python -m docs.accuracy_tables FOLDER'. -->",
    "<!-- End of figures. -->",
)
# How fast a machine is says nothing of how right the labels are.
_LEFT_OUT = "rows/s"


def renewed(page: str, measured: str) -> str:
    """The page with the tables of ``measured`` (the text of evaluation.md) between its two marks; raises ValueError where
    the page has no marks or nothing is measured."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    tables = _tables(measured)
    if not begin or not end or not tables:
        raise ValueError("no marks in the page" if tables else "no table among what was measured")
    return "\n\n".join([before + BEGIN, *tables, END]) + after


def _tables(measured: str) -> list[str]:
    """Tables and the heads between them, without the column that is left out."""
    parts = []
    for kind, lines in groupby(measured.splitlines(), key=lambda line: line[:1] if line[:1] in "|#" else ""):
        if kind == "|":
            parts.append(_without(_LEFT_OUT, [line.strip("|").split("|") for line in lines]))
        elif kind == "#":
            parts.append("\n\n".join(lines))
    return parts


def _without(column: str, rows: list[list[str]]) -> str:
    kept = [at for at, head in enumerate(rows[0]) if head.strip() != column]
    return "\n".join(f"|{'|'.join(row[at] for at in kept)}|" for row in rows)


def main() -> None:
    """Write the page anew."""
    folder = Path(sys.argv[1])
    measured = (folder / "evaluation.md").read_text(encoding="utf-8")
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), measured), encoding="utf-8")


if __name__ == "__main__":
    main()
