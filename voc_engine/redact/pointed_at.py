"""Names that the words around them tell of, in capitals or in small letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voc_engine.language.stop_words import is_stop
from voc_engine.privacy.known_names import is_shouted
from voc_engine.privacy.name_lists import (
    DAYS,
    MONTHS,
    SHORT_NAME,
    folded,
    is_given,
    is_word,
    listed,
    may_be_surname,
    single,
)
from voc_engine.redact.name_cues import Cue, cues_in
from voc_engine.redact.side_by_side import LONGEST_JOINT
from voc_engine.redact.writing import (
    NO_NAME,
    RUN,
    SMALL,
    TOKEN,
    Person,
    is_behind_particle,
    is_compound,
    is_possessive_brand,
    is_strange,
)

_OF_A_PEOPLE = re.compile(r"(?:ish|an|ese|ic|ist|im|ite|i)$")
_STOPS = re.compile(r" ?(?:[.,!]|$|\n)| (?:and|from) ")
_SMALL_BEFORE = re.compile(r"(?<!\S)[^\W\d_A-Z]{3,30} $")
_MOST_SMALL = 3  # words in small letters: first name, middle name and surname
_MOST_NAMES = 4  # words in capitals; a choice: with a particle; what follows is another matter


def _quiet(text: str) -> str:
    """A text in capitals as if it were in small letters, in which a capital says nothing either; any other as it is."""
    low = text.lower()
    return low if is_shouted(text) and len(low) == len(text) else text


def named_by_cues(text: str) -> Iterator[Person]:
    text = _quiet(text)
    for cue in cues_in(text):
        named = _name_at(text, cue)
        if named is not None:
            yield named


def _name_at(text: str, cue: Cue) -> Person | None:
    """The name that begins where a cue points, as far as it reaches."""
    run = RUN.match(text, cue.at)
    if run is None:
        return _small_name(text, cue)
    tokens = list(TOKEN.finditer(text, run.start(), run.end()))
    first = folded(tokens[0].group())
    if (
        is_possessive_brand(text, tokens[0])
        or is_compound(tokens[0].group())
        or (is_word(first) and text.startswith(" of ", tokens[0].end()))
    ):
        return None
    if cue.introduced and len(first) > SHORT_NAME and set(first) != {"x"} and first not in NO_NAME | DAYS:
        return Person(run.start(), _introduced_end(tokens), sure=True)
    if (
        cue.itself
        and len(tokens) == 1
        and len(first) > SHORT_NAME
        and is_strange(first)
        and not _OF_A_PEOPLE.search(first)
    ):
        return Person(run.start(), run.end(), sure=True) if _STOPS.match(text, run.end()) else None
    named = [tokens[0]] if _may_be_cued(folded(tokens[0].group()), cue, shouted=tokens[0].group().isupper()) else []
    for token in tokens[1:] if named else ():
        plain = folded(token.group().rstrip("."))
        of_name = may_be_surname(plain) or is_given(plain) or is_behind_particle(text, token)
        # "I'm Josh Good and want ...": behind a sure given name no other word has a capital.
        of_name = of_name or (cue.itself and token is tokens[1] and is_given(first) and not is_word(first))
        if plain in NO_NAME or (is_word(plain) and not of_name):
            break
        named.append(token)
    return Person(named[0].start(), named[-1].end(), sure=True) if named else None


def _introduced_end(tokens: Sequence[re.Match[str]]) -> int:
    """Where a name ends behind "my name is": up to four capitalised words, up to one that is of no name."""
    last = 1
    while (
        last < min(len(tokens), _MOST_NAMES) and folded(tokens[last].group().rstrip(".")) not in NO_NAME | DAYS | MONTHS
    ):
        last += 1
    return tokens[last - 1].end()


def _may_be_cued(plain: str, cue: Cue, *, shouted: bool = False) -> bool:
    if plain in NO_NAME or plain in DAYS or len(plain) <= 1:
        return False
    if shouted and not (is_given(plain) or plain in listed("surnames")):
        return False
    if cue.strong:
        listed_name = is_given(plain) or plain in listed("surnames")
        return listed_name or not (is_word(plain) or plain in single("brands") or plain in listed("places"))
    if plain in single("brands") or plain in listed("places"):
        return False
    return is_given(plain) or (not is_word(plain) and plain in listed("surnames"))


def _small_name(text: str, cue: Cue) -> Person | None:
    """A name typed in small letters counts behind a cue only: a given name, or, where the cue is strong, two words that
    are none of the language and of which the second is a family name. Behind "my name is" any such words do.
    """
    words = _small_words(text, cue.at)
    if words and cue.strong and (before := _SMALL_BEFORE.search(text, max(0, cue.at - LONGEST_JOINT), cue.at)):
        # "sophy santino from billing": what is pointed at may be the family name alone.
        words = [before, *words] if is_strange(folded(before.group().strip())) else words
    if not words:
        return None
    plain = [folded(one.group().strip()) for one in words]
    strange = _strange(plain)
    with_given_name = is_given(plain[0]) and strange > 0
    full = strange > 1 and may_be_surname(plain[1])
    called = cue.introduced and (strange or _may_be_called(plain[0]))
    if not (with_given_name or (cue.strong and full) or called):
        return None
    end = 1 + _strange(plain[1:]) if cue.introduced else 2 if full else 1
    return Person(words[0].start(), words[end - 1].end(), sure=True)


def _may_be_called(plain: str) -> bool:
    """ "my name is mark": a word may be a name there, unless it is one of grammar ("my name is spelled")."""
    return is_given(plain) or not (is_stop(plain) or plain in NO_NAME or plain.endswith(("ed", "ing")))


def _strange(plain: Sequence[str]) -> int:
    """How many words from the first one on are none of the language."""
    return next((n for n, one in enumerate(plain) if not is_strange(one)), len(plain))


def _small_words(text: str, at: int) -> list[re.Match[str]]:
    """Up to three words in small letters from a place on."""
    words: list[re.Match[str]] = []
    while len(words) < _MOST_SMALL and (match := SMALL.match(text, at)) and match.group().islower():
        words.append(match)
        if text[match.end() : match.end() + 1] != " ":
            break
        at = match.end() + 1
    return words
