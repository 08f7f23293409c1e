"""What one document may cost the stages behind: characters, not seconds, so that the same bytes come out on any machine."""

from __future__ import annotations

from collections.abc import Iterator

from voc_engine.ingest.contract import Conversation, quarantine
from voc_engine.ingest.source import SourceFile
from voc_engine.records import Skipped

# Every pattern is linear, so length alone is what a document costs: about 700,000 words, the longest novels.
MOST_CHARACTERS = 4_000_000


def within_budget(source: SourceFile, item: Conversation) -> Iterator[Conversation | Skipped]:
    """The conversation, or Skipped where its text or anything that is told of it is over the budget."""
    document = item.document
    frame_texts = (document.title, document.context, document.locator, document.url, *document.attributes.values())
    cost = len(document.text) + sum(map(len, filter(None, frame_texts)))
    if cost <= MOST_CHARACTERS:
        yield item
        return
    yield quarantine(
        source,
        document.locator[:200],
        "a document over the budget of one",
        expected=f"at most {MOST_CHARACTERS:,} characters in a document",
        found=f"{cost:,} characters: {document.text[:1_000]}",
        to_do="cut it into several, such as one for each session, month or conversation",
    )
