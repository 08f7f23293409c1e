"""Result tables: the names that notebooks rely on, and CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc_engine.errors import StoreError
from voc_engine.pipeline import STAGES
from voc_engine.records import Batch, Document, Drawn, InsightMember, Mention, Record, Segment, Skipped
from voc_engine.store.parts import PartStore, write_parquet
from voc_engine.store.query import open_run
from voc_engine.store.results import csv_bytes, parquet_bytes, result_tables, strings_of

# Copied from the architecture (section 4), on purpose: the code's own list must not check itself.
CONTRACT = """
documents | document_id, kind, source, person_id, created_at, language, rating, channel, text
segments | segment_id, document_id, start, end, text, person_id, role
topics | topic_id, label, keywords, n_segments, n_people
topic_assignments | segment_id, topic_id, probability
mentions | mention_id, segment_id, document_id, person_id, kind, start, end, quote, probability, sentiment, \
sentiment_score, emotion, severity, quadrant, basis, reasons, insight_id
insights | insight_id, kind, statement, n_people, n_mentions, share_low, share_high, sentiment_score, severity, \
priority, trend, topic_id
personas | persona_id, name, rank, role_type, n_people, stability, summary
memberships | person_id, persona_id, probability
empathy | persona_id, quadrant, statement, basis, n_people, mention_ids
"""
COLUMNS = {
    name.strip(): [one.strip() for one in columns.split(",")]
    for name, _, columns in (line.partition("|") for line in CONTRACT.strip().splitlines())
}


@pytest.fixture
def parts(tmp_path: Path) -> tuple[PartStore, dict[str, list[str]]]:
    """A store with one empty part per stage of a run that reads everything."""
    store = PartStore(tmp_path)
    exact = [one for one in STAGES if Drawn not in one.reads]
    for one in exact:
        store.write(one.name, "p", one.writes, Batch())
    return store, {one.name: ["p"] for one in exact}


def document(number: int, **attributes: str) -> Document:
    return Document(
        f"d{number}", "review", "r.csv", f"row {number}", "P0001", "text", rating=2.0, attributes=attributes
    )


def tables_with(
    parts: tuple[PartStore, dict[str, list[str]]], stage: str, kind: type[Record], *rows: Record
) -> dict[str, pa.Table]:
    store, names = parts
    writes = next(one.writes for one in STAGES if one.name == stage)
    store.write(stage, "p", writes, Batch.make((kind, rows)))
    return result_tables(store, names)


@pytest.mark.parametrize("name", list(COLUMNS))
def test_the_contract_holds_also_for_empty_tables(parts: tuple[PartStore, dict[str, list[str]]], name: str) -> None:
    table = result_tables(*parts)[name]
    assert table.column_names[: len(COLUMNS[name])] == COLUMNS[name]


def test_attributes_become_columns(parts: tuple[PartStore, dict[str, list[str]]]) -> None:
    tables = tables_with(parts, "redact", Document, document(1, plan="Pro"), document(2, country="Ireland"))
    rows = tables["documents"].to_pylist()
    assert [(row["plan"], row["country"]) for row in rows] == [("Pro", None), (None, "Ireland")]
    assert "attributes" not in tables["documents"].column_names


@pytest.mark.parametrize("name", ["text", "Rating", "attributes"])
def test_an_attribute_named_like_a_column_keeps_both(parts: tuple[PartStore, dict[str, list[str]]], name: str) -> None:
    row = tables_with(parts, "redact", Document, document(1, **{name: "their own"}))["documents"].to_pylist()[0]
    assert row["text"] == "text"
    assert row["rating"] == 2.0
    assert row[f"attribute_{name}"] == "their own"


def test_attributes_that_collide_twice_are_all_kept(parts: tuple[PartStore, dict[str, list[str]]]) -> None:
    """Regression: an attribute called attribute_text beside one called text ended in a KeyError."""
    given = {"text": "a", "attribute_text": "b", "Plan": "c", "plan": "d"}
    table = tables_with(parts, "redact", Document, document(1, **given))["documents"]
    row = table.to_pylist()[0]
    assert sorted(value for name, value in row.items() if name.casefold().endswith(("_text", "plan"))) == [*"abcd"]
    assert len({name.casefold() for name in table.column_names}) == len(table.column_names)


def test_mentions_know_their_insight(parts: tuple[PartStore, dict[str, list[str]]]) -> None:
    store, _ = parts
    rows = [
        Mention(f"m{number}", "s", "d", "P0001", "goal", 0, 2, "It", 0.9, "neutral", 0.0, "neutral", "low", 0.1, "says",
                "stated", ())
        for number in (1, 2)
    ]  # fmt: skip
    store.write("mentions", "p", (Mention,), Batch.make((Mention, rows)))
    tables = tables_with(parts, "insights", InsightMember, InsightMember("m2", "i1"))
    assert tables["mentions"].column("insight_id").to_pylist() == [None, "i1"]
    assert "insight_members" not in tables


def test_segments_of_several_parts_stand_in_their_order(parts: tuple[PartStore, dict[str, list[str]]]) -> None:
    store, names = parts
    for part in ("z", "a"):
        one = Segment(f"s-{part}", "d", "u", 0, 0, 2, "It", "k", "P0001", "participant")
        store.write("segment", part, (Segment, Skipped), Batch.make((Segment, [one]), (Skipped, [])))
    found = result_tables(store, {**names, "segment": ["z", "a"]})["segments"]
    assert found.column("segment_id").to_pylist() == ["s-z", "s-a"]


def table_of(*values: str | None) -> pa.Table:
    return pa.table({"text": pa.array(values, pa.string())})


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_run_as_a_formula(start: str) -> None:
    rows = read_csv(csv_bytes(table_of(f"{start}HYPERLINK(1)", "plain")))
    assert rows == [["text"], [f"'{start}HYPERLINK(1)"], ["plain"]]


def test_no_heading_is_run_as_a_formula() -> None:
    """Regression: attributes become columns, and their names come from users' files too."""
    assert read_csv(csv_bytes(pa.table({"=cmd()": ["x"]})))[0] == ["'=cmd()"]


def test_lists_are_joined_and_safe() -> None:
    table = pa.table({"keywords": pa.array([["a", "b"], [], None, ["=x"]], pa.list_(pa.string()))})
    assert read_csv(csv_bytes(table)) == [["keywords"], ["a | b"], [""], [], ["'=x"]]


def test_parts_of_a_record_are_json_in_csv_and_their_texts_are_found(tmp_path: Path) -> None:
    row = {"name": "shop: web", "n_people": 2, "mention_ids": ["m1", "m2"]}
    table = pa.table({"channels": pa.array([[row]])})
    (_, cell) = list(csv.reader(io.StringIO(csv_bytes(table).decode("utf-8"))))
    assert json.loads(cell[0]) == row
    write_parquet(table, tmp_path / "table.parquet")
    assert list(strings_of(tmp_path / "table.parquet")) == ["shop: web", "m1", "m2"]


def test_numbers_stay_numbers() -> None:
    assert read_csv(csv_bytes(pa.table({"score": [-0.5]}))) == [["score"], ["-0.5"]]


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_csv_holds_every_text(values: list[str]) -> None:
    rows = read_csv(csv_bytes(table_of(*values)))[1:]
    # An empty line stands for one empty cell in a table of one column.
    found = [row[0] if row else "" for row in rows]
    assert [one.removeprefix("'") if not given.startswith("'") else one for one, given in
            zip(found, values, strict=True)] == values  # fmt: skip


def test_the_same_table_gives_the_same_bytes() -> None:
    assert parquet_bytes(table_of("a", None)) == parquet_bytes(table_of("a", None))
    assert pq.read_table(io.BytesIO(parquet_bytes(table_of("a", None)))).to_pylist() == [{"text": "a"}, {"text": None}]


def test_tables_can_be_queried(tmp_path: Path) -> None:
    folder = tmp_path / "it's a report" / "tables"
    folder.mkdir(parents=True)
    (folder / "documents.parquet").write_bytes(parquet_bytes(table_of("a", "b")))
    with open_run(folder.parent) as db:
        assert db.execute("SELECT count(*) FROM documents").fetchone() == (2,)


def test_a_report_without_tables_or_with_damaged_ones_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no result tables"), open_run(tmp_path):
        pass
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "documents.parquet").write_bytes(b"PAR1")
    with pytest.raises(StoreError, match="damaged"), open_run(tmp_path):
        pass
