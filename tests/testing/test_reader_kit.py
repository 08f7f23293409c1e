"""No reader is without its kit, and the kit finds the faults of a reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from voc_engine.config import SourceConfig
from voc_engine.ingest import Conversation, SourceFile
from voc_engine.records import Skipped
from voc_engine.registry import component, names
from voc_engine.testing import ReaderKit

from . import test_readers_of_tables, test_readers_of_talk, test_readers_of_threads


def test_no_reader_is_without_its_kit() -> None:
    """A reader of several layouts has a kit for each."""
    modules = (test_readers_of_tables, test_readers_of_talk, test_readers_of_threads)
    kits = [one for module in modules for one in vars(module).values() if isinstance(one, type)]
    held = {one.reader.name for one in kits if issubclass(one, ReaderKit) and hasattr(one, "reader")}
    assert sorted(held) == names("reader")


class Faulty:
    """The reader of notes with one promise broken."""

    name, kind = "faulty.v1", "interview"

    def __init__(self, fault: str) -> None:
        self.fault, self.inner, self.readings = fault, component("reader", "notes.v1"), 0

    def sniff(self, source: SourceFile, head: bytes) -> float:
        return 1.0 if self.fault == "greedy" else self.inner.sniff(source, head) and 0.9

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        return [] if self.fault == "silent" else ["notes"]

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        self.readings += 1
        text = source.read_whole().decode("utf-8", "strict" if self.fault == "strict" else "replace")
        if self.fault == "strict" and "Dana" not in text:
            raise ValueError(text)
        for item in self.inner.read(source, options):
            if isinstance(item, Conversation):
                yield self._broken(item)
            elif self.fault != "silent":
                yield item

    def _broken(self, talk: Conversation) -> Conversation:
        document, turns = talk.document, talk.utterances
        if self.fault == "span":
            turns = tuple(replace(one, end=one.end - 1) for one in turns)
        if self.fault == "loss" and len(turns) > 1:
            turns = turns[:-1]
            document = replace(document, text=document.text[: turns[-1].end])
        if self.fault == "id":
            document = replace(document, document_id=f"{document.document_id}-{self.readings}")
            turns = tuple(replace(one, document_id=document.document_id) for one in turns)
        return Conversation(document, turns)


class FaultyKit(test_readers_of_talk.TestNotes):
    __test__ = False

    def __init__(self, fault: str) -> None:
        self.reader = Faulty(fault)


@pytest.mark.parametrize(
    ("fault", "test"),
    [
        ("greedy", "test_it_leaves_the_files_of_others_alone"),
        ("span", "test_spans_are_exact"),
        ("loss", "test_words_in_are_words_out"),
        ("loss", "test_no_word_of_a_damaged_file_vanishes"),
        ("id", "test_the_same_file_reads_the_same_wherever_it_lies"),
        ("silent", "test_it_says_how_the_file_is_understood"),
        ("strict", "test_damage_is_told_and_never_thrown"),
    ],
)
def test_the_kit_finds_the_fault(tmp_path: Path, fault: str, test: str) -> None:
    with pytest.raises((AssertionError, ValueError)):
        getattr(FaultyKit(fault), test)(tmp_path)


def test_a_reader_without_faults_passes_the_same_tests(tmp_path: Path) -> None:
    kit = FaultyKit("")
    for number, test in enumerate(("test_spans_are_exact", "test_words_in_are_words_out",
                                   "test_damage_is_told_and_never_thrown")):  # fmt: skip
        (tmp_path / str(number)).mkdir()
        getattr(kit, test)(tmp_path / str(number))
