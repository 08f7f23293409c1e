"""Given: what a pass over the whole study hands to each part of a stage, beside the part's tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

BOILERPLATE = "boilerplate: words that several people sent alike inside longer texts"


@dataclass(frozen=True)
class Given:
    """Every field is a mapping; what is in them names the part that is made with it."""


@dataclass(frozen=True)
class Copies(Given):
    """What of a part was sent by others too. Documents that are to be set aside: id -> reason, and id -> id of the document
    that stays; phrases that are nobody's own: hash of their words -> reason."""

    reasons: Mapping[str, str] = field(default_factory=dict)
    firsts: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
