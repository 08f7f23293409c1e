"""Words: folded for comparison, looked up in the room's lists and in the lexicon that comes with TextBlob."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from voc_engine.language.times import months, weekdays

# Letters of a name, or of a part of one, that may as well be initials or a syllable.
SHORT_NAME = 2
# What is left of a word without its ending says too little where it has no more letters: "as" + "ing".
_SHORT_STEM = 3
# Letters that no decomposition of Unicode takes apart.
_PLAIN = str.maketrans("łŁøØđĐıħĦ’‘", "lLoOdDihH''")
# Verbs and oddities of the lexicon that nobody uses as words; without them "peter" and "jack" could not be told. The last
# line's stood in small letters nowhere in 100,000 lines of talk, support and reviews, and with a capital inside a sentence.
_NO_WORDS = frozenset(
    re.findall(
        r"\S+",
        "jack peter jerry jimmy molly sally kitty randy dolly jenny bobby hector lynch willy nelly biddy nick "
        "barb lance jane timothy charlotte frances john charles bernard sandwich alex victoria jasmine derrick",
    )
)


def folded(text: str) -> str:
    """Lower case without diacritics; as many code points as ``text`` has, so that places stay the same."""
    if text.isascii():
        return text.lower()
    return "".join(map(_folded_char, text.translate(_PLAIN)))


@cache
def _folded_char(char: str) -> str:
    plain = unicodedata.normalize("NFKD", char)[:1].lower()
    return plain if len(plain) == 1 else char


# Lists that are read as one: our own, which holds names of many languages, and a census, the locales of a library and
# records of births, which hold rare ones.
_TOGETHER = {
    "given_names_by_hand": ("given_names", "given_names_other_scripts"),
    "given_names": (
        "given_names",
        "given_names_other_scripts",
        "census_given_names",
        "given_names_of_locales",
        "given_names_of_births",
    ),
}


@cache
def listed(name: str) -> frozenset[str]:
    """A list of single words, folded. Lines that begin with # tell what it is."""
    return frozenset(word for part in _TOGETHER.get(name, (name,)) for line in _lines(part) for word in line.split())


@cache
def phrases(name: str) -> tuple[str, ...]:
    """The lines of a list that hold more than one word, folded, the longest first."""
    return tuple(sorted((line for line in _lines(name) if " " in line), key=lambda one: (-len(one), one)))


@cache
def single(name: str) -> frozenset[str]:
    """The lines of a list that are one word, folded."""
    return frozenset(line for line in _lines(name) if " " not in line)


def _lines(name: str) -> list[str]:
    text = (resources.files("voc_engine.privacy.lists") / f"{name}.txt").read_text(encoding="utf-8")
    return [folded(line.strip()) for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """Folded given name -> what its bearer is also called, in both directions."""
    called: dict[str, set[str]] = {}
    for line in _lines("nicknames"):
        full, *short = line.split()
        called.setdefault(full, set()).update(short)
        for nickname in short:
            called.setdefault(nickname, set()).add(full)
    return {name: tuple(sorted(others - {name})) for name, others in called.items()}


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str]]:
    """Lower-case words of English, and words that the corpora know only as names (E. Brill's lexicon, Brown corpus and
    Penn Treebank, as TextBlob carries it)."""
    spec = find_spec("textblob")
    if spec is None or spec.origin is None:
        return frozenset(), frozenset()
    words: set[str] = set()
    names: set[str] = set()
    with open(Path(spec.origin).parent / "en" / "en-lexicon.txt", encoding="utf-8") as lines:
        for line in lines:
            word, _, tag = line.strip().rpartition(" ")
            if word.startswith(";;;") or not word.isalpha():
                continue
            if word[0].islower() and not tag.startswith("NNP"):
                words.add(folded(word))
            elif tag.startswith("NNP"):
                names.add(folded(word))
    return frozenset(words - _NO_WORDS), frozenset(names)


@cache
def is_word(word: str) -> bool:
    """Whether a folded word is one of the English language, whatever name it may be beside."""
    words, _ = _lexicon()
    if word in words or word in MONTHS or word in DAYS:
        return True
    stems = (word.removesuffix(end) for end in ("s", "es", "ed", "d", "ing", "er", "ers", "ly") if word.endswith(end))
    return (
        word not in listed("given_names")
        and word not in listed("surnames")
        and any(len(stem) > _SHORT_STEM and stem in words for stem in stems)
    )


@cache
def is_given(word: str) -> bool:
    """Whether a folded word is a given name, or two joined by a hyphen."""
    names = listed("given_names")
    first, hyphen, _ = word.partition("-")
    return word in names or bool(
        hyphen and len(first) > SHORT_NAME and first in names and first not in listed("places")
    )


def may_be_surname(word: str) -> bool:
    """Whether a folded word is a family name of somebody, as a word behind a given name or a sure cue may be."""
    return word in listed("surnames") or word in listed("census_surnames")


def is_english(text: str) -> bool:
    """Whether half of the small words of a text are English: a model of English takes other languages for names."""
    small = re.findall(r"(?<!\w)[^\W\d_A-Z]{2,}(?!\w)", text)
    return 2 * sum(is_word(folded(one)) for one in small) >= len(small)


MONTHS = months() | {"may"}
DAYS = weekdays()
SENTENCE_START = re.compile(r"(?:^|[.!?…\n:;]|[-–—•*>\"“(\[])\s*[\"'“‘(\[]*$")


def starts_sentence(text: str, position: int) -> bool:
    """Whether a capital at that place is one that any word would have there."""
    return bool(SENTENCE_START.search(text, max(0, position - 8), position)) or not text[:position].strip()
