"""Names of people whom the study does not know: by what stands around them, by lists of names, by a language model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from voc_engine.privacy.name_lists import (
    DAYS,
    MONTHS,
    folded,
    is_english,
    is_given,
    is_word,
    listed,
    phrases,
    single,
    starts_sentence,
)
from voc_engine.redact.name_cues import Cue, cues_in

Entities = Callable[[str], Sequence[tuple[int, int, str]]]

_UP = r"[A-ZÀ-ÖØ-ÞĀ-ŽŁ]"
_LOW = r"[a-zß-öø-ÿāăąćčďđēėęěğīıłńňōőœřśşšťūůűźżž]"
_WORD = rf"{_UP}(?:['’]{_UP})?{_LOW}+(?:(?:['’](?!s\b)|-){_UP}?{_LOW}+)*|{_UP}{{2,}}(?:['’-]{_UP}{{2,}})*"
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|la|le|el|al|bin|ibn|dos|das|du|ter|ten|zu|af|O['’])"
_RUN = re.compile(
    rf"(?<![\w@#/.'’-])(?:{_WORD})(?:(?: {_PARTICLE}){{0,2}} (?:{_WORD}|{_UP}\.?(?!\w)))*(?![\w@/]|\.\w|-\w)"
)
_SURNAME = re.compile(
    rf" (?:{_PARTICLE} ){{0,2}}(?P<name>{_UP}(?:['’]{_UP})?{_LOW}+(?:-{_UP}{_LOW}+)?)(?![\w@/]|\.\w|-\w)"
)
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
    found = {(one.start, one.end): one for one in _by_cue(text) if not _touches(one, blocked)}
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
    if _is_possessive_brand(text, tokens[0]):
        return None
    kept = [tokens[0]] if _may_be_cued(folded(tokens[0].group()), cue, shouted=tokens[0].group().isupper()) else []
    for token in tokens[1:] if kept else ():
        plain = folded(token.group().rstrip("."))
        known = plain in listed("surnames") or is_given(plain) or _behind_particle(text, token)
        if plain in NO_NAME or (is_word(plain) and not known):
            break
        kept.append(token)
    return Person(kept[0].start(), kept[-1].end(), sure=True) if kept else None


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
    """A name typed in small letters counts behind a cue only, when it is a given name and no word."""
    match = re.compile(r"[^\W\d_]{3,}(?![\w@.])|[^\W\d_]{3,}(?=\.?(?:\s|$))").match(text, cue.at)
    if match is None or not match.group().islower():
        return None
    plain = folded(match.group())
    if not is_given(plain) or is_word(plain) or plain in listed("places") or plain in single("brands"):
        return None
    end = match.end()
    more = re.compile(r" ([^\W\d_]{3,})(?!\w)").match(text, end)
    if more and folded(more.group(1)) in listed("surnames") and not is_word(folded(more.group(1))):
        end = more.end()
    return Person(match.start(), end, sure=True)


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
    return strange > 1


def _by_list(text: str, run: re.Match[str], labels: Sequence[tuple[int, int, str]]) -> Iterator[Person]:
    """Names within one run of capitalised words."""
    tokens = list(_TOKEN.finditer(text, run.start(), run.end()))
    at = 0
    while at < len(tokens):
        end = _reach(text, tokens, at, labels)
        if end > at:
            first = at - 1 if end - at == 1 and at and _strange_before(text, tokens, at, labels) else at
            yield Person(tokens[first].start(), tokens[end - 1].end(), sure=end - first > 1)
        at = max(end, at + 1)


def _reach(text: str, tokens: Sequence[re.Match[str]], at: int, labels: Sequence[tuple[int, int, str]]) -> int:
    """Number of the token behind the name that begins at token ``at``; ``at`` itself where none begins."""
    plain = [folded(one.group().rstrip(".")) for one in tokens]
    first = plain[at]
    if first in NO_NAME or len(first) < 2:
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
        _behind_particle(text, tokens[last]) or _goes_on(plain[last], label, _label_of(tokens[last], labels))
    ):
        last += 1
    full = last > at + 1 and (plain[last - 1] in listed("surnames") or label == "PERSON")
    if _BRAND_SUFFIX.match(text, tokens[last - 1].end()) or (shouted and not (given and full)):
        return at
    if given and full and (not other_thing or (label == "PERSON" and plain[last - 1] in listed("surnames"))):
        return last
    if other_thing:
        return at
    if given and not is_word(first):
        return at if first in _SHORT_MONTHS and _NO_NAME_NEXT.match(text, tokens[at].end()) else last
    if given and _acts(text, tokens, at):
        return last
    if label != "PERSON":
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
_ENDS = re.compile(r"[.!?…]\s+|\n+")
_WINDOW = 400
_NO_NAME_NEXT = re.compile(r" (?:of|you|it|this|that|they|we|I|there|the|to|my|your|for)\b| ?\d")
_ACTS = re.compile(
    r" (?:said|says|told|asked|wrote|showed|will|helped|refused|promised|called|sent|knows|marked|quit)\b"
)


def _acts(text: str, tokens: Sequence[re.Match[str]], at: int) -> bool:
    """ "Will will", "Mark told": no other word than a name does so."""
    return bool(_ACTS.match(text, tokens[at].end()))


def _goes_on(plain: str, label: str, own: str) -> bool:
    """Whether a capitalised word behind a given name is of the name."""
    if plain in NO_NAME or plain in DAYS or plain in MONTHS or plain in single("brands"):
        return False
    if len(plain) == 1 or plain in listed("surnames"):
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


_AND = re.compile(rf"(?:['’]s)?(?:,? (?:and|or|&|und|et|y) |, )(?={_UP})")


def _beside(text: str, people: Sequence[Person]) -> Iterator[Person]:
    """Names in a row with a sure one: "cc Hannah and Mohammed"."""
    for one in people:
        joint = _AND.match(text, one.end)
        if joint is None:
            continue
        run = _RUN.match(text, joint.end())
        token = _TOKEN.match(run.group()) if run else None
        if run is None or token is None or _is_possessive_brand(text, token):
            continue
        plain = folded(token.group())
        word = is_word(plain) or plain in NO_NAME or plain in single("brands") or plain in listed("places")
        if is_given(plain) and plain not in single("brands") | listed("places") and plain not in NO_NAME:
            yield Person(run.start(), run.start() + token.end(), one.sure)
        elif (
            one.sure
            and not word
            and " " not in run.group()
            and not run.group().isupper()
            and plain in listed("surnames")
        ):
            yield Person(run.start(), run.end(), one.sure)
