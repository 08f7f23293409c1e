"""Texts and files made by grammar: reading, masking and cutting end, and cost what the length costs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from tests.hostile.grammar import hostile_file, hostile_text
from voc_engine.config import RedactConfig, SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest import Conversation, SourceFile, read_source
from voc_engine.records import Skipped
from voc_engine.redact.finding import Finder
from voc_engine.segment.sentences import sentence_spans

OPTIONS = RedactConfig(names="cues")
RUNS = ("Straße ", "Ann \t", " ", "\n", "(", "!")


def masked(text: str) -> int:
    return len(Finder([], OPTIONS).spans([text])[0])


def cut(text: str) -> int:
    return len(sentence_spans.__wrapped__(text, 60))


def operations(work: Callable[[str], int], text: str) -> int:
    """Calls of Python and of C while ``work`` is done."""
    count = 0

    def seen(frame: FrameType, event: str, given: object) -> None:
        nonlocal count
        count += event.endswith("call")

    sys.setprofile(seen)
    try:
        work(text)
    finally:
        sys.setprofile(None)
    return count


def read_or_none(source: SourceFile) -> list[Conversation | Skipped] | None:
    """What is read; None where the file is refused, which must come with advice."""
    try:
        return list(read_source(source, SourceConfig(path="x")))
    except SourceError as error:
        refused = error
    assert refused.do
    return None


@pytest.mark.parametrize("work", [masked, cut], ids=["masking", "cutting"])
@pytest.mark.parametrize("unit", RUNS, ids=repr)
def test_operations_grow_with_the_text(unit: str, work: Callable[[str], int]) -> None:
    work("Ann Lee told me.")
    once, fourfold = (unit * (size // len(unit)) for size in (1_000, 4_000))
    work(once)
    assert operations(work, fourfold) < 6 * operations(work, once) + 2_000


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1_000, 1_030))
def test_a_hostile_text_is_masked_and_cut(seed: int) -> None:
    text = hostile_text(seed, 20_000)
    masked(text)
    spans = sentence_spans(text, 60)
    assert all(left < right for left, right in spans)
    assert [*spans] == sorted(spans)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1_000, 1_030))
def test_a_hostile_file_is_read_or_refused_with_advice(tmp_path: Path, seed: int) -> None:
    name, data = hostile_file(seed, 20_000)
    (tmp_path / name).write_bytes(data)
    for item in read_or_none(SourceFile(tmp_path / name, name)) or ():
        if isinstance(item, Conversation):
            text = item.document.text
            assert all(0 <= turn.start < turn.end <= len(text) for turn in item.utterances)
        else:
            assert item.reason


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert hostile_file(7, 3_000) == hostile_file(7, 3_000)
    assert len({hostile_text(seed, 500) for seed in range(50)}) > 45
