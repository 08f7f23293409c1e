"""The letters that stand for kinds in labelled files."""

from __future__ import annotations

from voc_engine.evaluation.sets.gold_file import Source, wrong

KINDS = {"P": "pain_point", "G": "goal", "O": "objection", "R": "request", "D": "delight", "T": "trigger"}


def kinds_of(source: Source, number: int, cell: str) -> tuple[str, ...]:
    """The kinds of a cell such as "P,D" or "-"; raises ConfigError, naming the row, for a letter that is none."""
    letters = [one.strip() for one in cell.split(",") if one.strip() not in ("", "-")]
    if not set(letters) <= set(KINDS):
        raise wrong(source.path, number, f"labels {cell!r}", f"known are {', '.join(KINDS)} and -")
    return tuple(KINDS[one] for one in letters)
