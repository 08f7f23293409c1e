"""The codes in REFI-QDA XML (standard 1.5), read leniently and safely: tools differ in namespace and in the writing of
guids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from voc_engine.errors import SourceError
from voc_engine.records import code_id, stable_hash


@dataclass(frozen=True)
class ReadCode:
    """``path`` are the names from the top code down to this one; ``above`` the guid of the code above it."""

    guid: str
    path: tuple[str, ...]
    description: str
    above: str | None

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def code_id(self) -> str:
        """The id under which a study takes it: of its guid, where it has one."""
        return f"c-{stable_hash('refi', self.guid)}" if self.guid else code_id(*self.path)


def parsed(content: bytes, name: str) -> Any:
    """The outermost element. Raises SourceError for what is no XML, or has a document type or entities."""
    try:
        return ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise SourceError(
            f"{name} holds XML that is not read for safety.", found=str(error), do="export it again"
        ) from error
    except ElementTree.ParseError as error:
        raise SourceError(f"{name} holds damaged XML.", found=str(error), do="export it again") from error


def local(element: Any) -> str:
    """An element's name without its namespace: tools differ in the version that they name."""
    return str(element.tag).rpartition("}")[2]


def children(element: Any, name: str) -> Iterator[Any]:
    """Children of that name, whatever their namespace."""
    return (one for one in element if local(one) == name)


def said_in(element: Any, name: str) -> str:
    """The text of the first child of that name."""
    return next((one.text or "" for one in children(element, name)), "")


def guid_of(guid: str | None) -> str:
    """A guid as it is compared: some tools write braces or capitals."""
    return (guid or "").strip("{}").lower()


def codes_in(parent: Any, above: tuple[str, ...] = (), guid: str | None = None) -> Iterator[ReadCode]:
    """Every code below an element, in its order."""
    for element in children(parent, "Code"):
        code = ReadCode(
            guid_of(element.get("guid")), (*above, element.get("name") or ""), said_in(element, "Description"), guid
        )
        yield code
        yield from codes_in(element, code.path, code.guid)


def codebook_of(content: bytes, name: str) -> tuple[str, list[ReadCode]]:
    """(the tool that wrote it, its codes) of a .qdc file. Raises SourceError for one that holds none."""
    top = parsed(content.lstrip(b"\xef\xbb\xbf \r\n\t"), name)
    read = [one for codes in children(top, "Codes") for one in codes_in(codes)]
    if not read:
        raise SourceError(f"{name} holds no codes.", found=local(top), do="name a .qdc file as a tool exported it")
    return top.get("origin") or "", read
