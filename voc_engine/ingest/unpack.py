"""Reading packed files safely: members by name, never extracted, with limits on number, size and ratio."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from stat import S_ISLNK
from typing import BinaryIO, cast

from voc_engine.errors import SourceError

MEMBER_LIMIT = 5_000  # a choice: an export with a file a ticket; a bomb of many small members ends here
UNPACKED_LIMIT = 8 * 1024**3  # a choice: what is unpacked is read as a stream; a bomb ends here at the latest
DOCUMENT_LIMIT = 512 * 1024**2  # a choice: a document's parts are held in memory
# Text seldom packs better than 1:30; the generous bound still stops a bomb after a few megabytes.
RATIO_LIMIT = 300
RATIO_FREE_BYTES = 16 * 1024**2
_SYSTEM_FILES = frozenset(
    ("thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", ".localized", ".gitkeep", ".gitignore")
)
_SYSTEM_STARTS = ("~$", "._", ".~lock.")


class LimitedStream(io.RawIOBase):
    """Counts the unpacked bytes and stops a bomb while it streams; turns every unpacking fault into SourceError."""

    def __init__(self, inner: BinaryIO, packed: BinaryIO, packed_size: int, name: str) -> None:
        self._inner, self._packed, self._packed_size, self._name = inner, packed, packed_size, name
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = cast(memoryview, buffer)
        try:
            data = self._inner.read(len(view))
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise SourceError(
                f"{self._name} is damaged: it cannot be unpacked to its end.",
                found=str(error) or type(error).__name__,
                do="unpack it by hand to see what is left, or export it again",
            ) from error
        self._given += len(data)
        over_ratio = self._given > RATIO_FREE_BYTES and self._given > RATIO_LIMIT * max(1, self._packed_size)
        if self._given > UNPACKED_LIMIT or over_ratio:
            raise SourceError(
                f"{self._name} unpacks to far more than it should and was stopped.",
                found=f"{self._given:,} bytes out of {self._packed_size:,}",
                do="unpack it by hand if it is really meant",
            )
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._inner.close()
            self._packed.close()
        super().close()


def _size(stream: BinaryIO) -> int:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return size


def gzip_stream(packed: BinaryIO, name: str) -> BinaryIO:
    """The unpacked bytes of a gzip file, limited."""
    size = _size(packed)
    inner = cast(BinaryIO, gzip.GzipFile(fileobj=packed, mode="rb"))
    return io.BufferedReader(LimitedStream(inner, packed, size, name), 1 << 16)


def open_archive(packed: BinaryIO, name: str) -> zipfile.ZipFile:
    """A zip archive whose list of members is sound. Raises SourceError for one that is not."""
    try:
        archive = zipfile.ZipFile(packed)
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise SourceError(f"{name} is a damaged zip file.", found=str(error), do="export or copy it again") from error
    fault = _archive_fault(members)
    if fault:
        raise SourceError(f"{name} is a zip file that is not read for safety.", found=fault, do="unpack it by hand")
    return archive


def _archive_fault(members: list[zipfile.ZipInfo]) -> str:
    names = [member.filename for member in members]
    if len(names) > MEMBER_LIMIT:
        return f"{len(names)} members"
    if len(set(names)) != len(names):
        return "two members of one name"
    for member in members:
        parts = member.filename.replace("\\", "/").split("/")
        if member.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            return f"a path that leaves the archive: {member.filename!r}"
        if S_ISLNK(member.external_attr >> 16):
            return f"a link: {member.filename!r}"
        if member.flag_bits & 1:
            return "encryption"
    return ""


def check_document_archive(packed: BinaryIO, name: str) -> list[str]:
    """Checks an office document (DOCX, XLSX) before a library opens it; gives its members' names.

    Every XML member is parsed once with defusedxml, which refuses document types, entities and outside references.
    """
    from defusedxml import sax
    from defusedxml.common import DefusedXmlException

    archive = open_archive(packed, name)
    total = 0
    for member in archive.infolist():
        total += member.file_size
        if total > DOCUMENT_LIMIT or member.file_size > max(RATIO_FREE_BYTES, RATIO_LIMIT * member.compress_size):
            raise SourceError(
                f"{name} unpacks to far more than it should.", found=member.filename, do="check its origin"
            )
        if member.filename.lower().endswith((".xml", ".rels")):
            try:
                with archive.open(member) as stream:
                    sax.parse(stream, _handler(), forbid_dtd=True)
            except DefusedXmlException as error:
                raise SourceError(
                    f"{name} holds XML with a document type or entities and is not read.",
                    found=f"{member.filename}: {error}",
                    do="save it again from the program that made it",
                ) from error
            except Exception as error:
                raise SourceError(
                    f"{name} is damaged.", found=f"{member.filename}: {error}", do="save it again"
                ) from error
    packed.seek(0)
    return archive.namelist()


def _handler() -> object:
    from xml.sax.handler import ContentHandler

    return ContentHandler()


def is_system_file(name: str) -> bool:
    """Whether a path is no file of anybody's: a thumbnail cache, a folder's view, an office program's lock."""
    *folders, last = name.replace("\\", "/").casefold().split("/")
    return "__macosx" in folders or last in _SYSTEM_FILES or last.startswith(_SYSTEM_STARTS)


def zip_members(packed: BinaryIO, name: str) -> list[str]:
    """Names of the files in a zip, without folders and what operating systems and programs add of their own."""
    with open_archive(packed, name) as archive:
        return [
            member.filename
            for member in archive.infolist()
            if not member.is_dir() and not is_system_file(member.filename)
        ]


def zip_member_stream(packed: BinaryIO, member: str, name: str) -> BinaryIO:
    """The unpacked bytes of one member, limited."""
    archive = open_archive(packed, name)
    info = archive.getinfo(member)
    try:
        inner = cast(BinaryIO, archive.open(info))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise SourceError(f"{name} is a damaged zip file.", found=str(error), do="copy it again") from error
    return io.BufferedReader(LimitedStream(inner, packed, info.compress_size, name), 1 << 16)
