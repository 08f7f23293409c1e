"""The nouns: frozen, evidence-bound, and hashed alike everywhere."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, fields, is_dataclass
from typing import Any

import numpy as np
import pytest

import voc_engine.records as records
from voc_engine.errors import (
    ConfigError,
    EvidenceError,
    SourceError,
    StageError,
    StoreError,
    VocError,
    nearest,
)
from voc_engine.records import Batch, Document, Mention, Record, Segment, TopicNode, Vectors, field_types, stable_hash

CLASSES = sorted(
    (one for one in vars(records).values() if isinstance(one, type) and issubclass(one, Record) and one is not Record),
    key=lambda one: one.__name__,
)


def mention(**given: Any) -> Mention:
    fields: dict[str, Any] = {
        "mention_id": "m1", "segment_id": "s1", "document_id": "d1", "person_id": "P0001", "kind": "pain_point",
        "start": 3, "end": 10, "quote": "crashes", "probability": 0.9, "sentiment": "negative", "sentiment_score": -0.5,
        "emotion": "anger", "severity": "high", "severity_score": 0.9, "quadrant": "says", "basis": "stated",
        "reasons": ("a fault",),
    }  # fmt: skip
    return Mention(**{**fields, **given})


def test_a_mention_holds_its_quote() -> None:
    assert mention().quote == "crashes"


@pytest.mark.parametrize(
    "given",
    [
        {"quote": ""},
        {"quote": "       "},
        {"quote": "crashe"},
        {"quote": "crashes!"},
        {"end": 3},
        {"start": 10, "end": 3},
    ],
)
def test_no_quote_no_mention(given: dict[str, Any]) -> None:
    with pytest.raises(EvidenceError, match="without its exact words"):
        mention(**given)


def test_an_astral_character_counts_as_one() -> None:
    assert mention(start=0, end=3, quote="😀ok").end == 3
    with pytest.raises(EvidenceError):
        mention(start=0, end=4, quote="😀ok")


@pytest.mark.parametrize("kind", CLASSES, ids=lambda one: one.__name__)
def test_every_record_is_frozen_named_and_typed(kind: type[Record]) -> None:
    assert is_dataclass(kind)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert kind.table
    assert kind.__doc__
    assert list(field_types(kind)) == [one.name for one in fields(kind)]


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        mention().quote = "works"  # type: ignore[misc]


def test_tables_have_names_of_their_own() -> None:
    """But for a node of the tree, which is published in the place of what it tells more of."""
    stored = [one for one in CLASSES if one is not TopicNode]
    assert len({one.table for one in stored}) == len(stored)


def test_the_hash_is_pinned() -> None:
    """Ids and names of parts on users' disks rest on these very digits."""
    assert stable_hash("ab", "c") == "5b6baf4b54380ebf"
    assert stable_hash("Ünï😀", size=12) == "bccd8686938e811ce5e2c782"


def test_the_hash_tells_where_values_end() -> None:
    assert len({stable_hash("ab", "c"), stable_hash("a", "bc"), stable_hash("abc"), stable_hash("abc", "")}) == 4


def test_vectors_are_found_by_key() -> None:
    vectors = Vectors(("b", "a"), np.asarray([[0.0, 1.0], [1.0, 0.0]], np.float32))
    assert vectors.rows(["a", "b", "a"]).tolist() == [[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]
    assert "a" in vectors
    assert "c" not in vectors
    with pytest.raises(KeyError):
        vectors.rows(["c"])


def test_a_batch_without_a_table_is_empty_of_it() -> None:
    batch = Batch.make((Document, [Document("d", "review", "s", "row 1", "P0001", "text")]))
    assert len(batch.of(Document)) == 1
    assert batch.of(Segment) == []


@pytest.mark.parametrize(
    ("kind", "code"), [(ConfigError, 2), (SourceError, 1), (StoreError, 3), (EvidenceError, 3), (StageError, 3)]
)
def test_errors_cross_processes_whole(kind: type[VocError], code: int) -> None:
    error = pickle.loads(pickle.dumps(kind("It broke.", found="a hammer", do="mend it")))
    assert type(error) is kind
    assert error.exit_code == code
    assert str(error) == "It broke.\n  found: a hammer\n  to do: mend it"


def test_the_nearest_name_or_all() -> None:
    assert nearest("modle", ["model", "sample"]) == "did you mean 'model'?"
    assert nearest("zzz", ["model", "sample"]) == "known are: model, sample"
