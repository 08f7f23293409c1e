"""Companies that a source's columns name, and their pseudonyms C01, C02 ..."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from voc_engine.language.keywords import keywords
from voc_engine.privacy.name_lists import folded

_KEYWORDS = keywords(__package__, "companies")

_COLUMN = re.compile(_KEYWORDS.pattern("column"), re.IGNORECASE)
# What people write into such a column who have no company, or who tell of a plan.
_NONE = frozenset(
    re.findall(
        r"\S+",
        "none null nan na n/a - -- ? other others unknown private personal self self-employed selfemployed "
        "freelance freelancer individual student retired test yes no true false free pro basic premium "
        "business enterprise team trial paid standard plus starter home family consumer customer user active "
        "inactive",
    )
)


@cache
def is_company_column(name: str) -> bool:
    """Whether a column of that name holds whom somebody works for or buys for."""
    return bool(_COLUMN.fullmatch(name.strip()))


def company_key(value: str) -> str:
    """What two ways to write one company have in common; empty for a value that names none."""
    plain = " ".join(folded(value).split())
    return plain if len(plain) > 1 and plain not in _NONE and any(char.isalpha() for char in plain) else ""


def companies_in(attributes: Mapping[str, str], keep: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """(key, name) of each company among the attributes, but those to ``keep``."""
    excluded = {folded(one) for one in keep}
    for column, value in attributes.items():
        key = company_key(value) if is_company_column(column) else ""
        if key and key not in excluded:
            yield key, " ".join(value.split())
