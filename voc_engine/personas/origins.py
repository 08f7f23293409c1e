"""Where people's words come from: the file, the kind of document and the product, which are nobody's trait.

Groups of people are told apart by what they say beyond what everybody says there: a group that is a file, or the buyers
of one product, is no finding. Each statement has an origin, and a person's words are compared with what is usual in
the origins that the person spoke in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from voc_engine.language.keywords import keywords
from voc_engine.records import Document

_KEYWORDS = keywords(__package__, "origins")

LEAST_PEOPLE = 8  # who spoke in an origin, for what is usual there to be known
NOWHERE, ELSEWHERE = 0, 1  # the numbers of what comes from no place of the study, and from all too small ones
_PRODUCT = re.compile(_KEYWORDS.pattern("product"), re.IGNORECASE)


@dataclass(frozen=True)
class Origin:
    """Of one statement: kind of document, file, and the product that the document is about (empty where none)."""

    kind: str = ""
    source: str = ""
    product: str = ""

    @property
    def levels(self) -> tuple[tuple[str, ...], ...]:
        """From the finest to the coarsest."""
        return (self.kind, self.source, self.product), (self.kind, self.source), (self.kind,)


NOT_TOLD = Origin()


@cache
def is_product_column(name: str) -> bool:
    """Whether an attribute of that name tells what a document is about, and so not who wrote it."""
    return bool(_PRODUCT.fullmatch(name.strip()))


def origin_of(document: Document) -> Origin:
    """Of what is said in a document."""
    products = [value.strip() for name, value in sorted(document.attributes.items()) if is_product_column(name)]
    return Origin(document.kind, document.source, " / ".join(one for one in products if one))


class Origins:
    """Numbers of origins, by the finest level at which at least LEAST_PEOPLE speak."""

    def __init__(self, people: Sequence[Sequence[Origin]]) -> None:
        """``people``: the origins of each person's statements."""
        voices: Counter[tuple[str, ...]] = Counter()
        for origins in people:
            voices.update({level for one in set(origins) for level in one.levels})
        self._kinds = frozenset(level[0] for level in voices)
        frequent = sorted(level for level, count in voices.items() if count >= LEAST_PEOPLE)
        self._number: Mapping[tuple[str, ...], int] = {level: place + 2 for place, level in enumerate(frequent)}

    @property
    def count(self) -> int:
        """Numbers that there may be."""
        return len(self._number) + 2

    def number(self, origin: Origin) -> int:
        """That of an origin."""
        number = next((self._number[level] for level in origin.levels if level in self._number), None)
        return number if number is not None else ELSEWHERE if origin.kind in self._kinds else NOWHERE
