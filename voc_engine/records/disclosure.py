"""Disclosure: what a person tells of themselves or of their decision, in their own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from voc_engine.errors import EvidenceError
from voc_engine.records.record import Record

# The way to a product and away from it, what decides, and who somebody is; corpora/gold/README.md tells what each means.
JOURNEY_FIELDS = (
    "hears of it", "compares", "buys", "decides for others", "sets up", "uses", "leaves", "stays", "recommends",
)  # fmt: skip
CHOICE_FIELDS = ("alternative", "criterion", "source", "approver")
SELF_FIELDS = ("occupation", "size", "household", "tools", "skill", "value", "routine")
DISCLOSURES = (*JOURNEY_FIELDS, *CHOICE_FIELDS, *SELF_FIELDS)


@dataclass(frozen=True, slots=True)
class Disclosure(Record):
    """Self-disclosure (Jourard 1971): ``field``, one of DISCLOSURES, is told in ``document.text[start:end] == quote``.

    Always the speaker's own: what is told of others, of a story, or supposed, is none. ``thing`` is the noun phrase of the
    quote that names it (which alternative, which trade), None where none does. ``quotable`` and ``text_key`` are its
    segment's, ``created_at`` its document's. Construction refuses an unknown field and a quote of another length.
    """

    table: ClassVar[str] = "disclosures"

    disclosure_id: str
    segment_id: str
    document_id: str
    person_id: str
    field: str
    start: int
    end: int
    quote: str
    probability: float
    thing: str | None = None
    text_key: str = ""
    created_at: str | None = None
    quotable: str = "external"

    def __post_init__(self) -> None:
        if not self.quote.strip() or len(self.quote) != self.end - self.start:
            raise EvidenceError(
                "A disclosure without its exact words cannot be made.",
                found=f"span {self.start}:{self.end}, quote of {len(self.quote)} characters",
                do="report this: the extractor gave a span that does not match its words",
            )
        if self.field not in DISCLOSURES:
            raise EvidenceError(
                "A disclosure of an unknown field cannot be made.",
                found=self.field,
                do=f"report this: the extractor may tell of {', '.join(DISCLOSURES)}",
            )
