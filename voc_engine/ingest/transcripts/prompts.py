"""What somebody says who leads a talk: prompts, instructions, introductions, thanks; and to whom a question is put."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

_LISTS: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
# A question that names neither side ("And then?") is more often one to somebody else.
_NEUTRAL = 0.6


def _any_of(words: str) -> str:
    return "|".join(words.split())


def _pattern() -> re.Pattern[str]:
    verb = f"(?:{_any_of(_LISTS['verbs'])})\\b"
    leads = [one.replace("{verb}", verb) for value in _LISTS.values() if isinstance(value, list) for one in value]
    soft = rf"(?:(?:{_any_of(_LISTS['softeners'])})[,.!\s]+){{0,4}}"
    return re.compile(rf"(?:^|[.!?,;:…]\s+){soft}(?:{'|'.join(leads)})", re.IGNORECASE)


PROMPT = _pattern()
_YOU = re.compile(rf"\b(?:{_any_of(_LISTS['you'])})\b", re.IGNORECASE)
_SELF = re.compile(rf"\b(?:{_any_of(_LISTS['self'])})\b", re.IGNORECASE)


def addressed(question: str) -> float:
    """How much a question is one to somebody else, 0 to 1: "Do you ...?" is, "Do I have to ...?" of a think-aloud is not."""
    if _YOU.search(question):
        return 1.0
    return 0.0 if _SELF.search(question) else _NEUTRAL
