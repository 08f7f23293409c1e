"""JSON whose outermost object is one conversation, as programs for calls send it: its list is none of records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from voc_engine.ingest.jsonscan import words
from voc_engine.ingest.keywords import keywords
from voc_engine.ingest.tables.cast import CUSTOMERS
from voc_engine.ingest.tables.flags import flag_columns, told_role
from voc_engine.ingest.tables.headers import normal
from voc_engine.ingest.tables.turns import alternate

_KEYWORDS = keywords("one_talk")

_TURNS = re.compile(_KEYWORDS.pattern("turns"))
# What is spoken; messages of many people stand in one list as well.
_SPOKEN = re.compile(r"(?:.*[ _])?(?:transcripts?|turns|utterances|dialog(?:ue)?|lines)(?:[ _](?:list|items|entries))?")
# What names the person behind an item; two of them among the customers are two conversations.
_NAMES = re.compile(_KEYWORDS.pattern("names"))
_FEWEST = 2
# Rows of a talk: few people, each of whom comes again, and another one in most rows than in the row before.
_FEWEST_TAKING_TURNS, _MOST_VOICES, _TAKE_TURNS = 3, 8, 0.5


def is_one_talk(record: Mapping[str, Any], lists: Mapping[str, Sequence[Mapping[str, Any]]], flat: Any) -> bool:
    """Whether one list in the object holds turns of both sides, and no more than one person stands on the customer's;
    messages beside which the object names its customer; or what few people say in turn, whoever they are."""
    return any(
        _are_turns(key, [flat(one) for one in items])
        or _beside_customer(record, key, len(items))
        or _take_turns(key, [flat(one) for one in items])
        for key, items in lists.items()
    )


def _take_turns(key: str, rows: Sequence[Mapping[str, str]]) -> bool:
    """Whether few people speak in turn in a list of what is spoken."""
    if len(rows) < _FEWEST_TAKING_TURNS or not _SPOKEN.fullmatch(normal(key.rpartition(".")[2])):
        return False
    names = (name for name in rows[0] if _NAMES.fullmatch(normal(name)))
    given = ([row.get(name, "") for row in rows] for name in names)
    return any(
        all(cells) and 1 < len(set(cells)) <= min(_MOST_VOICES, len(cells) - 1) and alternate(cells) >= _TAKE_TURNS
        for cells in given
    )


def _beside_customer(record: Mapping[str, Any], key: str, count: int) -> bool:
    """Whether the object that holds a list of messages holds the one customer as well ({"visitor": {}, "messages": []})."""
    *path, last = key.split(".")
    holder: Any = record
    for step in path:
        holder = holder[step]
    named = (name for name, value in holder.items() if isinstance(value, Mapping) and value)
    return (
        count >= _FEWEST and bool(_TURNS.fullmatch(normal(last))) and any(normal(name) in CUSTOMERS for name in named)
    )


def _are_turns(key: str, rows: Sequence[Mapping[str, str]]) -> bool:
    if len(rows) < _FEWEST or not _TURNS.fullmatch(normal(key.rpartition(".")[2])):
        return False
    columns = list(dict.fromkeys(name for row in rows for name in row))
    flags = flag_columns(columns, {name: [row.get(name, "") for row in rows] for name in columns})
    roles = [told_role(row, flags) for row in rows]
    if "participant" not in roles or not {"agent", "bot"} & set(roles):
        return False
    theirs = [row for row, role in zip(rows, roles, strict=True) if role == "participant"]
    people = (
        {words(row.get(name)) for row in theirs} - {""}
        for name in columns
        if name not in {flag.column for flag in flags} and _NAMES.fullmatch(normal(name))
    )
    return all(len(one) <= 1 for one in people)
