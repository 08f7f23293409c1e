"""Columns that tell who somebody is, nested or not: they become identities or are set aside, never attributes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voc_engine.ingest.dates import parse_date
from voc_engine.ingest.identity import holds_mail, is_mail
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.tables.headers import normal

_KEYWORDS = keywords("identity_columns")

# Keys of nested records that hold the author, likeliest first.
_AUTHORS = [
    "author",
    "user",
    "reviewer",
    "customer",
    "consumer",
    "visitor",
    "requester",
    "from",
    "sender",
    "respondent",
    "participant",
    "poster",
    "commenter",
    "created by",
    "posted by",
    "submitted by",
    "submitter",
    "reporter",
    "person",
    "contact",
    "client",
    "guest",
    "member",
    "account",
    "creator",
    "owner",
    "profile",
]
# People who are not the author; their names are as private.
_OTHERS = [
    "assignee",
    "agent",
    "agent name",
    "assigned to",
    "manager",
    "employee",
    "staff",
    "representative",
    "recipient",
    "recipients",
    "to",
    "cc",
    "bcc",
    "followers",
    "collaborators",
    "authors",
    "users",
    "customers",
    "participants",
    "contacts",
    "reviewers",
    "requesters",
    "members",
    "responder",
    "replied by",
    "updated by",
    "approver",
]
_QUESTION_WORDS = 8  # a longer question asks for more than a name or an address
_PHONE_DIGITS = (7, 15)  # without an area code, and the most of any country (ITU-T E.164)
_FULL_NUMBER = 9  # digits with an area code


_STAFF_WORDS = _KEYWORDS.words("staff_words")
_LEAVES: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name", "fullname", "display name", "real name", "profile name"),
    "email": ("email", "mail", "e mail", "email address", "emailaddress"),
    "handle": ("username", "user name", "handle", "screen name", "login", "nickname", "nick"),
    "person": (
        "id",
        "user id",
        "userid",
        "uid",
        "uuid",
        "customer id",
        "author id",
        "account id",
        "_id",
        "steamid",
        "steam id",
    ),
}
# Names of these, inside a person's record, are no names of people ("user.plan.name").
_THINGS = _KEYWORDS.words("things")
_FIRST = ("first name", "firstname", "given name", "givenname", "forename", "vorname", "prénom", "prenom")
_LAST = (
    "last name",
    "lastname",
    "surname",
    "family name",
    "familyname",
    "nachname",
    "nom",
    "nom de famille",
    "apellidos",
    "apellido",
)
_OF_A_PERSON = re.compile(_KEYWORDS.pattern("of_a_person"))
_NAME_QUESTION = re.compile(r"(?:\byour (?:full )?|^full )name(?:\s*\(.*\)?)?$", re.I)
_MAIL_QUESTION = re.compile(r"(?:\byour |^)(?:contact |work )?e?[ -]?mail(?: ?address)?(?:\s*\(.*\)?)?$", re.I)
_IN_RECORD = re.compile(_KEYWORDS.pattern("in_record"))
_PHONE = re.compile(r"(?:tel\.?:?|phone:?)?\s*(?P<mark>\+|00|\()?[\d\s().\-/]{6,24}(?:(?:ext|x)\.?\s*\d+)?", re.I)
_SHORT_PHONE = re.compile(r"\d{3}[-. ]\d{4}")
_RANGE = re.compile(r"([1-9]\d*)\s*[-–]\s*([1-9]\d*)")


def author_record(columns: Sequence[str]) -> dict[str, str]:
    """Column by meaning (name, email, handle, person) of the likeliest nested author; all of one record, so that two
    people are never mixed. {} where no column is nested in a person.
    """
    records: dict[str, dict[str, str]] = {}
    for meaning, leaves in _LEAVES.items():
        for leaf in leaves:
            for column in columns:
                record, _, last = column.rpartition(".")
                if normal(last) == leaf and _rank(record) is not None:
                    records.setdefault(_person_of(record), {}).setdefault(meaning, column)
    # Equal ranks: the record that stands first in the file.
    order = sorted(records, key=lambda record: (_rank(record) or 0, min(map(columns.index, records[record].values()))))
    return records[order[0]] if order else _unnamed_record(columns)


def _unnamed_record(columns: Sequence[str]) -> dict[str, str]:
    """The nested object that holds a handle or an address beside a name or an id, whatever it is called ("u.username")."""
    records: dict[str, dict[str, str]] = {}
    for meaning, leaves in _LEAVES.items():
        for leaf in leaves:
            for column in columns:
                record, _, last = column.rpartition(".")
                path = [normal(part) for part in record.split(".")]
                if record and normal(last) == leaf and not (set(path) & set(_OTHERS) or path[-1] in _THINGS):
                    records.setdefault(record, {}).setdefault(meaning, column)
    people = [one for one in records.values() if len(one) > 1 and {"handle", "email"} & set(one)]
    return people[0] if len(people) == 1 else {}


def name_parts(columns: Sequence[str], record: str = "") -> list[str]:
    """The columns of the first and the last name, in this order, at the top or in the author's record."""
    inside = {normal(c.rpartition(".")[2]): c for c in columns if _person_of(c.rpartition(".")[0]) == record}
    parts = [next((inside[name] for name in names if name in inside), None) for names in (_FIRST, _LAST)]
    return [column for column in parts if column is not None]


def record_of(column: str) -> str:
    """The nested person that a column belongs to; "" for a column at the top."""
    return _person_of(column.rpartition(".")[0])


def asks_name(header: str) -> bool:
    """Whether a survey's question asks for the respondent's name."""
    return len(header.split()) <= _QUESTION_WORDS and bool(_NAME_QUESTION.search(header.strip(" ?*:")))


def asks_mail(header: str) -> bool:
    """Whether a survey's question asks for the respondent's mail address."""
    return len(header.split()) <= _QUESTION_WORDS and bool(_MAIL_QUESTION.search(header.strip(" ?*:")))


def names_staff(column: str) -> bool:
    """Whether a header says that the cells are of somebody who is not the author ("Agent E-mail", "assignee.email")."""
    words = {word.rstrip("s") for part in column.split(".") for word in normal(part).split()}
    return bool(words & _STAFF_WORDS)


def names_a_person(column: str) -> bool:
    """Whether a header says that the cells name or reach somebody ("username", "author.email", "assignee")."""
    *path, last = (normal(part) for part in column.split("."))
    if last in _OTHERS or last in _FIRST or last in _LAST or (_OF_A_PERSON.match(last) and not path):
        return True
    if any(part in _AUTHORS or part in _OTHERS for part in path):
        if path[-1] in _THINGS:
            return False
        return bool(_IN_RECORD.search(last)) or last in ("display", "first", "last", "full") or last in _AUTHORS
    return bool(_OF_A_PERSON.match(last)) and last not in ("name", "names")


def holds_contacts(header: str, values: Sequence[str]) -> bool:
    """Whether half or more of the filled values hold a mail address or are like a telephone number."""
    filled = [value.strip() for value in values if value.strip()]
    numbers = not re.search(r"version|build|size|range|band|date|time", header, re.I)
    hits = sum(holds_mail(value) or (numbers and is_phone_like(value)) for value in filled)
    return bool(filled) and hits >= 0.5 * len(filled)


def holds_mails(values: Sequence[str]) -> bool:
    """Whether most of the filled values are mail addresses."""
    filled = [value for value in values if value.strip()]
    return bool(filled) and sum(is_mail(value) for value in filled) >= 0.8 * len(filled)


def is_phone_like(value: str) -> bool:
    """Seven to fifteen digits, written as telephone numbers are; no date, no range of amounts."""
    value = value.strip()
    match, digits = _PHONE.fullmatch(value), sum(character.isdigit() for character in value)
    if not match or not _PHONE_DIGITS[0] <= digits <= _PHONE_DIGITS[1] or (not value.isdigit() and parse_date(value)):
        return False
    if (span := _RANGE.fullmatch(value)) and int(span[1]) < int(span[2]) and int(span[2]) % 10 in (0, 9):
        return False
    return bool(match["mark"]) or digits >= _FULL_NUMBER or bool(_SHORT_PHONE.fullmatch(value))


def _rank(record: str) -> int | None:
    """How likely a nested record is the author; None where its path names no person."""
    person = _person_of(record)
    return _AUTHORS.index(normal(person.rpartition(".")[2])) if person else None


def _person_of(record: str) -> str:
    """The path up to its outermost person ("data.author" of "data.author.profile"); "" where there is none."""
    parts = record.split(".") if record else []
    for depth, part in enumerate(parts):
        if normal(part) in _OTHERS:
            return ""
        if normal(part) in _AUTHORS:
            return ".".join(parts[: depth + 1])
    return ""
