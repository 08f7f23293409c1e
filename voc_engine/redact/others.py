"""Names of people whom the study does not know: by what stands around them, by lists of names, by a language model."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from voc_engine.language.keywords import keywords
from voc_engine.language.pattern_screen import ScreenedPattern, screened
from voc_engine.language.times import calendar_words
from voc_engine.privacy.masks import Covered
from voc_engine.privacy.name_lists import (
    DAYS,
    MONTHS,
    SHORT_NAME,
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
from voc_engine.redact.bare_names import named_bare
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

_KEYWORDS = keywords(__package__, "others")

Entities = Callable[[str], Sequence[tuple[int, int, str]]]


_PLACE_BEFORE = re.compile(_KEYWORDS.pattern("place_before"))
_BRAND_SUFFIX = re.compile(_KEYWORDS.pattern("brand_suffix"))


def people_in(
    text: str, occupied: Sequence[tuple[int, int]], entities: Entities | None, *, english: bool = True
) -> list[Person]:
    """Names of people in a text, in order, without those that touch a stretch in ``occupied``.

    ``entities`` is asked where capitals leave a doubt; None for texts that are read by cues and lists alone. ``english``:
    whether the document is, of which the text may be a turn of one word.
    """
    blocked = Covered(len(text), [*occupied, *_phrases_in(text)])
    people = {
        (person.start, person.end): person
        for person in named_by_cues(text)
        if not blocked.touches(person.start, person.end)
    }
    for start, end in people:
        blocked.add(start, end)
    runs = list(RUN.finditer(text))
    labels: Sequence[tuple[int, int, str]] = ()
    if entities is not None and runs and is_english(text):
        labels = _labels_of(text, runs, entities)
    for match in runs:
        for person in _by_list(text, match, labels):
            if not blocked.touches(person.start, person.end):
                people[person.start, person.end] = person
                blocked.add(person.start, person.end)
    for person in named_bare(text, english=english):
        if not blocked.touches(person.start, person.end):
            people[person.start, person.end] = person
            blocked.add(person.start, person.end)
    for person in named_beside(text, sorted(people.values())):
        if not blocked.touches(person.start, person.end):
            people[person.start, person.end] = person
            blocked.add(person.start, person.end)
    return sorted(people.values())


def surname_end(text: str, at: int) -> int:
    """Where a family name ends that follows a first name which ends at ``at``; ``at`` where none follows."""
    token = SURNAME.match(text, at)
    if token is None or _BRAND_SUFFIX.match(text, at) or is_possessive_brand(text, token):
        return at
    plain = folded(token.group("name"))
    other = is_word(plain) or plain in NO_NAME | DAYS | MONTHS | single("brands") | listed("places")
    surname = plain in listed("surnames")
    return token.end() if not other and (surname or not is_given(plain)) and len(plain) > SHORT_NAME else at


@cache
def _any_phrase() -> ScreenedPattern:
    return screened("|".join(map(re.escape, phrases("brands"))))


def _phrases_in(text: str) -> Iterator[tuple[int, int]]:
    plain = folded(text)
    if _any_phrase().search(plain) is None:
        return
    for phrase in phrases("brands"):
        at = plain.find(phrase)
        while at >= 0:
            yield at, at + len(phrase)
            at = plain.find(phrase, at + 1)


def _labels_of(text: str, runs: Sequence[re.Match[str]], entities: Entities) -> list[tuple[int, int, str]]:
    """What the model says of the sentences in which capitals leave a doubt that it may settle.

    It is not asked where any answer would come to the same names: most names of tickets are plain ones.
    """
    labels: list[tuple[int, int, str]] = []
    done = 0
    for run in runs:
        if run.start() < done or not _is_doubtful(text, run):
            continue
        start = max((match.end() for match in _ENDS.finditer(text, max(0, run.start() - _WINDOW), run.start())),
                    default=max(0, run.start() - _WINDOW))  # fmt: skip
        ending = _ENDS.search(text, run.end(), run.end() + _WINDOW)
        done = ending.end() if ending else min(len(text), run.end() + _WINDOW)
        if any(_is_open(text, other) for other in runs if other.start() < done and other.end() > start):
            labels += [(start + left, start + right, label) for left, right, label in entities(text[start:done])]
    return labels


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
    tokens = [match.group().rstrip(".") for match in TOKEN.finditer(run.group())]
    strange = 0
    for index, token in enumerate(tokens):
        plain = folded(token)
        if token.isupper() and not is_given(plain):
            continue
        if plain in NO_NAME or plain in DAYS or plain in single("brands") or plain in listed("places"):
            continue
        if index and is_word(plain) and is_given(before := folded(tokens[index - 1])) and not is_word(before):
            # "Larry Fedora": a word may be a family name.
            return True
        if is_given(plain) and is_word(plain):
            if index or not starts_sentence(text, run.start()):
                return True
        elif not is_word(plain) and not is_given(plain) and len(plain) > 1:
            strange += 1
            if plain in listed("surnames"):
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
    if _begins_no_name(text, tokens[at], plain[at]):
        return at
    candidate = _Candidate(
        text, tokens, plain, at, _last_of(text, tokens, plain, at, labels), _label_of(tokens[at], labels)
    )
    named = candidate.by_lists()
    if named is None:
        named = candidate.by_model()
    return candidate.last if named else at


def _begins_no_name(text: str, token: re.Match[str], plain: str) -> bool:
    """Whether no name can begin with a word, whatever follows: "Cape Ann", "Lee's" of a brand, one letter."""
    return (
        plain in NO_NAME
        or len(plain) < SHORT_NAME
        or is_compound(token.group())
        or is_possessive_brand(text, token)
        or bool(_PLACE_BEFORE.search(text, max(0, token.start() - _BEFORE_CHARS), token.start()))
    )


def _last_of(
    text: str, tokens: Sequence[re.Match[str]], plain: Sequence[str], at: int, labels: Sequence[tuple[int, int, str]]
) -> int:
    """Number of the token behind the words that would be of the name which begins at token ``at``."""
    sure = is_given(plain[at]) and not is_word(plain[at])
    label = _label_of(tokens[at], labels)
    last, end = at + 1, min(len(plain), at + _MOST_TOKENS)
    while last < end and (
        is_behind_particle(text, tokens[last])
        or _goes_on(plain[last], label, _label_of(tokens[last], labels), sure=sure)
    ):
        last += 1
    return last


@dataclass(frozen=True)
class _Candidate:
    """Capitalised words, from token ``at`` up to ``last`` (half open), that may name a person; ``label`` of the first."""

    text: str
    tokens: Sequence[re.Match[str]]
    plain: Sequence[str]
    at: int
    last: int
    label: str

    @property
    def first(self) -> str:
        return self.plain[self.at]

    @property
    def alone(self) -> bool:
        return self.last == self.at + 1

    @property
    def full(self) -> bool:
        """A given name with what may be a family name."""
        behind = self.plain[self.last - 1]
        is_family = may_be_surname(behind) or (self.label == "PERSON" and not is_word(behind))
        return is_given(self.first) and not self.alone and is_family

    def by_lists(self) -> bool | None:
        """Whether the lists of names and words alone say that it is a name, or that it is none; None where they do not."""
        full, shouted = self.full, self.tokens[self.at].group().isupper()
        if _BRAND_SUFFIX.match(self.text, self._end) or (shouted and not full):
            return False
        first, ends_known = self.first, self.plain[self.last - 1] in listed("surnames")
        other_thing = first in single("brands") or first in listed("places") or first in MONTHS or first in DAYS
        if full and (not other_thing or (self.label == "PERSON" and ends_known)):
            return True
        if other_thing or (self.alone and self._has_article()):
            return False
        if is_given(first) and not is_word(first):
            return not (first in calendar_words() and _NO_NAME_NEXT.match(self.text, self.tokens[self.at].end()))
        if is_given(first) and _acts(self.text, self.tokens, self.at):
            return True
        return False if self._ends_title() else None

    def by_model(self) -> bool:
        """Whether the model's label makes a name of what the lists leave open."""
        first = self.first
        if self.label != "PERSON":
            return False
        if self.alone and self._is_somebody():
            return True
        if self._begins_title():
            return False
        if (
            is_given(first)
            and not starts_sentence(self.text, self.tokens[self.at].start())
            and not self._names_no_one()
        ):
            return True
        if not self.alone and self.plain[self.last - 1] in listed("surnames"):
            return not is_word(first) or is_given(first)
        if first in listed("surnames") and not is_word(first):
            return True
        return not self.alone and not any(
            is_word(one) or one in single("brands") or one in listed("places")
            for one in self.plain[self.at : self.last]
        )

    @property
    def _end(self) -> int:
        return self.tokens[self.last - 1].end()

    def _has_article(self) -> bool:
        """ "the Mario": an article makes a kind of it, a title or a brand."""
        start = self.tokens[self.at].start()
        return bool(_ARTICLE.search(self.text, max(0, start - _BEFORE_CHARS), start))

    def _ends_title(self) -> bool:
        """ "Dividend Miles": the last word of a title or a product."""
        if not self.at:
            return False
        before = self.plain[self.at - 1]
        return is_word(before) and before not in NO_NAME and not is_given(before)

    def _begins_title(self) -> bool:
        """ "Will Call": the first word of a title or a product."""
        behind = self.plain[self.last] if self.last < len(self.plain) else ""
        return bool(behind) and is_word(self.first) and is_word(behind) and not is_given(behind)

    def _is_somebody(self) -> bool:
        """One word that is none of the language, and does what people do or has the form of a family name."""
        first = self.first
        acts = not is_word(first) and len(first) > SHORT_NAME and _acts(self.text, self.tokens, self.at)
        return acts or _may_be_somebody(self.text, self.tokens[self.at], first)

    def _names_no_one(self) -> bool:
        return bool(_NO_NAME_NEXT.match(self.text, self._end))


def _may_be_somebody(text: str, token: re.Match[str], plain: str) -> bool:
    """A family name of a census that the model takes for a person, inside a sentence and no word of the language."""
    strange = (
        len(plain) > _SHORT_SURNAME and not is_word(plain) and not token.group().isupper() and may_be_surname(plain)
    )
    return strange and not starts_sentence(text, token.start()) and not _NO_NAME_NEXT.match(text, token.end())


def _strange_before(
    text: str, tokens: Sequence[re.Match[str]], at: int, labels: Sequence[tuple[int, int, str]]
) -> bool:
    """Whether a family name that the model found alone has its rare given name before it: "Petter Lindqvist"."""
    if folded(tokens[at].group()) not in listed("surnames") or _label_of(tokens[at], labels) != "PERSON":
        return False
    before, plain = tokens[at - 1], folded(tokens[at - 1].group())
    other = is_word(plain) or plain in NO_NAME | DAYS | MONTHS | single("brands") | listed("places")
    return (
        not other
        and len(plain) > SHORT_NAME
        and not before.group().isupper()
        and not starts_sentence(text, before.start())
    )


# As far back as "Santa " or "mega " reaches.
_BEFORE_CHARS = 8
# A family name that only a census knows must be longer than this: "Ito" and "Api" are in it as well.
_SHORT_SURNAME = 3
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]n?|mega|super|giant) $")
_ENDS = re.compile(r"[.!?…]\s+|\n+")
_WINDOW = 400
# No name has more words; a line of capitalised ones must not be looked through from each of them to its end.
_MOST_TOKENS = 8
_NO_NAME_NEXT = re.compile(_KEYWORDS.pattern("no_name_next"))
_ACTS = re.compile(_KEYWORDS.pattern("acts"))


def _acts(text: str, tokens: Sequence[re.Match[str]], at: int) -> bool:
    """ "Will will", "Mark told": no other word than a name does so."""
    return bool(_ACTS.match(text, tokens[at].end()))


def _goes_on(plain: str, label: str, label_before: str, *, sure: bool) -> bool:
    """Whether a capitalised word behind a given name is of the name."""
    if plain in NO_NAME or plain in DAYS or plain in MONTHS or plain in single("brands"):
        return False
    if len(plain) == 1 or plain in listed("surnames") or (label == label_before == "PERSON" and sure):
        return True
    return not is_word(plain) and plain not in listed("places") and (label == label_before or not is_given(plain))


def _label_of(token: re.Match[str], labels: Sequence[tuple[int, int, str]]) -> str:
    for start, end, label in labels:
        if start < token.end() and token.start() < end:
            return label
    return ""
