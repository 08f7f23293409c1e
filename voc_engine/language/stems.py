"""Stems: how two forms of one word are recognised, by the English Snowball stemmer (Porter 2001)."""

from __future__ import annotations

from functools import lru_cache

from snowballstemmer.english_stemmer import EnglishStemmer

from voc_engine.language.stop_words import is_content
from voc_engine.language.tokens import parts, uncontracted


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word, which need be no word itself: "invoices" and "invoicing" are "invoic"."""
    # The pure Python stemmer by name: the package's chooser takes another where one is installed. It keeps a state, so
    # each word that is not cached gets its own.
    return str(EnglishStemmer().stemWord(uncontracted(word)))


def content_stems(text: str) -> list[str]:
    """Stems of the content words of a text in order, compounds taken apart: what the text is about."""
    return [content_stem for part in parts(text) if (content_stem := _content_stem(part)) is not None]


@lru_cache(maxsize=50_000)
def content_set(text: str) -> frozenset[str]:
    """The different ones of ``content_stems``: what two texts may share. The same quotes are held against many others."""
    return frozenset(content_stems(text))


@lru_cache(maxsize=200_000)
def _content_stem(word: str) -> str | None:
    """The stem of a folded word; None for one without content. One look-up where every text of a study asks twice."""
    return stem(word) if is_content(word) else None
