"""ImportFormatKit: what every way back from another tool promises."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path, PurePosixPath

from voc_engine.errors import SourceError
from voc_engine.exchange.contract import ImportFormat
from voc_engine.exchange.run_view import RunView
from voc_engine.records import fault_of
from voc_engine.testing.naming import check_name
from voc_engine.testing.studies import example_study

_FOLDER = "imports/kit"


class ImportFormatKit(ABC):
    """Give ``format``, ``ours`` and ``foreign``."""

    format: ImportFormat

    @abstractmethod
    def ours(self, view: RunView, folder: Path) -> Path:
        """A file that the run went out as, with nothing changed."""

    @abstractmethod
    def foreign(self, folder: Path) -> Path:
        """A file of the format that somebody else made."""

    def view(self) -> RunView:
        """The run that files are held against."""
        return RunView(example_study())

    def test_it_has_a_versioned_name_and_says_what_it_takes(self) -> None:
        check_name(self.format.name)
        assert self.format.does

    def test_what_nobody_changed_is_no_decision(self, tmp_path: Path) -> None:
        brought = self.format.read(self.ours(self.view(), tmp_path), self.view(), _FOLDER)
        assert brought.decisions == ()
        assert brought.files == (), "our own sources are not laid down again"
        assert brought.says

    def test_what_somebody_else_made_comes_to_something_and_to_the_same_again(self, tmp_path: Path) -> None:
        path = self.foreign(tmp_path)
        first, second = (self.format.read(path, self.view(), _FOLDER) for _ in range(2))
        assert first == second
        assert first.files or first.decisions, "nothing is read"
        assert [one for one in first.decisions if fault_of(one)] == [], "a decision that nobody could make"
        for name, content in first.files:
            relative = PurePosixPath(name)
            assert not relative.is_absolute(), name
            assert ".." not in relative.parts, name
            assert isinstance(content, bytes)

    def test_a_damaged_file_is_refused_in_words(self, tmp_path: Path) -> None:
        path = self.foreign(tmp_path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        try:
            self.format.read(path, self.view(), _FOLDER)
        except SourceError:
            return
        raise AssertionError("half a file was read as if it were whole")
