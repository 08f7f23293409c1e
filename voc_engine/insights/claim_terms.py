"""What a claim is about: its content words, stemmed and weighted, as sparse rows beside the sentence vectors.

Sentence vectors put what sounds alike side by side ("no reply from support", "no reply from the school"); shared
content words tell whether it is about the same thing.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np

from voc_engine.insights.units import Unit
from voc_engine.language.polarity import leaning_words
from voc_engine.language.stems import content_stems, stem
from voc_engine.language.stop_words import is_content
from voc_engine.language.tokens import parts
from voc_engine.language.word_lists import word_list
from voc_engine.records import Mention

ADDRESS = re.compile(r"https?://\S+|www\.\S+|@\w+|\bRT\b")
HANDLE = re.compile(r"@(\w+)")
LEAST_HANDLES = 3  # a name addressed this often is whom they write to, not what they write about
RARE, LEAST_COMMON = 0.005, 4.0  # below this share or number of claims a word gets no rarer
QUOTE, STATEMENT, SLOT = 0.5, 1.0, 1.0  # weight of a word by where it stands


def content(text: str) -> list[str]:
    """Stems of the words of a text that carry content, without links and @handles."""
    return content_stems(_addressless(text))


def subject(text: str) -> frozenset[str]:
    """Stems of what a claim speaks of, without the words that tell how it leans."""
    return frozenset(stem(word) for word in _spoken_of(text))


def _spoken_of(text: str) -> list[str]:
    leaning = leaning_words()
    return [word for word in parts(_addressless(text)) if word not in leaning and is_content(word)]


def _addressless(text: str) -> str:
    return ADDRESS.sub(" ", text) if any(mark in text for mark in ("@", "://", "www.", "RT")) else text


@cache
def _verdicts() -> frozenset[str]:
    return frozenset(map(stem, word_list("judgements", "verdicts")))


def says_what(mention: Mention) -> bool:
    """False for a bare verdict or cry ("Ridiculous!", "Please help"): no word tells what it is about."""
    return any(stem(word) not in _verdicts() for word in _spoken_of(mention.quote))


def addressees(texts: Iterable[str]) -> Counter[str]:
    """How many texts write to a handle, by its name in lower case."""
    return Counter(name for text in texts for name in {handle.lower() for handle in HANDLE.findall(text)})


def term_rows(mentions: Sequence[Mention], units: Sequence[Unit], handles: Counter[str]) -> Any:
    """Sparse matrix (units, stems), rows of unit length: words weighted by place and by rarity.

    The rarity of words that hardly anyone uses is capped and they weigh half: they found no code, and must not
    dilute the words that do.
    """
    from scipy.sparse import csr_array

    names = {stem(name) for name, count in handles.items() if count >= LEAST_HANDLES}
    place: dict[str, int] = {}
    columns, weights, ends = array("q"), array("f"), array("q", [0])
    for unit in units:
        for term, weight in _weights(mentions[unit.rows[0]], names).items():
            columns.append(place.setdefault(term, len(place)))
            weights.append(weight)
        ends.append(len(columns))
    numbers, bounds = np.array(columns, dtype=np.int64), np.array(ends, dtype=np.int64)
    spread = np.bincount(numbers, minlength=max(1, len(place)))
    total, floor = len(units), max(LEAST_COMMON, len(units) * RARE)
    rarity = np.log(1 + total / np.maximum(spread, floor)) * np.where(spread < 2, 0.5, 1.0)
    values = (np.array(weights) * rarity[numbers]).astype(np.float32)
    whole = csr_array((values, numbers, bounds), shape=(total, len(spread)))
    lengths = np.sqrt(np.maximum(np.asarray(whole.multiply(whole).sum(axis=1)).reshape(-1), 1e-12))
    whole.data /= np.repeat(lengths, np.diff(bounds)).astype(np.float32)
    return whole


def _weights(mention: Mention, names: set[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    said = mention.statement.removesuffix("…")
    if said != mention.quote:
        found = dict.fromkeys(content(mention.quote), QUOTE)
    for term in content(said):
        found[term] = STATEMENT
    for term in content(mention.thing or ""):
        found[term] = STATEMENT + SLOT
    return {term: weight for term, weight in sorted(found.items()) if term not in names}
