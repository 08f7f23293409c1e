"""Registered names: what every component calls itself."""

from __future__ import annotations

import re

_VERSIONED = re.compile(r"[a-z][a-z0-9_]*\.v\d+")


def check_name(name: str) -> None:
    """A name ends in its version, so that a study made with ``jot.v1`` is still read by it when ``jot.v2`` is out."""
    assert _VERSIONED.fullmatch(name), f"{name!r} is no versioned name such as 'jot.v1'"
