"""What the columns of a table mean: by name, checked against content, else by content alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError, nearest
from voc_engine.ingest.dates import day_comes_first, parse_date
from voc_engine.ingest.tables.labels import is_label_column, is_personal, normal, open_question
from voc_engine.ingest.tables.people import (
    asks_mail,
    asks_name,
    author_record,
    holds_contacts,
    holds_mails,
    name_parts,
    names_a_person,
    record_of,
)
from voc_engine.ingest.tables.table import Row
from voc_engine.ingest.tables.wording import fewest_words, mean_words, named_text, varied, wordiest

# Header names by meaning, likeliest first; compared in lower case with single blanks between words.
NAMES: dict[str, str] = {
    "text": (
        "text|full text|review text|review content|review body|reviewtext|body|content|review|comment text|"
        "comment body|consumer complaint narrative|complaint narrative|narrative|verbatim|comment|comments|"
        "feedback|feedback text|message|message text|description|post text|post|tweet|tweet text|selftext|"
        "snippet|textoriginal|text original|caption|ticket description|case description|issue description|"
        "conversation|transcript|note|answer|response|open text"
    ),
    "title": (
        "title|review title|subject|headline|review header|review headline|summary|ticket subject|"
        "case subject"
    ),
    "id": (
        "id|review id|reviewid|tweet id|post id|comment id|ticket id|case id|case number|complaint id|"
        "response id|responseid|respondent id|submission id|record id|row id|message id|issue key|key|uuid|"
        "_id|ticket|number|status id|external id|review link id|token"
    ),
    "person": (
        "person|author|user|username|user name|screen name|handle|reviewer|reviewer name|reviewername|"
        "reviewernickname|reviewer nickname|nickname|review username|author name|customer|customer name|"
        "customer id|requester|from|sender|respondent|respondent id|participant|user id|userid|author id|"
        "account|account id|contact|contact name|name|display name|full name|profile name|profilename|"
        "reporter|reviewer id|reviewerid"
    ),
    "email": (
        "email|e mail|mail|email address|e mail address|requester email|customer email|author email|"
        "contact email|from email"
    ),
    "name": (
        "full name|name|display name|customer name|author name|reviewer name|contact name|requester|"
        "reviewername|profilename"
    ),
    "handle": "handle|username|user name|screen name|nickname|reviewernickname|reviewer nickname|user screen name",
    "date": (
        "date|created at|created|created date|createddate|review date|timestamp|time|posted at|posted|"
        "published|published at|publishedat|tweet created|created utc|review created (utc)|review created|"
        "submitted|submitted at|submission date|submit date|submit date (utc)|end date|enddate|recorded date|"
        "recordeddate|date received|date created|created time|creation date|review submit date and time|"
        "review last update date and time|updated|updated at|start date|startdate|at|requested|"
        "ticket created|unixreviewtime|datetime|date added|opened"
    ),
    "rating": (
        "rating|stars|star rating|review stars|review rating|overall|overall rating|score|star|user rating|"
        "ratings|nps|nps score|likelihood to recommend|satisfaction|csat"
    ),
    "channel": "channel|source|platform|via|medium|submitted via",
    "url": "url|link|permalink|review link|review url|tweet url|post url|web url|page url",
    "role": "role|author role|sender role|author type|user role|speaker role",
    # A locale is that of a device: many who write English have another one.
    "language": "language|lang|reviewer language",
}  # fmt: skip
_ORDER: dict[str, list[str]] = {key: names.split("|") for key, names in NAMES.items()}
_WHO = ("person", "email", "name", "handle")
_BESIDE_RECORD: dict[str, list[str]] = {
    "person": ["customer id", "user id", "userid", "author id", "account id", "reviewer id", "reviewerid"],
    "name": [],
    "handle": ["handle", "username", "user name", "screen name", "user screen name"],
}
MAPPABLE = (
    "text",
    "id",
    "person",
    "email",
    "name",
    "handle",
    "date",
    "rating",
    "title",
    "channel",
    "url",
    "role",
    "language",
)


def is_known_header(header: str) -> bool:
    """Whether a header names something that the guesser knows."""
    name = normal(header)
    return any(name in names for names in _ORDER.values())


@dataclass
class ColumnMap:
    """Which column is what. ``texts`` are (column, question that it answers or None).

    ``record`` is the nested object that holds the author ("author" of "author.name"), ``name_parts`` the columns of the
    first and the last name where no column has the whole name.
    """

    texts: list[tuple[str, str | None]] = field(default_factory=list)
    by_key: dict[str, str] = field(default_factory=dict)
    attributes: list[str] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    day_first: bool = False
    person_as: str = "name"
    record: str = ""
    name_parts: list[str] = field(default_factory=list)

    def get(self, key: str, row: Row) -> str:
        """The row's cell for a meaning; "" where no column has it."""
        column = self.by_key.get(key)
        return row.cells.get(column, "").strip() if column else ""


def map_columns(
    columns: Sequence[str], sample: Sequence[Row], options: SourceConfig, source_name: str, kind: str | None = None
) -> ColumnMap:
    """The meaning of each column.

    Raises SourceError where the configuration names a column that is not there.
    """
    mapping = ColumnMap()
    values = {name: [row.cells.get(name, "") for row in sample] for name in columns}
    _configured(mapping, columns, options, source_name)
    _guess_author_record(mapping, columns, values)
    for key in MAPPABLE[1:]:
        if key not in mapping.by_key:
            _guess_key(mapping, key, columns, values)
    _guess_person_questions(mapping, columns, values)
    if not mapping.texts:
        _guess_texts(mapping, columns, values, kind or options.kind)
    _title_as_text(mapping)
    _attributes(mapping, columns, values, options, source_name, kind or options.kind)
    mapping.day_first = day_comes_first([v for v in values.get(mapping.by_key.get("date", ""), []) if v])
    mapping.person_as = _person_as(mapping, values)
    for column in columns:
        mapping.reasons.setdefault(column, f"not used; map it with columns.<{'|'.join(MAPPABLE[:4])}...> or attributes")
    return mapping


def _configured(mapping: ColumnMap, columns: Sequence[str], options: SourceConfig, source_name: str) -> None:
    for key, wanted in options.columns.items():
        if key not in MAPPABLE:
            raise SourceError(
                f"columns.{key} is no meaning that a column of {source_name} can have.", do=nearest(key, MAPPABLE)
            )
        whole = (
            [_find(wanted, columns)] if _find(wanted, columns) else [_find(part, columns) for part in wanted.split("+")]
        )
        if not whole or None in whole or (key != "text" and len(whole) > 1):
            raise SourceError(
                f"{source_name} has no column {wanted!r}, which columns.{key} names.",
                found=f"columns: {', '.join(columns)}",
                do=nearest(wanted, columns),
            )
        for column in whole:
            if column is None:
                continue
            mapping.reasons[column] = f"{key} (columns.{key} in the configuration)"
            if key == "text":
                mapping.texts.append((column, column if len(whole) > 1 or open_question(column) else None))
            else:
                mapping.by_key[key] = column


def _find(wanted: str, columns: Sequence[str]) -> str | None:
    wanted = wanted.strip()
    if wanted in columns:
        return wanted
    return next((column for column in columns if normal(column) == normal(wanted)), None)


def _guess_author_record(mapping: ColumnMap, columns: Sequence[str], values: dict[str, list[str]]) -> None:
    """The author as an object of its own: {"author": {"name": ..., "email": ..., "id": ...}}."""
    configured = [mapping.by_key[key] for key in _WHO if key in mapping.by_key]
    filled = [column for column in columns if any(value.strip() for value in values[column])]
    found = author_record(filled)
    record = record_of(next(iter(found.values()))) if found else ""
    if not record or any(record_of(column) != record for column in configured):
        return
    mapping.record = record
    for key, column in found.items():
        if key not in mapping.by_key and column not in mapping.reasons:
            mapping.by_key[key] = column
            mapping.reasons[column] = f"{key} (of the author, who is the record {record!r})"


def _guess_person_questions(mapping: ColumnMap, columns: Sequence[str], values: dict[str, list[str]]) -> None:
    """Names and mails under headers that are no plain words for them: "What is your name?", first and last name."""
    free = [column for column in columns if column not in mapping.reasons]
    asked = {
        "name": next((column for column in free if asks_name(column)), None),
        "email": next((c for c in free if asks_mail(c) and holds_mails(values[c])), None),
    }
    parts = [column for column in name_parts(columns, mapping.record) if column in free]
    if "name" not in mapping.by_key and (len(parts) == 2 or (parts and any(key in mapping.by_key for key in _WHO))):
        mapping.name_parts = parts
        mapping.reasons.update(dict.fromkeys(parts, "name (a part of it)"))
    for key, column in asked.items():
        if column is not None and column not in mapping.reasons and key not in mapping.by_key:
            if key == "name" and mapping.name_parts:
                continue
            mapping.by_key[key] = column
            mapping.reasons[column] = f"{key} (by its name)"


def _guess_key(mapping: ColumnMap, key: str, columns: Sequence[str], values: dict[str, list[str]]) -> None:
    # Beside an author's record a bare "name" may be the product's; only what is surely the author's is added.
    for name in _BESIDE_RECORD.get(key, _ORDER[key]) if mapping.record else _ORDER[key]:
        for column in columns:
            if normal(column) != name or column in mapping.reasons:
                continue
            filled = [value.strip() for value in values[column] if value.strip()]
            if _fits(key, filled) and not (name == "score" and _are_votes(filled)):
                mapping.by_key[key] = column
                mapping.reasons[column] = f"{key} (by its name)"
                return


def _fits(key: str, filled: Sequence[str]) -> bool:
    """Whether a column's values can have the meaning its name says."""
    if not filled:
        return key in ("email", "handle", "title", "url")
    share = len(filled)
    if key == "date":
        return sum(parse_date(value) is not None for value in filled[:200]) >= 0.6 * len(filled[:200])
    if key == "rating":
        numbers = [rating_of(value) for value in filled]
        return sum(number is not None and 0 <= number <= 100 for number in numbers) >= 0.8 * share
    if key == "email":
        return sum("@" in value for value in filled) >= 0.5 * share
    if key == "id":
        return len(set(filled)) >= 0.5 * share
    if key in ("person", "name", "handle", "channel", "role", "language"):
        return sum(len(value.split()) for value in filled) <= 6 * share
    if key == "url":
        return sum("/" in value for value in filled) >= 0.5 * share
    return True


def _are_votes(filled: Sequence[str]) -> bool:
    """A score beyond ten, or below none, counts votes and rates nothing."""
    numbers = [number for number in map(rating_of, filled) if number is not None]
    return any(not 0 <= number <= 10 for number in numbers) or len(numbers) < len(filled)


def rating_of(value: str) -> float | None:
    """The number in "4", "4,5", "4/5", "4 out of 5 stars"; None where there is none."""
    match = re.match(
        r"^\s*(-?\d{1,3}(?:[.,]\d{1,3})?)\s*(?:(?:/|out of|of|von)\s*\d+)?\s*(?:stars?|★+|points?)?\s*$", value
    )
    if match:
        return float(match[1].replace(",", "."))
    stars = re.match(r"^\s*(★{1,10})☆*\s*$", value)
    return float(len(stars[1])) if stars else None


def _guess_texts(mapping: ColumnMap, columns: Sequence[str], values: dict[str, list[str]], kind: str | None) -> None:
    free = [c for c in columns if c not in mapping.reasons and not is_label_column(c) and not _tells_who(c, values[c])]
    asked = [c for c in free if open_question(c) and (mean_words(values[c]) >= 3 or varied(values[c]))]
    named = named_text(_ORDER["text"], free, values)
    if asked and (named is None or kind == "survey" or len(asked) > 1):
        for column in asked:
            _take_text(mapping, column, column, "the answer to an open question")
    elif named is not None:
        _take_text(mapping, named, None, "text (by its name)")
    elif (most := wordiest([c for c in free if not is_personal(c)], values)) is not None:
        _take_text(mapping, most, None, "text (the column with the most words)")
    elif (least := fewest_words(_ORDER["text"], free, values)) is not None:
        _take_text(mapping, least, None, "text (by its name)")


def _tells_who(column: str, values: Sequence[str]) -> bool:
    """Whether a column is about the person and holds none of their words."""
    return holds_mails(values) or asks_name(column) or (names_a_person(column) and not open_question(column))


def _take_text(mapping: ColumnMap, column: str, context: str | None, why: str) -> None:
    mapping.texts.append((column, context))
    mapping.reasons[column] = why


def _title_as_text(mapping: ColumnMap) -> None:
    """A table with subjects and no bodies still says something."""
    if not mapping.texts and "title" in mapping.by_key:
        column = mapping.by_key.pop("title")
        mapping.texts.append((column, None))
        mapping.reasons[column] = "text (there is no column with a body)"


def _attributes(
    mapping: ColumnMap, columns: Sequence[str], values: dict[str, list[str]], options: SourceConfig, source_name: str,
    kind: str | None,
) -> None:  # fmt: skip
    if options.attributes:
        for wanted in options.attributes:
            column = _find(wanted, columns)
            if column is None:
                raise SourceError(
                    f"{source_name} has no column {wanted!r}, which attributes names.",
                    found=f"columns: {', '.join(columns)}",
                    do=nearest(wanted, columns),
                )
            mapping.attributes.append(column)
            mapping.reasons.setdefault(column, "attribute (named in the configuration)")
        return
    survey = kind == "survey" or any(context for _, context in mapping.texts)
    for column in columns:
        if column in mapping.reasons:
            continue
        if is_label_column(column):
            mapping.reasons[column] = (
                "not used: it looks like somebody's label of the text; name it in attributes to keep it"
            )
        elif is_personal(column):
            mapping.reasons[column] = "not used: it looks like contact data; name it in attributes to keep it"
        elif names_a_person(column) or asks_name(column):
            mapping.reasons[column] = "not used: it tells who somebody is; name it in attributes to keep it"
        elif any(value.lstrip().startswith(("{", "[{")) for value in values[column]):
            mapping.reasons[column] = (
                "not used: it holds records, which may tell of people; name it in attributes to keep it"
            )
        elif holds_contacts(column, values[column]):
            mapping.reasons[column] = (
                "not used: it holds mail addresses or phone numbers; name it in attributes to keep it"
            )
        elif _few_values(values[column], survey):
            mapping.attributes.append(column)
            mapping.reasons[column] = "attribute (few different values)"


def _few_values(values: Sequence[str], survey: bool) -> bool:
    filled = [value.strip() for value in values if value.strip()]
    distinct = set(filled)
    if not filled or len(distinct) > 50 or mean_words(filled) > 6:
        return False
    if all(re.fullmatch(r"-?[\d.,]+", value) for value in distinct):
        return survey and len(distinct) <= 12
    if len(filled) >= 3 and all(parse_date(value) for value in filled[:50]):
        return False
    return len(filled) < 12 or len(distinct) <= max(2, 0.5 * len(filled))


def _person_as(mapping: ColumnMap, values: dict[str, list[str]]) -> str:
    """Whether the person column holds names, handles or ids: by its name, else by whether most values have a blank."""
    column = mapping.by_key.get("person")
    if column is None:
        return "name"
    if mapping.record and record_of(column) == mapping.record:
        return "id"
    name = normal(column)
    if name in _ORDER["handle"]:
        return "handle"
    if name.endswith(" id") or name in ("userid", "respondent", "reviewerid", "account"):
        return "id"
    filled = [value.strip() for value in values[column] if value.strip()]
    if filled and all(re.fullmatch(r"\d+", value) for value in filled):
        return "id"
    blanks = sum(" " in value for value in filled)
    return "name" if not filled or blanks >= 0.5 * len(filled) else "handle"
