"""Chats whose messages stand under a line with the day and the time, and the name behind it or on the next line
(imessage-exporter's text and web pages, messages copied from a window): rewritten as "[day, time] Name:"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

# "(Read by them after 3 minutes)" stands between the time and the name.
_REMARK = re.compile(r"^\((?:[^()\n]{1,80})\)\s*")
_HEAD_READ = 300  # characters of a line
_LONGEST_NAME = 60
_MOST_NAME_WORDS = 5
_FEWEST = 2  # messages
_ONCE_WORDS = 3  # a choice: given name, middle name and surname
_MOST_NAMES = 0.6  # a choice: names for each message; more are words that stand below a time
_ENDS_SENTENCE = re.compile(r"[.!?…。！？]$")
_BELOW = re.compile(r"^(?:Tapbacks|Reactions):$")
_TOLD_BELOW = re.compile(
    r"^(?:This message responded to an earlier message\.|Sent with [A-Z][\w ]{2,30}|/\S.{0,200}\.\w{2,5})$"
)


@dataclass(frozen=True)
class Head:
    """A line with a time and nothing of a message: ``name`` stands on line ``named``, which may be the same one."""

    stamp: str
    name: str
    named: int


def with_heads(lines: Sequence[str], stamp: re.Pattern[str]) -> tuple[list[str], list[tuple[int, str]]]:
    """(lines in which each head is "[day, time] Name:", (line, text) of what no person said); the lines as they are where
    no such heads stand. ``stamp`` matches a time at the beginning of a line, with groups day and hour."""
    heads = _heads(lines, stamp)
    names = Counter(head.name for head in heads.values())
    if len(heads) < _FEWEST or len(names) > max(_FEWEST, _MOST_NAMES * len(heads)):
        return list(lines), []
    rewritten, aside = [line.strip() for line in lines], list[tuple[int, str]]()
    later: set[tuple[str, str, str]] = set()
    places = sorted(heads)
    stamped = [number for number, line in enumerate(lines) if stamp.match(line[:_HEAD_READ].strip())]
    ends = [next((one for one in stamped[bisect_right(stamped, place) :]), len(lines)) for place in places]
    for place, end in zip(reversed(places), reversed(ends), strict=True):
        head, body = heads[place], range(heads[place].named + 1, end)
        for number in range(place, head.named + 1):
            rewritten[number] = ""
        aside += _without_reactions(rewritten, body)
        said = (head.stamp, head.name, "\n".join(rewritten[number] for number in body).strip())
        if said in later:
            # An answer stands below what it answers, and once more in its own place, which is later.
            aside += _take(rewritten, body)
        else:
            later.add(said)
            rewritten[place] = f"[{head.stamp}] {head.name}:"
    return rewritten, sorted(aside)


def _take(lines: list[str], places: Sequence[int]) -> list[tuple[int, str]]:
    """What stands on these lines, which are blank afterwards."""
    taken = [(number, lines[number]) for number in places if lines[number]]
    for number in places:
        lines[number] = ""
    return taken


def _heads(lines: Sequence[str], stamp: re.Pattern[str]) -> dict[int, Head]:
    heads: dict[int, Head] = {}
    for number, line in enumerate(lines):
        plain = line[:_HEAD_READ].strip()
        match = stamp.match(plain)
        if match is None:
            continue
        rest = _REMARK.sub("", plain[match.end() :].strip())
        below = number + 1 if number + 1 < len(lines) else number
        named = number if rest else below
        name = rest or lines[below].strip()
        if (named == number and not rest) or not _is_name(name):
            continue
        heads[number] = Head(f"{match['day']}, {match['hour']}", name, named)
    names = Counter(head.name for head in heads.values())
    # Who comes once with a long name is none: "You named the conversation Prices" is the program's.
    return {n: head for n, head in heads.items() if names[head.name] > 1 or len(head.name.split()) <= _ONCE_WORDS}


def _is_name(text: str) -> bool:
    plain = 0 < len(text) <= _LONGEST_NAME and ":" not in text and not _ENDS_SENTENCE.search(text)
    return plain and len(text.split()) <= _MOST_NAME_WORDS and re.match(r"[^\W_]|\+\d", text) is not None


def _without_reactions(lines: list[str], body: Sequence[int]) -> list[tuple[int, str]]:
    """What the program tells below the words of a message; taken out of the lines."""
    aside: list[tuple[int, str]] = []
    below = False
    for number in body:
        line = lines[number]
        below = (below and bool(line)) or bool(_BELOW.match(line))
        if line and (below or _TOLD_BELOW.match(line)):
            aside.append((number, line))
            lines[number] = ""
    return aside
