"""XML of one namespace: elements with text that XML can hold, serialised and held to its schema."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from lxml import etree

from voc_engine.errors import StageError
from voc_engine.exchange.plain_text import plain

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
_SCHEMAS = {PROJECT: "Project.xsd", CODEBOOK: "Codebook.xsd"}

Element = Any


def root(namespace: str, name: str, /, **attributes: str | None) -> Element:
    """The outermost element; those below it are of its namespace."""
    element = etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})
    return _filled(element, "", attributes)


def below(parent: Element, name: str, text: str = "", /, **attributes: str | None) -> Element:
    """A new last element of ``parent``; attributes that are None are left out."""
    namespace = etree.QName(parent).namespace
    return _filled(etree.SubElement(parent, f"{{{namespace}}}{name}"), text, attributes)


def _filled(element: Element, text: str, attributes: dict[str, str | None]) -> Element:
    for name, value in attributes.items():
        if value is not None:
            element.set(name, plain(value))
    if text:
        element.text = plain(text)
    return element


def drop_empty(parent: Element, *names: str) -> None:
    """Remove children of these names that hold nothing: the schema wants one entry at least."""
    namespace = etree.QName(parent).namespace
    for name in names:
        for child in parent.findall(f"{{{namespace}}}{name}"):
            if len(child) == 0:
                parent.remove(child)


def document_bytes(top: Element) -> bytes:
    """The document as UTF-8. Raises StageError where it is not what its schema says: no tool could be trusted to read it."""
    namespace = etree.QName(top).namespace
    schema = _schema(namespace)
    if not schema.validate(top):
        raise StageError(
            "The export is not valid REFI-QDA and was not written.",
            found=str(schema.error_log.last_error),
            do="report this: it is a fault of the export",
        )
    return bytes(etree.tostring(top, xml_declaration=True, encoding="utf-8"))


@cache
def _schema(namespace: str) -> Any:
    path = resources.files("voc_engine.exchange.refi") / "schemas" / _SCHEMAS[namespace]
    return etree.XMLSchema(etree.fromstring(path.read_bytes()))
