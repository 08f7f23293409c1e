"""Cut what people said into segments."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from voc_engine.config import SegmentConfig
from voc_engine.language.keywords import keywords
from voc_engine.records import (
    BOILERPLATE,
    EVIDENCE_ROLES,
    LANGUAGE_NAMES,
    STAFF_WORDS,
    Batch,
    Copies,
    Document,
    Segment,
    Skipped,
    Utterance,
    language_name,
    stable_hash,
)
from voc_engine.segment.boilerplate import long_phrases, without_boilerplate
from voc_engine.segment.sentences import sentence_spans

_KEYWORDS = keywords(__package__, "questions")

_QUESTION_LENGTH = 300  # a choice: characters of a question that are kept as context; the encoder reads 56 pieces of it
_ASKING_MARKS = ("?", "？", "؟")
_STAFF_ROLES = ("agent", "bot")
# A turn of the interviewer this short that does not ask is a sign of listening.
_LISTENING_WORDS = 3
_ASKS = re.compile(_KEYWORDS.pattern("asks"), re.IGNORECASE)
_LONGEST_SHOWN = 200


def run(batch: Batch, options: SegmentConfig, copies: Copies | None = None) -> Batch:
    """One Segment per sentence or clause of every turn that is not cut, in document order.

    A document in a language that is not read gets none and is added to what was not used; one whose language nobody
    knows is read. The same goes for ``copies``, which were found over the whole study; of their phrases, which are nobody's
    own, there are no segments, nor of what a customer sends back of staff's words in the same conversation.
    """
    copies = copies or Copies()
    again = copies.reasons
    alike: list[tuple[Document, str]] = []
    sent_back: list[tuple[Document, str]] = []
    other = {
        one.document_id: one for one in batch.of(Document) if not _is_read(one, options) or one.document_id in again
    }
    documents = {document.document_id: document for document in batch.of(Document)}
    segments: list[Segment] = []
    question: str | None = None
    current, count = "", 0
    staff: set[str] = set()
    for turn in batch.of(Utterance):
        document = documents[turn.document_id]
        if turn.document_id != current:
            current, count, question, staff = turn.document_id, 0, document.context, set()
        if turn.cut is not None or turn.document_id in other:
            continue
        text = document.text[turn.start : turn.end]
        spans: Sequence[tuple[int, int]] = sentence_spans(text, options.max_words)
        if document.kind != "interview":
            if turn.role in _STAFF_ROLES:
                staff.update(long_phrases(text))
            elif turn.role in EVIDENCE_ROLES:
                for keys, aside in ((copies.phrases, alike), (staff, sent_back)):
                    spans, nobodys = without_boilerplate(text, spans, keys) if keys else (spans, [])
                    aside += [(document, text[start:end]) for start, end in nobodys]
        new = list(_segments(document, turn, spans, question, count))
        segments += new
        count += len(new)
        if turn.role == "interviewer" and new:
            question = _question([one.text for one in new], question)
    closed = {one.document_id for one in other.values() if one.quotable != "external"}
    closed |= {turn.document_id for turn in batch.of(Utterance) if turn.quotable != "external"}
    set_aside = (_set_aside(one, options, copies, one.document_id in closed) for one in other.values())
    skipped = [
        *batch.of(Skipped),
        *set_aside,
        *_nobodys(alike, closed, BOILERPLATE),
        *_nobodys(sent_back, closed, STAFF_WORDS),
    ]
    return Batch.make((Segment, segments), (Skipped, skipped))


def _is_read(document: Document, options: SegmentConfig) -> bool:
    return not options.languages or document.language is None or document.language in options.languages


def _set_aside(document: Document, options: SegmentConfig, copies: Copies, closed: bool) -> Skipped:
    """What was not used; without its words where somebody in it may not be quoted to everybody (``closed``)."""
    if document.document_id in copies.reasons:
        reason, first = (said[document.document_id] for said in (copies.reasons, copies.firsts))
        return Skipped(document.source, document.locator, reason, f"the first is {first}", "", "", 1, quarantined=False)
    read = ", ".join(LANGUAGE_NAMES.get(code, code) for code in options.languages)
    reason = f"written in {language_name(document.language or '')}; this run reads {read}"
    return Skipped(
        document.source,
        document.locator,
        reason,
        "",
        "" if closed else document.text[:_LONGEST_SHOWN],
        "",
        1,
        quarantined=False,
    )


def _nobodys(alike: Sequence[tuple[Document, str]], closed: AbstractSet[str], reason: str) -> Iterator[Skipped]:
    """One for each different sentence of a source, at its first place, with how often it stands there."""
    counts = Counter((document.source, said) for document, said in alike)
    first = {(document.source, said): document for document, said in reversed(alike)}
    for (source, words), count in counts.items():
        document = first[source, words]
        excerpt = "" if document.document_id in closed else words[:_LONGEST_SHOWN]
        yield Skipped(source, document.locator, reason, "", excerpt, "", count, quarantined=False)


def _segments(
    document: Document, turn: Utterance, spans: Sequence[tuple[int, int]], question: str | None, count: int
) -> Iterator[Segment]:
    for index, (left, right) in enumerate(spans, count):
        start, end = turn.start + left, turn.start + right
        text = document.text[start:end]
        time_index = bisect_right(turn.time_offsets, start) - 1
        yield Segment(
            segment_id=f"{document.document_id}-s{index:04d}",
            document_id=document.document_id,
            utterance_id=turn.utterance_id,
            index=index,
            start=start,
            end=end,
            text=text,
            text_key=stable_hash(text, size=12),
            person_id=turn.person_id,
            role=turn.role,
            question=question if turn.role in EVIDENCE_ROLES else None,
            time_ms=turn.time_ms[time_index] if time_index >= 0 else None,
            quotable=turn.quotable,
        )


def _question(sentences: list[str], before: str | None) -> str | None:
    """What the interviewer asked last: the last sentence with a question mark, else the last one.

    Signs of listening ("Mm-hmm.", "Right, okay.") leave the question ``before`` open.
    """
    questions = [sentence for sentence in sentences if sentence.rstrip("\"'”’) ").endswith(_ASKING_MARKS)]
    if not questions and sum(len(sentence.split()) for sentence in sentences) <= _LISTENING_WORDS:
        return sentences[-1][:_QUESTION_LENGTH] if _ASKS.match(sentences[0]) else before
    return (questions or sentences)[-1][:_QUESTION_LENGTH]
