"""Which columns tell something of the person that is worth comparing people by; the rest is named with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from voc_engine.ingest.dates import parse_date
from voc_engine.ingest.tables.identity_columns import asks_name, holds_contacts, names_a_person
from voc_engine.ingest.tables.labelled_columns import is_label_column, is_personal, is_written_beside
from voc_engine.ingest.tables.person_names import are_person_names
from voc_engine.ingest.tables.texts import are_choices
from voc_engine.ingest.tables.values import are_links, filled
from voc_engine.ingest.tables.words_column import mean_words

HOLDS_RECORDS = "it holds records, which may tell of people"
_MOST_VALUES = 50  # a choice: the states of a country are within; cities and names are not
_VERSION = re.compile(r"\bversion\b", re.IGNORECASE)
_VALUE_WORDS = 6  # a longer value is a sentence of its own
_FEWEST_ROWS = 3  # for what the values have in common to be no chance
_MOST_NUMBERS = 12  # different ones of a survey's scale; more are amounts
_FEW_ROWS = 12  # in so few, values that do not return may return in more


def why_no_attribute(column: str, values: Sequence[str]) -> str | None:
    """Why a column is never kept as an attribute unless it is named; None where nothing forbids it."""
    reason = None
    if is_label_column(column):
        reason = "it looks like somebody's label of the text"
    elif is_written_beside(column):
        reason = "staff, a coder or a machine wrote it beside people's words"
    elif is_personal(column):
        reason = "it looks like contact data"
    elif names_a_person(column) or asks_name(column):
        reason = "it tells who somebody is"
    elif are_person_names(column, values):
        reason = "it holds names of people (columns.person takes it where they wrote the rows)"
    elif any(value.lstrip().startswith(("{", "[{")) for value in values):
        reason = HOLDS_RECORDS
    elif holds_contacts(column, values):
        reason = "it holds mail addresses or phone numbers"
    return reason


def attribute_columns(
    free: Sequence[str], values: Mapping[str, Sequence[str]], survey: bool
) -> tuple[list[str], dict[str, str], dict[str, str]]:
    """(columns kept as attributes, why each of them is kept, why each other column never is unless it is named)."""
    attributes, kept, left = [], {}, {}
    for column in free:
        reason = why_no_attribute(column, values[column])
        if reason is not None:
            left[column] = reason
        elif has_few_values(column, values[column], survey):
            attributes.append(column)
            kept[column] = "attribute (few different values)"
    return attributes, kept, left


def has_few_values(column: str, values: Sequence[str], survey: bool) -> bool:
    """Whether people can be grouped by a column: few values, short, and no bare numbers, dates or links."""
    answers = filled(values)
    distinct = set(answers)
    if not answers or len(distinct) > _MOST_VALUES or mean_words(answers) > _VALUE_WORDS:
        return bool(answers) and survey and len(answers) >= _FEWEST_ROWS and are_choices(answers)
    if all(re.fullmatch(r"-?[\d.,]+", value) for value in distinct):
        return bool(_VERSION.search(column)) or (survey and len(distinct) <= _MOST_NUMBERS)
    if (len(answers) >= _FEWEST_ROWS and all(parse_date(value) for value in answers[:50])) or are_links(answers):
        return False
    return len(answers) < _FEW_ROWS or len(distinct) <= max(2, 0.5 * len(answers)) or (survey and are_choices(answers))
