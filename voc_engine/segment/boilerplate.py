"""Words that nobody wrote although many sent them: headings of forms, check boxes, disclaimers, lines of a log.

A phrase is boilerplate where several people sent it in the same words inside longer texts, and it is either longer than
people say alike by chance, or a line by itself, or what a form asks at the beginning of one ("Your version: 4.2"), that
stands beside the same other line in at least half of its texts, as the headings of a form do. Measured on texts without
forms (7,300 posts, 10,000 requests, 43,000 comments, 34,000 answers of reviews): what five people happen to say alike has
up to seven words. What people also send as a text of its own stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from voc_engine.language.phrases import Phrase, lines_and_phrases, phrases
from voc_engine.language.tokens import LETTERS
from voc_engine.records import EVIDENCE_ROLES, Document, Utterance, stable_hash

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]
    Rows = npt.NDArray[np.int64]

# From so many words on it is nobody's own; links, numbers and addressees are no words here.
_LONG_WORDS = 8
_BESIDE = 3  # answers may stand between two headings
_SHARE = 0.5
# Where so many send it as their whole text, to those who send it inside one, it is theirs.
_ALONE_SHARE = 0.2
_LINE_SHARE = 0.9
# In a large study more people say a sentence alike by chance.
_PEOPLE_PER_ONE = 10_000
_BUCKET_BITS = 22
_NO_WORDS = re.compile(r"\S*(?:://|@)\S*")
# What is asked at the beginning of a line on which the answer follows.
_HEAD = re.compile(r"^[^\S\n]*(?P<head>[^\W\d_][^:?\n]{5,120}[:?])(?=[^\S\n]+\S)", re.MULTILINE)


class Unit(NamedTuple):
    """A phrase in its turn: its hash, its spoken words, whether it is a line by itself, whether it is all of the turn."""

    key: int
    words: int
    line: bool
    alone: bool


@dataclass(frozen=True)
class Said:
    """Every phrase of a part, as columns of one length: ``row`` is the place of its document in the study."""

    key: Hashes
    row: Rows
    words: Rows
    line: Rows
    alone: Rows


def key_of(phrase: Phrase) -> str:
    """Stands for the words of a phrase, 16 hex digits."""
    return _key_of_words(phrase.words)


@lru_cache(maxsize=20_000)
def _key_of_words(words: str) -> str:
    return stable_hash(words)


def units_of(text: str) -> list[Unit]:
    """The sentences and lines of one turn in order."""
    marked = list(_marked(text))
    several = "\n" in text.strip()
    alone = len(marked) == 1
    return [
        Unit(int(key_of(one), 16), _spoken(text[one.start : one.end]), line and several, alone) for one, line in marked
    ]


def _marked(text: str) -> Iterator[tuple[Phrase, bool]]:
    """Every sentence and line, and each heading in front of an answer; whether it is a line or such a heading."""
    heads = {match.end("head"): match for match in _heads(text)}
    for phrase, line in lines_and_phrases(text):
        head = heads.pop(phrase.end, None)
        yield phrase, line or (head is not None and not text[phrase.start : head.start("head")].strip())
    for end, match in heads.items():
        for phrase in phrases(match["head"]):
            if phrase.end == len(match["head"]):
                yield phrase._replace(start=end - len(match["head"]), end=end), True


def _heads(text: str) -> Iterator[re.Match[str]]:
    if ":" in text or "?" in text:
        yield from _HEAD.finditer(text)


def long_phrases(text: str) -> Iterator[str]:
    """Keys of the sentences that are too long for two people to say alike by chance."""
    return (key_of(one) for one in phrases(text, _LONG_WORDS))


@lru_cache(maxsize=20_000)
def _spoken(text: str) -> int:
    plain = _NO_WORDS.sub(" ", text) if "@" in text or "://" in text else text
    return len(LETTERS.findall(plain))


def turns_with_forms(documents: Sequence[Document], turns: Iterable[Utterance]) -> Iterator[tuple[str, str]]:
    """(document id, words) of the turns in which boilerplate is looked for: talks have a guide, and no forms."""
    texts = {one.document_id: one.text for one in documents if one.kind != "interview"}
    for turn in turns:
        if turn.role in EVIDENCE_ROLES and turn.cut is None and turn.document_id in texts:
            yield turn.document_id, texts[turn.document_id][turn.start : turn.end]


def boilerplate(parts: Callable[[], Iterator[Said]], person: Hashes, fewest: int) -> Hashes:
    """Sorted hashes of the phrases that are boilerplate. ``person``: by row, who wrote the document; ``fewest`` people.

    ``parts`` gives the columns of part after part, without documents that are copies. Twice: what cannot be repeated is
    dropped part by part, so that only repeated phrases are held at once (32 bytes for each time).
    """
    import numpy as np

    fewest = max(fewest, len(np.unique(person)) // _PEOPLE_PER_ONE)
    bucket_counts = np.zeros(1 << _BUCKET_BITS, np.int64)
    for part in parts():
        np.add.at(bucket_counts, _bucket(part.key), 1)
    some = [_filtered(part, bucket_counts[_bucket(part.key)] >= fewest) for part in parts()]
    candidates = Said(*(np.concatenate([getattr(one, name) for one in some]) for name in Said.__annotations__))
    inside, alone = (
        _people(candidates.key[told], person[candidates.row[told]])
        for told in (candidates.alone == 0, candidates.alone == 1)
    )
    often = np.array(sorted(key for key, count in inside.items() if count >= fewest), np.uint64)
    often = often[[alone.get(int(key), 0) < _ALONE_SHARE * inside[int(key)] for key in often]]
    candidates = _filtered(candidates, np.isin(candidates.key, often))
    if not len(candidates.key):
        return often[:0]
    index = np.searchsorted(often, candidates.key)
    counts = np.bincount(index, minlength=len(often))
    words = np.bincount(index, candidates.words, minlength=len(often)) / counts
    line = np.bincount(index, candidates.line, minlength=len(often)) >= _LINE_SHARE * counts
    return often[(words >= _LONG_WORDS) | _beside_another(index, candidates.row, line)]


def _bucket(keys: Hashes) -> Rows:
    import numpy as np

    return (keys >> np.uint64(64 - _BUCKET_BITS)).astype(np.int64)


def _filtered(candidates: Said, which: npt.NDArray[np.bool_]) -> Said:
    return Said(*(getattr(candidates, name)[which] for name in Said.__annotations__))


def _people(keys: Hashes, person: Hashes) -> dict[int, int]:
    """Phrase -> number of people who sent it."""
    import numpy as np

    order = np.lexsort((person, keys))
    keys, person = keys[order], person[order]
    first = np.ones(len(keys), bool)
    first[1:] = (keys[1:] != keys[:-1]) | (person[1:] != person[:-1])
    distinct_keys, counts = np.unique(keys[first], return_counts=True)
    return dict(zip(distinct_keys.tolist(), counts.tolist(), strict=True))


def _beside_another(index: Rows, row: Rows, line: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """For each phrase whether in at least half of its texts a line stands shortly before or behind it that has it beside
    itself in at least half of its own: two forms may share a heading."""
    import numpy as np

    index, row = index[line[index]], row[line[index]]
    size = len(line)
    texts = np.bincount(np.unique(np.stack([index, row], 1), axis=0)[:, 0], minlength=size)
    pairs = [np.zeros((0, 3), np.int64)]
    for step in range(1, _BESIDE + 1):
        same = row[:-step] == row[step:]
        near = np.stack([index[:-step][same], index[step:][same], row[:-step][same]], 1)
        pairs += [near, near[:, [1, 0, 2]]]
    every = np.unique(np.concatenate(pairs), axis=0)
    every = every[every[:, 0] != every[:, 1]]
    _, of, counts = np.unique(every[:, :2], axis=0, return_inverse=True, return_counts=True)
    close = every[counts[of.ravel()] >= _SHARE * texts[every[:, 1]]]
    covered = np.bincount(np.unique(close[:, [0, 2]], axis=0)[:, 0], minlength=size)
    return line & (texts > 0) & (covered >= _SHARE * texts)


def without_boilerplate(
    text: str, spans: Sequence[tuple[int, int]], keys: Iterable[str]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The sentences of a turn that are its author's, and those of which every word is boilerplate."""
    alike = sorted((one.start, one.end) for one, _ in _marked(text) if key_of(one) in keys)
    if not alike:
        return list(spans), []
    heads = {match.end("head") for match in _heads(text)}
    authored: list[tuple[int, int]] = []
    aside: list[tuple[int, int]] = []
    for start, end in spans:
        at, rest = start, ""
        for begin, stop in alike:
            if begin < end and start < stop:
                rest += text[at : max(at, begin)]
                at = max(at, stop)
        headed = at if at in heads and not LETTERS.search(rest) else start
        rest += text[at:end]
        if at != start and not LETTERS.search(rest):
            aside.append((start, end))
            continue
        if headed > start:
            # The answer goes on behind its heading.
            aside.append((start, headed))
            headed += len(text[headed:end]) - len(text[headed:end].lstrip())
        authored.append((headed, end))
    return authored, aside
