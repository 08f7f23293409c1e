"""What all records share: frozen dataclasses whose fields a store can lay out as columns."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, ClassVar, get_type_hints


@dataclass(frozen=True, slots=True)
class Record:
    """Base of every noun. ``table`` names the table that holds records of the class.

    Fields may be ``str``, ``int``, ``float``, ``bool``, each of these or None, ``tuple[str, ...]``,
    ``tuple[int, ...]``, ``tuple[float, ...]``, ``dict[str, str]`` and tuples of one class of ``Part``.
    """

    table: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Base of what stands several times within a record; fields as in a record, but no parts of its own."""


def field_types(kind: type[Record] | type[Part]) -> dict[str, Any]:
    """Column name -> type, in the order of the class body."""
    return {name: hint for name, hint in get_type_hints(kind).items() if name != "table"}


def stable_hash(*values: str, size: int = 8) -> str:
    """Hex digest (2 * size digits) of the values, the same on every machine, process and day."""
    digest = blake2b(digest_size=size)
    for value in values:
        data = value.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()
