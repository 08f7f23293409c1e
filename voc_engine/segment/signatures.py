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
from typing import TYPE_CHECKING, Any

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
    return [_signature(one, folded(texts[one.document_id])) for one in documents if one.document_id in texts]


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

    if len(words) < SHINGLE_WORDS:
        return np.zeros(0, np.uint64)
    each = np.array([_word_hash(word) for word in words], np.uint64)
    rows = len(words) - SHINGLE_WORDS + 1
    runs = np.zeros(rows, np.uint64)
    for offset in range(SHINGLE_WORDS):
        runs = (runs ^ each[offset : offset + rows]) * np.uint64(0x9E3779B97F4A7C15)
        runs ^= runs >> np.uint64(29)
    return np.unique(runs)


def likeness(this: npt.NDArray[np.uint64], other: npt.NDArray[np.uint64]) -> float:
    """Jaccard similarity in [0, 1] of two sets of shingles as ``shingles`` gives them."""
    import numpy as np

    shared = len(np.intersect1d(this, other, assume_unique=True))
    return shared / max(1, len(this) + len(other) - shared)


def _signature(document: Document, words: list[str]) -> Signature:
    short = len(words) < SHORT_WORDS
    # The same few words may answer two questions, or be said under two titles; a long text is the same anywhere.
    beside = (document.context or "", (document.title or "") if short else "")
    exact = int(stable_hash(" ".join(words), *(" ".join(folded(one)) for one in beside)), 16)
    bands, sketch = (None, None) if short else _minhash(shingles(words), document.context or "")
    person = int(stable_hash(document.person_id), 16)
    return Signature(document.document_id, _seconds(document.created_at), person, len(words), exact, bands, sketch)


def _seconds(stated: str | None) -> int:
    try:
        when = datetime.fromisoformat(stated or "")
    except ValueError:
        return _UNDATED
    return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())


def _minhash(runs: npt.NDArray[np.uint64], context: str) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint8]]:
    """Bands of four minima each, hashed with the question that is answered; and the lowest byte of every minimum
    (b-bit minwise hashing, Li and König 2010)."""
    import numpy as np

    sketch = _empty().copy()
    sketch.update_batch((runs & np.uint64(0xFFFFFFFF)).tolist())
    minima = np.asarray(sketch.hashvalues, np.uint64)
    question_hash = np.uint64(int(stable_hash(context), 16))
    bands = np.full(BANDS, question_hash, np.uint64)
    for column in minima.reshape(BANDS, -1).T:
        bands = (bands ^ column) * np.uint64(0x9E3779B97F4A7C15)
        bands ^= bands >> np.uint64(31)
    return bands, (minima & np.uint64(0xFF)).astype(np.uint8)


@cache
def _empty() -> Any:
    from datasketch import MinHash

    return MinHash(PERMUTATIONS, seed=1, hashfunc=int, scheme="affine32")


@lru_cache(maxsize=200_000)
def _word_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
