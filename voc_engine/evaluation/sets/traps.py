"""Short sentences in which single words mislead ("No problems so far"), with what has to hold of their labels."""

from __future__ import annotations

import json

from voc_engine.errors import ConfigError
from voc_engine.evaluation.sets.gold_file import Source, text_of
from voc_engine.evaluation.task import Row
from voc_engine.records import MENTION_KINDS, SENTIMENTS


def read(source: Source) -> tuple[Row, ...]:
    """One row per sentence; its classes are conditions ("neutral or positive", "delight", "not pain_point"), which all
    have to hold. Nobody says what kind of document a sentence is from."""
    try:
        cases = json.loads(text_of(source.path))["rows"]
        rows = tuple(
            Row(
                row["text"],
                (
                    " or ".join(_checked_values(row["sentiment"], SENTIMENTS)),
                    *_checked_values(row["must"], MENTION_KINDS),
                    *(f"not {kind}" for kind in _checked_values(row["must_not"], MENTION_KINDS)),
                ),
                None,
            )
            for row in cases
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"{source.path.name} cannot be understood.",
            found=f"{type(error).__name__} {error}",
            do='give {"rows": [{"text", "sentiment": [...], "must": [...], "must_not": [...]}, ...]}',
        ) from error
    return rows


def _checked_values(values: list[str], names: tuple[str, ...]) -> list[str]:
    if unknown := [value for value in values if value not in names]:
        raise ValueError(f"{', '.join(map(repr, unknown))}; known are {', '.join(names)}")
    return values
