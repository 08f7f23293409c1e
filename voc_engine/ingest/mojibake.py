"""Letters that were garbled on their way ("donâ€™t" for "don't"): put right by ftfy where it is sure, and told."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from voc_engine.ingest.contract import Conversation
from voc_engine.ingest.pieces import Piece, build
from voc_engine.records import Utterance

REASON = "note: letters that were garbled on the way (â€™ for ’) were put right"
# UTF-8 read as Windows-1252 or Latin-1 begins with these and goes on with what only such bytes give.
_MARKS = re.compile("[ÂÃâãåæçèéïðÐÑ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def mended(talk: Conversation) -> tuple[Conversation, bool]:
    """The conversation with its garbled letters put right, and whether there were any."""
    document = talk.document
    if not _garbled(document.text, document.title, document.context, *document.attributes.values()):
        return talk, False
    frame = replace(
        document, title=_right(document.title), context=_right(document.context),
        attributes={name: _right(value) or "" for name, value in document.attributes.items()},
    )  # fmt: skip
    rebuilt = build(frame, [_piece(document.text, turn) for turn in talk.utterances])
    changed = rebuilt.document != document
    return (rebuilt, True) if changed else (talk, False)


def _piece(text: str, turn: Utterance) -> Piece:
    """The turn's words put right, stretch by stretch between its times, so that each time keeps its word."""
    places = sorted({turn.start, *turn.time_offsets, turn.end})
    parts = [_right(text[start:end]) or "" for start, end in pairwise(places)]
    moved = {place: sum(map(len, parts[:number])) for number, place in enumerate(places)}
    times = tuple((moved[at], ms) for at, ms in zip(turn.time_offsets, turn.time_ms, strict=True))
    return Piece(
        "".join(parts), turn.person_id, turn.role, _right(turn.speaker), turn.cut, turn.created_at, times
    )  # fmt: skip


def _garbled(*texts: str | None) -> bool:
    return any(text and not text.isascii() and _MARKS.search(text) for text in texts)


def _right(text: str | None) -> str | None:
    if not _garbled(text) or text is None:
        return text
    import ftfy

    return ftfy.fix_encoding(text)
