"""A zip with several files: each is a source of its own, told under the archive's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from voc_engine.errors import SourceError
from voc_engine.ingest.contract import Conversation, quarantine
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.unpack import UNPACKED_LIMIT, open_archive, zip_members
from voc_engine.records import Skipped

Items = Iterator[Conversation | Skipped]
# Members by which an office document, or another program's project, is known; they are one document.
OFFICE = ("[Content_Types].xml", "mimetype", "project.qde")


def archive_members(source: SourceFile) -> list[SourceFile]:
    """The files of a zip that holds several, in the order of their names; [] for everything else.

    Their names are "archive.zip/member", so that ids of two members never mix. Raises SourceError for an unsafe archive.
    """
    if source.packing or source.head(4) != b"PK\x03\x04":
        return []
    with source.open() as stream:
        members = zip_members(stream, source.name)
    if len(members) <= 1 or any(name in OFFICE for name in members):
        return []
    with source.open() as stream, open_archive(stream, source.name) as archive:
        total = sum(member.file_size for member in archive.infolist())
    if total > UNPACKED_LIMIT:
        raise SourceError(
            f"{source.name} unpacks to far more than is read from one archive.",
            found=f"{total:,} bytes in {len(members)} files",
            do="unpack it by hand and name the files that are meant",
        )
    return [replace(source, name=f"{source.name}/{name}").unpacked_as("zip", name) for name in sorted(members)]


def read_members(source: SourceFile, members: Sequence[SourceFile], read: Callable[[SourceFile], Items]) -> Items:
    """What ``read`` gives for each member, with the archive as its source and the member in its locator.

    A member that is not understood is quarantined. Raises SourceError where that goes for all of them.
    """
    failed: list[SourceError] = []
    for member in members:
        try:
            for item in read(member):
                yield _with_member(item, source, member)
        except SourceError as error:
            failed.append(error)
            if len(failed) < len(members):
                yield quarantine(
                    source,
                    member.member,
                    "file of the archive that cannot be used",
                    expected="a file in a format that is known",
                    found=f"{error.happened} {error.found}".strip(),
                    to_do=error.do,
                )
    if failed and len(failed) == len(members):
        raise SourceError(
            f"{source.name} holds {len(members)} files, and none can be used.",
            found="; ".join(f"{member.member}: {error.found}" for member, error in zip(members, failed, strict=True))[
                :500
            ],
            do="unpack it and look at the files",
        )


def _with_member(item: Conversation | Skipped, source: SourceFile, member: SourceFile) -> Conversation | Skipped:
    if isinstance(item, Skipped):
        return replace(item, source=source.name, locator=f"{member.member}: {item.locator}")
    document = replace(item.document, source=source.name, locator=f"{member.member}: {item.document.locator}")
    return replace(item, document=document)
