"""Posts to airlines with a sentiment and, where it is negative, a reason. Evaluate only."""

from __future__ import annotations

from voc_engine.evaluation.sets.gold_file import Source, table, wrong
from voc_engine.evaluation.task import Row
from voc_engine.records import SENTIMENTS


def sentiment(source: Source) -> tuple[Row, ...]:
    """The post's sentiment."""
    return tuple(Row(text, (label,), "post") for text, label, _ in _posts(source))


def pain(source: Source) -> tuple[Row, ...]:
    """A pain point is a negative post with a reason that is not empty."""
    return tuple(
        Row(text, ("pain_point",) if label == "negative" and reason else (), "post")
        for text, label, reason in _posts(source)
    )


def content(source: Source) -> tuple[Row, ...]:
    """Posts that are not negative: none of them tells a pain point."""
    return tuple(Row(text, (), "post") for text, label, _ in _posts(source) if label != "negative")


def _posts(source: Source) -> list[tuple[str, str, str]]:
    posts = []
    for number, row in enumerate(table(source.path, ("text", "airline_sentiment", "negativereason")), start=2):
        if row["airline_sentiment"] not in SENTIMENTS:
            raise wrong(source.path, number, repr(row["airline_sentiment"]), f"known are {', '.join(SENTIMENTS)}")
        posts.append((row["text"], row["airline_sentiment"], (row["negativereason"] or "").strip()))
    return posts
