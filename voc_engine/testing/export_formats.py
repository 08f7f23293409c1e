"""ExportFormatKit: what every format of another tool promises."""

from __future__ import annotations

from pathlib import PurePosixPath

from voc_engine.exchange.contract import ExportFormat, File
from voc_engine.exchange.run_view import RunView
from voc_engine.exchange.verify_export import same_words
from voc_engine.records import Document, Mention
from voc_engine.testing.naming import check_name
from voc_engine.testing.studies import example_study, no_study

_FORBIDDEN = frozenset('\\:*?"<>|')


class ExportFormatKit:
    """Give ``format``; set ``all_quotes`` to False where it shows a choice of the quotes, ``shows_quotes`` where none."""

    format: ExportFormat
    all_quotes = True
    shows_quotes = True

    def view(self) -> RunView:
        """What is written: a small study with quotes that hold markup, line breaks, formulas and emoji."""
        return RunView(example_study())

    def written(self, view: RunView) -> list[File]:
        return [*self.format.write(view, frozenset()).files]

    def test_it_has_a_versioned_name_and_says_who_opens_it(self) -> None:
        check_name(self.format.name)
        assert self.format.does, "say in one line what it is for: 'voc export' lists it"
        assert not self.format.suffix or self.format.suffix.startswith("."), "a suffix begins with a dot"

    def test_paths_are_relative_and_each_is_written_once(self) -> None:
        paths = [path for path, _ in self.written(self.view())]
        assert paths, "no file is written"
        assert not self.format.suffix or len(paths) == 1, "a format with a suffix writes one file"
        assert len({path.casefold() for path in paths}) == len(paths), "two files have one name, capitals apart"
        for path in paths:
            relative = PurePosixPath(path)
            inside = bool(path) and not relative.is_absolute() and ".." not in relative.parts
            assert inside, f"{path!r} leads out of the folder"
            assert not _FORBIDDEN & set(path), f"{path!r} holds characters that some file systems refuse"

    def test_the_same_run_gives_the_same_bytes_in_the_same_order(self) -> None:
        first, second = self.written(self.view()), self.written(self.view())
        assert [path for path, _ in first] == [path for path, _ in second], "the files differ in name or order"
        differ = [path for (path, one), (_, two) in zip(first, second, strict=True) if one != two]
        assert not differ, f"contents differ from one writing to the next: {differ}"

    def test_every_switch_gives_the_same_bytes_too(self) -> None:
        for switch in self.format.switches:
            first, second = (list(self.format.write(self.view(), frozenset({switch})).files) for _ in range(2))
            assert first == second, f"contents differ from one writing to the next with {switch}"

    def test_quotes_keep_their_words_and_their_ids(self) -> None:
        """What is shown as somebody's words stands in a document, character by character, and its id leads there."""
        view = self.view()
        mentions = {one.mention_id: one for one in view.study.tables.of(Mention)}
        texts = {one.document_id: one.text for one in view.study.tables.of(Document)}
        quotes = [quote for path, content in self.written(view) for quote in self.format.shown(path, content)]
        assert bool(quotes) == self.shows_quotes, "no quote is shown, or the format does not find it again"
        for quote in quotes:
            assert quote.mention_id in mentions, f"{quote.mention_id!r} leads nowhere"
            mention = mentions[quote.mention_id]
            words = texts[mention.document_id][mention.start : mention.end]
            assert same_words(quote.words, words), f"shown as {quote.words!r}, said was {words!r}"
        if self.all_quotes and self.shows_quotes:
            assert {one.mention_id for one in quotes} == set(mentions), "quotes are lost"

    def test_what_is_not_carried_is_counted(self) -> None:
        for omission in self.format.write(self.view(), frozenset()).not_carried:
            assert omission.what, "say what is not carried"
            assert omission.count >= 0, f"{omission.what}: a count is not negative"

    def test_a_run_without_anything_is_written_too(self) -> None:
        assert self.written(RunView(no_study())), "an empty run is a result as well: say so in a file"
