"""Records to Arrow tables and back: one column per field, in the order of the class."""

from __future__ import annotations

import types
import typing
from collections.abc import Sequence
from dataclasses import asdict
from operator import attrgetter
from typing import Any

import pyarrow as pa

from voc_engine.records import Part, Record, Vectors, field_types

_SCALARS: dict[type, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def _arrow_type(hint: Any) -> pa.DataType:
    if hint in _SCALARS:
        return _SCALARS[hint]
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _arrow_type(next(one for one in typing.get_args(hint) if one is not type(None)))
    if isinstance(hint, type) and issubclass(hint, Part):
        return pa.struct([(name, _arrow_type(each)) for name, each in field_types(hint).items()])
    if origin is tuple:
        return pa.list_(_arrow_type(typing.get_args(hint)[0]))
    if origin is dict:
        return pa.map_(pa.string(), pa.string())
    raise TypeError(f"a record cannot hold {hint!r}")


def schema_of(kind: type[Record]) -> pa.Schema:
    """Arrow schema of a record class."""
    return pa.schema([(name, _arrow_type(hint)) for name, hint in field_types(kind).items()])


def to_table(kind: type[Record], records: Sequence[Record]) -> pa.Table:
    """One row per record."""
    schema = schema_of(kind)
    columns = []
    for name in schema.names:
        values = list(map(attrgetter(name), records))
        if pa.types.is_map(schema.field(name).type):
            values = [sorted(value.items()) for value in values]
        elif _holds_parts(schema.field(name).type):
            values = [[asdict(part) for part in value] for value in values]
        columns.append(pa.array(values, type=schema.field(name).type))
    return pa.table(columns, schema=schema)


def from_table(kind: type[Record], table: pa.Table) -> list[Any]:
    """The records of a table that ``to_table`` made. Like texts of a column are one object, and like tuples of texts."""
    hints = field_types(kind)
    columns = [_values(table.column(name), hint) for name, hint in hints.items()]
    return [kind(*row) for row in zip(*columns, strict=True)]


def _values(column: pa.ChunkedArray, hint: Any) -> list[Any]:
    if pa.types.is_string(column.type):
        return _texts(column)
    values = column.to_pylist()
    if typing.get_origin(hint) is tuple:
        if _holds_parts(column.type):
            return [_parts(typing.get_args(hint)[0], value) for value in values]
        rows = map(tuple, values)
        if typing.get_args(hint)[0] is not str:
            return list(rows)  # 0.0 and -0.0 are equal and not alike
        shared: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        return [shared.setdefault(one, one) for one in rows]
    return [dict(value) for value in values] if typing.get_origin(hint) is dict else values


def _holds_parts(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) and pa.types.is_struct(kind.value_type))


def _parts(kind: type[Part], values: Sequence[dict[str, Any]]) -> tuple[Part, ...]:
    return tuple(
        kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in one.items()})
        for one in values
    )


def _texts(column: pa.ChunkedArray) -> list[str | None]:
    """One object per different text: a million mentions have a few kinds and moods, and half as many sentences."""
    shared: dict[str, str] = {}
    values: list[str | None] = []
    for chunk in column.chunks:
        encoded = chunk.dictionary_encode()
        names = [shared.setdefault(name, name) for name in encoded.dictionary.to_pylist()]
        places = encoded.indices.fill_null(len(names)).to_numpy().tolist()
        values += map([*names, None].__getitem__, places)
    return values


def vectors_to_table(vectors: Vectors) -> pa.Table:
    """Columns text_key and vector (fixed-size list of float32)."""
    width = int(vectors.matrix.shape[1]) if len(vectors.keys) else 0
    flat = pa.array(vectors.matrix.reshape(-1), type=pa.float32())
    column = pa.FixedSizeListArray.from_arrays(flat, width) if width else pa.array([], pa.list_(pa.float32(), 1))
    return pa.table({"text_key": pa.array(vectors.keys, pa.string()), "vector": column})


def vectors_from_table(table: pa.Table) -> Vectors:
    """The vectors of a table that ``vectors_to_table`` made."""
    import numpy as np

    keys = tuple(table.column("text_key").to_pylist())
    column = table.column("vector").combine_chunks()
    flat = column.flatten().to_numpy(zero_copy_only=False)
    matrix = np.asarray(flat, dtype=np.float32).reshape(len(keys), -1) if keys else np.zeros((0, 0), np.float32)
    return Vectors(keys, matrix)
