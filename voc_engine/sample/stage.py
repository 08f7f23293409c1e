"""The sample stage: of a part what is read in full goes on, and nothing else."""

from __future__ import annotations

from voc_engine.config.sections import SampleConfig
from voc_engine.records import EMBEDDED_ROLES, EVIDENCE_ROLES, Batch, Document, Drawn, Segment, Utterance


def run(batch: Batch, options: SampleConfig, drawn: Drawn) -> Batch:
    """The documents in which somebody speaks who is read in full, whole: with what stands around their words.

    Reads Document, Utterance and Segment. The company's own texts go on as they are; any other document in which nobody
    gives evidence stays out.
    """
    staying = {one.document_id for one in batch.of(Segment) if _stays(one, drawn)}
    return Batch.make(
        (Document, [one for one in batch.of(Document) if one.document_id in staying]),
        (Utterance, [one for one in batch.of(Utterance) if one.document_id in staying]),
        (Segment, [one for one in batch.of(Segment) if one.document_id in staying]),
    )


def _stays(segment: Segment, drawn: Drawn) -> bool:
    company_text = segment.role in EMBEDDED_ROLES and segment.role not in EVIDENCE_ROLES
    return company_text or (segment.role in EVIDENCE_ROLES and segment.person_id in drawn.people)
