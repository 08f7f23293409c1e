"""Check what is withheld: the rows against the words in the store, and every published file for these words."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from voc_engine.errors import EvidenceError
from voc_engine.privacy.unsaid import LONGEST, words_of
from voc_engine.privacy.withholding import MARK
from voc_engine.records import Disclosure, Document, Mention, Record, Segment
from voc_engine.store.parts import PartStore
from voc_engine.store.results import records_of, strings_of

_TAG = re.compile(r"<[^<>]*>")
_PICTURES = (".png", ".jpg", ".woff", ".woff2", ".ico")


# Records that quote, by their table: what they are called, and the columns of their key and of what they say.
_QUOTING: dict[type[Record], tuple[str, str, str]] = {
    Mention: ("mention", "mention_id", "kind"),
    Disclosure: ("disclosure", "disclosure_id", "field"),
}


def check_spans(
    store: PartStore, parts: Mapping[str, Sequence[str]], rows_of: Callable[[str], Sequence[Mapping[str, Any]]],
    people: frozenset[str],
) -> None:  # fmt: skip
    """Every published quote of these people stands for a record in the store that quotes its document exactly.

    ``rows_of`` gives a published table's rows. Raises EvidenceError.
    """
    tables: dict[type[Record], list[Any]] = dict(records_of(store, parts, (Document, *_QUOTING)))
    texts = {one.document_id: one.text for one in tables[Document]}
    for kind, (noun, key, says) in _QUOTING.items():
        stored = {getattr(one, key): one for one in tables[kind]}
        for row in rows_of(kind.table):
            if row["person_id"] not in people:
                continue
            record = stored.get(row[key])
            if record is None or texts.get(record.document_id, "")[record.start : record.end] != record.quote:
                raise _fault(f"The withheld {noun} {row[key]} has no evidence in the store.", row["document_id"])
            if row["quote"] != MARK or (record.person_id, getattr(record, says)) != (row["person_id"], row[says]):
                raise _fault(f"The {noun} {row[key]} is not withheld as it should be.", row["person_id"])


def check_silence(store: PartStore, parts: Mapping[str, Sequence[str]], folder: Path, people: frozenset[str]) -> None:
    """No sentence of four words or more that only these people said stands in any file of the folder.

    Raises EvidenceError naming the file and the segment, not the words.
    """
    ((_, segments),) = records_of(store, parts, (Segment,))
    sentences = [
        (one.person_id in people, words_of(one.text), one.segment_id) for one in segments if isinstance(one, Segment)
    ]
    free = {words for theirs, words, _ in sentences if not theirs}
    secret = {words: key for theirs, words, key in sentences if theirs and len(words) >= LONGEST and words not in free}
    openers: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for words in sorted(secret):
        openers.setdefault(words[:LONGEST], []).append(words)
    others = [words for theirs, words, _ in sentences if not theirs]
    spoken = {words for run in others for words in _within(run, openers)}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        for text in _texts(path):
            for words in _within(words_of(text), openers):
                if words not in spoken:
                    raise _fault(
                        f"The file {path.relative_to(folder).as_posix()} repeats words that are to be withheld.",
                        f"those of segment {secret[words]}",
                    )


def _within(
    words: tuple[str, ...], openers: Mapping[tuple[str, ...], Sequence[tuple[str, ...]]]
) -> Iterator[tuple[str, ...]]:
    """The sentences that stand in a run of words, whole."""
    for start in range(len(words) - LONGEST + 1):
        for wanted in openers.get(words[start : start + LONGEST], ()):
            if words[start : start + len(wanted)] == wanted:
                yield wanted


def _texts(path: Path) -> Iterator[str]:
    """What a file says, read as its readers would: cells of tables, text of pages, documents and slides."""
    if path.suffix == ".parquet":
        yield from strings_of(path)
    elif path.suffix not in _PICTURES and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for name in sorted(packed.namelist()):
                yield from _readings(packed.read(name).decode("utf-8", "replace"))
    elif path.suffix not in _PICTURES:
        yield from _readings(path.read_bytes().decode("utf-8", "replace"))


def _readings(text: str) -> Iterator[str]:
    """Marks of a page may stand between words or inside one: both ways to read it."""
    yield html.unescape(text)
    if "<" in text:
        yield html.unescape(_TAG.sub("", text))
        yield html.unescape(_TAG.sub(" ", text))


def _fault(happened: str, details: str) -> EvidenceError:
    return EvidenceError(happened, found=details, do="do not hand the report out; run the study again, and report this")
