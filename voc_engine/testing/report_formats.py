"""ReportFormatKit: what every report format promises."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import PurePosixPath

from voc_engine.records import Document, Mention
from voc_engine.report.contract import ReportFormat, Study
from voc_engine.testing.naming import check_name
from voc_engine.testing.studies import example_study, no_study

_FORBIDDEN = frozenset('\\:*?"<>|')


class ReportFormatKit(ABC):
    """Give ``format`` and ``shown_quotes``."""

    format: ReportFormat

    @abstractmethod
    def shown_quotes(self, path: str, content: bytes) -> Iterable[str]:
        """Everything that the file shows as somebody's words, as a reader of the file sees it."""

    def study(self) -> Study:
        """What is written: a small study with quotes that hold markup, line breaks, formulas and emoji."""
        return example_study()

    def _written(self, study: Study) -> list[tuple[str, bytes]]:
        return list(self.format.write(study))

    def test_it_has_a_versioned_name(self) -> None:
        check_name(self.format.name)

    def test_paths_are_relative_and_each_is_written_once(self) -> None:
        paths = [path for path, _ in self._written(self.study())]
        assert paths, "no file is written"
        assert len({path.casefold() for path in paths}) == len(paths), "two files have one name, capitals apart"
        for path in paths:
            relative = PurePosixPath(path)
            inside = bool(path) and not relative.is_absolute() and ".." not in relative.parts
            assert inside, f"{path!r} leads out of the report folder"
            assert not _FORBIDDEN & set(path), f"{path!r} holds characters that some file systems refuse"

    def test_contents_are_bytes_that_are_not_empty(self) -> None:
        for path, content in self._written(self.study()):
            assert isinstance(content, bytes), f"{path} is no bytes"
            assert content, f"{path} is empty"

    def test_the_same_study_gives_the_same_bytes_in_the_same_order(self) -> None:
        first, second = self._written(self.study()), self._written(self.study())
        assert [path for path, _ in first] == [path for path, _ in second], "the files differ in name or order"
        differ = [path for (path, one), (_, two) in zip(first, second, strict=True) if one != two]
        assert not differ, f"contents differ from one writing to the next: {differ}"

    def test_quotes_are_exact(self) -> None:
        """What is shown as somebody's words stands in a document, character by character."""
        study = self.study()
        texts = [one.text for one in study.tables.of(Document)]
        quotes = [quote for path, content in self._written(study) for quote in self.shown_quotes(path, content)]
        assert quotes, "no quote is shown, or shown_quotes does not find it"
        invented = [quote for quote in quotes if not any(quote in text for text in texts)]
        assert not invented, f"shown as quotes, and nobody said so: {invented}"
        assert {one.quote for one in study.tables.of(Mention)} & set(quotes), "no mention is quoted whole"

    def test_a_study_without_anything_is_written_too(self) -> None:
        assert self._written(no_study()), "an empty study is a result as well: say so in a file"
