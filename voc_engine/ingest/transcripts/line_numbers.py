"""Numbers that printing or a transcriber put beside the lines: they are no words of anybody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

_LEADING = re.compile(r"^\s{0,8}[\[|]?(?P<number>\d{1,5})(?:[\]|.:]{0,2}\t|[\]|]\s|\s{1,8}(?=\D)|\s*$)(?P<text>.*)$")
_ALONE = re.compile(r"^\s*(?P<number>\d{1,5})\s*$")
_STEPS = (1, 2, 5, 10)  # every line, every second, fifth or tenth: what word processors offer
_FEWEST = 4  # a choice: three numbers in a row may be a list
_MOST_OF_ALL = 0.8  # a choice: extraction loses some, and headings have none
_A_FIFTH = 0.12  # of the lines, where every fifth is numbered: .2 less those that extraction lost
# A gutter of numbers that a PDF gives as lines of their own, after or between the lines that they count.
_GUTTER = 8


def without_line_numbers(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """(lines without their numbers, the numbers). The lines stay as many, those that held a number only are empty."""
    counted = _counted(lines)
    if counted is None:
        return list(lines), []
    bare = [match["text"] if (match := counted.get(n)) else line for n, line in enumerate(lines)]
    return bare, [match["number"] for match in counted.values()]


def _counted(lines: Sequence[str]) -> dict[int, re.Match[str]] | None:
    """Line -> its number, where numbers run through a text in steps of one; None where they do not.

    Every line may bear one, or each fifth; a list of points restarts or has other lines between its numbers.
    """
    numbered = {n: match for n, line in enumerate(lines) if (match := _LEADING.match(line))}
    filled = sum(1 for line in lines if line.strip())
    if len(numbered) < _FEWEST or 2 * sum(1 for match in numbered.values() if match["text"][:1].isdigit()) > len(
        numbered
    ):
        # Two numbers are times.
        return None
    numbers = [(n, int(match["number"])) for n, match in numbered.items()]
    steps = Counter(two[1] - one[1] for one, two in pairwise(numbers))
    step, often = steps.most_common(1)[0]
    if step not in _STEPS or often < _MOST_OF_ALL * (len(numbers) - 1):
        return None
    spread = Counter(two[0] - one[0] for one, two in pairwise(numbers))
    every = len(numbered) >= _MOST_OF_ALL * filled
    fifth = step > 1 and len(numbered) >= _A_FIFTH * filled and spread[step] >= _MOST_OF_ALL * (len(numbers) - 1)
    return numbered if every or fifth else None


def gutter(lines: Sequence[str]) -> set[int]:
    """Lines that are numbers only and count on from each other, as printed line numbers of a page do."""
    numbered = [(n, int(match["number"])) for n, line in enumerate(lines) if (match := _ALONE.match(line))]
    return {n for run in _runs(numbered) if len(run) >= _GUTTER for n in run}


def _runs(numbered: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    run: list[int] = []
    before: int | None = None
    for n, number in numbered:
        if before is None or number - before not in _STEPS:
            yield run
            run = []
        run.append(n)
        before = number
    yield run
