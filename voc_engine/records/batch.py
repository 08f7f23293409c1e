"""Batch: what a stage is given and gives back; Vectors: embeddings as one matrix instead of a record each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from voc_engine.records.record import Record

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Vectors:
    """Unit-length embeddings: ``matrix`` has shape (len(keys), dimensions), float32, row i for ``keys[i]``."""

    keys: tuple[str, ...]
    matrix: npt.NDArray[np.float32]

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {key: row for row, key in enumerate(self.keys)}

    def __contains__(self, key: str) -> bool:
        return key in self._row_of

    def places(self, keys: Iterable[str]) -> list[int]:
        """Row numbers of the keys in ``matrix``. Raises KeyError for a text that was not embedded."""
        row_of = self._row_of
        return [row_of[key] for key in keys]

    def rows(self, keys: Sequence[str]) -> npt.NDArray[np.float32]:
        """Matrix of shape (len(keys), dimensions). Raises KeyError for a text that was not embedded."""
        row_of = self._row_of
        return self.matrix[[row_of[key] for key in keys]]


@dataclass
class Batch:
    """Tables by record class, and the vectors where the stage reads them."""

    tables: dict[type[Record], list[Any]] = field(default_factory=dict)
    vectors: Vectors | None = None

    @classmethod
    def make(cls, *tables: tuple[type[Record], Iterable[Record]], vectors: Vectors | None = None) -> Batch:
        return cls({kind: list(records) for kind, records in tables}, vectors)

    def of(self, kind: type[R]) -> list[R]:
        """The records of one class; an empty list where the batch has none."""
        return cast("list[R]", self.tables.get(kind, []))
