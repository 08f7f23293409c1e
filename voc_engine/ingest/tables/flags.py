"""Columns that say who wrote a row: is_staff, direction, from_me, author type, private; read alike in tables and records."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from voc_engine.ingest.tables.headers import ORDER, normal
from voc_engine.ingest.tables.values import filled
from voc_engine.ingest.thread_roles import role_named
from voc_engine.language.word_lists import word_list

NOTE = "note"
UNTOLD = "untold"
_YES = word_list("yes_no", "yes", "yes_in_flags") | {"1"}
_NO = word_list("yes_no", "no", "no_in_flags") | {"0", ""}
# Where it is true, and where it is not; "" says nothing.
_MEANS = {
    "yes_is_staff": ("agent", "participant"),
    "yes_is_customer": ("participant", "agent"),
    "yes_is_machine": ("bot", ""),
    "yes_is_note": (NOTE, ""),
    "no_is_note": ("", NOTE),
}
_MOST_WORDS = 12
_MOST_SIDES = 6  # a choice: customers, staff, machines, and what else writes in a help desk
_REPLY_TO = re.compile(r"(?:in )?repl(?:y|ied) to\b|parent")
# Chatwoot's numbers: incoming, outgoing, activity, template.
_CODED_HEADERS = frozenset(("message type", "msg type"))
_CODES = {"0": "participant", "1": "agent", "2": "bot", "3": "bot"}
_SIDES = frozenset(("participant", "agent"))
# Beside visitors and customers a "user" is who has an account of the help desk.
_OF_EITHER = frozenset(("user", "member", "account"))


@dataclass(frozen=True)
class Flag:
    """A column that says who wrote. ``turned`` are words of either side that mean staff in this column; ``filled``: that
    somebody's name stands in the cell says that staff wrote; ``owner``: that it is who stands in that other column does.
    ``blank_is_no``: the column never says no, so that a blank does; elsewhere a blank says nothing."""

    column: str
    turned: frozenset[str] = frozenset()
    filled: bool = False
    owner: str = ""
    blank_is_no: bool = True


def flag_columns(columns: Sequence[str], values: Mapping[str, Sequence[str]]) -> list[Flag]:
    """The columns that say who wrote, in the table's order."""
    flags = (_flag(column, values[column]) for column in columns)
    return [*(flag for flag in flags if flag is not None), *_own_pages(columns, values)]


def _own_pages(columns: Sequence[str], values: Mapping[str, Sequence[str]]) -> Iterator[Flag]:
    """Ids of authors beside the id of the one who owns the page, where others write there too, or answers alone are given:
    who writes on their own page answers for nobody."""
    answers = any(_REPLY_TO.match(_name(column)) for column in columns)
    for author in columns:
        if _name(author) not in _own_page("authors"):
            continue
        scope = author.rpartition(".")[0]
        for owner in columns:
            beside = _name(owner) in _own_page("owners") and owner.rpartition(".")[0] == scope
            if not beside:
                continue
            owners, authors = set(filled(values[owner])), set(filled(values[author]))
            if len(owners) == 1 and owners <= authors and (len(authors) > 1 or answers):
                yield Flag(author, owner=owner)


def side_columns(columns: Sequence[str], values: Mapping[str, Sequence[str]]) -> tuple[set[str], set[str]]:
    """Columns that look like a writer's name and say on which side one is ("sender"), and those that number the sides
    ("sender id"): they name nobody."""
    sides: set[str] = set()
    numbers: set[str] = set()
    for flag in flag_columns(columns, values):
        side, kinds = _name(flag.column), set(filled(values[flag.column]))
        if flag.owner or not 1 < len(kinds) <= _MOST_SIDES:
            continue
        if side in _headers("perhaps") and side in ORDER["person"]:
            sides.add(flag.column)
        for column in columns:
            pairs = set(zip(values[flag.column], values[column], strict=True))
            one_each = len(pairs) == len(kinds) == len(set(filled(values[column])))
            if one_each and column != flag.column and _name(column).startswith(f"{side} "):
                numbers.add(column)
    return sides, numbers


def _flag(column: str, values: Sequence[str]) -> Flag | None:
    """The column as one that says who wrote: by its header, or by a general header over cells that name both sides."""
    name, answers = _name(column), {value.casefold() for value in filled(values)}
    if not answers:
        return None
    if name in _booleans():
        return Flag(column, blank_is_no=not answers & _NO) if answers <= _YES | _NO else None
    flag = Flag(column, _turned(answers))
    if name in _headers("worded"):
        return flag if any(_worded(value) for value in answers) else None
    if name in _headers("visible"):
        return flag if any(_visible(value) for value in answers) else None
    if name in _CODED_HEADERS and answers <= set(_CODES):
        return flag
    if name not in _headers("perhaps") or len(answers) > _MOST_WORDS:
        return None
    roles = ["agent" if value in flag.turned else _worded(value) for value in sorted(answers)]
    # "Agent" beside one word that is not known are two sides, of which one has to be asked about.
    sides = len(roles) == len(_SIDES) and set(roles) == {"agent", ""} and answers & _staff_words()
    return flag if (all(roles) and set(roles) >= _SIDES) or sides else None


def _turned(answers: set[str]) -> frozenset[str]:
    """Words that name customers by themselves, in a column that has another word for these and none for staff."""
    roles = {value: _worded(value) for value in answers}
    customers = {value for value, role in roles.items() if role == "participant"}
    either = customers & _OF_EITHER
    return frozenset(either) if customers - either and "agent" not in roles.values() else frozenset()


def told_role(cells: Mapping[str, str], flags: Sequence[Flag]) -> str:
    """Who wrote, by the flags: "participant", "agent", "bot" or "note"; "untold" for a word that is not known, "" where no
    flag says anything. A note is one whoever wrote it, a bot one whoever it answers for."""
    roles = [role for flag in flags if (role := _told(flag, cells))]
    for role in (NOTE, "bot", "agent", UNTOLD):
        if role in roles:
            return role
    return roles[0] if roles else ""


def _told(flag: Flag, cells: Mapping[str, str]) -> str:
    value = cells.get(flag.column, "")
    if flag.owner:
        return "agent" if value and value == cells.get(flag.owner, "") else ""
    return _role(flag, value)


def _role(flag: Flag, value: str) -> str:
    name, value = _name(flag.column), value.strip().casefold()
    if flag.filled:
        return "agent" if value else ""
    if value in flag.turned:
        return "agent"
    if name in _headers("visible"):
        return _visible(value)
    if name in _booleans():
        yes, no = _booleans()[name]
        if not value and (not flag.blank_is_no or no == NOTE):
            return ""
        return yes if value in _YES else no if value in _NO else ""
    if name in _CODED_HEADERS and value in _CODES:
        return _CODES[value]
    return "" if not value or value in _sideless() else _worded(value) or UNTOLD


def _worded(value: str) -> str:
    """The role of a word; "" where it names none."""
    plain = re.sub(r"[\s-]+", "_", value.strip())
    if plain in _words():
        return _words()[plain]
    role = role_named(plain.replace("_", " ")) if plain else "unknown"
    return "" if role == "unknown" else role


def _visible(value: str) -> str:
    """A note where only the company's own people may see it."""
    return NOTE if _worded(value) in (NOTE, "agent") or role_named(value.rstrip("s")) == "agent" else ""


def _name(column: str) -> str:
    return normal(column.rpartition(".")[2]).rstrip("?")


@cache
def _lists() -> dict[str, dict[str, str]]:
    text = (resources.files("voc_engine.ingest.tables") / "flags.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _headers(name: str) -> frozenset[str]:
    return frozenset(one.strip() for one in _lists()[name]["headers"].split("|"))


@cache
def _own_page(side: str) -> frozenset[str]:
    return frozenset(_lists()["own_page"][side].split("|"))


@cache
def _booleans() -> dict[str, tuple[str, str]]:
    return {header: means for name, means in _MEANS.items() for header in _headers(name)}


@cache
def _sideless() -> frozenset[str]:
    """Words that tell a person from a machine, and not on which side they are."""
    return frozenset(_lists()["words"]["person"].split("|"))


@cache
def _staff_words() -> frozenset[str]:
    """Words that mean staff wherever they stand; "sent" and "me" may mean other things."""
    return frozenset(_lists()["words"]["staff"].split("|"))


@cache
def _words() -> dict[str, str]:
    return {
        word: role
        for role, words in _lists()["words"].items()
        if role not in ("person", "staff")
        for word in words.split("|")
    }
