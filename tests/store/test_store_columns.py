"""Records come back from Parquet as they went in."""

from __future__ import annotations

import typing
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import voc_engine.records as records
from voc_engine.records import DISCLOSURES, Disclosure, Mention, Part, Record, Vectors, field_types
from voc_engine.store.arrow_tables import (
    from_table,
    schema_of,
    to_table,
    vectors_from_table,
    vectors_to_table,
)
from voc_engine.store.parts import read_parquet, write_parquet

CLASSES = sorted(
    (one for one in vars(records).values() if isinstance(one, type) and issubclass(one, Record) and one is not Record),
    key=lambda one: one.__name__,
)
TEXT = st.text(max_size=12) | st.sampled_from(["", "\x00", "😀👩‍👧", "e\u0301", "\u2028", '"', "\ufeff", "مرحبا"])
SCALARS: dict[type, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    if hint in SCALARS:
        return SCALARS[hint]
    if isinstance(hint, type) and issubclass(hint, Part):
        return st.builds(hint, **{name: values(each) for name, each in field_types(hint).items()})
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return st.lists(values(inner[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(TEXT, TEXT, max_size=3)
    return st.none() | values(next(one for one in inner if one is not type(None)))


def instances(kind: type[Record]) -> st.SearchStrategy[Any]:
    fields = {name: values(hint) for name, hint in field_types(kind).items()}
    if kind not in (Mention, Disclosure):
        return st.builds(kind, **fields)
    fields |= {"quote": TEXT.map(lambda text: f"x{text}"), "start": st.integers(0, 2**40), "end": st.none()}
    # Words of the quote, and a field that is known.
    fields |= {"statement": st.just("x")} if kind is Mention else {"field": st.sampled_from(DISCLOSURES)}
    drawn = st.fixed_dictionaries(fields)
    return drawn.map(lambda one: kind(**{**one, "end": one["start"] + len(one["quote"])}))


@pytest.mark.parametrize("kind", CLASSES, ids=lambda one: one.__name__)
@given(data=st.data())
def test_records_come_back_equal(kind: type[Record], data: st.DataObject) -> None:
    rows = data.draw(st.lists(instances(kind), max_size=3))
    assert from_table(kind, to_table(kind, rows)) == rows


@pytest.mark.parametrize("kind", CLASSES, ids=lambda one: one.__name__)
def test_records_come_back_equal_from_disk(kind: type[Record], tmp_path: Path) -> None:
    @settings(max_examples=8)
    @given(st.lists(instances(kind), max_size=2))
    def through_a_file(rows: list[Record]) -> None:
        path = tmp_path / "part.parquet"
        write_parquet(to_table(kind, rows), path)
        assert from_table(kind, read_parquet(path)) == rows

    through_a_file()


def test_columns_stand_in_the_order_of_the_class() -> None:
    assert schema_of(Mention).names == list(field_types(Mention))


def test_the_order_of_a_mapping_does_not_change_the_table() -> None:
    one, other = ({"b": "2", "a": "1"}, {"a": "1", "b": "2"})
    documents = [records.Document("d", "review", "s", "row 1", "P1", "t", attributes=given) for given in (one, other)]
    assert to_table(records.Document, documents[:1]).equals(to_table(records.Document, documents[1:]))


def test_a_field_that_no_column_can_hold_is_refused() -> None:
    class Odd(Record):
        value: complex

    with pytest.raises(TypeError, match="complex"):
        schema_of(Odd)


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_vectors_come_back_bit_for_bit(rows: int) -> None:
    matrix = np.random.default_rng(1).normal(size=(rows, 5)).astype(np.float32)
    vectors = Vectors(tuple(f"k{row}" for row in range(rows)), matrix if rows else np.zeros((0, 0), np.float32))
    found = vectors_from_table(vectors_to_table(vectors))
    assert found.keys == vectors.keys
    assert found.matrix.tobytes() == vectors.matrix.tobytes()
    assert found.matrix.dtype == np.float32


def test_what_many_mentions_have_alike_is_held_in_memory_once() -> None:
    rows = [
        Mention(f"m-{n}", f"s-{n}", "d", "P1", "goal", 0, 2, "so", 0.9, "neutral", 0.0, "neutral", "low", 0.0, "says",
                "stated", ("made", "up"), thing=None if n % 2 else "export")
        for n in range(6)
    ]  # fmt: skip
    table = to_table(Mention, rows)
    read = from_table(Mention, pa.concat_tables([table.slice(0, 4), table.slice(4)]))  # as row groups come from disk
    assert read == rows
    for name in ("document_id", "kind", "sentiment", "quote", "reasons", "severity_reasons"):
        assert len({id(getattr(one, name)) for one in read}) == 1, name
    assert len({id(one.thing) for one in read if one.thing}) == 1
