"""Columns whose cells are names of people, whatever their header says: told by the shape of the names and by lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.tables.headers import folded as plain_header
from voc_engine.ingest.tables.values import filled
from voc_engine.language.word_lists import word_list
from voc_engine.privacy.name_lists import folded, is_given, is_word, listed

_KEYWORDS = keywords("person_names")

# What people are to a shop, a clinic, a school, a team: a header of these names somebody.
_ROLES = _KEYWORDS.pattern("roles")
_NAMES_SOMEBODY = re.compile(
    rf"(?:^|[\s._-])(?:{_ROLES})(?:[\s._-]+(?:full[\s._-]+)?names?)?(?:[\s._-]*\d+)?$|"
    rf"(?:^|\s)(?:{_KEYWORDS.pattern('dealt_with')}) (?:by|to)$|^(?:bearbeitet von|betreut von|atendido por|traité par)$",
    re.IGNORECASE,
)
# Columns whose capitalised words are no people.
_NAMES_SOMETHING = re.compile(_KEYWORDS.pattern("names_something"), re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:['’-][^\W\d_]+)*\.?")
_PARTICLES = word_list("name_particles", "common", "dutch", "joining")
_LOOKED_AT = 200
_LEAST_ROWS = 3
_MOST_PARTS = 4


def header_names_somebody(header: str) -> bool:
    """Whether a header names a person by what they do there ("Driver", "Handled by", "patient_name")."""
    return bool(_NAMES_SOMEBODY.search(plain_header(header)))


def are_person_names(header: str, values: Sequence[str]) -> bool:
    """Whether at least three of five distinct values are names of people.

    Under a header that names somebody the shape is enough ("R. Osei"); elsewhere the given or the last name must be a
    known one, or neither a word of the language, and the header may not name places or products.
    """
    distinct = list(islice(dict.fromkeys(filled(values)), _LOOKED_AT))
    if not distinct or len(filled(values)) < _LEAST_ROWS:
        return False
    named = header_names_somebody(header)
    if not named and _NAMES_SOMETHING.search(header):
        return False
    hits = sum(_is_person(value, named) for value in distinct)
    return hits >= 0.6 * len(distinct)


def _is_person(value: str, named: bool) -> bool:
    parts = value.replace(",", " ").split()
    if not 1 <= len(parts) <= _MOST_PARTS or not all(_WORD.fullmatch(one) for one in parts):
        return False
    name_parts = [one for one in parts if one not in _PARTICLES]
    if not name_parts or not all(one[0].isupper() for one in name_parts):
        return False
    bare = [folded(one.strip(".")) for one in name_parts]
    if len(name_parts) == 1:
        return named and is_given(bare[0])
    initial = len(bare[0]) == 1 and name_parts[0].endswith(".")
    if named or initial:
        return True
    if any(one in listed("places") or one in listed("brands") for one in bare):
        return False
    return is_given(bare[0]) or bare[-1] in listed("surnames") or not any(is_word(one) for one in bare)
