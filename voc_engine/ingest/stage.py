"""The ingest stage: which reader understands a file, and reading it so that no fault ends in a traceback."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import cast

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError, VocError
from voc_engine.ingest.archive import archive_members, read_members
from voc_engine.ingest.budget import within_budget
from voc_engine.ingest.contract import Conversation, Reader, quarantine, set_aside
from voc_engine.ingest.damage import without_damage
from voc_engine.ingest.decoding import encoding_of
from voc_engine.ingest.language import language_of_evidence
from voc_engine.ingest.layout import decide
from voc_engine.ingest.mojibake import REASON, mended
from voc_engine.ingest.pieces import renamed
from voc_engine.ingest.ranges import RangeTold
from voc_engine.ingest.seen import SeenRecords, record_key
from voc_engine.ingest.source import FileRange, NotInRanges, SourceFile
from voc_engine.ingest.tables.table import SAMPLE_ROWS
from voc_engine.ingest.tables.table_reader import TableReader
from voc_engine.ingest.translations import without_translations
from voc_engine.ingest.unpack import zip_members
from voc_engine.ingest.unreadable import unreadable
from voc_engine.records import SAME_RECORD, Skipped, language_code, stable_hash
from voc_engine.registry import component, names

HEAD_BYTES = 1 << 16  # a choice: hundreds of lines of a table; a header and its first rows lie within
# Records that the first range of a file holds at least: those by which columns are understood, below any header.
_UNDERSTOOD_BY = SAMPLE_ROWS + 100
_PROOF = "proof"
SURE_ENOUGH = 0.05  # a choice: readers that know a format say .5 and more, those that do not 0
_BLANKS = re.compile(rb"[ \t]{512,}")
_EXPORT = "export it as text, VTT, SRT, DOCX, ODT, RTF, PDF, CSV, XLSX or JSON"
_OFFICE = ("[Content_Types].xml", "mimetype")


def read_source(source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
    """Conversations and skipped pieces of one file, in its order, streamed where the format can be.

    Raises SourceError for a file that is not understood at all, ConfigError for an unknown format or encoding name.
    Everything else that is wrong with a file comes as Skipped.
    """
    members = archive_members(source)
    if members:
        yield from read_members(source, members, lambda member: read_source(member, options))
        return
    source, options = unpacked(source), _of_kind(options)
    reader = choose_reader(source, options)
    told = RangeTold()
    yield from _finished(_unique(source, _sound(source, _guarded(source, reader, options))), options, told)
    yield from _told_of_all(source, options, told)


def file_ranges(source: SourceFile, options: SourceConfig, size: int) -> tuple[list[FileRange], SourceConfig]:
    """The ranges of about ``size`` bytes in which a file may be read side by side, and the options to read them with; no
    range where it is read as a whole."""
    try:
        whole = archive_members(source) or unpacked(source) != source
        reader = choose_reader(source, options)
        if whole or not isinstance(reader, TableReader):
            return [], options
        ranges = reader.ranges(source, _of_kind(options), size)
        # What a table is understood by stands in the first range, or another range would understand another table.
        first = islice(reader.records_in(replace(source, part=ranges[0]), options), _UNDERSTOOD_BY) if ranges else ()
        if sum(1 for _ in first) < _UNDERSTOOD_BY:
            return [], options
        encoding = None if reader.name == "parquet.v1" else encoding_of(source, options)
    except (VocError, NotInRanges):
        return [], options  # what is wrong with it is told where it is read
    return ranges, options.model_copy(update={"encoding": encoding})


def read_range(
    source: SourceFile, options: SourceConfig, told: RangeTold, earlier: Mapping[int, tuple[int, int]]
) -> Iterator[Conversation | Skipped]:
    """What ``read_source`` gives of the source's part, one of ``file_ranges``; ``told`` is filled for ``read_end``.

    ``earlier``: of the part's records that came before it, by ``record_key``, the first one's mark and how many others were
    no copies of it. Raises NotInRanges, or whatever a reader meets in damaged data: the file is then read as a whole.
    """
    options = _of_kind(options)
    reader = cast(TableReader, choose_reader(replace(source, part=None), options))
    items = _counted(reader.read_range(source, options, told), told)
    yield from _finished(_unique(source, _sound(source, items), told, earlier), options, told)


def read_end(source: SourceFile, options: SourceConfig, told: RangeTold) -> Iterator[Skipped]:
    """What ``read_source`` tells at the end of a file that was read in ranges. Raises NotInRanges where it gave nothing."""
    if not told.talks and not told.quarantined:
        raise NotInRanges("no record with words in the file")
    options = _of_kind(options)
    reader = cast(TableReader, choose_reader(source, options))
    yield from reader.read_end(source, options, told)
    yield from _told_of_all(source, options, told)


def _of_kind(options: SourceConfig) -> SourceConfig:
    return options.model_copy(update={"kind": "post"}) if options.proof and options.kind is None else options


def _counted(items: Iterator[Conversation | Skipped], told: RangeTold) -> Iterator[Conversation | Skipped]:
    for item in items:
        told.talks += not isinstance(item, Skipped)
        told.quarantined += isinstance(item, Skipped) and item.quarantined
        yield item


def _finished(
    items: Iterator[Conversation | Skipped], options: SourceConfig, told: RangeTold
) -> Iterator[Conversation | Skipped]:
    """The conversations with their letters put right and their language."""
    for item in items:
        if isinstance(item, Skipped):
            yield item
            continue
        talk, changed = mended(item)
        told.garbled += changed
        talk = without_translations(talk)
        told.plausible.add(talk)
        yield _as_proof(talk) if options.proof else _with_language(talk)


def _told_of_all(source: SourceFile, options: SourceConfig, told: RangeTold) -> Iterator[Skipped]:
    if told.garbled:
        yield set_aside(source, "whole file", REASON, "", told.garbled)
    if not options.proof:
        yield from told.plausible.told(source)


def unpacked(source: SourceFile) -> SourceFile:
    """The source as its content: through gzip, and into a zip that holds one file. Office documents stay as they are."""
    if source.packing:
        return source
    head = source.head(4)
    if head[:2] == b"\x1f\x8b":
        return source.unpacked_as("gzip")
    if head != b"PK\x03\x04":
        return source
    with source.open() as stream:
        members = zip_members(stream, source.name)
    if any(member in _OFFICE for member in members) or "project.qde" in members:
        return source
    if len(members) != 1:
        raise SourceError(
            f"{source.name} is a zip file with {len(members)} files.",
            found=", ".join(members[:10]) or "no files",
            do="unpack it and name the files, or pack each one by itself",
        )
    return source.unpacked_as("zip", members[0])


def choose_reader(source: SourceFile, options: SourceConfig) -> Reader:
    """The configured reader, else the one that is surest by content. Raises SourceError where none is."""
    if options.format:
        return cast(Reader, component("reader", options.format))
    head = source.head(HEAD_BYTES)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise SourceError(f"{source.name} is empty.", found=f"{source.size} bytes", do="export it again, or remove it")
    ranked = ranking(source, head)
    if not ranked or ranked[0][0] < SURE_ENOUGH:
        recognised = unreadable(head, _members(source, head))
        raise SourceError(
            f"{source.name} is in no format that is known.",
            found=recognised.what,
            do=recognised.do or f"{_EXPORT}; or set format to one of: {', '.join(names('reader'))}",
        )
    decision = decide(ranked, source.name)
    if decision.refused:
        raise SourceError(
            f"{source.name} may be two things.",
            found=f"{decision.winner} ({decision.confidence:.2f}) or {decision.runner_up} ({decision.next_confidence:.2f})",
            do=decision.question,
        )
    return cast(Reader, component("reader", decision.winner))


def _members(source: SourceFile, head: bytes) -> tuple[str, ...]:
    if source.packing or not head.startswith(b"PK\x03\x04"):
        return ()
    with source.open() as stream:
        return tuple(zip_members(stream, source.name))


def ranking(source: SourceFile, head: bytes) -> list[tuple[float, str]]:
    """(how sure, reader's name), surest first; equal ones by name."""
    # A long run of blanks tells nothing of a format, and patterns that look for one need quadratic time for it.
    head = _BLANKS.sub(lambda run: run[0][:64], head)
    scores = [(cast(Reader, component("reader", name)).sniff(source, head), name) for name in names("reader")]
    return sorted((pair for pair in scores if pair[0] > 0), key=lambda pair: (-pair[0], pair[1]))


def _guarded(source: SourceFile, reader: Reader, options: SourceConfig) -> Iterator[Conversation | Skipped]:
    """The reader's yield; an unexpected fault in damaged data is told, not thrown."""
    n_items = talks = n_quarantined = 0
    try:
        for item in reader.read(source, options):
            n_items += 1
            talks += not isinstance(item, Skipped)
            n_quarantined += isinstance(item, Skipped) and item.quarantined
            yield item
    except VocError:
        raise
    except Exception as error:
        # Readers meet any bytes there are; whatever a parser throws at them is a fault of the file until shown otherwise.
        fault = f"{type(error).__name__}: {error}"
        if not n_items:
            raise SourceError(
                f"{source.name} could not be read as {reader.name}.",
                found=fault,
                do="check the file, or set another format",
            ) from error
        yield quarantine(
            source,
            "after the last record read",
            "the rest of the file could not be read",
            expected=f"a file that {reader.name} understands to its end",
            found=fault,
            to_do="check the file after the last record that was read",
        )
        return
    if not talks and not n_quarantined:
        yield quarantine(
            source,
            "whole file",
            "no record with words in the file" if n_items else "nothing to read in the file",
            expected=f"at least one record of {reader.name}" + (" with people's words" if n_items else ""),
            found=f"{n_items:,} records without" if n_items else "none",
            to_do="check that the export is complete; where another program wrote it, set another format",
        )


def _with_language(item: Conversation) -> Conversation:
    """What the source says of the language holds; else what customers say in the document tells it, or nothing does."""
    document = item.document
    stated = language_code(document.language) if document.language else None
    language = stated or language_of_evidence(document, item.utterances)
    return (
        item if language == document.language else Conversation(replace(document, language=language), item.utterances)
    )


def _as_proof(item: Conversation) -> Conversation:
    """The company's own text, whoever the reader takes to speak in it. Its language is told before nobody has said it."""
    item = _with_language(item)
    turns = tuple(replace(turn, role=_PROOF) for turn in item.utterances)
    return replace(item, document=replace(item.document, kind=_PROOF), utterances=turns)


def _sound(source: SourceFile, items: Iterator[Conversation | Skipped]) -> Iterator[Conversation | Skipped]:
    for item in items:
        if isinstance(item, Skipped):
            yield item
            continue
        for checked in within_budget(source, item):
            yield from [checked] if isinstance(checked, Skipped) else without_damage(source, checked)


def _unique(
    source: SourceFile, items: Iterator[Conversation | Skipped], told: RangeTold | None = None,
    earlier: Mapping[int, tuple[int, int]] | None = None,
) -> Iterator[Conversation | Skipped]:  # fmt: skip
    """Every document id once: a second record of one id gets a suffix, a mere copy is set aside.

    ``told`` is filled with the keys and marks of all, for the ranges behind; ``earlier`` are those of the ranges before.
    """
    records = SeenRecords()
    earlier = earlier or {}
    for key, (first_mark, _) in earlier.items():
        records.remember(key, first_mark)
    copies: dict[str, int] = {}
    for item in items:
        if isinstance(item, Skipped):
            yield item
            continue
        document = item.document
        mark = stable_hash(document.text, document.person_id)
        if told is not None:
            told.keys.append(record_key(document.document_id))
            told.marks.append(int(mark, 16))
        first = records.first_mark(document.document_id, mark)
        if first is None:
            yield item
        elif first == mark:
            yield set_aside(source, document.locator, SAME_RECORD, document.text)
        else:
            _, others = earlier.get(record_key(document.document_id), (0, 0))
            copies[document.document_id] = copies.get(document.document_id, 1 + others) + 1
            new_id = f"{document.document_id}-{copies[document.document_id]}"
            yield set_aside(
                source, document.locator, "note: an id that stands twice; this record is kept under its own", ""
            )
            yield renamed(item, new_id)
