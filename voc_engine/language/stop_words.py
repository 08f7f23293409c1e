"""Stop words: what carries no content of its own. spaCy's English list, with additions and exceptions by name."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

from voc_engine.errors import VocError
from voc_engine.language.negation import is_negator
from voc_engine.language.times import calendar_words
from voc_engine.language.tokens import folded, uncontracted
from voc_engine.language.word_lists import groups, word_list

# Groups of ``stop_words.toml`` whose words spaCy's list has and customers' talk needs.
EXCEPTIONS = "carries_content"
_LEAST_LETTERS = 2


@cache
def base() -> frozenset[str]:
    """spaCy's English stop words, read from its file: importing spaCy for them costs seconds.

    Raises VocError where spaCy is not installed or has no such list.
    """
    package = find_spec("spacy")
    path = Path(package.origin or "").parent / "lang" / "en" / "stop_words.py" if package else Path()
    source = spec_from_file_location("spacy_english_stop_words", path) if path.is_file() else None
    if source is None or source.loader is None:
        raise VocError(f"spaCy's list of English stop words is not there (looked for {path}); install spacy again")
    module = module_from_spec(source)
    source.loader.exec_module(module)
    return frozenset(folded(word) for word in module.STOP_WORDS)


@cache
def stop_words() -> frozenset[str]:
    """All stop words, folded."""
    added = frozenset(
        word for name in groups("stop_words") if name != EXCEPTIONS for word in groups("stop_words")[name]
    )
    return (base() - word_list("stop_words", EXCEPTIONS)) | added


@lru_cache(maxsize=200_000)
def is_stop(word: str) -> bool:
    """True for a folded word that carries no content; a contraction counts by the word before its ending."""
    return word in stop_words() or uncontracted(word) in stop_words()


@lru_cache(maxsize=200_000)
def is_content(word: str) -> bool:
    """True for a folded word that may tell what a text is about: no stop word, negator, number, date or single letter."""
    bare = uncontracted(word)
    if len(bare) < _LEAST_LETTERS or not any(map(str.isalpha, bare)) or bare in _dates_and_numbers():
        return False
    return not is_stop(word) and not is_negator(word)


@cache
def _dates_and_numbers() -> frozenset[str]:
    return calendar_words() | word_list("numbers")
