"""Names of people in names of files: "brigid_tamm_invoice.pdf"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from voc_engine.language.keywords import keywords
from voc_engine.language.pattern_screen import screened
from voc_engine.language.tokens import LETTERS
from voc_engine.privacy.masks import Span
from voc_engine.privacy.name_lists import folded, is_given, is_word, may_be_surname

_KEYWORDS = keywords(__package__, "files")

_FILE = screened(_KEYWORDS.pattern("file"), re.I)


def file_name_spans(text: str) -> Iterator[Span]:
    """The stretch of each file's name that is a given name with a family name beside it."""
    if "." not in text:
        return
    for match in _FILE.finditer(text):
        pieces = list(LETTERS.finditer(text, *match.span("stem")))
        for first, second in itertools.pairwise(pieces):
            left, right = folded(first.group()), folded(second.group())
            names = (is_given(left) and may_be_surname(right)) or (is_given(right) and may_be_surname(left))
            if names and second.start() - first.end() == 1 and not (is_word(left) and is_word(right)):
                yield first.start(), second.end(), "[person]"
