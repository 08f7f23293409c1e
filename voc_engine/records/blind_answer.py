"""What a second coder says of a sentence without having seen what others said of it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from voc_engine.records.mention import MENTION_KINDS


@dataclass(frozen=True, slots=True)
class BlindAnswer:
    """``labels`` are kinds of mention and ids of given codes, sorted; none where nothing is in the sentence. ``asked`` are
    all that could be chosen: a code that was made later was not left out on purpose."""

    labels: tuple[str, ...]
    asked: tuple[str, ...] = MENTION_KINDS

    @classmethod
    def read(cls, value: str | None) -> BlindAnswer | None:
        """The answer in the value of a "blind"; None where it is none."""
        try:
            data = json.loads(value or "")
            choices = tuple(str(one) for one in data["asked"])
            labels = tuple(sorted({str(one) for one in data["labels"]}))
        except (ValueError, TypeError, KeyError):
            return None
        return cls(labels, choices) if choices and set(labels) <= set(choices) else None

    def as_value(self) -> str:
        """The value of the decision that keeps it."""
        return json.dumps({"labels": self.labels, "asked": self.asked}, ensure_ascii=False, separators=(",", ":"))
