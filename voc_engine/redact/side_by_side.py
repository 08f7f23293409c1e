"""Names in a row with another name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voc_engine.privacy.name_lists import DAYS, MONTHS, folded, is_given, listed, may_be_surname, single
from voc_engine.redact.writing import NO_NAME, RUN, SMALL, TOKEN, WORD, Person, is_possessive_brand, is_strange

_AND = re.compile(r"(?:['’]s)?(?:,? (?:and|or|&|&amp;|und|et|y) |, )(?=[^\W\d_])")
_AND_BEFORE = re.compile(rf"(?P<name>{WORD})(?:,? (?:and|&|&amp;|und|et|y) |, )$")
LONGEST_JOINT = 40  # characters of "and", a comma or a title between two names; a bound on time


def named_beside(text: str, people: Sequence[Person]) -> Iterator[Person]:
    """Names in a row with another: "cc Hannah and Mohammed", "Delaney and Shawn", "John and Vicki and rich"."""
    waiting = list(people)
    # A row of a thousand names is gone through once, and not from each of them to its end.
    named = set(waiting)
    while waiting:
        person = waiting.pop()
        for other in (_behind(text, person), _before(text, person)):
            if other is not None and other not in named:
                named.add(other)
                yield other
                if other.start > person.start:
                    waiting.append(other)


def _behind(text: str, person: Person) -> Person | None:
    joint = _AND.match(text, person.end)
    if joint is None:
        return None
    run = RUN.match(text, joint.end())
    if run is None:
        small = SMALL.match(text, joint.end())
        return Person(*small.span(), person.sure) if small and _is_small_given(text, small) else None
    token = TOKEN.match(run.group())
    if token is None or is_possessive_brand(text, token):
        return None
    plain = folded(token.group())
    if is_given(plain) and plain not in single("brands") | listed("places") and plain not in NO_NAME:
        return Person(run.start(), _full_end(text, run), person.sure)
    alone = " " not in run.group() and not run.group().isupper()
    return Person(run.start(), run.end(), person.sure) if person.sure and alone and _is_strange_name(plain) else None


def _full_end(text: str, run: re.Match[str]) -> int:
    """Where a name ends that begins a run of capitals with a given name: behind initials and family names."""
    first, *more = TOKEN.finditer(text, run.start(), run.end())
    end = first.end()
    for token in more:
        plain = folded(token.group().rstrip("."))
        if len(plain) > 1 and not may_be_surname(plain):
            break
        end = token.end()
    return end


def _is_small_given(text: str, small: re.Match[str]) -> bool:
    """ "John and Vicki and rich." names a third only where nothing follows that "rich" would tell of."""
    plain = small.group()
    ends = text[small.end() : small.end() + 1] in ("", ".", ",", "!", "?", "\n")
    return plain.islower() and is_given(plain) and ends and plain not in listed("places")


def _before(text: str, person: Person) -> Person | None:
    joint = _AND_BEFORE.search(text, max(0, person.start - LONGEST_JOINT), person.start)
    if joint is None or (joint.start() and text[joint.start() - 1] in "-_@#/.'’"):
        return None
    return Person(*joint.span("name")) if _is_strange_name(folded(joint["name"])) else None


def _is_strange_name(plain: str) -> bool:
    is_name = is_given(plain) or may_be_surname(plain)
    return is_name and is_strange(plain) and plain not in DAYS | MONTHS
