"""Several sessions in one file: "Interview 2, 5 March" above each. Every session is a talk with people of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from voc_engine.ingest.keywords import keywords

_KEYWORDS = keywords("sessions")

_WORDS = _KEYWORDS.pattern("words")
_HEADING = re.compile(
    rf"^[\s#*_=–—-]{{0,8}}(?P<what>{_WORDS})[\s_]*(?:no\.?|nr\.?|number|#|n°|º)?[\s_]*(?P<number>\d{{1,3}}|[A-Z])\b(?P<rest>[^\n]{{0,70}})$",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"[.?!…]\s*[*_]*$|:\s+\S.*[.?!]$")
_FEWEST_LINES = 3  # a choice: a table of contents has one line under each heading
_HEADING_CHARS = 120  # a choice: more is speech


@dataclass(frozen=True)
class Session:
    """Lines ``start`` to ``stop`` of a file, half-open; ``heading`` is its first line, "" for a file of one session."""

    start: int
    stop: int
    heading: str = ""


def sessions(lines: Sequence[str]) -> list[Session]:
    """The sessions of a file: one where no headings with one word and rising numbers part it."""
    marks = [(n, match) for n, line in enumerate(lines) if (match := _heading(lines, n, line))]
    words = {match["what"].casefold() for _, match in marks}
    for what in sorted(words):
        mine = [(n, match["number"].upper()) for n, match in marks if match["what"].casefold() == what]
        numbers = [number for _, number in mine]
        if len(mine) > 1 and len(set(numbers)) == len(numbers) and mine[0][0] <= _first_words(lines) + 3:
            stops = [*(n for n, _ in mine[1:]), len(lines)]
            starts = [0, *(n for n, _ in mine[1:])]
            if all(_filled(lines[start:stop]) >= _FEWEST_LINES for start, stop in zip(starts, stops, strict=True)):
                return [
                    Session(start, stop, lines[n].strip(" #*_=–—-"))
                    for start, stop, (n, _) in zip(starts, stops, mine, strict=True)
                ]
    return [Session(0, len(lines))]


def _heading(lines: Sequence[str], n: int, line: str) -> re.Match[str] | None:
    """A heading stands alone: nothing above it, and it neither ends nor reads like speech."""
    if (
        len(line) > _HEADING_CHARS
        or (n and lines[n - 1].strip() and not line.lstrip().startswith("#"))
        or _SPEECH.search(line)
    ):
        return None
    match = _HEADING.match(line)
    # "Participant 7:" alone is a label.
    return None if match and match["rest"].strip(" *_").endswith(":") else match


def _first_words(lines: Sequence[str]) -> int:
    return next((n for n, line in enumerate(lines) if line.strip()), 0)


def _filled(lines: Sequence[str]) -> int:
    return sum(1 for line in lines if line.strip())


def only(lines: Sequence[str], session: Session) -> str:
    """The session's text with empty lines for those before it, so that line numbers are those of the file."""
    return "\n" * session.start + "\n".join(lines[session.start : session.stop])
