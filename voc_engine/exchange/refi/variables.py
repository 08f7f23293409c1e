"""Variables: what is known of documents and people, by name and type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voc_engine.exchange.plain_text import one_line
from voc_engine.exchange.refi.elements import Element, below
from voc_engine.exchange.refi.identities_out import Guids, Names
from voc_engine.exchange.run_view import Person, RunView
from voc_engine.records import EVIDENCE_ROLES, Document
from voc_engine.report import wording

PERSONA = "persona"
OF_DOCUMENTS = {
    "document kind": "Text", "channel": "Text", "rating": "Float", "date": "Date", "language": "Text",
    "not coded": "Text",
}  # fmt: skip
_VALUES = {"Text": "TextValue", "Float": "FloatValue", "Date": "DateValue"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Variables:
    """The variables of a project; an attribute that is called like a column of ours gets a name of its own."""

    def __init__(self, view: RunView, guids: Guids) -> None:
        self.view, self.guids = view, guids
        names = Names()
        self.types = {names.unique(name): kind for name, kind in {**OF_DOCUMENTS, PERSONA: "Text"}.items()}
        self.attributes = {name: names.unique(name) for name in view.attribute_names}
        self.types |= dict.fromkeys(self.attributes.values(), "Text")

    def write(self, parent: Element) -> None:
        """All of them, with their types."""
        for name, kind in self.types.items():
            below(parent, "Variable", guid=self.guids.of("variable", name), name=name, typeOfVariable=kind)

    def of_document(self, parent: Element, document: Document) -> None:
        """The values of a document."""
        for name, value in _document_values(document, self.view):
            self._value(parent, name, value)

    def of_person(self, parent: Element, person: Person) -> None:
        """The values of a person."""
        if person.persona is not None:
            self._value(parent, PERSONA, one_line(person.persona.name))
        for name, value in person.attributes.items():
            self._value(parent, self.attributes[name], one_line(value))

    def _value(self, parent: Element, name: str, value: str) -> None:
        element = below(parent, "VariableValue")
        below(element, "VariableRef", targetGUID=self.guids.of("variable", name))
        below(element, _VALUES[self.types[name]], value)


def _document_values(document: Document, view: RunView) -> Iterator[tuple[str, str]]:
    yield "document kind", wording.DOCUMENT_NAMES[document.kind][0]
    if document.channel:
        yield "channel", one_line(document.channel)
    if document.rating is not None:
        yield "rating", f"{document.rating:f}".rstrip("0").rstrip(".")
    if document.created_at and (day := _DAY.match(document.created_at)):
        yield "date", day.group()
    if document.language:
        yield "language", document.language
    others = sorted({_uncoded(one.role, one.cut) for one in view.turns.get(document.document_id, ())} - {""})
    if others:
        yield "not coded", ", ".join(others)


def _uncoded(role: str, cut: str | None) -> str:
    """Whose words stand in the source and are no evidence."""
    return wording.ROLE_NAMES[role] if role not in EVIDENCE_ROLES else cut or ""
