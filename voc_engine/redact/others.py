"""Names of people whom the study does not know: by what stands around them, by lists of names, by a language model."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from voc_engine.privacy.masks import Covered
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
from voc_engine.redact.pointed_at import named_by_cues
from voc_engine.redact.side_by_side import named_beside
from voc_engine.redact.writing import (
    NO_NAME,
    RUN,
    SURNAME,
    TOKEN,
    Person,
    is_behind_particle,
    is_compound,
    is_possessive_brand,
)

Entities = Callable[[str], Sequence[tuple[int, int, str]]]


_PLACE_BEFORE = re.compile(r"\b(?:(?i:San|Santa|Saint|St\.?|Sao|São)|Fort|Port|Mount|Mt\.?|Lake|New|Los|Las|Cape) $")
_BRAND_SUFFIX = re.compile(
    r"^ (?:Inc|Ltd|LLC|GmbH|Corp|Co|Bank|Airlines|Airport|Park|Street|Hotel|Store|Pro|App|Plus|Max)\b"
)


def people_in(text: str, taken: Sequence[tuple[int, int]], entities: Entities | None) -> list[Person]:
    """Names of people in a text, in order, without those that touch a stretch in ``taken``.

    ``entities`` is asked where capitals leave a doubt; None for texts that are read by cues and lists alone.
    """
    blocked = Covered(len(text), [*taken, *_phrases_in(text)])
    found = {(one.start, one.end): one for one in named_by_cues(text) if not blocked.touches(one.start, one.end)}
    for start, end in found:
        blocked.add(start, end)
    runs = list(RUN.finditer(text))
    labels: Sequence[tuple[int, int, str]] = ()
    if entities is not None and runs and is_english(text):
        labels = _labels_of(text, runs, entities)
    for match in runs:
        for one in _by_list(text, match, labels):
            if not blocked.touches(one.start, one.end):
                found[one.start, one.end] = one
                blocked.add(one.start, one.end)
    for one in named_beside(text, sorted(found.values())):
        if not blocked.touches(one.start, one.end):
            found[one.start, one.end] = one
            blocked.add(one.start, one.end)
    return sorted(found.values())


def surname_end(text: str, at: int) -> int:
    """Where a family name ends that follows a first name which ends at ``at``; ``at`` where none follows."""
    token = SURNAME.match(text, at)
    if token is None or _BRAND_SUFFIX.match(text, at) or is_possessive_brand(text, token):
        return at
    plain = folded(token.group("name"))
    other = is_word(plain) or plain in NO_NAME | DAYS | MONTHS | single("brands") | listed("places")
    known = plain in listed("surnames")
    return token.end() if not other and (known or not is_given(plain)) and len(plain) > 2 else at


def _phrases_in(text: str) -> Iterator[tuple[int, int]]:
    plain = folded(text)
    for phrase in phrases("brands"):
        at = plain.find(phrase)
        while at >= 0:
            yield at, at + len(phrase)
            at = plain.find(phrase, at + 1)


def _labels_of(text: str, runs: Sequence[re.Match[str]], entities: Entities) -> list[tuple[int, int, str]]:
    """What the model says of the sentences in which capitals leave a doubt that it may settle.

    It is not asked where any answer would come to the same names: most names of tickets are plain ones.
    """
    found: list[tuple[int, int, str]] = []
    done = 0
    for run in runs:
        if run.start() < done or not _is_doubtful(text, run):
            continue
        start = max((match.end() for match in _ENDS.finditer(text, max(0, run.start() - _WINDOW), run.start())),
                    default=max(0, run.start() - _WINDOW))  # fmt: skip
        ending = _ENDS.search(text, run.end(), run.end() + _WINDOW)
        done = ending.end() if ending else min(len(text), run.end() + _WINDOW)
        if any(_is_open(text, one) for one in runs if one.start() < done and one.end() > start):
            found += [(start + left, start + right, label) for left, right, label in entities(text[start:done])]
    return found


# A label counts as "PERSON", as some other, or as none; two that are equal say more than two that are not.
_ANSWERS = ("", "PERSON", "ORG", "GPE")
_MOST_ANSWERS = 3


def _is_open(text: str, run: re.Match[str]) -> bool:
    """Whether some answer of the model would change the names in a run of capitals."""
    tokens = list(TOKEN.finditer(text, run.start(), run.end()))
    if len(tokens) > _MOST_ANSWERS:
        return True
    answers = itertools.product(_ANSWERS, repeat=len(tokens))
    labels = ([(*one.span(), label) for one, label in zip(tokens, said, strict=True)] for said in answers)
    first = list(_by_list(text, run, ()))
    return any(list(_by_list(text, run, one)) != first for one in labels)


def _is_doubtful(text: str, run: re.Match[str]) -> bool:
    """Whether the answer of the model would change anything: see ``_reach``."""
    tokens = [one.group().rstrip(".") for one in TOKEN.finditer(run.group())]
    strange = 0
    for place, token in enumerate(tokens):
        one = folded(token)
        if token.isupper() and not is_given(one):
            continue
        if one in NO_NAME or one in DAYS or one in single("brands") or one in listed("places"):
            continue
        if place and is_word(one) and is_given(before := folded(tokens[place - 1])) and not is_word(before):
            # "Larry Fedora": a word may be a family name.
            return True
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
    tokens = list(TOKEN.finditer(text, run.start(), run.end()))
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
    if first in NO_NAME or len(first) < 2 or is_compound(tokens[at].group()):
        return at
    if is_possessive_brand(text, tokens[at]):
        return at
    if _PLACE_BEFORE.search(text, max(0, tokens[at].start() - 8), tokens[at].start()):
        return at
    label = _label_of(tokens[at], labels)
    given, surname = is_given(first), first in listed("surnames")
    other_thing = first in single("brands") or first in listed("places") or first in MONTHS or first in DAYS
    shouted = tokens[at].group().isupper() and len(first) > 1
    last, end = at + 1, min(len(plain), at + _MOST_TOKENS)
    while last < end and (
        is_behind_particle(text, tokens[last])
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
    if last == at + 1 and _may_be_somebody(text, tokens[at], first):
        return last
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


def _may_be_somebody(text: str, token: re.Match[str], plain: str) -> bool:
    """A family name of a census that the model takes for a person, inside a sentence and no word of the language."""
    strange = len(plain) > 3 and not is_word(plain) and not token.group().isupper() and may_be_surname(plain)
    return strange and not starts_sentence(text, token.start()) and not _NO_NAME_NEXT.match(text, token.end())


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
# No name has more words; a line of capitalised ones must not be looked through from each of them to its end.
_MOST_TOKENS = 8
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


def _label_of(token: re.Match[str], labels: Sequence[tuple[int, int, str]]) -> str:
    for start, end, label in labels:
        if start < token.end() and token.start() < end:
            return label
    return ""
