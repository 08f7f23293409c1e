"""Codes from a file: TOML, CSV, a REFI-QDA codebook (.qdc), and lists of codes as MAXQDA and NVivo write them (.xlsx,
.txt)."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from voc_engine.codebook.refi_codes import codebook_of
from voc_engine.errors import ConfigError, SourceError, nearest
from voc_engine.records import GivenCode, code_id, stable_hash

# Tools write the codes above a code into its name: MAXQDA "Price > Renewal", NVivo "Codes\\Price\Renewal".
_ABOVE = re.compile(r"\s+>\s+|\\+")
_ROOTS = ("codes", "nodes")
_KEYS = ("name", "definition", "include", "exclude", "examples", "above", "id")
_LARGEST = 20_000_000  # bytes; a codebook is text of some pages
Row = Mapping[str, Any]


def read_codes(path: Path) -> tuple[GivenCode, ...]:
    """The codes in their order, each once. Raises ConfigError for a file that holds none, or that cannot be read."""
    try:
        content = path.open("rb").read(_LARGEST)
    except OSError as error:
        raise ConfigError(
            f"The codebook {path} cannot be read.", found=str(error), do="mend [codebook] file"
        ) from error
    readers = {".toml": _toml, ".qdc": _refi, ".xlsx": _workbook}
    try:
        codes = tuple(readers.get(path.suffix.lower(), _table)(content, path.name))
    except SourceError as error:
        raise ConfigError(error.happened, found=error.found, do=error.do) from error
    if not codes:
        raise ConfigError(f"The codebook {path.name} holds no codes.", do="give each code a row with a name")
    _refuse_twins(codes, path.name)
    return codes


def _toml(content: bytes, name: str) -> Iterator[GivenCode]:
    try:
        parsed = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{name} is not valid TOML.", found=str(error), do="mend that line") from error
    rows = parsed.get("codes")
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise ConfigError(f"{name} holds no codes.", do="write a section [[codes]] with a name for each")
    for row in rows:
        unknown = next((key for key in row if key not in _KEYS), None)
        if unknown is not None:
            raise ConfigError(f"{name}: a code has an unknown key {unknown!r}.", do=nearest(unknown, _KEYS))
    yield from _placed(rows)


def _refi(content: bytes, name: str) -> Iterator[GivenCode]:
    ids: dict[str | None, str] = {}
    for code in codebook_of(content, name)[1]:
        ids[code.guid] = code.code_id
        yield GivenCode(
            code.code_id, code.name.strip() or "unnamed", code.description.strip(), above=ids.get(code.above)
        )


def _workbook(content: bytes, name: str) -> Iterator[GivenCode]:
    from zipfile import BadZipFile

    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise ConfigError(
            f"{name} is no Excel workbook.", found=str(error)[:80], do="export the codes again"
        ) from error
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # some programs state the size of an empty sheet
        rows = [[str(cell) if cell is not None else "" for cell in row] for row in sheet.iter_rows(values_only=True)]
        codes = list(_of_rows(rows, name)) if rows and _columns(rows[0]) else []
        if codes:
            yield from codes
            return
    raise ConfigError(f"{name} has no sheet with a column of codes.", do=_headings())


def _table(content: bytes, name: str) -> Iterator[GivenCode]:
    codings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for coding in codings:
        try:
            text = content.decode(coding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ConfigError(f"{name} cannot be read as text.", do="save it as UTF-8")
    head = text.split("\n", 1)[0]
    between = max("\t;,", key=head.count)
    yield from _of_rows(list(csv.reader(io.StringIO(text, newline=""), delimiter=between)), name)


def _of_rows(rows: Sequence[Sequence[str]], name: str) -> Iterator[GivenCode]:
    places = _columns(rows[0]) if rows else {}
    if not places:
        raise ConfigError(
            f"{name} has no column of codes.", found=", ".join(rows[0]) if rows else "nothing", do=_headings()
        )
    records = ({key: row[at].strip() for key, at in places.items() if at < len(row)} for row in rows[1:])
    yield from _placed(row for row in records if row.get("name"))


@cache
def _column_words() -> dict[str, list[str]]:
    return tomllib.loads((files("voc_engine.codebook") / "columns.toml").read_text(encoding="utf-8"))


def _headings() -> str:
    return f"head it with one of: {', '.join(_column_words()['name'])}"


def _columns(head: Sequence[str]) -> dict[str, int]:
    """What a code is -> its column; nothing where no column holds names."""
    plain = [" ".join(cell.casefold().replace("_", " ").split()) for cell in head]
    columns = {
        key: at
        for key, words in _column_words().items()
        for at in [next((plain.index(w) for w in words if w in plain), -1)]
    }
    return {key: at for key, at in columns.items() if at >= 0} if columns["name"] >= 0 else {}


def _placed(rows: Iterable[Row]) -> Iterator[GivenCode]:
    """Codes below those that their names, or what stands as above them, lead to; what is only named there is a heading."""
    codes: dict[tuple[str, ...], GivenCode] = {}
    row_paths: set[tuple[str, ...]] = set()
    last: dict[str, tuple[str, ...]] = {}
    for row in rows:
        parts = [part for part in _ABOVE.split(str(row["name"])) if part.strip()] if row.get("name") else []
        parts = [part.strip() for part in (parts[1:] if len(parts) > 1 and parts[0].casefold() in _ROOTS else parts)]
        if not parts:
            continue
        over = str(row.get("above") or "").strip()
        path = (*last.get(over.casefold(), (over,) if over else ()), *parts)
        for depth in range(1, len(path)):
            codes.setdefault(
                path[:depth], GivenCode(code_id(*path[:depth]), path[depth - 1], above=_id(codes, path[: depth - 1]))
            )
        own_id = str(row.get("id") or "").strip()
        if path in row_paths:
            raise ConfigError(
                f"The code {' > '.join(path)!r} stands twice.", do="leave one of them out, or name them apart"
            )
        row_paths.add(path)
        key = f"c-{stable_hash('own id', own_id)}" if own_id else code_id(*path)
        codes[path] = _filled(GivenCode(key, path[-1], above=_id(codes, path[:-1])), row)
        last[path[-1].casefold()] = path
    yield from codes.values()


def _id(codes: Mapping[tuple[str, ...], GivenCode], path: tuple[str, ...]) -> str | None:
    return codes[path].code_id if path in codes else None


def _filled(code: GivenCode, row: Row) -> GivenCode:
    include, exclude, examples = (_lines(row.get(key)) for key in ("include", "exclude", "examples"))
    definition = " ".join(str(row.get("definition") or "").split())
    return replace(code, definition=definition, include=include, exclude=exclude, examples=examples)


def _lines(value: Any) -> tuple[str, ...]:
    """A list, or lines of a cell; marks before a line of a list are none of its words."""
    every = value if isinstance(value, list) else str(value or "").splitlines()
    return tuple(text for one in every if (text := str(one).strip().lstrip("-•*–").strip().strip('"“”').strip()))


def _refuse_twins(codes: Sequence[GivenCode], name: str) -> None:
    ids: set[str] = set()
    for code in codes:
        if code.code_id in ids:
            raise ConfigError(
                f"{name} has the code {code.name!r} twice.", do="leave one of them out, or name them apart"
            )
        ids.add(code.code_id)
