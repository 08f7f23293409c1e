"""What is handed to the tokenizer in pieces comes back whole."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from voc_engine.language.long_runs import with_bounded_runs

PLAIN = spacy.blank("en")
BOUNDED = with_bounded_runs(spacy.blank("en"))
PIECES = st.sampled_from(
    ["word", " ", "  ", "\n", ".", "(" * 200, "a" * 300, "https://x.org/" + "p/" * 100, "don't", "…" * 150]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_the_tokens_are_the_text(text: str) -> None:
    doc = BOUNDED(text)
    assert doc.text == text
    assert [text[token.idx : token.idx + len(token)] for token in doc] == [token.text for token in doc]


@pytest.mark.parametrize(
    "text",
    ["It's fine (really).", "a" * 128 + " b", "see https://x.org/" + "p/" * 200 + "end.", "wait...  what?!", "\n two"],
)
def test_what_people_write_is_tokenised_as_ever(text: str) -> None:
    assert [token.text for token in BOUNDED(text)] == [token.text for token in PLAIN(text)]


def test_a_memory_zone_forgets_the_words_and_goes_on() -> None:
    for _ in range(3):
        with BOUNDED.memory_zone():
            assert len(BOUNDED("zyxwv " * 50)) == 50
    assert [token.text for token in BOUNDED("zyxwv again")] == ["zyxwv", "again"]
