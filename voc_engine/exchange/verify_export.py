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


def verify_export(workspace: Workspace, run_id: str, path: Path, format_name: str | None = None) -> tuple[str, int]:
    """Hold every quote in an export against the run's documents. Returns the format's name and how many there are.

    The format is the one named, else the one that finds most quotes in it. Raises EvidenceError at the first quote that
    nobody said, ConfigError where no quotes are found.
    """
    chosen, quotes = _read(path, format_name)
    tables = view_of(workspace, run_id).study.tables
    texts = {one.document_id: one.text for one in tables.of(Document)}
    passages: dict[str, Passage] = {one.segment_id: one for one in tables.of(Segment)}
    passages |= {one.mention_id: one for one in tables.of(Mention)}
    passages |= {one.coding_id: one for one in tables.of(Coding)}
    for quote in quotes:
        _check(quote, passages, texts)
    return chosen, len(quotes)


def _read(path: Path, format_name: str | None) -> tuple[str, list[Shown]]:
    candidates = [registered(_KIND, format_name)] if format_name else names(_KIND)
    formats: list[ExportFormat] = [component(_KIND, name) for name in candidates]
    # One file of a folder, sent alone, is an export too.
    endings = ("",) if path.is_dir() else (path.suffix.lower(), "")
    fitting = [one for one in formats if format_name or one.suffix in endings]
    # A file that was given a name without an ending is read as one with the ending that the format gives it.
    ending = {one.name: "" if path.is_dir() or path.suffix else one.suffix for one in fitting}
    quotes = {
        one.name: [quote for name, content in _files(path) for quote in one.shown(name + ending[one.name], content)]
        for one in fitting
    }
    best = max(quotes, key=lambda name: len(quotes[name]), default=None)
    if best is None or not quotes[best]:
        raise ConfigError(
            f"No quotes were found in {path}.",
            found="read as " + (", ".join(quotes) or "none of the formats that are known"),
            do="name the file or folder that 'voc export' wrote, or its format with --as",
        )
    return told_name(best), quotes[best]


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.is_file():
                    yield file.relative_to(path).as_posix(), file.read_bytes()
        else:
            yield path.name, path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read.", found=str(error)) from error


def _check(quote: Shown, passages: Mapping[str, Passage], texts: Mapping[str, str]) -> None:
    passage = passages.get(quote.mention_id)
    if passage is None:
        raise EvidenceError(
            "A quote leads nowhere: the run has no passage of its id.",
            found=f"{quote.mention_id}: {quote.words[:80]!r}",
            do="name the run that was exported",
        )
    source = texts[passage.document_id][passage.start : passage.end]
    if not same_words(quote.words, source):
        raise EvidenceError(
            "A quote is not what was said.",
            found=f"{quote.mention_id}: the file has {one_line(quote.words)[:80]!r}, the source {one_line(source)[:80]!r}",
            do="export the run again, and do not change quotes in the file",
        )


def same_words(exported: str, source: str) -> bool:
    """Whether an export shows what was said: word for word, or its beginning with "…" behind it.

    Blanks may stand for line ends, U+FFFD for what no file can hold, and apostrophes before what a spreadsheet would run.
    """
    words = one_line(exported)
    return any(words == one_line(form) or _begins(words, one_line(form)) for form in (source, guarded(plain(source))))


def _begins(words: str, source: str) -> bool:
    return words.endswith("…") and len(words) > 1 and source.startswith(words[:-1].rstrip())
