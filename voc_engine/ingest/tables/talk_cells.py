"""A whole talk in one cell ("Transcript" of a table of calls, the text of an editor's file): its turns, by its layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from voc_engine.config import SourceConfig
from voc_engine.ingest.contract import Conversation
from voc_engine.ingest.pieces import renamed
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.headers import folded
from voc_engine.ingest.tables.turns import one_asks
from voc_engine.ingest.transcripts.contained import layout_of
from voc_engine.ingest.transcripts.prose import Prose
from voc_engine.ingest.transcripts.recording_times import CLOCK
from voc_engine.ingest.transcripts.transcript_turns import Transcript, assemble
from voc_engine.records import Document, Skipped

_CALLED = re.compile(
    r"(?:.*[ .])?(?:transcript(?:ion|s)?|dialog(?:ue)?|conversation|interview|call log|chat (?:log|history))(?: .*)?"
)
_LABELLED = re.compile(rf"^(?:[\[(]?{CLOCK}[\])]?\s{{1,4}})?[^\W\d_][^:\n]{{0,40}}:\s", re.MULTILINE)
_FEWEST_TURNS = 4  # a choice: two each; a message with a label or two is no talk
_SEARCHED = 20_000  # characters: labels return within the first pages or never
_LONGEST = 4_000_000  # characters, as budget.MOST_CHARACTERS


def talk_in(source: SourceFile, text: str, column: str) -> Transcript | None:
    """The talk that a cell holds; None for all other text.

    Under a header that says so any layout will do; elsewhere labels must return, and one of the speakers ask.
    """
    if text.count("\n") < _FEWEST_TURNS - 1 or len(text) > _LONGEST:
        return None
    called = _CALLED.fullmatch(folded(column)) is not None
    if not called and len(_LABELLED.findall(text[:_SEARCHED])) < _FEWEST_TURNS:
        return None
    layout = layout_of(text)
    if isinstance(layout, Prose):
        return None
    talk, *others = layout.talks(text, source, SourceConfig(path=source.name))
    named = [(cue.speaker, cue.text) for cue in talk.cues if cue.speaker]
    if others or len({name for name, _ in named}) <= 1 or len(named) < _FEWEST_TURNS:
        return None
    speakers, words = [name for name, _ in named], [said for _, said in named]
    return talk if called or (one_asks(speakers, words) and all(speakers.count(one) > 1 for one in speakers)) else None


def talk_of_cell(
    source: SourceFile, options: SourceConfig, talk: Transcript, frame: Document
) -> Iterator[Conversation | Skipped]:
    """The talk as a document under the id of ``frame``, with what the row tells of it; faults bear the row's place."""
    for item in assemble(source, options, talk, "interview"):
        if isinstance(item, Skipped):
            yield replace(item, locator=f"{frame.locator}, {item.locator}")
            continue
        item = renamed(item, frame.document_id)
        document = replace(
            item.document,
            locator=frame.locator,
            title=frame.title or item.document.title,
            created_at=frame.created_at or item.document.created_at,
            url=frame.url,
            channel=frame.channel,
            attributes={**frame.attributes, **item.document.attributes},
        )
        yield replace(item, document=document)
