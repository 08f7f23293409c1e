"""ReaderKit: what every reader promises."""

from __future__ import annotations

import re
import shutil
from abc import ABC, abstractmethod
from collections import Counter
from pathlib import Path

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest import Conversation, Reader, SourceFile
from voc_engine.ingest.stage import HEAD_BYTES, SURE_ENOUGH, choose_reader, ranking, unpacked
from voc_engine.records import ROLES, Document, Skipped
from voc_engine.records.document import DOCUMENT_KINDS
from voc_engine.registry import component, names
from voc_engine.testing.damaged_files import KEEPING_WORDS, variants
from voc_engine.testing.foreign import FOREIGN
from voc_engine.testing.naming import check_name

_WORD = re.compile(r"\w+")
_LONG_WORD = re.compile(r"[A-Za-z]{5,}")
Item = Conversation | Skipped


class ReaderKit(ABC):
    """Give ``reader``, ``sample`` and ``said``.

    ``said`` is every word of the sample that somebody said, in any order, and nothing else. ``options`` are what the
    configuration would say of the sample. ``textual`` is False for a format whose bytes do not show the words.
    """

    reader: Reader
    said: str = ""
    options: SourceConfig = SourceConfig(path="sample")
    textual: bool = True
    n_damaged: int = 40

    @abstractmethod
    def sample(self, folder: Path) -> Path:
        """Write a sound file of the format into the folder: two turns or rows at least, with some dozen words."""

    def _source(self, folder: Path) -> SourceFile:
        folder.mkdir(parents=True, exist_ok=True)
        path = self.sample(folder)
        return unpacked(SourceFile(path, path.name))

    def _read(self, source: SourceFile) -> list[Item]:
        return list(self.reader.read(source, self.options))

    def test_it_has_a_versioned_name_and_a_known_kind(self) -> None:
        check_name(self.reader.name)
        assert self.reader.kind in DOCUMENT_KINDS, f"kind {self.reader.kind!r} is none of {DOCUMENT_KINDS}"

    def test_it_knows_its_own_sample_best(self, tmp_path: Path) -> None:
        source = self._source(tmp_path)
        head = source.head(HEAD_BYTES)
        own_score = self.reader.sniff(source, head)
        assert SURE_ENOUGH <= own_score <= 1, f"sniff gives {own_score} for its own sample"
        others = [(score, name) for score, name in ranking(source, head) if name != self.reader.name]
        ranked = sorted([(own_score, self.reader.name), *others], key=lambda pair: (-pair[0], pair[1]))
        assert ranked[0][1] == self.reader.name, (
            f"{ranked[0][1]} is surer of the sample than {self.reader.name}: {ranked[:3]}"
        )

    def test_it_leaves_the_files_of_others_alone(self, tmp_path: Path) -> None:
        for owner, name, content in FOREIGN:
            path = tmp_path / name
            path.write_bytes(content)
            source = SourceFile(path, name)
            score = self.reader.sniff(source, content)
            assert 0 <= score <= 1, f"sniff gives {score} for {name}"
            if not owner:
                assert score < SURE_ENOUGH, f"sniff gives {score} for {name}, which nobody can read"
            elif owner != self.reader.name and owner in names("reader"):
                best: Reader = component("reader", owner)
                assert score < best.sniff(source, content), f"sniff gives {score} for {name}, which is {owner}'s"
                assert self.reader.name in names("reader") or choose_reader(source, self.options).name == owner

    def test_spans_are_exact(self, tmp_path: Path) -> None:
        talks = [item for item in self._read(self._source(tmp_path)) if isinstance(item, Conversation)]
        assert talks, "the sample gives no document"
        for talk in talks:
            check_conversation(talk)

    def test_every_document_names_its_source_and_has_its_own_id(self, tmp_path: Path) -> None:
        source = self._source(tmp_path)
        documents = [item.document for item in self._read(source) if isinstance(item, Conversation)]
        assert {one.source for one in documents} == {source.name}, "document.source is the name of the file"
        assert len({one.document_id for one in documents}) == len(documents), "two documents have one id"
        assert all(one.locator for one in documents), "locator tells where in the file: 'row 12', 'line 3'"

    def test_words_in_are_words_out(self, tmp_path: Path) -> None:
        talks = [item for item in self._read(self._source(tmp_path)) if isinstance(item, Conversation)]
        wanted = Counter(_WORD.findall(self.said))
        assert wanted, "said is empty: it holds all the words of the sample that somebody said"
        read_words = Counter(word for talk in talks for word in _WORD.findall(talk.document.text))
        assert not wanted - read_words, f"words that were said and are in no document: {wanted - read_words}"
        assert not read_words - wanted, f"words in documents that nobody said: {read_words - wanted}"

    def test_the_same_file_reads_the_same_wherever_it_lies(self, tmp_path: Path) -> None:
        source = self._source(tmp_path / "here")
        first = self._read(source)
        assert first == self._read(source), "a second reading differs"
        elsewhere = tmp_path / "there" / "deeper"
        elsewhere.mkdir(parents=True)
        copy = Path(shutil.copy(source.path, elsewhere))
        assert first == self._read(unpacked(SourceFile(copy, source.name))), (
            "a copy in another folder reads differently"
        )

    def test_it_says_how_the_file_is_understood(self, tmp_path: Path) -> None:
        lines = self.reader.describe(self._source(tmp_path), self.options)
        assert lines, "describe gives no line for voc ingest --explain"
        assert all(line.strip() for line in lines), f"describe gives an empty line: {lines}"

    def test_damage_is_told_and_never_thrown(self, tmp_path: Path) -> None:
        """A damaged file gives sound documents, Skipped, or a SourceError with advice; no other exception."""
        source = self._source(tmp_path)
        for label, data in variants(source.read_whole(), self.n_damaged):
            damaged = self._damaged(tmp_path, source, data)
            assert 0 <= self.reader.sniff(damaged, data[:HEAD_BYTES]) <= 1, label
            for item in self._items_of(damaged, label):
                if isinstance(item, Conversation):
                    check_conversation(item)
                else:
                    assert item.reason, f"{label}: Skipped without a reason"
                    item.found.encode("utf-8")

    def test_no_word_of_a_damaged_file_vanishes(self, tmp_path: Path) -> None:
        """Each long word that still stands in the damaged file is in a document or in what was set aside."""
        source = self._source(tmp_path)
        long_words = set(_LONG_WORD.findall(self.said)) if self.textual else set()
        for label, data in variants(source.read_whole(), self.n_damaged, KEEPING_WORDS):
            items = self._items_of(self._damaged(tmp_path, source, data), label)
            standing = long_words & set(_LONG_WORD.findall(data.decode("utf-8", "replace")))
            read_text = " ".join(_text_of(item) for item in items)
            lost = sorted(word for word in standing if word not in read_text)
            assert not items or not lost, f"{label}: {lost} stand in the file, in no document and in nothing set aside"

    def _damaged(self, folder: Path, source: SourceFile, data: bytes) -> SourceFile:
        path = folder / "damaged" / Path(source.content_name).name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return SourceFile(path, source.content_name)

    def _items_of(self, source: SourceFile, label: str) -> list[Item]:
        """What a reading gives; nothing where the file was refused, which must come with advice."""
        try:
            return self._read(source)
        except SourceError as error:
            refusal = error
        assert refusal.happened, f"{label}: a SourceError that does not say what happened"
        assert refusal.do, f"{label}: a SourceError that does not say what to do"
        return []


def check_conversation(talk: Conversation) -> None:
    """Turns cover the text and stand where they say; ids, roles and times are as the records ask."""
    document = talk.document
    assert document.kind in DOCUMENT_KINDS, f"kind {document.kind!r} is none of {DOCUMENT_KINDS}"
    assert document.person_id, f"{document.locator}: nobody is the author"
    assert talk.utterances, f"{document.locator}: a document without utterances"
    joined = "\n".join(document.text[one.start : one.end] for one in talk.utterances)
    assert joined == document.text, f"{document.locator}: the utterances are not the text, joined by line feeds"
    for index, turn in enumerate(talk.utterances):
        where = f"{document.locator}, utterance {index}"
        assert turn.document_id == document.document_id, f"{where}: belongs to another document"
        assert turn.index == index, f"{where}: has the index {turn.index}"
        assert turn.role in ROLES, f"{where}: role {turn.role!r} is none of {ROLES}"
        assert turn.person_id, f"{where}: nobody said it"
        assert document.text[turn.start : turn.end].strip(), f"{where}: says nothing"
        assert len(turn.time_offsets) == len(turn.time_ms), f"{where}: times without places"
        assert all(turn.start <= offset < turn.end for offset in turn.time_offsets), f"{where}: a time outside the turn"
    assert len({one.utterance_id for one in talk.utterances}) == len(talk.utterances), "two utterances have one id"
    _check_text(document)


def _check_text(document: Document) -> None:
    assert "\r" not in document.text, f"{document.locator}: line ends are line feeds"


def _text_of(item: Item) -> str:
    if isinstance(item, Skipped):
        return f"{item.found} {item.expected} {item.locator}"
    return f"{item.document} {item.utterances}"
