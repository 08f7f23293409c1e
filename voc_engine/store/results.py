"""The result tables of a run, as users and checks know them: Arrow tables made from parts, Parquet and CSV out of them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv

from voc_engine.pipeline import STAGES
from voc_engine.records import Batch, Document, InsightMember, Record
from voc_engine.records.spreadsheet import SUSPECT, guarded
from voc_engine.store.arrow_tables import schema_of, to_table
from voc_engine.store.parts import PartStore, read_parquet, write_table

# Order and names on which notebooks and checks rely come first; what a table has beyond them follows.
CONTRACT: dict[str, tuple[str, ...]] = {
    "documents": ("document_id", "kind", "source", "person_id", "created_at", "language", "rating", "channel", "text"),
    "segments": ("segment_id", "document_id", "start", "end", "text", "person_id", "role"),
    "topics": ("topic_id", "label", "keywords", "n_segments", "n_people"),
    "topic_assignments": ("segment_id", "topic_id", "probability"),
    "mentions": (
        "mention_id", "segment_id", "document_id", "person_id", "kind", "start", "end", "quote", "probability",
        "sentiment", "sentiment_score", "emotion", "severity", "quadrant", "basis", "reasons", "insight_id",
    ),
    "disclosures": (
        "disclosure_id", "segment_id", "document_id", "person_id", "field", "start", "end", "quote", "probability", "thing",
    ),
    "insights": (
        "insight_id", "kind", "statement", "n_people", "n_mentions", "share_low", "share_high", "sentiment_score",
        "severity", "priority", "trend", "topic_id",
    ),
    "codes": ("code_id", "name", "definition", "basis", "n_people", "n_codings", "share_low", "share_high"),
    "codings": (
        "coding_id", "code_id", "segment_id", "document_id", "person_id", "start", "end", "probability", "by",
    ),
    "personas": ("persona_id", "name", "rank", "role_type", "n_people", "stability", "summary"),
    "memberships": ("person_id", "persona_id", "probability"),
    "empathy": ("persona_id", "quadrant", "statement", "basis", "n_people", "mention_ids"),
}  # fmt: skip


def result_tables(
    store: PartStore, parts: Mapping[str, Sequence[str]], records: Batch | None = None
) -> dict[str, pa.Table]:
    """Table name -> Arrow table. ``parts`` maps a stage to the names of its parts in this run; ``records`` take the
    place of what the parts hold, where they are given."""
    last = {kind: one.name for one in STAGES if one.name in parts for kind in one.writes if issubclass(kind, Record)}
    if records is None:
        tables = {kind.table: _gather(store, last[kind], parts[last[kind]], kind) for kind in last}
    else:
        tables = {kind.table: to_table(kind, records.of(kind)) for kind in last}
    tables["documents"] = _widen(tables["documents"])
    tables["mentions"] = _with_insight(tables["mentions"], tables.pop(InsightMember.table))
    return {name: ordered(name, table) for name, table in sorted(tables.items())}


def _gather(store: PartStore, stage: str, parts: Sequence[str], kind: type[Record]) -> pa.Table:
    names = schema_of(kind).names
    tables = [store.read_columns(stage, part, kind, names) for part in parts]
    table = pa.concat_tables(tables) if tables else schema_of(kind).empty_table()
    return table.combine_chunks()


def _widen(documents: pa.Table) -> pa.Table:
    """One column per attribute in place of the map; an attribute named like a column gets the prefix attribute_.

    Capitals do not tell two columns apart: SQL would take one for the other.
    """
    rows = [dict(value) for value in documents.column("attributes").to_pylist()]
    table = documents.drop_columns(["attributes"])
    used = {name.casefold() for name in Document.__dataclass_fields__}
    for name in sorted({name for row in rows for name in row}):
        column = name
        while column.casefold() in used:
            column = f"attribute_{column}"
        used.add(column.casefold())
        table = table.append_column(column, pa.array([row.get(name) for row in rows], pa.string()))
    return table


def _with_insight(mentions: pa.Table, members: pa.Table) -> pa.Table:
    of = dict(zip(members.column("mention_id").to_pylist(), members.column("insight_id").to_pylist(), strict=True))
    ids = [of.get(one) for one in mentions.column("mention_id").to_pylist()]
    return mentions.append_column("insight_id", pa.array(ids, pa.string()))


def with_parents(insights: pa.Table, parent: Mapping[str, str | None]) -> pa.Table:
    """The insights with the id of what stands above each in the tree."""
    ids = [parent.get(one) for one in insights.column("insight_id").to_pylist()]
    return insights.append_column("parent", pa.array(ids, pa.string()))


def with_estimates(table: pa.Table, key: str, of: Mapping[str, Sequence[int]]) -> pa.Table:
    """A table of a sampled run with about how many of all people it is, and the interval; ``of``: id in the column ``key``
    -> these three."""
    rows = [of.get(one, (None, None, None)) for one in table.column(key).to_pylist()]
    for column_number, name in enumerate(("people_estimated", "people_low", "people_high")):
        table = table.append_column(name, pa.array([row[column_number] for row in rows], pa.int64()))
    return table


def ordered(name: str, table: pa.Table) -> pa.Table:
    """The table with the columns of the contract first."""
    first = CONTRACT.get(name, ())
    return table.select([*first, *(column for column in table.column_names if column not in first)])


def parquet_bytes(table: pa.Table) -> bytes:
    """The table as a Parquet file; the same table gives the same bytes."""
    sink = io.BytesIO()
    write_table(table, sink)
    return sink.getvalue()


def csv_bytes(table: pa.Table) -> bytes:
    """The table as UTF-8 CSV with lists joined by " | "; what a spreadsheet would run as a formula is made harmless
    with an apostrophe. Use the Parquet file where the exact text matters."""
    columns = [_csv_column(table.column(name)) for name in table.column_names]
    sink = io.BytesIO()
    pv.write_csv(pa.table(columns, names=[guarded(name) for name in table.column_names]), sink)
    return sink.getvalue()


def _csv_column(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    if pa.types.is_list(column.type):
        joined = (None if value is None else " | ".join(map(_cell, value)) for value in column.to_pylist())
        column = pa.chunked_array([pa.array(joined, pa.string())])
    if not pa.types.is_string(column.type):
        return column
    suspect = pc.match_substring_regex(column, SUSPECT)
    if not pc.any(suspect).as_py():
        return column
    pairs = zip(column.to_pylist(), suspect.to_pylist(), strict=True)
    return pa.array([guarded(value) if value and runs else value for value, runs in pairs], pa.string())


def _cell(value: Any) -> str:
    """What stands several times in a cell: a part by its fields as JSON, anything else as it is."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def records_of(
    store: PartStore, parts: Mapping[str, Sequence[str]], kinds: Iterable[type[Record]]
) -> Iterator[tuple[type[Record], list[Record]]]:
    """Records of a run by class, each from the stage that wrote it last; none of a stage that the run did not have, since a
    version before made it."""
    for kind in kinds:
        stage = next((one.name for one in reversed(STAGES) if kind in one.writes and one.name in parts), "")
        yield kind, [record for part in parts.get(stage, ()) for record in store.read(stage, part, kind)]


def strings_of(path: Path) -> Iterator[str]:
    """Every text in a Parquet file: cells, and the texts within lists, maps and parts, column by column."""
    table = read_parquet(path)
    for name in table.column_names:
        for value in table.column(name).to_pylist():
            yield from _texts_in(value)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _texts_in(inner)
    elif isinstance(value, str):
        yield value
