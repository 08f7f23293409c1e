"""Words that may answer an objection: what staff said next in the document, and the company's own texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from voc_engine.records import EVIDENCE_ROLES, Batch, Mention, Segment, Vectors

REPLIES, PROOF = "agent", "proof"
LEAST_WORDS = 4  # a choice: fewer are a greeting or a yes, and answer no objection


@dataclass(frozen=True)
class AnsweringWords:
    """``talks``: document id -> its segments in order, of documents in which staff speaks; ``proof``: sentences of the
    company's own texts; ``vectors`` of customers' sentences and of ``proof``."""

    talks: Mapping[str, Sequence[Segment]] = field(default_factory=dict)
    proof: Sequence[Segment] = ()
    vectors: Vectors | None = None

    @staticmethod
    def of(batch: Batch) -> AnsweringWords:
        """Those of a study."""
        spoken: dict[str, list[Segment]] = defaultdict(list)
        staffed = set()
        proof = []
        for segment in sorted(batch.of(Segment), key=lambda one: (one.document_id, one.start)):
            if segment.role == PROOF:
                if len(segment.text.split()) >= LEAST_WORDS and segment.quotable != "none":
                    proof.append(segment)
            else:
                spoken[segment.document_id].append(segment)
                if segment.role == REPLIES:
                    staffed.add(segment.document_id)
        return AnsweringWords({key: tuple(spoken[key]) for key in sorted(staffed)}, tuple(proof), batch.vectors)

    def reply_to(self, mention: Mention) -> list[Segment]:
        """What staff said next after the mention, until a customer speaks again; no questions, no mere politeness."""
        replies: list[Segment] = []
        for segment in self.talks.get(mention.document_id, ()):
            if segment.start < mention.end:
                continue
            if segment.role in EVIDENCE_ROLES and replies:
                break
            if segment.role == REPLIES:
                replies.append(segment)
        return [
            one
            for one in replies
            if len(one.text.split()) >= LEAST_WORDS and "?" not in one.text and one.quotable != "none"
        ]
