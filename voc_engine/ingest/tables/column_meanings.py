"""What the columns of a table mean: by name, checked against content, else by content alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError, nearest
from voc_engine.ingest.dates import DateOrder, date_order
from voc_engine.ingest.tables import headers
from voc_engine.ingest.tables.attributes import HOLDS_RECORDS, attribute_columns
from voc_engine.ingest.tables.column_map import ColumnMap
from voc_engine.ingest.tables.flags import side_columns
from voc_engine.ingest.tables.headers import ORDER, normal
from voc_engine.ingest.tables.identity_columns import (
    asks_mail,
    asks_name,
    author_record,
    holds_mails,
    name_parts,
    names_staff,
    record_of,
)
from voc_engine.ingest.tables.labelled_columns import guess_kind, is_label_column, open_question
from voc_engine.ingest.tables.survey_tools import survey_tool
from voc_engine.ingest.tables.table import Row
from voc_engine.ingest.tables.texts import holds_notes, may_be_notes, text_columns
from voc_engine.ingest.tables.values import (
    are_dates,
    are_links,
    are_numbers,
    are_ratings,
    are_votes,
    filled,
    fits,
    stands_in_every_row,
)
from voc_engine.ingest.tables.words_column import mean_words, named_text
from voc_engine.ingest.translations import translated_columns

Values = dict[str, list[str]]
_WHO = ("person", "email", "name", "handle")
_BESIDE_RECORD: dict[str, list[str]] = {
    "person": ["customer id", "user id", "userid", "author id", "account id", "reviewer id", "reviewerid"],
    "name": [],
    "handle": ["handle", "username", "user name", "screen name", "user screen name"],
}
_QUESTIONS = frozenset(("question", "question text", "question title", "prompt", "frage", "pregunta"))
_ANSWERS = frozenset(("answer", "response", "answer text", "response text", "antwort", "réponse", "respuesta", "text"))
_MEANINGS = "text id person email name handle date rating title channel url role language reply"
MAPPABLE = tuple(_MEANINGS.split())
_GUESSED = (*MAPPABLE[1:-1], "person_id")
_OWN_WORDS = 4  # words per cell, from which a column may be the reviewers' own


def map_columns(
    columns: Sequence[str], sample: Sequence[Row], options: SourceConfig, source_name: str, kind: str | None = None
) -> ColumnMap:
    """The meaning of each column.

    Raises SourceError where the configuration names a column that is not there.
    """
    mapping = ColumnMap()
    values = {name: [row.cells.get(name, "") for row in sample] for name in columns}
    kind = kind or options.kind
    mapping.tool = survey_tool(columns) if kind in (None, "survey") else None
    kind = kind or ("survey" if mapping.tool else None)
    likely = kind or guess_kind(columns, 0, source_name, number_columns(columns, values))[0]
    _configured(mapping, columns, options, source_name)
    _of_the_tool(mapping, columns, values)
    for column in translated_columns(mapping.free(columns), values):
        mapping.leave(column, "a machine's translation of another column")
    if likely != "survey":
        _leave_sides(mapping, columns, values)
    _guess_question(mapping, columns, kind)
    _guess_author_record(mapping, columns, values)
    _guess_reply(mapping, columns, values, likely)
    _guess_name_parts(mapping, columns)
    for key in _GUESSED:
        if key not in mapping.by_key:
            _guess_key(mapping, key, columns, values, likely)
    _guess_person_questions(mapping, columns, values)
    _guess_by_content(mapping, columns, values, likely)
    asks = kind == "survey" or (kind is None and likely == "survey")
    if not mapping.texts:
        for text_column in text_columns(mapping.free(columns), values, asks):
            mapping.texts.append((text_column.column, text_column.context))
            mapping.reasons[text_column.column] = text_column.why
    _title_as_text(mapping)
    _guess_beside_text(mapping, columns, values)
    if "text" not in options.columns:
        _settle_notes(mapping, columns, values, {normal(one) for one in options.attributes})
    survey = kind == "survey" or any(context for _, context in mapping.texts)
    _attributes(mapping, columns, values, options, source_name, survey)
    _settle_dates(mapping, values, options.day_first)
    mapping.person_as = _person_as(mapping, values)
    for column in columns:
        mapping.reasons.setdefault(column, f"not used; map it with columns.<{'|'.join(MAPPABLE[:4])}...> or attributes")
    return mapping


def _guess_question(mapping: ColumnMap, columns: Sequence[str], kind: str | None) -> None:
    """A question and its answer in each row: the cell beside an answer is what it answers."""
    free = mapping.free(columns)
    question = next((c for c in free if normal(c) in _QUESTIONS), None)
    if kind in (None, "survey") and question is not None and any(normal(c) in _ANSWERS for c in columns):
        mapping.take("question", question, "by its name, beside a column of answers")


def _of_the_tool(mapping: ColumnMap, columns: Sequence[str], values: Values) -> None:
    """What a survey tool's own columns tell: who answered and when; the others are nobody's answers."""
    tool = mapping.tool
    if tool is None:
        return
    free = mapping.free(columns)
    who = tool.first(tool.person, free)
    if who is not None and not {"person", "person_id"} & set(mapping.by_key) and fits("person_id", filled(values[who])):
        mapping.take("person_id", who, f"by its name in an export of {tool.name}")
    dated = [c for c in free if are_dates(filled(values[c]), 0.5)]
    when = tool.first(tool.date, dated)
    if when is not None and "date" not in mapping.by_key:
        mapping.take("date", when, f"by its name in an export of {tool.name}")
    for column in mapping.free(columns):
        if (why := tool.why_no_answer(column)) is not None:
            mapping.leave(column, why)


def number_columns(columns: Sequence[str], values: Values) -> list[str]:
    """The columns of bare numbers."""
    return [column for column in columns if are_numbers(filled(values[column]))]


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


def _guess_author_record(mapping: ColumnMap, columns: Sequence[str], values: Values) -> None:
    """The author as an object of its own: {"author": {"name": ..., "email": ..., "id": ...}}."""
    configured = [mapping.by_key[key] for key in _WHO if key in mapping.by_key]
    author_columns = author_record([column for column in columns if any(value.strip() for value in values[column])])
    first = next(iter(author_columns.values()), "")
    record = record_of(first) or first.rpartition(".")[0]
    if not record or any(record_of(column) != record for column in configured):
        return
    mapping.record = record
    for key, column in author_columns.items():
        if key not in mapping.by_key and column not in mapping.reasons:
            mapping.take(key, column, f"of the author, who is the record {record!r}")


def _guess_reply(mapping: ColumnMap, columns: Sequence[str], values: Values, likely: str) -> None:
    """What the reviewed company answered; only beside a column of the reviewers' own words."""
    if "reply" in mapping.by_key or likely == "survey":
        return
    replies = [c for c in mapping.free(columns) if headers.names_reply(c) and not are_dates(filled(values[c]))]
    others = [c for c in mapping.free(columns) if c not in replies]
    if replies and (
        mapping.texts
        or named_text(ORDER["text"], others, values)
        or any(mean_words(values[c]) >= _OWN_WORDS for c in others)
    ):
        mapping.take("reply", replies[0], "by its name; an answer to the author is context and no evidence")


def _guess_key(mapping: ColumnMap, key: str, columns: Sequence[str], values: Values, likely: str) -> None:
    # Beside an author's record a bare "name" may be the product's; only what is surely the author's is added.
    names = _BESIDE_RECORD.get(key, ORDER[key]) if mapping.record else ORDER[key]
    free = mapping.free(columns)
    candidates = [
        c for name in names for c in free if headers.is_named(c, name, key) and _can_be(key, name, c, values[c], likely)
    ]
    if candidates and key in ("person", "name", "rating"):
        # The name of the shop, or its mean rating, stands in every row; the customers' own differ.
        candidates.sort(key=lambda column: stands_in_every_row(values[column]))
        if key == "name" and "person" in mapping.by_key and stands_in_every_row(values[candidates[0]]):
            return
    if candidates:
        mapping.take(key, candidates[0], "by its name")


def _can_be(key: str, name: str, column: str, values: Sequence[str], likely: str) -> bool:
    answers = filled(values)
    if key == "rating" and name == "score" and (are_votes(answers) or likely == "post"):
        return False
    if key == "title" and stands_in_every_row(values):
        # A thread's title, or a setting; nobody's words about this row.
        return False
    if key in _WHO and likely == "survey" and (names_staff(column) or stands_in_every_row(values)):
        # Who asks the questions, or whose account sends the answers in.
        return False
    if key == "role" and likely in ("review", "survey"):
        # The role that somebody has at work; an administrator who reviews is no agent.
        return False
    return fits(key, answers)


def _guess_name_parts(mapping: ColumnMap, columns: Sequence[str]) -> None:
    """First and last name in two columns; before other names, since "Nom" alone may be the whole name."""
    parts = [column for column in name_parts(columns, mapping.record) if column not in mapping.reasons]
    if len(parts) == len(("first", "last")) and "name" not in mapping.by_key:
        mapping.name_parts = parts
        mapping.reasons.update(dict.fromkeys(parts, "name (a part of it)"))


def _guess_person_questions(mapping: ColumnMap, columns: Sequence[str], values: Values) -> None:
    """Names and mails under headers that are no plain words for them: "What is your name?", first and last name."""
    free = mapping.free(columns)
    question_of = {
        "name": next((column for column in free if asks_name(column)), None),
        "email": next((c for c in free if asks_mail(c) and holds_mails(values[c])), None),
    }
    parts = [column for column in name_parts(columns, mapping.record) if column in free]
    if parts and "name" not in mapping.by_key and any(key in mapping.by_key for key in _WHO):
        mapping.name_parts = parts
        mapping.reasons.update(dict.fromkeys(parts, "name (a part of it)"))
    for key, column in question_of.items():
        if column is not None and column not in mapping.reasons and key not in mapping.by_key:
            if key == "name" and mapping.name_parts:
                continue
            mapping.take(key, column, "by its name")


def _guess_by_content(mapping: ColumnMap, columns: Sequence[str], values: Values, likely: str) -> None:
    """Mails, dates, ratings and links under headers of any wording."""
    free = mapping.free(columns)
    answers = {column: filled(values[column]) for column in free}
    if "email" not in mapping.by_key and not mapping.record:
        mails = [c for c in free if holds_mails(values[c]) and not (names_staff(c) or headers.names_thread(c))]
        if len(mails) == 1:
            mapping.take("email", mails[0], "by its content")
    if "date" not in mapping.by_key:
        dates = [
            c for c in free if are_dates(answers[c], 0.8) and (headers.says_date(c) or not are_numbers(answers[c]))
        ]
        ranks = {c: rank for c in dates if (rank := headers.date_rank(c, likely == "survey")) is not None}
        if ranks:
            mapping.take("date", min(ranks, key=lambda c: (ranks[c], free.index(c))), "by its content")
    if "rating" not in mapping.by_key:
        scored = [c for c in free if are_ratings(answers[c]) and not is_label_column(c)]
        score_questions = [c for c in scored if headers.asks_score(c)]
        named = [c for c in scored if headers.says_rating(c) and likely != "post" and not are_votes(answers[c])]
        if score_questions or named:
            mapping.take("rating", (score_questions or named)[0], "the score that people gave")
    if "url" not in mapping.by_key:
        links = [c for c in free if are_links(answers[c]) and re.search(r"link|url|permalink", normal(c))]
        if len(links) == 1:
            mapping.take("url", links[0], "by its content")


def _guess_beside_text(mapping: ColumnMap, columns: Sequence[str], values: Values) -> None:
    """The author named in the object that holds the words ("message.author" beside "message.text"), where nobody else is."""
    record = next((column.rpartition(".")[0] for column, _ in mapping.texts), "")
    if not record or mapping.record or mapping.name_parts or any(key in mapping.by_key for key in (*_WHO, "person_id")):
        return
    beside = {normal(c.rpartition(".")[2]): c for c in mapping.free(columns) if c.rpartition(".")[0] == record}
    who = next((beside[name] for name in ORDER["person"] if name in beside), None)
    if who is not None and fits("person", filled(values[who])) and not stands_in_every_row(values[who]):
        mapping.take("person", who, "by its name, beside the words")


def _title_as_text(mapping: ColumnMap) -> None:
    """A table with subjects and no bodies still says something."""
    if not mapping.texts and "title" in mapping.by_key:
        column = mapping.by_key.pop("title")
        mapping.texts.append((column, None))
        mapping.reasons[column] = "text (there is no column with a body)"


def _leave_sides(mapping: ColumnMap, columns: Sequence[str], values: Values) -> None:
    sides, numbers = side_columns(columns, values)
    for column in mapping.free(columns):
        if column in numbers:
            mapping.leave(column, "it numbers the sides of a conversation")
        elif column in sides:
            mapping.reasons[column] = "not used as a person: it says on which side who wrote is"


def _settle_notes(mapping: ColumnMap, columns: Sequence[str], values: Values, wanted: set[str]) -> None:
    """Columns of notes beside people's own words are nobody's voice; one alone is taken where its words say "I"."""
    used = [column for column, _ in mapping.texts]
    for column in columns:
        if column in used and may_be_notes(column, values[column]):
            mapping.doubtful.append(column)
        elif column not in mapping.reasons and normal(column) not in wanted and holds_notes(column, values[column]):
            sure = may_be_notes(column, values[column])
            (mapping.noted if sure else mapping.doubtful).append(column)
            mapping.leave(column, f"{'notes' if sure else 'perhaps notes'} of the staff")


def _attributes(
    mapping: ColumnMap, columns: Sequence[str], values: Values, options: SourceConfig, source_name: str, survey: bool
) -> None:
    if not options.attributes:
        chosen, kept, left = attribute_columns(mapping.free(columns), values, survey)
        mapping.attributes += chosen
        mapping.reasons |= kept
        for name, reason in left.items():
            mapping.leave(name, f"{reason}; name it in attributes to keep it")
            if reason == HOLDS_RECORDS:  # people's words may stand in them
                mapping.unused.discard(name)
        score = mapping.by_key.get("rating")
        if survey and score is not None and open_question(score):
            mapping.attributes.append(score)
            mapping.reasons[score] += ", kept as an attribute too"
        return
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


def _settle_dates(mapping: ColumnMap, values: Values, day_first: bool | None) -> None:
    column = mapping.by_key.get("date")
    if column is None:
        return
    answers = filled(values.get(column, []))
    mapping.dates = date_order(answers) if day_first is None else DateOrder(day_first, "as the configuration says")
    mapping.utc = headers.says_utc(column)
    notes = [note for note in (mapping.dates.said, "times are UTC" if mapping.utc else "") if note]
    if notes:
        mapping.reasons[column] += f"; {'; '.join(notes)}"


def _person_as(mapping: ColumnMap, values: Values) -> str:
    """Whether the person column holds names, handles or ids: by its name, else by whether most values have a blank."""
    column = mapping.by_key.get("person")
    if column is None:
        return "name"
    if mapping.record and column.startswith(f"{mapping.record}."):
        return "id"
    name = normal(column)
    answers = filled(values[column])
    blanks = sum(" " in value for value in answers)
    if blanks < 0.5 * len(answers) and any(headers.is_named(column, one, "handle") for one in ORDER["handle"]):
        return "handle"
    if name.endswith(" id") or name in ("userid", "respondent", "reviewerid", "account"):
        return "id"
    if answers and all(re.fullmatch(r"\d+", value) for value in answers):
        return "id"
    return "name" if not answers or blanks >= 0.5 * len(answers) else "handle"
