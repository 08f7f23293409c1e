"""A blind second pass over a sample, how far two coders agree, and where they do not.

The sample is the same for everybody who reads this run: sentences in an order that a hash of their id gives, in turn
one in which the machine marked something and one in which it did not, so that rare kinds are there at all. A second
coder is shown the sentence and what stands around it, and nothing that anybody said of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, zip_longest
from math import isnan

from voc_engine.records import (
    EVIDENCE_ROLES,
    MENTION_KINDS,
    BlindAnswer,
    Decision,
    Document,
    Passage,
    Segment,
    stable_hash,
)
from voc_engine.report import wording
from voc_engine.review.overlay import Overlay
from voc_engine.statistics import Agreement, agreement_of_two

SETTLED = "settled with a second coder"
STANDING = "as it stands"
_AROUND = 400  # characters shown on either side of a sentence
_YES, _NO = "yes", "no"
Labels = Mapping[str, frozenset[str]]  # segment id -> labels


def sample(overlay: Overlay, size: int) -> list[Segment]:
    """Sentences to be coded blind, in their order. Sentences of who may not be quoted are left out."""
    material = overlay.material
    samples: dict[int, list[Segment]] = material.__dict__.setdefault("blind_samples", {})
    if size not in samples:
        marked = {one.segment_id for one in material.stored_mentions.values()}
        able = [
            one for one in material.readable.of(Segment)
            if one.role in EVIDENCE_ROLES and one.document_id not in material.silenced
        ]  # fmt: skip
        able.sort(key=lambda one: stable_hash("second coder", one.segment_id))
        parts = ([one for one in able if (one.segment_id in marked) == wanted] for wanted in (True, False))
        samples[size] = [one for one in chain.from_iterable(zip_longest(*parts)) if one is not None][:size]
    return samples[size]


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence as a blind coder sees it: what stands before and behind it in its document."""

    segment: Segment
    document: Document
    before: str
    after: str


def unit(overlay: Overlay, segment: Segment) -> Unit:
    """The view of one sentence."""
    document = overlay.material.documents[segment.document_id]
    text, start, end = document.text, segment.start, segment.end
    return Unit(segment, document, text[max(0, start - _AROUND) : start], text[end : end + _AROUND])


def answers(decisions: Sequence[Decision]) -> dict[str, dict[str, BlindAnswer]]:
    """Coder -> segment id -> what they answered, coders in the order of their first answer."""
    by_coder: dict[str, dict[str, BlindAnswer]] = {}
    for decision in decisions:
        answer = BlindAnswer.read(decision.value) if decision.action == "blind" else None
        if answer is not None:
            by_coder.setdefault(decision.author or "", {})[decision.target_id] = answer
    return by_coder


def open_units(overlay: Overlay, coder: str, size: int) -> list[Segment]:
    """What a coder has not answered yet."""
    done = answers(overlay.decisions).get(coder, {})
    return [one for one in sample(overlay, size) if one.segment_id not in done]


def labels_asked(overlay: Overlay) -> tuple[str, ...]:
    """All labels that a coder may choose: kinds, and codes that may be applied."""
    return (*MENTION_KINDS, *sorted(overlay.codes.codes))


def name_of_label(overlay: Overlay, label: str) -> str:
    """What a person calls a label."""
    if label in MENTION_KINDS:
        return wording.kind_name(label)
    code = overlay.codes.codes.get(label)
    return code.name if code else label


@dataclass(frozen=True, slots=True)
class Difference:
    """A label that one of two coders gave a sentence and the other did not. ``settled`` tells how a person settled it."""

    unit: Unit
    label: str
    name: str
    first: bool
    settled: str

    @property
    def segment_id(self) -> str:
        """The sentence's id."""
        return self.unit.segment.segment_id


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """How far two agree on one label: ``both``, ``one`` and ``other`` count sentences that both, only the first, only
    the second gave it."""

    label: str
    name: str
    both: int
    one: int
    other: int
    figures: Agreement

    @property
    def same(self) -> int:
        """Sentences of which both say the same."""
        return self.figures.n - self.one - self.other

    @property
    def tells(self) -> bool:
        """Whether anybody gave the label at all."""
        return not isnan(self.figures.kappa)


@dataclass
class Comparison:
    """A second coder held against the first: another coder, or what stands (the machine's with all that people decided,
    but what was settled with the second coder)."""

    overlay: Overlay
    first: str
    second: str
    told: Mapping[str, Mapping[str, BlindAnswer]] = field(default_factory=dict)
    documents: frozenset[str] | None = None  # ids of those that are compared, all if None

    @cached_property
    def segments(self) -> dict[str, Segment]:
        """What both said something of."""
        theirs = self.told[self.second].keys()
        both = theirs if self.first == STANDING else theirs & self.told[self.first].keys()
        segments = self.overlay.material.segment
        common = {key: segment for key in sorted(both) if (segment := segments.get(key)) is not None}
        return {
            key: segment
            for key, segment in common.items()
            if self.documents is None or segment.document_id in self.documents
        }

    @cached_property
    def labels(self) -> tuple[Labels, Labels]:
        """What each gave."""
        second = {key: frozenset(self.told[self.second][key].labels) for key in self.segments}
        if self.first != STANDING:
            return {key: frozenset(self.told[self.first][key].labels) for key in self.segments}, second
        before = [one for one in self.overlay.decisions if one.comment != SETTLED]
        return _standing(Overlay(self.overlay.material, before), self.segments), second

    @cached_property
    def able(self) -> dict[str, list[str]]:
        """Label -> sentences of which both were asked for it."""
        by_label: dict[str, list[str]] = {}
        for key in self.segments:
            could = set(self.told[self.second][key].asked)
            could &= set(self.told[self.first][key].asked) if self.first != STANDING else could
            for label in labels_asked(self.overlay):
                if label in could:
                    by_label.setdefault(label, []).append(key)
        return by_label

    def rows(self) -> Iterator[LabelAgreement]:
        """A row per label, in the order in which they are asked for."""
        first, second = self.labels
        for label in (one for one in labels_asked(self.overlay) if one in self.able):
            pairs = [(label in first[key], label in second[key]) for key in self.able[label]]
            ours, theirs = ([_YES if pair[side] else _NO for pair in pairs] for side in (0, 1))
            figures = agreement_of_two(ours, theirs)
            yield LabelAgreement(
                label, name_of_label(self.overlay, label), pairs.count((True, True)), pairs.count((True, False)),
                pairs.count((False, True)), figures,
            )  # fmt: skip

    def differences(self) -> list[Difference]:
        """Where they do not agree: what nobody has settled first, then in the order of the sentences."""
        first, second = self.labels
        settled = {
            (one.target_id, str(one.value).partition("=")[0]): str(one.value).partition("=")[2]
            for one in self.overlay.decisions
            if (one.target, one.action) == ("segment", "settled")
        }
        differences = [
            Difference(unit(self.overlay, self.segments[key]), label, name_of_label(self.overlay, label),
                       label in first[key], settled.get((key, label), ""))
            for label, keys in self.able.items()
            for key in keys
            if (label in first[key]) != (label in second[key])
        ]  # fmt: skip
        return sorted(differences, key=lambda one: (bool(one.settled), one.segment_id, one.label))


def _standing(overlay: Overlay, segments: Mapping[str, Segment]) -> Labels:
    """What stands at each sentence: kinds of mentions that overlap it, and codes."""
    labels: dict[str, frozenset[str]] = {}
    for key, segment in segments.items():
        kinds = {
            m.kind for m in overlay.mentions_in(segment.document_id) if m.start < segment.end and m.end > segment.start
        }
        codes = {c.code_id for c in overlay.codes.in_document.get(segment.document_id, ()) if c.segment_id == key}
        labels[key] = frozenset(kinds | codes)
    return labels


def settlement(overlay: Overlay, segment: Segment, label: str, belongs: bool) -> list[Decision]:
    """What has to be decided so that the label stands at the sentence, or does not; nothing where it is so already."""
    has = label in _standing(overlay, {segment.segment_id: segment})[segment.segment_id]
    note = Decision("segment", segment.segment_id, "settled", f"{label}={_YES if belongs else _NO}", comment=SETTLED)
    if has == belongs:
        return [note]
    if label not in MENTION_KINDS:
        action = "accept" if belongs else "reject"
        return [note, Decision("coding", f"{label}:{segment.segment_id}", action, comment=SETTLED)]
    if belongs:
        passage = Passage(segment.start, segment.end, label, "")
        return [note, Decision("document", segment.document_id, "add", passage.as_value(), comment=SETTLED)]
    here = (one for one in overlay.mentions_in(segment.document_id) if one.kind == label)
    over = [one for one in here if one.start < segment.end and one.end > segment.start]
    return [note, *(Decision("mention", one.mention_id, "reject", comment=SETTLED) for one in over)]


def comparison(overlay: Overlay, first: str, second: str) -> Comparison | None:
    """Two coders held against each other; None where the second, or a first who is named, answered nothing."""
    by_coder = answers(overlay.decisions)
    comparable = second in by_coder and (first == STANDING or first in by_coder) and first != second
    return Comparison(overlay, first, second, by_coder) if comparable else None
