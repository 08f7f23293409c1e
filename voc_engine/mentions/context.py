"""What stands before a sentence: the second segment of the encoder, the same in training and at work.

A sentence of talk means little alone ("It crashes.", "Yes, every day."). So the encoder reads, beside the sentence, what
was asked and the lines before it, after the kind of document that they stand in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LINES_BEFORE = 3  # as the encoder was trained: an answer leans on its question and the turn before
# The posts that could be learnt from are comments among strangers, of which hardly one speaks of a product: customers' posts
# are read as of no known kind.
_UNTOLD = frozenset(("post",))


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence in the order of its document; ``asks`` where somebody says it who is no evidence."""

    text: str
    asks: bool = False


def context_of(before: Sequence[Line], question: str | None = None, lines: int = LINES_BEFORE) -> str:
    """The question that governs and the lines before, oldest first, as one text; empty where nothing stands before.

    ``before`` are the lines of the same document in order, the nearest last. Without a ``question`` of its own the
    last asking line governs.
    """
    near = [line.text for line in before[-lines:]]
    governing = question or next((line.text for line in reversed(before) if line.asks), None)
    if governing and not any(governing.endswith(text) or text.endswith(governing) for text in near):
        near.insert(0, governing)
    return " ".join(" ".join(near).split())


def contexts_of(lines: Sequence[Line]) -> list[str]:
    """What stands before each line of one document or window."""
    return [context_of(lines[:at]) for at in range(len(lines))]


def second_segment(kind: str | None, context: str) -> str:
    """The words of the second segment: the kind of document, where it is known, then the context."""
    return f"{kind}: {context}".strip() if kind and kind not in _UNTOLD else context
