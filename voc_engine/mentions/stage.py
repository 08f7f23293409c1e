"""The mentions stage: segments with their documents in, mentions and disclosures with exact spans out."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voc_engine.config.sections import MentionsConfig
from voc_engine.errors import StageError
from voc_engine.mentions.chosen import extractor_named
from voc_engine.mentions.context import Line, context_of
from voc_engine.mentions.contract import Disclosed, Finding, MentionExtractor, Reading, Sentence
from voc_engine.mentions.heads.linear import content_of
from voc_engine.mentions.marking import marked
from voc_engine.mentions.quadrant import basis_of, quadrant_reasons, settled_quadrant
from voc_engine.mentions.rows import UNSURE
from voc_engine.records import (
    EVIDENCE_ROLES,
    HARMS,
    Batch,
    Disclosure,
    Document,
    Mention,
    Segment,
    Vectors,
    stable_hash,
)
from voc_engine.registry import component

if TYPE_CHECKING:
    from numpy.typing import NDArray

# So many lines back a question is looked for that governs an answer.
_REACH = 12


def run(batch: Batch, options: MentionsConfig) -> Batch:
    """Mentions of all segments that may carry evidence, in segment order and then by kind and place; disclosures of those
    that speak of the speaker's own, in segment order and then by field.

    Reads Document, Segment and, where the extractor needs them, ``batch.vectors``; ``options.heads`` is a path that this
    process can follow. Raises StageError when a segment's
    document or vectors are missing or the extractor answers for another number of sentences.
    """
    extractor = extractor_named(options.extractor, None if options.heads is None else Path(options.heads))
    documents = {document.document_id: document for document in batch.of(Document)}
    every = sorted(batch.of(Segment), key=lambda one: (one.document_id, one.index, one.start, one.segment_id))
    segments = [segment for segment in every if segment.role in EVIDENCE_ROLES]
    readings = extractor.read(sentences_of(every, documents), _vectors(batch, segments, extractor))
    if len(readings) != len(segments):
        raise StageError(
            f"The extractor {options.extractor!r} did not answer for every sentence.",
            found=f"{len(readings)} readings for {len(segments)} sentences",
            do="use another extractor in [mentions], or report this to its author",
        )
    mentions = [
        _mention(documents[segment.document_id], segment, reading, finding)
        for segment, reading in zip(segments, readings, strict=True)
        for finding in marked(reading, options)
    ]
    disclosures = [
        _disclosure(documents[segment.document_id], segment, told)
        for segment, reading in zip(segments, readings, strict=True)
        if reading.holder == "self"
        for told in reading.disclosures
    ]
    return Batch.make((Mention, mentions), (Disclosure, disclosures))


def settled(options: MentionsConfig, folder: Path) -> tuple[MentionsConfig, dict[str, Any]]:
    """The options with a path that any process can follow (it is relative to ``folder``), and what stands for them in
    the names of parts: the content of refitted heads and not their place.

    Raises ConfigError for heads that do not fit: now, and not after hours of work.
    """
    if options.heads is None:
        return options, options.model_dump()
    heads = folder / options.heads
    content = content_of(heads)
    extractor_named(options.extractor, heads)
    return options.model_copy(update={"heads": str(heads)}), {**options.model_dump(), "heads": content}


def unread(options: MentionsConfig) -> tuple[type, ...]:
    """What is not looked at with these options: vectors are dear to load, and only some extractors want them."""
    return () if component("mention extractor", options.extractor).needs_vectors else (Vectors,)


def sentences_of(segments: Sequence[Segment], documents: dict[str, Document]) -> list[Sentence]:
    """The segments that may carry evidence, each with what stands before it in its document; ``segments`` in the order of
    the texts. Raises StageError where a document is missing."""
    sentences = []
    for document_id, of_document in groupby(segments, key=lambda segment: segment.document_id):
        document = documents.get(document_id)
        before: deque[Line] = deque(maxlen=_REACH)
        for segment in of_document:
            asks = segment.role not in EVIDENCE_ROLES
            if document is None:
                raise StageError(
                    "A segment has no document.",
                    found=f"segment {segment.segment_id} of document {segment.document_id}",
                    do="run the stages from ingest again",
                )
            if not asks:
                context = context_of(list(before), segment.question or document.context)
                sentences.append(Sentence(segment.text, context, document.kind))
            before.append(Line(segment.text, asks))
    return sentences


def _vectors(batch: Batch, segments: list[Segment], extractor: MentionExtractor) -> NDArray[Any] | None:
    if not extractor.needs_vectors:
        return None
    if batch.vectors is None:
        raise StageError(
            f"The extractor {extractor.name!r} needs sentence vectors.",
            found="a batch without vectors",
            do="run the embed stage first",
        )
    return batch.vectors.rows([segment.text_key for segment in segments])


def _mention(document: Document, segment: Segment, reading: Reading, finding: Finding) -> Mention:
    start, end = segment.start + finding.start, segment.start + finding.end
    # What is liked, wanted or asked for does no harm: only what is felt or foreseen as bad has a severity.
    harms = finding.kind in HARMS
    likeliest, probability = finding.quadrant or (reading.quadrant, reading.quadrant_probability)
    quadrant, certainty = settled_quadrant(likeliest, probability)
    return Mention(
        mention_id=f"m-{stable_hash(segment.segment_id, finding.kind, str(start), str(end))}",
        segment_id=segment.segment_id,
        document_id=segment.document_id,
        person_id=segment.person_id,
        kind=finding.kind,
        start=start,
        end=end,
        quote=document.text[start:end],
        probability=finding.probability,
        sentiment=reading.sentiment,
        sentiment_score=reading.sentiment_score,
        emotion=reading.emotion,
        severity=reading.severity if harms else "low",
        severity_score=reading.severity_score if harms else 0.0,
        quadrant=quadrant,
        basis=reading.basis if quadrant == reading.quadrant else basis_of(quadrant),
        reasons=finding.reasons,
        severity_reasons=reading.severity_reasons if harms else (),
        text_key=segment.text_key,
        holder=reading.holder,
        thing=finding.thing,
        what=finding.what,
        objection_type=finding.objection_type,
        negated=finding.negated,
        statement=segment.text[slice(*finding.statement)],
        created_at=document.created_at,
        quotable=segment.quotable,
        review=_doubts(reading, finding),
        quadrant_probability=certainty,
        quadrant_reasons=quadrant_reasons(document.text[start:end], quadrant, likeliest),
        worth=reading.worth,
        nouns=finding.nouns,
        understood=finding.understood,
        stands=finding.stands,
    )


def _disclosure(document: Document, segment: Segment, disclosed: Disclosed) -> Disclosure:
    start, end = segment.start + disclosed.start, segment.start + disclosed.end
    return Disclosure(
        disclosure_id=f"y-{stable_hash(segment.segment_id, disclosed.field)}",
        segment_id=segment.segment_id,
        document_id=segment.document_id,
        person_id=segment.person_id,
        field=disclosed.field,
        start=start,
        end=end,
        quote=document.text[start:end],
        probability=disclosed.probability,
        thing=disclosed.thing,
        text_key=segment.text_key,
        created_at=document.created_at,
        quotable=segment.quotable,
    )


def _doubts(reading: Reading, finding: Finding) -> tuple[str, ...]:
    """Why a person should check it: neither clearly there nor clearly not, or what the extractor flags."""
    unsure = ("unsure",) if UNSURE[0] <= finding.probability <= UNSURE[1] else ()
    return (*unsure, *(reading.review if finding.kind in ("pain_point", "delight") else ()))
