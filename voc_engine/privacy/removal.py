"""What may not stay: documents of forgotten people and documents kept long enough, taken out before a part is written.

The same function reads a source file anew and goes over parts that are there already, so that both give the same parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from voc_engine.config import SourceConfig
from voc_engine.privacy.expiry import is_expired
from voc_engine.privacy.forgotten import Forgotten
from voc_engine.privacy.masks import moved
from voc_engine.privacy.people_file import identity_keys
from voc_engine.privacy.silenced import without_words
from voc_engine.records import EVIDENCE_ROLES, Batch, Document, Skipped, Utterance, stable_hash

FORGOTTEN = "forgotten on request"
FORGOTTEN_TURNS = "turns of somebody forgotten on request"
EXPIRED = "kept no longer than agreed"
REMOVED_TURN = "[removed on request]"
_REASONS = (FORGOTTEN, FORGOTTEN_TURNS, EXPIRED)


@dataclass(frozen=True)
class Removal:
    """``before``: source's path as configured -> day (ISO 8601) before which its documents are gone for good."""

    forgotten: Forgotten = field(default_factory=Forgotten)
    before: Mapping[str, str] = field(default_factory=dict)

    def of(self, options: SourceConfig) -> FileRemoval | None:
        """What is to be taken out of the files of one source; None where that is nothing."""
        before = self.before.get(options.path, "")
        return FileRemoval(self.forgotten, before, _day(options)) if self.forgotten or before else None


@dataclass(frozen=True)
class FileRemoval:
    """For one file: who was forgotten, the day before which documents go, and the day of those without a date."""

    forgotten: Forgotten
    before: str = ""
    undated: str = ""

    def applied(self, batch: Batch) -> tuple[Batch, Removed]:
        """The batch with nothing in it that may not stay, and what was taken out or masked."""
        turns: dict[str, list[Utterance]] = {}
        for turn in batch.of(Utterance):
            turns.setdefault(turn.document_id, []).append(turn)
        removed = Removed()
        documents: list[Document] = []
        utterances: list[Utterance] = []
        for document in batch.of(Document):
            own_turns = turns.get(document.document_id, [])
            if self._expired(document):
                removed.note(EXPIRED, self._placed(document), whole=True)
                continue
            staying, staying_turns = self._remaining(document, own_turns, removed)
            if staying is not None:
                documents.append(staying)
                utterances += staying_turns
        skipped = [self._masked(one) for one in batch.of(Skipped)]
        return Batch.make(
            (Document, documents), (Utterance, utterances), (Skipped, removed.lines_after(skipped))
        ), removed

    def _expired(self, document: Document) -> bool:
        return is_expired(document.created_at, self.before, self.undated)

    def _remaining(
        self, document: Document, turns: Sequence[Utterance], removed: Removed
    ) -> tuple[Document | None, list[Utterance]]:
        if not self.forgotten:
            return document, list(turns)
        gone = {turn.person_id for turn in turns if self._is_gone(turn)}
        author_gone = self.forgotten.is_person(own_keys(document))
        if author_gone:
            gone.add(document.person_id)
        other_turns = [turn for turn in turns if turn.role in EVIDENCE_ROLES and turn.person_id not in gone]
        if author_gone and not other_turns:
            removed.note(FORGOTTEN, self._placed(document), whole=True)
            return None, []
        text, placed = document.text, list(turns)
        if silenced := sum(turn.person_id in gone for turn in turns):
            text, placed = without_words(text, turns, gone, REMOVED_TURN)
            removed.note(FORGOTTEN_TURNS, self._placed(document), silenced)
        staying = replace(document, text=text)
        if author_gone:
            staying = replace(staying, person_id=other_turns[0].person_id, attributes={})
        masked, named_turns = self._named(staying, [turn for turn in placed if turn.person_id not in gone])
        if masked != document:
            removed.touched.add(document.document_id)
        return masked, named_turns

    def _is_gone(self, turn: Utterance) -> bool:
        named = [f"name:{' '.join(turn.speaker.casefold().split())}"] if turn.speaker else []
        return self.forgotten.is_person([turn.person_id, *named])

    def _named(self, document: Document, turns: Sequence[Utterance]) -> tuple[Document, list[Utterance]]:
        """The document without the names of forgotten people in what others say."""
        mask = self.forgotten.masked
        attributes = {
            key: value if key.startswith("identity.") else mask(value) for key, value in document.attributes.items()
        }
        text, edits = self.forgotten.mask(document.text)
        masked = replace(
            document, text=text, source=self.forgotten.mask_path(document.source),
            locator=self.forgotten.mask_path(document.locator), title=document.title and mask(document.title),
            context=document.context and mask(document.context), attributes=attributes,
        )  # fmt: skip
        if not edits:
            return masked, list(turns)
        return masked, [
            replace(
                turn, start=moved(turn.start, edits), end=moved(turn.end, edits),
                time_offsets=tuple(moved(offset, edits) for offset in turn.time_offsets),
            )
            for turn in turns
        ]  # fmt: skip

    def _placed(self, document: Document) -> Document:
        return replace(document, source=self.forgotten.mask_path(document.source))

    def _masked(self, skipped: Skipped) -> Skipped:
        path = self.forgotten.mask_path
        return replace(
            skipped,
            source=path(skipped.source),
            locator=path(skipped.locator),
            found=self.forgotten.masked(skipped.found),
        )


def own_keys(document: Document) -> list[str]:
    """The keys that are the author's alone: a name or handle beside a stronger key may be another person's too."""
    keys = identity_keys(document.person_id, document.attributes)
    return [key for key in keys if key == document.person_id or key.startswith(("mail:", "id:"))]


@dataclass
class Removed:
    """What was taken out: how many by reason and source, documents that went, and documents that were changed."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.counts or self.touched)

    def note(self, reason: str, document: Document, count: int = 1, *, whole: bool = False) -> None:
        """Count something; which record it was is not kept."""
        self.counts[document.source, reason] += count
        (self.documents if whole else self.touched).add(document.document_id)

    def join(self, other: Removed) -> None:
        """Add what another part of the file had."""
        self.counts += other.counts
        self.documents |= other.documents
        self.touched |= other.touched

    def lines_after(self, skipped: Sequence[Skipped]) -> list[Skipped]:
        """What was set aside before, and at the end one line per source and reason, with what earlier removals told."""
        counts = Counter(self.counts)
        for one in skipped:
            if one.reason in _REASONS:
                counts[one.source, one.reason] += one.count
        told = [Skipped(source, "", reason, "", "", "", n, quarantined=False) for (source, reason), n in counts.items()]
        return [
            *(one for one in skipped if one.reason not in _REASONS),
            *sorted(told, key=lambda one: (one.source, one.reason)),
        ]


def without_found(batch: Batch) -> Batch:
    """The batch of a file in which something was removed: what was set aside there may be the same person's words."""
    silent = [replace(one, found="") if one.found else one for one in batch.of(Skipped)]
    return Batch({**batch.tables, Skipped: silent})


def mark_of(batch: Batch) -> str:
    """Eight digits that tell a part from the same part before something was removed."""
    documents = chain.from_iterable((one.document_id, one.text) for one in batch.of(Document))
    return stable_hash(*documents, *(f"{one.reason} {one.count}" for one in batch.of(Skipped)), size=4)


def _day(options: SourceConfig) -> str:
    return options.collected.isoformat() if options.collected else ""
