"""Names of people whom the study does not know: by what stands around them, by lists of names, by a language model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from voc_engine.privacy.known_names import is_shouted
from voc_engine.privacy.name_lists import (
    DAYS,
    MONTHS,
    folded,
    is_english,
    is_given,
    is_word,
    listed,
    may_be_surname,
    phrases,
    single,
    starts_sentence,
)
from voc_engine.redact.name_cues import Cue, cues_in

Entities = Callable[[str], Sequence[tuple[int, int, str]]]


def _letters(kind: Callable[[str], bool], last: int) -> str:
    """A class of all letters of one case up to a code point: Latin with Vietnamese, Greek, Cyrillic, Armenian."""
    found = [code for code in range(last) if kind(chr(code))]
    starts = [code for code in found if not kind(chr(code - 1))]
    ends = [code for code in found if not kind(chr(code + 1))]
    return "[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in zip(starts, ends, strict=True)) + "]"


_LAST_CASED = 0x2000
_UP = _letters(str.isupper, _LAST_CASED)
_LOW = _letters(str.islower, _LAST_CASED)
_WORD = (
    rf"{_UP}(?:['’]{_UP})?{_LOW}+(?:{_UP}{_LOW}+)?(?:(?:['’](?!s\b)|-){_UP}?{_LOW}+)*|{_UP}{{2,}}(?:['’-]{_UP}{{2,}})*"
)
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|la|le|el|al|bin|ibn|dos|das|du|ter|ten|zu|af|O['’])"
_RUN = re.compile(
    rf"(?<![\w@#/.'’-])(?:{_WORD})(?:(?: {_PARTICLE}){{0,2}} (?:{_WORD}|{_UP}\.?(?!\w)))*(?![\w@/]|\.\w|-\w)"
)
_SURNAME = re.compile(
    rf" (?:{_PARTICLE} ){{0,2}}(?P<name>{_UP}(?:['’]{_UP})?{_LOW}+(?:-{_UP}{_LOW}+)?)(?![\w@/]|\.\w|-\w)"
)
# "I am Swedish": what a people or a faith is called.
_OF_A_PEOPLE = re.compile(r"(?:ish|an|ese|ic|ist|im|ite|i)$")
_STOPS = re.compile(r" ?(?:[.,!]|$|\n)| (?:and|from) ")
_SMALL = re.compile(r"[^\W\d_]{3,30}+(?:(?![\w@.])|(?=\.?(?:\s|$)))")
_SMALL_BEFORE = re.compile(r"(?<!\S)[^\W\d_A-Z]{3,30} $")
_MOST_SMALL = 3
_MOST_NAMES = 4
_JOINED = re.compile(rf" {_PARTICLE} $")
_TOKEN = re.compile(rf"{_WORD}|{_UP}\.?")
_PLACE_BEFORE = re.compile(r"\b(?:(?i:San|Santa|Saint|St\.?|Sao|São)|Fort|Port|Mount|Mt\.?|Lake|New|Los|Las|Cape) $")
_BRAND_SUFFIX = re.compile(
    r"^ (?:Inc|Ltd|LLC|GmbH|Corp|Co|Bank|Airlines|Airport|Park|Street|Hotel|Store|Pro|App|Plus|Max)\b"
)
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


def people_in(text: str, taken: Sequence[tuple[int, int]], entities: Entities | None) -> list[Person]:
    """Names of people in a text, in order, without those that touch a stretch in ``taken``.

    ``entities`` is asked where capitals leave a doubt; None for texts that are read by cues and lists alone.
    """
    blocked = [*taken, *_phrases_in(text)]
    found = {(one.start, one.end): one for one in _by_cue(_quiet(text)) if not _touches(one, blocked)}
    runs = list(_RUN.finditer(text))
    labels: Sequence[tuple[int, int, str]] = ()
    if entities is not None and runs and is_english(text):
        labels = _labels_of(text, runs, entities)
    for match in runs:
        for one in _by_list(text, match, labels):
            if not _touches(one, blocked) and not _touches(one, list(found)):
                found[one.start, one.end] = one
    for one in _beside(text, sorted(found.values())):
        if not _touches(one, blocked) and not _touches(one, list(found)):
            found[one.start, one.end] = one
    return sorted(found.values())


def surname_end(text: str, at: int) -> int:
    """Where a family name ends that follows a first name which ends at ``at``; ``at`` where none follows."""
    token = _SURNAME.match(text, at)
    if token is None or _BRAND_SUFFIX.match(text, at) or _is_possessive_brand(text, token):
        return at
    plain = folded(token.group("name"))
    other = is_word(plain) or plain in NO_NAME | DAYS | MONTHS | single("brands") | listed("places")
    known = plain in listed("surnames")
    return token.end() if not other and (known or not is_given(plain)) and len(plain) > 2 else at


def _touches(one: Person, spans: Sequence[tuple[int, int]]) -> bool:
    return any(one.start < end and start < one.end for start, end in spans)


def _phrases_in(text: str) -> Iterator[tuple[int, int]]:
    plain = folded(text)
    for phrase in phrases("brands"):
        at = plain.find(phrase)
        while at >= 0:
            yield at, at + len(phrase)
            at = plain.find(phrase, at + 1)


def _quiet(text: str) -> str:
    """A text in capitals as if it were in small letters, in which a capital says nothing either; any other as it is."""
    low = text.lower()
    return low if is_shouted(text) and len(low) == len(text) else text


def _by_cue(text: str) -> Iterator[Person]:
    for cue in cues_in(text):
        named = _name_at(text, cue)
        if named is not None:
            yield named


def _name_at(text: str, cue: Cue) -> Person | None:
    """The name that begins where a cue points, as far as it reaches."""
    run = _RUN.match(text, cue.at)
    if run is None:
        return _small_name(text, cue)
    tokens = list(_TOKEN.finditer(text, run.start(), run.end()))
    first = folded(tokens[0].group())
    if (
        _is_possessive_brand(text, tokens[0])
        or _is_compound(tokens[0].group())
        or (is_word(first) and text.startswith(" of ", tokens[0].end()))
    ):
        return None
    if cue.introduced and len(first) > 2 and set(first) != {"x"} and first not in NO_NAME | DAYS:
        return Person(run.start(), _introduced_end(tokens), sure=True)
    if cue.itself and len(tokens) == 1 and len(first) > 2 and _is_strange(first) and not _OF_A_PEOPLE.search(first):
        return Person(run.start(), run.end(), sure=True) if _STOPS.match(text, run.end()) else None
    kept = [tokens[0]] if _may_be_cued(folded(tokens[0].group()), cue, shouted=tokens[0].group().isupper()) else []
    for token in tokens[1:] if kept else ():
        plain = folded(token.group().rstrip("."))
        known = may_be_surname(plain) or is_given(plain) or _behind_particle(text, token)
        if plain in NO_NAME or (is_word(plain) and not known):
            break
        kept.append(token)
    return Person(kept[0].start(), kept[-1].end(), sure=True) if kept else None


def _is_compound(word: str) -> bool:
    """ "OpenTelemetry": two words run together are a product's name, unless they are a listed name or a McGrath."""
    inner = re.search(rf"(?<={_LOW}){_UP}", word)
    return inner is not None and not is_given(folded(word)) and not word.startswith(("Mc", "Mac", "De", "La", "Fitz"))


def _introduced_end(tokens: Sequence[re.Match[str]]) -> int:
    """Where a name ends behind "my name is": up to four capitalised words, up to one that is of no name."""
    last = 1
    while (
        last < min(len(tokens), _MOST_NAMES) and folded(tokens[last].group().rstrip(".")) not in NO_NAME | DAYS | MONTHS
    ):
        last += 1
    return tokens[last - 1].end()


def _behind_particle(text: str, token: re.Match[str]) -> bool:
    """ "van Loon": what follows such a word is of the name, whatever else it means."""
    return bool(_JOINED.search(text, max(0, token.start() - 12), token.start()))


def _may_be_cued(plain: str, cue: Cue, *, shouted: bool = False) -> bool:
    if plain in NO_NAME or (plain in DAYS) or (len(plain) < 2):
        return False
    if shouted and not (is_given(plain) or plain in listed("surnames")):
        return False
    if cue.strong:
        given = is_given(plain) or plain in listed("surnames")
        return given or not (is_word(plain) or plain in single("brands") or plain in listed("places"))
    if plain in single("brands") or plain in listed("places"):
        return False
    return is_given(plain) or (not is_word(plain) and plain in listed("surnames"))


def _small_name(text: str, cue: Cue) -> Person | None:
    """A name typed in small letters counts behind a cue only: a given name, or, where the cue is strong, two words that
    are none of the language and of which the second is a family name. Behind "my name is" any such words do.
    """
    words = _small_words(text, cue.at)
    if words and cue.strong and (before := _SMALL_BEFORE.search(text, max(0, cue.at - _LONGEST_JOINT), cue.at)):
        # "sophy santino from billing": what is pointed at may be the family name alone.
        words = [before, *words] if _is_strange(folded(before.group().strip())) else words
    if not words:
        return None
    plain = [folded(one.group().strip()) for one in words]
    strange = next((n for n, one in enumerate(plain) if not _is_strange(one)), len(plain))
    given = is_given(plain[0]) and strange > 0
    full = strange > 1 and may_be_surname(plain[1])
    if not (given or (cue.strong and full) or (cue.introduced and strange)):
        return None
    end = strange if cue.introduced else 2 if full else 1
    return Person(words[0].start(), words[end - 1].end(), sure=True)


def _small_words(text: str, at: int) -> list[re.Match[str]]:
    """Up to three words in small letters from a place on."""
    found: list[re.Match[str]] = []
    while len(found) < _MOST_SMALL and (match := _SMALL.match(text, at)) and match.group().islower():
        found.append(match)
        if text[match.end() : match.end() + 1] != " ":
            break
        at = match.end() + 1
    return found


def _is_strange(plain: str) -> bool:
    """Whether a folded word is none of the language, of a place or a brand."""
    other = plain in NO_NAME or plain in listed("places") or plain in single("brands")
    return not other and not is_word(plain)


def _labels_of(text: str, runs: Sequence[re.Match[str]], entities: Entities) -> list[tuple[int, int, str]]:
    """What the model says of the sentences in which capitals leave a doubt that it may settle."""
    found: list[tuple[int, int, str]] = []
    done = 0
    for run in runs:
        if run.start() < done or not _is_doubtful(text, run):
            continue
        start = max((match.end() for match in _ENDS.finditer(text, max(0, run.start() - _WINDOW), run.start())),
                    default=max(0, run.start() - _WINDOW))  # fmt: skip
        ending = _ENDS.search(text, run.end(), run.end() + _WINDOW)
        done = ending.end() if ending else min(len(text), run.end() + _WINDOW)
        found += [(start + left, start + right, label) for left, right, label in entities(text[start:done])]
    return found


def _is_doubtful(text: str, run: re.Match[str]) -> bool:
    """Whether the answer of the model would change anything: see ``_reach``."""
    tokens = [one.group().rstrip(".") for one in _TOKEN.finditer(run.group())]
    strange = 0
    for place, token in enumerate(tokens):
        one = folded(token)
        if token.isupper() and not is_given(one):
            continue
        if one in NO_NAME or one in DAYS or one in single("brands") or one in listed("places"):
            continue
        if is_given(one) and is_word(one):
            if place or not starts_sentence(text, run.start()):
                return True
        elif not is_word(one) and not is_given(one) and len(one) > 1:
            strange += 1
            if one in listed("surnames"):
                return True
    return strange > 1 or (strange == 1 and bool(_ACTS.match(text, run.end())))


def _by_list(text: str, run: re.Match[str], labels: Sequence[tuple[int, int, str]]) -> Iterator[Person]:
    """Names within one run of capitalised words."""
    tokens = list(_TOKEN.finditer(text, run.start(), run.end()))
    plain = [folded(one.group().rstrip(".")) for one in tokens]
    at = 0
    while at < len(tokens):
        end = _reach(text, tokens, plain, at, labels)
        if end > at:
            first = at - 1 if end - at == 1 and at and _strange_before(text, tokens, at, labels) else at
            yield Person(tokens[first].start(), tokens[end - 1].end(), sure=end - first > 1)
        at = max(end, at + 1)


def _reach(
    text: str, tokens: Sequence[re.Match[str]], plain: Sequence[str], at: int, labels: Sequence[tuple[int, int, str]]
) -> int:
    """Number of the token behind the name that begins at token ``at``; ``at`` itself where none begins."""
    first = plain[at]
    if first in NO_NAME or len(first) < 2 or _is_compound(tokens[at].group()):
        return at
    if _is_possessive_brand(text, tokens[at]):
        return at
    if _PLACE_BEFORE.search(text, max(0, tokens[at].start() - 8), tokens[at].start()):
        return at
    label = _label_of(tokens[at], labels)
    given, surname = is_given(first), first in listed("surnames")
    other_thing = first in single("brands") or first in listed("places") or first in MONTHS or first in DAYS
    shouted = tokens[at].group().isupper() and len(first) > 1
    last = at + 1
    while last < len(plain) and (
        _behind_particle(text, tokens[last])
        or _goes_on(plain[last], label, _label_of(tokens[last], labels), sure=given and not is_word(first))
    ):
        last += 1
    full = last > at + 1 and (may_be_surname(plain[last - 1]) or (label == "PERSON" and not is_word(plain[last - 1])))
    if _BRAND_SUFFIX.match(text, tokens[last - 1].end()) or (shouted and not (given and full)):
        return at
    if given and full and (not other_thing or (label == "PERSON" and plain[last - 1] in listed("surnames"))):
        return last
    if other_thing:
        return at
    if last == at + 1 and _ARTICLE.search(text, max(0, tokens[at].start() - 8), tokens[at].start()):
        # "the Mario": an article makes a kind of it, a title or a brand.
        return at
    if given and not is_word(first):
        return at if first in _SHORT_MONTHS and _NO_NAME_NEXT.match(text, tokens[at].end()) else last
    if given and _acts(text, tokens, at):
        return last
    if at and is_word(plain[at - 1]) and plain[at - 1] not in NO_NAME and not is_given(plain[at - 1]):
        # "Dividend Miles": the last word of a title or a product.
        return at
    if not is_word(first) and label == "PERSON" and last == at + 1 and len(first) > 2 and _acts(text, tokens, at):
        return last
    if label != "PERSON":
        return at
    if last < len(plain) and is_word(first) and is_word(plain[last]) and not is_given(plain[last]):
        # "Will Call": the first word of a title or a product.
        return at
    if (
        given
        and not starts_sentence(text, tokens[at].start())
        and not _NO_NAME_NEXT.match(text, tokens[last - 1].end())
    ):
        return last
    known_end = plain[last - 1] in listed("surnames") and last > at + 1
    if known_end or (surname and not is_word(first)):
        return last if not is_word(first) or given else at
    strange = not any(is_word(one) or one in single("brands") or one in listed("places") for one in plain[at:last])
    return last if strange and last > at + 1 else at


def _strange_before(
    text: str, tokens: Sequence[re.Match[str]], at: int, labels: Sequence[tuple[int, int, str]]
) -> bool:
    """Whether a family name that the model found alone has its rare given name before it: "Petter Lindqvist"."""
    if folded(tokens[at].group()) not in listed("surnames") or _label_of(tokens[at], labels) != "PERSON":
        return False
    before, plain = tokens[at - 1], folded(tokens[at - 1].group())
    other = is_word(plain) or plain in NO_NAME | DAYS | MONTHS | single("brands") | listed("places")
    return not other and len(plain) > 2 and not before.group().isupper() and not starts_sentence(text, before.start())


_SHORT_MONTHS = frozenset(
    re.findall(
        r"\S+",
        "jan mar jun jul aug sep oct nov dec april june august",
    )
)
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]n?|mega|super|giant) $")
_ENDS = re.compile(r"[.!?…]\s+|\n+")
_WINDOW = 400
_NO_NAME_NEXT = re.compile(r" (?:of|you|it|this|that|they|we|I|there|the|to|my|your|for)\b| ?\d")
_ACTS = re.compile(
    r" (?:said|says|told|asked|wrote|showed|will|helped|refused|promised|called|sent|knows|marked|quit)\b"
)


def _acts(text: str, tokens: Sequence[re.Match[str]], at: int) -> bool:
    """ "Will will", "Mark told": no other word than a name does so."""
    return bool(_ACTS.match(text, tokens[at].end()))


def _goes_on(plain: str, label: str, own: str, *, sure: bool) -> bool:
    """Whether a capitalised word behind a given name is of the name."""
    if plain in NO_NAME or plain in DAYS or plain in MONTHS or plain in single("brands"):
        return False
    if len(plain) == 1 or plain in listed("surnames") or (label == own == "PERSON" and sure):
        return True
    return not is_word(plain) and plain not in listed("places") and (label == own or not is_given(plain))


def _is_possessive_brand(text: str, token: re.Match[str]) -> bool:
    """ "Wendy's", "Levi's": the brand bears its founder's name."""
    ending = text[token.end() : token.end() + 2].replace("’", "'")
    return ending == "'s" and folded(token.group()) + ending in single("brands")


def _label_of(token: re.Match[str], labels: Sequence[tuple[int, int, str]]) -> str:
    for start, end, label in labels:
        if start < token.end() and token.start() < end:
            return label
    return ""


_AND = re.compile(r"(?:['’]s)?(?:,? (?:and|or|&|&amp;|und|et|y) |, )(?=[^\W\d_])")
_AND_BEFORE = re.compile(rf"(?P<name>{_WORD})(?:,? (?:and|&|&amp;|und|et|y) |, )$")
_LONGEST_JOINT = 40


def _beside(text: str, people: Sequence[Person]) -> Iterator[Person]:
    """Names in a row with another: "cc Hannah and Mohammed", "Delaney and Shawn", "John and Vicki and rich"."""
    waiting = list(people)
    while waiting:
        one = waiting.pop()
        for other in (_behind(text, one), _before(text, one)):
            if other is not None:
                yield other
                if other.start > one.start:
                    waiting.append(other)


def _behind(text: str, one: Person) -> Person | None:
    joint = _AND.match(text, one.end)
    if joint is None:
        return None
    run = _RUN.match(text, joint.end())
    if run is None:
        small = _SMALL.match(text, joint.end())
        return Person(*small.span(), one.sure) if small and _is_small_given(text, small) else None
    token = _TOKEN.match(run.group())
    if token is None or _is_possessive_brand(text, token):
        return None
    plain = folded(token.group())
    if is_given(plain) and plain not in single("brands") | listed("places") and plain not in NO_NAME:
        return Person(run.start(), _full_end(text, run), one.sure)
    alone = " " not in run.group() and not run.group().isupper()
    return Person(run.start(), run.end(), one.sure) if one.sure and alone and _is_strange_name(plain) else None


def _full_end(text: str, run: re.Match[str]) -> int:
    """Where a name ends that begins a run of capitals with a given name: behind initials and family names."""
    first, *more = _TOKEN.finditer(text, run.start(), run.end())
    end = first.end()
    for token in more:
        plain = folded(token.group().rstrip("."))
        if len(plain) > 1 and not may_be_surname(plain):
            break
        end = token.end()
    return end


def _is_small_given(text: str, small: re.Match[str]) -> bool:
    """ "John and Vicki and rich." names a third only where nothing follows that "rich" would tell of."""
    plain = small.group()
    ends = text[small.end() : small.end() + 1] in ("", ".", ",", "!", "?", "\n")
    return plain.islower() and is_given(plain) and ends and plain not in listed("places")


def _before(text: str, one: Person) -> Person | None:
    joint = _AND_BEFORE.search(text, max(0, one.start - _LONGEST_JOINT), one.start)
    if joint is None or (joint.start() and text[joint.start() - 1] in "-_@#/.'’"):
        return None
    return Person(*joint.span("name")) if _is_strange_name(folded(joint["name"])) else None


def _is_strange_name(plain: str) -> bool:
    known = is_given(plain) or may_be_surname(plain)
    return known and _is_strange(plain) and plain not in DAYS | MONTHS
