"""A document over the budget is set aside and told; the rest of its file is read, and the bytes are the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.reading import put, read
from voc_engine.ingest import budget
from voc_engine.ingest.source import SourceFile


def _table(folder: Path, longest: int) -> SourceFile:
    return put(folder, "reviews.csv", f"id,review\n1,The export fails.\n2,{'word ' * (longest // 5)}\n3,It is slow.\n")


def test_the_rest_of_the_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_CHARACTERS", 1_000)
    source = _table(tmp_path, 1_200)
    talks, skipped = read(source)
    assert [talk.document.text for talk in talks] == ["The export fails.", "It is slow."]
    (told,) = skipped
    assert told.quarantined
    assert told.expected == "at most 1,000 characters in a document"
    assert len(told.found) < 1_200
    assert (talks, skipped) == read(source)


def test_long_documents_within_the_budget_are_read(tmp_path: Path) -> None:
    talks, skipped = read(_table(tmp_path, 100_000))
    assert len(talks) == 3
    assert not skipped


def test_a_talk_over_the_budget_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_CHARACTERS", 500)
    turns = "".join(f"Ann Lee: How is week {n}?\nBo Kim: It was like week {n - 1}, slow.\n" for n in range(2, 40))
    talks, skipped = read(put(tmp_path, "talk.txt", turns))
    assert talks == []
    assert [one.reason for one in skipped if one.quarantined] == ["a document over the budget of one"]
