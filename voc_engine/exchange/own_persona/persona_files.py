"""A persona file of any format that is understood, as claims."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from voc_engine.config import SourceConfig
from voc_engine.errors import ConfigError, SourceError
from voc_engine.exchange.own_persona.blocks import markdown_blocks
from voc_engine.exchange.own_persona.claiming import Brought, claims_of_blocks, claims_of_rows
from voc_engine.exchange.own_persona.word_blocks import word_blocks
from voc_engine.ingest.decoding import is_binary, unify, whole_text
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables.sheets import cell_text, sheets_of
from voc_engine.ingest.unpack import check_document_archive

ENDINGS = (".md", ".markdown", ".txt", ".docx", ".csv", ".tsv", ".xlsx")
_LIMIT = 16 * 1024 * 1024  # a choice: a persona file is some pages; more is held as one value in memory


def read_personas(path: Path) -> Brought:
    """The claims of a file. Raises ConfigError for one that is not there, of another ending or without a claim, and
    SourceError for a damaged one."""
    if not path.is_file():
        raise ConfigError(f"There is no file {path}.", do="check the path")
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise ConfigError(
            f"{path.name} is no persona file by its ending.",
            found=ending or "no ending",
            do=f"give Markdown, Word or a table: {', '.join(ENDINGS)}",
        )
    source = SourceFile(path, path.name)
    brought = _read(source, ending, path.stem.replace("-", " ").replace("_", " ").strip())
    if not brought.claims:
        raise ConfigError(
            f"There is no line to check in {path.name}.",
            found="; ".join(f"{one.place}: {one.reason}" for one in brought.aside[:3]) or "an empty file",
            do="write a heading per section (Goals, Pains, ...) with a line per claim below it, or a table with the columns "
            "persona, section and line",
        )
    return brought


def _read(source: SourceFile, ending: str, name: str) -> Brought:
    if ending == ".docx":
        return claims_of_blocks(word_blocks(source), name)
    if ending == ".xlsx":
        return _workbook(source, name)
    text = unify(whole_text(source, SourceConfig.model_validate({"path": source.name}), _LIMIT))
    if is_binary(text):
        raise SourceError(f"{source.name} is no text.", found="bytes of another kind", do="save it as text or .docx")
    if ending in (".csv", ".tsv"):
        return claims_of_rows(list(_delimited(text, ending)), name)
    return claims_of_blocks(markdown_blocks(text), name)


def _delimited(text: str, ending: str) -> Iterator[tuple[str, list[str]]]:
    first = text.partition("\n")[0]
    delimiter = "\t" if ending == ".tsv" else max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    for cells in reader:
        yield f"line {before + 1}", cells
        before = reader.line_num


def _workbook(source: SourceFile, name: str) -> Brought:
    brought = Brought()
    with source.seekable() as stream:
        check_document_archive(stream, source.name)
        sheets = sheets_of(stream, source.name)
        try:
            tables = [
                (sheet.title, [[cell_text(value) for value in row] for row in sheet.iter_rows(values_only=True)])
                for sheet in sheets
            ]
        except Exception as error:
            raise SourceError(
                f"{source.name} is not a sound workbook.", found=str(error), do="save it again as .xlsx"
            ) from error
    for title, rows in tables:
        placed = [(f"{title} row {number}", cells) for number, cells in enumerate(rows, 1)]
        sheet_claims = claims_of_rows(placed, title if len(tables) > 1 else name)
        brought.claims += sheet_claims.claims
        brought.aside += sheet_claims.aside
    return brought
