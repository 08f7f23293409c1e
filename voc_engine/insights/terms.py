"""What a claim is about: its content words, stemmed and weighted, as sparse rows beside the sentence vectors.

Sentence vectors put what sounds alike side by side ("no reply from support", "no reply from the school"); shared
content words tell whether it is about the same thing. A stem is a crude suffix cut (after Porter 1980, step 1): it
only has to be the same for "code", "codes" and "coded".
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from voc_engine.insights.polarity import BAD, GOOD, SCALES, is_negator, words
from voc_engine.insights.units import Unit
from voc_engine.records import Mention

ADDRESS = re.compile(r"https?://\S+|www\.\S+|@\w+|\bRT\b")
HANDLE = re.compile(r"@(\w+)")
LEAST_HANDLES = 3  # a name addressed this often is whom they write to, not what they write about
_STOP = frozenset(
    words(
        """a an the to of in on for and or nor but if then than as at by with from into onto off out up down over under
        about after before again against between during through until while because so too very just only even
        also still yet ever never not no none it its it's he him his she her hers they them their theirs we us
        our ours you your yours i me my mine myself yourself this that these those there here what which who
        whom whose when where why how all any both each few more most much many other another some such own
        same every everything something anything nothing someone anyone everyone one ones is am are was were
        be been being isn't aren't wasn't weren't i'm i've i'd i'll you're you've he's she's we're we've
        they're they've that's there's let's do does did doing done don't doesn't didn't have has had having
        haven't hasn't hadn't can could cannot can't couldn't will would won't wouldn't shall should shouldn't
        may might must need needs get gets got getting gotten go goes going gone went gonna come make makes
        made making take takes took let put really quite rather pretty actually please thanks thank like well
        oh ok okay yes yeah hi hello hey dear lol im ive dont cant didnt doesnt isnt wasnt wont u ur r n amp
        etc monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
        fridays saturdays sundays january february march april june july august september october november
        december one two three four five six seven eight nine ten twelve first second third once twice half
        hundred mr mrs ms mum mom mother dad father wife husband brother sister son daughter friend friends
        thing things lot lots bit way kind sort now today yesterday"""
    )
)
_CUES = GOOD | BAD | frozenset(word for ends in SCALES for end in ends for word in end)
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ied", "ies", "edly", "ed", "es", "s", "ly")
RARE, LEAST_COMMON = 0.005, 4.0  # below this share or number of claims a word gets no rarer
QUOTE, STATEMENT, SLOT = 0.5, 1.0, 1.0  # weight of a word by where it stands


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The word without its commonest English endings."""
    word = word.removesuffix("'s").replace("'", "")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "eiy" else word


def content(text: str) -> list[str]:
    """Stems of the words of a text that carry content: no function words, numbers, links or @handles."""
    return [term for word in words(_addressless(text)) if (term := _term(word)) is not None]


def subject(text: str) -> frozenset[str]:
    """Stems of what a claim speaks of, without the words that tell how it leans."""
    said = words(_addressless(text))
    return frozenset(term for word in said if word not in _CUES and (term := _term(word)) is not None)


def _addressless(text: str) -> str:
    return ADDRESS.sub(" ", text) if any(mark in text for mark in ("@", "://", "www.", "RT")) else text


@lru_cache(maxsize=200_000)
def _term(word: str) -> str | None:
    """The stem of a word that carries content, None for the others."""
    if len(word) < 2 or word in _STOP or word.isdigit() or is_negator(word):
        return None
    return stem(word)


_VERDICTS = frozenset(
    stem(word)
    for word in words(
        """absolute absolutely absurd appalling awesome amazing atrocious beautiful best better beyond brilliant
        completely cool damn day definitely disappoint disappointed disappointing disappointment disgrace
        disgraceful disgusted disgusting embarrassing epic experience extremely fab fabulous fail fan
        fantastic feel fine fun funny garbage gonna guy guys help here hopeless horrendous hour impressed
        incredible insane joke kidding lame laughable lovely man mad nice omg outrageous pathetic people
        please pleased really ridiculous sad sadly seriously shame shocking sick sigh smh sorry stupid suck
        sucks super thank thankful time tired totally true truly unacceptable unbelievable unfortunate
        unfortunately unhappy unreal upset utter utterly wonderful word wow wtf yay yikes"""
    )
)


def says_what(mention: Mention) -> bool:
    """False for a bare verdict or cry ("Ridiculous!", "Please help"): no word tells what it is about."""
    said = words(_addressless(mention.quote))
    return any(word not in _CUES and (term := _term(word)) is not None and term not in _VERDICTS for word in said)


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
    for term in content(mention.object or ""):
        found[term] = STATEMENT + SLOT
    return {term: weight for term, weight in sorted(found.items()) if term not in names}
