"""Reading a text word by word tells its language as py3langid's own walk does, to the last bit."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from voc_engine.ingest.word_walk import WordWalk

LANGUAGES = ["de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "zh"]
WORDS = [
    line.split("\t")[-1]
    for line in (Path(__file__).parent / "other_languages.tsv").read_text(encoding="utf-8").splitlines()
]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join) | st.text(max_size=120)


@cache
def both() -> tuple[LanguageIdentifier, WordWalk]:
    made = [one.from_model_file(MODEL_FILE, norm_probs=True) for one in (LanguageIdentifier, WordWalk)]
    for one in made:
        one.set_languages(LANGUAGES)
    return made[0], made[1]


@given(TEXTS)
def test_the_scores_are_those_of_the_library(text: str) -> None:
    theirs, ours = both()
    assert ours.rank(text) == theirs.rank(text)
    assert ours.likeliest(text) == theirs.rank(text)[0]
    assert np.array_equal(ours._raw_score(theirs._encode(text)), theirs._raw_score(theirs._encode(text)))


def test_blanks_alone_and_words_without_end_are_read_too() -> None:
    theirs, ours = both()
    for text in ("", " ", "  two  blanks  ", "the " * 500, "x" * 3_000, "今日はとても良い天気ですね" * 40):
        assert ours.rank(text) == theirs.rank(text), text[:20]
