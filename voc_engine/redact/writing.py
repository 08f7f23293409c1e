"""How names are written: letters of all scripts with case, words, runs of capitals, and what is no name in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from voc_engine.language.word_lists import word_list
from voc_engine.privacy.name_lists import folded, is_given, is_word, listed, single


def _letters(kind: Callable[[str], bool], last: int) -> str:
    """A class of all letters of one case up to a code point: Latin with Vietnamese, Greek, Cyrillic, Armenian."""
    codes = [code for code in range(last) if kind(chr(code))]
    starts = [code for code in codes if not kind(chr(code - 1))]
    ends = [code for code in codes if not kind(chr(code + 1))]
    return "[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True)) + "]"


_LAST_CASED = 0x2000  # of Latin with Vietnamese, Greek, Cyrillic, Armenian; above are signs that only look cased
UP = _letters(str.isupper, _LAST_CASED)
LOW = _letters(str.islower, _LAST_CASED)
WORD = rf"{UP}(?:['’]{UP})?{LOW}+(?:{UP}{LOW}+)?(?:(?:['’](?!s\b)|-){UP}?{LOW}+)*|{UP}{{2,}}(?:['’-]{UP}{{2,}})*"
_PARTICLES = sorted(word_list("name_particles", "common", "french", "dutch", "further"))
_PARTICLE = rf"(?:{'|'.join(_PARTICLES)}|O['’])"
RUN = re.compile(rf"(?<![\w@#/.'’-])(?:{WORD})(?:(?: {_PARTICLE}){{0,2}} (?:{WORD}|{UP}\.?(?!\w)))*(?![\w@/]|\.\w|-\w)")
SURNAME = re.compile(
    rf" (?:{UP}\.? )?(?:{_PARTICLE} ){{0,2}}(?P<name>{UP}(?:['’]{UP})?{LOW}+(?:-{UP}{LOW}+)?)(?![\w@/]|\.\w|-\w)"
)
SMALL = re.compile(r"[^\W\d_]{3,30}+(?:(?![\w@.])|(?=\.?(?:\s|$)))")
_JOINED = re.compile(rf" {_PARTICLE} $")
TOKEN = re.compile(rf"{WORD}|{UP}\.?")
_INNER_CAPITAL = re.compile(rf"(?<={LOW}){UP}")
# Titles of address, offices and the like that begin a run of capitals without belonging to a name.
NO_NAME = frozenset(
    re.findall(
        r"\S+",
        "mr mrs ms miss mx dr prof professor sir madam madame mister captain nurse support team customer "
        "service sales dear hi hello hey thanks thank regards cheers best kind all everyone everybody anyone "
        "guys folks there admin staff manager agent god jesus lord christ santa mom mum dad mama papa grandma "
        "grandpa granny nan uncle aunt auntie i im ok okay yes no lol omg wtf usa uk eu us faq api url app "
        "ios android pdf csv sql css html http https json xml wifi usb gps tv pc mac cpu gpu ram rom rpg npc "
        "dlc rt dm fyi asap eta ceo cto cfo coo vp hr it qa ux ui sms pin otp vip",
    )
)


@dataclass(frozen=True, order=True)
class Person:
    """A stretch that names somebody; ``sure`` where the words around it or the whole name say so."""

    start: int
    end: int
    sure: bool = False


def is_possessive_brand(text: str, token: re.Match[str]) -> bool:
    """ "Wendy's", "Levi's": the brand bears its founder's name."""
    ending = text[token.end() : token.end() + 2].replace("’", "'")
    return ending == "'s" and folded(token.group()) + ending in single("brands")


def is_compound(word: str) -> bool:
    """ "OpenTelemetry": two words run together are a product's name, unless they are a listed name or a McGrath."""
    inner = _INNER_CAPITAL.search(word)
    return inner is not None and not is_given(folded(word)) and not word.startswith(("Mc", "Mac", "De", "La", "Fitz"))


def is_behind_particle(text: str, token: re.Match[str]) -> bool:
    """ "van Loon": what follows such a word is of the name, whatever else it means."""
    return bool(_JOINED.search(text, max(0, token.start() - 12), token.start()))


def is_strange(plain: str) -> bool:
    """Whether a folded word is none of the language, of a place or a brand."""
    other = plain in NO_NAME or plain in listed("places") or plain in single("brands")
    return not other and not is_word(plain)
