"""Tables with few rows and few words: a column whose name says text is taken whatever it holds of words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from voc_engine.errors import SourceError

from .reading import put, read


@pytest.mark.parametrize("header", ["review", "text", "comment", "feedback", "body", "message", "description"])
@pytest.mark.parametrize("words", [["bad", "ok"], ["bad", "ok app"], ["bad"], ["👍", "5"]])
@pytest.mark.parametrize("kind", ["review", None])
def test_very_short_texts_are_read(tmp_path: Path, header: str, words: list[str], kind: str | None) -> None:
    content = f"id,{header}\n" + "".join(f"{n},{word}\n" for n, word in enumerate(words))
    talks, skipped = read(put(tmp_path, "t.csv", content), kind=kind)
    assert [talk.document.text for talk in talks] == words
    assert skipped == []


def test_a_single_column_of_single_words(tmp_path: Path) -> None:
    talks, _ = read(put(tmp_path, "t.csv", "review\nbad\nok\n"))
    assert [talk.document.text for talk in talks] == ["bad", "ok"]


def test_a_long_product_name_is_not_taken_for_the_short_text(tmp_path: Path) -> None:
    content = "id,product,description\n1,The long named thing,bad\n2,The other long named thing,ok\n"
    talks, _ = read(put(tmp_path, "t.csv", content))
    assert [talk.document.text for talk in talks] == ["bad", "ok"]


def test_choices_give_way_to_words_and_counts_are_no_words(tmp_path: Path) -> None:
    rows = "".join(f"{n},{'Good' if n % 2 else 'Bad'},it failed me {n} times\n" for n in range(12))
    talks, _ = read(put(tmp_path, "t.csv", "id,review,comment\n" + rows))
    assert talks[3].document.text == "it failed me 3 times"
    with pytest.raises(SourceError, match="no column holds people's words"):
        read(put(tmp_path, "n.csv", "id,comments\n1,12\n2,7\n"))


def test_a_header_without_rows_is_told_and_gives_no_document(tmp_path: Path) -> None:
    talks, (told,) = read(put(tmp_path, "t.csv", "id,review\n"))
    assert talks == []
    assert (told.reason, told.quarantined) == ("nothing to read in the file", True)
    assert "export is complete" in told.to_do


def test_line_breaks_and_commas_in_quotes_stay_in_the_text(tmp_path: Path) -> None:
    talks, skipped = read(put(tmp_path, "t.csv", 'id,review\r\n1,"bad,\r\n\r\n""really"" bad"\r\n2,ok\r\n'))
    assert [talk.document.text for talk in talks] == ['bad,\n\n"really" bad', "ok"]
    assert skipped == []


def test_the_text_of_a_nested_record(tmp_path: Path) -> None:
    content = json.dumps([{"id": 1, "review": {"text": "bad", "stars": 1}}, {"id": 2, "review": {"text": "ok"}}])
    talks, _ = read(put(tmp_path, "t.json", content))
    assert [talk.document.text for talk in talks] == ["bad", "ok"]
