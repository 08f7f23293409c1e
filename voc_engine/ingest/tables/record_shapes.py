"""Records of JSON in one shape, whatever stands around them: a kind beside its payload, objects under ids, replies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

# How deep an object is looked into, and replies to replies; deeper ones are told as not read.
DEEPEST = 12  # a choice
# Of the keys of a record, how many must be the same in another for both to be of one kind.
_ALIKE = 0.6  # a choice
_FEWEST_ENTRIES = 2  # one object under an id may be a record of its own
_OF_ONE_KIND = 4  # keys; an answer of a service around its list shares an id and a type with the records


def reshaped(value: Any) -> Any:
    """A record whose payload stands under the name of its kind as that payload, objects under ids as lists of objects."""
    if not isinstance(value, dict):
        return value
    return {key: _as_lists(inner) for key, inner in _payload(value).items()}


def _payload(record: dict[str, Any]) -> dict[str, Any]:
    """{"type": "post", "post": {...}} is the post; anything else as it is."""
    inner = [key for key, value in record.items() if isinstance(value, dict)]
    if len(inner) != 1 or not any(value == inner[0] for value in record.values()):
        return record
    return {**{key: value for key, value in record.items() if key != inner[0]}, **record[inner[0]]}


def _as_lists(value: Any, depth: int = 0) -> Any:
    if depth > DEEPEST:
        return value
    if isinstance(value, list):
        return [_as_lists(one, depth + 1) for one in value]
    if not isinstance(value, dict):
        return value
    if not under_ids(value):
        return {key: _as_lists(inner, depth + 1) for key, inner in value.items()}
    return [entry for key, inner in value.items() for entry in _entries(key, inner, depth + 1)]


def under_ids(value: Mapping[str, Any]) -> bool:
    """Whether an object is a list in disguise: every key an id (with a digit in it), every value an object of one kind."""
    objects = [inner for inner in value.values() if isinstance(inner, dict) and inner]
    if len(objects) < _FEWEST_ENTRIES or len(objects) < len(value):
        return False
    if not all(any(char.isdigit() for char in key) and " " not in key for key in value):
        return False
    return all(_alike(one, objects[0]) for one in objects[1:])


def _entries(key: str, record: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
    """An object and what stands under ids inside it (the parts of a question), as entries of one list."""
    parts = {name: inner for name, inner in record.items() if isinstance(inner, dict) and under_ids(inner)}
    own = {name: _as_lists(inner, depth) for name, inner in record.items() if name not in parts}
    yield own if "id" in own else {"id": key, **own}
    for inner in parts.values():
        for name, part in inner.items():
            yield from _entries(name, part, depth + 1)


def with_replies(record: dict[str, Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    """A record and the records of its kind in lists inside it, each after what it answers."""
    yield record
    if depth >= DEEPEST:
        return
    for inner in record.values():
        if isinstance(inner, list) and inner and all(isinstance(one, dict) and _alike(one, record) for one in inner):
            for one in inner:
                yield from with_replies(one, depth + 1)


def answers_itself(record: Mapping[str, Any]) -> bool:
    """Whether an object holds records of its own kind: the first message of a thread with its answers inside."""
    lists = (inner for inner in record.values() if isinstance(inner, list) and inner and isinstance(inner[0], dict))
    return any(len(set(inner[0]) & set(record)) >= _OF_ONE_KIND and _alike(inner[0], record) for inner in lists)


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two objects share most of the keys of the smaller one, two at least."""
    shared = len(set(one) & set(other))
    return shared >= max(2, _ALIKE * min(len(one), len(other)))
