"""Which disclosures may stand on a card: those that are right at least seven times in ten when read one by one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from voc_engine.records import DISCLOSURES

REVIEW, OTHER = "review", "other"


@cache
def _figures() -> dict[str, Any]:
    text = (resources.files("voc_engine.personas") / "told_well.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def right_of(field: str, source_kind: str) -> tuple[int, int]:
    """(right, read) of a field in reviews or, for any other kind of document, in all other sources; (0, 0): none read."""
    group = REVIEW if source_kind == REVIEW else OTHER
    right, read = _figures()[group].get(field, (0, 0))
    return right, read


def read_well(field: str, source_kind: str) -> bool:
    """Whether enough were read and enough of them were right."""
    right, read = right_of(field, source_kind)
    return bool(read >= _figures()["least_read"] and right >= _figures()["least_right"] * read)


def shown_fields(source_kind: str) -> tuple[str, ...]:
    """The fields that a card counts in such sources, in their order."""
    return tuple(field for field in DISCLOSURES if read_well(field, source_kind))
