"""Reading a REFI-QDA project leniently and safely: what is in it, and what of it is not taken."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZipFile

from voc_engine.codebook.refi_codes import ReadCode, children, codebook_of, codes_in, guid_of, local, parsed, said_in
from voc_engine.errors import SourceError
from voc_engine.exchange.refi.offsets import Reading, best_reading
from voc_engine.ingest.unpack import DOCUMENT_LIMIT, RATIO_FREE_BYTES, RATIO_LIMIT, open_archive

_INTERNAL = "internal://"
# What is no text: told by its name, and not taken.
_NOT_TAKEN = {
    "PictureSource": "pictures", "PDFSource": "PDF files", "AudioSource": "audio files", "VideoSource": "video files",
    "Graph": "graphs", "Link": "links",
}  # fmt: skip


@dataclass(frozen=True)
class ReadCoding:
    """A code at a place; ``start`` and ``end`` are code points of the source's text, the end not included."""

    start: int
    end: int
    code: str
    user: str
    description: str


@dataclass(frozen=True)
class ReadSource:
    """A text source with its codings, and how its places were understood."""

    guid: str
    name: str
    description: str
    text: str
    reading: Reading
    codings: tuple[ReadCoding, ...]
    values: dict[str, str]


@dataclass(frozen=True)
class ReadCase:
    """Somebody or something with values, and guids of the sources that are its own."""

    guid: str
    name: str
    values: dict[str, str]
    sources: tuple[str, ...]


@dataclass
class ReadProject:
    """``not_taken`` counts what is in the project and not read: what -> how many."""

    name: str
    origin: str
    users: dict[str, str] = field(default_factory=dict)
    codes: dict[str, ReadCode] = field(default_factory=dict)
    sources: list[ReadSource] = field(default_factory=list)
    cases: list[ReadCase] = field(default_factory=list)
    not_taken: Counter[str] = field(default_factory=Counter)


def read_project(path: Path) -> ReadProject:
    """The project in a .qdpx file. Raises SourceError for a file that is none, or that is not safe to read."""
    with _opened(path) as stream, open_archive(stream, path.name) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(".qde") and "/" not in name]
        if not names:
            raise SourceError(
                f"{path.name} is no REFI-QDA project.",
                found="no .qde file in it",
                do="name a .qdpx file as a tool exported it",
            )
        return _Reader(archive, parsed(_member(archive, names[0], path.name), path.name)).project()


def read_codebook(path: Path) -> ReadProject:
    """The codes in a .qdc file; other tools' are not always valid, so that only codes are looked for. Raises SourceError."""
    with _opened(path) as stream:
        content = stream.read(DOCUMENT_LIMIT)
    origin, codes = codebook_of(content, path.name)
    project = ReadProject(path.stem, origin)
    project.codes.update((one.guid, one) for one in codes)
    return project


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise SourceError(f"{path} cannot be read.", found=str(error), do="check the path") from error


def _member(archive: ZipFile, name: str, label: str) -> bytes:
    info = archive.getinfo(name)
    if info.file_size > DOCUMENT_LIMIT or info.file_size > max(RATIO_FREE_BYTES, RATIO_LIMIT * info.compress_size):
        raise SourceError(f"{label} unpacks to far more than it should.", found=name, do="check its origin")
    try:
        return archive.read(name)
    except (OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise SourceError(f"{label} is damaged.", found=f"{name}: {error}", do="export it again") from error


class _Reader:
    def __init__(self, archive: ZipFile, top: Any) -> None:
        self.archive, self.top = archive, top
        self.members = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        self.variables: dict[str, str] = {}
        self.made = ReadProject(top.get("name") or "", top.get("origin") or "")

    def project(self) -> ReadProject:
        project = self.made
        for element in self.top.iter():
            if local(element) in _NOT_TAKEN:
                project.not_taken[_NOT_TAKEN[local(element)]] += 1
            elif local(element) == "User":
                project.users[guid_of(element.get("guid"))] = element.get("name") or element.get("id") or ""
            elif local(element) == "Variable":
                self.variables[guid_of(element.get("guid"))] = element.get("name") or ""
        for book in children(self.top, "CodeBook"):
            for codes in children(book, "Codes"):
                project.codes.update((one.guid, one) for one in codes_in(codes))
        for sources in children(self.top, "Sources"):
            project.sources += [one for one in map(self._source, children(sources, "TextSource")) if one is not None]
        for cases in children(self.top, "Cases"):
            project.cases += [self._case(one) for one in children(cases, "Case")]
        return project

    def _case(self, element: Any) -> ReadCase:
        sources = tuple(guid_of(one.get("targetGUID")) for one in children(element, "SourceRef"))
        return ReadCase(guid_of(element.get("guid")), element.get("name") or "", self._values(element), sources)

    def _values(self, element: Any) -> dict[str, str]:
        values = {}
        for value_element in children(element, "VariableValue"):
            name = next(
                (
                    self.variables.get(guid_of(ref.get("targetGUID")), "")
                    for ref in children(value_element, "VariableRef")
                ),
                "",
            )
            value = next((other.text or "" for other in value_element if local(other) != "VariableRef"), "")
            if name and value.strip():
                values[name] = value.strip()
        return values

    def _source(self, element: Any) -> ReadSource | None:
        content = self._content(element)
        if content is None:
            self.made.not_taken["text sources whose file is not in the archive"] += 1
            return None
        selections = list(children(element, "PlainTextSelection"))
        places = [(_number(one.get("startPosition")), _number(one.get("endPosition"))) for one in selections]
        reading, moved = best_reading(content, places, [one.get("name") or "" for one in selections])
        codings = tuple(
            ReadCoding(
                start,
                end,
                guid_of(ref.get("targetGUID")),
                self.made.users.get(guid_of(coding.get("creatingUser") or one.get("creatingUser")), ""),
                said_in(one, "Description"),
            )
            for one, (start, end) in zip(selections, moved, strict=True)
            for coding in children(one, "Coding")
            for ref in children(coding, "CodeRef")
        )
        guid, name = guid_of(element.get("guid")), element.get("name") or ""
        return ReadSource(
            guid, name, said_in(element, "Description"), reading.text, reading, codings, self._values(element)
        )

    def _content(self, element: Any) -> bytes | None:
        """The bytes of the source's plain text; places outside the archive are never opened."""
        path = element.get("plainTextPath") or ""
        if path.startswith(_INTERNAL):
            member = self.members.get(f"sources/{path.removeprefix(_INTERNAL).lstrip('/')}".lower())
            return None if member is None else _member(self.archive, member, path)
        inline = said_in(element, "PlainTextContent")
        return inline.encode("utf-8") if inline and not path else None


def _number(text: str | None) -> int:
    try:
        return int(text or "")
    except ValueError:
        return -1
