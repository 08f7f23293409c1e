"""What tells near copies apart: the folded words of a document's evidence, their five-word shingles, and MinHash.

Broder (1997), "On the resemblance and containment of documents"; permutations are those of the datasketch library.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from voc_engine.records import EVIDENCE_ROLES, Document, Utterance, stable_hash

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# a choice within Broder's 1997 practice: shorter ones are shared by chance, longer miss a changed word
SHINGLE_WORDS = 5
# Below it one other word changes more than half of the shingles: such texts are compared word for word.
SHORT_WORDS = 8
PERMUTATIONS = 64
BANDS = 16
_UNDATED = 1 << 62
_WORD = re.compile(r"[^\W_]+")
# Pseudonyms that stand in place of names: a chain letter stays the same whoever is addressed.
_SOMEBODY = re.compile(r"\[?\b[PIABC]\d{2,}\b\]?")


@dataclass(frozen=True)
class Signature:
    """One document. ``when`` is seconds since 1970 (UTC); ``person`` and ``exact`` are 64-bit hashes of the author and
    of the folded words; ``bands`` (BANDS, uint64) and ``sketch`` (PERMUTATIONS, uint8) are None for a short text."""

    document_id: str
    when: int
    person: int
    words: int
    exact: int
    bands: npt.NDArray[np.uint64] | None
    sketch: npt.NDArray[np.uint8] | None


def signatures(documents: Sequence[Document], turns: Sequence[Utterance]) -> list[Signature]:
    """One Signature for each document that holds evidence, in order."""
    texts = evidence_texts(documents, turns)
    signed = [one for one in documents if one.document_id in texts]
    words = [folded(texts[one.document_id]) for one in signed]
    long = [row for row, said in enumerate(words) if len(said) >= SHORT_WORDS]
    bands, sketches = _minhash([words[row] for row in long], [signed[row].context or "" for row in long])
    compared = dict(zip(long, zip(bands, sketches, strict=True), strict=True))
    return [
        _signature(one, said, *compared.get(row, (None, None)))
        for row, (one, said) in enumerate(zip(signed, words, strict=True))
    ]


def evidence_texts(documents: Sequence[Document], turns: Sequence[Utterance]) -> dict[str, str]:
    """Document id -> what customers say in it, without what was cut; only documents in which they say a word."""
    texts = {one.document_id: one.text for one in documents}
    turns_of: dict[str, list[str]] = {}
    for turn in turns:
        if turn.role in EVIDENCE_ROLES and turn.cut is None and turn.document_id in texts:
            turns_of.setdefault(turn.document_id, []).append(texts[turn.document_id][turn.start : turn.end])
    joined = {key: "\n".join(pieces) for key, pieces in turns_of.items()}
    return {key: text for key, text in joined.items() if _WORD.search(text)}


def folded(text: str) -> list[str]:
    """The words without case, punctuation and the people whom they name."""
    plain = unicodedata.normalize("NFKC", _SOMEBODY.sub("somebody", text))
    return _WORD.findall(plain.casefold())


def shingles(words: Sequence[str]) -> npt.NDArray[np.uint64]:
    """Sorted distinct 64-bit hashes of every run of five words; empty for a text that is shorter."""
    import numpy as np

    return np.unique(_runs([words])[0])


def _runs(texts: Sequence[Sequence[str]]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """The hashes of every run of five words of each text, one text behind the other, and how many each text has."""
    import numpy as np

    lengths = np.array([len(words) for words in texts], np.int64)
    each = np.array([_word_hash(word) for words in texts for word in words], np.uint64)
    rows = max(0, len(each) - SHINGLE_WORDS + 1)
    runs = np.zeros(rows, np.uint64)
    for offset in range(SHINGLE_WORDS):
        runs = (runs ^ each[offset : offset + rows]) * np.uint64(0x9E3779B97F4A7C15)
        runs ^= runs >> np.uint64(29)
    counts = np.maximum(lengths - SHINGLE_WORDS + 1, 0)
    # Runs that reach from one text into the next are nobody's.
    within = np.arange(len(each)) < np.repeat(np.cumsum(lengths) - lengths + counts, lengths)
    return runs[within[:rows]], counts


def likeness(this: npt.NDArray[np.uint64], other: npt.NDArray[np.uint64]) -> float:
    """Jaccard similarity in [0, 1] of two sets of shingles as ``shingles`` gives them."""
    import numpy as np

    shared = len(np.intersect1d(this, other, assume_unique=True))
    return shared / max(1, len(this) + len(other) - shared)


def _signature(
    document: Document, words: list[str], bands: npt.NDArray[np.uint64] | None, sketch: npt.NDArray[np.uint8] | None
) -> Signature:
    short = len(words) < SHORT_WORDS
    # The same few words may answer two questions, or be said under two titles; a long text is the same anywhere.
    beside = (document.context or "", (document.title or "") if short else "")
    exact = int(stable_hash(" ".join(words), *(" ".join(folded(one)) for one in beside)), 16)
    person = int(stable_hash(document.person_id), 16)
    return Signature(document.document_id, _seconds(document.created_at), person, len(words), exact, bands, sketch)


def _seconds(stated: str | None) -> int:
    try:
        when = datetime.fromisoformat(stated or "")
    except ValueError:
        return _UNDATED
    return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())


def _minhash(
    texts: Sequence[Sequence[str]], contexts: Sequence[str]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint8]]:
    """For each text of at least five words its bands of four minima, hashed with the question that is answered; and the
    lowest byte of every minimum (b-bit minwise hashing, Li and König 2010). Minima as datasketch's "affine32" has them."""
    import numpy as np

    runs, counts = _runs(texts)
    if not len(runs):
        return np.zeros((0, BANDS), np.uint64), np.zeros((0, PERMUTATIONS), np.uint8)
    mixed = _mixed(runs.astype(np.uint32))
    starts = np.cumsum(counts) - counts
    minima = np.empty((len(texts), PERMUTATIONS), np.uint64)
    for place, (factor, shift) in enumerate(zip(*_permutations(), strict=True)):
        minima[:, place] = np.minimum.reduceat(mixed * factor + shift, starts)
    bands = np.repeat(np.array([_question_hash(one) for one in contexts], np.uint64)[:, None], BANDS, axis=1)
    for column in np.moveaxis(minima.reshape(len(texts), BANDS, -1), 2, 0):
        bands = (bands ^ column) * np.uint64(0x9E3779B97F4A7C15)
        bands ^= bands >> np.uint64(31)
    return bands, (minima & np.uint64(0xFF)).astype(np.uint8)


def _mixed(hashes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """MurmurHash3's finaliser of 32 bits (Appleby, public domain), with which datasketch mixes what it is given."""
    import numpy as np

    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        hashes = (hashes ^ (hashes >> np.uint32(shift))) * np.uint32(factor)
    return hashes ^ (hashes >> np.uint32(16))


@cache
def _permutations() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Factor and shift of each permutation."""
    from datasketch import MinHash

    factors, shifts = MinHash(PERMUTATIONS, seed=1, hashfunc=int, scheme="affine32").permutations
    return factors, shifts


@lru_cache(maxsize=1_000)
def _question_hash(context: str) -> int:
    return int(stable_hash(context), 16)


@lru_cache(maxsize=200_000)
def _word_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
