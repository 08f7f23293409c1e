"""Who takes part in the conversations of a record: lists of people beside the messages, and the customer it names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voc_engine.ingest.identity import Identity, make_identity
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.tables.flags import Flag, told_role
from voc_engine.ingest.tables.headers import normal
from voc_engine.ingest.tables.identity_columns import record_of

_KEYWORDS = keywords("cast")

# Lists of messages between two sides; comments, replies and posts are written among equals too.
_MESSAGES = re.compile(_KEYWORDS.pattern("messages"))
# An object of such a name is the company's customer, whoever writes beside it.
CUSTOMERS = _KEYWORDS.words("customers")
_IDS = ("id", "_id", "user id", "userid", "uid", "uuid", "user_id")


@dataclass(frozen=True)
class Member:
    """One of the people whom a record lists: "participant", "agent" or "bot", and who it is."""

    role: str
    who: Identity


def are_messages(key: str) -> bool:
    """Whether a list's key says that two sides write to each other in it."""
    return bool(_MESSAGES.fullmatch(normal(key.rpartition(".")[2])))


def names_customer(column: str) -> bool:
    """Whether a column stands in an object that is the company's customer ("visitor.name")."""
    record = record_of(column) or column.rpartition(".")[0]
    return normal(record.rpartition(".")[2]) in CUSTOMERS


def members(people: Sequence[Mapping[str, str]], flags: Sequence[Flag], scope: str) -> dict[str, Member]:
    """The listed people by their ids, those of whom a flag says on which side they are."""
    listed: dict[str, Member] = {}
    for cells in people:
        by_name = {normal(name): cell.strip() for name, cell in cells.items() if cell.strip()}
        native, role = next((by_name[one] for one in _IDS if one in by_name), ""), told_role(cells, flags)
        if native and role in ("participant", "agent", "bot"):
            name, mail = by_name.get("name", by_name.get("display name", "")), by_name.get("email", "")
            listed[native] = Member(role, make_identity(name=name, email=mail, id=native, scope=scope))
    return listed


def member_of(cells: Mapping[str, str], cast: Mapping[str, Member]) -> Member | None:
    """Whose id stands in one of a message's fields; its own id is none."""
    named = (
        cell for name, cell in cells.items() if normal(name.rpartition(".")[2]) not in ("id", "_id") or "." in name
    )
    return next((cast[cell] for cell in named if cell in cast), None)


def same_person(this: Identity, two: Identity) -> bool:
    """Whether two identities share an address, an id of one scope, or what they are called (a name or a handle)."""
    pairs = (
        (this.email.casefold(), two.email.casefold()),
        (this.id and f"{this.scope}:{this.id}", two.id and f"{two.scope}:{two.id}"),
    )
    called = [{one.casefold() for one in (who.name, who.handle) if one} for who in (this, two)]
    return bool(called[0] & called[1]) or any(first and first == second for first, second in pairs)
