"""The company's own texts: read whatever their shape, and nobody's evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from voc_engine.config import SourceConfig
from voc_engine.ingest import Conversation, SourceFile, read_source
from voc_engine.ingest.unclear import unclear


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "prices.md",
            "# Prices\n\nThe price you sign up with stays the same for two years. You can cancel in two clicks.\n",
        ),
        ("faq.csv", "question,answer\nIs there a contract?,There is none: the plan runs month by month.\n"),
    ],
)
def test_texts_marked_as_proof_are_nobodys_words_and_nobody_is_asked_who_speaks(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    source, options = SourceFile(tmp_path / name, name), SourceConfig(path=name, proof=True)
    talks = [one for one in read_source(source, options) if isinstance(one, Conversation)]
    assert {turn.role for talk in talks for turn in talk.utterances} == {"proof"}
    assert {talk.document.kind for talk in talks} == {"proof"}
    assert unclear([(source, options)]) == []
