"""Names in texts that write none with a capital (chats, captions): a small classifier reads each strange word in its place.

Nothing but the words tells a name there: no capital, often no sentence. A logistic regression over what lists say of a
word, its letters and the words beside it (``python -m training bare-names``) answers for words that are none of the
language, of a place or a brand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from math import exp

from voc_engine.privacy.name_lists import folded, is_given, is_word, listed, may_be_surname, single, starts_sentence
from voc_engine.redact.writing import NO_NAME, Person

MODEL = "bare_names.json"
_CAPITAL = re.compile(r"(?<![^\W_])(?!I(?:['’]|\b))[^\W\d_a-zß-öø-ÿ][^\W\d_]")
_WORD = re.compile(r"(?<![\w@#/.'’-])[^\W\d_]+(?:['’-][^\W\d_]+)*+(?![\w@/])")
_POSSESSIVE = re.compile(r"['’]s$")
_FEWEST_LETTERS, _MOST_LETTERS = 3, 20  # a choice: two letters are a word or an abbreviation, twenty no name
_FEWEST_ANYWHERE = 5  # letters: shorter given names are things as well (a jack, a mike)
# What words may be of whose kind no name is: a word of the language stays one, whoever bears it.
_OTHER = frozenset({"none", "place", "brand", "word"})
# What a family name may be to the lists, where what stands before it is sure.
_FAMILY = frozenset({"hand", "given", "surname", "census"})
_WINDOW = (-2, -1, 1, 2)
# Texts of so many words are told apart by their exact length: an answer is often nothing but a name.
_SHORT, _MIDDLE = 6, 11


@dataclass(frozen=True)
class Model:
    """``weights`` by feature; a word is a name from ``floor`` (a probability) on."""

    weights: dict[str, float]
    bias: float
    floor: float

    def probability(self, features: Sequence[str]) -> float:
        return 1 / (1 + exp(-self.bias - sum(self.weights.get(feature, 0.0) for feature in features)))


@cache
def shipped() -> Model:
    """The classifier that ships."""
    text = resources.files("voc_engine.redact").joinpath("model", MODEL).read_text(encoding="utf-8")
    return Model(**json.loads(text))


def named_bare(text: str, *, english: bool = True) -> Iterator[Person]:
    """People in a text without a capital inside a sentence; none in any other text.

    Where the language is another than English, every word is strange: only given names of our own list count there.
    """
    if not is_bare(text):
        return
    words = words_of(text)
    named = _is_named if english else _is_given_anywhere
    spans: list[tuple[int, int]] = []
    for index, word in enumerate(words):
        if spans and _is_behind_initial(words, index, spans[-1][1]):
            spans[-1] = (spans[-1][0], _end(word))
            continue
        if not named(text, words, index):
            continue
        if spans and text[spans[-1][1] : word.start()] == " ":
            spans[-1] = (spans[-1][0], _end(word))
        else:
            spans.append((word.start(), _end(word)))
    yield from (Person(start, end) for start, end in spans)


def _is_named(text: str, words: Sequence[re.Match[str]], index: int) -> bool:
    model = shipped()
    return may_be_named(words, index) and model.probability(features_of(text, words, index)) >= model.floor


def _is_behind_initial(words: Sequence[re.Match[str]], index: int, end: int) -> bool:
    """Whether a word is the family name behind a letter and a given name, which ends at ``end`` ("james e bryant")."""
    if index <= 1 or words[index - 2].end() != end or len(words[index - 1][0]) > 1:
        return False
    return _read(words[index][0])[0] in _FAMILY and words[index].start() == words[index - 1].end() + 1 == end + 3


def _is_given_anywhere(text: str, words: Sequence[re.Match[str]], index: int) -> bool:
    """A given name that is no word. Shorter ones are things as well: a jack, a mike."""
    kind, plain = _read(words[index][0])
    return kind == "hand" and len(plain) >= _FEWEST_ANYWHERE and words[index][0][0].islower()


def is_bare(text: str) -> bool:
    """Whether no word inside a sentence has a capital."""
    return all(starts_sentence(text, match.start()) for match in _CAPITAL.finditer(text))


def words_of(text: str) -> list[re.Match[str]]:
    return list(_WORD.finditer(text))


def may_be_named(words: Sequence[re.Match[str]], index: int) -> bool:
    """Whether the classifier is asked about a word: one that is none of the language, of a place or a brand, or a word
    that may be the family name of the given name before it ("john west")."""
    kind, plain = _read(words[index][0])
    if kind == "word":
        return index > 0 and _read(words[index - 1][0])[0] in ("hand", "given") and may_be_surname(plain)
    return kind not in _OTHER and _FEWEST_LETTERS <= len(plain) <= _MOST_LETTERS


def _end(word: re.Match[str]) -> int:
    return word.end() - (2 if _POSSESSIVE.search(word.group()) else 0)


@lru_cache(maxsize=50_000)
def _read(word: str) -> tuple[str, str]:
    """What lists say of a word as it is written, and the word folded, without a genitive's ending."""
    plain = _POSSESSIVE.sub("", folded(word))
    return _kind(plain), plain


def _kind(plain: str) -> str:
    """What lists say of a folded word."""
    if plain in NO_NAME:
        return "none"
    if plain in listed("places"):
        return "place"
    if plain in single("brands"):
        return "brand"
    if is_word(plain):
        return "word"
    if plain in listed("given_names_by_hand"):
        return "hand"
    if is_given(plain):
        return "given"
    if plain in listed("surnames"):
        return "surname"
    return "census" if may_be_surname(plain) else "strange"


def features_of(text: str, words: Sequence[re.Match[str]], index: int) -> list[str]:
    """What the classifier sees of a word: its kind and letters, its place in the text, and the words beside it."""
    word = words[index]
    kind, plain = _read(word[0])
    length = str(len(words)) if len(words) < _SHORT else "middle" if len(words) < _MIDDLE else "long"
    features = [f"kind={kind}", f"letters={min(len(plain), 8)}", f"words={length}", f"kind={kind} words={length}"]
    features += [f"begins={plain[:2]}", f"begins={plain[:3]}", f"ends={plain[-2:]}", f"ends={plain[-3:]}"]
    if word.group()[0].isupper():
        features.append("capital")
    if not any(letter in "aeiouy" for letter in plain):
        features.append("no vowel")
    if len(words) <= _SHORT and all(_read(other[0])[0] not in ("word", "none") for other in words):
        features.append(f"all strange {len(words)}")
    for step in _WINDOW:
        beside = words[index + step] if 0 <= index + step < len(words) else None
        other = _read(beside[0])[1] if beside else "<>"
        features.append(f"{step:+d}={other}")
        if abs(step) == 1:
            features += _beside(text, word, beside, step, kind)
    return features


def _beside(text: str, word: re.Match[str], beside: re.Match[str] | None, step: int, kind: str) -> Iterator[str]:
    if step < 0:
        gap = text[beside.end() if beside else 0 : word.start()]
    else:
        gap = text[word.end() : beside.start() if beside else len(text)]
    other = _read(beside[0])[0] if beside else "<>"
    between = "number" if any(map(str.isdigit, gap)) else "mark" if gap.strip() else "blank"
    yield f"{step:+d} kind={other}"
    yield f"{step:+d} kind={other} own={kind}"
    yield f"{step:+d} gap={between}"
