"""Names that few people say: they are written out of the text before anything is named after them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from voc_engine.language.matters import is_weak
from voc_engine.language.stems import stem
from voc_engine.topics.words import words_at

FEW = 5  # people; who and what so many speak of may be a company or a product
FEW_SHARE = 0.01  # of the people, where that is more
_POSSESSIVE = re.compile(r"['’]s?$")
_OPENS = re.compile(r"(?:^|[.!?:;\"“”„»«*•(\[>/–—-])[\s\"'“‘(*•-]*$")


def rare_names(texts: Sequence[str], voices: Sequence[Iterable[str]]) -> frozenset[str]:
    """Lower-cased words that mostly stand capitalised inside sentences and that few people say.

    ``voices[i]``: ids of the people who say ``texts[i]``. Abbreviations in capitals are no names. Where a sentence
    is shouted nothing can be told; what begins several sentences and never stands
    elsewhere is taken for a name. Few: below FEW people or FEW_SHARE of all; in a study of a handful below
    half of them, but two at least.
    """
    named: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    people: dict[str, set[str]] = defaultdict(set)
    everyone: set[str] = set()
    for text, said_by in zip(texts, voices, strict=True):
        speakers = set(said_by)
        everyone |= speakers
        shouted = text.isupper() or text.istitle()
        for match in words_at(text):
            word = _bare(match.group())
            people[word.lower()] |= speakers
            if not shouted and _OPENS.search(text[: match.start()]) and word[:1].isupper():
                opening[word.lower()] += not word.isupper()
            elif not shouted:
                counts[word.lower()] += 1
                named[word.lower()] += word[:1].isupper() and not word.isupper()
    few = max(2, min(FEW, len(everyone) // 2), round(FEW_SHARE * len(everyone)))
    usual = {stem(word) for word in counts if 2 * named[word] <= counts[word]}
    opening_only = {
        word for word, count in opening.items() if count > 1 and not counts[word] and stem(word) not in usual
    }
    inside = {word for word, count in named.items() if 2 * count > counts[word]}
    return frozenset(word for word in inside | opening_only if len(people[word]) < few and not is_weak(word))


def without(text: str, names: frozenset[str]) -> str:
    """The text with the names blanked out, every other character in its place."""
    letters = list(text)
    for match in words_at(text):
        parts = [_bare(part).lower() for part in match.group().split("-")]
        if _bare(match.group()).lower() in names or names.intersection(parts):
            letters[match.start() : match.end()] = "\n" * (match.end() - match.start())
    return "".join(letters)


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word)
