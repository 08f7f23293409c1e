"""A table read in ranges gives the bytes that reading it from beginning to end gives, whatever stands in it."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from voc_engine.config import SourceConfig
from voc_engine.ingest import ranges, stage
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.tables import records as table_records
from voc_engine.ingest.tables import table
from voc_engine.runners import large_files
from voc_engine.runners.large_files import LargeFile, SideBySide
from voc_engine.runners.tasks import ingest_file
from voc_engine.runners.workers import LocalWorkers, ProcessWorkers, Workers

# What columns are understood by is fewer rows here, so that files are small.
SAMPLE, ROWS = 60, 500
SAID = (
    "The export hangs, and nobody answers.",
    "I waited two weeks for the refund; then it was wrong.",
    "Works well for us.",
)


class Several(LocalWorkers):
    """One process that says it is several, so that ranges are read as by these."""

    several = True


def rows(amount: int = ROWS, seed: int = 7) -> list[dict[str, str]]:
    draw = random.Random(seed)
    return [
        {
            "id": str(number), "created_at": f"2026-0{draw.randint(1, 9)}-1{draw.randint(0, 9)}T08:00:00Z",
            "requester": f"c{draw.randrange(amount // 3)}", "rating": str(draw.randint(1, 5)),
            "description": " ".join(draw.choices(SAID, k=draw.randint(1, 3))),
        }
        for number in range(amount)
    ]  # fmt: skip


def as_lines(records: list[dict[str, str]]) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records).encode()


def as_csv(records: list[dict[str, str]], **given: object) -> bytes:
    sink = io.StringIO(newline="")
    writer = csv.DictWriter(sink, list(records[0]), **given)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(records)
    return sink.getvalue().encode()


def twice(records: list[dict[str, str]]) -> list[dict[str, str]]:
    """Ids that come again far away: once as a copy, once with other words, once more with these."""
    again = [dict(one) for one in records]
    for number in range(0, len(records) // 4, 10):
        again[number + len(records) // 4] = dict(again[number])
        again[number + len(records) // 2] = {
            **again[number],
            "description": "Something else under the same id, said later.",
        }
        again[number + 3 * len(records) // 4] = dict(again[number + len(records) // 2])
    return again


def broken_lines(records: list[dict[str, str]]) -> bytes:
    lines = as_lines(records).split(b"\n")
    for number in range(20, ROWS, 70):
        lines[number] = lines[number][: len(lines[number]) // 2]
        lines[number + 1] = b""
        lines[number + 2] = b"\xff\xfe" + lines[number + 2]
    return b"\r\n".join(lines)


def undated(records: list[dict[str, str]]) -> list[dict[str, str]]:
    return [
        {**one, "created_at": "soon" if number % 9 == 3 else one["created_at"]} for number, one in enumerate(records)
    ]


def in_paragraphs(records: list[dict[str, str]]) -> list[dict[str, str]]:
    """Cells with line ends of every kind, quotes and what looks like a row of its own."""
    inside = (
        'He said "no".\nThen nothing.',
        "One\r\ntwo,three\n\n",
        '7,2026-01-01,c7,5,"no row"\n',
        'a lone " quote',
        "cr\ralone",
    )
    return [{**one, "description": f"{one['description']} {inside[number % 5]}"} for number, one in enumerate(records)]


def hostile_quotes(records: list[dict[str, str]]) -> bytes:
    """Quotes that never close, close too early, or stand in the middle: rows of which nothing is sure."""
    lines = as_csv(records).split(b"\r\n")
    for number in range(50, ROWS, 33):
        lines[number] = lines[number].replace(b",The", b',"The', 1).replace(b",I", b',"I', 1)
    return b"\r\n".join(lines)


def backslashed(records: list[dict[str, str]]) -> bytes:
    return as_csv(in_paragraphs(records), doublequote=False, escapechar="\\", quoting=csv.QUOTE_ALL)


def with_totals(records: list[dict[str, str]]) -> bytes:
    """Rows as they stand below a table, at its end and within it."""
    blank = dict.fromkeys(records[0], "")
    total = [{**blank, "requester": "Total: 500"}, {**blank, "requester": "Average: 3"}]
    return as_csv([*records[:240], *total * 3, *records[240:], *total])


def as_parquet(records: list[dict[str, str]]) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(records), sink, row_group_size=90, compression="none", use_dictionary=False)
    return bytes(sink.getvalue())


def conversations(records: list[dict[str, str]]) -> bytes:
    """Messages of conversations, row by row: the rows of one are next to each other, wherever a range ends."""
    sides = ("customer", "agent")
    return as_csv([
        {"conversation_id": str(number // 3), "author_role": sides[number % 3 == 1], "message": one["description"],
         "created_at": one["created_at"]}
        for number, one in enumerate(records)
    ])  # fmt: skip


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "json lines": ("t.jsonl", lambda: as_lines(rows())),
    "json lines with a mark": ("t.jsonl", lambda: b"\xef\xbb\xbf" + as_lines(rows())),
    "ids twice": ("t.jsonl", lambda: as_lines(twice(rows()))),
    "damaged lines": ("t.jsonl", lambda: broken_lines(rows())),
    "dates that are none": ("t.jsonl", lambda: as_lines(undated(rows()))),
    "garbled letters": ("t.jsonl", lambda: as_lines(rows()).replace(b"nobody answers", "they donâ€™t answer".encode())),
    "csv": ("t.csv", lambda: as_csv(rows())),
    "rows that were deleted": (
        "t.csv",
        lambda: as_csv([{**one, "deleted": str(int(one["id"]) % 7 == 3)} for one in rows()]),
    ),
    "csv, ids twice": ("t.csv", lambda: as_csv(twice(rows()))),
    "csv in paragraphs": ("t.csv", lambda: as_csv(in_paragraphs(rows()))),
    "tabs": ("t.tsv", lambda: as_csv(in_paragraphs(rows()), delimiter="\t")),
    "cp1252": ("t.csv", lambda: as_csv(rows()).decode().replace("refund", "café à côté").encode("cp1252")),
    "backslashes": ("t.csv", lambda: backslashed(rows())),
    "hostile quotes": ("t.csv", lambda: hostile_quotes(rows())),
    "totals within": ("t.csv", lambda: with_totals(rows())),
    "a column without a header": ("t.csv", lambda: as_csv(rows()).replace(b"rating", b"", 1)),
    "a quote that never closes": ("t.csv", lambda: as_csv(rows()).replace(b",The", b',"The', 1)),
    "parquet": ("t.parquet", lambda: as_parquet(rows())),
}
# Where ranges depend on each other, or nothing is sure: read as before.
WHOLE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "conversations": ("t.csv", lambda: conversations(rows())),
    "lone carriage returns": ("t.csv", lambda: as_csv(rows()).replace(b"\r\n", b"\r")),
    "two bytes to a letter": ("t.csv", lambda: as_csv(rows()).decode().encode("utf-16")),
    "one group": ("t.parquet", lambda: as_parquet(rows(80))),
}


def parts(folder: Path, workers: Workers, path: Path, **given: object) -> dict[str, bytes]:
    """The content of everything that is left in the folder of parts, by name."""
    options = SourceConfig.model_validate({"path": path.name, "kind": "ticket", **given})
    list(SideBySide(workers).map(ingest_file, [(folder, "f", path, path.name, "0" * 64, options, 90)]))
    return {one.name: one.read_bytes() for one in sorted((folder / "ingest").iterdir())}


@pytest.fixture
def ranged(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each large file whether it was read in ranges, which are small here."""
    told: list[bool] = []
    read = LargeFile.read

    def watched(self: LargeFile, workers: Workers) -> int | None:
        documents = read(self, workers)
        told.append(documents is not None)
        return documents

    monkeypatch.setattr(LargeFile, "read", watched)
    monkeypatch.setattr(large_files, "RANGE_BYTES", 15_000)
    for module in (table, table_records):
        monkeypatch.setattr(module, "SAMPLE_ROWS", SAMPLE)
    monkeypatch.setattr(stage, "_UNDERSTOOD_BY", SAMPLE + 20)
    return told


@pytest.mark.parametrize("what", [*FILES, *WHOLE])
def test_ranges_give_the_bytes_of_the_whole(what: str, tmp_path: Path, ranged: list[bool]) -> None:
    name, content = {**FILES, **WHOLE}[what]
    path = tmp_path / name
    path.write_bytes(content())
    assert parts(tmp_path / "ranges", Several(), path) == parts(tmp_path / "whole", LocalWorkers(), path)
    assert ranged == [what in FILES]


def test_processes_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_files, "RANGE_BYTES", 230_000)
    path, team = tmp_path / "t.jsonl", ProcessWorkers(2)
    path.write_bytes(as_lines(twice(rows(2_800))))
    try:
        assert parts(tmp_path / "two", team, path) == parts(tmp_path / "whole", LocalWorkers(), path)
    finally:
        team.close()


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\n\r", "\r\r\n"])
def test_a_range_knows_how_many_lines_stand_before_it(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Python counts them, also where a block of bytes ends between the two signs of a line's end."""
    monkeypatch.setattr(ranges, "_BLOCK", 37)
    path = tmp_path / "lines.txt"
    path.write_bytes("".join(f"line {number}{ending}" for number in range(400)).encode())
    cuts = ranges.line_ranges(SourceFile(path, path.name), "utf-8", 500)
    assert len(cuts) > 5
    for one in cuts:
        before = io.TextIOWrapper(io.BytesIO(path.read_bytes()[: one.start]), newline="")
        assert one.before == sum(1 for _ in before)
