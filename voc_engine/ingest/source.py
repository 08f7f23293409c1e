"""SourceFile: the one place of the ingest room that touches the disk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from voc_engine.errors import SourceError
from voc_engine.ingest.unpack import gzip_stream, zip_member_stream

# Formats that cannot be read as a stream (a workbook, a whole transcript) are read whole, up to here.
WHOLE_FILE_LIMIT = 256 * 1024 * 1024


class NotInRanges(Exception):
    """A file has to be read as a whole: what stands in one range depends on another."""


@dataclass(frozen=True)
class FileRange:
    """A range of a file's lines: ``start`` is its first byte, ``before`` the lines before it, ``until`` those before its
    end, None for the last range. Of Parquet ``start`` is a row group, and rows are counted."""

    number: int
    start: int
    before: int
    until: int | None


@dataclass(frozen=True)
class SourceFile:
    """A file of the study. ``name`` is its path relative to the workspace, with forward slashes.

    ``packing`` is "", "gzip" or "zip"; with it ``open`` gives the unpacked bytes and ``member`` names the zip's one file.
    ``part`` is the range of which the records are wanted, where it is not the whole.
    """

    path: Path
    name: str
    packing: str = ""
    member: str = ""
    part: FileRange | None = None

    def open(self) -> BinaryIO:
        """The content's bytes from the beginning. Raises SourceError where the file cannot be read."""
        try:
            if self.packing == "gzip":
                return gzip_stream(self.path.open("rb"), self.name)
            if self.packing == "zip":
                return zip_member_stream(self.path.open("rb"), self.member, self.name)
            return self.path.open("rb")
        except OSError as error:
            raise SourceError(
                f"{self.name} cannot be opened.", found=str(error.strerror), do="check the path"
            ) from error

    def head(self, n: int) -> bytes:
        """The first ``n`` bytes of the content."""
        with self.open() as stream:
            return stream.read(n)

    @property
    def size(self) -> int:
        """Bytes on disk (packed, where it is packed)."""
        return self.path.stat().st_size

    @property
    def content_name(self) -> str:
        """Name whose ending tells of the content: the member's in a zip, without ``.gz`` in a gzip file."""
        if self.packing == "zip":
            return self.member
        return self.name[:-3] if self.packing == "gzip" and self.name.lower().endswith(".gz") else self.name

    def read_whole(self, limit: int = WHOLE_FILE_LIMIT) -> bytes:
        """All bytes. Raises SourceError for more than ``limit``."""
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise SourceError(
                f"{self.name} is too large to be read in one piece.",
                found=f"more than {limit // 1024 // 1024} MB",
                do="split it, or convert it to JSON lines or CSV, which are read as a stream",
            )
        return data

    def seekable(self) -> BinaryIO:
        """A stream that can seek: the file itself, or a copy in memory where it was packed."""
        return BytesIO(self.read_whole()) if self.packing else self.open()

    def unpacked_as(self, packing: str, member: str = "") -> SourceFile:
        return replace(self, packing=packing, member=member)
