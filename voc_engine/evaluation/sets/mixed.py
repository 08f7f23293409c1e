"""voc-dev: sentences of five sources with kinds, sentiment, emotion and quadrant. Evaluate only."""

from __future__ import annotations

from voc_engine.evaluation.sets.gold_file import Source, table, wrong
from voc_engine.evaluation.sets.letters import kinds_of
from voc_engine.evaluation.task import Row
from voc_engine.records import EMOTIONS, QUADRANTS

_SENTIMENTS = {"neg": "negative", "neu": "neutral", "pos": "positive"}
_VALUES = {
    "sentiment": _SENTIMENTS,
    "emotion": {one: one for one in EMOTIONS},
    "quadrant": {one: one for one in QUADRANTS},
}
_DOCUMENTS = {"forum": "post"}


def kinds(source: Source) -> tuple[Row, ...]:
    """All kinds of each sentence."""
    return tuple(
        Row(row["text"], kinds_of(source, number, row["labels"]), _document(row))
        for number, row in enumerate(_rows(source), start=2)
    )


def sentiment(source: Source) -> tuple[Row, ...]:
    return _single(source, "sentiment")


def emotion(source: Source) -> tuple[Row, ...]:
    return _single(source, "emotion")


def quadrant(source: Source) -> tuple[Row, ...]:
    return _single(source, "quadrant")


def _single(source: Source, column: str) -> tuple[Row, ...]:
    values, rows = _VALUES[column], []
    for number, row in enumerate(_rows(source), start=2):
        if row[column] not in values:
            raise wrong(source.path, number, f"{column} {row[column]!r}", f"known are {', '.join(values)}")
        rows.append(Row(row["text"], (values[row[column]],), _document(row)))
    return tuple(rows)


def _rows(source: Source) -> list[dict[str, str]]:
    return table(source.path, ("kind", "labels", *_VALUES, "text"), tabs=True)


def _document(row: dict[str, str]) -> str:
    return _DOCUMENTS.get(row["kind"], row["kind"])
