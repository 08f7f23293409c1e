"""A run as a REFI-QDA project: sources with their codings, codes, cases, variables, sets and notes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from voc_engine import __version__
from voc_engine.exchange.contract import File, NotCarried
from voc_engine.exchange.plain_text import one_line, plain, shortened
from voc_engine.exchange.refi.code_tree import code_of, code_tree, write_codes
from voc_engine.exchange.refi.elements import PROJECT, Element, below, document_bytes, drop_empty, root
from voc_engine.exchange.refi.identities_out import SOURCE_NAME, Guids, Names, file_like
from voc_engine.exchange.refi.own_codes import shown_codings, told_coding
from voc_engine.exchange.refi.project_notes import method_note, persona_note
from voc_engine.exchange.refi.variables import Variables
from voc_engine.exchange.result_sheets import kind_name
from voc_engine.exchange.run_view import Person, Quote, RunView
from voc_engine.records import EVIDENCE_ROLES, Document, TopicAssignment, Utterance
from voc_engine.report import wording

TURNS, PEOPLE_AS_CODES = "turns", "people-as-codes"
USER = "voc_engine"
LABEL = 100  # characters of a selection's name: ATLAS.ti's length
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?)?")


def stored_text(text: str) -> str:
    """A document as its source file holds it, of the same length: line ends of one character, no byte-order mark."""
    ends = plain(text).replace("\r\n", " \n").replace("\r", "\n")
    return "\ufffd" + ends[1:] if ends.startswith("\ufeff") else ends


@dataclass(frozen=True)
class Span:
    """A place in a document and the mentions there."""

    document_id: str
    start: int
    end: int


class ProjectWriter:
    """One export. ``files`` are what the archive holds."""

    def __init__(self, view: RunView, switches: frozenset[str]) -> None:
        self.view = view
        self.people_as_codes = PEOPLE_AS_CODES in switches
        self.turns = TURNS in switches or self.people_as_codes
        self.guids = Guids(view.title)
        self.variables = Variables(view, self.guids)
        self.user = self.guids.of("user", USER)
        self.time = moment(view.newest)
        self.texts: list[File] = []
        self.doubled = 0
        self._quotes = _by_place(view.quotes)
        self._codings = shown_codings(view)
        self._turns = self._spoken() if self.turns else {}

    def files(self) -> list[File]:
        """The project's document and its sources. Raises StageError where it would not be valid."""
        return [("project.qde", document_bytes(self._project())), *self.texts]

    def not_carried(self) -> tuple[NotCarried, ...]:
        """What has no place in a project. Known once the files are made."""
        assigned = sum(one.topic_id is not None for one in self.view.study.tables.of(TopicAssignment))
        comments = sum(one.comment is not None for one in self.view.study.decisions)
        return (
            NotCarried("sentences with their topic (topics are sets of codes)", assigned),
            NotCarried("second mentions of the same words with the same code", self.doubled),
            NotCarried("comments on decisions (they may hold names)", comments),
        )

    def _project(self) -> Element:
        view = self.view
        top = root(PROJECT, "Project", name=one_line(view.title) or "Study", origin=f"voc_engine {__version__}",
                   creatingUserGUID=self.user, creationDateTime=self.time)  # fmt: skip
        below(below(top, "Users"), "User", guid=self.user, name=USER)
        codes = below(below(top, "CodeBook"), "Codes")
        write_codes(codes, code_tree(view, self.guids, people=self.people_as_codes))
        self.variables.write(below(top, "Variables"))
        cases = below(top, "Cases")
        for person in view.people:
            self._case(cases, person)
        self._sources(below(top, "Sources"))
        self._notes(below(top, "Notes"))
        self._sets(below(top, "Sets"))
        drop_empty(top, "Cases", "Sources", "Sets")
        below(top, "NoteRef", targetGUID=self.guids.of("note", "method"))
        return top

    def _case(self, parent: Element, person: Person) -> None:
        case = below(parent, "Case", guid=self.guids.of("person", person.person_id), name=person.person_id)
        if self.people_as_codes:
            below(case, "CodeRef", targetGUID=self.guids.of("person", person.person_id))
        self.variables.of_person(case, person)
        for document in self._alone(person):
            below(case, "SourceRef", targetGUID=self.guids.of("source", document.document_id))
        for span in self._turns.get(person.person_id, ()):
            below(case, "SelectionRef", targetGUID=self._selection_guid(span))

    def _alone(self, person: Person) -> list[Document]:
        """Documents in which nobody else's words are evidence."""
        return [
            one
            for one in person.documents
            if {turn.person_id for turn in self.view.turns.get(one.document_id, ()) if _is_evidence(turn)}
            <= {person.person_id}
        ]

    def _spoken(self) -> dict[str, list[Span]]:
        """Person -> turns in documents in which somebody else speaks too."""
        spans: dict[str, list[Span]] = defaultdict(list)
        for document in self.view.documents:
            turns = self.view.turns.get(document.document_id, ())
            if len({one.person_id for one in turns}) > 1:
                for turn in turns:
                    if _is_evidence(turn) and turn.end > turn.start:
                        spans[turn.person_id].append(Span(turn.document_id, turn.start, turn.end))
        return spans

    def _sources(self, parent: Element) -> None:
        names = Names(SOURCE_NAME)
        speakers: dict[str, dict[Span, str]] = defaultdict(dict)
        for person, spans in self._turns.items():
            for span in spans:
                speakers[span.document_id][span] = person
        for document in self.view.documents:
            guid = self.guids.of("source", document.document_id)
            text = stored_text(document.text)
            self.texts.append((f"sources/{guid}.txt", text.encode("utf-8")))
            element = below(parent, "TextSource", guid=guid, name=names.unique(_source_name(document)),
                         plainTextPath=f"internal://{guid}.txt", creatingUser=self.user,
                         creationDateTime=moment(document.created_at or self.view.newest))  # fmt: skip
            description = f"[{document.document_id}] {document.source}, {document.locator}"
            below(element, "Description", description)
            self._selections(element, document, text, speakers[document.document_id])
            self.variables.of_document(element, document)

    def _selections(self, parent: Element, document: Document, text: str, speakers: dict[Span, str]) -> None:
        quotes = self._quotes.get(document.document_id, {})
        codings_at = {
            Span(document.document_id, *place): some
            for place, some in self._codings.get(document.document_id, {}).items()
        }
        for span in sorted({*quotes, *codings_at, *speakers}, key=lambda one: (one.start, -one.end)):
            label = shortened(one_line(text[span.start : span.end]), LABEL)
            selection = below(parent, "PlainTextSelection", guid=self._selection_guid(span), name=label,
                         startPosition=str(span.start), endPosition=str(span.end), creatingUser=self.user,
                         creationDateTime=self.time)  # fmt: skip
            here, codings = quotes.get(span, []), codings_at.get(span, [])
            if here or codings:
                below(selection, "Description", "\n".join((*map(told_mention, here), *map(told_coding, codings))))
            codes = {code_of(one, self.guids): one.mention.mention_id for one in reversed(here)}
            self.doubled += len(here) - len(codes)
            for quote in here:
                if codes.get(code_of(quote, self.guids)) == quote.mention.mention_id:
                    self._coding(selection, ("mention", quote.mention.mention_id), code_of(quote, self.guids))
                if quote.mention.pinned:
                    self._coding(selection, ("pin", quote.mention.mention_id), self.guids.of("pinned"))
            for coding in codings:
                self._coding(selection, ("coded", coding.coding_id), self.guids.of("code", coding.code_id))
            if self.people_as_codes and span in speakers:
                self._coding(selection, ("turn", *_key(span)), self.guids.of("person", speakers[span]))

    def _coding(self, parent: Element, key: tuple[str, ...], code: str) -> None:
        element = below(
            parent, "Coding", guid=self.guids.of("coding", *key), creatingUser=self.user, creationDateTime=self.time
        )
        below(element, "CodeRef", targetGUID=code)

    def _selection_guid(self, span: Span) -> str:
        return self.guids.of("selection", *_key(span))

    def _notes(self, parent: Element) -> None:
        self._note(parent, "method", "How this was made", method_note(self.view))
        for persona in self.view.personas:
            self._note(
                parent, persona.persona_id, f"Persona: {one_line(persona.name)}", persona_note(persona, self.view)
            )

    def _note(self, parent: Element, key: str, name: str, text: str) -> None:
        guid = self.guids.of("note", key)
        self.texts.append((f"sources/{guid}.txt", stored_text(text).encode("utf-8")))
        below(parent, "Note", guid=guid, name=name, plainTextPath=f"internal://{guid}.txt", creatingUser=self.user,
              creationDateTime=self.time)  # fmt: skip

    def _sets(self, parent: Element) -> None:
        names = Names(SOURCE_NAME)
        for topic in self.view.topics:
            element = below(
                parent, "Set", guid=self.guids.of("topic", topic.topic_id), name=names.unique(f"Topic: {topic.label}")
            )
            below(
                element,
                "Description",
                f"[{topic.topic_id}] {wording.people(topic.n_people)}; {', '.join(topic.keywords)}",
            )
            for insight in self.view.insights:
                if insight.topic_id == topic.topic_id:
                    below(element, "MemberCode", targetGUID=self.guids.of("insight", insight.insight_id))
        for persona in self.view.personas:
            element = below(parent, "Set", guid=self.guids.of("persona", persona.persona_id),
                         name=names.unique(f"Persona: {persona.name}"))  # fmt: skip
            below(element, "Description", f"[{persona.persona_id}] {one_line(persona.summary)}")
            insights = self.view.evidence.insights
            for key in dict.fromkeys((*persona.goals, *persona.pains, *persona.objections, *persona.requests,
                                      *persona.delights, *persona.triggers)):  # fmt: skip
                if key in insights:
                    below(element, "MemberCode", targetGUID=self.guids.of("insight", key))
            for person in self.view.people:
                if person.persona is not None and person.persona.persona_id == persona.persona_id:
                    for document in self._alone(person):
                        below(element, "MemberSource", targetGUID=self.guids.of("source", document.document_id))


def told_mention(quote: Quote) -> str:
    """A mention on one line, with the id by which it is found again."""
    mention = quote.mention
    facts = (
        kind_name(mention.kind),
        f"{mention.probability:.2f}",
        f"severity {mention.severity}",
        mention.sentiment,
        mention.emotion,
        mention.quadrant,
    )
    return f"[{mention.mention_id}] {', '.join(facts)}{f': {one_line(mention.statement)}' if mention.statement else ''}"


def moment(stamp: str) -> str:
    """An ISO 8601 date or time as xsd:dateTime; the zone is left away where a document states one."""
    match = _DATED.match(stamp)
    if match is None:
        return "1980-01-01T00:00:00Z"
    return f"{match[1]}T{match[2] or '00:00'}{match[3] or ':00'}Z"


def _by_place(quotes: Iterable[Quote]) -> dict[str, dict[Span, list[Quote]]]:
    by_document: dict[str, dict[Span, list[Quote]]] = defaultdict(lambda: defaultdict(list))
    for quote in quotes:
        mention = quote.mention
        by_document[mention.document_id][Span(mention.document_id, mention.start, mention.end)].append(quote)
    return by_document


def _source_name(document: Document) -> str:
    kind = wording.DOCUMENT_NAMES[document.kind][0].capitalize()
    return file_like(f"{kind} {document.title or f'{document.source} {document.locator}'}")


def _key(span: Span) -> tuple[str, str, str]:
    return span.document_id, str(span.start), str(span.end)


def _is_evidence(turn: Utterance) -> bool:
    return turn.role in EVIDENCE_ROLES and turn.cut is None
