"""What damaged bytes cost: the turn in which they stand, and the document only where nothing else is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from voc_engine.ingest.contract import Conversation, quarantine
from voc_engine.ingest.decoding import is_broken
from voc_engine.ingest.source import SourceFile
from voc_engine.records import Document, Skipped, Utterance, turn_id


def without_damage(source: SourceFile, item: Conversation) -> Iterator[Conversation | Skipped]:
    """The conversation without its damaged turns, each of which is quarantined; all of it where its frame is damaged."""
    document = item.document
    texts = [document.text[turn.start : turn.end] for turn in item.utterances]
    broken = [is_broken(text + (turn.speaker or "")) for text, turn in zip(texts, item.utterances, strict=True)]
    if _is_frame_broken(document) or (any(broken) and all(broken)):
        yield _quarantined(source, document.locator, document.text)
        return
    for text, damaged in zip(texts, broken, strict=True):
        if damaged:
            yield _quarantined(source, document.locator, text)
    yield _sound(item, broken) if any(broken) else item


def _is_frame_broken(document: Document) -> bool:
    frame_texts = (
        document.person_id,
        document.title,
        document.context,
        document.locator,
        document.url,
        document.channel,
    )
    return any(
        is_broken(one) for one in (*filter(None, frame_texts), *document.attributes, *document.attributes.values())
    )


def _quarantined(source: SourceFile, locator: str, details: str) -> Skipped:
    return quarantine(
        source,
        locator.encode("utf-8", "backslashreplace").decode("utf-8"),
        "characters that cannot be stored",
        expected="whole Unicode characters",
        found=details,
        to_do="export the record again as UTF-8",
    )


def _sound(item: Conversation, broken: list[bool]) -> Conversation:
    """The sound turns with their text joined anew; ids and places follow from the new order."""
    document, turns, texts, at = item.document, list[Utterance](), list[str](), 0
    for turn, damaged in zip(item.utterances, broken, strict=True):
        if damaged:
            continue
        text = document.text[turn.start : turn.end]
        turns.append(_placed(turn, len(turns), at))
        texts.append(text)
        at += len(text) + 1
    return Conversation(replace(document, text="\n".join(texts)), tuple(turns))


def _placed(turn: Utterance, index: int, at: int) -> Utterance:
    return replace(
        turn, index=index, utterance_id=turn_id(turn.document_id, index), start=at, end=at + turn.end - turn.start,
        time_offsets=tuple(offset - turn.start + at for offset in turn.time_offsets),
    )  # fmt: skip
