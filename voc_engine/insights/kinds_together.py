"""Sides: which kinds of mention may be one finding.

Who complains of a lack, who asks for what is lacking and who stays away for it speak of one problem, and a team mends it
once. Praise, aims and what made people start are matters of their own.
"""

from __future__ import annotations

from collections.abc import Mapping

SIDE_OF: Mapping[str, str] = {
    "pain_point": "against", "objection": "against", "request": "against", "delight": "for", "goal": "aim",
    "trigger": "start",
}  # fmt: skip
