"""Documents as readable pages: turns of a transcript, with every mention marked at its exact code points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voc_engine.records import EVIDENCE_ROLES, MENTION_KINDS, Document, Mention, Utterance
from voc_engine.report import wording
from voc_engine.report.evidence import Evidence
from voc_engine.report.marks import Span, pieces
from voc_engine.report.places import DocumentPage, Places, anchor

ELSEWHERE, FIRST_WORDS = 12, 12  # a choice: links and words that fit beside the text


@dataclass(frozen=True, slots=True)
class MarkView:
    """One mention on one piece of text. ``id`` only on its first piece; ``href`` only on its last."""

    mention: Mention
    id: str
    label: str
    href: str
    ends: bool


@dataclass(frozen=True, slots=True)
class PieceView:
    """``anchors``: ids of sentences that other pages link to and that begin here."""

    text: str
    marks: tuple[MarkView, ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TurnView:
    """``speaker`` is None for text outside every turn. ``evidence`` False: never counted as a customer's words.

    ``anchor`` is the turn's own place on the page, empty outside every turn.
    """

    anchor: str
    speaker: str | None
    role: str
    time: str
    evidence: bool
    cut: str | None
    again: bool
    pieces: tuple[PieceView, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One marked mention in the page's contents. ``text``: its insight, or its first words where it went into none."""

    anchor: str
    text: str
    person: str


@dataclass(frozen=True, slots=True)
class Contents:
    kind: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """``elsewhere``: (title, place) of other documents of the same person; ``n_elsewhere`` counts them all."""

    document: Document
    anchor: str
    where: str
    when: str
    persona: str
    persona_href: str
    elsewhere: tuple[tuple[str, str], ...]
    n_elsewhere: int
    turns: tuple[TurnView, ...]
    n_mentions: int
    conversation: bool


def heading(document: Document) -> str:
    """The document's title, or what it is."""
    if document.title and document.title.strip():
        return document.title
    if document.kind == "interview":
        return f"Interview with {document.person_id}"
    return _where(document) or wording.sentence(wording.document_noun(document.kind))


class Reader:
    """Builds document views; ``linked`` are the segments that need an anchor."""

    def __init__(self, evidence: Evidence, places: Places, linked: frozenset[str]) -> None:
        self.evidence, self.places = evidence, places
        self.linked: dict[str, list[Span]] = {}
        for key in sorted(linked):
            segment = evidence.segments[key]
            self.linked.setdefault(segment.document_id, []).append(Span(segment.start, segment.end, key))

    def page(self, page: DocumentPage) -> list[DocumentView]:
        return [self.document(one) for one in page.documents]

    def contents(self, page: DocumentPage) -> tuple[Contents, ...]:
        """The page's mentions by kind, each kind in the order of the page."""
        by_kind: dict[str, list[Entry]] = {kind: [] for kind in MENTION_KINDS}
        for document in page.documents:
            for mention in self.evidence.mentions_in.get(document.document_id, []):
                insight = self.evidence.insights.get(self.evidence.insight_of.get(mention.mention_id, ""))
                text = insight.title if insight else " ".join(mention.quote.split()[:FIRST_WORDS]) + " …"
                by_kind.setdefault(mention.kind, []).append(Entry(anchor(mention.mention_id), text, mention.person_id))
        return tuple(Contents(kind, tuple(entries)) for kind, entries in by_kind.items() if entries)

    def document(self, document: Document) -> DocumentView:
        mentions = {one.mention_id: one for one in self.evidence.mentions_in.get(document.document_id, [])}
        turns = tuple(self._turns(document, mentions))
        persona = self.evidence.persona_of.get(document.person_id)
        documents = self.evidence.documents_of.get(document.person_id, [])
        others = [one for one in documents if one.document_id != document.document_id]
        return DocumentView(
            document=document,
            anchor=anchor(document.document_id),
            where=_where(document),
            when=wording.date(document.created_at),
            persona=self.evidence.personas[persona].name if persona else "",
            persona_href=self.places.persona(persona) if persona else "",
            elsewhere=tuple(
                (
                    f"{heading(one)}{', ' + wording.date(one.created_at) if one.created_at else ''}",
                    self.places.document(one.document_id),
                )
                for one in others[:ELSEWHERE]
            ),
            n_elsewhere=len(others),
            turns=turns,
            n_mentions=len(mentions),
            conversation=document.kind == "interview" or len({one.speaker for one in turns if one.speaker}) > 1,
        )

    def _turns(self, document: Document, mentions: dict[str, Mention]) -> Iterator[TurnView]:
        at, before = 0, None
        for turn in self.evidence.utterances.get(document.document_id, []):
            start = max(turn.start, at)
            if document.text[at:start].strip():
                yield self._turn(document, mentions, None, at, start, False)
                before = None
            if turn.end > start:
                who = (turn.person_id, turn.role)
                yield self._turn(document, mentions, turn, start, turn.end, who == before)
                before, at = who, turn.end
        if document.text[at:].strip() or (at == 0 and document.text):
            yield self._turn(document, mentions, None, at, len(document.text), False)

    def _turn(
        self,
        document: Document,
        mentions: dict[str, Mention],
        turn: Utterance | None,
        start: int,
        end: int,
        again: bool,
    ) -> TurnView:
        spans = [Span(one.start, one.end, one.mention_id) for one in mentions.values()]
        sentences = self.linked.get(document.document_id, [])
        views = []
        for piece in pieces(document.text, [*spans, *sentences], start, end):
            marks = [self._mark(mentions[key], begins, ends) for key, begins, ends in piece.covers if key in mentions]
            anchors = [anchor(key) for key, begins, _ in piece.covers if begins and key not in mentions]
            views.append(PieceView(piece.text, tuple(marks), tuple(anchors)))
        return TurnView(
            anchor=anchor(turn.utterance_id) if turn and turn.start >= start else "",
            speaker=(turn.person_id or turn.speaker or "Speaker") if turn else None,
            role=turn.role if turn else "",
            time=wording.clock(turn.time_ms[0]) if turn and turn.time_ms else "",
            evidence=turn is None or (turn.role in EVIDENCE_ROLES and not turn.cut),
            cut=turn.cut if turn else None,
            again=again,
            pieces=tuple(views),
        )

    def _mark(self, mention: Mention, begins: bool, ends: bool) -> MarkView:
        insight = self.evidence.insight_of.get(mention.mention_id)
        label = f"{wording.sentence(wording.kind_name(mention.kind))}, {mention.sentiment}, {mention.severity} severity"
        href = self.places.insight(insight) if insight else None
        return MarkView(mention, anchor(mention.mention_id) if begins else "", label, href or "", ends)


def _where(document: Document) -> str:
    """The place in the source; the question of a survey is shown by itself and not said twice."""
    question = f", {document.context}"
    return document.locator.removesuffix(question) if document.context else document.locator
