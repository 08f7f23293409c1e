"""The turns inside one record: who wrote each, in which part, by flags, lists of people, the customer, or who returns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voc_engine.ingest.counterparts import Counterparts
from voc_engine.ingest.dates import parse_date
from voc_engine.ingest.identity import Identity
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.pieces import Piece
from voc_engine.ingest.tables.answering import WHO, author_marks
from voc_engine.ingest.tables.cast import Member, are_messages, member_of, members, names_customer, same_person
from voc_engine.ingest.tables.cells import plain
from voc_engine.ingest.tables.column_map import ColumnMap
from voc_engine.ingest.tables.flags import NOTE, UNTOLD, Flag, told_role
from voc_engine.ingest.tables.headers import normal
from voc_engine.ingest.tables.row_documents import PRIVATE, TableReading, identity_of, parts_of, role_of, why_not
from voc_engine.ingest.tables.table import Row, Table

_KEYWORDS = keywords("record_turns")

Flat = Callable[[dict[str, Any]], dict[str, str]]
_STAFF_NAME = re.compile(
    r"(?:^|[\s_.-])(?:team|support|official|admin|moderator|helpdesk|customer[\s_.-]?(?:care|service)|care|service|staff)"
    r"(?:$|[\s_.-])",
    re.IGNORECASE,
)
# A system's own line, by the kind that chat exports give it.
_SYSTEM = re.compile(_KEYWORDS.pattern("system"), re.IGNORECASE)
# What kinds of messages are called, and words that only programs write.
_MESSAGE = re.compile(r"(?:[\w.]*[._])?(?:message|text|comment|post|chat)", re.IGNORECASE)
_OF_A_PROGRAM = re.compile(r"[a-z0-9]+(?:[._][a-z0-9]+)+", re.IGNORECASE)
_KINDS = ("subtype", "type", "message type", "event type", "msg type", "msgtype", "messagetype", "content type")
_OF_CUSTOMER = frozenset(("customer", "visitor", "client", "requester", "consumer", "guest", "caller"))


@dataclass(frozen=True)
class Inner:
    """One list inside the records: its key, its table of sample rows, what its columns mean, and what it is."""

    key: str
    table: Table
    mapping: ColumnMap
    flags: tuple[Flag, ...]
    holds: str  # "turns", "answers", "notes", "staff", "copy" (of another list) or "" (not read)
    question: str = ""
    answer: tuple[str, ...] = ()


def are_people(inner: Inner) -> bool:
    """Whether a list tells who takes part and on which side."""
    return (
        not inner.holds and bool(inner.flags) and any(normal(column) in ("id", "_id") for column in inner.table.columns)
    )


class RecordTurns:
    """A record's turns with their parts. ``settled``: flags, a list of people or the customer that the record names tell who
    is on which side; else ``sides`` does."""

    def __init__(
        self,
        reading: TableReading,
        lists: Sequence[Inner],
        sides: Counterparts,
        row: Row,
        inside: Mapping[str, list[dict[str, Any]]],
        flat: Flat,
    ) -> None:
        self.who = identity_of(reading, row)
        self.turns = [
            Turn(one, Row(f"{row.locator}, {one.key} {number}", flat(record)), reading)
            for one in lists if one.holds in ("turns", "notes", "staff")
            for number, record in enumerate(inside.get(one.key, ()), 1)
        ]  # fmt: skip
        people: dict[str, Member] = {}
        for inner in lists:
            if are_people(inner):
                people |= members(
                    [flat(record) for record in inside.get(inner.key, ())], inner.flags, reading.source.name
                )
        for turn in self.turns:
            turn.settle(people)
        open_ones = [turn for turn in self.turns if not turn.told and turn.text and turn.why_aside is None]
        self.authors = {author_marks(turn.inner.mapping, turn.row, "")[0] for turn in open_ones}
        self.settled = not open_ones or self._by_customer(reading, open_ones) or self._by_others()
        if not self.settled:
            for turn in open_ones:
                if sides.holds(author_marks(turn.inner.mapping, turn.row, "")):
                    turn.told = "agent"

    def _by_others(self) -> bool:
        """Whether some messages are told to be of one side, so that those that are not are of the other."""
        return any(turn.told in ("agent", "participant", "bot") for turn in self.turns if turn.inner.holds == "turns")

    def _by_customer(self, reading: TableReading, turns: Sequence[Turn]) -> bool:
        """The record names its customer: who it is among the authors is one, who is named otherwise is not."""
        named = [reading.mapping.by_key[key] for key in WHO if key in reading.mapping.by_key]
        if not any(names_customer(column) or normal(column).partition(" ")[0] in _OF_CUSTOMER for column in named):
            return False
        by_customer = [turn for turn in turns if same_person(turn.who, self.who)]
        if not by_customer or not all(are_messages(turn.inner.key) for turn in turns):
            return False
        for turn in turns:
            turn.told = "participant" if turn in by_customer else "agent"
        return True


class Turn:
    """One record of a list, with its author, part and time."""

    def __init__(self, inner: Inner, row: Row, outer: TableReading) -> None:
        self.inner, self.row = inner, row
        self.reading = TableReading(
            outer.source, outer.options, inner.table, inner.mapping, outer.kind, flags=inner.flags
        )
        self.text = plain(row.cells.get(inner.mapping.texts[0][0], "").strip())
        self.who: Identity = identity_of(self.reading, row)
        self.when = parse_date(inner.mapping.get("date", row), utc=inner.mapping.utc)
        self.told = _part(self, outer)
        self.why_aside = chat_line(row) or why_not(outer.kind, self.text, None)

    def settle(self, people: Mapping[str, Member]) -> None:
        """Takes name and part from the people whom the record lists."""
        member = member_of(self.row.cells, people) if people else None
        if member is not None:
            self.who = member.who
            self.told = member.role if self.told in ("", UNTOLD) else self.told

    def pieces(self, new_id: str, customer: Identity) -> Iterator[Piece]:
        """Its pieces in the document ``new_id``; staff without a name is never the customer."""
        role = role_of(self.reading, self.row, self.who, self.text, self.told)
        key = self.who.key(new_id)
        if role == "participant" and (key == f"anonymous:{new_id}" or same_person(self.who, customer)):
            key = customer.key(new_id)
        elif role != "participant" and key in (f"anonymous:{new_id}", customer.key(new_id)):
            key = f"speaker:{new_id}:{role}"
        speaker = self.who.name or self.who.handle or self.who.email or None
        for part, cut in parts_of(self.reading.kind, self.text):
            yield Piece(part, key, role, speaker, PRIVATE if self.told == NOTE else cut, self.when)


def _part(turn: Turn, outer: TableReading) -> str:
    """Who wrote: the list's own meaning, flags, the configured agents, then a name that says that it is the company's."""
    if turn.inner.holds == "notes":
        return NOTE
    stated = told_role(turn.row.cells, turn.inner.flags)
    if stated in ("agent", "bot", NOTE, "participant"):
        return stated
    if turn.inner.holds == "staff":
        return "agent"
    names = {one.casefold() for one in (turn.who.name, turn.who.handle, turn.who.email) if one}
    names |= {turn.who.email.rpartition("@")[2]} if turn.who.email else set()
    if names & {one.casefold().removeprefix("@") for one in outer.options.agents}:
        return "agent"
    if any(_STAFF_NAME.search(one) for one in names if "@" not in one):
        return "agent"
    return UNTOLD if stated == UNTOLD else ""


def has_chat_lines(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bool:
    """Whether a column of kinds tells messages from a program's own lines: some are called messages, or all other kinds are
    a program's words ("system_join_channel") and not a person's ("System request")."""
    for column in columns:
        if normal(column.rpartition(".")[2]) not in _KINDS:
            continue
        kinds = [row.get(column, "").strip() for row in rows]
        lines = [kind for kind in kinds if kind and _SYSTEM.fullmatch(kind)]
        messages = sum(not kind or bool(_MESSAGE.fullmatch(kind)) for kind in kinds)
        named = any(kind and _MESSAGE.fullmatch(kind) for kind in kinds)
        if lines and messages >= len(lines) and (named or all(map(_OF_A_PROGRAM.fullmatch, lines))):
            return True
    return False


def chat_line(row: Row) -> str | None:
    """Why a record of a list is no message: a chat's own line (somebody joined), by the kind that it bears."""
    for name, cell in row.cells.items():
        if normal(name.rpartition(".")[2]) in _KINDS and cell.strip() and _SYSTEM.fullmatch(cell.strip()):
            return "line of the chat program"
    return None
