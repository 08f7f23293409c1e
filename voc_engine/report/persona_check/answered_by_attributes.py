"""Lines about who somebody is, held against attributes that the sources give: "plan: Team", "based in the UK"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from voc_engine.personas.profiles import Person
from voc_engine.privacy.withholding import MARK
from voc_engine.records.claim import Claim, Verdict, Witness
from voc_engine.statistics import wilson

# people; and the share below which a claim of all of them is contradicted (upper bound); a choice
_SEVERAL, _FEW = 2, 0.1
_LONGEST_VALUE, _LONGEST_LINE = 3, 8  # words; a choice: longer values and lines are sentences, which the judge reads
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\b")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def from_attributes(claim: Claim, people: Sequence[Person]) -> Verdict | None:
    """The verdict of what is given of the people; None where the line is none that attributes answer.

    Confirmed: more than half of those of whom the attribute is given have the value; contradicted: surely fewer than one in
    ten (the upper bound by Wilson); divided: what lies between.
    """
    pair = _attribute_and_value(claim, people)
    if pair is None:
        return None
    name, value = pair
    values = [(person.person_id, stated) for person in people if (stated := person.stated(name)) and stated != MARK]
    if not values:
        return Verdict(claim, "unheard", 0)
    says = tuple(Witness(who, "", 1.0) for who, own in values if _holds(value, own))
    denies = tuple(Witness(who, "", 1.0) for who, own in values if not _holds(value, own))
    return Verdict(claim, _verdict(len(says), len(values)), len(values), says, denies, given=name)


def _verdict(says: int, total: int) -> str:
    if total < _SEVERAL:
        return "unheard"
    if 2 * says > total:
        return "confirmed" if says >= _SEVERAL else "hint"
    return "contradicted" if wilson(says, total)[1] < _FEW else "divided"


def _attribute_and_value(claim: Claim, people: Sequence[Person]) -> tuple[str, str] | None:
    """(attribute, value) that the line tells."""
    if claim.attribute:
        return claim.attribute, claim.value
    if claim.section != "about" or len(claim.text.split()) > _LONGEST_LINE:
        return None
    values: Counter[tuple[str, str]] = Counter(
        (name, value.strip()) for person in people for name, value in person.attributes.items()
    )
    named = {
        (name, value)
        for (name, value), many in values.items()
        if many >= _SEVERAL
        and value != MARK
        and 0 < len(value.split()) <= _LONGEST_VALUE
        and value[:1].isupper()
        and re.search(rf"(?<!\w){re.escape(value)}(?!\w)", claim.text)
    }
    # A line that names two values is a sentence about something else.
    return next(iter(named)) if len(named) == 1 else None


def _holds(wanted: str, actual: str) -> bool:
    """Whether a person's value is the one that the line tells: the same words, or a number within its range."""
    if " ".join(wanted.split()).casefold() == " ".join(actual.split()).casefold():
        return True
    span, number = _RANGE.search(wanted), _NUMBER.fullmatch(actual.strip())
    return bool(span and number) and float(span[1]) <= float(actual) <= float(span[2])  # type: ignore[index]
