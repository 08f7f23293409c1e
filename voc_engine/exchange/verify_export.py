"""Is every quote in an exported file still what somebody said? The file is read again by its own format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from voc_engine.errors import ConfigError, EvidenceError
from voc_engine.exchange.contract import ExportFormat, Shown
from voc_engine.exchange.exporting import registered, told_name, view_of
from voc_engine.exchange.plain_text import one_line, plain
from voc_engine.records import Coding, Document, Mention, Segment
from voc_engine.records.spreadsheet import guarded
from voc_engine.registry import component, names
from voc_engine.store.workspace import Workspace

_KIND = "export format"
Passage = Mention | Coding | Segment


def verify_export(workspace: Workspace, run_id: str, path: Path, said: str | None = None) -> tuple[str, int]:
    """Hold every quote in an export against the run's documents. Returns the format's name and how many there are.

    The format is the one named, else the one that finds most quotes in it. Raises EvidenceError at the first quote that
    nobody said, ConfigError where no quotes are found.
    """
    chosen, quotes = _read(path, said)
    tables = view_of(workspace, run_id).study.tables
    texts = {one.document_id: one.text for one in tables.of(Document)}
    passages: dict[str, Passage] = {one.segment_id: one for one in tables.of(Segment)}
    passages |= {one.mention_id: one for one in tables.of(Mention)}
    passages |= {one.coding_id: one for one in tables.of(Coding)}
    for one in quotes:
        _check(one, passages, texts)
    return chosen, len(quotes)


def _read(path: Path, said: str | None) -> tuple[str, list[Shown]]:
    known = [registered(_KIND, said)] if said else names(_KIND)
    formats: list[ExportFormat] = [component(_KIND, name) for name in known]
    # One file of a folder, sent alone, is an export too.
    endings = ("",) if path.is_dir() else (path.suffix.lower(), "")
    fitting = [one for one in formats if said or one.suffix in endings]
    # A file that was given a name without an ending is read as one with the ending that the format gives it.
    ending = {one.name: "" if path.is_dir() or path.suffix else one.suffix for one in fitting}
    found = {
        one.name: [quote for name, content in _files(path) for quote in one.shown(name + ending[one.name], content)]
        for one in fitting
    }
    best = max(found, key=lambda name: len(found[name]), default=None)
    if best is None or not found[best]:
        raise ConfigError(
            f"No quotes were found in {path}.",
            found="read as " + (", ".join(found) or "none of the formats that are known"),
            do="name the file or folder that 'voc export' wrote, or its format with --as",
        )
    return told_name(best), found[best]


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_dir():
            for one in sorted(path.rglob("*")):
                if one.is_file():
                    yield one.relative_to(path).as_posix(), one.read_bytes()
        else:
            yield path.name, path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read.", found=str(error)) from error


def _check(one: Shown, passages: Mapping[str, Passage], texts: Mapping[str, str]) -> None:
    passage = passages.get(one.mention_id)
    if passage is None:
        raise EvidenceError(
            "A quote leads nowhere: the run has no passage of its id.",
            found=f"{one.mention_id}: {one.words[:80]!r}",
            do="name the run that was exported",
        )
    said = texts[passage.document_id][passage.start : passage.end]
    if not same_words(one.words, said):
        raise EvidenceError(
            "A quote is not what was said.",
            found=f"{one.mention_id}: the file has {one_line(one.words)[:80]!r}, the source {one_line(said)[:80]!r}",
            do="export the run again, and do not change quotes in the file",
        )


def same_words(shown: str, said: str) -> bool:
    """Whether an export shows what was said: word for word, or its beginning with "…" behind it.

    Blanks may stand for line ends, U+FFFD for what no file can hold, and apostrophes before what a spreadsheet would run.
    """
    words = one_line(shown)
    return any(words == one_line(form) or _begins(words, one_line(form)) for form in (said, guarded(plain(said))))


def _begins(words: str, said: str) -> bool:
    return words.endswith("…") and len(words) > 1 and said.startswith(words[:-1].rstrip())
