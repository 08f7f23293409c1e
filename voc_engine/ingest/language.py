"""Which language a text is written in; None rather than a guess.

Identification by naive Bayes over byte n-grams (Lui and Baldwin 2012, langid.py; the model is py3langid's). Short texts,
slang and names mislead every identifier, and an English text that is set aside is a voice lost: so what belongs to no
language is taken out first, little text and unsure answers give None, and so does a text with a good part of English
in it that is taken for another language.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from voc_engine.records import EVIDENCE_ROLES, Document, Utterance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voc_engine.ingest.word_walk import WordWalk

MIN_LETTERS = 20  # a choice: some four words; langid errs often on shorter texts
MIN_PROBABILITY = 0.9  # a choice: an English text that is set aside is a voice lost
# The beginning shows the language of a long text as well; more would only cost time.
READ = 4_000

# The languages that are told apart. Regional ones are left out on purpose: short English texts are often taken for one
# of them, and hardly a customer writes to support in them.
_TOLD_APART = (
    "af ar az be bg bn bs ca cs da de el en es et eu fa fi fr gl gu he hi hr hu hy id is it ja ka kk km kn ko lt "
    "lv mk ml mn mr ms my ne nl no pa pl pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh"
)
# One sentence does not tell these apart; together they have to be sure, and the likeliest is named.
_KIN = ("es pt gl ca", "ru uk be bg mk sr", "da no sv", "cs sk", "hr sr bs sl", "id ms", "nl af", "hi mr ne")

# Marks in brackets ([email], [NAME]), placeholders, code between backticks, tags and entities.
_MARKS = re.compile(r"\[[\w .-]{1,30}\]|\{\{[^{}]{0,200}\}\}|`[^`]{0,400}`|</?\w[^<>]{0,200}>|&\w{2,8};")
_MARK_SIGNS = "[{`<&"  # one of them begins each
# What stands between spaces, in scripts that put spaces between words.
_RUN = re.compile(r"[!-~\u00a1-\u024f\u0370-\u06ff]+")
# Addresses, handles, hashtags; then what has digits or underscores, dots or slashes inside, or CamelCase; rows of X,
# which are masks.
_CODE = re.compile(r"[@#]|www\.|.*://|.*[\d_\\@]|.*[^\W\d]\.\w|.*/.*/|\w*[a-z][A-Z]|\W*X{2,}\W*$")
# Whatever ``_CODE`` matches holds one of these: most texts hold none, and are not taken apart.
_MAY_BE_CODE = re.compile(r"[@#/\\\d_]|www\.|[^\W\d]\.\w|[a-z][A-Z]|XX")
_LAUGHTER = re.compile(r"[ab]?(?:[hj]+[aeio]+){2,}[hj]?|l+o+l+|r?o?f?lm?f?ao+|rofl|x+d+|o+mg+|h+m+", re.I)
_STRETCHED = re.compile(r"(\w)\1{2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# A character of these scripts says about as much as three letters of an alphabet.
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")

# Grammar words of English that are hardly a word of any other language: about a quarter of the words of English.
_ENGLISH = (
    "the and you your that this these those they their them there what which who when where why how with without would"
    " could should can't don't doesn't didn't isn't wasn't won't it's i'm i've i'd you're they're been because about"
    " from into than then just only very much many every other she have are of my"
)
_ENGLISH_SHARE = 0.12
_ENGLISH_WORDS = 3
# So much of it, and nothing else needs to be asked: the identifier takes most of the time of reading a ticket.
_PLAINLY_ENGLISH_SHARE = 0.15
_PLAINLY_ENGLISH_WORDS = 8
_LONGEST_LAUGHTER = 30  # longer ones cost the search too much


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language that the text is surely written in; None where it is not sure.

    Loads the identifier at first use.
    """
    text = text[:READ]
    if _is_plainly_english(text):
        return "en"
    words = plain(text)
    if _letters(words) < MIN_LETTERS:
        return None
    code, probability = _identifier().likeliest(words)
    if code in _near():
        probability = sum(each for other, each in _identifier().rank(words) if other in _near()[code])
    sure = probability >= MIN_PROBABILITY
    return code if sure and (code == "en" or not _has_english(words)) else None


@cache
def _near() -> dict[str, frozenset[str]]:
    """Each language that one sentence does not tell from others, with all of these."""
    groups = [frozenset(kin.split()) for kin in _KIN]
    return {code: frozenset[str]().union(*(one for one in groups if code in one)) for kin in groups for code in kin}


def enough(text: str) -> bool:
    """Whether there are words enough to tell the language by."""
    return _letters(plain(text[:READ])) >= MIN_LETTERS


def language_of_evidence(document: Document, utterances: Sequence[Utterance]) -> str | None:
    """The language of what customers say in a document: not of interviewers, agents, bots, quoted mail, signatures."""
    excerpts, length = [], 0
    for turn in utterances:
        if turn.role in EVIDENCE_ROLES and turn.cut is None and length < READ:
            excerpts.append(document.text[turn.start : min(turn.end, turn.start + READ)])
            length += len(excerpts[-1])
    return language_of("\n".join(excerpts))


def plain(text: str) -> str:
    """The words of a text without what belongs to no language: addresses, handles, hashtags, numbers, codes, laughter."""
    text = _MARKS.sub(" ", text) if any(sign in text for sign in _MARK_SIGNS) else text
    if _MAY_BE_CODE.search(text):
        text = _RUN.sub(lambda run: " " if _CODE.match(run[0]) else run[0], text)
    return " ".join(filter(None, map(_shortened, _WORD.findall(text))))


@lru_cache(maxsize=20_000)
def _shortened(word: str) -> str:
    """The word without more than two of a letter in a row; "" for laughter."""
    word = _STRETCHED.sub(r"\1\1", word)
    return "" if len(word) <= _LONGEST_LAUGHTER and _LAUGHTER.fullmatch(word) else word


def _letters(words: str) -> int:
    if words.isascii():
        return len(words) - words.count(" ") - words.count("'")
    return sum(map(str.isalpha, words)) + 2 * len(_DENSE.findall(words))


def _is_plainly_english(text: str) -> bool:
    tokens = text.casefold().replace("’", "'").split()
    english = _english_words()
    grammar = [word for word in tokens if word in english]
    return len(grammar) >= _PLAINLY_ENGLISH_SHARE * len(tokens) and len(set(grammar)) >= _PLAINLY_ENGLISH_WORDS


def _has_english(words: str) -> bool:
    tokens = words.casefold().replace("’", "'").split()
    amount = sum(word in _english_words() for word in tokens)
    return amount >= _ENGLISH_WORDS and amount >= _ENGLISH_SHARE * len(tokens)


@cache
def _english_words() -> frozenset[str]:
    return frozenset(_ENGLISH.split())


@cache
def _identifier() -> WordWalk:
    from py3langid.langid import MODEL_FILE

    from voc_engine.ingest.word_walk import WordWalk

    identifier: WordWalk = WordWalk.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_TOLD_APART.split())
    return identifier
