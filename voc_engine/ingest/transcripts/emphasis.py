"""Documents in which bold type tells who speaks: names in bold above the words, or questions in bold and answers plain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from voc_engine.ingest.transcripts.prompts import PROMPT
from voc_engine.ingest.transcripts.speakers import QUESTION_AND_ANSWER, name_shaped

_FEWEST = 2  # one line in bold is a title
_MOSTLY = 0.6  # a choice: more than half, with some lines in bold for other reasons
_LONGEST_NAME = 50  # characters; a choice: name and part ("Dr. Anna Berg, moderator")
BY_TYPE = "speakers: lines in bold are taken for questions, plain ones for answers"
_PAIR = 2  # who talk to each other


def labelled_by_emphasis(lines: Sequence[str], bold: Collection[int]) -> tuple[list[str], str]:
    """(lines with labels where bold type names the speakers, what is to be told of it, "" where it names none)."""
    marked = [n for n in sorted(bold) if lines[n].strip()]
    if len(marked) < _FEWEST or any(_has_label(lines[n]) for n in marked):
        return list(lines), ""
    names = Counter(_bare(lines[n]) for n in marked if _is_name(lines, n))
    returning = {name for name, count in names.items() if count > 1}
    if len(returning) > 1 or (returning and len(names) == _PAIR):
        return [f"{_bare(line)}:" if n in bold and _bare(line) in names else line for n, line in enumerate(lines)], ""
    asking = sum(1 for n in marked if _asks(lines[n]))
    if asking < _FEWEST or asking < _MOSTLY * len(marked) or not _answered(lines, marked):
        return list(lines), ""
    return _questions(lines, set(marked)), BY_TYPE


def _bare(line: str) -> str:
    return line.strip().rstrip(":").strip()


def _has_label(line: str) -> bool:
    label, colon, rest = line.partition(":")
    return bool(colon and rest.strip()) and name_shaped(label)


def _is_name(lines: Sequence[str], n: int) -> bool:
    name = _bare(lines[n])
    below = n + 1 < len(lines)
    return below and 0 < len(name) <= _LONGEST_NAME and name[-1] not in ".?!,;" and name_shaped(name)


def _asks(line: str) -> bool:
    return line.rstrip(" \"”'’)").endswith(("?", "？", "؟")) or PROMPT.match(line.strip()) is not None


def _answered(lines: Sequence[str], marked: Sequence[int]) -> bool:
    """Whether plain words follow most of the questions."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    after = dict(pairwise(filled))
    return sum(1 for n in marked if after.get(n, n) not in marked) >= _MOSTLY * len(marked)


def _questions(lines: Sequence[str], bold: Collection[int]) -> list[str]:
    question, answer = QUESTION_AND_ANSWER
    first = min(bold)
    labelled: list[str] = []
    speaking = ""
    for n, line in enumerate(lines):
        label = question if n in bold else answer
        opens = n >= first and line.strip() and label != speaking
        labelled.append(f"{label}: {line.strip()}" if opens else line)
        speaking = label if opens else speaking
    return labelled
